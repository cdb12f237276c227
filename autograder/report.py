"""What the class understood, as one HTML page that needs nothing from anywhere else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.record import GRADED, HAND_GRADING, Record

BINS = 10
MISTAKES = 3


@dataclass
class Exercise:
    """How a class did in one graded cell: `mistakes` are the most common messages and how many students got them."""

    name: str
    max_score: float
    mean: float
    full: int
    count: int
    waiting: int
    mistakes: list[tuple[str, int]]


@dataclass
class Assignment:
    """How a class did in one assignment. `bins` counts submissions from 0 to 100 % of the points in steps of ten."""

    name: str
    submissions: int
    graded: int
    max_score: float
    mean: float
    median: float
    bins: list[int]
    seconds: float
    slowest: float
    exercises: list[Exercise]


def write_report(records: Sequence[Record], path: Path) -> None:
    """Write the report on records to an HTML file."""
    # Names, messages and flags are students' words: everything is escaped.
    environment = Environment(loader=PackageLoader("autograder"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    assignments = sorted({record["assignment"] for record in records})
    page = environment.get_template("report.html").render(
        assignments=[summary([record for record in records if record["assignment"] == name]) for name in assignments],
        students=sorted({record["student"] for record in records}),
        by_student={(record["student"], record["assignment"]): record for record in records},
        flagged=[record for record in records if record["flags"]])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def summary(records: Sequence[Record]) -> Assignment:
    """Sum up the records of one assignment. Means are over graded submissions; one that needs review is not."""
    graded = [record for record in records if record["status"] == GRADED]
    scores = [record["score"] for record in graded] or [0.0]
    seconds = [record["seconds"] for record in records]
    bins = Counter(_bin(record) for record in graded)
    names = dict.fromkeys(cell["name"] for record in graded for cell in record["cells"])
    return Assignment(records[0]["assignment"], len(records), len(graded), records[0]["max_score"], fmean(scores),
                      median(scores), [bins[index] for index in range(BINS)], median(seconds), max(seconds),
                      [_exercise(name, graded) for name in names])


def _bin(record: Record) -> int:
    """Return in which tenth of the points a record lies."""
    share = record["score"] / record["max_score"] if record["max_score"] else 0.0
    return min(int(share * BINS), BINS - 1)


def _exercise(name: str, records: Sequence[Record]) -> Exercise:
    """Sum up one graded cell over the records of an assignment."""
    cells = [cell for record in records for cell in record["cells"] if cell["name"] == name]
    scores = [cell["score"] for cell in cells]
    top = cells[0]["max_score"]
    # A student whom one mistake costs three checks made it once.
    messages = Counter(text for cell in cells for text in {
        check["message"] or f"failed: {check['name']}" for check in cell["checks"] if not check["passed"]})
    mistakes = sorted(messages.items(), key=lambda item: (-item[1], item[0]))[:MISTAKES]
    waiting = sum(HAND_GRADING + name in record["flags"] for record in records)
    full = sum(score >= top for score in scores)
    return Exercise(name, top, fmean(scores), full, len(cells), waiting, mistakes)
