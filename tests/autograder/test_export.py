"""Grades go to a table, to Moodle and to Canvas; nobody is lost on the way, and no cell is a formula."""

import csv
import io

import pytest

from autograder.cli import main
from autograder.export import CANVAS, MOODLE, write_filled

CANVAS_LIST = '''Student,ID,SIS User ID,SIS Login ID,Section,01_a (4711),Current Score
    Points Possible,,,,,9,(read only)
"Lee, Ann",101,u1,ann,Mon,,
"=cmd|'/c calc'!A1",102,u2,bob@uni.edu,Mon,,
"Who, Nobody",103,u3,cy,Tue,,
'''
MOODLE_LIST = '''\ufeffFirst name;Last name;ID number;Email address;Course total (Real)
Ann;Lee;u1;Ann@uni.edu;-
Bob;-Ray;u2;bob@uni.edu;-
'''


def record(student, assignment="01_a", score=3.5, **changes):
    return {"assignment": assignment, "student": student, "submission_sha256": "", "status": "graded", "score": score,
            "max_score": 4.0, "bonus": 0.0, "seconds": 1.0, "flags": [], "cells": []} | changes


def filled(tmp_path, records, system, text):
    """Return the table of a class list, and the students who are not on it."""
    roster, path = tmp_path / "list.csv", tmp_path / "out.csv"
    roster.write_bytes(text.encode())
    strangers = write_filled(records, path, system=system, roster=roster)
    table = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    return table, [each["student"] for each in strangers]


def test_the_table_is_in_order_and_the_same_every_time(graded, tmp_path):
    for name in ("one.csv", "two.csv"):
        assert main(["export", "--to", str(tmp_path / name)]) == 0
    content = (tmp_path / "one.csv").read_bytes()
    assert content == (tmp_path / "two.csv").read_bytes()
    lines = content.decode().splitlines()
    assert lines[0] == "student,assignment,score,max_score,bonus,status"
    assert lines[1:] == sorted(lines[1:])
    assert "edited,00_tiny,3.0,10.0,0.0,graded" in lines
    assert "broken,00_tiny,0.0,10.0,0.0,needs_review" in lines


def test_canvas_gets_its_own_list_back(tmp_path):
    records = [record("ann"), record("ann", "02_b", 1.0, bonus=0.5), record("BOB", status="needs_review")]
    table, strangers = filled(tmp_path, records, CANVAS, CANVAS_LIST)
    assert table == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01_a (4711)", "02_b"],
        ["    Points Possible", "", "", "", "", "4", "4"],
        ["Lee, Ann", "101", "u1", "ann", "Mon", "3.5", "1.5"],
        ["'=cmd|'/c calc'!A1", "102", "u2", "bob@uni.edu", "Mon", "", ""],  # not graded yet: nothing is changed
        ["Who, Nobody", "103", "u3", "cy", "Tue", "", ""]]
    assert strangers == []


def test_moodle_gets_who_and_what(tmp_path):
    table, strangers = filled(tmp_path, [record("ann"), record("zed"), record("u2", "02_b")], MOODLE, MOODLE_LIST)
    assert table == [["First name", "Last name", "ID number", "Email address", "01_a", "02_b"],
                     ["Ann", "Lee", "u1", "Ann@uni.edu", "3.5", ""],
                     ["Bob", "'-Ray", "u2", "bob@uni.edu", "", "3.5"]]
    assert strangers == ["zed"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", " =1", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(tmp_path, cell):
    roster = f'Student,ID,SIS User ID,SIS Login ID,Section\n"{cell}",1,2,ann,3\n'
    table, _ = filled(tmp_path, [record("ann", cell)], CANVAS, roster)
    harmless = "'" + cell.replace("\t", " ").replace("\r", " ")
    assert [row[0] for row in table[2:]] == [harmless]
    assert table[0][-1] == harmless


@pytest.mark.parametrize(("system", "text", "said"), [
    (CANVAS, "Student,ID,SIS User ID,Section\na,1,2,3\n", "lacks the column 'SIS Login ID'"),
    (MOODLE, "First name,Last name\na,b\n", "lacks each of the columns Username, ID number, Email address"),
    (MOODLE, "Username\n", "is empty"),
    (MOODLE, "Username\nann\nANN\n", "'ann' is more than one person in .*: .ann. and .ANN.. Delete"),
    (MOODLE, "ID number,Email address\nu1,ann@x\nu2,ann@x\n", "'ann' is more .*: .u1, ann@x. and .u2, ann@x.. Delete"),
    (MOODLE, "ID number,Email address\nu1,ann@x\nu2,ann@y\n", "'ann' is more than one person"),
    (MOODLE, "Username,ID number\nann,7\n", "'7' and 'ann' are the same person")])
def test_a_list_that_will_not_do(tmp_path, system, text, said):
    with pytest.raises(ValueError, match=said):
        filled(tmp_path, [record("7"), record("ann")], system, text)


@pytest.mark.parametrize(("system", "text"), [
    (MOODLE, "ID number,Email address\nann,a@x\nbob,a@x\n"),
    (MOODLE, "ID number,Email address\nu1,ann@x\nu2,b@x\nu3,b@x\n"),
    (CANVAS, "Student,ID,SIS User ID,SIS Login ID,Section\nAnn,1,ann,ann@x,\nEve,2,eve,ann@y,\n"),
    (CANVAS, "Student,ID,SIS User ID,SIS Login ID,Section\nAnn,1,u1,ann,\nEve,2,eve,ann@y,\n")])
def test_an_address_that_occurs_twice_is_no_matter_where_it_is_clear_who_is_who(tmp_path, system, text):
    table, strangers = filled(tmp_path, [record("ann")], system, text)
    points = [row[-1] for row in table[1:] if row[0] != "    Points Possible"]
    assert points[0] == "3.5" and not any(points[1:]) and not strangers


def test_who_is_not_on_the_list_is_kept(graded, tmp_path, capsys):
    roster = tmp_path / "list.csv"
    roster.write_text("Username\nright\n")
    assert main(["export", "--format", "moodle", "--roster", str(roster), "--to", str(tmp_path / "m.csv")]) == 1
    assert "partial" in capsys.readouterr().out
    assert "partial,00_tiny" in (tmp_path / "m-not-on-the-list.csv").read_text()


def test_a_system_needs_a_list(capsys):
    assert main(["export", "--format", "canvas"]) == 2
    assert "need --roster CSV" in capsys.readouterr().err
