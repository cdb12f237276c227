"""Ratings of listeners: kept as plain CSV, and what they say.

A line is one vote. In an ABX test `version` is what X was, and `rating` is 1 if it was named; otherwise `version` is
what was rated, and `rating` the vote.
"""

import csv
import math
import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from statistics import StatisticsError, fmean, median, stdev
from statistics import correlation as pearson

ENCODING = "utf-8-sig"
"""Of a file that is read: a spreadsheet may have put a mark of the order of bytes before it."""
SCALES: Mapping[str, Container[float]] = {"abx": (0, 1), "acr": range(1, 6), "mushra": range(101)}
"""The ratings that a test of a kind can have."""
METRICS = {"pesq_wb": (-1.0, 5.0), "estoi": (-1.0, 1.0)}
"""What a metric can be, with room to spare."""
ANCHOR = "anchor (3.5 kHz)"
"""The low-pass version of the reference that a MUSHRA test hides among the others (ITU-R BS.1534-3, section 5.1)."""
REFERENCE_AT_LEAST, ANCHOR_AT_MOST, WRONG_AT_MOST = 90.0, 90.0, 0.15
"""Post-screening of ITU-R BS.1534-3, section 4.1.2: who rates the hidden reference below 90, or the anchor above 90, in
more than 15 % of the clips, is not counted."""


@dataclass(frozen=True)
class Vote:
    """One vote of one listener, and what metrics say of what was heard (nan if unknown)."""

    test: str
    kind: str
    listener: str
    page: int
    clip: str
    version: str
    rating: float
    pesq_wb: float = math.nan
    estoi: float = math.nan
    time: str = ""


COLUMNS = [field.name for field in fields(Vote)]


def write(votes: Sequence[Vote], path: Path) -> None:
    """Append votes to a file, which is made if it is not there; they are on the disk when this returns.

    Raises
    ------
    ValueError
        If the file cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            if not file.tell():
                writer.writeheader()
            writer.writerows({**asdict(vote), "time": vote.time or now} for vote in votes)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ValueError(f"{path} cannot be written: {error.strerror}") from error


def read(path: Path) -> list[Vote]:
    """Read a file of votes.

    Raises
    ------
    ValueError
        If it is none, or a vote in it cannot be one.
    """
    try:
        with path.open(newline="", encoding=ENCODING) as file:
            return [parse(row) for row in rows(file)]
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"{path} is no file of ratings: {error}") from error


def rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Return the lines of a file of votes.

    Raises
    ------
    ValueError
        If its columns are others, or it is no CSV.
    """
    try:
        found = csv.DictReader(lines)
        if found.fieldnames != COLUMNS:
            raise ValueError(f"its columns should be {', '.join(COLUMNS)}")
        yield from found
    except csv.Error as error:
        raise ValueError(str(error)) from error


def parse(row: Mapping[str, str]) -> Vote:
    """Return the vote of a line.

    Raises
    ------
    ValueError
        If it cannot be one: numbers are missing, or the rating is not on the scale of the test.
    """
    if None in row or None in row.values():
        raise ValueError(f"a line has not {len(COLUMNS)} values")
    if not re.fullmatch("[0-9]{1,4}", row["page"]):
        raise ValueError("a page has no number")
    vote = Vote(row["test"], row["kind"], row["listener"], int(row["page"]), row["clip"], row["version"],
                float(row["rating"]), float(row["pesq_wb"]), float(row["estoi"]), row["time"])
    if vote.kind not in SCALES:
        raise ValueError(f"there is no test of the kind {vote.kind!r}")
    if vote.rating not in SCALES[vote.kind]:
        raise ValueError(f"{vote.rating:g} is no rating of a test of the kind {vote.kind}")
    for metric, (low, high) in METRICS.items():
        if not (math.isnan(getattr(vote, metric)) or low <= getattr(vote, metric) <= high):
            raise ValueError(f"{metric} cannot be {getattr(vote, metric):g}")
    return vote


def abx_p_value(right: int, trials: int) -> float:
    """Return the probability of as many right answers, or more, by guessing (binomial, one-sided).

    Raises
    ------
    ValueError
        If there are more right answers than trials.
    """
    if not 0 <= right <= trials or not trials:
        raise ValueError(f"{right} of {trials} cannot be right")
    return sum(math.comb(trials, k) for k in range(right, trials + 1)) / 2 ** trials


def mean_opinion(votes: Iterable[float]) -> tuple[float, float, float]:
    """Return the mean of votes with its 95 % interval (ITU-T P.800, by Student's t); nan if a single vote has none."""
    found = list(votes)
    mean = fmean(found)
    if len(found) < 2:
        return mean, math.nan, math.nan
    from scipy.special import stdtrit  # here, because scipy takes a second to import, in every kernel

    half = float(stdtrit(len(found) - 1, 0.975)) * stdev(found) / math.sqrt(len(found))
    return mean, mean - half, mean + half


def screened(votes: Sequence[Vote], *, reference: str, anchor: str) -> tuple[list[Vote], list[str]]:
    """Return the votes of the listeners who heard the reference and the anchor for what they are, and who did not.

    Post-screening of a MUSHRA test, ITU-R BS.1534-3, section 4.1.2.
    """
    wrong: dict[str, list[bool]] = {}
    for vote in votes:
        if vote.version in (reference, anchor):
            missed = vote.rating < REFERENCE_AT_LEAST if vote.version == reference else vote.rating > ANCHOR_AT_MOST
            wrong.setdefault(f"{vote.listener}\n{vote.version}", []).append(missed)
    left_out = sorted({key.split("\n")[0] for key, missed in wrong.items() if fmean(missed) > WRONG_AT_MOST})
    return [vote for vote in votes if vote.listener not in left_out], left_out


def correlation(votes: Iterable[Vote], metric: str) -> float:
    """Return Pearson's correlation of a metric with the mean ratings of what was heard, nan if there are too few.

    Where listeners have heard different sounds of one name, as each student's own, the metric is their median.
    """
    heard: dict[tuple[str, str], list[Vote]] = {}
    for vote in votes:
        if math.isfinite(getattr(vote, metric)):
            heard.setdefault((vote.clip, vote.version), []).append(vote)
    points = [(fmean(vote.rating for vote in found), median(getattr(vote, metric) for vote in found))
              for found in heard.values()]
    means, values = zip(*points, strict=True) if points else ((), ())
    try:
        return pearson(means, values) if len(points) > 2 else math.nan
    except StatisticsError:  # all are equal, or nearly
        return math.nan


@dataclass(frozen=True)
class Opinion:
    """What was thought of one version: the mean, its 95 % interval over listeners, and how many have voted how often.

    A single listener has no interval: his votes say nothing about anybody else's.
    """

    mean: float
    low: float
    high: float
    listeners: int
    votes: int


def opinions(votes: Iterable[Vote]) -> dict[str, Opinion]:
    """Return what was thought of each version, best first. Each listener counts once, with the mean of his votes."""
    found: dict[str, dict[str, list[float]]] = {}
    for vote in votes:
        found.setdefault(vote.version, {}).setdefault(vote.listener, []).append(vote.rating)
    opinions = {}
    for version, given in found.items():
        listeners = [fmean(rated) for rated in given.values()]
        opinions[version] = Opinion(*mean_opinion(listeners), len(given), sum(map(len, given.values())))
    return dict(sorted(opinions.items(), key=lambda item: -item[1].mean))
