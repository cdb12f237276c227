"""A release has nothing in it that students must not see, and says so if it had."""

import json

import nbformat
import pytest
import small_course as lessons
from nbformat.v4 import new_code_cell
from small_course import NAME

from autograder.cli import main


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a function that writes a course with a notebook and makes it the current one."""
    def write(notebook):
        monkeypatch.setenv("COURSE_ROOT", str(tmp_path / "root"))
        monkeypatch.setenv("PATH", "")  # nbgrader looks for alembic there
        monkeypatch.chdir(lessons.write_course(tmp_path, notebook))
        return tmp_path
    return write


def test_a_release_is_stripped(graded, tmp_path, capsys):
    assert main(["release", NAME, "--to", str(tmp_path / "students")]) == 0
    path = tmp_path / "students" / NAME / f"{NAME}.ipynb"
    assert capsys.readouterr().out == f"{path.parent}\n"
    text = path.read_text()
    for secret in ("12345", "hidden_inputs", "x / TWO", "two points for more", "BEGIN", "END"):
        assert secret not in text
    for shown in ("raise NotImplementedError", "*Write your answer here.*", "This is the square", "TWO = 2", "Why do"):
        assert shown in text
    assert all(not cell.get("outputs") for cell in nbformat.reads(text, as_version=4).cells)


LEAKS = {
    "a solution shown elsewhere": (
        new_code_cell("    return TWO * x + 0 * 12345"), "cell 8: from double: return TWO * x + 0 * 12345"),
    "a hidden test shown elsewhere": (
        new_code_cell("hidden_inputs = [0.5, -1.5, 100.0]"), "cell 8: from double_test"),
    "a marker that is misspelt": (
        new_code_cell("### BEGIN HIDDEN TEST\nassert double(1) == 2"), "a marker is left"),
    "a marker that is not closed": (
        lessons.cell("third", "### BEGIN SOLUTION\nx", solution=True), "cannot be released"),
}


@pytest.mark.parametrize("what", LEAKS)
def test_a_leak_is_found_and_the_release_removed(what, course, capsys):
    notebook = lessons.tiny()
    cell, expected = LEAKS[what]
    notebook.cells.append(cell)
    folder = course(notebook)
    assert main(["release"]) == 2
    error = capsys.readouterr().err
    assert expected in error
    assert "Traceback" not in error
    assert not (folder / "root" / "release" / NAME).exists()


def test_a_solution_in_another_file_is_found(course, capsys):
    folder = course(lessons.tiny())
    (folder / "notebooks" / NAME / "helper.py").write_text("def f(x):\n    return TWO * x + 0 * 12345\n")
    assert main(["release"]) == 2
    assert "helper.py: from double" in capsys.readouterr().err


def test_weights_of_an_authors_run_are_not_released(course, capsys):
    folder = course(lessons.tiny())
    (folder / "notebooks" / NAME / "unet.safetensors").write_bytes(b"weights")
    assert main(["release"]) == 2
    assert "unet.safetensors: weights that a run left in" in capsys.readouterr().err
    assert not (folder / "root" / "release" / NAME).exists()


def test_weights_that_a_lesson_ships_are_released_but_no_half_trained_ones(course, capsys):
    folder = course(lessons.tiny())
    shipped = folder / "notebooks" / NAME / "weights"
    shipped.mkdir()
    (shipped / "unet.safetensors").write_bytes(b"weights")
    assert main(["release"]) == 0
    assert (folder / "root" / "release" / NAME / "weights" / "unet.safetensors").read_bytes() == b"weights"
    (shipped / "unet.part.safetensors").write_bytes(b"half")
    assert main(["release"]) == 2
    assert "weights/unet.part.safetensors: weights that a run left in" in capsys.readouterr().err


def test_an_authors_own_recordings_are_not_released(course, capsys):
    folder = course(lessons.tiny())
    (folder / "notebooks" / NAME / "my_audio" / "voice").mkdir(parents=True)
    (folder / "notebooks" / NAME / "my_audio" / "voice" / "me.flac").write_bytes(b"a voice")
    (folder / "notebooks" / NAME / "beside.flac").write_bytes(b"the course's")
    assert main(["release", "--to", str(folder / "students")]) == 0
    for place in (folder / "root" / "release", folder / "students"):
        assert (place / NAME / "beside.flac").is_file() and not list(place.rglob("my_audio"))


def test_an_unknown_assignment_is_named(graded, capsys):
    assert main(["release", "98_nothing"]) == 2
    assert capsys.readouterr().err.endswith(f"there is no assignment '98_nothing' in {graded.folder}/notebooks; "
                                            f"there are: {NAME}\n")


def test_a_release_never_goes_over_its_source(graded, capsys):
    before = (graded.folder / "notebooks" / NAME / f"{NAME}.ipynb").read_text()
    assert main(["release", "--to", "notebooks"]) == 2
    assert (graded.folder / "notebooks" / NAME / f"{NAME}.ipynb").read_text() == before
    assert json.loads(before)["cells"][2]["source"]
