"""A penalty follows from the gradebook as it is: due date, time stamp, points, whoever changed them last."""

from datetime import datetime, timedelta

import pytest
from small_course import NAME
from traitlets.config import Config

from autograder import record as records
from autograder.cli import main
from autograder.course import Course
from autograder.gradebook import update
from autograder.late import ByTheDay

DAY = 24 * 60 * 60


@pytest.mark.parametrize(("seconds", "expected"), [
    (1, None), (1800, None), (1801, 1), (DAY + 1800, 1), (DAY + 1801, 2), (30 * DAY, 5)])
def test_each_day_begun_costs_up_to_a_most(seconds, expected):
    rule = ByTheDay(grace_minutes=30, percent_per_day=10, most_percent=50)
    assert rule.late_submission_penalty("s", 10.0, seconds) == expected


def test_no_rule_no_penalty():
    assert ByTheDay().late_submission_penalty("s", 10.0, DAY) is None


@pytest.fixture
def late(graded, tmp_path):
    """A function that brings the record of a late student up to date and returns its score and flags."""
    config = Config(Course.load().config)
    config.ByTheDay.percent_per_day = 10
    course = Course(config)

    def due(*, days_late=None, manual=None, handed_in=datetime(2030, 1, 31)):
        with course.gradebook() as gradebook:
            submission = gradebook.find_submission(NAME, "edited")
            submission.timestamp = handed_in
            submission.assignment.duedate = None if days_late is None else datetime(2030, 1, 31) - timedelta(days_late)
            gradebook.find_grade("why", NAME, NAME, "edited").manual_score = manual
            gradebook.db.commit()
        (record,) = update(course, [records.read(graded.root / "records" / NAME / "edited.json")], tmp_path)
        return record["score"], [flag for flag in record["flags"] if flag.startswith("late")]

    yield due
    due(handed_in=None)


def test_it_follows_hand_grades_and_due_dates(late):
    assert late(days_late=2) == (2.4, ["late: 0.6 points off"])
    assert late(days_late=2, manual=2.0) == (4.0, ["late: 1 points off"])
    assert late(days_late=1, manual=2.0) == (4.5, ["late: 0.5 points off"])
    assert late(days_late=-1, manual=2.0) == (5.0, [])
    assert late() == (3.0, [])


def test_a_new_time_stamp_counts_though_nothing_is_graded(graded, capsys):
    folder = graded.root / "submitted" / "partial" / NAME
    for stamp in ("2030-01-31 12:00:00 UTC", "2031-01-31 12:00:00 UTC", None):
        path = folder / "timestamp.txt"
        path.unlink(missing_ok=True)
        if stamp:
            path.write_text(stamp)
        assert main(["grade", NAME, "--student", "partial"]) == 0
        assert "0 graded, 1 had been graded before" in capsys.readouterr().out
        with Course.load().gradebook() as gradebook:
            found = gradebook.find_submission(NAME, "partial").timestamp
        assert found == (datetime.fromisoformat(stamp.removesuffix(" UTC")) if stamp else None)
