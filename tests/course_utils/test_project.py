"""A package goes from one milestone to the next, and nothing that is there is lost."""

import os

import pytest

from course_utils.project import carry_over


@pytest.fixture
def folders(tmp_path):
    first, second = tmp_path / "project_milestone_1" / "enhancer", tmp_path / "project_milestone_2" / "enhancer"
    for folder, files in ((first, {"__init__.py": "", "data.py": "mine", "train.py": "old", "tests/test_data.py": "t",
                                   "__pycache__/data.pyc": "x", ".hidden": "h"}),
                          (second, {"train.py": "new"})):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return first, second


def test_what_is_missing_is_copied_and_what_is_there_stays(folders):
    first, second = folders
    assert carry_over("project_milestone_1", folder=second.parent) == [
        "enhancer/__init__.py", "enhancer/data.py", "enhancer/tests/test_data.py"]
    assert (second / "data.py").read_text() == "mine" and (second / "train.py").read_text() == "new"
    (second / "data.py").write_text("better")
    assert carry_over("project_milestone_1", folder=second.parent) == []
    assert (second / "data.py").read_text() == "better" and (first / "data.py").read_text() == "mine"


def test_recordings_of_ones_own_stay_where_they_are(folders):
    first, second = folders
    (first.parent / "my_audio" / "voice").mkdir(parents=True)
    (first.parent / "my_audio" / "voice" / "me.flac").write_bytes(b"mine")
    carry_over("project_milestone_1", folder=second.parent)
    assert not (second.parent / "my_audio").exists()


def test_what_is_newer_there_is_told(folders):
    first, second = folders
    for folder, when in ((first, 2_000_000_000), (second, 1_000_000_000)):
        (folder.parent / "model.safetensors").write_text(str(when))
        os.utime(folder.parent / "model.safetensors", (when, when))
    found = carry_over("project_milestone_1", folder=second.parent)
    assert any("model.safetensors is newer in project_milestone_1" in line for line in found)
    assert (second.parent / "model.safetensors").read_text() == "1000000000"


def test_weights_and_logs_come_along(folders):
    first, second = folders
    for name in ("model.safetensors", "wider.csv", "trial.safetensors", "notes.txt"):
        (first.parent / name).write_text(name)
    copied = carry_over("project_milestone_1", folder=second.parent)
    assert {"model.safetensors", "trial.safetensors", "wider.csv"} == {name for name in copied if "/" not in name}
    assert (second.parent / "wider.csv").read_text() == "wider.csv"


def test_links_stay_behind(folders, tmp_path):
    first, second = folders
    (tmp_path / "secret").write_text("s")
    (first / "link.py").symlink_to(tmp_path / "secret")
    assert "enhancer/link.py" not in carry_over("project_milestone_1", folder=second.parent)


def test_without_the_earlier_milestone_it_says_what_to_do(folders):
    _, second = folders
    with pytest.raises(ValueError, match="project_milestone_0"):
        carry_over("project_milestone_0", folder=second.parent)
    (second / "__init__.py").write_text("")
    assert carry_over("project_milestone_0", folder=second.parent) == []  # as where it is graded: all is here
