"""Every exercise: right answers get all points, wrong ones lose some, and most wrong ones are told why."""

import re
from pathlib import Path

import pytest

from autograder.lesson import Lesson, lesson_names

ANSWERS = Path(__file__).parent
EXERCISES = [(lesson, exercise) for lesson in lesson_names() for exercise in Lesson(lesson).exercises]
CASES = [(lesson, exercise, path) for lesson, exercise in EXERCISES
         for path in sorted((ANSWERS / lesson / exercise).glob("*.py"))]


@pytest.fixture(scope="module")
def lessons():
    """Each lesson with the names that its own solution defines."""
    return {name: Lesson(name) for name in lesson_names()}


def comment(source: str, key: str) -> str:
    found = re.search(rf"^# {key}: (.+)$", source, re.MULTILINE)
    return found.group(1).strip() if found else ""


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_solution_gets_all_points(lessons, lesson, exercise):
    checks = lessons[lesson].run_test(exercise, lessons[lesson].namespace())
    assert [check.message for check in checks.checks if not check.passed] == []
    # Also the proof that the checks of the cell, hidden ones included, are worth what the cell is worth.
    assert checks.earned == pytest.approx(lessons[lesson].exercises[exercise].points)


@pytest.mark.parametrize("lesson, exercise", EXERCISES)
def test_enough_answers(lesson, exercise):
    kinds = [path.name.split("_")[0] for path in (ANSWERS / lesson / exercise).glob("*.py")]
    assert kinds.count("right") >= 2 and kinds.count("wrong") >= 6
    wrong = [path.read_text() for path in (ANSWERS / lesson / exercise).glob("wrong_*.py")]
    assert all(comment(source, "Slip") for source in wrong)
    assert sum(bool(comment(source, "Names it")) for source in wrong) > len(wrong) / 2


@pytest.mark.parametrize("lesson, exercise, path", CASES, ids=lambda value: getattr(value, "stem", value))
def test_answer(lessons, lesson, exercise, path, record_property):
    source = path.read_text()
    checks = lessons[lesson].run_test(exercise, lessons[lesson].namespace({exercise: source}))
    messages = [check.message for check in checks.checks if not check.passed]
    record_property("answer", (lesson, exercise, path.stem, checks.earned, checks.points, messages[:1]))
    if path.name.startswith("right_"):
        assert messages == []
    else:
        assert checks.earned < checks.points
        assert comment(source, "Names it").lower() in " ".join(messages).lower()
