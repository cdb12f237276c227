"""What a class has heard: the ratings that its students handed in, put together.

They come as `ratings/*.csv` beside a notebook, from `course_utils.listen`. A file that a student can write says what he
likes, so nothing here earns points, and no student has more than a few votes' weight: a listener has one vote for each
sound, a student a few listeners, and a sound that few have heard says nothing of a metric. What is left out is said.
"""

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from statistics import fmean

from autograder.export import harmless
from autograder.files import shown
from autograder.final import shown_name
from autograder.grade import find_submissions
from autograder.stage import take_in
from course_utils.listen import ratings
from course_utils.listen.ratings import Vote

FILES = "ratings/*.csv"
MOST_LISTENERS, MOST_LINES, MOST_NOTES = 3, 1000, 3
"""Of one student: listeners that count, lines of all files that are read, and problems that are told."""
LARGEST = 1_000_000
"""Bytes of a file."""
MOST_TESTS, MOST_VERSIONS = 20, 40
"""Tests, and versions in one of them, that are shown: those with the most listeners."""


@dataclass
class Pooled:
    """The votes of a class, whose listeners are now called STUDENT/LISTENER, and what was left out."""

    votes: list[Vote] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pool(submitted: Path, assignment: str) -> Pooled:
    """Put the ratings of all submissions to an assignment together.

    Raises
    ------
    ValueError
        If there is no submission.
    """
    pooled = Pooled()
    for folder in find_submissions(submitted, assignment):
        student = folder.parent.name
        try:
            files = take_in(folder).files
        except (ValueError, OSError) as error:
            pooled.notes.append(f"{shown(student)}: {error}")
            continue
        found: dict[tuple, Vote] = {}
        notes: list[str] = []
        left = MOST_LINES
        for path, content in files.items():
            if PurePosixPath(path).match(FILES) and path.count("/") == 1:
                read, problems = _read(content, found, left)
                left -= read
                notes += [f"{shown(path)}: {problem}" for problem in problems]
        listeners = list(dict.fromkeys(vote.listener for vote in found.values()))
        if len(listeners) > MOST_LISTENERS:
            notes.append(f"the first {MOST_LISTENERS} of {len(listeners)} listeners count")
        if len(notes) > MOST_NOTES:
            notes[MOST_NOTES:] = [f"and {len(notes) - MOST_NOTES} more problems"]
        pooled.notes += [f"{shown(student)}: {note}" for note in notes]
        pooled.votes += [replace(vote, listener=f"{student}/{vote.listener}") for vote in found.values()
                         if vote.listener in listeners[:MOST_LISTENERS]]
    return pooled


def _read(content: bytes, found: dict[tuple, Vote], most: int) -> tuple[int, list[str]]:
    """Add the votes of a file, the first of a listener for a sound; return how many lines it has, and its problems."""
    if len(content) > LARGEST:
        return 0, [f"it has more than {LARGEST / 1e6:g} MB"]
    bad: list[str] = []
    read = again = 0
    try:
        for row in ratings.rows(content.decode(ratings.ENCODING).splitlines(keepends=True)):
            if read == most:
                return read, [f"of a student {MOST_LINES} lines are read, and the rest of it is not"]
            read += 1
            try:
                vote = _named(ratings.parse(row))
            except ValueError as error:
                bad.append(shown(str(error)))
                continue
            key = (vote.test, vote.kind, vote.listener, vote.page if vote.kind == "abx" else vote.clip,
                   vote.version if vote.kind != "abx" else "")
            again += key in found
            found.setdefault(key, vote)
    except ValueError as error:
        return read, [f"no file of ratings: {shown(str(error))}"]
    return read, ([f"{len(bad)} lines do not count; the first: {bad[0]}"] if bad else []) + (
        [f"{again} votes for what was voted on before do not count"] if again else [])


def _named(vote: Vote) -> Vote:
    """Return a vote with names as they may stand on a page: short, and alike if they look alike.

    Raises
    ------
    ValueError
        If no name is left.
    """
    test, listener, clip, version = map(shown_name, (vote.test, vote.listener, vote.clip, vote.version))
    for what, name in (("test", test), ("listener", listener), ("clip", clip or not vote.clip), ("version", version)):
        if not name:
            raise ValueError(f"the name of the {what} is empty, or cannot be shown")
    time = vote.time if vote.time.isascii() and vote.time.isprintable() and len(vote.time) < 30 else ""
    return replace(vote, test=test, listener=listener, clip=clip, version=version, time=time)


def lines(votes: Sequence[Vote], *, reference: str) -> Iterator[str]:
    """Return what the votes of each test say, line by line."""
    tests: dict[tuple[str, str], list[Vote]] = {}
    for vote in votes:
        tests.setdefault((vote.test, vote.kind), []).append(vote)
    by_size = sorted(tests.items(), key=lambda item: -len(_students(item[1])))
    for (test, kind), found in by_size[:MOST_TESTS]:
        listeners = {vote.listener for vote in found}
        yield f"{test} ({kind}): {len(listeners)} listeners of {len(_students(found))} students, {len(found)} votes"
        yield from _abx(found) if kind == "abx" else _opinions(found, reference if kind == "mushra" else "")
    if len(by_size) > MOST_TESTS:
        yield f"and {len(by_size) - MOST_TESTS} tests of fewer students"


def _students(votes: Sequence[Vote]) -> set[str]:
    return {vote.listener.split("/")[0] for vote in votes}


def _abx(votes: Sequence[Vote]) -> Iterator[str]:
    """Count the listeners who hear it; a class as a whole has no p-value, for trials of one listener are alike."""
    given: dict[str, list[float]] = {}
    for vote in votes:
        given.setdefault(vote.listener, []).append(vote.rating)
    heard = sum(ratings.abx_p_value(round(sum(right)), len(right)) < 0.05 for right in given.values())
    share, low, high = ratings.mean_opinion(fmean(right) for right in given.values())
    yield f"  right: {share:.0%} of a listener's answers{'' if math.isnan(low) else f', {low:.0%} to {high:.0%}'}"
    yield f"  {heard} of {len(given)} listeners with p < 0.05, as one guesser in 20 has"


def _opinions(votes: Sequence[Vote], reference: str) -> Iterator[str]:
    """Say what was thought of each version, and whether metrics agree."""
    if reference:
        votes, left_out = ratings.screened(votes, reference=reference, anchor=ratings.ANCHOR)
        if left_out:
            yield f"  left out by post-screening: {', '.join(left_out[:MOST_VERSIONS])}"
    opinions = ratings.opinions(votes)
    known = sorted(opinions, key=lambda version: -opinions[version].listeners)[:MOST_VERSIONS]
    for version, heard in opinions.items():
        if version in known:
            interval = "one listener" if heard.listeners < 2 else f"{heard.low:.2f} to {heard.high:.2f}"
            yield f"  {version:40} {heard.mean:6.2f}   {interval:16} {heard.listeners:4} listeners, {heard.votes} votes"
    if len(opinions) > len(known):
        yield f"  and {len(opinions) - len(known)} versions of fewer listeners"
    common = _heard_by_many(votes)
    for metric, title in (("pesq_wb", "PESQ-WB"), ("estoi", "ESTOI")):
        value = ratings.correlation(common, metric)
        yield f"  correlation with {title}: " + ("too few sounds" if math.isnan(value) else f"{value:+.2f}")


def _heard_by_many(votes: Sequence[Vote]) -> list[Vote]:
    """Return the votes on sounds that at least half as many students have rated as the one that most have."""
    students: dict[tuple[str, str], set[str]] = {}
    for vote in votes:
        students.setdefault((vote.clip, vote.version), set()).update(_students([vote]))
    most = max(map(len, students.values()), default=0)
    return [vote for vote in votes if 2 * len(students[vote.clip, vote.version]) >= most]


def write(votes: Sequence[Vote], path: Path) -> None:
    """Write votes to a file, as a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ratings.COLUMNS)
        writer.writeheader()
        writer.writerows({name: harmless(str(value)) for name, value in asdict(vote).items()} for vote in votes)
