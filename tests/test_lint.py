"""The code and the lessons are as tidy as we say: ruff, mypy, codespell."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("command", [
    ["ruff", "check", "--quiet", "."],
    ["mypy"],
    ["codespell_lib", "README.md", "notebooks", "course_utils", "autograder", "data", "tests"],
], ids=lambda command: command[0])
def test_lint(command):
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
