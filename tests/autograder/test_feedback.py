"""A student's page shows his own work and what was wrong with it, nothing else, and reaches him."""

import base64
import hashlib
import io
import json
import re
import struct
import zlib
from html.parser import HTMLParser
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
import soundfile
import torch
from IPython.display import Audio
from nbformat.v4 import new_code_cell, new_output
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from small_course import NAME, hand_in, position, set_source, write_course

from autograder import bubblewrap, feedback, media
from autograder.cli import main
from autograder.course import Course
from autograder.words import scrub
from course_utils.listen import compare

TAGS = {"html", "head", "meta", "title", "style", "body", "main", "header", "section", "div", "p", "h1", "h2", "h3",
        "span", "small", "b", "bdi", "a", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "pre", "code",
        "details", "summary", "figure", "img", "audio"}

needs_sandbox = pytest.mark.skipif(bool(bubblewrap.problem()), reason="pictures and sounds are decoded in a sandbox")


class Page(HTMLParser):
    """Collects the tags, addresses, attributes and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.attributes, self.text = set(), [], set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.addresses += [value for name, value in attributes if name in ("src", "href", "action", "data", "srcset")]

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The folder of a course whose lesson was released."""
    folder = write_course(tmp_path_factory.mktemp("course"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(folder / "root"))
        patch.chdir(folder)
        assert main(["release"]) == 0
    return folder


@pytest.fixture
def course(released, monkeypatch):
    """The course, and a function that hands in, enters a record and returns the page that the student gets."""
    monkeypatch.setenv("COURSE_ROOT", str(released / "root"))
    monkeypatch.chdir(released)
    root = released / "root"
    release = root / "release" / NAME / f"{NAME}.ipynb"

    def notebook(**sources):
        return set_source(nbformat.read(release, as_version=4), **sources)

    def record(student, *, messages=("", ""), **changes):
        """Write the record of a submission: each message is that of a failed check, none of one that passed."""
        cells = [{"name": name, "score": 0.0 if message else top, "max_score": top, "checks": [
            {"name": "a number", "passed": not message, "points": top, "message": message}]}
            for name, top, message in zip(("double", "half"), (4.0, 3.0), messages, strict=True)]
        cells.append({"name": "why", "score": 0.0, "max_score": 3.0, "checks": []})
        path = root / "submitted" / student / NAME / f"{NAME}.ipynb"
        content = {"assignment": NAME, "student": student, "status": "graded", "max_score": 10.0, "bonus": 0.0,
                   "submission_sha256": hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
                   "score": sum(cell["score"] for cell in cells), "seconds": 1.0, "flags": [], "cells": cells} | changes
        where = root / "records" / NAME / f"{student}.json"
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(json.dumps(content))

    def page(student, *, answer=None, **changes):
        hand_in(root / "submitted", student, answer or notebook())
        record(student, **changes)
        assert main(["feedback", NAME, "--student", student]) == 0
        return (root / "feedback" / student / NAME / f"{NAME}.html").read_text()

    return SimpleNamespace(root=root, notebook=notebook, record=record, page=page)


def show(notebook, *outputs, below="double_test"):
    """Put a demo behind a cell of a notebook that showed outputs: dicts of type -> content."""
    cell = new_code_cell("draw()", outputs=[new_output("display_data", data=data) for data in outputs])
    notebook.cells.insert(position(notebook, below) + 1, cell)
    return notebook


def picture(size=(40, 30), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, "PNG", **options)
    return {"image/png": base64.b64encode(buffer.getvalue()).decode()}


def shown(page, kind):
    """Return the bytes of the pictures or sounds on a page."""
    return [base64.b64decode(data) for data in re.findall(rf'src="data:{kind};base64,([^"]+)"', page)]


def test_points_messages_code_and_words(course):
    page = course.page("ann", messages=("This is the square.", ""), answer=course.notebook(
        double="def double(x):\n    return x ** 2", why="Because <b>two</b> is more."))
    text = Page(page).text
    for words in ("Feedback for ann", "3 of 10 points", "0 of 4", "This is the square.", "Because <b>two</b> is more.",
                  "return x ** 2", "A tiny lesson"):
        assert words in re.sub(r"\s+", " ", text)
    assert re.search(r"Where to look first: *double *This is the square", re.sub(r"\s+", " ", text))


def test_what_is_not_written_comes_after_mistakes(course):
    unwritten = "Not written yet: replace `raise NotImplementedError` by your answer."
    for student, messages, said in (("uma", (unwritten, "too large"), "half ?too large"),
                                    ("uwe", (unwritten, unwritten), "double ?Not written yet")):
        text = re.sub(r"\s+", " ", Page(course.page(student, messages=messages)).text)
        assert re.search(f"Where to look first: {said}", text)


def test_a_message_is_said_once(course):
    page = course.page("vic", messages=("This is the square.", ""), cells=[{
        "name": "double", "score": 0.0, "max_score": 4.0, "checks": [
            {"name": name, "passed": False, "points": 1.0, "message": "This is the square."} for name in "abcd"]}])
    assert page.count("This is the square.") == 2  # at the top, and at the first check
    assert page.count("the same as above") == 3


def test_who_has_everything_is_told_so(course):
    page = course.page("bea", flags=["hand grading: why"])
    assert "Every check passed" in page
    assert "A person has yet to read this" in page


def test_nothing_of_the_tests_and_the_solution(course):
    page = course.page("cem", messages=("This is the square.", "no"))
    for secret in ("hidden_inputs", "2.75", "12345", "checks.run", "double_test", "One point for", str(course.root)):
        assert secret not in page


def test_no_markup_of_a_student_is_alive(course):
    evil = "</code></style><script>alert(1)</script><img src=x onerror=alert(1)>"
    answer = show(course.notebook(double=f"# {evil}\nx = '{evil}'", why=evil), {"text/html": evil},
                  {"image/svg+xml": f"<svg>{evil}</svg>"}, {"application/javascript": "alert(1)"},
                  {"text/html": f"<audio data-name='{evil}' src='data:audio/flac;base64,AAAA'></audio>"})
    page = course.page("eve", messages=(evil, evil), flags=[f"left out: {evil}"], answer=answer)
    read = Page(page)
    assert read.tags <= TAGS
    assert not [name for name in read.attributes if name.startswith("on")]
    assert all(address.startswith("#part-") for address in read.addresses)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    assert policy.startswith("default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'")


def test_paths_are_scrubbed(course):
    page = course.page("dan", messages=(f"FileNotFoundError: '{course.root}/staged/x.wav'", "in /tmp/box-1/home/a"))
    assert "…/x.wav" in page
    assert "/tmp" not in page


@pytest.mark.parametrize(("text", "said"), [
    ("No such file: '/home/jo do/a b.wav'", "No such file: '…/a b.wav'"),
    ("at /opt/env/lib/torch/nn/linear.py:12", "at …/linear.py:12"),
    ("file:///root/course/x.npy", "…/x.npy"), ("PATH=/usr/bin:/opt/x", "PATH=…:…"), ("in /tmp", "in …"),
    ("1/2 of 3 m/s, and/or a / b", "1/2 of 3 m/s, and/or a / b"), ("https://a.org/b/c", "https://a.org/b/c")])
def test_scrub(text, said):
    assert scrub(text) == said


def test_the_line_that_a_message_quotes_is_marked(course):
    page = course.page("fay", messages=("ValueError in your line `return y / 0`: no", ""), answer=course.notebook(
        double="def double(x):\n    y = x\n    return y / 0"))
    assert re.findall(r'<span class="hll">(.*?)\n', page)[0].count("return") == 1


@needs_sandbox
def test_pictures_are_made_anew(course):
    note = PngInfo()
    note.add_text("note", "smuggled")
    original = picture(pnginfo=note)
    page = course.page("gil", answer=show(course.notebook(), original))
    [content] = shown(page, "image/png")
    assert Image.open(io.BytesIO(content)).getpixel((5, 5)) is not None
    assert b"smuggled" not in content
    assert "when you handed it in" in page


@needs_sandbox
def test_no_picture_can_blow_up(course):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    bomb = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9_000_000)))
            + chunk(b"IEND", b""))
    answer = show(course.notebook(), {"image/png": base64.b64encode(bomb).decode()}, {"image/png": "no base 64"},
                  {"image/png": ["iVBO", "Rw0K"]}, picture((3000, 200)))
    [content] = shown(course.page("hal", answer=answer), "image/png")
    assert max(Image.open(io.BytesIO(content)).size) <= 1600


@needs_sandbox
def test_sounds_are_made_anew_at_their_level(course):
    tone = 0.25 * torch.sin(torch.arange(8000) * 0.3)[None, None]  # (1, 1, T)
    wav = Audio(tone[0].numpy(), rate=8000, normalize=False)._repr_html_()
    page = course.page("ida", answer=show(course.notebook(), {"text/html": compare({"my <b> tone": tone}).data},
                                          {"text/html": wav}))
    first, second = (soundfile.read(io.BytesIO(content)) for content in shown(page, "audio/flac"))
    assert (first[1], second[1]) == (16000, 8000)
    assert [round(float(np.abs(sound[0]).max()), 2) for sound in (first, second)] == [0.25, 0.25]
    assert "my &lt;b&gt; tone" in page


@needs_sandbox
def test_a_sound_without_end_is_cut(course):
    buffer = io.BytesIO()
    soundfile.write(buffer, np.zeros(8000 * 60), 8000, format="FLAC")
    html = f'<audio src="data:audio/flac;base64,{base64.b64encode(buffer.getvalue()).decode()}"></audio>'
    [content] = shown(course.page("jim", answer=show(course.notebook(), {"text/html": html})), "audio/flac")
    assert soundfile.info(io.BytesIO(content)).duration == 30


@needs_sandbox
def test_what_is_left_out_is_said(course):
    large = base64.b64decode(picture((4000, 4000))["image/png"])
    several = [{"image/png": base64.b64encode(large + bytes([n])).decode()} for n in range(200)]
    answer = show(show(course.notebook(), *several[:100]), *several[100:], below="half_test")
    page = course.page("kit", answer=answer)
    assert 0 < len(shown(page, "image/png")) < 8
    assert page.count("There was more; it is left out") == 2


def test_without_a_sandbox_a_page_says_why_it_has_no_pictures(course, monkeypatch):
    monkeypatch.setattr(bubblewrap, "problem", lambda: "there is no bwrap")
    answer = course.notebook(double="def double(x):\n    return 22 * x")
    assert media.CLOSED not in course.page("lev", answer=answer)
    page = course.page("leo", answer=show(answer, picture()))
    assert media.CLOSED in page
    assert "22" in Page(page).text
    assert not shown(page, "image/png")


@needs_sandbox
def test_a_decoder_that_dies_costs_only_pictures(course, monkeypatch, tmp_path):
    monkeypatch.setattr(media, "DECODER", tmp_path / "decode.py")
    media.DECODER.write_text("import os; os.abort()")
    page = course.page("lou", answer=show(course.notebook(double="def double(x):\n    return 22 * x"), picture()))
    assert media.FAILED in page
    assert "22" in Page(page).text
    assert not shown(page, "image/png")


def test_outputs_that_nobody_can_walk_through_cost_their_student_only_them(course):
    answer = course.notebook(double="def double(x):\n    return 22 * x")
    deep = {}
    for _ in range(700):
        deep = {"a": deep}
    path = position(answer, "double")
    answer = json.loads(nbformat.writes(answer))
    answer["cells"][path]["outputs"] = deep
    assert "22" in Page(course.page("yan", answer=json.dumps(answer))).text


def test_a_page_stays_small(course):
    noise = Image.effect_noise((1000, 1000), 200).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    many = [{"image/png": base64.b64encode(buffer.getvalue()).decode()} for _ in range(9)]
    code = "(1" * 60_000
    answer = show(show(course.notebook(double=code, half=code, why="<" * 90_000), *many), *many, below="half_test")
    page = course.page("kim", answer=answer, messages=("&" * 100_000, "'" * 100_000))
    assert len(page) < 5_000_000
    assert "The rest is left out" in page


def test_a_student_reads_of_his_flags_only(course):
    page = course.page("lea", status="needs_review", flags=[
        "copied: double", "restored: half_test", "no report: double_test", "late: 1.5 points off",
        "refused: work.ipynb belongs to mallory, not to lea", "graded without sandbox"])
    for said in ("Of double there was more than one copy", "half_test was missing", "1.5 points were taken off",
                 "A person will look at your work"):
        assert said in page
    for internal in ("no report", "mallory", "sandbox"):
        assert internal not in page


def test_a_newer_version_is_not_shown_as_if_it_was_graded(course):
    page = course.page("max", submission_sha256="0" * 64, answer=course.notebook(double="def double(x): pass"))
    assert "after this one was graded" in page
    assert "def" not in Page(page).text.split("Feedback for")[1]


def test_a_submission_that_could_not_be_read_has_a_page(course):
    page = course.page("noa", answer="{", cells=[], status="needs_review", score=0.0,
                       flags=["the notebook cannot be read: Expecting property name"])
    assert "could not be graded: the notebook cannot be read" in page


def test_points_and_comments_given_by_hand(course):
    hand_in(course.root / "submitted", "oda", course.notebook(why="Because."))
    course.record("oda")
    with Course.load().gradebook() as gradebook:
        gradebook.add_student("oda")
        notebook = gradebook.add_submission(NAME, "oda").notebooks[0]
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = 1.0, False
        for name, points in (("why", 2.5), ("double_test", 3.0)):
            gradebook.find_grade(name, NAME, NAME, "oda").manual_score = points
        gradebook.find_comment("why", NAME, NAME, "oda").manual_comment = "Good, but <i>why</i>?"
        gradebook.db.commit()
    assert main(["feedback", NAME, "--student", "oda"]) == 0
    text = re.sub(r"\s+", " ", Page((course.root / "feedback" / "oda" / NAME / f"{NAME}.html").read_text()).text)
    assert "2.5 of 3" in text
    assert "Good, but <i>why</i>?" in text
    assert "gave it 3 of 4 points" in text


def test_who_has_no_record_is_named(course, capsys):
    course.page("pia")
    assert main(["feedback", NAME, "--student", "zoe"]) == 2
    assert "no record of zoe" in capsys.readouterr().err


def test_pages_go_elsewhere(course, tmp_path):
    course.page("ria")
    assert main(["feedback", NAME, "--student", "ria", "--to", str(tmp_path)]) == 0
    assert (tmp_path / "ria" / NAME / f"{NAME}.html").is_file()


@pytest.fixture
def exchange(course, tmp_path, monkeypatch):
    """nbgrader with an exchange of its own, and our pages in place of its own."""
    monkeypatch.setattr(GenerateFeedback, "convert_notebooks", feedback.convert)
    config = Course.load().config
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o1777)
    config.Exchange.root = str(tmp_path / "exchange")
    config.Exchange.cache = str(tmp_path / "cache")
    config.Exchange.assignment_dir = str(tmp_path)
    config.CourseDirectory.course_id = "speech"
    monkeypatch.chdir(tmp_path)
    return NbGraderAPI(config=config)


def student_does(exchange, step):
    """Run what a student runs, in the current folder."""
    directory = CourseDirectory(config=exchange.config, assignment_id=NAME)
    step(coursedir=directory, authenticator=exchange.authenticator, config=exchange.config).start()


def test_a_page_reaches_its_student_through_the_exchange(course, exchange, tmp_path):
    def done(result):
        assert result["success"], result
    done(exchange.release_assignment(NAME))
    student_does(exchange, ExchangeFetchAssignment)
    student_does(exchange, ExchangeSubmit)
    done(exchange.collect(NAME))
    [student] = [path.parent.name for path in (course.root / "submitted").glob(f"*/{NAME}")
                 if (path / "submission_secret.txt").is_file()]
    course.record(student, messages=("This is the square.", ""))
    executed = course.root / "autograded" / student / NAME
    executed.mkdir(parents=True)
    nbformat.write(nbformat.read(course.root.parent / "notebooks" / NAME / f"{NAME}.ipynb", as_version=4),
                   executed / f"{NAME}.ipynb")  # what nbgrader would make its own page of
    course.page("nobody")  # who handed in elsewhere has neither secret nor time
    done(exchange.generate_feedback(NAME, student))
    done(exchange.release_feedback(NAME))
    done(exchange.fetch_feedback(NAME, student))
    [fetched] = (tmp_path / NAME / "feedback").rglob("*.html")
    assert "This is the square." in fetched.read_text()
    assert "hidden_inputs" not in fetched.read_text()
    released = list((tmp_path / "exchange" / "speech" / "feedback").glob("*.html"))
    assert all(path.stat().st_mode & 0o004 for path in released)
    done(exchange.generate_feedback(NAME, student))
    done(exchange.release_feedback(NAME))
    assert sorted(released) == sorted((tmp_path / "exchange" / "speech" / "feedback").glob("*.html"))


def test_every_graded_submission_has_a_page(graded, tmp_path):
    assert main(["feedback", NAME, "--to", str(tmp_path)]) == 0
    pages = {student: (tmp_path / student / NAME / f"{NAME}.html").read_text() for student in graded.records}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages["partial"]
    assert "def half(x)" in Page(pages["edited"]).text
    for student in ("broken", "misnamed", "linked"):
        assert "a person will look at it" in pages[student]
    for page in pages.values():
        assert "hidden_inputs" not in page
        assert str(graded.root) not in page
