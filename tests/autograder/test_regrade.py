"""After a test was mended: who gained, who lost, why; and what a person gave stays."""

import copy
import json

import nbformat
import pytest
import small_course as lessons
from small_course import HOW, NAME, RIGHT, hand_in, set_source, write_course

from autograder.cli import main
from autograder.course import Course
from autograder.regrade import Change, combined, table

HARSH = lessons.HALF_TEST.replace("checks.close(half(4), 2)", "checks.close(half(4), 3)")
HARSH_DOUBLE = lessons.DOUBLE_TEST.replace("-2.75", "-3.75")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course whose tests want the wrong thing, graded."""
    root = tmp_path / "root"
    monkeypatch.setenv("COURSE_ROOT", str(root))
    wrong = set_source(lessons.tiny(), half_test=HARSH, double_test=HARSH_DOUBLE)
    monkeypatch.chdir(write_course(tmp_path, wrong))
    assert main(["release"]) == 0
    released = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    hand_in(root / "submitted", "right", set_source(copy.deepcopy(released), why="Because.", **RIGHT))
    hand_in(root / "submitted", "broken", '{"cells": [')
    hand_in(root / "submitted", "three", set_source(copy.deepcopy(released), double=RIGHT["double"],
                                                     half="def half(x):\n    return 3"))
    assert main(["grade", NAME, *HOW]) == 0
    return root


def read(root, student):
    """Return a record's points, by exercise."""
    record = json.loads((root / "records" / NAME / f"{student}.json").read_text())
    return {cell["name"]: cell["score"] for cell in record["cells"]}


def test_one_exercise_and_then_all(course, tmp_path, capsys):
    with Course.load().gradebook() as gradebook:
        grade = gradebook.find_grade("why", NAME, NAME, "right")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        gradebook.db.commit()
    nbformat.write(lessons.tiny(), tmp_path / "notebooks" / NAME / f"{NAME}.ipynb")
    assert main(["regrade", NAME, "--exercise", "half", *HOW]) == 2  # the test that was released is the one used
    assert f"double_test, half_test of {NAME} changed since its release" in capsys.readouterr().err
    assert main(["release"]) == 0
    capsys.readouterr()
    assert main(["regrade", NAME, "--exercise", "half", *HOW]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "right  half: 0 -> 3  passes now: a number", "three  half: 3 -> 0  fails now: a number", "1 gained, 1 lost",
        "not graded again, because new, changed, unreadable or never graded: broken"]
    assert read(course, "right") == {"double": 1, "half": 3, "why": 2}
    assert read(course, "three") == {"double": 1, "half": 0, "why": 0}

    path = course / "submitted" / "three" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text() + "\n")
    assert main(["regrade", NAME, *HOW]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "right  double: 1 -> 4  passes now: other numbers", "1 gained, 0 lost",
        "not graded again, because new, changed, unreadable or never graded: broken, three"]
    assert read(course, "right") == {"double": 4, "half": 3, "why": 2}
    with Course.load().gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "right").score == 9
        assert not gradebook.find_grade("why", NAME, NAME, "right").needs_manual_grade
    assert main(["regrade", NAME, "--exercise", "third", *HOW]) == 2
    assert "has no exercise 'third'; there are: double, half" in capsys.readouterr().err


def test_only_a_test_that_was_released_counts(course, tmp_path, capsys):
    capsys.readouterr()
    assert main(["grade", NAME, *HOW]) == 0
    assert "as released" not in capsys.readouterr().err  # the gradebook has hidden checks too
    path = tmp_path / "notebooks" / NAME / f"{NAME}.ipynb"
    nbformat.write(lessons.tiny(), path)
    assert main(["grade", NAME, *HOW]) == 0
    assert "as released; changed since: double_test, half_test" in capsys.readouterr().err
    path.unlink()  # who grades need not have the instructor's lessons
    assert main(["regrade", NAME, *HOW]) == 0


def test_a_record_in_which_nothing_changed_is_kept_as_it_was():
    old = {"cells": [{"name": "a", "score": 2.0, "max_score": 2.0, "checks": []}], "seconds": 1.0, "status": "graded",
           "flags": ["hand grading: b"]}
    new = {**copy.deepcopy(old), "seconds": 9.0, "flags": []}
    new["cells"][0]["score"] = 0.0  # a person gave the two points
    assert combined(old, new) is old


def test_who_gained_is_not_buried_under_those_who_did_not():
    changes = [Change(f"s{index}", "half", 3.0, 3.0, "new: a") for index in range(5)]
    assert table([*changes, Change("s9", "half", 0.0, 3.0, "new: a")]).splitlines() == [
        "s9  half: 0 -> 3  new: a", "5 more have other checks for the same points", "1 gained, 0 lost"]


def test_nobody_loses_points_because_a_second_round_failed(course, monkeypatch, capsys):
    monkeypatch.setattr("autograder.grade.outcomes",  # every task kills its worker twice
                        lambda course, assignment, jobs, **_: ((job, None) for job in jobs))
    for _ in range(2):
        capsys.readouterr()
        assert main(["regrade", NAME, *HOW]) == 0
        assert read(course, "right") == {"double": 1, "half": 0, "why": 0}
        record = json.loads((course / "records" / NAME / "right.json").read_text())
        assert record["status"] == "needs_review"
        assert [flag for flag in record["flags"] if "killed its worker twice" in flag] == [
            "could not be graded again: it killed its worker twice, or did not end: grade it by hand"]
        with Course.load().gradebook() as gradebook:
            assert gradebook.find_submission(NAME, "right").score == 1
