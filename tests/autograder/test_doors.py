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


def test_the_formgraders_button(course):
    config = Course.load().config

    async def press(student):
        """Press it as the formgrader does: in a server whose event loop runs."""
        return NbGraderAPI(CourseDirectory(config=config), config=config).autograde(NAME, student)

    result = asyncio.run(press("right"))
    assert result["success"], result
    assert record(course, "right")["score"] == 7
    result = asyncio.run(press("a_broken"))
    assert not result["success"]
    assert "the notebook cannot be read" in result["log"]
