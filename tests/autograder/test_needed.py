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
    ("double = Out[2]", DEMOS),
    ("double = _3", DEMOS),
    ("_, double = 1, 2", []),
    ("def double(x):\n    table = x\n    table += x\n    return table", []),
    ("double = 2" + " + 1" * 100_000, DEMOS),
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


@pytest.mark.parametrize("cell", [
    "table = [3]\nprint(table)", "first, (table, *rest) = 1, (2, 3)\ntable, rest", "x = table = 2\ntable += x",
    "table = 2\nprint(f'{table}')", "if x:\n    pass\ntable = 2\nwhile table:\n    table = 0",
    "table = x\ndel table"])
def test_what_a_cell_assigns_before_it_uses_it_needs_no_demo(cell):
    assert run("double = 2", cell) == [cell]


@pytest.mark.parametrize("cell", [
    "table = table + [3]", "table += [3]", "table[0] = 3", "print(table)\ntable = 3", "del table", "del x, (table, y)",
    "if x:\n    table = 3\nprint(table)", "if x:\n    table += [3]", "class A:\n    table = table",
    "for table in []:\n    pass\nprint(table)", "try:\n    table = 1 / x\nexcept Exception:\n    pass\nprint(table)",
    "del table\ntable = 3\ntable", "other = (lambda: table)\ntable = 3", "x = [table for _ in x]\ntable = 3\ntable",
    "table = 3\ndef later():\n    return table", "table = 3\nlater = (table for _ in range(3))",
    "def early():\n    return table\ntable = early()", "x, table = table, x", "table.x, table = 1, 2\ntable",
    "table = (table := 3)\ntable", "class table:\n    old = table\n\ntable = 3\ntable"])
def test_what_a_cell_may_use_before_it_assigns_it_runs(cell):
    assert run("double = 2", cell) == [DEMOS[0], cell]


def test_a_name_that_one_cell_assigns_and_another_uses_runs():
    assert run("double = 2", "table = 3", "print(table)") == [DEMOS[0], "table = 3", "print(table)"]
    assert run("double = table", "table = 3\ntable") == [DEMOS[0], "table = 3\ntable"]


def test_a_demo_that_was_changed_runs():
    assert run("double = 2", demos=(DEMOS[0], "rate = 3")) == ["rate = 3"]


def test_a_test_that_defines_what_its_loops_and_functions_use_needs_no_demo():
    test = cell("double_test", "table = [3]\nassert [double(x) for x in range(2) if x in table] == []", grade=True,
                locked=True, points=1)
    demo = new_code_cell(DEMOS[0])
    mark_demos([SETUP, demo, cell("double", "double = 2", solution=True), test], RELEASED)
    assert "tags" in demo.metadata
