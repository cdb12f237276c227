"""nbgrader's exchange on a shared disk: made with the right modes, and looked at before every start.

What hands in belongs to who handed it in, which is how `collect` knows; nobody can list what others handed in, rename
it, or put a release in the instructor's place.
"""

import os
import pwd
from pathlib import Path

from autograder.exchange import open_doors
from hub.settings import INSTRUCTOR, Settings

MODES = {"outbound": 0o755, "inbound": 0o3733, "feedback": 0o711}


def prepare(settings: Settings) -> None:
    """Make what is missing of the exchange. What is there keeps its modes: `problems` tells what is wrong with them."""
    owner = _owner()
    course = settings.exchange / settings.course
    _folder(settings.exchange, 0o1777)  # nbgrader wants to write there; with the sticky bit nobody can rename others'
    _folder(course, 0o755, owner)
    for name, mode in MODES.items():
        _folder(course / name, mode, owner)


def problems(settings: Settings) -> list[str]:
    """Return what is wrong with the exchange, each with the command that mends it."""
    course = settings.exchange / settings.course
    folders = [course, *(course / name for name in MODES)]
    missing = [f"there is no {folder}: make hub, or python -m hub prepare" for folder in folders if not folder.is_dir()]
    if missing:
        return missing
    owner = _owner()
    found = open_doors(settings.exchange, settings.course, owner=owner.pw_uid)
    inbound = (course / "inbound").stat().st_mode & 0o7777
    if inbound & 0o1733 != 0o1733:
        found.append(f"students cannot hand in through {course / 'inbound'}, or can take away what others handed in: "
                     f"chmod 3733 {course / 'inbound'}")
    if settings.exchange.stat().st_mode & 0o1777 != 0o1777:
        found.append(f"nbgrader wants to write to {settings.exchange}: chmod 1777 {settings.exchange}")
    for folder in folders:
        if folder.stat().st_uid != owner.pw_uid:
            found.append(f"{folder} is not {owner.pw_name}'s: chown {owner.pw_name} {folder}")
    return found


def _owner() -> pwd.struct_passwd:
    """Return whose the course is: the instructor's, or where there is one account, that one's."""
    return pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam(INSTRUCTOR)


def _folder(path: Path, mode: int, owner: pwd.struct_passwd | None = None) -> None:
    if path.is_dir():
        return
    path.mkdir(parents=True)
    if owner:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    path.chmod(mode)  # last: a change of owner takes bits away
