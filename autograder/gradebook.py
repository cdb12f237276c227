"""nbgrader's gradebook: what the records say is merged into it, what people say in it comes back to the records.

Merging is the work of one process, in the order of the students' names, one transaction each. It can be done again at
any time and changes nothing then.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.exc import OperationalError

from autograder import record as records
from autograder.course import Course
from autograder.late import Rule
from autograder.record import HAND_GRADING, Record
from autograder.score import clamp

LATE = "late: "
TRIES = "checks.examine("
"""What the source of a test cell has in it if it earns a bonus."""
PATIENCE = 6
"""Attempts at a transaction while somebody else holds the gradebook; SQLite itself waits 5 s each time."""


def template(course: Course, assignment: str) -> bytes:
    """Return a SQLite gradebook with the cells of one assignment and without any student.

    Raises
    ------
    ValueError
        If the gradebook does not know the assignment.
    """
    with tempfile.TemporaryDirectory() as folder, course.gradebook() as gradebook:
        try:
            original = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise ValueError(f"the gradebook does not know {assignment}: "
                             f"run `python -m autograder release {assignment}` first") from None
        path = Path(folder, "gradebook.db")
        with Gradebook(f"sqlite:///{path}") as copy:
            copy.add_assignment(assignment)
            for notebook in original.notebooks:
                where = (notebook.name, assignment)
                copy.add_notebook(*where, kernelspec=notebook.kernelspec)
                for cell in notebook.source_cells:
                    copy.add_source_cell(cell.name, *where, cell_type=cell.cell_type, locked=cell.locked,
                                         source=cell.source, checksum=cell.checksum)
                for cell in notebook.grade_cells:
                    copy.add_grade_cell(cell.name, *where, cell_type=cell.cell_type, max_score=cell.max_score)
                for cell in notebook.solution_cells:
                    copy.add_solution_cell(cell.name, *where)
                for cell in notebook.task_cells:
                    copy.add_task_cell(cell.name, *where, cell_type=cell.cell_type, max_score=cell.max_score)
        return path.read_bytes()


def must_merge(course: Course, assignment: str, student: str, *, changed: bool) -> None:
    """Note that a submission's record is about to say something that the gradebook does not.

    The note is written before the record and goes when the gradebook has it, so that no moment to be killed at is bad.

    Parameters
    ----------
    course : Course
        Whose gradebook.
    assignment, student : str
        Whose submission to what.
    changed : bool
        Whether it is another submission than the one merged last: grades given by hand then need a second look.
    """
    path = records.path_of(course.unmerged, assignment, student)
    changed = changed or (path.is_file() and json.loads(path.read_text(encoding="utf-8"))["changed"])
    records.write_json({"changed": changed}, path)


def merge(course: Course, assignment: str, folder: Path) -> None:
    """Bring the gradebook up to what an assignment's records say, and those up to hand grades and penalties.

    Raises
    ------
    ValueError
        If somebody else holds the gradebook for long.
    """
    rule = Rule(course.config)
    with course.gradebook() as gradebook:
        gradebook.db().expire_on_commit = False  # or the assignment's cells are read again for every student
        target = gradebook.find_assignment(assignment)
        cells = [[*notebook.grade_cells, *notebook.solution_cells] for notebook in target.notebooks]
        for student in _waiting(course, gradebook, assignment, folder):
            path = records.path_of(folder, assignment, student)
            executed = course.autograded / student / assignment / f"{assignment}.ipynb"
            if not path.is_file():
                continue  # killed in between; it will be graded again
            record = records.read(path)
            if record["cells"] and not executed.is_file():
                continue  # as above
            for attempt in range(PATIENCE):
                try:
                    with _transaction(gradebook):
                        if record["cells"]:
                            _enter(record, executed, course, gradebook, rule)
                        else:
                            _take_back(record, gradebook, rule)
                    break
                except OperationalError as error:
                    if attempt == PATIENCE - 1:
                        raise ValueError(f"the gradebook cannot be written ({error.orig}): close what holds it and "
                                         "grade again; nothing is run twice") from None
            enter_grades(record, gradebook)
            records.write(record, folder)
            records.path_of(course.unmerged, assignment, student).unlink(missing_ok=True)
        del cells  # held until here, so that the session keeps them


def _waiting(course: Course, gradebook: Gradebook, assignment: str, folder: Path) -> list[str]:
    """Return the students whose records the gradebook does not have, as when it is a new one."""
    query = gradebook.db.query(SubmittedAssignment.student_id).join(Assignment).filter(Assignment.name == assignment)
    known = {student for (student,) in query}
    noted = {path.stem for path in (course.unmerged / assignment).glob("*.json")}
    return sorted(noted | ({path.stem for path in (folder / assignment).glob("*.json")} - known))


def _enter(record: Record, executed: Path, course: Course, gradebook: Gradebook, rule: Rule) -> None:
    """Enter what a record says in the gradebook, as nbgrader's own `SaveAutoGrades` would have."""
    assignment, student = record["assignment"], record["student"]
    note = records.path_of(course.unmerged, assignment, student)
    changed = note.is_file() and json.loads(note.read_text(encoding="utf-8"))["changed"]
    gradebook.update_or_create_student(student)
    submission = gradebook.update_or_create_submission(assignment, student)
    stamp = executed.with_name("timestamp.txt")
    # Also when there is none: nbgrader would keep the one of an earlier submission.
    submission.timestamp = utils.parse_utc(stamp.read_text(encoding="utf-8").strip()) if stamp.is_file() else None
    notebook = submission.notebooks[0]
    ran = nbformat.v4.reads(executed.read_text(encoding="utf-8"))  # as nbgrader wrote it: not validated once more
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in ran.cells if "nbgrader" in cell.metadata}
    checked = {cell["name"]: cell for cell in record["cells"]}
    _enter_bonus(notebook, record.get("trial", {}).get("points"))
    for grade in notebook.grades:
        if utils.is_solution(cells[grade.name]):  # an answer in words is for a person to grade, unless there is none
            grade.auto_score = utils.determine_grade(cells[grade.name])[0]
        else:
            cell = checked[grade.name.removesuffix("_test")]
            grade.auto_score = clamp(sum(check["points"] for check in cell["checks"] if check["passed"]),
                                     cell["max_score"])
        if grade.manual_score is None:
            grade.needs_manual_grade = grade.auto_score is None
        elif changed:
            grade.needs_manual_grade = True
    for comment in notebook.comments:
        answer = cells.get(comment.name)  # a solution cell that the student deleted is an answer, if not a good one
        same = answer is not None and answer.metadata.nbgrader.get("checksum") == utils.compute_checksum(answer)
        comment.auto_comment = "No response." if same and not utils.is_task(answer) else None
    rule.apply(notebook)


def _take_back(record: Record, gradebook: Gradebook, rule: Rule) -> None:
    """Take the points of an earlier submission out of the gradebook: the one that counts now could not be graded."""
    notebook = _notebook(gradebook, record["assignment"], record["student"])
    if notebook is None:
        return
    _enter_bonus(notebook, None)
    for grade in notebook.grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    for comment in notebook.comments:
        comment.auto_comment = None
    rule.apply(notebook)


def _enter_bonus(notebook: SubmittedNotebook, points: float | None) -> None:
    """Enter a bonus with the cell that earns it; other cells' extra credit is given by hand, and stays."""
    earns = {cell.name for cell in notebook.notebook.source_cells if TRIES in (cell.source or "")}
    for grade in notebook.grades:
        if grade.name in earns:
            grade.extra_credit = points


@contextmanager
def _transaction(gradebook: Gradebook) -> Iterator[None]:
    """Make one transaction of what nbgrader would commit step by step."""
    session = gradebook.db()
    commit = session.commit
    session.commit = session.flush
    try:
        yield
        commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.commit


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
    if not course.has_gradebook():
        return found
    for assignment in sorted({record["assignment"] for record in found}):
        with suppress(MissingEntry):
            merge(course, assignment, folder)
    return update(course, records.read_all(folder), folder)


def update(course: Course, found: list[Record], folder: Path) -> list[Record]:
    """Bring records that are merged up to hand grades and penalties, in place, and write those that change."""
    rule = Rule(course.config)
    with course.gradebook() as gradebook:
        for record in found:
            before = str(record)
            notebook = _notebook(gradebook, record["assignment"], record["student"])
            if notebook is not None:
                rule.apply(notebook)
            enter_grades(record, gradebook)
            if str(record) != before:
                records.write(record, folder)
        gradebook.db.commit()
    return found


def _notebook(gradebook: Gradebook, assignment: str, student: str) -> SubmittedNotebook | None:
    """Return a submission's notebook in the gradebook, if it is there."""
    try:
        return gradebook.find_submission_notebook(assignment, assignment, student)
    except MissingEntry:
        return None
