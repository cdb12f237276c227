"""The report shows what happened, needs nothing from outside, and believes no student's markup."""

import json
import re
from html.parser import HTMLParser

import numpy
import pytest

from autograder.cli import main
from autograder.report import summary, write_report


def record(student, scores, *, message="", status="graded", **changes):
    """Return a record of two exercises of 2 points each."""
    cells = [{"name": name, "score": score, "max_score": 2.0, "checks": [
        {"name": "shape", "passed": score == 2, "points": 2.0, "message": "" if score == 2 else message}],
        "seconds": 0.5 + score}
        for name, score in zip(("first", "second"), scores, strict=True)]
    return {"assignment": "01_a", "student": student, "submission_sha256": "", "status": status,
            "score": float(sum(scores)), "max_score": 4.0, "bonus": 0.0, "seconds": 1.0, "flags": [],
            "cells": cells} | changes


class Page(HTMLParser):
    """Collects the tags and addresses of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href", "action", "data")]


def test_the_report_of_a_class(graded, tmp_path, capsys):
    assert main(["report", "--to", str(tmp_path / "report.html")]) == 0
    text = (tmp_path / "report.html").read_text()
    assert capsys.readouterr().out == f"{tmp_path / 'report.html'}\n"
    for shown in (*graded.records, "Not written yet", "needs review", "restored: half_test", "hand grading: why"):
        assert shown in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_report_stands_alone(graded, tmp_path):
    main(["report", "--to", str(tmp_path / "report.html")])
    text = (tmp_path / "report.html").read_text()
    page = Page(text)
    assert page.addresses == []
    assert not page.tags & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?:|url\(|@import", text)


def test_names_and_messages_are_escaped(tmp_path):
    write_report([record("<b>eve</b>", [0, 2], message="<img src=x onerror=alert(1)>", flags=["<i>"],
                         assignment="<u>")], tmp_path / "report.html")
    page = Page((tmp_path / "report.html").read_text())
    assert not page.tags & {"b", "img", "i", "u"}


def test_the_most_common_mistake_is_counted_once_a_student():
    records = [record("a", [0, 2], message="square it"), record("b", [0, 2], message="square it"),
               record("c", [1, 0], message="no floor")]
    records[2]["cells"][0]["checks"] *= 3
    first, second = summary(records).exercises
    assert (first.mistakes, first.full) == ([("square it", 2), ("no floor", 1)], 0)
    assert (second.mistakes, second.full) == ([("no floor", 1)], 2)


def test_a_failed_check_without_a_message_goes_by_its_name():
    assert summary([record("a", [0, 2])]).exercises[0].mistakes == [("failed: shape", 1)]


def test_points_fall_into_tenths():
    records = [record(str(score), [score, 2]) for score in (0, 1, 2, 2)]
    assert summary(records).bins == [0, 0, 0, 0, 0, 1, 0, 1, 0, 2]


def test_what_was_not_graded_is_in_no_mean():
    result = summary([record("a", [2, 2]), record("b", [0, 0], status="failed", cells=[])])
    assert (result.mean, result.graded, result.submissions) == (4.0, 1, 2)


def test_a_class_in_which_nothing_could_be_graded_has_a_report(tmp_path):
    write_report([record("a", [0, 0], status="needs_review", cells=[], score=0.0)], tmp_path / "report.html")
    assert "needs review" in (tmp_path / "report.html").read_text()


def test_difficulty_and_discrimination():
    # Who has the second exercise has the first; the third is a matter of luck, and everybody has the fourth.
    points = [(2, 2, 0, 2), (2, 2, 2, 2), (2, 1, 0, 2), (1, 0, 2, 2), (0, 0, 0, 2), (0, 0, 2, 2)]
    records = [record(str(number), [0, 0], score=float(sum(scores)), cells=[
        {"name": name, "score": float(score), "max_score": 2.0, "checks": [], "seconds": 0.1}
        for name, score in zip("abcd", scores, strict=True)]) for number, scores in enumerate(points)]
    first, second, third, fourth = summary(records).exercises
    assert (first.share, fourth.share) == pytest.approx((7 / 12, 1.0))
    rest = [sum(scores) - scores[0] for scores in points]
    assert first.discrimination == pytest.approx(numpy.corrcoef([scores[0] for scores in points], rest)[0, 1])
    assert second.discrimination > 0.4 > 0.2 > third.discrimination
    assert fourth.discrimination is None


def test_four_submissions_tell_nothing_about_discrimination():
    records = [record(str(score), [score, score]) for score in (0, 1, 1.5, 2)]
    assert summary(records).exercises[0].discrimination is None


def test_the_slowest_are_named(tmp_path):
    write_report([record(f"s{second}", [0, 2], seconds=float(second)) for second in range(10)], tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text().split("What took longest")[1].split("Exercises")[0]
    assert re.findall(r"s\d", text) == ["s9", "s8", "s7", "s6", "s5"]
    second = summary([record(f"s{points}", [0, points]) for points in (0, 1, 2)]).exercises[1]
    assert (second.seconds, second.slowest) == (1.5, 2.5)


def test_one_mistake_in_two_folders_is_one_mistake():
    records = [record(name, [0, 2], message=f"no file '/tmp/staged-{name}/x.wav'") for name in "ab"]
    assert summary(records).exercises[0].mistakes == [("no file '…/x.wav'", 2)]


def test_pairs_are_shown_as_something_to_look_at(tmp_path):
    pairs = {"01_a": [{"first": "ann", "second": "<b>bob</b>", "share": 0.93, "passages": 40}], "02_b": []}
    write_report([record("ann", [0, 2])], tmp_path / "r.html", pairs)
    text = (tmp_path / "r.html").read_text()
    assert "That proves nothing" in text
    assert "&lt;b&gt;bob&lt;/b&gt;</bdi>: 93 %" in text


def test_the_same_records_give_the_same_page(tmp_path):
    records = [record(name, [score, 2], message="no") for name, score in zip("abcdef", (0, 1, 2, 0, 1, 2), strict=True)]
    for name, order in (("one.html", records), ("two.html", records[::-1])):
        write_report(order, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize("command", ["report", "export"])
def test_without_records_the_way_out_is_named(graded, tmp_path, capsys, command):
    assert main([command, "--records", str(tmp_path)]) == 2
    assert "run `python -m autograder grade` first" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"assignment": "a"})])
def test_a_broken_record_is_named(graded, tmp_path, capsys, text):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "s.json").write_text(text)
    assert main(["export", "--records", str(tmp_path), "--to", str(tmp_path / "x.csv")]) == 2
    assert "s.json is not a record" in capsys.readouterr().err
