"""Who is on the hub: system accounts of the course's own, and their homes.

An account of the course has no shell and no password of the system's: the hub is the only way in. Its home is closed to
all others. Accounts that the course did not make are never used, or a student with the log-in name of one of the
system's would become it.
"""

import grp
import json
import os
import pwd
import re
import subprocess
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from hub.settings import INSTRUCTOR, Settings

GROUP = "speech-course"
"""The system group of all accounts of the course."""
NAME = re.compile(r"[a-z_][a-z0-9._-]{0,30}")
BOUND = "bound.json"
"""Whose a name is, where a university's log-in says who somebody is: name -> its number for him."""


def problem(name: str, settings: Settings) -> str:
    """Return why somebody of that name can have no server here; an empty text if nothing stands against it."""
    if not NAME.fullmatch(name):
        return f"{name!r} cannot be the name of an account: small letters, digits, dots, - and _, at most 31 " \
               "of them, a letter first"
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
    if settings.authenticator != "pam" or name == INSTRUCTOR:  # this hub's home, whichever hub the account was made for
        found = pwd.struct_passwd((*found[:5], str(settings.homes / name), found.pw_shell))
    home = Path(found.pw_dir)
    home.parent.mkdir(parents=True, exist_ok=True)
    if not home.exists():
        home.mkdir(mode=0o700)
        os.chown(home, found.pw_uid, found.pw_gid)
    return found


def bind(name: str, number: str, settings: Settings) -> bool:
    """Bind a name to the one whom a university's log-in knows by this number, and tell whether the name is his.

    Names and addresses can be changed and are given to others later; the number is one person's for ever. The first who
    comes with a name keeps it until he is removed.
    """
    bound = _bound(settings)
    if name not in bound:
        _write({**bound, name: number}, settings)
    return bound.get(name, number) == number


def remove(name: str, settings: Settings) -> None:
    """Remove somebody, and put the home away: who has the name later has another home.

    An account that the course has not made leaves its group only.

    Raises
    ------
    ValueError
        If there is nobody of that name, or the server is running: its number would go to the next new account.
    """
    bound, is_member = _bound(settings), name in _members()
    if not is_member and name not in bound:
        raise ValueError(f"{name} is no account of the course")
    if is_member and settings.authenticator != "pam" and _is_running(pwd.getpwnam(name).pw_uid):
        raise ValueError(f"{name}'s server is running: end it (pkill --uid {name}), then remove {name}")
    if is_member and settings.authenticator == "pam":
        _run("gpasswd", "--delete", name, GROUP)
    elif is_member:
        _run("userdel", name)
        home = settings.homes / name
        if home.is_dir():
            os.chown(home, 0, 0)  # the account's number goes to another one
            settings.removed.mkdir(exist_ok=True, mode=0o700)
            home.rename(settings.removed / f"{name} {datetime.now():%Y-%m-%d %H:%M:%S}")
    if bound.pop(name, None):
        _write(bound, settings)


def _bound(settings: Settings) -> dict[str, str]:
    path = settings.state / BOUND
    return json.loads(path.read_text()) if path.is_file() else {}


def _write(bound: dict[str, str], settings: Settings) -> None:
    """Write whose the names are, all of it or nothing."""
    unfinished = settings.state / f".{BOUND}.part"
    unfinished.write_text(json.dumps(bound, indent=1))
    os.replace(unfinished, settings.state / BOUND)


def _members() -> set[str]:
    return set(grp.getgrnam(GROUP).gr_mem) if _exists(grp.getgrnam, GROUP) else set()


def _is_running(uid: int) -> bool:
    """Tell whether there is a process of an account's."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError):  # it has just ended
            if process.stat().st_uid == uid:
                return True
    return False


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
