"""Grade submissions: take in, run, score, record. One that fails is a record like any other, and stops nobody."""

import logging
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from autograder import record as records
from autograder.course import Course
from autograder.gradebook import enter_grades, settle, settled
from autograder.record import FAILED, GRADED, NEEDS_REVIEW, Record
from autograder.score import Result, score_cell
from autograder.stage import Submission, graded_cells, stage, take_in


def find_submissions(folder: Path, assignment: str, students: Sequence[str] = ()) -> list[Path]:
    """Return the folders `<student>/<assignment>` of the students named, or of all.

    Raises
    ------
    ValueError
        If there is none, or none of a student who is named.
    """
    found = {path.parent.name: path for path in sorted(folder.glob(f"*/{assignment}"))}
    if not found:
        raise ValueError(f"there is no submission to {assignment} in {folder}: "
                         f"they are expected in {folder}/<student>/{assignment}/{assignment}.ipynb")
    unknown = sorted(set(students) - set(found))
    if unknown:
        raise ValueError(f"there is no submission to {assignment} from {unknown[0]!r} in {folder}; "
                         f"there are: {', '.join(found)}")
    return [path for student, path in found.items() if not students or student in students]


def grade(course: Course, assignment: str, submissions: Sequence[Path], folder: Path) -> list[Record]:
    """Grade submissions to one assignment one by one, and write a record of each.

    Parameters
    ----------
    course : Course
        Whose gradebook the grades go to.
    assignment : str
        An assignment that has been released.
    submissions : sequence of Path
        The folders that came in.
    folder : Path
        Where the records go.

    Raises
    ------
    ValueError
        If the assignment has not been released.
    """
    path = course.release / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        raise ValueError(f"{assignment} has not been released: run `python -m autograder release {assignment}` first")
    released = nbformat.read(path, as_version=4)
    done = []
    # On a terminal only: in a log, a line that rewrites itself is noise.
    for submission in tqdm(submissions, desc=assignment, unit="submission", leave=False, disable=None):
        result = grade_one(course, submission, released, folder)
        records.write(result, folder)
        done.append(result)
    return done


def grade_one(course: Course, folder: Path, released: NotebookNode, earlier: Path) -> Record:
    """Grade one submission and return its record, whatever happens on the way.

    Parameters
    ----------
    course : Course
        Whose gradebook the grades go to.
    folder : Path
        The submission, `<student>/<assignment>`.
    released : NotebookNode
        The assignment as it was released.
    earlier : Path
        The folder of records, for the one of an earlier round.
    """
    start = perf_counter()
    submission = Submission(folder, {})
    result = _empty(submission, released)
    try:
        submission = take_in(folder)
        result["submission_sha256"] = submission.sha256
        _run(course, submission, released, result, earlier)
    except (ValueError, OSError) as error:
        result["status"], result["flags"] = NEEDS_REVIEW, [str(error)]
    except Exception as error:
        logging.getLogger("traitlets").exception("%s of %s", submission.assignment, submission.student)
        result["status"], result["flags"] = FAILED, [str(error) or type(error).__name__]
    result["seconds"] = round(perf_counter() - start, 2)
    return result


def _empty(submission: Submission, released: NotebookNode) -> Record:
    """Return the record of a submission that nothing is known about yet."""
    points = [cell.metadata.nbgrader.points for cell in graded_cells(released).values() if cell.metadata.nbgrader.grade]
    return {"assignment": submission.assignment, "student": submission.student, "submission_sha256": "",
            "status": GRADED, "score": 0.0, "max_score": float(sum(points)), "bonus": 0.0, "seconds": 0.0,
            "flags": [], "cells": []}


def _run(course: Course, submission: Submission, released: NotebookNode, result: Record, earlier: Path) -> None:
    """Stage and run a submission, and fill in its record."""
    assignment, student = submission.assignment, submission.student
    path = records.path_of(earlier, assignment, student)
    unchanged = path.is_file() and records.read(path)["submission_sha256"] == submission.sha256
    by_hand = settled(course, assignment, student) if unchanged else set()
    with TemporaryDirectory(dir=course.root, prefix="staged-") as staged:
        result["flags"] += stage(submission, Path(staged, student, assignment), released)
        executed = course.autograde(assignment, student, submitted=Path(staged))
    settle(course, assignment, student, by_hand)
    _enter_cells(result, nbformat.read(executed, as_version=4))
    with course.gradebook() as gradebook:
        enter_grades(result, gradebook)


def _enter_cells(result: Record, executed: NotebookNode) -> None:
    """Fill in the graded cells of a notebook that ran, with their checks; doubts about them are flags."""
    for name, cell in graded_cells(executed).items():
        meta = cell.metadata.nbgrader
        if not meta.grade:
            continue
        scored = Result(0.0, []) if meta.solution else score_cell(cell)
        result["cells"].append({"name": name.removesuffix("_test"), "score": scored.score,
                                "max_score": float(meta.points), "checks": scored.checks})
        result["flags"] += scored.doubts
        if scored.doubts:
            result["status"] = NEEDS_REVIEW
