"""The made-up class of the rehearsal is whole, and what is not as it should be is noticed."""

import copy
import json

import nbformat
import pytest
import small_course as lessons
from small_course import NAME, set_source

from autograder import rehearsal_class
from autograder.lesson import Lesson
from autograder.rehearsal import _problem
from autograder.rehearsal_class import Student, make_class

RELEASED = set_source(lessons.tiny(), double="def double(x):\n    raise NotImplementedError",
                      half="def half(x):\n    raise NotImplementedError")


@pytest.fixture
def students(tmp_path, monkeypatch):
    monkeypatch.setattr(rehearsal_class, "ANSWERS", tmp_path / "answers")
    folder = lessons.write_course(tmp_path)
    return make_class(Lesson(NAME, folder=folder / "notebooks"), copy.deepcopy(RELEASED))


def sources(student):
    return {cell.metadata.nbgrader.grade_id: cell.source
            for cell in nbformat.reads(student.notebook, as_version=4).cells if "nbgrader" in cell.metadata}


def test_sixty_students_of_every_kind(students):
    assert [student.name for student in students] == [f"s{number:02}" for number in range(1, 61)]
    kinds = {student.kind: student for student in students}
    assert len(kinds) > 15
    assert "x / TWO" in sources(kinds["right"])["half"]
    assert kinds["right"].points == 7
    assert ("TWO * x" in sources(kinds["partial"])["double"], kinds["partial"].points) == (True, 4)
    assert "x / TWO" not in sources(kinds["partial"])["half"]
    assert sources(kinds["wrong"])["double"] == "raise ValueError"
    assert sources(kinds["edits tests"])["double_test"] == "assert True"
    assert "half_test" not in sources(kinds["deletes tests"])
    assert kinds["missing"].notebook is None
    assert len(kinds["huge"].notebook) > 20_000_000
    with pytest.raises(ValueError):
        json.loads(kinds["broken"].notebook)


@pytest.mark.parametrize(("student", "score", "status", "flags", "problem"), [
    (Student("s", "right", "", 7.0), 7.0, "graded", [], ""),
    (Student("s", "right", "", 7.0), 6.5, "graded", ["late: 0.5 points off"], "6.5 points"),
    (Student("s", "right", "", 7.0), 7.0, "failed", ["why"], "failed; why"),
    (Student("s", "wrong", "", None), 7.0, "graded", [], "7.0 points"),
    (Student("s", "wrong", "", None), 3.0, "graded", [], ""),
    (Student("s", "late", "", 6.3, flag="late"), 6.3, "graded", [], "no flag says 'late'"),
    (Student("s", "link", "", status="needs_review", flag="is a link"), 0.0, "needs_review", ["a is a link"], ""),
    (Student("s", "missing", None, status="no record"), 0.0, "graded", [], "there is a record"),
])
def test_what_is_not_as_it_should_be_is_named(student, score, status, flags, problem):
    found = _problem(student, {"score": score, "status": status, "flags": flags}, 7.0)
    assert problem in found
    assert bool(found) == bool(problem)


def test_a_record_that_is_missing_is_named():
    assert "there is no record" in _problem(Student("s", "right", "", 7.0), None, 7.0)
    assert _problem(Student("s", "missing", None, status="no record"), None, 7.0) == ""
