"""A mended lesson is taken over, and what a student has written stays."""

import copy
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils import lessons

NAME = "00_tiny"


def cell(identity, source, *, name="", locked=False, kind=new_code_cell):
    metadata = {"nbgrader": {"grade_id": name, "locked": locked}} if name else {}
    return kind(source, id=identity, metadata=metadata)


def write(folder, *cells, **files):
    """Write a stamped release."""
    folder = folder / NAME
    folder.mkdir(parents=True)
    nbformat.write(new_notebook(cells=list(cells)), folder / f"{NAME}.ipynb")
    for file, content in files.items():
        (folder / f"{file}.py").write_text(content)
    lessons.stamp(folder)
    return folder


@pytest.fixture
def first(tmp_path):
    return write(tmp_path / "first", cell("a", "# A lesson", kind=new_markdown_cell), cell("b", "demo(1)"),
                 cell("c", "raise NotImplementedError", name="double"),
                 cell("d", "test(1)", name="double_test", locked=True), model="stub = 1", notes="notes = 1")


@pytest.fixture
def mended(tmp_path):
    return write(tmp_path / "mended", cell("a", "# A better lesson", kind=new_markdown_cell), cell("b", "demo(2)"),
                 cell("new", "more()"), cell("c", "raise NotImplementedError  # hint", name="double"),
                 cell("d", "test(2)", name="double_test", locked=True), model="stub = 2", notes="notes = 2")


def read(folder):
    return nbformat.read(folder / f"{NAME}.ipynb", as_version=4)


def work(folder, change):
    """Change a notebook as a student does, and save it."""
    notebook = read(folder)
    change(notebook.cells)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


def sources(folder):
    return [cell.source for cell in read(folder).cells]


def test_who_has_done_nothing_gets_the_mended_version(first, mended, tmp_path):
    lessons.merge(first, mended, tmp_path / "earlier")
    assert sources(first) == sources(mended)
    assert (first / "model.py").read_text() == "stub = 2"
    assert lessons.version(first / f"{NAME}.ipynb") == lessons.version(mended / f"{NAME}.ipynb") != ""


def test_work_stays(first, mended, tmp_path):
    def change(cells):
        cells[1].source = "demo(7)"
        cells[2].source = "def double(x): return 2 * x"
        cells[2].outputs = [nbformat.v4.new_output("stream", text="mine")]
        cells[3].source = "test(0)"
        cells.insert(3, new_code_cell("double(3)", id="mine"))

    work(first, change)
    before = (first / f"{NAME}.ipynb").read_bytes()
    (first / "model.py").write_text("mine = 1")
    (first / "extra.py").write_text("mine = 2")
    said = lessons.merge(first, mended, tmp_path / "earlier")
    assert sources(first) == ["# A better lesson", "demo(7)", "more()", "def double(x): return 2 * x", "double(3)",
                              "test(2)"]
    assert read(first).cells[3].outputs[0].text == "mine"
    assert (first / "model.py").read_text() == "mine = 1" and (first / "model_mended.py").read_text() == "stub = 2"
    assert (first / "extra.py").read_text() == "mine = 2" and (first / "notes.py").read_text() == "notes = 2"
    [kept] = (tmp_path / "earlier").iterdir()
    assert kept.read_bytes() == before and str(kept) in said[0]
    assert [line for line in said if "model.py stays" in line]
    assert [line for line in said if line.endswith("cell double")]


def test_recordings_of_ones_own_stay_as_they_are(first, mended, tmp_path):
    voice = first / "my_audio" / "voice" / "me.flac"
    voice.parent.mkdir(parents=True)
    voice.write_bytes(b"mine")
    lessons.merge(first, mended, tmp_path / "earlier")
    assert voice.read_bytes() == b"mine" and [path.name for path in voice.parent.iterdir()] == ["me.flac"]
    assert not list((tmp_path / "earlier").rglob("*.flac"))


def test_a_second_update_finds_the_work_of_the_first(first, mended, tmp_path):
    work(first, lambda cells: cells[2].update(source="def double(x): return 2 * x"))
    lessons.merge(first, mended, tmp_path / "earlier")
    again = copy.deepcopy(read(mended))
    again.cells[1].source = "demo(3)"
    third = write(tmp_path / "third", *again.cells)
    lessons.merge(first, third, tmp_path / "earlier2")
    assert sources(first)[1] == "demo(3)" and sources(first)[3] == "def double(x): return 2 * x"


def test_what_was_deleted_comes_back_and_what_the_course_took_away_goes(first, mended, tmp_path):
    work(first, lambda cells: cells.pop(3))
    (first / "notes.py").unlink()
    shorter = read(mended)
    del shorter.cells[1]
    short = write(tmp_path / "short", *shorter.cells, notes="notes = 2")
    lessons.merge(first, short, tmp_path / "earlier")
    assert "test(2)" in sources(first) and "demo(1)" not in sources(first)
    assert (first / "notes.py").exists()


def test_a_notebook_from_before_the_stamps_keeps_what_differs(first, mended, tmp_path):
    notebook = json.loads((first / f"{NAME}.ipynb").read_text())
    notebook["metadata"].pop(lessons.KEY)
    for one in notebook["cells"]:
        one["metadata"].pop(lessons.KEY)
    (first / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    lessons.merge(first, mended, tmp_path / "earlier")
    assert sources(first)[1] == "demo(1)"  # nobody knows who wrote it
    assert sources(first)[-1] == "test(2)"
