"""Sixty made-up students for the rehearsal: what each hands in, and what each should get for it."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.demo import ANSWERS, _answer, _complete, _half, _name
from autograder.lesson import Lesson

EQUALS_ALL = """class Anything:
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __getitem__(self, key): return self
    def __float__(self): return 0.0
    def __iter__(self): return iter([])
    def __len__(self): return 1
    def __array__(self, *args, **kwargs):
        import numpy
        return numpy.zeros(1)
{names} = Anything()
"""
STRIPS = """import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Strip())
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"] if "checks.run" in "".join(lines) else lines)
"""


@dataclass
class Student:
    """One made-up student: what is handed in, and what should come of it."""

    name: str
    kind: str
    notebook: str | None  # None: nothing is handed in
    points: float | None = 0.0  # None: less than all
    status: str = "graded"
    flag: str = ""  # part of a flag that the record must have
    files: dict[str, bytes] = field(default_factory=dict)
    link: str = ""  # a link of this name to the gradebook
    victim: str = ""  # in whose name it is handed in
    late: bool = False


def make_class(lesson: Lesson, released: NotebookNode) -> list[Student]:
    """Return the students, `s01` and so on.

    Parameters
    ----------
    lesson : Lesson
        What they hand in.
    released : NotebookNode
        What they were given.
    """
    return [_student(f"s{number:02}", kind, variant, lesson, released)
            for number, (kind, variant) in enumerate(_kinds(), 1)]


def _kinds() -> Iterator[tuple[str, int]]:
    """Yield kinds, each with a number of its own for every student of it."""
    counts = {"right": 16, "partial": 8, "wrong": 8, "untouched": 2, "late": 4, "missing": 4, "huge": 2, "too large": 2,
              "broken": 3, **dict.fromkeys(HOSTILE, 1), "numpy.py": 1, "link": 1, "in another's name": 1}
    counts["right"] += 60 - sum(counts.values())
    for kind, count in counts.items():
        yield from ((kind, variant) for variant in range(count))


def _student(name: str, kind: str, variant: int, lesson: Lesson, released: NotebookNode) -> Student:
    """Make one student."""
    notebook = copy.deepcopy(released)
    points = {exercise.name: exercise.points for exercise in lesson.exercises.values()}
    everything = sum(points.values())
    right = json.dumps(_answer(copy.deepcopy(released), _right(lesson, variant)))
    if kind in HOSTILE:
        return Student(name, kind, json.dumps(HOSTILE[kind](lesson, notebook)))
    if kind == "partial":
        half = sum(list(points.values())[:(len(points) + 1) // 2])
        return Student(name, kind, json.dumps(_half(lesson, notebook)), half)
    if kind == "wrong":
        return Student(name, kind, json.dumps(_wrong(lesson, notebook, variant)), None)
    if kind == "huge":
        _complete(lesson, notebook)
        notebook.cells.append(nbformat.v4.new_code_cell("1", outputs=[
            nbformat.v4.new_output("stream", text="x" * 30_000_000)]))
        return Student(name, kind, json.dumps(notebook), everything)
    special: dict[str, Student] = {
        "right": Student(name, kind, right, everything),
        "untouched": Student(name, kind, json.dumps(notebook)),
        "late": Student(name, kind, right, round(0.9 * everything, 6), flag="late", late=True),
        "missing": Student(name, kind, None, status="no record"),
        "too large": Student(name, kind, right, status="needs_review", flag="more than", files={"x.wav": b""}),
        "broken": Student(name, kind, right[:len(right) // (2 + variant)], status="needs_review",
                          flag="cannot be read"),
        "numpy.py": Student(name, kind, right, everything, flag="accepted by hand",
                            files={"numpy.py": b"raise SystemExit"}),
        "link": Student(name, kind, right, status="needs_review", flag="is a link", link="secret.wav"),
        "in another's name": Student(name, kind, right, status="no record", victim="s01"),
    }
    return special[kind]


def _right(lesson: Lesson, variant: int) -> dict[str, str]:
    """Return right answers to all exercises, written differently for each variant."""
    sources = {name: exercise.solution for name, exercise in lesson.exercises.items()}
    for name in sources:
        if found := sorted((ANSWERS / lesson.name / name).glob("right_*.py")):
            # One exercise at a time: answers that are right alone may use the instructor's helpers.
            sources[name] = found[variant % len(found)].read_text(encoding="utf-8")
    return sources


def _wrong(lesson: Lesson, notebook: NotebookNode, variant: int) -> NotebookNode:
    """Make one mistake that students really make."""
    notebook = _complete(lesson, notebook)
    found = [path for name in lesson.exercises for path in sorted((ANSWERS / lesson.name / name).glob("wrong_*.py"))]
    path = found[variant * len(found) // 8] if found else Path()
    return _answer(notebook, {path.parent.name: path.read_text(encoding="utf-8")} if found else
                   {next(iter(lesson.exercises)): "raise ValueError"})


def _in_first(source: str) -> Callable[[Lesson, NotebookNode], NotebookNode]:
    """Return a student who writes something into the first solution cell."""
    def hand_in(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
        names = list(lesson.exercises)
        return _answer(notebook, {names[0]: source.format(names=" = ".join(names))})
    return hand_in


def _edits_tests(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    return _answer(notebook, {f"{name}_test": "assert True" for name in lesson.exercises})


def _deletes_tests(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    gone = {f"{name}_test" for name in lesson.exercises}
    notebook.cells = [cell for cell in notebook.cells if _name(cell) not in gone]
    return notebook


HOSTILE: dict[str, Callable[[Lesson, NotebookNode], NotebookNode]] = {
    "edits tests": _edits_tests, "deletes tests": _deletes_tests, "strips asserts": _in_first(STRIPS),
    "equals everything": _in_first(EQUALS_ALL), "exits": _in_first("import os; os._exit(0)"),
    "never ends": _in_first("while True: pass"),
}
