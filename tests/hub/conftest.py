"""A real JupyterHub, started as an instructor would start it, and what people and programs do on it."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from client import Client
from ports import free_ports

from hub import exchange, people, settings

ROOT = Path(__file__).parents[2]
PYTHON = str(Path(sys.executable))


class Hub:
    """A hub on free ports of this machine, in a folder of its own."""

    def __init__(self, root: Path, **environment: str):
        self.root, self.said = root, root.parent / "said.txt"
        ports = free_ports(3)
        self.address = f"http://127.0.0.1:{ports[0]}"
        self.environment = {
            **os.environ, "HUB_ROOT": str(root), "HUB_ADDRESS": self.address, "HUB_PORT": str(ports[1]),
            "HUB_PROXY_PORT": str(ports[2]), "HUB_INSTRUCTORS": "tina", "OMP_WAIT_POLICY": "passive", **environment}
        for name in ("COURSE_ROOT", "COURSE_DB"):
            self.environment.pop(name, None)
        self.passwords: dict[str, str] = {}
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it with `make hub`, and read what it prints."""
        text = self._start("Ctrl-C ends it", "make", "hub")
        self.passwords |= dict(re.findall(r"^ +(\w+) +(\w{4}(?:-\w{4}){3})$", text, re.MULTILINE))

    def serve(self) -> None:
        """Start it as on a server, with what `prepare` makes but for the lessons, which take their time."""
        here = settings.read(self.environment)
        people.account(settings.INSTRUCTOR, here)
        exchange.prepare(here)
        self._start("JupyterHub is now running", str(Path(PYTHON).parent / "jupyterhub"), "-f",
                    "hub/jupyterhub_config.py")

    def _start(self, ready: str, *command: str) -> str:
        with self.said.open("w") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=output,
                                            stderr=subprocess.STDOUT, start_new_session=True)
        for _ in range(1800):
            text = self.said.read_text()
            if ready in text:
                return text
            assert self.process.poll() is None, text
            time.sleep(0.2)
        raise AssertionError(f"it does not start: {text}")

    def stop(self) -> int:
        """Press Ctrl-C, if it runs, and return the exit status."""
        if self.process is None or self.process.poll() is not None:
            return self.process and self.process.returncode
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(150)

    def run(self, *arguments: str) -> str:
        """Run one of the hub's commands, and return what it prints."""
        return subprocess.run([PYTHON, "-m", "hub", *arguments], cwd=ROOT, env=self.environment, check=True, text=True,
                              capture_output=True).stdout

    def add(self, *names: str) -> None:
        """Add people."""
        self.passwords |= dict(line.split("\t") for line in self.run("add", *names).splitlines())

    def home(self, name: str) -> Path:
        """Return somebody's home."""
        return self.root / "homes" / name

    def processes(self, *words: str) -> list[psutil.Process]:
        """Return what this hub has started and is still there, with these words in the command line."""
        found = []
        for process in psutil.process_iter(["cmdline", "environ"]):
            line = " ".join(process.info["cmdline"] or [])
            its = str(self.root) in line or (process.info["environ"] or {}).get("HUB_ROOT") == str(self.root)
            if its and all(word in line for word in words):
                found.append(process)
        return found


@pytest.fixture(scope="session")
def accounts():
    """Remove the accounts of the system that the tests make, and before, those that killed tests have left."""
    remove_accounts()
    yield
    remove_accounts()


def remove_accounts() -> None:
    """Remove the accounts whose homes lie where only tests put them."""
    for account in pwd.getpwall():
        if Path(account.pw_dir).is_relative_to(tempfile.gettempdir()):
            subprocess.run(["userdel", "--force", account.pw_name], capture_output=True)  # a last process may be there


@pytest.fixture(scope="session")
def proxy():
    """The hub's proxy, installed."""
    if not shutil.which("npm") and os.geteuid() == 0:
        subprocess.run(["apt-get", "--quiet", "--yes", "install", "npm"], capture_output=True)
    if not shutil.which("npm"):
        pytest.skip("there is no npm here, which the hub's proxy comes from: apt-get install npm (on Debian)")
    subprocess.run(["make", "hub-setup"], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def new_hub(accounts, proxy):
    """Return a function that makes a hub in a folder of its own, and ends it in the end."""
    if os.geteuid():
        pytest.skip("only root can make the accounts of a class: run the tests as root")

    @contextmanager
    def made(**environment: str) -> Iterator[Hub]:
        folder = Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))  # pytest's own are closed: no mode would matter
        folder.chmod(0o755)
        hub = Hub(folder / "root", **environment)
        try:
            yield hub
        finally:
            hub.stop()
            shutil.rmtree(folder)

    return made


@pytest.fixture(scope="session")
def hub(new_hub):
    """A running hub with an instructor and three students."""
    with new_hub() as made:
        made.start()
        yield made


@pytest.fixture(scope="session")
def arrived(hub):
    """Return a function that returns somebody's session with a running server; who is not there yet is added."""
    sessions: dict[str, Client] = {}

    def arrive(name: str) -> Client:
        if name not in sessions:
            if name not in hub.passwords:
                hub.add(name)
            sessions[name] = Client(hub.address, name, hub.passwords[name])
            sessions[name].log_in()
            hub.passwords[name] = sessions[name].password
            sessions[name].start()
        return sessions[name]

    return arrive
