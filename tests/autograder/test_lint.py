"""The linter names what a test cell must not do, where, and the way out."""

import nbformat
import pytest
from small_course import DOUBLE_TEST, NAME, set_source, tiny

from autograder.lesson import Lesson
from autograder.lint import lint, problems


def lesson_with(folder, line, *, top=""):
    """Return the tiny lesson with a line more in one of its tests."""
    source = DOUBLE_TEST.replace("def double_test(c):\n", f"{top}\ndef double_test(c):\n    {line}\n")
    path = folder / NAME / f"{NAME}.ipynb"
    path.parent.mkdir()
    nbformat.write(set_source(tiny(), double_test=source), path)
    return Lesson(NAME, folder=folder)


def test_a_good_lesson_has_no_problems(tmp_path):
    assert problems(lesson_with(tmp_path, "half(double(1))")) == []
    assert lint(tmp_path) == []


@pytest.mark.parametrize("line, says", [
    ("double(TWO)", "`TWO` is the notebook's own"),
    ("double(treble)", "`treble` is nobody's"),
    ("double = 3", "`double` takes the place of the student's own"),
    ("for half in []: pass", "`half` takes the place of the student's own"),
    ("from math import sqrt as half", "`half` takes the place"),
    ("def double(x): return x", "`double` takes the place"),
    ("sum = 0", "`sum` takes the place of Python's own"),
    ("In[-1]", "`In` looks into a notebook"),
    ("globals()['double']", "`globals` looks into a notebook"),
    ("import autograder.score", "has no autograder"),
    ("double(lambda x: x)", "a lambda cannot be given"),
    ("double(x=(i for i in ()))", "a generator cannot be given"),
    ("def mine(x): pass\n    double(mine)", "own function `mine`"),
    ("def mine(x): pass\n    double(1).fit(mine)", "own function `mine`"),
    ("import torch\n    torch.manual_seed(0)", 'checks.theirs("torch")'),
    ("%matplotlib inline", "no magics"),
    ('with c.check("other numbers", points=1): pass', "another check 'other numbers'"),
])
def test_problems_are_named(tmp_path, line, says):
    found = problems(lesson_with(tmp_path, line))
    assert len(found) == 1 and says in found[0], found
    assert found[0].startswith(f"{NAME}, double_test, line ")


def test_a_star_hides_what_is_defined(tmp_path):
    found = problems(lesson_with(tmp_path, "pass", top="from math import *"))
    assert any("by name" in problem for problem in found)
