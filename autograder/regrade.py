"""Grade again after a test was mended, and say who gained, who lost, and by which checks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbgrader.api import MissingEntry

from autograder import record as records
from autograder.course import Course
from autograder.grade import How, grade
from autograder.gradebook import merge, update
from autograder.record import NEEDS_REVIEW, Cell, Record
from autograder.stage import graded_cells, take_in

FAILED = "could not be graded again: "


class Change(NamedTuple):
    """One exercise of one student whose points or checks are others now."""

    student: str
    exercise: str
    before: float
    after: float
    why: str


def regrade(course: Course, assignment: str, submissions: Sequence[Path], folder: Path, *, exercise: str = "",
            how: How | None = None) -> tuple[list[Change], list[str]]:
    """Grade again what has been graded, as it was handed in then.

    Parameters
    ----------
    course, assignment, submissions, folder, how
        As for `grade`.
    exercise : str
        The only exercise whose points may change; by default all.

    Returns
    -------
    changes : list of Change
        By student and exercise.
    others : list of str
        Students who have handed in something else since, or whose work could not be read or was never graded.

    Raises
    ------
    ValueError
        If nothing has been graded yet, if there is no such exercise, or if the mended test has not been released.
    """
    changed = unreleased(course, assignment)
    if changed:
        raise ValueError(f"{', '.join(changed)} of {assignment} changed since its release, and what was released is "
                         f"what is used: run `python -m autograder release {assignment}` first")
    before, others, chosen = {}, [], []
    for path in submissions:
        student = path.parent.name
        earlier = _graded(folder, assignment, path)
        if earlier is None:
            others.append(student)
        else:
            before[student] = earlier
            chosen.append(path)
    if not chosen:
        raise ValueError(f"nothing to grade again: run `python -m autograder grade {assignment}` first")
    merge(course, assignment, folder)
    update(course, list(before.values()), folder)  # what a person gave since then is not what the test changes
    known = {cell["name"]: None for record in before.values() for cell in record["cells"] if cell["checks"]}
    if exercise and exercise not in known:
        raise ValueError(f"{assignment} has no exercise {exercise!r}; there are: {', '.join(known)}")
    after = grade(course, assignment, chosen, folder, how=replace(how or How(), again=True),
                  combine=lambda old, new: combined(old, new, exercise)).records
    return [change for student in sorted(before) for change in _changes(before[student], after[student])], others


def unreleased(course: Course, assignment: str) -> list[str]:
    """Return the tests of an assignment that are others now than when it was released."""
    path = course.source / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        return []
    with course.gradebook() as gradebook:
        try:
            cells = gradebook.find_notebook(assignment, assignment).source_cells
        except MissingEntry:
            return []
        released = {cell.name: cell.source for cell in cells}
    return [name for name, cell in graded_cells(nbformat.read(path, as_version=4)).items()
            if cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution
            and released.get(name) != cell.source]


def combined(old: Record, new: Record, exercise: str = "") -> Record:
    """Return the record to keep: the old one, as far as nothing else was found or only one exercise counts."""
    if not new["cells"]:  # nobody loses his points because a second round failed
        return {**old, "status": NEEDS_REVIEW, "flags": _joined(old["flags"], [FAILED + flag for flag in new["flags"]])}
    fresh = {cell["name"]: cell for cell in new["cells"] if exercise in ("", cell["name"])}
    same = all(_found(cell) == _found(fresh.get(cell["name"], cell)) for cell in old["cells"])
    if same and (exercise or (old["status"], len(old["cells"])) == (new["status"], len(new["cells"]))):
        return old
    if not exercise:
        return new
    flags = _joined(old["flags"], new["flags"])
    status = new["status"] if flags != old["flags"] else old["status"]
    return {**old, "status": status, "flags": flags,
            "cells": [fresh.get(cell["name"], cell) for cell in old["cells"]]}


def table(changes: Sequence[Change]) -> str:
    """Return changes as lines for the terminal."""
    if not changes:
        return "nobody's points or checks have changed"
    moved = [change for change in changes if change.after != change.before or change.why.startswith(FAILED)]
    same = len({change.student for change in changes} - {change.student for change in moved})
    gained = len({change.student for change in changes if change.after > change.before})
    lost = len({change.student for change in changes if change.after < change.before})
    lines = [f"{change.student}  {change.exercise}: {change.before:g} -> {change.after:g}  {change.why}".rstrip()
             for change in moved]
    others = [f"{same} more have other checks for the same points"] if same else []
    return "\n".join([*lines, *others, f"{gained} gained, {lost} lost"])


def _graded(folder: Path, assignment: str, path: Path) -> Record | None:
    """Return the record of a submission, if it is of what is there now."""
    where = records.path_of(folder, assignment, path.parent.name)
    if not where.is_file():
        return None
    record = records.read(where)
    try:
        return record if record["cells"] and take_in(path).sha256 == record["submission_sha256"] else None
    except (ValueError, OSError):
        return None


def _found(cell: Cell) -> tuple:
    """Return what the checks of an exercise said. Its score is not part of it: that may be a person's."""
    return cell["max_score"], cell["checks"]


def _joined(old: list[str], new: list[str]) -> list[str]:
    """Return flags, each once."""
    return list(dict.fromkeys([*old, *new]))


def _changes(before: Record, after: Record) -> Iterator[Change]:
    """Yield the exercises of one student that are others now."""
    for flag in after["flags"]:
        if flag.startswith(FAILED) and flag not in before["flags"]:
            yield Change(before["student"], "everything", before["score"], after["score"], flag)
    new = {cell["name"]: cell for cell in after["cells"]}
    for cell in before["cells"]:
        now = new.get(cell["name"])
        if now is None:
            yield Change(before["student"], cell["name"], cell["score"], 0.0, "; ".join(after["flags"]))
        elif _found(now) != _found(cell) or now["score"] != cell["score"]:
            yield Change(before["student"], cell["name"], cell["score"], now["score"], _why(cell, now))


def _why(before: Cell, after: Cell) -> str:
    """Return the checks that say something else now."""
    old = {check["name"]: check["passed"] for check in before["checks"]}
    new = {check["name"]: check["passed"] for check in after["checks"]}
    parts = {"passes now": [name for name in new if new[name] and old.get(name) is False],
             "fails now": [name for name in new if not new[name] and old.get(name) is True],
             "new": [f"{name} ({'passes' if new[name] else 'fails'})" for name in new if name not in old],
             "gone": [name for name in old if name not in new]}
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in parts.items() if names)
