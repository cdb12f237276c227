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

Messages name the mistake, never the expected values. `run` follows nbgrader's rules for partial credit: its value is
None where nothing failed (all points) and the points earned where something did.
"""

import hashlib
import html
import importlib
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np
import torch
from IPython.display import display

MIME = "application/vnd.speech-enhancement.checks+json"
"""Type of the output from which a grader reads the checks of a cell."""
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
            Added to the message when the check fails.
        """
        check = Check(name, True, float(points))
        self.checks.append(check)
        try:
            yield
        except (Exception, SystemExit) as error:
            check.passed = False
            grader = GRADER.get()
            quiet = grader is not None and grader.hides(name)
            check.message = f"{_explain(error, quiet=quiet)} {hint}".strip()

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
        return {"name": self.name, "score": self.earned, "max_score": self.points,
                "checks": [asdict(check) for check in self.checks]}

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
    if isinstance(error, NameError):
        grader = GRADER.get()
        cause = grader.cause(error.name) if grader and error.name else ""
        return f"{error}: {cause or 'is there a typing error, and have you run the cells above?'}"
    # The innermost line of the notebook is where a student can do something about it. The first frame is the
    # test cell itself, which must not be quoted.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "ipykernel" in frame.filename]
    own = [frame for frame in frames if frame.filename != frames[0].filename]
    # An exception from a student's process brings the line along.
    line = getattr(error, "student_line", own[-1].line if own else "")
    where = f" in your line `{line}`" if line else ""
    return f"{type(error).__name__}{where}: {error}"


def tensor(value: object, *, shape: tuple[int, ...] | None = None, dtype: torch.dtype | None = None,
           what: str = "the result") -> torch.Tensor:
    """Assert that a student's value is a finite tensor of the right shape and type, and return it.

    Parameters
    ----------
    value : object
        What the student's function returned.
    shape : tuple of int, optional
        The shape that it must have.
    dtype : torch.dtype, optional
        The type that it must have.
    what : str
        How a message calls the value.

    Raises
    ------
    AssertionError
        With a message for the student.
    """
    if value is None:
        raise AssertionError(f"{what} is None: does your function end with `return`?")
    # The exact type: a subclass could answer every question as it likes.
    if not isinstance(value, torch.Tensor) or type(value) not in (torch.Tensor, torch.nn.Parameter):
        raise AssertionError(f"{what} is of type {type(value).__name__}, expected a torch.Tensor.")
    if shape is not None and tuple(value.shape) != tuple(shape):
        raise AssertionError(f"{what} has shape {tuple(value.shape)}, expected {tuple(shape)}.")
    if dtype is not None and value.dtype != dtype:
        raise AssertionError(f"{what} is of type {value.dtype}, expected {dtype}.")
    if value.is_floating_point() or value.is_complex():
        bad = int((~torch.isfinite(value)).sum())
        if bad:
            raise AssertionError(f"{what} has {bad} values that are NaN or infinite. Is there a division by 0, "
                                 "or a logarithm of 0?")
    return value.detach().clone()  # while a model is graded, a parameter of it changes here as it does there


def close(actual: object, expected: object, *, atol: float = 1e-5, rtol: float = 1e-4,
          slips: Mapping[str, object] | None = None, what: str = "the result") -> None:
    """Assert that a student's value equals the expected one, and name the slip if it does not.

    Parameters
    ----------
    actual : tensor, array or number
        What the student's function returned.
    expected : tensor, array or number
        What it should be. It is never printed.
    atol, rtol : float
        Absolute and relative tolerance, as in `torch.allclose`.
    slips : mapping of str to tensor, array or number, optional
        What usual mistakes give: message -> value.
    what : str
        How a message calls the value.

    Raises
    ------
    AssertionError
        With a message for the student.
    """
    if actual is None:
        raise AssertionError(f"{what} is None: does your function end with `return`?")
    if type(actual) not in (torch.Tensor, torch.nn.Parameter, np.ndarray, float, int) \
            and type(actual) not in np.sctypeDict.values():
        raise AssertionError(f"{what} is of type {type(actual).__name__}, expected numbers.")
    got, want = _wide(actual), _wide(expected)
    kind_is_right = _is_complex(expected) or not _is_complex(actual)

    def same(other: torch.Tensor) -> bool:
        # Real and imaginary parts on their own, because an infinite complex number equals nothing.
        return got.shape == other.shape and torch.allclose(
            torch.view_as_real(got), torch.view_as_real(other.resolve_conj()), atol=atol, rtol=rtol, equal_nan=True)

    if same(want) and kind_is_right:
        return
    for message, wrong in (slips or {}).items():
        if same(_wide(wrong)):
            raise AssertionError(message)
    if not kind_is_right:
        raise AssertionError(f"{what} is complex, expected real numbers.")
    if got.shape != want.shape:
        raise AssertionError(f"{what} has shape {tuple(got.shape)}, expected {tuple(want.shape)}.")
    raise AssertionError(_difference(got, want, what=what, same=same))


def _is_complex(value: object) -> bool:
    return value.is_complex() if isinstance(value, torch.Tensor) else np.iscomplexobj(np.asarray(value))


def _wide(value: object) -> torch.Tensor:
    """Return numbers as one complex tensor of double precision, so that any two can be compared."""
    if isinstance(value, torch.Tensor):
        value = value.detach().cpu().resolve_conj().resolve_neg().numpy()
    return torch.as_tensor(np.asarray(value), dtype=torch.complex128)


def _difference(got: torch.Tensor, want: torch.Tensor, *, what: str, same) -> str:
    """Describe how two tensors of one shape differ, without telling the expected values."""
    bad = int((~torch.isfinite(got) & torch.isfinite(want)).sum())
    if bad:
        return f"{what} has {bad} values that are NaN or infinite. Is there a division by 0, or a logarithm of 0?"
    power = (want.abs() ** 2).sum()
    if got.numel() > 1 and 0 < power < torch.inf:
        gain = (want.conj() * got).sum() / power
        if gain.abs() > 1e-4 and same(gain * want):
            factor = f"{gain.real:.4g}" if gain.imag.abs() < 1e-6 else f"{gain:.4g}"
            return f"{what} is right but for a factor: it is {factor} times what it should be."
        shift = (got - want).mean()
        if shift.imag == 0 and same(want + shift):
            return f"{what} is right but for a constant: it is {shift.real:+.3g} away from what it should be."
        if same(want.conj()):
            return f"{what} is the complex conjugate of what it should be."
        if torch.all(got == got.flatten()[0]):
            return f"{what} is the same number everywhere, whatever the input."
    wrong = ~torch.isclose(got, want, atol=1e-5, rtol=1e-4)
    if got.numel() == 1:
        return f"{what} is {got.real.item():.4g}, which is not the value expected here."
    return f"{what} has the right shape, but {100 * wrong.double().mean().item():.0f} % of its values are wrong."
