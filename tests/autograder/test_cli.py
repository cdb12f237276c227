"""The command line explains itself."""

import os
import subprocess
import sys

import pytest
from small_course import write_course

from autograder import methods
from autograder.cli import main

COMMANDS = ["release", "collect", "accept", "grade", "regrade", "feedback", "report", "export", "similarity", "enhance",
            "demo"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(capsys, command):
    with pytest.raises(SystemExit) as done:
        main([command, "--help"])
    assert done.value.code == 0
    assert f"example: python -m autograder {command}" in " ".join(capsys.readouterr().out.split())


def test_help_lists_the_commands():
    done = subprocess.run([sys.executable, "-m", "autograder", "--help"], capture_output=True, text=True, check=True)
    for command in COMMANDS:
        assert f"\n    {command}" in done.stdout


def test_help_on_enhance_lists_the_methods(capsys, monkeypatch):
    monkeypatch.setattr(methods, "methods", lambda: {"subtraction": "03", "wiener": "04"})
    with pytest.raises(SystemExit):
        main(["enhance", "--help"])
    assert "one of: subtraction, wiener" in " ".join(capsys.readouterr().out.split())


def test_no_command_is_bad_input(capsys):
    with pytest.raises(SystemExit) as done:
        main([])
    assert done.value.code == 2


@pytest.mark.parametrize("buffered", [True, False])
def test_a_reader_that_has_gone_is_no_error(tmp_path, buffered):
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "COURSE_ROOT": str(tmp_path / "root"), "PYTHONUNBUFFERED": "" if buffered else "1"}
    try:
        done = subprocess.run([sys.executable, "-m", "autograder", "release"], cwd=write_course(tmp_path),
                              env=environment, stdout=writer, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")
