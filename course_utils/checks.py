"""Named checks with points and messages: what a test cell of a lesson is made of.

A test cell is a function of the cell's name and a call of `run`. The function has one `with c.check(...)` block per
thing that it looks at. A block that raises loses its points and keeps its message; the other blocks still run. So one
cell gives part of its points, and every lost point says why::

    from course_utils import checks


    def power_test(c):
        import torch

        with c.check("a value that one can compute by hand", points=1):
            checks.close(power(torch.tensor([3 + 4j])), [25.0], slips={"This is the magnitude: square it.": [5.0]})
        with c.check("any shape", points=1):
            checks.tensor(power(torch.ones(2, 1, 5, 7)), shape=(2, 1, 5, 7))


    checks.run(power_test, points=2)

Everything is inside the function because a test cell shares its names with the student's cells: a variable `rms` out
here would take the place of a student's own function `rms`.

`checks.tensor` and `checks.close` look at a student's values (`course_utils.compare`). Messages name the mistake, never
the expected values. `run` follows nbgrader's rules for partial credit: its value is
None where nothing failed (all points) and the points earned where something did.
"""

import hashlib
import html
import importlib
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import torch
from IPython.display import display

from course_utils.compare import close as close
from course_utils.compare import tensor as tensor
from course_utils.mime import MIME as MIME

REPORTED: list["Checks"] = []
"""The checks of every test cell that ran in this process, for a grader in the same process."""


class Grader(Protocol):
    """Who runs a test cell, if that is not the student: the student's names are then in another process."""

    seed: str

    def report(self, checks: "Checks", value: float | None) -> None:
        """Take the checks of a cell, and what the cell is worth to nbgrader."""

    def module(self, name: str) -> Any:
        """Return a module of the student's process."""

    def hides(self, check: str) -> bool:
        """Tell whether a check of the cell that runs is one that students do not see."""

    def cause(self, name: str) -> str:
        """Say why the student has nothing of this name; empty if nobody knows."""

    def examine(self, checks: "Checks", enhance: Callable[[torch.Tensor], Any], name: object) -> None:
        """Try an enhancer on clips that only the grader has."""


GRADER: ContextVar[Grader | None] = ContextVar("grader", default=None)
"""The grader of the test cell that runs; a variable of the context, since there may be one in every thread."""


@dataclass
class Check:
    """One named check: what it looked at, whether it passed, what it was worth and what to tell the student."""

    name: str
    passed: bool
    points: float
    message: str = ""


class Checks:
    """The checks of one test cell.

    Parameters
    ----------
    name : str
        Name of the test cell, its nbgrader `grade_id`.
    points : float
        What the cell is worth in all, hidden checks included.
    """

    def __init__(self, name: str, *, points: float):
        if not points > 0:
            raise ValueError(f"{name}: points must be above 0, got {points!r}")
        self.name = name
        self.points = float(points)
        self.checks: list[Check] = []
        self.bonus: dict[str, Any] | None = None
        """What earns points beyond the cell's, as plain data; a grader enters it."""

    @contextmanager
    def check(self, name: str, *, points: float, hint: str = "") -> Iterator[None]:
        """Run a block as one named check; an exception in it is the check's message.

        Parameters
        ----------
        name : str
            What is looked at, in words that give nothing away.
        points : float
            What the check is worth.
        hint : str
            Added to the message when the check fails, but for an answer that is not written yet.
        """
        check = Check(name, True, float(points))
        self.checks.append(check)
        try:
            yield
        except (Exception, SystemExit) as error:
            check.passed = False
            grader = GRADER.get()
            quiet = grader is not None and grader.hides(name)
            advice = "" if isinstance(error, NotImplementedError) else hint
            said = _explain(error, quiet=quiet)
            if advice and said[-1:] not in ".!?":
                said += "."  # an exception's own text seldom ends a sentence
            check.message = f"{said} {advice}".strip()

    def generator(self) -> torch.Generator:
        """Return a random generator for this cell's inputs.

        A grader has a seed of its own for every submission, so that nobody can prepare for the numbers. So has plain
        nbgrader, if the environment variable `COURSE_CHECK_SEED` is set. Without either the seed is fixed, and a
        student sees the same result on every run.
        """
        grader = GRADER.get()
        key = f"{grader.seed if grader else os.environ.get('COURSE_CHECK_SEED', '')}/{self.name}".encode()
        seed = int.from_bytes(hashlib.sha256(key).digest()[:6], "big")
        return torch.Generator().manual_seed(seed)

    @property
    def earned(self) -> float:
        """Points of the checks that passed."""
        return sum((check.points for check in self.checks if check.passed), 0.0)

    @property
    def unseen(self) -> float:
        """Points of the checks that are not in this version of the cell: the hidden ones."""
        return self.points - sum(check.points for check in self.checks)

    def as_dict(self) -> dict:
        """Return the cell's part of a submission's record, as plain data."""
        bonus = {} if self.bonus is None else {"bonus": self.bonus}
        return {"name": self.name, "score": self.earned, "max_score": self.points,
                "checks": [asdict(check) for check in self.checks], **bonus}

    def stop(self, error: BaseException) -> None:
        """Enter an exception outside of all checks: it costs what comes after it, and not what was passed before."""
        self.checks.append(Check("the rest of the checks", False, max(self.unseen, 0.0),
                                 f"The test stopped here. {_explain(error, quiet=GRADER.get() is not None)}"))

    def report(self) -> float | None:
        """Show every check with its message, and return None if all passed, else the points earned.

        Raises
        ------
        ValueError
            If the checks are worth more than the cell.
        """
        if self.unseen < -1e-9:
            raise ValueError(f"{self.name}: its checks are worth more than its {self.points:g} points")
        value = None if all(check.passed for check in self.checks) else self.earned
        grader = GRADER.get()
        if grader:
            grader.report(self, value)
        else:
            REPORTED.append(self)
            display(self.shown(), raw=True)
        return value

    def shown(self) -> dict[str, Any]:
        """Return what a report looks like: type -> text, and the checks as data."""
        return {"text/plain": self._text(), "text/html": self._html(), MIME: self.as_dict()}

    def _headline(self) -> str:
        seen = self.points - self.unseen
        line = f"{self.name}: {self.earned:g} of {seen:g} points"
        if self.unseen > 1e-9:
            line += f" here; {self.unseen:g} more from checks that run when your work is graded"
        return line

    def _lines(self) -> Iterator[tuple[Check, str]]:
        said = ""
        for check in self.checks:
            message = "the same as above" if check.message and check.message == said else check.message
            said = check.message or said
            yield check, message

    def _text(self) -> str:
        lines = [self._headline()]
        for check, message in self._lines():
            mark = "passed" if check.passed else "FAILED"
            lines.append(f"  {mark}  {check.name} ({check.points:g})" + (f": {message}" if message else ""))
        return "\n".join(lines)

    def _html(self) -> str:
        rows = []
        for check, message in self._lines():
            # Colour, sign and word: none of them alone tells a colour-blind reader or a screen reader enough.
            colour, mark = ("#00694b", "✓ passed") if check.passed else ("#a83200", "✗ failed")
            rows.append(f"<li style='margin:.2em 0'><b style='color:{colour}'>{mark}</b> "
                        f"{html.escape(check.name)} ({check.points:g})"
                        + (f"<br><span>{html.escape(message)}</span>" if message else "") + "</li>")
        return (f"<div style='border-left:4px solid #888;padding:.2em 1em'><b>{html.escape(self._headline())}</b>"
                f"<ul style='list-style:none;padding-left:0;margin:.3em 0'>{''.join(rows)}</ul></div>")


def run(test: Callable[[Checks], None], *, points: float) -> float | None:
    """Run a test cell's function, show its report and return what nbgrader makes points of.

    Parameters
    ----------
    test : callable
        Function of a `Checks`, named as the test cell.
    points : float
        What the cell is worth in all, hidden checks included.

    Returns
    -------
    float or None
        None if all checks passed, else the points earned.

    Raises
    ------
    ValueError
        If the checks are worth more than the cell.
    """
    c = Checks(test.__name__, points=points)
    try:
        test(c)
    except (Exception, SystemExit) as error:
        c.stop(error)
    return c.report()


def theirs(module: str) -> Any:
    """Return a module as the student's code has it, for objects that must lie in the student's process.

    A test that is graded runs in another process than the student's code. Numbers, containers, arrays, tensors and
    named functions go over by themselves; an optimizer or a data loader for a student's function is made there::

        optimizer = checks.theirs("torch").optim.Adam(model.parameters(), lr=1e-3)
        train(model, optimizer)

    Parameters
    ----------
    module : str
        Name of the module. In a notebook that is not being graded it is the module itself.
    """
    grader = GRADER.get()
    return grader.module(module) if grader else importlib.import_module(module)


def examine(c: Checks, enhance: Callable[[torch.Tensor], Any], *, name: object = "") -> None:
    """Have a grader try an enhancer on clips that nobody else has, for a bonus; without a grader nothing happens.

    Parameters
    ----------
    c : Checks
        The cell's, which gets the bonus.
    enhance : callable
        Noisy to enhanced waveform, (T,) both, at 16 kHz.
    name : object
        By which the student wants to be on the leaderboard: a text, empty to stay anonymous.

    Raises
    ------
    AssertionError
        If the enhancer is refused, or does harm.
    """
    grader = GRADER.get()
    if grader:
        grader.examine(c, enhance, name)


def _explain(error: BaseException, *, quiet: bool = False) -> str:
    """Say in one sentence what an exception inside a check means to a student.

    `quiet` leaves out what a student's own code said: it may be what a hidden check gave to it.
    """
    if getattr(error, "says_it_all", False):  # it is a grader's own, about the student's process
        return str(error)
    if quiet and hasattr(error, "student_line") and str(error):
        where = f" in your line `{error.student_line}`" if error.student_line else " in your code"
        return f"{type(error).__mro__[1].__name__}{where}."
    if isinstance(error, AssertionError):
        return str(error) or "This does not hold for your answer."
    if isinstance(error, NotImplementedError) and not str(error):  # PyTorch's own have a text
        return "Not written yet: replace `raise NotImplementedError` by your answer and run that cell again."
    # The innermost line of the notebook is where a student can do something about it. The first frame is the
    # test cell itself, which must not be quoted.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "ipykernel" in frame.filename]
    own = [frame for frame in frames if frame.filename != frames[0].filename]
    # An exception from a student's process brings the line along.
    line = getattr(error, "student_line", own[-1].line if own else "")
    where = f" in your line `{line}`" if line else ""
    if isinstance(error, UnboundLocalError):
        return f"{error}{where}: give it a value before it is first used, before a loop, say."
    if isinstance(error, NameError):
        grader = GRADER.get()
        cause = grader.cause(error.name) if grader and error.name else ""
        return f"{error}{where}: {cause or 'is there a typing error, and have you run the cells above?'}"
    return f"{type(error).__name__}{where}: {error}"
