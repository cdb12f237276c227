"""Take submissions in, or refuse them: what is kept where, and who is told.

In the course root:

- `submitted/<student>/<assignment>/`: what is graded, with a receipt (`intake.json`);
- `earlier/<student>/<assignment>/<time>/`: what it took the place of;
- `refused/<student>/<assignment>/<number>/`: what was refused, with the reasons (`refusal.json`) and, in `files/`, all
  that could be read safely; of work in another's name only the notebook. `accept` takes it in nevertheless.
"""

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from logging import Logger
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory

from autograder import record as records
from autograder.course import Course
from autograder.download import Folder, Origin, Students, Zip, find_origins, read_person, whose
from autograder.files import open_folder, read_folder, shown, student_problem
from autograder.incoming import COLLECTED, HERE, REFUSED, WARNING, Incoming, now, read_json, write_files
from autograder.refused import REFUSAL, is_refusal, refuse
from autograder.stage import RECEIPT

MOST_LOOKED_AT = 5
"""Submissions of one student to one assignment that are looked at, the newest first."""

TIME = "%Y-%m-%d %H:%M:%S.%f UTC"
"""How nbgrader writes times."""


@dataclass
class Outcome:
    """What became of a submission, and why."""

    student: str
    origin: str
    received: datetime | None
    what: str
    why: list[str]


def take(course: Course, incoming: Incoming, *, update: bool = True) -> Outcome:
    """Take a submission in, or refuse it; one that is here already is left alone.

    Parameters
    ----------
    course : Course
        Where to.
    incoming : Incoming
        What was read of it.
    update : bool
        Whether it takes the place of an earlier one.
    """
    def outcome(what: str, *why: str) -> Outcome:
        return Outcome(incoming.student, incoming.origin, incoming.received, what, list(why))

    target = course.submitted / incoming.student / incoming.assignment
    here = read_json(target / RECEIPT)
    if here.get("origin") == incoming.origin and here.get("digest") == incoming.digest:
        return outcome(HERE)
    if incoming.found.reasons:
        return outcome(*refuse(course, incoming))
    if not update and target.is_dir():
        return outcome(HERE, "a newer one waits: collect with --update")
    if incoming.received and here.get("received") and incoming.received <= datetime.fromisoformat(here["received"]):
        return outcome(HERE, "a later one is here")
    _put(course, incoming)
    notebook = f"{incoming.assignment}.ipynb"
    others = [path for path in incoming.found.files if path.endswith(".ipynb")]
    missing = [] if notebook in incoming.found.files else [
        f"there is no {notebook} in it (found: {', '.join(others[:5]) or 'no notebook'}): have it handed in under that "
        f"name, or rename it in {target} and grade"]
    return outcome(COLLECTED, *incoming.notes, *missing)


def take_newest(course: Course, newest_first: Iterable[Incoming], *, update: bool = True) -> list[Outcome]:
    """Take in the newest of a student's submissions that can be, and refuse what is newer than that.

    Older ones are not even read: `newest_first` may make each when it is asked for.
    """
    own: list[Outcome] = []
    refused: list[Incoming] = []
    for incoming in newest_first:
        own.append(take(course, incoming, update=update))
        if own[-1].what != REFUSED:
            break
        refused.append(incoming)
    # Once more, now that the one that counts is here: it says so from now on.
    return own[len(refused):] + [take(course, incoming) for incoming in refused]


def due_date(directory: CourseDirectory) -> datetime | None:
    """Return when the assignment that is being collected was due, if ever."""
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        try:
            due = gradebook.find_assignment(directory.assignment_id).duedate
        except MissingEntry:
            return None
    return due and due.replace(tzinfo=UTC)


def tell(outcomes: Iterable[Outcome], log: Logger) -> None:
    """Write what became of submissions to nbgrader's log, a line each."""
    for one in outcomes:
        write = log.error if one.what in (REFUSED, WARNING) else log.info
        write("%s, %s: %s", one.student, one.what, "; ".join(filter(None, [one.origin, *one.why])))


def collect_download(course: Course, assignment: str, path: Path, *, students: Path | None = None,
                     received: datetime | None = None) -> list[Outcome]:
    """Collect submissions from a folder or zip file downloaded from a learning platform.

    Parameters
    ----------
    course : Course
        Where to.
    assignment : str
        What was handed in.
    path : Path
        The download.
    students : Path, optional
        A table of who is who (`autograder.download`); a column of times in it comes first.
    received : datetime, optional
        When all of it was handed in. Without any time nobody is late: files and archives carry only times that their
        owner can set, and the platform has kept its own deadline.

    Raises
    ------
    ValueError
        If there is nothing to collect, or the table cannot be used.
    """
    table = Students(students) if students else None
    download: Folder | Zip = Folder(path) if path.is_dir() else Zip(path)
    outcomes, known = [], {}
    for origin in find_origins(download.names):
        try:
            known[origin.name] = (whose(origin, table), origin)
        except ValueError as error:
            outcomes.append(Outcome("?", shown(origin.name), None, REFUSED, [str(error)]))
    if not known and not outcomes:
        raise ValueError(f"{path} is empty: it should hold a folder, a zip file or files for each student")
    owners: dict[str, list[str]] = {}
    for name, (student, _) in known.items():
        owners.setdefault(student, []).append(name)
    for student, origin in known.values():
        time = (table.times.get(student) if table else None) or received
        others = [shown(name) for name in owners[student] if name != origin.name]
        try:
            outcomes.append(_collect_person(course, assignment, download, origin, student, time, others))
        except Exception as error:  # whatever somebody has thought of, the others' work is wanted
            outcomes.append(fell(student, error))
    return sorted(outcomes, key=lambda outcome: outcome.student)


def _collect_person(course: Course, assignment: str, download: Folder | Zip, origin: Origin, student: str,
                    received: datetime | None, others: Sequence[str]) -> Outcome:
    """Collect what one person handed in."""
    found = read_person(download, origin, assignment)
    if others:
        found.reasons.append(f"there is more than one submission of {student}: {', '.join(others)}")
    if not found.files and not found.reasons:
        found.reasons.append("there is no notebook in it")
    return take(course, Incoming(student, assignment, shown(origin.name), found, received))


def accept(course: Course, student: str, assignment: str, *, owner: str = "") -> list[str]:
    """Take in the latest refused submission of a student, and return the reasons that this overrides.

    Parameters
    ----------
    course : Course
        Whose.
    student, assignment : str
        Whose submission to what.
    owner : str
        The user who handed it in under the student's name, if it was somebody else.

    Raises
    ------
    ValueError
        If there is none, or none of that owner, or only a part of it was kept.
    """
    if problem := student_problem(student):
        raise ValueError(f"{shown(student)} cannot be a student's name: {problem}")
    folder = course.root / "refused" / student / assignment
    refusals = [(path.parent, read_json(path)) for path in folder.glob(f"*/{REFUSAL}")]
    waiting = [(path, refusal) for path, refusal in refusals if refusal and not refusal["accepted"]]
    fitting = [(path, refusal) for path, refusal in waiting if refusal["owner"] == owner]
    if not fitting:
        forged = ", ".join(sorted({refusal["owner"] for _, refusal in waiting}))
        raise ValueError(f"no submission of {student} to {assignment} was refused" if not waiting else
                         f"what was refused was handed in under {student}'s name by {forged or student}: if it is "
                         f"{student}'s all the same, add --owner {forged or student}" if forged else
                         f"what was refused was handed in by {student}: leave --owner out")
    path, refusal = max(fitting, key=lambda pair: pair[1]["received"] or pair[1]["refused"])
    if rest := refusal.get("rest"):
        raise ValueError(f"only a part of it was kept, in {path}; the whole, if it is still there, is {rest}. To take "
                         f"that in, copy it to {student}/ in a folder of your own, and collect --from that folder")
    found = read_folder(open_folder(path / "files"), lambda name: True)
    if not any(name.endswith(".ipynb") for name in found.files):
        raise ValueError(f"there is no notebook in it that could be read: see {path}")
    received = datetime.fromisoformat(refusal["received"]) if refusal["received"] else None
    notes = [f"accepted by hand although {reason}" for reason in refusal["reasons"]]
    _put(course, Incoming(student, assignment, refusal["origin"], found, received, notes=notes + refusal["left_out"]))
    (path / REFUSAL).write_text(json.dumps({**refusal, "accepted": now()}, indent=1))
    return refusal["reasons"]


def fell(student: str, error: Exception) -> Outcome:
    """Return what became of work that could not even be refused."""
    return Outcome(student, "", None, REFUSED, [f"could not be taken in: {type(error).__name__}: {shown(str(error))}"])


def table(outcomes: Iterable[Outcome]) -> str:
    """Return what became of submissions as a table for the terminal."""
    rows = [("student", "handed in (UTC)", "", "")]
    rows += [(one.student, one.received.strftime("%Y-%m-%d %H:%M:%S") if one.received else "-", one.what,
              f"{one.origin}: " * (one.what == REFUSED and one.origin != "") + "; ".join(one.why)) for one in outcomes]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
                     for row in rows)


def _put(course: Course, incoming: Incoming) -> None:
    """Write a submission in place of an earlier one, which is kept; a folder is there whole or not at all."""
    target = course.submitted / incoming.student / incoming.assignment
    target.parent.mkdir(parents=True, exist_ok=True)
    left_out = [f"left out: {path}" for path in islice(incoming.found.left_out, 20)]
    receipt = {"origin": incoming.origin, "digest": incoming.digest, "collected": now(),
               "received": incoming.received and incoming.received.isoformat(), "notes": incoming.notes + left_out}
    files = dict(incoming.found.files)
    files[RECEIPT] = json.dumps(receipt, indent=1).encode()
    if incoming.received:
        files["timestamp.txt"] = incoming.received.astimezone(UTC).strftime(TIME).encode()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".incoming-") as temporary:
        write_files(Path(temporary, "new"), files)
        if target.is_dir():
            earlier = read_json(target / RECEIPT).get("collected", "") or f"{target.stat().st_mtime:.6f}"
            kept = course.root / "earlier" / incoming.student / incoming.assignment / earlier.replace(":", "")
            kept.parent.mkdir(parents=True, exist_ok=True)
            target.rename(kept)
        Path(temporary, "new").rename(target)
    path = records.path_of(course.records, incoming.assignment, incoming.student)
    if path.is_file() and is_refusal(records.read(path)):
        path.unlink()  # it spoke of what was refused
