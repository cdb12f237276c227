"""Attacks by the form of a notebook: its metadata, its cells, its JSON. Each function changes what is handed in.

It gets the released notebook with a right answer to exercise 1.6 (`cross_term`, 1 point) and returns a notebook, or the
text or the bytes of a file.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass

from attack import at
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course_utils.checks import MIME

EVIL = "<script>attack()</script><img src=x onerror=attack()><a href='javascript:attack()'>x</a>"
FORMS: list["Form"] = []


@dataclass
class Form:
    """A hostile form of a notebook, what its honest part is worth, and how its record may end."""

    name: str
    story: str
    change: Callable[[NotebookNode], NotebookNode | str | bytes]
    honest: float
    status: tuple[str, ...]


def form(*status: str, honest: float = 1.0) -> Callable:
    """Enter a function as an attack; its first line says what it tries."""
    def enter(change: Callable) -> Callable:
        FORMS.append(Form(change.__name__, change.__doc__.splitlines()[0], change, honest, status or ("graded",)))
        return change
    return enter


@form()
def form_tests_tampered(notebook):
    """Delete one test, and change points, kind, name, lock and source of the others."""
    tests = {name: at(notebook, f"{name}_test").cell
             for name in ("frame", "spectrum", "power_db", "istft", "swap_phase")}
    notebook.cells.remove(tests["frame"])
    tests["spectrum"].metadata.nbgrader.update(points=1000, max_score=1000, grade=True, solution=True, locked=False)
    tests["spectrum"].source = "1000.0"
    tests["power_db"].metadata.nbgrader.update(grade=False, locked=False, solution=False)
    tests["istft"].cell_type = "markdown"
    tests["istft"].pop("outputs"), tests["istft"].pop("execution_count")
    tests["swap_phase"].metadata.tags = ["skip-execution", "raises-exception"]
    notebook.cells.append(copy.deepcopy(tests["swap_phase"]))
    notebook.cells[-1].source = "assert True"
    return notebook


@form()
def form_names_exchanged(notebook):
    """Let the answer that is right stand for other exercises, and one's own cell for a test."""
    at(notebook, "why_power").cell.metadata.nbgrader.update(grade=True, points=9, solution=False)
    for name in ("frame", "spectrum", "power_db"):
        copied = copy.deepcopy(at(notebook, "cross_term_test").cell)
        copied.metadata.nbgrader.grade_id = f"{name}_test"
        copied.source = f"from course_utils import checks\ndef {name}_test(c): pass\nchecks.run({name}_test, points=2)"
        notebook.cells.append(copied)
    return notebook


@form()
def form_outputs_forged(notebook):
    """Hand in outputs of the tests that say that all passed."""
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade") and cell.cell_type == "code":
            check = {"name": "all", "passed": True, "points": meta.points, "message": ""}
            report = {"name": meta.grade_id, "score": meta.points, "max_score": meta.points, "checks": [check]}
            cell.outputs = [new_output("display_data", {MIME: report, "text/html": EVIL}),
                            new_output("execute_result", {"text/plain": str(meta.points)}, execution_count=1)]
            cell.execution_count = 1
            cell.metadata.update(execution={"iopub.status.busy": "2020"}, tags=["skip-execution"])
    return notebook


@form()
def form_schema_of_the_future(notebook):
    """Claim versions of nbgrader's metadata and of the format that there are not, with fields of all types."""
    for number, cell in enumerate(notebook.cells):
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(schema_version=[99, "x", None, 1e300, {"a": 1}, -1, True][number % 7],
                                          checksum=["0"], cell_type={"a": 1}, remove=True, original_cell=EVIL)
    notebook.nbformat_minor = 99
    return notebook


@form()
def form_kernel_of_ones_own(notebook):
    """Ask for another kernel and another language, and name files and commands in the metadata."""
    notebook.metadata = NotebookNode(
        kernelspec={"name": "../../../tmp/kernel", "display_name": EVIL, "language": "bash",
                    "argv": ["touch", "/tmp/x"]},
        language_info={"name": "bash", "file_extension": "/../../x", "pygments_lexer": EVIL, "codemirror_mode": []},
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {"x": {"model_name": EVIL}}}},
        title=EVIL, authors=[{"name": EVIL}], course={"methods": {EVIL: "os.system"}}, celltoolbar=EVIL,
        jupytext={"formats": "../../x//py"}, papermill={"parameters": {}}, nbgrader={"grade": 10})
    for cell in notebook.cells:
        cell.metadata.update(slideshow={"slide_type": EVIL}, collapsed=EVIL, jupyter={"source_hidden": EVIL}, name=EVIL)
    return notebook


@form()
def form_cells_with_the_same_id(notebook):
    """Give all cells one id, and ids that are none."""
    for cell in notebook.cells:
        cell.id = "same"
    notebook.cells[0].id, notebook.cells[3].id = EVIL, "x" * 100_000
    return notebook


@form()
def form_a_thousand_cells(notebook):
    """Have 500 cells that do nothing, and as many texts."""
    notebook.cells += [cell for _ in range(500) for cell in (new_code_cell("0"), new_markdown_cell("x"))]
    return notebook


@form("needs_review", honest=0.0)
def form_a_hundred_thousand_cells(notebook):
    """Have more cells than anybody reads."""
    notebook.cells += [new_code_cell("0")] * 100_000
    return notebook


@form("needs_review", honest=0.0)
def form_half_a_character(notebook):
    """Have a cell that cannot be written down."""
    notebook.cells.append(new_code_cell("\udcff"))
    return notebook


@form("needs_review", honest=0.0)
def form_cell_of_twenty_megabytes(notebook):
    """Have a cell of 20 MB."""
    notebook.cells.append(new_code_cell("x = '" + "y" * 20_000_000 + "'"))
    return notebook


@form()
def form_cells_that_nobody_can_read(notebook):
    """Have a cell of 100 000 lines, and some that no compiler can read."""
    notebook.cells += [new_code_cell("\n" * 100_000),
                       new_code_cell("(" * 5000 + ")" * 5000), new_code_cell("a = \0 1"),
                       new_code_cell("x = " + "-" * 100_000 + "1"), new_code_cell("%%no_such_magic\n%" * 500)]
    return notebook


@form()
def form_attachments(notebook):
    """Attach images that are none to the answer in words, and write markup into it."""
    cell = at(notebook, "why_power").cell
    cell.source = (f"{EVIL}\n\n[x](javascript:attack()) ![x](attachment:x.svg) ![x](javascript:attack())\n\n"
                   "<svg onload=attack()><style>@import 'http://attack';</style>"
                   "<iframe src='javascript:attack()'></iframe>"
                   "<object data='data:text/html,<script>attack()</script>'></object><base href='http://attack/'>"
                   "<form action=javascript:attack()><button>x</button></form><meta http-equiv=refresh content=0>"
                   "\n\n$\\href{javascript:attack()}{x}$ <math><mtext><img onerror=attack() src=x></mtext></math>\n\n"
                   "```html\n</code></pre><script>attack()</script>\n```\n\n<x onclick=attack()>"
                   + "[" * 3000 + "> " * 3000)
    cell.attachments = {"x.svg": {"image/svg+xml": EVIL, "text/html": EVIL}, EVIL: {EVIL: EVIL},
                        "../../x.png": {"image/png": "no base64"}, "y": {}}
    notebook.cells.insert(0, new_markdown_cell(cell.source, attachments=cell.attachments))
    return notebook


@form()
def form_metadata_without_end(notebook):
    """Nest the metadata a few hundred levels deep, and use odd keys."""
    deep = {}
    for _ in range(400):
        deep = {"a": deep, "nbgrader": 5}
    notebook.cells[3].metadata.update({"deep": deep, "nbgrader": deep, "": 1, "\ud800": "\udfff", "constructor": 1})
    notebook.metadata.update(deep=deep)
    return notebook


@form("needs_review", honest=0.0)
def form_not_a_notebook(notebook):
    """Hand in a list."""
    return json.dumps([notebook])


@form("needs_review", honest=0.0)
def form_nested_json(notebook):
    """Hand in brackets in brackets, more than any reader can follow."""
    return '{"cells": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}"


@form("needs_review", honest=0.0)
def form_bytes(notebook):
    """Hand in what is no text."""
    return b"\xff\xfe\x00" + bytes(range(256)) * 1000


@form("needs_review", honest=0.0)
def form_unknown_cells(notebook):
    """Have cells of a kind that there is not, and cells that are numbers."""
    text = json.loads(json.dumps(notebook))
    text["cells"] += [{"cell_type": "program", "source": 5, "metadata": None}, 5, None, []]
    return json.dumps(text)


@form("graded", "needs_review", honest=0.0)
def form_empty(notebook):
    """Hand in no cell at all."""
    notebook.cells = []
    return notebook


@form("needs_review", honest=0.0)
def form_huge_numbers(notebook):
    """Hand in numbers that no program likes to read."""
    return '{"nbformat": 1' + "0" * 1_000_000 + ', "nbformat_minor": NaN, "metadata": {}, "cells": Infinity}'


@form("graded", "needs_review", honest=0.0)
def form_keys_twice(notebook):
    """Have every key twice, so that two readers may see two notebooks: the last one counts, and it has no answers."""
    text = json.dumps(notebook)
    return text[:-1] + ', "cells": []}'
