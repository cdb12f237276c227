"""What a class gets for what it handed in, by accident or not."""

import hashlib
import json
from pathlib import Path

import nbformat
import pytest
from small_course import NAME

from autograder.cli import main
from autograder.course import Course


def cells(record: dict) -> dict[str, float]:
    """Return the points of a record's cells."""
    return {cell["name"]: cell["score"] for cell in record["cells"]}


def test_every_submission_has_a_record(graded):
    assert sorted(graded.records) == [
        "broken", "copied", "dies", "edited", "linked", "loops", "misnamed", "partial", "right"]


def test_a_record_has_exactly_the_agreed_fields(graded):
    record = graded.records["partial"]
    submitted = graded.root / "submitted" / "partial" / NAME / f"{NAME}.ipynb"
    assert {key: record[key] for key in record if key not in ("cells", "seconds")} == {
        "assignment": NAME, "student": "partial",
        "submission_sha256": hashlib.sha256(submitted.read_bytes()).hexdigest(),
        "status": "graded", "score": 1.0, "max_score": 10.0, "bonus": 0.0, "flags": []}
    assert list(record) == ["assignment", "student", "submission_sha256", "status", "score", "max_score", "bonus",
                            "seconds", "flags", "cells"]
    assert record["seconds"] > record["cells"][0].pop("seconds") > 0
    assert record["cells"][0] == {"name": "double", "score": 1.0, "max_score": 4.0, "checks": [
        {"name": "a number", "passed": True, "points": 1.0, "message": ""},
        {"name": "other numbers", "passed": False, "points": 3.0,
         "message": record["cells"][0]["checks"][1]["message"]}]}
    assert "not the value expected" in record["cells"][0]["checks"][1]["message"]
    assert record["cells"][2] == {"name": "why", "score": 0.0, "max_score": 3.0, "checks": [], "seconds": 0.0}


def test_stderr_costs_nothing_and_the_answer_in_words_waits(graded):
    record = graded.records["right"]
    assert cells(record) == {"double": 4, "half": 3, "why": 0}
    assert record["status"] == "graded"
    assert "hand grading: why" in record["flags"]


def test_code_beside_the_notebook_is_left_out(graded):
    assert "left out: numpy.py" in graded.records["right"]["flags"]
    assert not (graded.root / "autograded" / "right" / NAME / "numpy.py").exists()


def test_edited_and_deleted_tests_come_back(graded):
    record = graded.records["edited"]
    assert cells(record) == {"double": 0, "half": 3, "why": 0}
    assert record["flags"] == ["edit undone: double_test", "extended: setup", "restored: half_test"]
    assert "Not written yet" in record["cells"][0]["checks"][0]["message"]


def test_of_a_copied_cell_the_last_one_counts(graded):
    record = graded.records["copied"]
    assert cells(record) == {"double": 4, "half": 3, "why": 0}
    assert record["flags"] == ["copied: double, half_test"]


def test_an_endless_loop_costs_its_exercise(graded):
    record = graded.records["loops"]
    assert cells(record) == {"double": 0, "half": 3, "why": 0}
    assert "more than 40 s" in record["cells"][0]["checks"][0]["message"]


def test_what_ran_before_the_kernel_died_counts(graded):
    record = graded.records["dies"]
    assert cells(record) == {"double": 4, "half": 0, "why": 0}
    assert "the kernel died in this cell" in record["cells"][1]["checks"][0]["message"]


@pytest.mark.parametrize(("student", "reason"), [
    ("broken", "the notebook cannot be read"),
    ("misnamed", f"there is no {NAME}.ipynb; found: homework.ipynb"),
    ("linked", "data is a link"),
])
def test_what_cannot_be_graded_says_why(graded, student, reason):
    record = graded.records[student]
    assert record["status"] == "needs_review"
    assert reason in record["flags"][0]
    assert record["score"] == 0
    assert record["max_score"] == 10
    assert record["cells"] == []


def test_the_gradebook_says_what_the_records_say(graded):
    with Course.load().gradebook() as gradebook:
        for student in ("right", "partial", "edited", "copied", "loops", "dies"):
            assert gradebook.find_submission(NAME, student).score == graded.records[student]["score"]


def test_a_hand_grade_survives_a_second_round(graded, capsys):
    def hand_grade(score, *, waiting):
        with Course.load().gradebook() as gradebook:
            grade = gradebook.find_grade("why", NAME, NAME, "right")
            if score is not None:
                grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, 0.5, False
                gradebook.db.commit()
            assert grade.needs_manual_grade is waiting

    hand_grade(2.0, waiting=False)
    assert main(["grade", NAME, "--student", "right"]) == 0
    assert "9 of 10" in capsys.readouterr().out
    record = json.loads((graded.root / "records" / NAME / "right.json").read_text())
    assert (record["score"], record["bonus"], record["flags"]) == (9.0, 0.5, ["left out: numpy.py"])
    hand_grade(None, waiting=False)


def test_a_hand_grade_reaches_the_export_without_a_second_round(graded, tmp_path):
    with Course.load().gradebook() as gradebook:
        grade = gradebook.find_grade("why", NAME, NAME, "copied")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    assert main(["export", "--to", str(tmp_path / "grades.csv")]) == 0
    assert f"copied,{NAME},8.0,10.0,0.0,graded\n" in (tmp_path / "grades.csv").read_text()
    record = json.loads((graded.root / "records" / NAME / "copied.json").read_text())
    assert record["score"] == 8.0


def test_grading_needs_a_release(graded, capsys):
    folder = graded.root / "submitted" / "early" / "99_none"
    folder.mkdir(parents=True)
    assert main(["grade", "99_none"]) == 2
    assert "99_none has not been released" in capsys.readouterr().err


def test_an_unknown_student_is_named(graded, capsys):
    assert main(["grade", NAME, "--student", "nobody"]) == 2
    assert "no submission to 00_tiny from 'nobody'" in capsys.readouterr().err


def test_a_mistyped_lesson_is_answered_with_those_that_were_handed_in(graded, capsys):
    assert main(["grade", "00_tyni"]) == 2
    said = capsys.readouterr().err
    assert "no submission to 00_tyni" in said and NAME in said.partition("there are some to ")[2]


def test_the_student_kernel_is_this_environments(graded, tmp_path, monkeypatch):
    stray = tmp_path / "kernels" / "python3"
    stray.mkdir(parents=True)
    (stray / "kernel.json").write_text(json.dumps({"argv": ["false"], "display_name": "stray", "language": "python"}))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    from jupyter_client.kernelspec import KernelSpecManager

    Course.load()
    assert Path(KernelSpecManager().get_kernel_spec("python3").resource_dir) != stray


def test_autograded_notebooks_hold_the_instructors_tests(graded):
    path = graded.root / "autograded" / "edited" / NAME / f"{NAME}.ipynb"
    source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert "assert True" not in source
    assert "hidden_inputs" in source
