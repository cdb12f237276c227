"""The gradebook has what the records have, whatever database it is in and however often they are merged."""

import shutil

import pytest
from nbgrader.api import MissingEntry
from small_course import HOW, NAME

from autograder import record as records
from autograder.cli import main
from autograder.course import Course
from autograder.gradebook import merge, must_merge


def content(course):
    """Return all that a gradebook says about the class."""
    with course.gradebook() as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(NAME):
            notebook = submission.notebooks[0]
            found[submission.student_id] = (
                submission.timestamp, notebook.late_submission_penalty,
                sorted((grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                       for grade in notebook.grades),
                sorted((comment.name, comment.auto_comment) for comment in notebook.comments))
    return found


def test_what_nobody_answered_needs_no_grading_by_hand(graded):
    found = content(Course.load())
    assert dict(found["edited"][3]) == {"double": "No response.", "half": None, "why": "No response."}
    assert ("why", 0.0, None, False) in found["edited"][2]
    assert ("why", None, None, True) in found["loops"][2]


def test_merging_again_changes_nothing(graded):
    course = Course.load()
    before = content(course)
    for student in before:
        must_merge(course, NAME, student, changed=False)
    merge(course, NAME, course.records)
    assert content(course) == before
    assert not list((course.unmerged / NAME).glob("*.json"))


def test_a_grade_by_hand_of_another_submission_waits_for_a_second_look(graded):
    course = Course.load()
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("why", NAME, NAME, "loops")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    for changed, waits in ((False, False), (True, True)):
        must_merge(course, NAME, "loops", changed=changed)
        merge(course, NAME, course.records)
        with course.gradebook() as gradebook:
            grade = gradebook.find_grade("why", NAME, NAME, "loops")
            assert (grade.manual_score, grade.needs_manual_grade) == (1.0, waits)


def test_a_new_gradebook_gets_what_the_records_say(graded, tmp_path, monkeypatch, postgres):
    """Also one in PostgreSQL, with the same table of grades."""
    monkeypatch.setenv("COURSE_DB", postgres)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path / "root"))
    shutil.copytree(graded.root, tmp_path / "root", symlinks=True)
    (tmp_path / "root" / "gradebook.db").unlink()
    course = Course.load()
    for record in records.read_all(course.records):  # what a person gave is in the other gradebook
        for cell in record["cells"]:
            if not cell["checks"]:
                cell["score"] = 0.0
        records.write(record, course.records)
    assert main(["release"]) == 0
    assert main(["grade", NAME, "--student", "right", "--again", *HOW]) == 0
    assert main(["export", "--to", str(tmp_path / "one.csv")]) == 0
    with course.gradebook() as gradebook:
        assert gradebook.engine.name == "postgresql"
        assert gradebook.find_submission(NAME, "right").score == 7
        assert gradebook.find_submission(NAME, "dies").score == 4
        with pytest.raises(MissingEntry):
            gradebook.find_submission(NAME, "broken")
    monkeypatch.delenv("COURSE_DB")
    assert main(["release"]) == 0
    assert main(["grade", NAME, *HOW]) == 0
    assert main(["export", "--to", str(tmp_path / "two.csv")]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
