"""Ratings of listeners: kept as plain CSV, and what they say.

A line is one vote. In an ABX test `version` is what X was, and `rating` is 1 if it was named; otherwise `version` is
what was rated, and `rating` the vote.
"""

import csv
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, stdev

from scipy import stats

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
        If it is none.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames != COLUMNS:
                raise ValueError(f"{path} is no file of ratings: its columns should be {', '.join(COLUMNS)}")
            return [Vote(row["test"], row["kind"], row["listener"], int(row["page"]), row["clip"], row["version"],
                         float(row["rating"]), float(row["pesq_wb"]), float(row["estoi"]), row["time"]) for row in rows]
    except (OSError, csv.Error, UnicodeDecodeError, TypeError) as error:
        raise ValueError(f"{path} is no file of ratings: {error}") from error


def abx_p_value(right: int, trials: int) -> float:
    """Return the probability of as many right answers, or more, by guessing (binomial, one-sided).

    Raises
    ------
    ValueError
        If there are more right answers than trials.
    """
    if not 0 <= right <= trials or not trials:
        raise ValueError(f"{right} of {trials} cannot be right")
    return float(stats.binomtest(right, trials, 0.5, alternative="greater").pvalue)


def mean_opinion(votes: Iterable[float]) -> tuple[float, float, float]:
    """Return the mean of votes with its 95 % interval (ITU-T P.800, by Student's t); nan if a single vote has none."""
    found = list(votes)
    mean = fmean(found)
    if len(found) < 2:
        return mean, math.nan, math.nan
    half = float(stats.t.ppf(0.975, len(found) - 1)) * stdev(found) / math.sqrt(len(found))
    return mean, mean - half, mean + half


def by_version(votes: Iterable[Vote]) -> dict[str, list[float]]:
    """Return the ratings of each version."""
    found: dict[str, list[float]] = {}
    for vote in votes:
        found.setdefault(vote.version, []).append(vote.rating)
    return found


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
    """Return Pearson's correlation of a metric with the mean ratings of what was heard, nan if there are too few."""
    heard: dict[tuple[str, str], list[Vote]] = {}
    for vote in votes:
        if math.isfinite(getattr(vote, metric)):
            heard.setdefault((vote.clip, vote.version), []).append(vote)
    points = [(fmean(vote.rating for vote in found), getattr(found[0], metric)) for found in heard.values()]
    means, values = zip(*points, strict=True) if points else ((), ())
    if len(points) < 3 or len(set(means)) < 2 or len(set(values)) < 2:
        return math.nan
    return float(stats.pearsonr(means, values).statistic)


def table(votes: Iterable[Vote]) -> Mapping[str, tuple[float, float, float, int]]:
    """Return for each version the mean, its 95 % interval, and the number of votes, best first."""
    found = {name: (*mean_opinion(ratings), len(ratings)) for name, ratings in by_version(votes).items()}
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))
