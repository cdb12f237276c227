"""What guards a course: its secret, and that nothing runs outside of the sandbox unless somebody asks for it."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from small_course import NAME, RIGHT, hand_in, set_source, write_course

from autograder.cli import main


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A course with one submission."""
    root = tmp_path / "root"
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.chdir(write_course(tmp_path))
    assert main(["release"]) == 0
    released = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    hand_in(root / "submitted", "right", set_source(released, **RIGHT))
    return root


def test_the_secret_is_nobody_elses(root, capsys):
    secret = root / "secret"
    before = secret.read_text()
    assert (secret.stat().st_mode & 0o777, len(before)) == (0o600, 64)
    assert main(["release"]) == 0
    assert secret.read_text() == before
    secret.chmod(0o640)
    assert main(["grade", NAME, "--no-sandbox"]) == 2
    assert "secret can be read by others" in capsys.readouterr().err


def test_without_a_sandbox_nothing_is_graded(root):
    done = subprocess.run([sys.executable, "-m", "autograder", "grade", NAME], env={**os.environ, "PATH": "/nowhere"},
                          capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "on Debian: apt-get install bubblewrap" in done.stderr) == (2, True), done.stderr
    assert not (root / "records").exists()


def test_whoever_does_without_the_sandbox_is_warned_and_it_stays_in_the_record(root, capsys):
    assert main(["grade", NAME, "--no-sandbox"]) == 0
    assert "WARNING: --no-sandbox: what students have written runs as you" in capsys.readouterr().err
    record = json.loads((root / "records" / NAME / "right.json").read_text())
    assert "graded without sandbox" in record["flags"]
    assert record["score"] == 7
