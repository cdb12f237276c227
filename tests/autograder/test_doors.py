"""nbgrader's command line and the formgrader's button grade as our command line does."""

import asyncio
import json
import subprocess
import sys

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from small_course import HOW, NAME, RIGHT, hand_in, set_source, write_course

from autograder.cli import main
from autograder.course import Course

pytestmark = pytest.mark.skipif(bool(HOW), reason="nbgrader's doors open only with a sandbox, and there is none here")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with one submission that is right and one that is no notebook."""
    root = tmp_path / "root"
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.chdir(write_course(tmp_path))
    assert main(["release"]) == 0
    released = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    hand_in(root / "submitted", "a_broken", "{")
    hand_in(root / "submitted", "right", set_source(released, **RIGHT))
    return root


def add_escape(root):
    """Have the right submission write a file that it can write outside the sandbox only, and return its path."""
    outside = root / "outside"
    path = root / "submitted" / "right" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f"open({str(outside)!r}, 'w').write('I was here')"))
    nbformat.write(notebook, path)
    return outside


def record(root, student):
    """Read a record."""
    return json.loads((root / "records" / NAME / f"{student}.json").read_text())


def nbgrader(*arguments):
    """Run nbgrader's command line."""
    return subprocess.run([sys.executable, "-m", "nbgrader", "autograde", *arguments], capture_output=True, text=True,
                          timeout=300, check=False)


def test_the_command_line(course):
    done = nbgrader(NAME)
    assert done.returncode == 1, done.stderr
    assert "1 of 2 submissions could not be graded: a_broken" in done.stderr
    assert "the notebook cannot be read" in done.stderr
    assert record(course, "right")["score"] == 7
    assert record(course, "a_broken")["status"] == "needs_review"
    with Course.load().gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "right").score == 7
    done = nbgrader(NAME, "--student", "right")
    assert (done.returncode, "0 graded, 1 had been graded before" in done.stderr) == (0, True), done.stderr
    done = nbgrader(NAME, "--no-execute")
    assert (done.returncode, "--no-execute is not possible" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("late", [False, True], ids=["as it starts", "later, as on a hub"])
def test_the_formgraders_button(course, late):
    config = Course.load().config
    directory = CourseDirectory() if late else CourseDirectory(config=config)
    directory._load_config(config)
    outside = add_escape(course)

    async def press(student):
        """Press it as the formgrader does: in a server whose event loop runs."""
        return NbGraderAPI(directory, config=config).autograde(NAME, student)

    result = asyncio.run(press("right"))
    assert result["success"], result
    assert record(course, "right")["score"] == 7
    assert not outside.exists(), "the submission ran outside the sandbox"
    result = asyncio.run(press("a_broken"))
    assert not result["success"]
    assert "the notebook cannot be read" in result["log"]


@pytest.mark.parametrize("setting, reason", [
    ("Execute.kernel_name = 'python3'", "the kernel python3 is in no sandbox"),
    ("Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Execute']", "is without `autograder.run.Run`")])
def test_nothing_runs_outside_the_sandbox_by_a_slip_in_the_configuration(course, setting, reason):
    outside = add_escape(course)
    with open("nbgrader_config.py", "a") as config:
        config.write(f"\nc.{setting}\n")
    done = nbgrader(NAME, "--student", "right")
    assert done.returncode == 1 and reason in done.stderr, done.stderr
    assert not outside.exists()
