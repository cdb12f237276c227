"""Who is on the hub: system accounts of the course's own, and their homes.

An account of the course has no shell and no password of the system's: the hub is the only way in. Its home is closed to
all others. Accounts that the course did not make are never used, or a student with the log-in name of one of the
system's would become it.
"""

import grp
import os
import pwd
import re
import subprocess
from pathlib import Path

from hub.settings import Settings

GROUP = "speech-course"
"""The system group of all accounts of the course."""
NAME = re.compile(r"[a-z_][a-z0-9_-]{0,30}")


def problem(name: str, settings: Settings) -> str:
    """Return why somebody of that name can have no server here; an empty text if nothing stands against it."""
    if not NAME.fullmatch(name):
        return f"{name!r} cannot be the name of an account: small letters, digits, - and _, at most 31 of them"
    if os.geteuid() or name in _members() or not _exists(pwd.getpwnam, name):
        return ""
    if settings.authenticator == "pam":
        return "" if pwd.getpwnam(name).pw_uid >= 1000 else f"{name} is an account of the system's, not a person's"
    return f"there is an account {name} on this machine already, and it is not the course's: choose another name"


def account(name: str, settings: Settings) -> pwd.struct_passwd:
    """Return the account that somebody's server runs as, with a home that is there.

    Root makes an account of the system for each; without root all run as the account that runs the hub.

    Raises
    ------
    ValueError
        If the name cannot be had.
    """
    reason = problem(name, settings)
    if reason:
        raise ValueError(reason)
    if os.geteuid():
        found = pwd.getpwuid(os.geteuid())
    else:
        if not _exists(grp.getgrnam, GROUP):
            _run("groupadd", "--system", GROUP)
        if not _exists(pwd.getpwnam, name):
            _run("useradd", "--user-group", "--groups", GROUP, "--no-create-home", "--home-dir",
                 str(settings.homes / name), "--shell", "/usr/sbin/nologin", "--comment", "Speech enhancement course",
                 name)
        found = pwd.getpwnam(name)
    if settings.authenticator != "pam":  # this hub's home, whichever hub the account was made for
        found = pwd.struct_passwd((*found[:5], str(settings.homes / name), found.pw_shell))
    home = Path(found.pw_dir)
    home.parent.mkdir(parents=True, exist_ok=True)
    if not home.exists():
        home.mkdir(mode=0o700)
        os.chown(home, found.pw_uid, found.pw_gid)
    return found


def remove(name: str) -> None:
    """Remove an account of the course; its home stays."""
    if name not in _members():
        raise ValueError(f"{name} is no account of the course")
    _run("userdel", name)


def _members() -> set[str]:
    return set(grp.getgrnam(GROUP).gr_mem) if _exists(grp.getgrnam, GROUP) else set()


def _exists(look_up, name: str) -> bool:
    try:
        look_up(name)
    except KeyError:
        return False
    return True


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{' '.join(command)}: {done.stderr.strip()}")
