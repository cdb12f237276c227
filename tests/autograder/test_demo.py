"""The demo class hands in what its names say, and the demo leaves everything where its last line says."""

import copy
import json

import nbformat
import pytest
from small_course import NAME

from autograder import demo
from autograder.cli import main
from autograder.lesson import Lesson
from autograder.stage import graded_cells


@pytest.fixture
def hand_in(graded, tmp_path, monkeypatch):
    """A function that returns the sources that one of the demo's students hands in, by the names of their cells."""
    monkeypatch.setattr(demo, "ANSWERS", tmp_path)
    (tmp_path / NAME / "half").mkdir(parents=True)
    (tmp_path / NAME / "half" / "wrong_sign.py").write_text("def half(x):\n    return -x / 2\n")
    lesson = Lesson(NAME, folder=graded.folder / "notebooks")

    def sources(student):
        notebook = demo.STUDENTS[student](lesson, copy.deepcopy(graded.released))
        return {name: cell.source for name, cell in graded_cells(notebook).items()}
    return sources


STUB = "raise NotImplementedError"


def test_complete_hands_in_the_solutions_without_their_marks(hand_in):
    sources = hand_in("complete")
    assert "x / TWO" in sources["half"]
    assert "two is more" in sources["why"]
    assert not [source for source in sources.values() if "SOLUTION" in source or STUB in source]


def test_half_untouched_and_wrong(hand_in):
    assert [STUB in hand_in("half")[name] for name in ("double", "half")] == [False, True]
    assert [STUB in hand_in("untouched")[name] for name in ("double", "half")] == [True, True]
    assert STUB in hand_in("wrong")["double"]
    assert "-x / 2" in hand_in("wrong")["half"]


def test_tampered_deletes_one_test_and_empties_another(hand_in):
    sources = hand_in("tampered")
    assert "double_test" not in sources
    assert sources["half_test"] == "assert True"


def test_the_demo_starts_afresh(graded, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text((graded.folder / "nbgrader_config.py").read_text())
    old = tmp_path / "build" / "demo" / "records" / NAME / "somebody.json"
    old.parent.mkdir(parents=True)
    old.write_text("from an earlier run")
    monkeypatch.setenv("COURSE_ROOT", "")  # what the demo sets is forgotten after the test
    monkeypatch.setattr(demo, "STUDENTS", {"untouched": demo.STUDENTS["untouched"]})
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("student    assignment   points  seconds  status\nuntouched  00_tiny     0 of 10")
    assert "COURSE_ROOT=build/demo" in out
    folder = tmp_path / "build" / "demo"
    assert [path.name for path in folder.glob("records/*/*")] == ["untouched.json"]
    assert json.loads((folder / "records" / NAME / "untouched.json").read_text())["status"] == "graded"
    for name in ("gradebook.db", "grades.csv", "report.html"):
        assert (folder / name).is_file()
    assert nbformat.read(folder / "submitted" / "untouched" / NAME / f"{NAME}.ipynb", as_version=4).cells
