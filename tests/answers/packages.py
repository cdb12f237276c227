"""Students' packages: the instructor's `enhancer` with a student's files, imported, tested and let go of.

A right package brings files that take the place of the instructor's. A wrong one brings what stands behind his at the end
of a file, and so takes the place of functions: a folder shows its one slip and nothing else.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path

from autograder.files import PACKAGE
from autograder.lesson import NOTEBOOKS, Lesson
from course_utils import checks

MILESTONES = ["project_milestone_1", "project_milestone_2"]
FINAL = "project_final"
ASSIGNMENTS = [*MILESTONES, FINAL, "project_report"]
PACKAGES = Path(__file__).parent / "project"


@cache
def tests() -> dict[str, tuple[str, str]]:
    """Return the test cells of the project: name -> (assignment, source)."""
    return {name: (assignment, cell.source) for assignment in [*MILESTONES, FINAL]
            for name, cell in Lesson(assignment).cells.items()
            if cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution}


def assemble(folder: Path, student: Path | None = None) -> None:
    """Write a package to a folder as a student has it after both milestones."""
    for milestone in MILESTONES:
        shutil.copytree(NOTEBOOKS / milestone / PACKAGE, folder / PACKAGE, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for path in sorted(student.glob("*.py")) if student else []:
        target = folder / PACKAGE / path.name
        before = target.read_text() if path.parent.name.startswith("wrong_") else ""
        target.write_text(before + path.read_text())


@contextmanager
def imported(folder: Path) -> Iterator[None]:
    """Let `import enhancer` find the package of a folder, and no other one before or after."""
    sys.path.insert(0, str(folder))
    try:
        _forget()
        yield
    finally:
        sys.path.remove(str(folder))
        _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def run_test(folder: Path, name: str) -> checks.Checks:
    """Run a test cell on the package of a folder, in that folder."""
    assignment, source = tests()[name]
    with imported(folder), chdir(folder):
        exec(compile(source, f"<{assignment}/{name}>", "exec"), {})
    return checks.REPORTED.pop()


def comment(student: Path, key: str) -> str:
    """Return what the files of a student's package say after a word, as in `# Slip: ...`."""
    text = "\n".join(path.read_text() for path in sorted(student.glob("*.py")))
    said = re.search(rf"^# {key}: (.+)$", text, re.MULTILINE)
    return said[1].strip() if said else ""
