"""Where the time of a submission goes: part of `make bench-all`.

The same submissions are graded with and without sandbox and trusted checks, in turn, by one process, which takes
the time of what the pipeline consists of. Without means: the kernel python3 in place of the sandbox, and the test cells
among the student's in it, as in plain nbgrader; all else is the same. The difference is what the two cost.
"""

import json
import os
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from operator import itemgetter
from statistics import mean, median
from time import perf_counter
from unittest.mock import patch

from nbformat import NotebookNode
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, OverwriteCells

from autograder import task
from autograder.course import Course
from autograder.grade import find_submissions
from autograder.pack import make_pack
from autograder.record import Record
from autograder.run import Run, SaveGrades
from autograder.stage import take_in

PARTS = (
    (task, "stage", "staging"),
    (Autograde, "init_assignment", "gradebook"),
    (OverwriteCells, "preprocess", "gradebook"),
    (SaveGrades, "preprocess", "gradebook"),
    (Run, "start_new_kernel", "start of the kernel"),
    (Run, "start_new_kernel_client", "start of the kernel"),
    (Run, "_cleanup_kernel", "end of the kernel"),
)
"""Functions, and what the time in them counts as. That in cells counts by the cell."""
REST = "nbgrader's other steps"


@dataclass
class Breakdown:
    """Seconds of each submission by what was done, with sandbox and trusted checks and without, and what came out."""

    trusted: list[Counter[str]] = field(default_factory=list)
    bare: list[Counter[str]] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    peak_mb: float = 0.0
    """The most memory of the process that graded."""

    @property
    def overhead(self) -> float:
        """Seconds that sandbox and trusted checks cost a submission: the median of the differences."""
        return median(one.total() - other.total() for one, other in zip(self.trusted, self.bare, strict=True))

    def show(self) -> None:
        """Print a table."""
        print(f"\n  {'seconds of a submission':24} {'sandbox, trusted checks':>24} {'neither':>8}")
        kinds = sorted({kind for seconds in (*self.trusted, *self.bare) for kind in seconds},
                       key=lambda kind: -mean(seconds[kind] for seconds in self.trusted))
        for kind in kinds:
            self._line(kind, itemgetter(kind))
        self._line("all", Counter.total)
        print(f"  sandbox and trusted checks cost {self.overhead:.2f} s a submission (median of {len(self.bare)})\n"
              f"  the process that grades took {self.peak_mb:.0f} MB of memory at most, the kernel not counted")

    def _line(self, name: str, of: Callable[[Counter[str]], float]) -> None:
        print(f"  {name:24} {mean(map(of, self.trusted)):24.2f} {mean(map(of, self.bare)):8.2f}")


def breakdown(root: str, assignment: str, count: int) -> Breakdown:
    """Grade the first submissions of a course, each with and without sandbox and trusted checks."""
    os.environ["COURSE_ROOT"] = root
    course = Course.load()
    found = Breakdown()
    for number, path in enumerate(find_submissions(course.submitted, assignment)[:count + 1]):
        submission = take_in(path)
        job: task.Job = {"student": submission.student, "files": submission.files, "sha256": submission.sha256,
                         "seed": course.seed(assignment, submission.student, submission.sha256)}
        for results, sandbox in ((found.trusted, True), (found.bare, False)):
            pack = make_pack(course, assignment, sandbox=sandbox, elsewhere=False)
            with nullcontext() if sandbox else tests_in_the_kernel(), watched() as watch:
                outcome = json.loads(task.grade_submission(pack, job))
            if number:  # the first brings everything into memory
                results.append(watch.seconds)
                found.records.append(outcome["record"])
    found.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return found


@contextmanager
def tests_in_the_kernel() -> Iterator[None]:
    """Have test cells run in the kernel like all others, and nothing made ready there for calls from outside."""
    with ExitStack() as stack:
        for name in ("create_kernel_manager", "start_new_kernel_client", "process_message", "preprocess_cell"):
            stack.enter_context(patch.object(Run, name, getattr(Execute, name)))
        yield


class Stopwatch:
    """Adds up seconds by what is being done; what is done within something else counts for itself only."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._doing, self._since = [REST], perf_counter()

    def turn(self) -> None:
        """Add the time since the last turn to what is being done."""
        now = perf_counter()
        self.seconds[self._doing[-1]] += now - self._since  # type: ignore[assignment]  # a Counter of floats
        self._since = now

    def timed(self, function: Callable, what: Callable[..., str]) -> Callable:
        """Return a function with its time taken; `what` says of its arguments what it does."""
        def run(*arguments, **options):
            self.turn()
            self._doing.append(what(*arguments))
            try:
                return function(*arguments, **options)
            finally:
                self.turn()
                self._doing.pop()

        return run


@contextmanager
def watched() -> Iterator[Stopwatch]:
    """Take the time of what the grading of a submission consists of."""
    watch = Stopwatch()
    with ExitStack() as stack:
        for owner, name, what in PARTS:
            timed = watch.timed(getattr(owner, name), lambda *_, what=what: what)
            stack.enter_context(patch.object(owner, name, timed))
        stack.enter_context(patch.object(Run, "preprocess_cell", watch.timed(Run.preprocess_cell, kind_of_cell)))
        yield watch
        watch.turn()


def kind_of_cell(_: object, cell: NotebookNode, *__: object) -> str:
    """Return what running a cell counts as."""
    meta = cell.metadata.get("nbgrader", {})
    if meta.get("grade") and not meta.get("solution"):
        return "test cells"
    return "set-up cell (imports)" if meta.get("grade_id") == "setup" else "student's cells"
