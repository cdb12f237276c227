"""Runs a test cell here, in the grader's process, on a student's names in another one.

A test cell imports everything it uses, so every other name in it is the student's: plain data comes over as it is,
and of everything else there is a proxy. The student's process never sees a line of the test.
"""

import ast
import builtins
import re
import symtable
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.remote import Kernel
from course_utils import checks

HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", re.DOTALL)


class Report:
    """The grader of one test cell: keeps what the cell reports.

    Parameters
    ----------
    kernel : Kernel
        The student's process.
    source, file : str
        The cell's, and the name that it was compiled by.
    seed : str
        What the cell's random inputs are drawn from.
    folder : Path
        Where what was handed in lies, out of the process's reach.
    """

    def __init__(self, kernel: Kernel, source: str, file: str, *, seed: str, folder: Path):
        self.kernel = kernel
        self.visible = _checks(HIDDEN.sub("", source))
        self.hidden = _hidden_lines(source)
        self.file = file
        self.seed = seed
        self.folder = folder
        self.outputs: list[NotebookNode] = []

    def report(self, found: checks.Checks, value: float | None) -> None:
        """Turn the checks of a cell into its outputs, as nbgrader has them from a kernel."""
        data = found.shown()
        data[checks.MIME]["doubts"], self.kernel.doubts = self.kernel.doubts, []
        self.outputs.append(new_output("display_data", data=data))
        if value is not None:
            self.outputs.append(new_output("execute_result", data={"text/plain": repr(value)}, execution_count=None))

    def module(self, name: str) -> Any:
        """Return a module of the student's process."""
        return self.kernel.module(name)

    def cause(self, name: str) -> str:
        """Say why the student has nothing of this name."""
        return self.kernel.broken.get(name, "")

    def examine(self, found: checks.Checks, enhance: Callable[[torch.Tensor], Any], name: object) -> None:
        """Try an enhancer on the held-out clips."""
        from autograder import final  # here: few tests need it
        from autograder.run import PATIENCE

        self.kernel.deadline += PATIENCE
        self.kernel.knows_secrets = True
        try:
            self.kernel.doubts += final.examine(found, enhance, name=name, used=self.kernel.used, folder=self.folder)
        except final.NotTriedError as error:
            self.kernel.doubts.append(f"the enhancer could not be tried: {error}")
            raise AssertionError("Your enhancer could not be tried, which is no fault of yours. Your instructor has "
                                 "been told; you do not need to hand in again.") from None

    def hides(self, check: str) -> bool:
        """Tell whether a check stands in the hidden part of the cell alone."""
        return check not in self.visible

    def runs_hidden(self) -> bool:
        """Tell whether a hidden line of the cell is what runs at this moment."""
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code.co_filename == self.file and frame.f_lineno in self.hidden:
                return True
            frame = frame.f_back
        return False


def run_test(cell: NotebookNode, kernel: Kernel, *, seed: str, folder: Path) -> list[NotebookNode]:
    """Run a test cell and return its outputs.

    Parameters
    ----------
    cell : NotebookNode
        The cell, from the course and not from the student: it runs with all that the grader may do.
    kernel : Kernel
        The student's process, in which his cells have run.
    seed : str
        What the submission's random inputs are drawn from. It stays here.
    folder : Path
        Where what was handed in lies, out of the process's reach.
    """
    name = cell.metadata.nbgrader.grade_id
    report = Report(kernel, cell.source, f"<{name}>", seed=seed, folder=folder)
    torch.set_num_threads(1)  # threads of several graders on one machine wait for each other by spinning
    token = checks.GRADER.set(report)
    kernel.hides = report.runs_hidden
    try:
        kernel.seed(f"{seed}/{name}/kernel")
        torch.set_default_dtype(kernel.default_dtype())  # in one process they would have it in common
        names: dict[str, Any] = {"__name__": name, **kernel.names(sorted(free_names(cell.source)))}
        exec(compile(cell.source, report.file, "exec"), names)
        kernel.settle()
    except (Exception, SystemExit) as error:
        if not report.outputs:
            found = checks.Checks(name, points=cell.metadata.nbgrader.points)
            found.stop(error)
            report.report(found, 0.0)
    finally:
        checks.GRADER.reset(token)
        torch.set_default_dtype(torch.float32)
        kernel.mirrors.clear()
        kernel.hang_up()
    return report.outputs


def _hidden_lines(source: str) -> set[int]:
    """Return the numbers of a cell's hidden lines."""
    return {source.count("\n", 0, found.start()) + 1 + number for found in HIDDEN.finditer(source)
            for number in range(found[0].count("\n") + 1)}


def _checks(source: str) -> set[object]:
    """Return the names of the checks in a test cell."""
    return {node.args[0].value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args
            and isinstance(node.func, ast.Attribute) and node.func.attr == "check"
            and isinstance(node.args[0], ast.Constant)}


def free_names(source: str) -> set[str]:
    """Return the names that a cell uses and neither imports nor defines, but for Python's own."""
    table = symtable.symtable(source, "<cell>", "exec")

    def used(scope: symtable.SymbolTable) -> set[str]:
        names = {symbol.get_name() for symbol in scope.get_symbols()
                 if symbol.is_referenced() and (scope is table or symbol.is_global())}
        return names.union(*(used(child) for child in scope.get_children()))

    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return used(table) - own - set(dir(builtins))
