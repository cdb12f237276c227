"""Looks through a lesson's test cells for what cannot be graded from outside a student's process.

A test cell runs where the course is, and the student's names in it are proxies (`autograder.trusted`). So it takes
nothing from the notebook but what the student is asked to write, and gives a student's function nothing that cannot
travel.
"""

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from autograder.lesson import Lesson, assignment_names
from autograder.needed import defined
from autograder.trusted import free_names

REACHING = {"In", "Out", "get_ipython", "globals", "locals", "vars", "eval", "exec", "input", "__builtins__"}
"""Names that look beyond the cell; what they find is not the student's."""
SEEDS = {"torch.manual_seed", "torch.random.manual_seed", "np.random.seed", "numpy.random.seed", "random.seed"}


def problems(lesson: Lesson) -> list[str]:
    """Return what is wrong with a lesson's test cells, one sentence each: which cell, which line, and the way out."""
    taught, other = _defined(lesson)
    found = []
    for name, cell in lesson.cells.items():
        meta = cell.metadata.nbgrader
        if cell.cell_type == "code" and meta.grade and not meta.solution:
            found += [f"{lesson.name}, {name}, line {line}: {text}" for line, text in _look(cell, taught, other)]
    return found


def _defined(lesson: Lesson) -> tuple[set[str], set[str]]:
    """Return the names that the student is asked to write, and those that the other cells of the lesson define."""
    taught: set[str] = set()
    other: set[str] = set()
    tests = [cell.source for cell in lesson.cells.values() if cell.metadata.nbgrader.grade]
    solutions = [cell.source for cell in lesson.cells.values() if cell.metadata.nbgrader.solution]
    for cell in lesson.notebook.cells:
        if cell.cell_type == "code" and cell.source not in tests:
            (taught if cell.source in solutions else other).update(defined(cell))
    return taught, other - taught


def _look(cell: NotebookNode, taught: set[str], other: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line and text of each problem of a test cell."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield error.lineno or 1, f"this is no Python ({error.msg}): a test cell has no magics"
        return
    free = free_names(cell.source)
    own = {name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for name in [node.name]}
    yield from _look_at_names(tree)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 1)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id in REACHING:
                yield line, f"`{node.id}` looks into a notebook that is not there: the test runs in another process"
            elif node.id in free - taught:
                where = "the notebook's own, which a student can change" if node.id in other else "nobody's"
                yield line, (f"`{node.id}` is {where}: import or define it in the test; what the student is asked to "
                             "write are the names that solution cells define")
        for name in _binds(node):
            if name in taught:
                yield line, f"`{name}` takes the place of the student's own: choose another name"
            elif hasattr(builtins, name) and not name.startswith("_"):  # `_` is there after an interactive line
                yield line, f"`{name}` takes the place of Python's own: choose another name"
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            if any(module.split(".")[0] == "autograder" for module in modules):
                yield line, "a student's machine has no autograder: import from course_utils"
            if any(alias.name == "*" for alias in node.names):
                yield line, "import what is used by name: nobody can tell what * defines"
        if isinstance(node, ast.Call):
            yield from _look_at_call(node, taught & free, own)


def _look_at_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the checks whose name another one in the cell has: nobody could tell which of them is the hidden one."""
    met = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "check" \
                and node.args and isinstance(node.args[0], ast.Constant):
            name = node.args[0].value
            if name in met:
                yield node.lineno, f"there is another check {name!r}: records and messages know checks by their names"
            met.add(name)


def _look_at_call(call: ast.Call, students: set[str], own: dict[str, ast.FunctionDef]) -> Iterator[tuple[int, str]]:
    """Yield the problems of one call."""
    if ast.unparse(call.func) in SEEDS:
        yield call.lineno, ("this does not reach the student's code: draw inputs from `c.generator()`, and seed there "
                            'with `checks.theirs("torch").manual_seed(...)`')
    if ast.unparse(call.func) in {"bytes", "bytearray"}:
        yield call.lineno, "of a student's number this makes as many bytes: look at its type instead"
    if _root(call.func) not in students:
        return
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        what = ""
        if isinstance(argument, ast.Lambda):
            what = "a lambda"
        elif isinstance(argument, ast.GeneratorExp):
            what = "a generator"
        elif isinstance(argument, ast.Name) and argument.id in own:
            what = f"the test's own function `{argument.id}`"
        if what:
            yield argument.lineno, (f"{what} cannot be given to a student's function, which runs in another process: "
                                    "give it values, or a function of PyTorch's")


def _root(node: ast.AST) -> str:
    """Return the name at the beginning of an expression such as `name.attribute(...)[0].other`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _binds(node: ast.AST) -> list[str]:
    """Return the names that a node defines in its scope."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Global | ast.Nonlocal):
        return list(node.names)
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        return [node.id]
    if isinstance(node, ast.arg):
        return [node.arg]
    return []


def lint(folder: Path) -> list[str]:
    """Return the problems of all lessons in a folder."""
    return [problem for name in assignment_names(folder) for problem in problems(Lesson(name, folder=folder))]
