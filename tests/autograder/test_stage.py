"""A submission's notebook is brought into shape, or refused with a reason."""

import copy
import json
import os

import nbformat
import pytest
import small_course as lessons
from nbformat.v4 import new_code_cell, new_markdown_cell
from small_course import NAME, hand_in, position, set_source

from autograder.stage import (
    LARGEST_PICTURES,
    LONGEST,
    MOST_CELLS,
    MOST_ELEMENTS,
    RECEIPT,
    graded_cells,
    normalise,
    stage,
    take_in,
)

RELEASED = set_source(lessons.tiny(), double="def double(x):\n    raise NotImplementedError", why="*Write here.*")


def names(notebook):
    """Return the names of a notebook's cells; plain ones are '-'."""
    return [cell.metadata.get("nbgrader", {}).get("grade_id", "-") for cell in notebook.cells]


def without(*gone):
    """Return the release without some cells."""
    notebook = copy.deepcopy(RELEASED)
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in gone]
    return notebook


def test_what_was_not_touched_stays():
    notebook, flags = normalise(copy.deepcopy(RELEASED), RELEASED)
    assert names(notebook) == names(RELEASED)
    assert flags == []


def test_a_deleted_test_comes_back_behind_an_answer_in_another_cell():
    notebook = without("double", "double_test")
    notebook.cells.insert(position(notebook, "half"), new_code_cell("def double(x): return 2 * x"))
    notebook, flags = normalise(notebook, RELEASED)
    assert names(notebook) == ["-", "setup", "-", "double_test", "half", "half_test", "why"]
    assert flags == ["restored: double_test"]


def test_a_deleted_set_up_comes_back_first_and_the_last_question_last():
    notebook, flags = normalise(without("setup", "half_test", "why"), RELEASED)
    assert names(notebook) == ["setup", "-", "double", "double_test", "half", "half_test", "why"]
    assert flags == ["restored: setup, half_test, why"]


def test_an_import_added_to_the_set_up_runs_behind_it():
    notebook = set_source(copy.deepcopy(RELEASED), setup="TWO = 2\nimport math")
    notebook, flags = normalise(notebook, RELEASED)
    assert names(notebook)[:4] == ["-", "setup", "-", "double"]
    assert notebook.cells[2].source == "TWO = 2\nimport math"
    assert flags == ["extended: setup"]


def test_an_editor_that_ends_lines_in_its_own_way_has_changed_nothing(tmp_path):
    notebook = copy.deepcopy(RELEASED)
    for cell in notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    assert stage(take_in(hand_in(tmp_path / "in", "s", notebook)), tmp_path / "out", RELEASED) == []


def test_an_empty_notebook_gets_all_tests():
    notebook, _ = normalise(nbformat.v4.new_notebook(), RELEASED)
    assert names(notebook) == ["setup", "double_test", "half_test", "why"]


def test_of_two_answers_in_words_the_one_that_was_written_counts():
    notebook = copy.deepcopy(RELEASED)
    answer = copy.deepcopy(notebook.cells[-1])
    answer.source = "Because."
    answer.attachments = {"a.png": {"image/png": "AAAA"}}
    notebook.cells.insert(1, answer)
    notebook, flags = normalise(notebook, RELEASED)
    assert graded_cells(notebook)["why"].source == "Because."
    assert graded_cells(notebook)["why"].attachments == {"a.png": {"image/png": "AAAA"}}
    assert flags == ["copied: why"]


def test_forged_metadata_is_replaced():
    notebook = copy.deepcopy(RELEASED)
    cells = graded_cells(notebook)
    cells["double_test"].metadata.nbgrader.update(points=1000, solution=True, grade=False, schema_version=99)
    cells["half_test"].cell_type = "markdown"
    cells["half"].metadata.nbgrader = {"grade_id": ["half"]}
    notebook.cells.append(new_markdown_cell("x", metadata={"nbgrader": "yes"}))
    notebook.cells.append(new_code_cell("x", metadata={"nbgrader": {"grade_id": "other"}, "tags": ["skip-execution"]}))
    notebook.metadata.kernelspec = {"name": "bash"}
    notebook, _ = normalise(notebook, RELEASED)
    assert {name: cell.metadata for name, cell in graded_cells(notebook).items() if name != "half"} == {
        name: cell.metadata for name, cell in graded_cells(RELEASED).items() if name != "half"}
    assert graded_cells(notebook)["half_test"].cell_type == "code"
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.cells[-1].metadata == {}
    nbformat.validate(notebook)


@pytest.mark.parametrize("text", [
    "", "[]", "null", "{}", "\ufeff{", "[" * 100_000,
    '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 5}',
    '{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', '{"nbformat": 3, "worksheets": [{}]}',
    json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "source": 5,
                                                                             "metadata": {}}]}),
    json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "code", "source": "\ud800", "metadata": {}, "outputs": [], "execution_count": None}]}),
])
def test_what_is_no_notebook_is_refused(tmp_path, text):
    folder = hand_in(tmp_path / "submitted", "s", text)
    with pytest.raises(ValueError, match="cannot be read"):
        stage(take_in(folder), tmp_path / "staged", RELEASED)


def notebook_of(*cells, **rest):
    """Return the text of a notebook with cells in words of JSON."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **rest})


def code(source, **rest):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, **rest}


@pytest.mark.parametrize("text", [
    notebook_of(*[code("x")] * (MOST_CELLS + 1)), notebook_of(code("x" * (LONGEST + 1))),
    notebook_of(code("x", outputs=[{}] * MOST_ELEMENTS)), notebook_of(code(["x", 5])), notebook_of(code({"a": 1})),
    notebook_of(5), notebook_of(code("x", metadata=[])), notebook_of(code("x", cell_type=["code"])),
    '{"nbformat": 4, "cells": ' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}",
    '{"nbformat": ' + "9" * 5000 + ', "cells": []}', '{"nbformat": 3, "worksheets": 3}',
    json.dumps({"nbformat": 2, "metadata": {}, "worksheets": [{"cells": [{"cell_type": "code", "input": {"a": 5}}]}]}),
    notebook_of({"cell_type": "markdown", "source": "x", "metadata": {},
                 "attachments": {"a.png": {"image/png": "A" * (LARGEST_PICTURES + 1)}}}),
], ids=lambda text: text[:40])
def test_a_notebook_beyond_all_bounds_is_refused(tmp_path, text):
    folder = hand_in(tmp_path / "submitted", "s", text)
    with pytest.raises(ValueError, match="cannot be read"):
        stage(take_in(folder), tmp_path / "staged", RELEASED)


def test_whatever_is_not_an_answer_does_no_harm(tmp_path):
    hostile = notebook_of(
        code("a = 1\0", id="same", outputs=5, execution_count="x" * 1000), code("b = 2", id="same", outputs=[[[]]]),
        code(["c =", " 3"], id=5, attachments={"a": {"image/png": "A"}}, metadata={"nbgrader": [], "tags": 7}),
        code("(" * 50_000), code("x" + "+x" * 50_000), code("-" * 50_000 + "1"), code("f()" + "()" * 50_000),
        {"cell_type": "markdown", "source": "d", "metadata": {"nbgrader": {"grade_id": {}}}, "attachments": {
            "a.svg": {"image/svg+xml": "<script>"}, "b.png": {"image/png": "A", "text/html": "<script>"}, "c.png": 5,
            "d\u202e.png": {"image/png": "A"}}},
        metadata={"kernelspec": 5, "widgets": {"a": []}}, nbformat_minor="5")
    folder = hand_in(tmp_path / "submitted", "s", hostile)
    assert stage(take_in(folder), tmp_path / "staged", RELEASED) == ["restored: setup, double_test, half_test, why"]
    staged = nbformat.read(tmp_path / "staged" / f"{NAME}.ipynb", as_version=4)
    nbformat.validate(staged)
    plain = [cell for cell in staged.cells if "nbgrader" not in cell.metadata]
    assert [cell.source for cell in plain[:3]] == ["a = 1\ufffd", "b = 2", "c = 3"]
    assert plain[-1].attachments == {"b.png": {"image/png": "A"}}


def test_outputs_cost_no_more_than_their_reading(tmp_path):
    """A hundred thousand outputs are dropped before nbformat, which takes minutes for them, sees the notebook."""
    folder = hand_in(tmp_path / "submitted", "s", notebook_of(code("x", outputs=[{"output_type": "?"}] * 100_000)))
    stage(take_in(folder), tmp_path / "staged", RELEASED)
    assert (tmp_path / "staged" / f"{NAME}.ipynb").stat().st_size < 100_000


def test_what_the_intake_noted_is_a_flag_and_no_file_of_its_own(tmp_path):
    folder = hand_in(tmp_path / "submitted", "s", json.dumps(RELEASED))
    (folder / RECEIPT).write_text(json.dumps({"notes": ["accepted by hand", 5]}))
    (folder / "submission_secret.txt").write_text("0123")
    assert stage(take_in(folder), tmp_path / "staged", RELEASED) == ["accepted by hand"]
    assert [path.name for path in (tmp_path / "staged").iterdir()] == [f"{NAME}.ipynb"]


@pytest.mark.parametrize("text", ["", "5", "[]", '{"notes": 5}', '{"notes": {}}', "[" * 100_000])
def test_a_receipt_that_is_none_says_nothing(tmp_path, text):
    folder = hand_in(tmp_path / "submitted", "s", json.dumps(RELEASED))
    (folder / RECEIPT).write_text(text)
    assert stage(take_in(folder), tmp_path / "staged", RELEASED) == []


def test_a_second_name_of_another_file_is_refused(tmp_path):
    folder = hand_in(tmp_path / "submitted", "s", RELEASED)
    (tmp_path / "secret").write_text("x")
    os.link(tmp_path / "secret", folder / "x.wav")
    with pytest.raises(ValueError, match="hard link"):
        take_in(folder)


def test_an_old_notebook_format_is_read(tmp_path):
    old = nbformat.convert(copy.deepcopy(RELEASED), 3)
    folder = hand_in(tmp_path / "submitted", "s", json.dumps(old))
    flags = stage(take_in(folder), tmp_path / "staged", RELEASED)
    assert not [flag for flag in flags if flag.startswith("copied")]
    assert (tmp_path / "staged" / f"{NAME}.ipynb").is_file()


def test_only_allowed_files_come_along(tmp_path):
    folder = hand_in(tmp_path / "submitted", "s", RELEASED)
    (folder / "sub").mkdir()
    for name in ("model.safetensors", "sub/take.WAV", "torch.py", "notes.txt", "copy.ipynb"):
        (folder / name).write_text("x")
    (folder / "timestamp.txt").write_text("2030-01-31 12:00:00 UTC")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a.ipynb").write_text("x")
    flags = stage(take_in(folder), tmp_path / "staged", RELEASED)
    files = [path for path in (tmp_path / "staged").rglob("*") if path.is_file()]
    assert sorted(str(path.relative_to(tmp_path / "staged")) for path in files) == [
        f"{NAME}.ipynb", "model.safetensors", "sub/take.WAV", "timestamp.txt"]
    assert flags == ["left out: copy.ipynb", "left out: notes.txt", "left out: torch.py"]


def test_a_time_stamp_that_nobody_can_read_is_left_out(tmp_path):
    folder = hand_in(tmp_path / "submitted", "s", RELEASED)
    (folder / "timestamp.txt").write_text("soon")
    assert stage(take_in(folder), tmp_path / "staged", RELEASED) == ["left out: timestamp.txt"]


@pytest.mark.parametrize("where", ["file", "folder", "notebook", "submission", "student", "pipe"])
def test_links_and_pipes_are_refused(tmp_path, where):
    folder = hand_in(tmp_path / "submitted", "s", RELEASED)
    secret = hand_in(tmp_path / "secret", "s", RELEASED)
    if where == "file":
        (folder / "x.wav").symlink_to(secret / f"{NAME}.ipynb")
    elif where == "folder":
        (folder / "x").symlink_to(secret)
    elif where == "notebook":
        (folder / f"{NAME}.ipynb").unlink()
        (folder / f"{NAME}.ipynb").symlink_to(secret / f"{NAME}.ipynb")
    elif where == "submission":
        (tmp_path / "submitted" / "t").mkdir()
        folder = tmp_path / "submitted" / "t" / NAME
        folder.symlink_to(secret)
    elif where == "student":
        folder = tmp_path / "submitted" / "t" / NAME
        folder.parent.symlink_to(secret.parent)
    else:
        os.mkfifo(folder / "x.wav")
    with pytest.raises(ValueError, match=r"is a link|not a plain file"):
        take_in(folder)
