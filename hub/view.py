"""What a server sees of this machine: a command line of bubblewrap, and environment variables.

A student's server sees the system's programs, the Python environment, `course_utils`, the course's audio, the exchange
and the student's own home: no solutions, no other homes, nobody else's processes. The instructor's sees the machine as
any account does; only the folders above the Python environment are opened for it, where they are closed (as root's home
is). Both reach the network, for the hub.

Nothing of this needs a change to the machine, and it works wherever the environment lies.
"""

import os
import pwd
import shutil
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.bubblewrap import REPOSITORY, environment_mounts, folders, programs
from hub.settings import Settings

# What a person's programs need of the system's configuration beyond a kernel's: names, certificates, addresses.
ETC = ("passwd", "group", "hosts", "nsswitch.conf", "resolv.conf", "ssl", "ca-certificates", "pki")
STUDENT, INSTRUCTOR = (REPOSITORY / "hub" / name for name in ("student", "instructor"))
"""Folders of Jupyter's configuration."""
PROCESSES = 1000
"""Threads count as well."""

# The shell stays between the hub and bubblewrap: bubblewrap ends with its parent, and must outlive the hub. Both leave
# signals to the server, which ends in order; who kills the shell ends everything.
GUARDIAN = ["sh", "-c", 'trap "" INT TERM; "$@"; exit $?', "sh"]
NICE = 10
"""How far servers stand behind the hub: a class that starts at once must not keep the hub from its own work."""


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment variables that every server has from the course."""
    data = {"COURSE_DATA": os.environ["COURSE_DATA"]} if os.environ.get("COURSE_DATA") else {}
    return {**data, "COURSE_ID": settings.course, "COURSE_EXCHANGE": str(settings.exchange),
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"}


def student(account: pwd.struct_passwd, exchange: Path, environment: Mapping[str, str]) -> list[str]:
    """Return the beginning of a command line: what follows runs as this account, in a student's view."""
    home = Path(account.pw_dir)
    options = [*folders([Path("/etc/x"), Path("/run/x")]), "--proc", "/proc", "--dev", "/dev",
               "--ro-bind-try", "/sys", "/sys", *programs()]
    for name in ETC:
        options += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for path in ("/tmp", "/var/tmp", "/dev/shm"):
        options += ["--perms", "1777", "--tmpfs", path]
    options += environment_mounts(environment, STUDENT)
    options += [*folders([home, exchange]), "--bind", str(home), str(home), "--bind", str(exchange), str(exchange),
                "--unshare-pid", "--unshare-ipc", "--chdir", str(home)]
    return [*_command(options), *_limits(), *_drop(account)]


def instructor(account: pwd.struct_passwd, exchange: Path) -> list[str]:
    """Return the beginning of a command line: what follows runs as this account, and sees what any account sees."""
    needed = {Path(path): "--ro-bind" for path in (sys.prefix, sys.base_prefix, REPOSITORY)}
    needed |= {Path(account.pw_dir): "--bind", exchange: "--bind"}
    options = ["--dev-bind", "/", "/"]
    for closed, paths in _closed(needed).items():
        options += ["--tmpfs", str(closed)]
        for path in sorted(paths):
            options += [*folders([path]), needed[path], str(path), str(path)]
    # No namespace ends these processes. A change of account makes Linux forget that one is to end with the
    # one above, so it is said again; and bubblewrap may not end what is another account's, so a shell is put between.
    return [*_command([*options, "--chdir", account.pw_dir]), *GUARDIAN, *_limits(), *_drop(account),
            "setpriv", "--pdeathsig", "KILL"]


def _command(options: list[str]) -> list[str]:
    """Return the command line of a view."""
    return [*GUARDIAN, shutil.which("bwrap") or "bwrap", "--die-with-parent", *options, "--"]


def _limits() -> list[str]:
    """Return the command line of what holds for all servers."""
    return ["env", "--default-signal=INT,TERM", "nice", "-n", str(NICE),
            "prlimit", f"--nproc={PROCESSES}:{PROCESSES}", "--core=0"]


def _drop(account: pwd.struct_passwd) -> list[str]:
    """Return the command line that changes to an account, with no right but its own."""
    if os.geteuid():
        return []
    return ["setpriv", "--reuid", str(account.pw_uid), "--regid", str(account.pw_gid), "--init-groups",
            "--inh-caps=-all", "--no-new-privs"]


def _closed(paths: Iterable[Path]) -> dict[Path, set[Path]]:
    """Return the folders that not everybody may pass on the way to some paths, with these paths."""
    found: dict[Path, set[Path]] = {}
    for path in paths:
        for folder in reversed(path.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                found.setdefault(folder, set()).add(path)
                break
    return found
