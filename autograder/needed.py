"""Which cells of a submission need not run: the lesson's own demos, as long as no graded cell uses what they define.

Pictures and sounds are most of a lesson's time, and nobody looks at them while it is graded. Only cells that the
student left as they were released are left out, and a lesson's tests hold without them (notebooks/README.md). What a
student's own code uses of a demo makes that demo run.
"""

import re
import symtable
from collections.abc import Iterator, Sequence

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

TAG = "skip-execution"
"""nbclient leaves a cell with this tag alone."""

MOST_MAGICS = 20
LONGEST_WITH_MAGICS = 20_000
"""Lines and characters beyond which magics are not looked into: IPython begins anew for each of them, for minutes."""

MAGIC = re.compile(r"^[^\S\n]*[%!?,;/]|\?[^\S\n]*$|=[^\S\n]*[%!]", re.MULTILINE)

REACHES_EVERYTHING = {"globals", "locals", "vars", "eval", "exec", "get_ipython"}


def mark_demos(cells: Sequence[NotebookNode], released: NotebookNode) -> None:
    """Tag the cells that need not run, in place.

    Parameters
    ----------
    cells : sequence of NotebookNode
        A submission's cells, those that are graded with nbgrader's metadata.
    released : NotebookNode
        The assignment as it was released.
    """
    as_released = {cell.source.strip() for cell in released.cells if "nbgrader" not in cell.metadata}
    code = [cell for cell in cells if cell.cell_type == "code"]
    demos = [cell for cell in code if "nbgrader" not in cell.metadata and cell.source.strip() in as_released]
    needed = {name for cell in code if cell not in demos for name in used(cell)}
    offers = [(demo, defined(demo), used(demo)) for demo in demos]
    if needed & REACHES_EVERYTHING:
        return
    while found := [offer for offer in offers if offer[1] & needed]:
        offers = [offer for offer in offers if not offer[1] & needed]
        needed |= {name for _, _, names in found for name in names}
    for demo, _, _ in offers:
        demo.metadata.tags = [TAG]


def used(cell: NotebookNode) -> set[str]:
    """Return the names that a cell may take from the cells before it.

    A set-up or test cell, which follows the course's rules, takes no name that it defines itself. In anybody else's
    `x = x + 1` it does.
    """
    locked = cell.metadata.get("nbgrader", {}).get("locked", False)
    top, *inner = _scopes(_table(cell))
    names = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    names |= {symbol.get_name() for scope in inner for symbol in scope.get_symbols() if symbol.is_global()}
    return names - defined(cell) - REACHES_EVERYTHING if locked else names


def defined(cell: NotebookNode) -> set[str]:
    """Return the names that a cell leaves behind."""
    top, *inner = _scopes(_table(cell))
    names = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return names | {symbol.get_name() for scope in inner for symbol in scope.get_symbols()
                    if symbol.is_declared_global() and symbol.is_assigned()}


def _table(cell: NotebookNode) -> symtable.SymbolTable:
    """Return the symbols of a cell, magics included.

    A cell that cannot be compiled has none, and will not run. One of nothing but magics may reach everything.
    """
    try:
        return symtable.symtable(cell.source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    try:
        if len(cell.source) > LONGEST_WITH_MAGICS or len(MAGIC.findall(cell.source)) > MOST_MAGICS:
            return symtable.symtable("get_ipython()", "<cell>", "exec")
        return symtable.symtable(TransformerManager().transform_cell(cell.source), "<cell>", "exec")
    except (SyntaxError, ValueError, RuntimeError, MemoryError):
        return symtable.symtable("", "<cell>", "exec")


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """Yield a scope and all scopes within it."""
    yield table
    for child in table.get_children():
        yield from _scopes(child)
