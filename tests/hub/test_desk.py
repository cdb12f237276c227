"""The instructor's folder takes over the lessons, and keeps what is the instructor's own."""

import pytest

from hub import desk


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A lesson of the repository, which somebody has run where it lies."""
    lesson = tmp_path / "repository" / "notebooks" / "01"
    for name, text in {"01.ipynb": "first", "weights/ours.safetensors": "shipped", "unet.safetensors": "of a run",
                       "my_audio/voice/me.flac": "mine", "__pycache__/a.pyc": "cache"}.items():
        (lesson / name).parent.mkdir(parents=True, exist_ok=True)
        (lesson / name).write_text(text)
    monkeypatch.setattr(desk, "REPOSITORY", tmp_path / "repository")
    return lesson


def content(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_a_run_has_left_stays_where_it_was(lesson, tmp_path):
    assert desk.prepare(tmp_path / "desk") == []
    assert content(tmp_path / "desk" / "source" / "01") == {"01.ipynb": "first", "weights/ours.safetensors": "shipped"}


def test_a_newer_lesson_replaces_the_files_of_the_older_and_no_recording(lesson, tmp_path):
    desk.prepare(tmp_path / "desk")
    mine = tmp_path / "desk" / "source" / "01"
    (mine / "my_audio").mkdir()
    (mine / "my_audio" / "me.flac").write_text("the instructor's")
    (lesson / "01.ipynb").write_text("second")
    (lesson / "weights" / "ours.safetensors").unlink()
    assert desk.prepare(tmp_path / "desk") == []
    assert content(mine) == {"01.ipynb": "second", "my_audio/me.flac": "the instructor's"}


def test_a_lesson_that_was_edited_stays_and_is_named(lesson, tmp_path):
    desk.prepare(tmp_path / "desk")
    edited = tmp_path / "desk" / "source" / "01" / "01.ipynb"
    edited.write_text("the instructor's")
    (lesson / "01.ipynb").write_text("second")
    assert desk.prepare(tmp_path / "desk") == ["01"]
    assert edited.read_text() == "the instructor's"
