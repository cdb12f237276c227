"""A small course with an nbgrader exchange, and files to hand in, for the tests of the intake."""

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from small_course import NAME, tiny, write_course

from autograder import exchange
from autograder.course import Course

NOTEBOOK = json.dumps(tiny())
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand files to other users")


@pytest.fixture
def place() -> Iterator[Path]:
    """Make a folder that others can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def make_course(place: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Write a course with an exchange whose folders are as they should be, and go to it."""
    folder = write_course(place / "course")
    root = place / "exchange"
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.course_id = 'se'\nc.Exchange.root = {str(root)!r}\n"
                   "c.ExchangeFactory.collect = 'autograder.exchange.Collect'\n")
    for path, mode in ((root, 0o1777), (root / "se", 0o755), (root / "se" / "outbound", 0o755),
                       (root / "se" / "inbound", 0o3733)):
        path.mkdir()
        path.chmod(mode)
    monkeypatch.setenv("COURSE_ROOT", str(place / "root"))
    monkeypatch.setenv("PATH", os.environ["PATH"])
    monkeypatch.chdir(folder)
    monkeypatch.setattr(exchange, "file_system", lambda folder: "ext4")  # the temporary folder may lie in memory
    (place / "root").mkdir(mode=0o700)
    (folder / "notebooks").chmod(0o700)
    return Course.load()


@pytest.fixture
def inbound(place: Path) -> Path:
    """Return the folder of the exchange into which students hand in."""
    return place / "exchange" / "se" / "inbound"


def taken(course: Course, student: str) -> str:
    """Return the notebook that was taken in."""
    return (course.submitted / student / NAME / f"{NAME}.ipynb").read_text()


def record(course: Course, student: str) -> dict:
    """Return a student's record."""
    return json.loads((course.records / NAME / f"{student}.json").read_text())


def zipped(members: Mapping[str, bytes | str | None]) -> bytes:
    """Return a zip file; contents may be None for a folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content or "")
    return target.getvalue()
