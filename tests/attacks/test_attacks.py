"""Whatever a submission does, it gets what its honest part is worth, and nobody else notices."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attack import HERE, LESSON, Attack
from classroom import NEIGHBOURS, REPOSITORY, read_csv, run
from files import FILES, STUDENTS
from forms import FORMS
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers

from autograder.course import Course
from autograder.lesson import Lesson
from autograder.release import split
from autograder.sandbox import problem

ATTACKS = [Attack.read(path) for path in sorted((HERE / "notebooks").glob("*.py"))]
FIELDS = ["assignment", "student", "submission_sha256", "status", "score", "max_score", "bonus", "seconds", "flags",
          "cells"]
SIZES = pytest.mark.parametrize("small", [False, True], ids=["class", "class with small limits"])


def compare(record_property, record: dict, name: str, honest: float, status) -> None:
    """Enter an attack in the table, and assert that it got what its honest part is worth."""
    said = "; ".join([record["status"], *(flag for flag in record["flags"] if not flag.startswith("hand grading"))])
    record_property("attack", (name, f"{honest:g}", f"{record['score']:g}", said.replace("\n", " ")))
    earned = {cell["name"]: cell["score"] for cell in record["cells"] if cell["score"]}
    assert record["score"] == pytest.approx(honest, abs=1e-9), f"{earned}, {record['flags']}"
    assert record["status"] in status
    assert list(record) == FIELDS
    assert record["bonus"] == 0


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case.name)
def test_a_hostile_notebook_gets_what_it_is_worth(case, classroom, record_property):
    if case.needs_sandbox and problem():
        record_property("attack", (case.name, "-", "-", f"not tried: {problem()}"))
        pytest.skip(f"it could harm this machine: {problem()}")
    room = classroom(case.small_limits)
    for student in case.students:
        record = room.record(case.lesson, student)
        compare(record_property, record, student, room.honest[case.lesson, student], case.status)


@pytest.mark.parametrize("case", [*FORMS, *FILES], ids=lambda case: case.name)
def test_a_hostile_form_gets_what_it_is_worth(case, classroom, record_property):
    compare(record_property, classroom(False).record(LESSON, case.name), case.name, case.honest, case.status)


@SIZES
def test_the_commands_end_well(small, classroom):
    assert classroom(small).failed == []


@SIZES
def test_every_submission_has_a_record(small, classroom):
    room = classroom(small)
    assert sorted(room.records) == sorted(room.honest)


@SIZES
def test_honest_neighbours_get_all_points(small, classroom, record_property):
    room = classroom(small)
    for lesson in room.released:
        for student in NEIGHBOURS:
            name, worth = f"{student} {lesson[:2]}", room.honest[lesson, student]
            compare(record_property, room.record(lesson, student), name, worth, ["graded"])


@SIZES
def test_the_machine_is_unharmed(small, classroom):
    room = classroom(small)
    assert room.harm == []
    assert room.changed == []


@SIZES
def test_no_process_is_left(small, classroom):
    assert classroom(small).left_running == []


@SIZES
def test_the_gradebook_says_what_the_records_say(small, classroom):
    room = classroom(small)
    with Gradebook(f"sqlite:///{room.root}/gradebook.db") as gradebook:
        for (lesson, student), record in room.records.items():
            if record["cells"]:
                submission = gradebook.find_submission(lesson, student)
                assert submission.score == pytest.approx(record["score"]), student
                assert submission.max_score == record["max_score"]
                grades = submission.notebooks[0].grades
                assert {grade.manual_score for grade in grades} == {None}, student
                assert {grade.extra_credit for grade in grades} <= {None, 0.0}, student
        assert {student.id for student in gradebook.students} <= {student for _, student in room.records}


@SIZES
def test_no_page_shows_a_hidden_test(small, classroom):
    room = classroom(small)
    secrets = {}
    for lesson in room.released:
        for cell in Lesson(lesson).cells.values():
            if cell.metadata.nbgrader.grade:
                shown, hidden = split(cell)
                secrets.update({line: cell.metadata.nbgrader.grade_id for line in hidden - shown if len(line) > 20})
    released = "\n".join(cell.source for notebook in room.released.values() for cell in notebook.cells)
    secrets = {line: place for line, place in secrets.items() if line not in released}
    assert len(secrets) > 20
    for path, page in room.pages().items():
        own = next((text for (_, student), text in room.submitted.items() if f"/{student}/" in path), "")
        own, text = own.encode().decode("unicode_escape", "replace"), html.unescape(re.sub(r"<[^>]*>", "", page))
        assert [line for line in secrets if line in text and line not in own] == [], path


@SIZES
def test_no_message_tells_a_path_or_the_secret(small, classroom):
    room = classroom(small)
    secret = (room.root / "secret").read_text().strip()
    assert secret
    for (_, student), record in room.records.items():
        text = " ".join([*record["flags"], *(check["message"] for cell in record["cells"] for check in cell["checks"])])
        assert [word for word in (str(room.root), str(REPOSITORY), secret) if word in text] == [], student
    for path, page in room.pages().items():
        assert secret not in page, path


@SIZES
def test_nothing_tells_what_hidden_checks_gave(small, classroom):
    room = classroom(small)
    assert [path for path, page in room.pages().items() if re.search(r"told[:_\d]", html.unescape(page))] == []


class Active(HTMLParser):
    """Collects what runs, loads or sends something when a page is opened or clicked."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        for name, value in attrs:
            value = re.sub(r"\s", "", value or "").lower()
            if name.startswith("on") or ("attack()" in value and name != "id"):
                self.found.append(f"{tag} {name}={value[:60]}")
            if value.startswith(("javascript:", "vbscript:", "data:text")) or "//attack" in value:
                self.found.append(f"{tag} {name}={value[:60]}")
        if tag in ("iframe", "object", "embed", "base", "form"):
            self.found.append(tag)

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("script", "style") and "attack" in data:
            self.found.append(f"{self.inside}: {data[:60]}")


def test_active_markup_is_seen():
    assert Active("<p><script>attack()</script>").found
    assert Active("<img src=x onerror=alert()>").found
    assert Active("<a href=' java\nscript:alert()'>x</a>").found
    assert not Active("<p>&lt;script&gt;attack()&lt;/script&gt; <a href='#x'>x</a><script>let x = 1</script>").found


@SIZES
def test_no_page_runs_what_a_student_wrote(small, classroom):
    pages = classroom(small).pages()
    assert any("feedback" in path for path in pages)
    assert any("report" in path for path in pages)
    assert {path: found for path, page in pages.items() if (found := Active(page).found)} == {}


@SIZES
def test_the_formgrader_runs_nothing_that_a_student_wrote(small, classroom, monkeypatch):
    """An instructor's browser would do so with an instructor's rights: it may write grades."""
    room = classroom(small)
    monkeypatch.chdir(room.root.parent)
    monkeypatch.setenv("COURSE_ROOT", str(room.root))
    config = Course.load().config.copy()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    exporter, found = HTMLExporter(config=config), {}
    for path in sorted((room.root / "autograded").glob("*/*/*.ipynb")):
        if "attack()" in path.read_text(encoding="utf-8", errors="replace"):
            words = ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name",
                     "notebook_path")
            resources = {**dict.fromkeys(words, "x"), "index": 0, "total": 1}
            try:
                page = exporter.from_filename(str(path), resources=resources)[0]
                active = [item for item in Active(page).found if "toggle_name" not in item]  # the page's own
            except Exception as error:
                active = [f"it cannot be shown: {error}"]
            if active:
                found[path.parent.parent.name] = active[:3]
    assert found == {}


def test_names_of_students_are_only_names(classroom):
    room = classroom(False)
    table = read_csv(room.root / "grades.csv")
    here = [student for student in STUDENTS if (LESSON, student) in room.honest]
    for student in here:
        assert room.record(LESSON, student)["status"] == "needs_review"
    cells = [cell for row in table for cell in row]
    assert [cell for cell in cells if re.match(r"[=@+\t\r]|-[^\d.]", cell)] == [], "a spreadsheet would run this"
    assert "\x1b" not in room.said
    assert not Path("attack").exists()


def test_a_hand_grade_a_hair_above_the_top_is_the_top(classroom):
    """The last test of this class, for it changes the gradebook."""
    room = classroom(False)
    with Gradebook(f"sqlite:///{room.root}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("why_power", LESSON, LESSON, "a_honest")
        grade.manual_score, grade.needs_manual_grade = 1.000000001, False
        gradebook.db.commit()
    assert run(room.root.parent, "export", "--to", str(room.root / "again.csv"))[1] == ""
    assert ["a_honest", LESSON, "10.0", "10.0", "0.0", "graded"] in read_csv(room.root / "again.csv")
