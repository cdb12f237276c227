"""Which cells of a submission need not run: the lesson's own demos, as long as no graded cell uses what they define.

Pictures and sounds are most of a lesson's time, and nobody looks at them while it is graded. Only cells that the
student left as they were released are left out, and a lesson's tests hold without them (notebooks/README.md). What a
student's own code uses of a demo makes that demo run.
"""

import ast
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

REACHES_EVERYTHING = re.compile(r"globals|locals|vars|eval|exec|get_ipython|In|Out|_+|_i+|_i?\d+|_[ihod]h")
"""Names by which a cell may come at what any other has defined or shown."""


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
    if any(map(REACHES_EVERYTHING.fullmatch, needed)):
        return
    while found := [offer for offer in offers if offer[1] & needed]:
        offers = [offer for offer in offers if not offer[1] & needed]
        needed |= {name for _, _, names in found for name in names}
    for demo, _, _ in offers:
        demo.metadata.tags = [TAG]


def used(cell: NotebookNode) -> set[str]:
    """Return the names that a cell may take from the cells before it.

    A set-up or test cell, which follows the course's rules, takes no name that it defines itself. In anybody else's
    `x = x + 1` it does, and so does his function, which may be called when a demo has given the name another value.
    """
    locked = cell.metadata.get("nbgrader", {}).get("locked", False)
    source = _python(cell)
    tree = ast.parse(source)
    top, *inner = _scopes(_table(source))
    names = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    names = (names | _changed(tree)) - _assigned_first(tree)
    names |= {symbol.get_name() for scope in inner for symbol in scope.get_symbols()
              if symbol.is_global() or (scope.get_type() == "class" and symbol.is_referenced())}
    return {name for name in names - defined(cell) if not REACHES_EVERYTHING.fullmatch(name)} if locked else names


def defined(cell: NotebookNode) -> set[str]:
    """Return the names that a cell leaves behind."""
    top, *inner = _scopes(_table(_python(cell)))
    names = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return names | {symbol.get_name() for scope in inner for symbol in scope.get_symbols()
                    if symbol.is_declared_global() and symbol.is_assigned()}


def _changed(tree: ast.Module) -> set[str]:
    """Return the names that `+=` or `del` changes outside of functions, which takes what they were."""
    found: set[str] = set()
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.AugAssign | ast.Delete):
            targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
            found |= {name.id for target in targets for name in _targets(target)}
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes += ast.iter_child_nodes(node)
    return found


def _assigned_first(tree: ast.Module) -> set[str]:
    """Return the names to which a cell gives a value for certain, and does so before it does anything else with them.

    So nothing that happens in the cell itself depends on what they were before.
    """
    met: set[str] = set()
    first: set[str] = set()
    for statement in tree.body:
        names = {node for node in ast.walk(statement) if isinstance(node, ast.Name)}
        if isinstance(statement, ast.Assign):
            targets = {node for target in statement.targets for node in _targets(target)}
            met |= {node.id for node in names - targets}
            first |= {node.id for node in targets} - met
        met |= {node.id for node in names}
    return first


def _targets(target: ast.expr) -> list[ast.Name]:
    """Return the names in what stands on the left of an assignment that it gives a value to."""
    if isinstance(target, ast.Tuple | ast.List):
        return [name for part in target.elts for name in _targets(part)]
    return [target] if isinstance(target, ast.Name) else []


def _python(cell: NotebookNode) -> str:
    """Return a cell as Python, magics included.

    One that cannot be compiled is empty, and will not run. One that is too long to look into may reach everything.
    """
    source, everything = cell.source, "get_ipython()"
    try:
        if _compiles(source):
            return source
        if len(source) > LONGEST_WITH_MAGICS or len(MAGIC.findall(source)) > MOST_MAGICS:
            return everything
        source = TransformerManager().transform_cell(source)
        return source if _compiles(source) else ""
    except (RuntimeError, MemoryError):
        return everything
    except (SyntaxError, ValueError):
        return ""


def _compiles(source: str) -> bool:
    try:
        return bool(_table(source)) and bool(ast.parse(source))
    except (SyntaxError, ValueError):
        return False


def _table(source: str) -> symtable.SymbolTable:
    """Return the symbols of Python's source."""
    return symtable.symtable(source, "<cell>", "exec")


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """Yield a scope and all scopes within it."""
    yield table
    for child in table.get_children():
        yield from _scopes(child)
