"""Write the students' version of an assignment, and prove that no solution and no hidden test is left in it."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course import Course
from autograder.lesson import assignment_names
from course_utils import lessons

REGION = re.compile(r"\b(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)\b")
LIKE_A_MARKER = re.compile(r"#+\s*(BEGIN|END)\b", re.IGNORECASE)
OUTPUT = "(an output)"


def release(course: Course, assignments: Sequence[str] = (), *, to: Path | None = None) -> list[Path]:
    """Release assignments, all by default, and return the folders that students may have.

    Parameters
    ----------
    course : Course
        Whose gradebook the assignments are entered in.
    assignments : sequence of str
        Their names.
    to : Path, optional
        Where to copy them; the course's own `release` folder has them in any case, because grading needs them.

    Raises
    ------
    ValueError
        If there is no such assignment, if nbgrader cannot release it, if something that students must not see is left
        (that release is removed again), or if others can read the course's secret.
    """
    known = assignment_names(course.source)
    if not known:
        raise ValueError(f"there is no assignment in {course.source}")
    for name in assignments:
        if name not in known:
            raise ValueError(f"there is no assignment {name!r} in {course.source}; there are: {', '.join(known)}")
    if to is not None and to.resolve() == course.source:
        raise ValueError(f"{to} holds the instructor's notebooks; releases must go elsewhere")
    course.secret()  # made with the course, not when the first submission waits for it
    done = []
    for name in assignments or known:
        try:
            course.generate_assignment(name)
        except RuntimeError as error:
            raise ValueError(f"{name} cannot be released: {error} (see {course.log})") from None
        done.append(course.release / name)
        if to is not None:
            done[-1] = Path(shutil.copytree(done[-1], to / name, dirs_exist_ok=True))
    return done


def clear(source: str) -> str:
    """Return a file of code without its solutions: inside a function something raises in place of each.

    Raises
    ------
    ValueError
        If a marker has no partner.
    """
    kept, inside = [], False
    for line in source.splitlines():
        marker = REGION.search(line)
        if marker:
            if inside == (marker[1] == "BEGIN"):
                raise ValueError(f"a marker without its partner: {line.strip()}")
            inside = not inside
            if inside and line.startswith(" "):
                kept.append(line[:len(line) - len(line.lstrip())] + "raise NotImplementedError")
        elif not inside:
            kept.append(line)
    if inside:
        raise ValueError("a marker without its partner: the last one")
    return "\n".join(kept) + "\n"


def finish(source: Path, released: Path) -> None:
    """Finish what nbgrader wrote: clear its code, prove that nothing secret is in it, and stamp it.

    Raises
    ------
    ValueError
        If students would see something that they must not; the release is removed.
    """
    leaks = []
    for path in released.rglob("*.py"):
        try:
            path.write_text(clear(path.read_text(encoding="utf-8")), encoding="utf-8")
        except ValueError as error:
            leaks.append(f"{path.relative_to(released)}: {error}")
    leaks += find_leaks(source, released)
    if leaks:
        shutil.rmtree(released)
        shown = "\n  ".join(leaks[:10]) + ("\n  ..." if len(leaks) > 10 else "")
        raise ValueError(f"the release of {source.name} was removed: students would see what they must not:\n  {shown}")
    lessons.stamp(released)


def find_leaks(source: Path, released: Path) -> list[str]:
    """Compare a release with its source, line by line, and return what students must not see, in words.

    This knows nothing of how nbgrader clears a notebook; it looks at what came out.
    """
    notebook = nbformat.read(source / f"{source.name}.ipynb", as_version=4)
    for path in sorted(source.rglob("*.py")):
        meta = NotebookNode(nbgrader={"grade_id": path.name})
        notebook.cells.append(new_code_cell(path.read_text(encoding="utf-8"), metadata=meta))
    secrets = dict(secret_lines(notebook))
    leaks = []
    for path in sorted(path for path in released.rglob("*") if path.is_file()):
        shipped = path.parent == released / "weights" and ".part" not in path.suffixes
        if path.suffix == ".safetensors" and not shipped:  # `fit` would load them in place of a student's own
            leaks.append(f"{path.relative_to(released)}: weights that a run left in {source}; delete them there")
        for place, line in _lines(path):
            if line == OUTPUT:
                leaks.append(f"{place}: an output is left")
            elif LIKE_A_MARKER.search(line) or REGION.search(line):
                leaks.append(f"{place}: a marker is left: {line}")
            elif line in secrets:
                leaks.append(f"{place}: from {secrets[line]}: {line}")
    return leaks


def secret_lines(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield the lines of solutions and hidden tests that say something, each with the name of its cell.

    A line that the same cell also shows to students is no secret, nor is one that the author's prose tells them, as
    the last of several hints does. A solution in another code cell is a slip.
    """
    told = {line for cell in notebook.cells if cell.cell_type == "markdown" for line in split(cell)[0]}
    for cell in notebook.cells:
        shown, hidden = split(cell)
        meta = cell.metadata.get("nbgrader", {})
        for line in sorted(hidden - shown - told):
            if _says_something(line):
                yield line, meta.get("grade_id", "a cell without a name")


def split(cell: NotebookNode) -> tuple[set[str], set[str]]:
    """Return the lines of a source cell that students see, and those that they must not.

    A solution cell without markers is a solution as a whole.
    """
    shown: set[str] = set()
    hidden: set[str] = set()
    inside = False
    for line in map(str.strip, cell.source.splitlines()):
        marker = REGION.search(line)
        if marker:
            inside = marker[1] == "BEGIN"
        else:
            (hidden if inside else shown).add(line)
    if cell.metadata.get("nbgrader", {}).get("solution") and not REGION.search(cell.source):
        return set(), shown
    return shown, hidden


def _says_something(line: str) -> bool:
    """Tell whether a line gives anything away: imports, closing brackets and `return x` do not."""
    return not re.fullmatch(r"(import|from) .*|return \w+|\W*|.{0,11}|#.{0,20}", line)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield every line of a released file, with the place where it stands."""
    if path.suffix != ".ipynb":
        with suppress(UnicodeDecodeError):  # audio or an image has no lines
            yield from ((path.name, line.strip()) for line in path.read_text(encoding="utf-8").splitlines())
        return
    for index, cell in enumerate(nbformat.read(path, as_version=4).cells, start=1):
        place = f"{path.name}, cell {index}"
        yield from ((place, line.strip()) for line in cell.source.splitlines())
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield place, OUTPUT
