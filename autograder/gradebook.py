"""What a record takes from nbgrader's gradebook: points, grades given by hand, extra credit, penalties."""

from collections.abc import Collection
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry, SubmittedNotebook

from autograder import record as records
from autograder.course import Course
from autograder.record import HAND_GRADING, Record
from autograder.score import clamp

LATE = "late: "


def settled(course: Course, assignment: str, student: str) -> set[str]:
    """Return the cells of a submission that somebody has graded by hand and that wait for nobody."""
    with course.gradebook() as gradebook:
        notebook = _notebook(gradebook, assignment, student)
        return {grade.name for grade in (notebook.grades if notebook else [])
                if grade.manual_score is not None and not grade.needs_manual_grade}


def settle(course: Course, assignment: str, student: str, cells: Collection[str]) -> None:
    """Mark cells as graded by hand. nbgrader asks for all of them again after every run, changed or not."""
    with course.gradebook() as gradebook:
        notebook = _notebook(gradebook, assignment, student)
        for grade in notebook.grades if notebook else []:
            if grade.name in cells:
                grade.needs_manual_grade = False
        gradebook.db.commit()


def enter_grades(record: Record, gradebook: Gradebook) -> None:
    """Bring a record's points, bonus and flags up to what the gradebook says.

    A grade given by hand stands in place of the autograder's. Extra credit is the bonus, and is not part of the score.
    """
    notebook = _notebook(gradebook, record["assignment"], record["student"])
    if notebook is None or not record["cells"]:
        return
    grades = {grade.name.removesuffix("_test"): grade for grade in notebook.grades}
    flags = [flag for flag in record["flags"] if not flag.startswith((HAND_GRADING, LATE))]
    for cell in record["cells"]:
        grade = grades[cell["name"]]
        given = grade.auto_score if grade.manual_score is None else grade.manual_score
        cell["score"] = clamp(given or 0.0, cell["max_score"])
        if grade.needs_manual_grade:
            flags.append(HAND_GRADING + cell["name"])
    penalty = notebook.late_submission_penalty or 0.0
    if penalty:
        flags.append(f"{LATE}{penalty:g} points off")
    record["flags"] = flags
    record["max_score"] = round(sum(cell["max_score"] for cell in record["cells"]), 6)
    record["score"] = clamp(sum(cell["score"] for cell in record["cells"]) - penalty, record["max_score"])
    record["bonus"] = round(sum(grade.extra_credit or 0.0 for grade in notebook.grades), 6)


def refresh(course: Course, folder: Path) -> list[Record]:
    """Return all records of a folder, and write those anew whose grades somebody has changed by hand since.

    Raises
    ------
    ValueError
        If there is no record.
    """
    found = records.read_all(folder)
    if course.has_gradebook():
        with course.gradebook() as gradebook:
            for record in found:
                before = str(record)
                enter_grades(record, gradebook)
                if str(record) != before:
                    records.write(record, folder)
    return found


def _notebook(gradebook: Gradebook, assignment: str, student: str) -> SubmittedNotebook | None:
    """Return a submission's notebook in the gradebook, if it is there."""
    try:
        return gradebook.find_submission_notebook(assignment, assignment, student)
    except MissingEntry:
        return None
