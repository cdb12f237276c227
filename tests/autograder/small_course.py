"""A lesson of one minute, built for the tests of the autograder: same shape as the real ones, and quick to run."""

import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.sandbox import problem

NAME = "00_tiny"
REPOSITORY = Path(__file__).resolve().parents[2]
HOW = ["--no-sandbox"] if problem() else []
"""Where the sandbox cannot be had, what has nothing to do with it is tested without."""

SETUP = "TWO = 2"
DOUBLE = '''def double(x):
    """Return twice a number."""
    ### BEGIN SOLUTION
    return TWO * x + 0 * 12345
    ### END SOLUTION'''
DOUBLE_TEST = '''from course_utils import checks


def double_test(c):
    with c.check("a number", points=1):
        checks.close(double(3), 6, slips={"This is the square: double means two times.": 9})
    ### BEGIN HIDDEN TESTS
    hidden_inputs = [0.5, -1.5, 100.0]
    with c.check("other numbers", points=3):
        checks.close([double(x) for x in hidden_inputs][1] + 0.25, -2.75)
    ### END HIDDEN TESTS


checks.run(double_test, points=4)'''
HALF = '''def half(x):
    ### BEGIN SOLUTION
    return x / TWO
    ### END SOLUTION'''
HALF_TEST = '''from course_utils import checks


def half_test(c):
    with c.check("a number", points=3):
        checks.close(half(4), 2)


checks.run(half_test, points=3)'''
RIGHT = {"double": "def double(x):\n    return x + x", "half": "def half(x):\n    return x / 2"}
WHY = """Why do we double?

### BEGIN SOLUTION
Because two is more than one. One point for two, two points for more.
### END SOLUTION"""


def cell(name: str, source: str, *, kind=new_code_cell, grade=False, solution=False, locked=False,
         points=None) -> NotebookNode:
    """Return a cell with nbgrader's metadata."""
    nbgrader = {"grade": grade, "grade_id": name, "locked": locked, "schema_version": 3, "solution": solution,
                "task": False}
    if points is not None:
        nbgrader["points"] = points
    return kind(source, metadata={"nbgrader": nbgrader})


def tiny() -> NotebookNode:
    """Return the instructor's notebook."""
    return new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
                                  "course": {"methods": {"doubling": {"enhance": "double"}}}}, cells=[
        new_markdown_cell("# A tiny lesson"),
        cell("setup", SETUP, locked=True),
        cell("double", DOUBLE, solution=True),
        cell("double_test", DOUBLE_TEST, grade=True, locked=True, points=4),
        cell("half", HALF, solution=True),
        cell("half_test", HALF_TEST, grade=True, locked=True, points=3),
        cell("why", WHY, kind=new_markdown_cell, grade=True, solution=True, points=3),
    ])


def write_course(folder: Path, notebook: NotebookNode | None = None) -> Path:
    """Write a course with one lesson, with the configuration of the real one, and return its folder."""
    lesson = folder / "notebooks" / NAME
    lesson.mkdir(parents=True)
    nbformat.write(notebook or tiny(), lesson / f"{NAME}.ipynb")
    (folder / "nbgrader_config.py").write_text(
        f"import os\nload_subconfig('nbgrader_config.py', path={str(REPOSITORY)!r})\n"
        f"c.CourseDirectory.source_directory = os.path.relpath({str(folder / 'notebooks')!r}, c.CourseDirectory.root)\n"
        "c.Execute.timeout = 40\n")
    return folder


def set_source(notebook: NotebookNode, **sources: str) -> NotebookNode:
    """Write sources into a notebook's cells, by the names that nbgrader knows them by."""
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(name, cell.source)
    return notebook


def position(notebook: NotebookNode, name: str) -> int:
    """Return the index of a cell."""
    return next(index for index, cell in enumerate(notebook.cells)
                if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def hand_in(submitted: Path, student: str, notebook: NotebookNode | str, name: str = f"{NAME}.ipynb") -> Path:
    """Write a submission and return its folder."""
    folder = submitted / student / NAME
    folder.mkdir(parents=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook)
    (folder / name).write_text(text, encoding="utf-8")
    return folder
