"""A small class that hands in the small lesson, graded by processes that a test may kill."""

import json
import subprocess
import sys
import time
from contextlib import suppress

import nbformat
import pytest
from small_course import HOW, NAME, RIGHT, hand_in, set_source, write_course

from autograder.cli import main

STUDENTS = [f"s{index}" for index in range(6)]


def write_class(folder, monkeypatch):
    """Make a folder the current course, with a small class, every other one of which has one exercise right."""
    monkeypatch.setenv("COURSE_ROOT", str(folder / "root"))
    monkeypatch.chdir(folder)
    write_course(folder)
    assert main(["release"]) == 0
    released = nbformat.read(folder / "root" / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    for index, student in enumerate(STUDENTS):
        half = RIGHT["half"] if index % 2 else "def half(x): return 7"
        if index > 1:  # so that there is time to kill what grades them
            half += "\nimport time\ntime.sleep(1)"
        set_source(released, why=f"Because of {index}.", half=half)
        hand_in(folder / "root" / "submitted", student, released)
    return folder


def table(folder):
    """Export the grades and return them."""
    assert main(["export", "--to", str(folder / "grades.csv")]) == 0
    return (folder / "grades.csv").read_bytes()


def start(*options):
    """Start grading in a process of its own, by default with two workers."""
    return subprocess.Popen([sys.executable, "-m", "autograder", "grade", NAME, *(options or ["--workers", "2"]), *HOW],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def wait_for(folder, count, process):
    """Wait until there are so many records, and return when each was written."""
    deadline = time.monotonic() + 600  # a machine may have little time for us
    while time.monotonic() < deadline and process.poll() is None:
        found = written(folder)
        if len(found) >= count:
            return found
        time.sleep(0.02)
    pytest.fail(f"only {len(written(folder))} records; {process.stderr.read() if process.poll() is not None else ''}")


def written(folder):
    """Return when each record was made: its number on the disk changes when it is written again."""
    found = {}
    for path in (folder / "root" / "records" / NAME).glob("*.json"):
        with suppress(FileNotFoundError):
            found[path.stem] = json.loads(path.read_text())["seconds"]
    return found
