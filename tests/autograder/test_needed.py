"""Demos of the lesson that nothing graded depends on are not run; any other cell is."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_course import cell

from autograder.needed import mark_demos

SETUP = cell("setup", "import math\nx = 0", locked=True)
DEMOS = ["table = [1, 2]", "rate = len(table)", "figure = table + [double(3)]", "def stft(x):\n    return rate * x"]
TEST = cell("double_test", "x = 3\nassert double(x) == 6", grade=True, locked=True, points=1)
RELEASED = new_notebook(cells=[SETUP, *map(new_code_cell, DEMOS), cell("double", "", solution=True), TEST])


def run(solution, *plain, demos=tuple(DEMOS)):
    """Return the demos that run where a student wrote a solution and plain cells."""
    cells = [SETUP, *map(new_code_cell, (*demos, *plain)), cell("double", solution, solution=True), TEST,
             new_markdown_cell("table")]
    mark_demos(cells, RELEASED)
    assert not any("tags" in cell.metadata for cell in cells if "nbgrader" in cell.metadata)
    return [cell.source for cell in cells[1:-3] if "tags" not in cell.metadata]


@pytest.mark.parametrize(("solution", "expected"), [
    ("def double(x):\n    return 2 * x", []),
    ("def double(table):\n    return 2 * table", []),
    ("def double(x):\n    return table[1] * x", DEMOS[:1]),
    ("def double(x):\n    return stft(x)", [DEMOS[0], DEMOS[1], DEMOS[3]]),
    ("figure = figure[:2]\ndef double(x):\n    return 2 * x", [DEMOS[0], DEMOS[2]]),
    ("def double(x):\n    return [rate for _ in x]", DEMOS[:2]),
    ("def double(x):\n    return eval('rate') * x", DEMOS),
    ("%time table", DEMOS),
    ("def double(x)\n    return table", []),
    ("\0", []),
    ("%a\n" * 600, DEMOS),
    ("%a\n" * 100_000, DEMOS),
])
def test_what_a_solution_uses_runs(solution, expected):
    assert run(solution) == expected


def test_what_a_student_wrote_runs():
    assert run("double = 2", "helper = rate") == [*DEMOS[:2], "helper = rate"]


def test_a_demo_that_was_changed_runs():
    assert run("double = 2", demos=(DEMOS[0], "rate = 3")) == ["rate = 3"]


def test_a_test_that_defines_what_its_loops_and_functions_use_needs_no_demo():
    test = cell("double_test", "table = [3]\nassert [double(x) for x in range(2) if x in table] == []", grade=True,
                locked=True, points=1)
    demo = new_code_cell(DEMOS[0])
    mark_demos([SETUP, demo, cell("double", "double = 2", solution=True), test], RELEASED)
    assert "tags" in demo.metadata
