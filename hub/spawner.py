"""A person's server as a process of this machine, in a view of its own."""

import os
import re
import sys
from pathlib import Path
from signal import SIGINT, SIGTERM
from subprocess import DEVNULL

from jupyterhub.spawner import LocalProcessSpawner

from hub import desk, people, view
from hub.settings import INSTRUCTOR, read

SIZES = {"K": 2**10, "M": 2**20, "G": 2**30}


class CourseSpawner(LocalProcessSpawner):
    """Starts a server as its person's system account, in the view of a student or of the instructor.

    Limits hold for all processes of a server together where systemd runs, and otherwise for each of them.
    """

    interrupt_timeout = 10

    def make_preexec_fn(self, name):
        """Leave the change of account to the view, which needs root's rights to be made."""
        return None

    @property
    def is_instructor(self) -> bool:
        """Whether this is the instructor's server."""
        return self.user.name == INSTRUCTOR

    def get_env(self):
        """Return the server's environment."""
        settings = read()
        environment = super().get_env()
        environment |= {"JUPYTER_PREFER_ENV_PATH": "1", "OMP_WAIT_POLICY": "passive", "SHELL": "/bin/bash"}
        if self.is_instructor:
            environment |= {**desk.environment(settings, environment["HOME"]),
                            "JUPYTER_CONFIG_PATH": str(view.INSTRUCTOR)}
        else:
            environment |= {**view.environment(settings), "JUPYTER_CONFIG_PATH": str(view.STUDENT),
                            "JUPYTER_RUNTIME_DIR": "/tmp/jupyter"}  # in the view: a socket's path must be short
        environment.pop("VIRTUAL_ENV", None)
        return environment

    def user_env(self, env):
        """Add who it is; the account may be new."""
        account = people.account(self.user.name, read())
        return {**env, "USER": account.pw_name, "LOGNAME": account.pw_name, "HOME": account.pw_dir}

    async def start(self):
        """Start the server."""
        settings = read()
        account = people.account(self.user.name, settings)
        if self.is_instructor:
            start = view.instructor(account, settings.exchange)
        else:
            start = view.student(account, settings.exchange, os.environ)
        self.cmd = [*limits(settings.memory, settings.cpus), *start,
                    str(Path(sys.executable).parent / "jupyterhub-singleuser")]
        self.popen_kwargs = {"stdin": DEVNULL, "cwd": "/"}
        return await super().start()

    async def _signal(self, sig):
        """Send a signal to all processes of the server, of which the outer ones heed only that which kills."""
        sig = SIGTERM if sig == SIGINT else sig  # Jupyter's servers answer an interrupt with a question
        try:
            os.killpg(self.pid, sig) if sig else os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


def limits(memory: str, cpus: float) -> list[str]:
    """Return the beginning of a command line: what follows has these limits.

    Raises
    ------
    ValueError
        If the memory is not a size, or there are no processor cores.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([KMG])", memory)
    if not found:
        raise ValueError(f"HUB_MEMORY={memory}: it must be a size, as 3G or 1500M")
    if round(100 * cpus) < 1:
        raise ValueError(f"HUB_CPUS={cpus:g}: it must be at least 0.01")  # systemd refuses less
    if Path("/run/systemd/system").is_dir() and os.geteuid() == 0:
        return ["systemd-run", "--scope", "--quiet", "--collect", f"--property=MemoryMax={memory}",
                "--property=MemorySwapMax=0", f"--property=CPUQuota={round(100 * cpus)}%", "--property=CPUWeight=10"]
    return ["prlimit", f"--data={round(float(found[1]) * SIZES[found[2]])}"]
