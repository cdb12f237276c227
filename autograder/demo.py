"""A small class that shows the whole way: lessons released, handed in by made-up students, graded and reported."""

import copy
import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.export import write_csv
from autograder.grade import How, find_submissions, grade
from autograder.lesson import Lesson, lesson_names
from autograder.record import Record, table
from autograder.release import REGION, release
from autograder.report import write_report
from autograder.sandbox import problem

ROOT = Path("build") / "demo"
ANSWERS = Path(__file__).resolve().parent.parent / "tests" / "answers"


def demo() -> list[Record]:
    """Build the demo in `build/demo`, afresh, and return its records."""
    start = perf_counter()
    shutil.rmtree(ROOT, ignore_errors=True)
    os.environ["COURSE_ROOT"] = str(ROOT)  # nbgrader_config.py reads it
    course = Course.load()
    how = How(sandbox=not problem())
    if not how.sandbox:  # these submissions are the project's own
        print(f"without the sandbox: {problem()}", file=sys.stderr)
    records: list[Record] = []
    for folder in release(course, lesson_names(course.source)):
        lesson = Lesson(folder.name, folder=course.source)
        released = nbformat.read(folder / f"{lesson.name}.ipynb", as_version=4)
        for student, hand_in in STUDENTS.items():
            target = course.submitted / student / lesson.name
            target.mkdir(parents=True)
            nbformat.write(hand_in(lesson, copy.deepcopy(released)), target / f"{lesson.name}.ipynb")
        records += grade(course, lesson.name, find_submissions(course.submitted, lesson.name), course.records,
                         how=how).records.values()
    write_csv(records, ROOT / "grades.csv")
    write_report(records, ROOT / "report.html")
    print(table(records))
    python = shlex.quote(os.path.relpath(sys.executable))
    print(f"\n{len(records)} submissions in {perf_counter() - start:.0f} s. "
          f"In {ROOT}: report.html, grades.csv, records/, gradebook.db.\n"
          f"Next: open {ROOT / 'report.html'} in a browser, or grade one again:\n"
          f"  COURSE_ROOT={ROOT} {python} -m autograder grade {records[0]['assignment']} --student complete")
    return records


def _complete(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """Hand in the instructor's solutions."""
    solutions = {name: cell.source for name, cell in lesson.cells.items() if cell.metadata.nbgrader.solution}
    return _answer(notebook, solutions)


def _half(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """Hand in the first half of the exercises."""
    names = list(lesson.exercises)
    return _answer(notebook, {name: lesson.exercises[name].solution for name in names[:(len(names) + 1) // 2]})


def _untouched(_: Lesson, notebook: NotebookNode) -> NotebookNode:
    """Hand in the release as it is."""
    return notebook


def _wrong(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """Hand in a mistake that students really make in every exercise for which one is collected."""
    found = {name: sorted((ANSWERS / lesson.name / name).glob("wrong_*.py")) for name in lesson.exercises}
    return _answer(notebook, {name: paths[0].read_text(encoding="utf-8") for name, paths in found.items() if paths})


def _tampered(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """Hand in stubs, with one test cell deleted and the others made to pass."""
    tests = [f"{name}_test" for name in lesson.exercises]
    notebook.cells = [cell for cell in notebook.cells if _name(cell) != tests[0]]
    return _answer(notebook, dict.fromkeys(tests[1:], "assert True"))


def _answer(notebook: NotebookNode, sources: dict[str, str]) -> NotebookNode:
    """Put sources in a notebook's cells, without the marks of solutions."""
    for cell in notebook.cells:
        if _name(cell) in sources:
            lines = sources[_name(cell)].splitlines()
            cell.source = "\n".join(line for line in lines if not REGION.search(line))
    return notebook


def _name(cell: NotebookNode) -> str:
    """Return the name by which nbgrader knows a cell, if it does."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


STUDENTS: dict[str, Callable[[Lesson, NotebookNode], NotebookNode]] = {
    "complete": _complete, "half": _half, "tampered": _tampered, "untouched": _untouched, "wrong": _wrong}

if __name__ == "__main__":
    demo()
