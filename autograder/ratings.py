"""What a class has heard: the ratings that its students handed in, put together.

They come as `ratings/*.csv` beside a notebook, from `course_utils.listen`. A file that a student can write says what he
likes, so nothing here earns points, and no student has more than a few votes' weight: a listener has one vote for each
sound, and a student a few listeners. What is left out is said.
"""

import csv
import fnmatch
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from autograder.export import harmless
from autograder.files import shown
from autograder.grade import find_submissions
from autograder.stage import take_in
from course_utils.listen import ratings
from course_utils.listen.ratings import Vote

FILES = "ratings/*.csv"
MOST_LISTENERS = 5
"""Listeners that count of one student."""
LARGEST, LONGEST = 1_000_000, 60
"""Bytes of a file, and letters of a name in it."""


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
        for path, content in files.items():
            if fnmatch.fnmatchcase(path, FILES):
                pooled.notes += [f"{shown(student)}: {shown(path)}: {problem}" for problem in _read(content, found)]
        listeners = list(dict.fromkeys(vote.listener for vote in found.values()))
        if len(listeners) > MOST_LISTENERS:
            pooled.notes.append(f"{shown(student)}: the first {MOST_LISTENERS} of {len(listeners)} listeners count")
        counted = [replace(vote, listener=f"{student}/{vote.listener}") for vote in found.values()
                   if vote.listener in listeners[:MOST_LISTENERS]]
        pooled.votes += counted
    return pooled


def _read(content: bytes, found: dict[tuple, Vote]) -> Iterator[str]:
    """Add the votes of a file, the first of a listener for a sound, and say what of it does not count."""
    if len(content) > LARGEST:
        yield f"it has more than {LARGEST / 1e6:g} MB"
        return
    problems: list[str] = []
    again = 0
    try:
        for row in ratings.rows(content.decode().splitlines(keepends=True)):
            try:
                vote = ratings.parse(row)
                names = vote.test, vote.listener, vote.clip, vote.version, vote.time
                if any(len(name) > LONGEST or not name.isprintable() for name in names):
                    raise ValueError("a name is too long, or cannot be shown")
            except ValueError as error:
                problems.append(shown(str(error)))
                continue
            key = (vote.test, vote.kind, vote.listener, vote.page if vote.kind == "abx" else vote.clip, vote.version)
            again += key in found
            found.setdefault(key, vote)
    except (ValueError, UnicodeDecodeError) as error:
        yield f"no file of ratings: {shown(str(error))}"
    if problems:
        yield f"{len(problems)} lines do not count; the first: {problems[0]}"
    if again:
        yield f"{again} votes for what was voted on before do not count"


def lines(pooled: Pooled, *, reference: str) -> Iterator[str]:
    """Return what the votes of each test say, line by line."""
    for test, kind in sorted({(vote.test, vote.kind) for vote in pooled.votes}):
        votes = [vote for vote in pooled.votes if (vote.test, vote.kind) == (test, kind)]
        yield (f"{test} ({kind}): {len({vote.listener for vote in votes})} listeners of "
               f"{len({vote.listener.split('/')[0] for vote in votes})} students, {len(votes)} votes")
        if kind == "abx":
            yield from _abx(votes)
            continue
        if kind == "mushra":
            votes, left_out = ratings.screened(votes, reference=reference, anchor=ratings.ANCHOR)
            if left_out:
                yield f"  left out by post-screening: {', '.join(left_out)}"
        for version, heard in ratings.opinions(votes).items():
            interval = "one listener" if heard.listeners < 2 else f"{heard.low:.2f} to {heard.high:.2f}"
            yield f"  {version:30} {heard.mean:6.2f}   {interval:16} {heard.listeners:4} listeners, {heard.votes} votes"
        for metric, title in (("pesq_wb", "PESQ-WB"), ("estoi", "ESTOI")):
            value = ratings.correlation(votes, metric)
            yield f"  correlation with {title}: " + ("too few sounds" if math.isnan(value) else f"{value:+.2f}")


def _abx(votes: Sequence[Vote]) -> Iterator[str]:
    right = {listener: [vote.rating for vote in votes if vote.listener == listener]
             for listener in dict.fromkeys(vote.listener for vote in votes)}
    p = {listener: ratings.abx_p_value(round(sum(given)), len(given)) for listener, given in right.items()}
    total = round(sum(vote.rating for vote in votes))
    yield f"  {total} of {len(votes)} right, p = {ratings.abx_p_value(total, len(votes)):.3f}"
    yield f"  {sum(value < 0.05 for value in p.values())} of {len(p)} listeners with p < 0.05, as one guesser in 20 has"


def write(votes: Sequence[Vote], path: Path) -> None:
    """Write votes to a file, as a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ratings.COLUMNS)
        writer.writeheader()
        writer.writerows({name: harmless(str(value)) for name, value in asdict(vote).items()} for vote in votes)
