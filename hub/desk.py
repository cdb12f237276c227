"""The instructor's course folder: lessons to edit and release, and everything that grading makes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.files import IGNORED
from hub import exchange, people, view
from hub.settings import INSTRUCTOR, REPOSITORY, Settings

TAKEN = ".taken.json"
"""What the lessons were like when they were taken over: lesson -> hash. One that is no longer like that was edited."""
PASSED = ("COURSE_DB", "COURSE_HELDOUT", "LANG", "TZ")
"""What the hub's environment says of the course."""
CONFIG = '''"""nbgrader on this course. Change nothing here: it is written anew whenever the instructor's server starts.

Late penalties, time limits and the like stand in {repository}/nbgrader_config.py, which is root's.
"""

load_subconfig("nbgrader_config.py", path={path!r})
'''


def prepare(desk: Path) -> list[str]:
    """Make the folder, and take over lessons that are new or newer; return those that were edited here and stay.

    Run as the instructor, whose folder it is.
    """
    desk.mkdir(parents=True, exist_ok=True)
    desk.chmod(0o700)
    (desk / "nbgrader_config.py").write_text(
        CONFIG.format(path=str(REPOSITORY / "hub" / "instructor"), repository=REPOSITORY))
    source, kept = desk / "source", []
    source.mkdir(exist_ok=True)
    known = desk / TAKEN
    taken = json.loads(known.read_text()) if known.is_file() else {}
    for lesson in sorted(path for path in (REPOSITORY / "notebooks").iterdir() if path.is_dir()):
        mine, new = source / lesson.name, fingerprint(lesson)
        has = fingerprint(mine) if mine.is_dir() else ""
        if has and has not in (new, taken.get(lesson.name)):
            kept.append(lesson.name)
            continue
        if has != new:
            for name in files(mine):
                (mine / name).unlink()
            for name in files(lesson):
                (mine / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(lesson / name, mine / name)
        taken[lesson.name] = new
    known.write_text(json.dumps(taken, indent=1))
    return kept


def set_up(settings: Settings) -> str:
    """Make the instructor's account and the exchange, release lessons that are new, and return their names, in lines.

    Raises
    ------
    ValueError
        If the account cannot be had, something is wrong with the exchange, or a lesson cannot be released.
    """
    people.account(INSTRUCTOR, settings)
    exchange.prepare(settings)
    wrong = exchange.problems(settings)
    if wrong:
        raise ValueError("\n".join(wrong))
    return run(settings, "publish")


def environment(settings: Settings, home: str) -> dict[str, str]:
    """Return what programs in the course's folder need: the instructor's server, and the hub's own commands."""
    passed = {name: os.environ[name] for name in PASSED if name in os.environ}
    if os.geteuid():
        passed["COURSE_ONE_ACCOUNT"] = "1"
    return {**view.environment(settings), **passed, "HOME": home, "USER": INSTRUCTOR, "LOGNAME": INSTRUCTOR,
            "COURSE_ROOT": str(settings.desk), "PYTHONPATH": str(REPOSITORY)}


def run(settings: Settings, *command: str) -> str:
    """Run one of the hub's commands in the course's folder, as the instructor, and return what it says.

    Raises
    ------
    ValueError
        If it fails.
    """
    account = people.account(INSTRUCTOR, settings)
    start = view.instructor(account, settings.exchange)
    done = subprocess.run([*start, sys.executable, "-m", "hub", *command], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, env=environment(settings, account.pw_dir))
    if done.returncode:
        raise ValueError(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def files(lesson: Path) -> list[Path]:
    """Return the names of a lesson's files, in order, without what running it leaves: caches, weights, recordings."""
    names = [path.relative_to(lesson) for path in lesson.rglob("*") if path.is_file()]
    return sorted(name for name in names if not (
        any(part.startswith(".") or part in IGNORED for part in name.parts)
        or (len(name.parts) == 1 and name.suffix == ".safetensors")))  # those in `weights` belong to it


def fingerprint(lesson: Path) -> str:
    """Return a hash of a lesson's files and their names."""
    hashed = hashlib.sha256()
    for name in files(lesson):
        hashed.update(f"{name}\0{hashlib.sha256((lesson / name).read_bytes()).hexdigest()}\n".encode())
    return hashed.hexdigest()
