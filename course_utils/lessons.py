"""A student's lessons on the hub: what there is, what comes next, and mended versions that cost no work.

A release is stamped: each cell and each further file knows what it was like then. So it is certain what a student has
changed, which stays, whatever the mended version has in its place; the rest is taken over.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbformat import NotebookNode

KEY = "release"
"""The key of the stamps in a notebook's metadata, and in a cell's."""
EARLIER = "earlier"
"""The folder that keeps notebooks as they were before an update."""


def show(folder: str | Path = ".") -> Any:
    """Show the lessons: which are there, which are fetched, handed in, mended or have feedback, and what comes next.

    Parameters
    ----------
    folder : path
        Where lessons are fetched to.

    Raises
    ------
    ValueError
        If there is no nbgrader exchange to ask.
    """
    from IPython.display import HTML

    with _exchange(Path(folder)) as exchange:
        handed_in = {one["assignment_id"]: one for one in exchange.list(cached=True)}
        rows = []
        for lesson in exchange.list():
            name = lesson["assignment_id"]
            rows.append((name, *_state(Path(folder), name, lesson["status"] == "fetched", handed_in.get(name),
                                       exchange)))
    if not rows:
        return HTML("<p>There is no lesson for you yet. Come back later, "
                    "or ask whether you are on the course's list.</p>")
    lines = [f"<tr>{''.join(f'<td style=text-align:left>{part}</td>' for part in row)}</tr>" for row in rows]
    return HTML("<table><thead><tr><th style=text-align:left>lesson</th><th style=text-align:left>state</th>"
                f"<th style=text-align:left>next</th></tr></thead><tbody>{''.join(lines)}</tbody></table>")


def update(folder: str | Path = ".") -> None:
    """Take over mended versions of the lessons that are here, and say what was done.

    What you have written stays: cells that you have changed, cells and files of your own. A notebook as it was is kept
    in the folder `earlier`.

    Parameters
    ----------
    folder : path
        Where lessons are fetched to.

    Raises
    ------
    ValueError
        If there is no nbgrader exchange to ask.
    """
    folder = Path(folder)
    done = 0
    with _exchange(folder) as exchange:
        for lesson in exchange.list():
            name = lesson["assignment_id"]
            if lesson["status"] != "fetched":
                continue
            released = exchange.fetch(name)
            if version(released / f"{name}.ipynb") == version(folder / name / f"{name}.ipynb"):
                continue
            done += 1
            print(f"{name}: the mended version is here.", *merge(folder / name, released, folder / EARLIER), sep="\n  ")
    print("Close notebooks that are open, and open them again." if done else "Nothing has been mended.")


def stamp(released: Path) -> None:
    """Write into a release what each of its cells and files is like.

    Parameters
    ----------
    released : Path
        A folder with a notebook of its name.
    """
    path = released / f"{released.name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata[KEY] = _hash(cell.source)
    files = {str(file.relative_to(released)): _hash(file.read_bytes())
             for file in sorted(released.rglob("*")) if file.is_file() and file != path}
    about = json.dumps([[cell.metadata, cell.source] for cell in notebook.cells] + [files], sort_keys=True)
    notebook.metadata[KEY] = {"version": _hash(about), "files": files}
    nbformat.write(notebook, path)


def version(path: Path) -> str:
    """Return which release a notebook comes from; nothing if it does not say."""
    try:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"][KEY]
        return str(about["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def merge(mine: Path, released: Path, earlier: Path) -> list[str]:
    """Take a release over into a folder in which somebody has worked, and return what to say of it.

    Parameters
    ----------
    mine : Path
        The lesson's folder.
    released : Path
        The mended release.
    earlier : Path
        Where the notebook as it was is kept.
    """
    said = []
    name = f"{released.name}.ipynb"
    stamps: dict[str, str] = {}
    if (mine / name).is_file():
        old = nbformat.read(mine / name, as_version=4)
        about = old.metadata.get(KEY, {})
        stamps = about.get("files", {}) if isinstance(about, dict) else {}
        kept = earlier / f"{released.name}_{datetime.now():%Y-%m-%d_%H%M%S}.ipynb"
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(mine / name, kept)
        said.append(f"your notebook as it was: {kept}")
        new, yours = merge_notebooks(old, nbformat.read(released / name, as_version=4))
        said += [f"your version stays, and there is a new one: cell {cell}" for cell in yours]
        written = mine / f".{name}.new"
        nbformat.write(new, written)
        os.replace(written, mine / name)
    for path in sorted(path for path in released.rglob("*") if path.is_file() and path.name != name):
        file = str(path.relative_to(released))
        target, content = mine / file, path.read_bytes()
        has = _hash(target.read_bytes()) if target.is_file() else ""
        if has and has not in (_hash(content), stamps.get(file)):
            if stamps.get(file) == _hash(content):  # only he has changed it
                continue
            target = target.with_name(f"{target.stem}_mended{target.suffix}")
            said.append(f"your {file} stays; the new one is {target.name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return said


def merge_notebooks(mine: NotebookNode, new: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Return a mended notebook with somebody's work in it, and the names of cells that both have changed.

    Cells that nobody but the course may change come from the mended one; so do cells that are as they were released. A
    cell that somebody has changed stays, and so do cells of his own, behind the cell that they were behind.

    Parameters
    ----------
    mine : NotebookNode
        The notebook with the work.
    new : NotebookNode
        The mended release. It becomes the result.
    """
    theirs = {_name(cell): cell for cell in new.cells}
    own: dict[str, list[NotebookNode]] = {}
    yours, before = [], ""
    for cell in mine.cells:
        name = _name(cell)
        mended = theirs.get(name)
        if mended is None:
            changed = cell.metadata.get(KEY) != _hash(cell.source)
            if changed and not cell.metadata.get("nbgrader", {}).get("locked"):
                own.setdefault(before, []).append(cell)
            continue
        before = name
        if cell.source == mended.source:
            mended.update({key: cell[key] for key in ("outputs", "execution_count") if key in cell})
        elif not mended.metadata.get("nbgrader", {}).get("locked") and cell.metadata.get(KEY) != _hash(cell.source):
            if cell.metadata.get(KEY) != mended.metadata.get(KEY):
                yours.append(name)
            mended.update({key: cell[key] for key in ("source", "outputs", "execution_count") if key in cell})
    cells = list(own.get("", []))
    for cell in new.cells:
        cells += [cell, *own.get(_name(cell), [])]
    new.cells = cells
    return new, yours


def _name(cell: NotebookNode) -> str:
    """Return what a cell is known by: the name that nbgrader has for it, else its number."""
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "")


def _hash(content: str | bytes) -> str:
    content = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(content).hexdigest()[:16]


def _state(folder: Path, name: str, fetched: bool, handed_in: dict | None, exchange: "_Exchange") -> tuple[str, str]:
    """Return a lesson's state, and what comes next, as HTML."""
    notebook = f"{name}/{name}.ipynb"
    if not fetched:
        return "not fetched", "menu <i>Nbgrader</i>, <i>Assignment List</i>, <i>Fetch</i>"
    link = f'<a href="{escape(notebook)}">open it</a>'
    state = "fetched"
    if handed_in:
        last = max(handed_in["submissions"], key=lambda one: one["timestamp"])
        state = f"handed in {escape(last['timestamp'][:16])}"
        if last.get("has_local_feedback"):
            page = Path(last["local_feedback_path"]).relative_to(folder.resolve()) / f"{name}.html"
            return state, f'<a href="{escape(str(page))}">read your feedback</a>'
        if last.get("has_exchange_feedback"):
            return state, "there is feedback: <i>Assignment List</i>, <i>Fetch Feedback</i>"
        link = f"wait for feedback, or {link} and hand in again"
    else:
        link = f"{link}, validate and submit it"
    if version(exchange.fetch(name) / f"{name}.ipynb") != version(folder / notebook):
        link = f"mended: run the next cell; then {link}"
    return state, link


class _Exchange:
    """nbgrader's exchange, as its configuration has it: a shared folder, or ngshare."""

    def __init__(self, config: Any, scratch: Path):
        self.config, self.scratch = config, scratch

    def list(self, *, cached: bool = False) -> list[dict]:
        """Return the lessons that are released; those that were handed in, if `cached`."""
        return sorted(self._ask("List", cached=cached), key=lambda one: one["assignment_id"])

    def fetch(self, name: str) -> Path:
        """Return a folder with a copy of a release."""
        if not (self.scratch / name).is_dir():
            self._ask("FetchAssignment", name, assignment_dir=str(self.scratch))
        return self.scratch / name

    def _ask(self, what: str, assignment: str = "", **options: Any) -> Any:
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange import ExchangeFactory

        factory = ExchangeFactory(config=self.config)
        made = getattr(factory, what)(
            coursedir=CourseDirectory(config=self.config, assignment_id=assignment),
            authenticator=Authenticator(config=self.config), config=self.config)
        for name, value in options.items():
            setattr(made, name, value)
        return made.start()


@contextmanager
def _exchange(folder: Path) -> Iterator[_Exchange]:
    """Reach the exchange; while this lasts, nbgrader's own words go nowhere."""
    try:
        from nbgrader.apps import NbGrader
        from nbgrader.exchange import ExchangeError
    except ModuleNotFoundError:
        raise ValueError("there is no nbgrader here: fetch lessons, and hand them in, on the course's server") from None
    with TemporaryDirectory() as scratch, open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        app = NbGrader()
        app.log_level = 50
        app.load_config_file()
        app.config.Exchange.assignment_dir = str(folder.resolve())
        try:
            yield _Exchange(app.config, Path(scratch))
        except ExchangeError as error:
            raise ValueError(f"the exchange cannot be reached: {error}") from None
