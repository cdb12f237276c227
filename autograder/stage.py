"""Take a submission in: copy it to a fresh folder, and bring its notebook into a form that nbgrader can grade.

What students do by accident (a cell copied, a test deleted, a notebook saved by another program) must cost neither
them nor the rest of the class anything. What cannot be repaired is refused with a reason, for a person to look at.
"""

import glob
import hashlib
import os
import stat
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.needed import mark_demos

ALLOWED = {".safetensors", ".flac", ".wav", ".png", ".jpg"}
"""Files that may come along with a notebook. No code: a `numpy.py` would be imported in place of numpy."""

LARGEST = 100_000_000
"""Bytes that a file may have."""

MAKERS = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}


@dataclass
class Submission:
    """A submission as it came in, in `<submitted>/<student>/<assignment>`."""

    folder: Path
    files: dict[str, bytes]

    @property
    def assignment(self) -> str:
        """What it answers."""
        return self.folder.name

    @property
    def student(self) -> str:
        """Whose it is."""
        return self.folder.parent.name

    @property
    def sha256(self) -> str:
        """Hash of the notebook as it came in; empty if there is none."""
        notebook = self.files.get(f"{self.assignment}.ipynb")
        return "" if notebook is None else hashlib.sha256(notebook).hexdigest()


def take_in(folder: Path) -> Submission:
    """Read a submission's files, following no link.

    Raises
    ------
    ValueError
        If it holds a link, something that is no file, or a file that is too large.
    """
    for path in (folder.parent, folder):
        if path.is_symlink():
            raise ValueError(f"{path.name} is a link, which is not followed")
    return Submission(folder, {str(path.relative_to(folder)): _bytes(path) for path in _walk(folder)})


def stage(submission: Submission, target: Path, released: NotebookNode) -> list[str]:
    """Write what can be graded of a submission to a fresh folder, and return flags that say what was changed.

    Raises
    ------
    ValueError
        With the reason why it needs a person: no notebook, or not one that can be read.
    """
    if glob.escape(submission.student) != submission.student:
        raise ValueError("nbgrader cannot grade a student whose name has one of * ? [")
    name = f"{submission.assignment}.ipynb"
    if name not in submission.files:
        found = ", ".join(path for path in submission.files if path.endswith(".ipynb"))
        raise ValueError(f"there is no {name}; " + (f"found: {found}" if found else "no notebook at all"))
    notebook, flags = normalise(_notebook(submission.files[name]), released)
    target.mkdir(parents=True)
    try:
        (target / name).write_text(nbformat.writes(notebook), encoding="utf-8")
    except (UnicodeError, nbformat.ValidationError) as error:
        raise ValueError(f"{name} cannot be read as a notebook: {error}") from None
    for path, content in submission.files.items():
        if (path == "timestamp.txt" and _is_time(content)) or Path(path).suffix.lower() in ALLOWED:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
        elif path != name:
            flags.append(f"left out: {path}")
    return flags


def normalise(notebook: NotebookNode, released: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Return a submission's notebook with the released cells' metadata, each cell once, and flags for what was changed.

    Outputs, tags, kernels and names of cells are nobody's answer: they are left behind. Of a cell that was copied, the
    last one that was worked on counts, because that is what the student saw at the end; the others stay as
    plain cells and run. A test cell or a set-up cell that is gone comes back.
    """
    originals = graded_cells(released)
    kept, copied = _kept(notebook.cells, originals)
    cells, edited = [], []
    for index, cell in enumerate(notebook.cells):
        name = kept.get(index)
        metadata = {"nbgrader": dict(originals[name].metadata.nbgrader)} if name else {}
        kind = originals[name].cell_type if name else cell.cell_type
        new = MAKERS[kind](cell.source, metadata=metadata)
        if kind == "markdown" and "attachments" in cell:
            new.attachments = cell.attachments  # an image in an answer in words
        cells.append(new)
        if name and _locked(originals[name]) and cell.source.rstrip() != originals[name].source.rstrip():
            edited.append(name)
    restored = _restore(cells, originals)
    mark_demos(cells, released)
    metadata = {key: released.metadata[key] for key in ("kernelspec", "language_info") if key in released.metadata}
    changes = {"copied": copied, "edit undone": edited, "restored": restored}
    flags = [f"{what}: {', '.join(names)}" for what, names in changes.items() if names]
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata), flags


def graded_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells of a release that nbgrader knows, by name and in order."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def _kept(cells: list[NotebookNode], originals: Mapping[str, NotebookNode]) -> tuple[dict[int, str], list[str]]:
    """Return which cell, by its index, stands for which released one, and the names of those with copies."""
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        nbgrader = cell.metadata.get("nbgrader")
        name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
        if isinstance(name, str) and name in originals:
            found.setdefault(name, []).append(index)
    copied = [name for name, indices in found.items() if len(indices) > 1]

    def last(name: str, indices: list[int]) -> int:
        original = originals[name]
        changed = [index for index in indices if cells[index].source.strip() != original.source.strip()]
        return indices[-1] if _locked(original) or not changed else changed[-1]

    return {last(name, indices): name for name, indices in found.items()}, copied


def _locked(cell: NotebookNode) -> bool:
    """Tell whether a released cell is not the student's to change: a test or the set-up."""
    return not cell.metadata.nbgrader.solution


def _restore(cells: list[NotebookNode], originals: Mapping[str, NotebookNode]) -> list[str]:
    """Put back released cells that are gone, and return their names.

    A graded cell comes back as late as it can, in front of the next cell that is there, so that it follows whatever the
    student wrote in its place. The set-up comes back as early as it can. A solution cell does not: its stub would hide
    an answer in another cell.
    """
    names, restored = list(originals), []
    for position, name in enumerate(names):
        here = {cell.metadata.nbgrader.grade_id: index
                for index, cell in enumerate(cells) if "nbgrader" in cell.metadata}
        original = originals[name]
        if name in here or not (_locked(original) or original.metadata.nbgrader.grade):
            continue
        if original.metadata.nbgrader.grade:
            place = next((here[later] for later in names[position:] if later in here), len(cells))
        else:
            place = max((here[earlier] + 1 for earlier in names[:position] if earlier in here), default=0)
        cells.insert(place, MAKERS[original.cell_type](original.source, metadata=dict(original.metadata)))
        restored.append(name)
    return restored


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files of a submission in order; raise at a link."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".ipynb_checkpoints")
        for path in [Path(parent, name) for name in sorted([*folders, *files])]:
            if path.is_symlink():
                raise ValueError(f"{path.relative_to(folder)} is a link, which is not followed")
        yield from (Path(parent, name) for name in sorted(files))


def _bytes(path: Path) -> bytes:
    """Read a plain file. It is opened without following a link, in case it became one a moment ago."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{path.name} is not a plain file")
        if status.st_size > LARGEST:
            raise ValueError(f"{path.name} has {status.st_size / 1e6:.0f} MB, more than {LARGEST / 1e6:.0f}")
        return file.read(LARGEST)


def _notebook(content: bytes) -> NotebookNode:
    """Read a notebook of any version."""
    try:
        with warnings.catch_warnings(action="ignore"):  # what is wrong with ids does not matter: cells get new ones
            notebook = nbformat.reads(content.decode("utf-8-sig"), as_version=4)
        for cell in notebook.cells:
            if cell.cell_type not in MAKERS or not isinstance(cell.source, str) or not isinstance(cell.metadata, dict):
                raise ValueError(f"a cell of type {cell.cell_type!r} without a text")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise ValueError(f"the notebook cannot be read: {reason}") from None
    return notebook


def _is_time(content: bytes) -> bool:
    """Tell whether nbgrader can read a time stamp; it stumbles over any that it cannot."""
    try:
        return parse_utc(content.decode().strip()) is not None
    except (ValueError, OverflowError, IndexError, TypeError, AttributeError):
        return False
