"""What a student wrote and saw, taken from the notebook that came in and sorted by exercise.

Cells are matched to the released ones as `stage` does. An exercise reaches from its solution cell to the next: the
cells that the student added there belong to it, and what its demos showed when the notebook was handed in.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.files import in_package
from autograder.media import Medium, media
from autograder.stage import Submission, graded_cells, match_cells, read_notebook

CODE = 60_000
"""Characters of code and words that a page shows."""
MEDIA = 3_400_000
"""Characters that a page's pictures and sounds may take; with the code, a page stays below 5 MB."""
LONGEST_LINE = 300
"""Characters of a line that is highlighted."""
CUT = "\n[The rest is left out: this is very long.]"


@dataclass
class Work:
    """One exercise: the student's code, highlighted, or his words; cells that he added; what his demos showed."""

    code: Markup | None = None
    words: str | None = None
    added: list[Markup] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    more: bool = False


def own_work(notebook: NotebookNode | None, released: NotebookNode, names: Sequence[str],
             quoted: Sequence[str]) -> tuple[dict[str, Work], str]:
    """Return a student's work by exercise, and what went wrong with its pictures and sounds.

    Under "" are the cells that he added in front of the first exercise.

    Parameters
    ----------
    notebook : NotebookNode or None
        What came in.
    released : NotebookNode
        The assignment as it was released.
    names, quoted : sequence of str
        The exercises, and for each what its messages say: lines of code that they quote are marked.
    """
    works = {name: Work() for name in ("", *names)}
    if notebook is None:
        return works, ""
    says = dict(zip(names, quoted, strict=True))
    text = CODE
    shown: dict[str, list[NotebookNode]] = {name: [] for name in works}
    for name, role, cell in sort_cells(notebook, released, names):
        source = cell.source if len(cell.source) <= text else cell.source[:text] + CUT
        if role == "demo":
            shown[name].append(cell)
            continue
        text = max(0, text - len(cell.source))
        if role == "words":
            works[name].words = source
        elif role == "code":
            works[name].code = _highlighted(source, says.get(name, ""))
        else:
            works[name].added.append(_highlighted(source, says.get(name, "")))
            shown[name].append(cell)
    # What the course shows in front of the first exercise is nobody's own.
    found, trouble = media({name: shown[name] for name in names}, room=MEDIA)
    for name in names:
        works[name].media, works[name].more = found[name]
    return works, trouble


def package_code(submission: Submission, quoted: str) -> dict[str, Markup]:
    """Return the code of a student's package as HTML, by file, without its tests; `quoted` is what all messages say."""
    text, found = CODE, {}
    for path, content in submission.files.items():
        if in_package(path) and path.endswith(".py") and "/tests/" not in path and content.strip():
            source = content[:4 * CODE].decode(errors="replace")
            found[path] = _highlighted(source if len(source) <= text else source[:text] + CUT, quoted)
            text = max(0, text - len(source))
    return found


def handed_in(submission: Submission) -> NotebookNode | None:
    """Return the notebook as it was handed in, outputs as they came; None if there is none that can be read."""
    content = submission.files.get(f"{submission.assignment}.ipynb", b"")
    try:
        notebook, raw = read_notebook(content), json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None  # its record says so
    if raw["nbformat"] == 4:
        for cell, came in zip(notebook.cells, raw["cells"], strict=True):
            outputs = came.get("outputs")
            cell.outputs = outputs if isinstance(outputs, list) else []  # a dict would be walked through, however deep
    return notebook


def sort_cells(notebook: NotebookNode, released: NotebookNode,
               names: Sequence[str]) -> Iterator[tuple[str, str, NotebookNode]]:
    """Yield the cells of a notebook that are about a student's own work: exercise, role, cell with outputs.

    The role is "code", "words", "added" (a cell of his own) or "demo" (the lesson's). No test is among them.
    """
    originals = graded_cells(released)
    lesson = {cell.source.strip() for cell in released.cells}
    exercise = ""
    kept, _ = match_cells(notebook.cells, originals)
    for index, cell in enumerate(notebook.cells):
        name = kept.get(index, "")
        meta = originals[name].metadata.nbgrader if name else {}
        if name in names and meta["solution"]:
            exercise = name
            yield exercise, "code" if originals[name].cell_type == "code" else "words", cell
        elif not name and cell.cell_type == "code" and cell.source.strip():
            yield exercise, "demo" if cell.source.strip() in lesson else "added", cell


def _highlighted(source: str, quoted: str) -> Markup:
    """Return code as HTML in which everything is escaped; lines that a message quotes are marked."""
    if max(map(len, source.split("\n"))) > LONGEST_LINE:  # Pygments takes the square of some lines' length
        return escape(source)
    marked = [number for number, line in enumerate(source.split("\n"), 1)
              if line.strip() and f"`{line.strip()}`" in quoted]
    formatter = HtmlFormatter(nowrap=True, classprefix="c-", hl_lines=marked)
    return Markup(highlight(source, PythonLexer(stripnl=False), formatter))
