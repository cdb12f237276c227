"""What the class understood, as one HTML page that needs nothing from anywhere else.

Of an exercise it tells the difficulty, which is the mean share of its points, and the discrimination: the correlation
between the points of the exercise and the points of all the others (item-rest correlation). Below 0.2 an exercise tells
little about who can do the rest, and below 0 something is wrong with it. In a small class both are mostly chance.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import StatisticsError, correlation, fmean, median

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.record import GRADED, HAND_GRADING, Cell, Record
from autograder.words import scrub

BINS = 10
MISTAKES = 3
SLOWEST = 5
ALIKE = 10
FEWEST = 5
"""Submissions below which a correlation says nothing at all."""


@dataclass
class Exercise:
    """How a class did in one graded cell: `mistakes` are the most common messages and how many students got them.

    `share` is its difficulty, `discrimination` its item-rest correlation, None where there is none. `seconds` is the
    median of what its checks took, `slowest` the most.
    """

    name: str
    max_score: float
    mean: float
    full: int
    count: int
    waiting: int
    mistakes: list[tuple[str, int]]
    share: float
    discrimination: float | None
    seconds: float
    slowest: float


@dataclass
class Assignment:
    """How a class did in one assignment. `bins` counts submissions from 0 to 100 % of the points in steps of ten.

    `seconds` is the median of what grading one took, `slowest` are those that took longest.
    """

    name: str
    submissions: int
    graded: int
    max_score: float
    mean: float
    median: float
    bins: list[int]
    seconds: float
    slowest: list[Record]
    exercises: list[Exercise]


def write_report(records: Sequence[Record], path: Path, pairs: Mapping[str, Sequence[Mapping]] | None = None) -> None:
    """Write the report on records to an HTML file.

    Parameters
    ----------
    records : sequence of Record
        Of all assignments.
    path : Path
        Where the page goes.
    pairs : mapping of str to sequence, optional
        Assignment -> submissions that are alike, as `autograder.similarity` found them.
    """
    # Names, messages and flags are students' words: everything is escaped.
    environment = Environment(loader=PackageLoader("autograder"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    by_assignment = defaultdict(list)
    by_student: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in records:
        by_assignment[record["assignment"]].append(record)
        by_student[record["student"]][record["assignment"]] = record
    page = environment.get_template("report.html").render(
        assignments=[summary(by_assignment[name]) for name in sorted(by_assignment)],
        by_student=dict(sorted(by_student.items())), count=len(records), alike=ALIKE,
        pairs={name: found for name, found in sorted((pairs or {}).items()) if found},
        flagged=[(record, [scrub(flag) for flag in record["flags"]]) for record in records
                 if record["flags"] or record["status"] != GRADED])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.encode("utf-8", "replace"))


def summary(records: Sequence[Record]) -> Assignment:
    """Sum up the records of one assignment. Means are over graded submissions; one that needs review is not."""
    graded = [record for record in records if record["status"] == GRADED]
    scores = [record["score"] for record in graded] or [0.0]
    slowest = sorted(records, key=lambda record: (-record["seconds"], record["student"]))[:SLOWEST]
    bins = Counter(_bin(record) for record in graded)
    cells = defaultdict(list)
    rests = defaultdict(list)
    for record in graded:
        whole = sum(cell["score"] for cell in record["cells"])
        for cell in record["cells"]:
            cells[cell["name"]].append(cell)
            rests[cell["name"]].append(whole - cell["score"])
    waiting = Counter(flag.removeprefix(HAND_GRADING) for record in graded for flag in record["flags"]
                      if flag.startswith(HAND_GRADING))
    return Assignment(records[0]["assignment"], len(records), len(graded), records[0]["max_score"], fmean(scores),
                      median(scores), [bins[index] for index in range(BINS)],
                      median(record["seconds"] for record in records), slowest,
                      [_exercise(name, cells[name], rests[name], waiting[name]) for name in cells])


def _bin(record: Record) -> int:
    """Return in which tenth of the points a record lies."""
    share = record["score"] / record["max_score"] if record["max_score"] else 0.0
    return min(int(share * BINS), BINS - 1)


def _exercise(name: str, cells: Sequence[Cell], rests: Sequence[float], waiting: int) -> Exercise:
    """Sum up one graded cell: one `Cell` a student, and what each of them has in all other cells."""
    scores = [cell["score"] for cell in cells]
    top = cells[0]["max_score"]
    # A student whom one mistake costs three checks made it once.
    messages = Counter(text for cell in cells for text in {
        scrub(check["message"]) or f"failed: {check['name']}" for check in cell["checks"] if not check["passed"]})
    mistakes = sorted(messages.items(), key=lambda item: (-item[1], item[0]))[:MISTAKES]
    full = sum(score >= top for score in scores)
    mean = fmean(scores)
    seconds = [cell["seconds"] for cell in cells]
    return Exercise(name, top, mean, full, len(cells), waiting, mistakes, mean / top if top else 0.0,
                    _correlation(scores, rests), median(seconds), max(seconds))


def _correlation(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return Pearson's correlation; None where it is not defined, as when everybody has all points."""
    if len(scores) < FEWEST:
        return None
    try:
        result = correlation(scores, rests)
    except (StatisticsError, OverflowError):
        return None
    return result if math.isfinite(result) else None
