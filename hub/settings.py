"""What can be set from outside: environment variables, read once, wrong ones refused with the way out."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
INSTRUCTOR = "instructor"
"""The account that owns the course: its folder, its gradebook, what is released into the exchange."""
AUTHENTICATORS = ("native", "pam", "oauth", "lti")
SPAWNERS = ("process", "docker")


@dataclass(frozen=True)
class Settings:
    """How this hub is set up."""

    root: Path
    """Everything that the hub keeps: its database, homes, the course, the exchange. Back this up."""
    course: str
    """The course's folder in the exchange."""
    address: str
    """Where browsers reach it: `http://127.0.0.1:8000`, or `https://...`."""
    listen: str
    """Where it listens: there, or, behind a web server that passes requests on, at an address of this machine."""
    authenticator: str
    """`native`: passwords of the hub's own; `pam`: the system's accounts; `oauth` and `lti`: a university's log-in."""
    domain: str
    """Whose e-mail addresses are names on this hub, as `university.example`; empty where names are no addresses."""
    instructors: tuple[str, ...]
    """Who may open the instructor's server under a name of their own."""
    spawner: str
    """`process`: students' servers are processes of this machine; `docker`: containers."""
    memory: str
    """Of one student's server with its kernels, as `3G`."""
    cpus: float
    """Processor cores that one student's server may use."""
    idle_seconds: int
    """After that long without a sign of life a server is ended; 0 for never."""
    subdomains: str
    """Host, as `https://hub.university.example`, below which each server has a name of its own; empty for one name."""
    port: int
    """Of the hub itself, which only this machine and its containers reach."""
    proxy_port: int
    """By which the hub tells its proxy what goes where, on this machine only."""
    keep_servers: bool
    """Whether servers go on while the hub restarts."""
    certificate: str
    """Files with a TLS certificate and its key, as `cert.pem:key.pem`; empty where a web server in front does that."""

    @property
    def exchange(self) -> Path:
        """The exchange of nbgrader."""
        return self.root / "exchange"

    @property
    def homes(self) -> Path:
        """Students' homes, and the instructor's."""
        return self.root / "homes"

    @property
    def removed(self) -> Path:
        """Homes of people who were removed."""
        return self.root / "removed"

    @property
    def desk(self) -> Path:
        """The instructor's course: lessons, releases, submissions, gradebook, records."""
        return self.homes / INSTRUCTOR / "course"

    @property
    def state(self) -> Path:
        """The hub's own database, keys and logs."""
        return self.root / "state"

    @property
    def database(self) -> str:
        """The hub's database as SQLAlchemy has it."""
        return f"sqlite:///{self.state}/jupyterhub.sqlite"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises
    ------
    ValueError
        For a value that means nothing.
    """
    def choice(name: str, choices: tuple[str, ...]) -> str:
        value = environment.get(name) or choices[0]
        if value not in choices:
            raise ValueError(f"{name}={value}: it can be {', '.join(choices)}")
        return value

    def number(name: str, default: float) -> float:
        try:
            value = float(environment.get(name) or default)
        except ValueError:
            value = -1
        if not 0 <= value < float("inf"):
            raise ValueError(f"{name}={environment[name]}: it must be a number, at least 0")
        return value

    authenticator = choice("HUB_AUTH", AUTHENTICATORS)
    address = environment.get("HUB_ADDRESS") or "http://127.0.0.1:8000"
    return Settings(
        root=Path(environment.get("HUB_ROOT") or REPOSITORY / "build" / "hub").resolve(),
        course=environment.get("COURSE_ID") or "speech_enhancement",
        address=address,
        listen=environment.get("HUB_LISTEN") or address,
        authenticator=authenticator,
        domain=environment.get(f"{authenticator.upper()}_DOMAIN", ""),
        instructors=tuple(environment.get("HUB_INSTRUCTORS", "").replace(",", " ").split()),
        spawner=choice("HUB_SPAWNER", SPAWNERS),
        memory=environment.get("HUB_MEMORY") or "3G",
        cpus=number("HUB_CPUS", 2),
        idle_seconds=int(number("HUB_IDLE_SECONDS", 3600)),
        subdomains=environment.get("HUB_SUBDOMAINS", ""),
        port=int(number("HUB_PORT", 8081)),
        proxy_port=int(number("HUB_PROXY_PORT", 8001)),
        keep_servers=environment.get("HUB_KEEP_SERVERS") == "1",
        certificate=environment.get("HUB_CERTIFICATE", ""))
