"""Take a submission in: copy it to a fresh folder, and bring its notebook into a form that nbgrader can grade.

What students do by accident (a cell copied, a test deleted, a notebook saved by another program) must cost neither
them nor the rest of the class anything. What cannot be repaired is refused with a reason, for a person to look at.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.files import comes_along, open_folder, read_folder, student_problem
from autograder.needed import mark_demos

RECEIPT = "intake.json"
"""What the intake wrote down about a submission (`autograder.collect`)."""

OWN = {RECEIPT, "timestamp.txt", "submission_secret.txt"}
"""Files that nbgrader and the intake put beside a notebook."""

MOST_ELEMENTS = 5_000_000
"""Brackets and commas of a notebook's JSON: each may cost a hundred bytes of memory once it is read."""

MOST_CELLS = 2000
LONGEST = 500_000
"""Characters of a notebook's cells, pictures apart."""

ATTACHMENT = re.compile(r"attachment:([^\s)\"'>]+)")
PICTURES = {"image/png", "image/jpeg", "image/gif"}
LARGEST_PICTURES = 5_000_000
"""Characters of all the pictures in a notebook's answers in words."""

MAKERS = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}


@dataclass
class Submission:
    """A submission as it came in, in `<submitted>/<student>/<assignment>`. Files that are left out are empty."""

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
    def stamp(self) -> bytes | None:
        """When it was handed in, as nbgrader writes it; None if nothing readable says so."""
        stamp = self.files.get("timestamp.txt")
        return stamp if stamp is not None and _is_time(stamp) else None

    @property
    def sha256(self) -> str:
        """Hash of what is graded, as it came in: of the notebook, and of the files beside it if there are any.

        When and how it came in is not part of it. Empty if there is no notebook.
        """
        name = f"{self.assignment}.ipynb"
        if name not in self.files:
            return ""
        beside = sorted(path for path in self.files if path != name and comes_along(path))
        hashes = [hashlib.sha256(self.files[path]).hexdigest() for path in [name, *beside]]
        if not beside:
            return hashes[0]
        return hashlib.sha256(json.dumps([*zip([name, *beside], hashes, strict=True)]).encode()).hexdigest()


def take_in(folder: Path) -> Submission:
    """Read a submission's files, following no link.

    Raises
    ------
    ValueError
        If it holds a link, something that is no file, or more than anybody hands in.
    """
    def wanted(path: str) -> bool:
        return path == f"{folder.name}.ipynb" or path in OWN or comes_along(path)

    handle = open_folder(folder.parent.parent, folder.parent.name, folder.name)
    found = read_folder(handle, wanted, reserved=False)
    if found.reasons:
        raise ValueError(found.reasons[0])
    return Submission(folder, dict(sorted({**found.files, **dict.fromkeys(found.left_out, b"")}.items())))


def stage(submission: Submission, target: Path, released: NotebookNode) -> list[str]:
    """Write what can be graded of a submission to a fresh folder, and return flags that say what was changed.

    Raises
    ------
    ValueError
        With the reason why it needs a person: no notebook, or not one that can be read.
    """
    if problem := student_problem(submission.student):
        raise ValueError(f"nbgrader cannot grade a student of this name: {problem}")
    name = f"{submission.assignment}.ipynb"
    if name not in submission.files:
        found = ", ".join(path for path in submission.files if path.endswith(".ipynb"))
        raise ValueError(f"there is no {name}; " + (f"found: {found}" if found else "no notebook at all"))
    notebook, flags = normalise(read_notebook(submission.files[name]), released)
    target.mkdir(parents=True)
    try:
        (target / name).write_text(nbformat.writes(notebook), encoding="utf-8")
    except (UnicodeError, nbformat.ValidationError) as error:
        raise ValueError(f"{name} cannot be read as a notebook: {error}") from None
    for path, content in submission.files.items():
        if (path == "timestamp.txt" and submission.stamp is not None) or comes_along(path):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
        elif path not in (name, RECEIPT, "submission_secret.txt"):
            flags.append(f"left out: {path}")
    return flags + _notes(submission.files.get(RECEIPT, b""))


def normalise(notebook: NotebookNode, released: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Return a submission's notebook with the released cells' metadata, each cell once, and flags for what was changed.

    Outputs, tags, kernels and names of cells are nobody's answer: they are left behind. Of a cell that was copied, the
    last one that was worked on counts, because that is what the student saw at the end; the others stay as
    plain cells and run. A test cell or a set-up cell that is gone comes back.
    """
    originals = graded_cells(released)
    kept, copied = match_cells(notebook.cells, originals)
    cells, edited, extended = [], [], []
    for index, cell in enumerate(notebook.cells):
        name = kept.get(index)
        metadata = {"nbgrader": dict(originals[name].metadata.nbgrader)} if name else {}
        kind = originals[name].cell_type if name else cell.cell_type
        new = MAKERS[kind](cell.source, metadata=metadata)
        if kind == "markdown" and cell.get("attachments"):
            new.attachments = cell.attachments  # an image in an answer in words
        if kind == "markdown":
            new.source = _without_missing(new.source, cell.get("attachments", {}))
        if name and _locked(originals[name]) and cell.source.rstrip() != originals[name].source.rstrip():
            if originals[name].metadata.nbgrader.grade:
                edited.append(name)
            else:  # a set-up with an import more, on which answers may stand: it runs behind the lesson's
                extended.append(name)
                cells.append(new)
                new = MAKERS[kind](cell.source)
        cells.append(new)
    restored = _restore(cells, originals)
    mark_demos(cells, released)
    metadata = {key: released.metadata[key] for key in ("kernelspec", "language_info") if key in released.metadata}
    changes = {"copied": copied, "edit undone": edited, "extended": extended, "restored": restored}
    flags = [f"{what}: {', '.join(names)}" for what, names in changes.items() if names]
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata), flags


def graded_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells of a release that nbgrader knows, by name and in order."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def worth(released: NotebookNode) -> float:
    """Return the points of a release."""
    return float(sum(cell.metadata.nbgrader.points for cell in graded_cells(released).values()
                     if cell.metadata.nbgrader.grade))


def match_cells(cells: list[NotebookNode], originals: Mapping[str, NotebookNode]) -> tuple[dict[int, str], list[str]]:
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


def _notes(receipt: bytes) -> list[str]:
    """Return what the intake had to say about a submission."""
    try:
        notes = json.loads(receipt)["notes"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [note[:300] for note in notes[:30] if isinstance(note, str)] if isinstance(notes, list) else []


def read_notebook(content: bytes) -> NotebookNode:
    """Read the cells of a notebook of any version: type, source, nbgrader's name and pictures, and nothing else."""
    if len(content) > MOST_ELEMENTS and sum(content.count(sign) for sign in (b"{", b"[", b",")) > MOST_ELEMENTS:
        raise ValueError("the notebook cannot be read: it has too many parts; clear its outputs and save it again")
    try:
        loaded = json.loads(content.decode("utf-8-sig"))
        major = loaded["nbformat"]
        if major in (1, 2, 3):
            loaded = _from_old(loaded)
        elif major != 4:
            raise ValueError(f"it is of version {major!r:.20}")
        if len(loaded["cells"]) > MOST_CELLS:
            raise ValueError(f"it has more than {MOST_CELLS} cells")
        cells = [_cell(cell) for cell in loaded["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise ValueError(f"the notebook cannot be read: {reason}") from None
    if sum(len(cell.source) for cell in cells) > LONGEST:
        raise ValueError(f"the notebook cannot be read: its cells have more than {LONGEST} characters")
    if sum(len(text) for cell in cells for picture in cell.attachments.values() for text in picture.values()
           ) > LARGEST_PICTURES:
        raise ValueError(f"the notebook cannot be read: its pictures have more than {LARGEST_PICTURES / 1e6:.0f} MB")
    return NotebookNode(cells=cells)


def _cell(cell: dict[str, Any]) -> NotebookNode:
    """Return what counts of a cell, whatever else is in it."""
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if cell["cell_type"] not in MAKERS or not isinstance(source, str) or not isinstance(cell["metadata"], dict):
        raise ValueError(f"a cell of type {cell['cell_type']!r:.40} without a text")
    source.encode()  # half a character cannot be written to any file
    nbgrader = cell["metadata"].get("nbgrader")
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    # As a released cell has it; and a database takes no NUL.
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return NotebookNode(
        cell_type=cell["cell_type"], source=source,
        metadata=NotebookNode({"nbgrader": NotebookNode(grade_id=name)} if isinstance(name, str) else {}),
        attachments=NotebookNode(_pictures(cell.get("attachments"))))


def _without_missing(source: str, pictures: Mapping[str, Any]) -> str:
    """Change links to pictures that did not come along: a page with one could not be shown at all."""
    return ATTACHMENT.sub(lambda link: link[0] if link[1] in pictures else "missing-picture", source)


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """Return the pictures among the attachments of a cell."""
    found = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        picture = {kind: data for kind, data in bundle.items() if kind in PICTURES and isinstance(data, str)
                   } if isinstance(bundle, dict) else {}
        if picture and name.isprintable():
            found[name] = picture
    return found


def _from_old(loaded: dict[str, Any]) -> NotebookNode:
    """Bring a notebook of version 1 to 3 to the present one, without its outputs."""
    for sheet in loaded.get("worksheets", [loaded]):
        for cell in sheet["cells"]:
            cell["outputs"] = []
    try:
        return nbformat.convert(nbformat.from_dict(loaded), 4)
    except Exception as error:  # what is wrong with such a file comes as anything
        raise ValueError(f"{type(error).__name__}: {error}") from None


def _is_time(content: bytes) -> bool:
    """Tell whether nbgrader can read a time stamp; it stumbles over any that it cannot."""
    try:
        return parse_utc(content.decode().strip()) is not None
    except (ValueError, OverflowError, IndexError, TypeError, AttributeError):
        return False
