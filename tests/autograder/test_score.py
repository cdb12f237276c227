"""Points come from what a cell reported, and only if that can be."""

import math

import pytest
from nbformat.v4 import new_code_cell, new_output

from autograder.score import clamp, score_cell
from course_utils.checks import MIME


def ran(*outputs):
    """Return a test cell of 4 points that left these outputs."""
    return new_code_cell(outputs=list(outputs), metadata={"nbgrader": {"grade_id": "double_test", "points": 4}})


def report(*checks, **changes):
    """Return the output of a report with checks of (passed, points)."""
    data = {"name": "double_test", "score": 0.0, "max_score": 4.0,
            "checks": [{"name": f"check {index}", "passed": passed, "points": points, "message": ""}
                       for index, (passed, points) in enumerate(checks)]} | changes
    return new_output("display_data", {MIME: data, "text/plain": ""})


def value(text):
    """Return the output of a cell's last value."""
    return new_output("execute_result", {"text/plain": text}, execution_count=1)


STDERR = new_output("stream", name="stderr", text="UserWarning")
ERROR = new_output("error", ename="NameError", evalue="name 'x' is not defined", traceback=[])


def test_a_report_gives_the_points_of_the_checks_that_passed():
    result = score_cell(ran(STDERR, report((True, 1.5), (False, 2.5)), value("1.5")))
    assert (result.score, result.doubts) == (1.5, [])
    assert [check["passed"] for check in result.checks] == [True, False]


def test_all_passed_gives_all_points():
    result = score_cell(ran(report((True, 1), (True, 3))))
    assert (result.score, result.doubts) == (4.0, [])


def test_a_cell_that_stopped_gives_nothing_and_says_why():
    result = score_cell(ran(report((True, 4)), ERROR))
    assert (result.score, result.doubts) == (0.0, [])
    assert result.checks[0]["message"] == "The cell stopped: NameError: name 'x' is not defined"


@pytest.mark.parametrize("outputs", [(), (value("nan"),), (value("4.0"),), (STDERR,), (value("True"),)])
def test_without_a_report_there_are_no_points(outputs):
    result = score_cell(ran(*outputs))
    assert (result.score, result.doubts) == (0.0, ["no report: double_test"])


@pytest.mark.parametrize("bad", [
    report((True, math.nan)), report((True, math.inf)), report((True, -1), (True, 5)), report((True, "4")),
    report((True, True), (True, 3)), report((1, 4)), report((True, 1)), report((True, 4), (True, 4)),
    report((True, 4), name="half_test"), report((True, 4), max_score=5), report((True, 4), checks=None),
    report((True, 4), checks=[{}]),
    new_output("display_data", {MIME: "text"}), new_output("display_data", {MIME: None}),
])
def test_a_report_that_cannot_be_counts_for_nothing(bad):
    result = score_cell(ran(bad))
    assert result.score == 0.0
    assert result.doubts[0].startswith("bad report: double_test")


def test_a_value_that_says_otherwise_is_a_doubt():
    for text in ("4.0", "nan", "'x'"):
        result = score_cell(ran(report((True, 1), (False, 3)), value(text)))
        assert (result.score, result.doubts) == (1.0, ["report and value differ: double_test"])


def test_a_value_printed_short_is_no_doubt():
    assert score_cell(ran(report((True, 4 / 3), (False, 8 / 3)), value("1.33"))).doubts == []


def test_of_two_reports_the_last_counts_and_both_are_a_doubt():
    result = score_cell(ran(report((True, 4)), report((False, 4)), value("0.0")))
    assert (result.score, result.doubts) == (0.0, ["2 reports instead of one: double_test"])


@pytest.mark.parametrize(("score", "expected"), [
    (math.nan, 0), (math.inf, 0), (-1, 0), (4.000000001, 4), (2 / 3 + 1 / 3, 1), (3.5, 3.5)])
def test_points_are_finite_and_within_the_cell(score, expected):
    assert clamp(score, 4) == expected


def test_what_was_noticed_about_the_students_process_is_a_doubt():
    output = report((True, 1), (True, 3))
    output.data[MIME]["doubts"] = ["an answer could not be read"]
    found = score_cell(ran(output))
    assert found.score == 4 and found.doubts == ["an answer could not be read: double_test"]
