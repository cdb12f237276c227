"""Pairs of submissions whose own code is so alike that a person should look at them.

Code is compared as MOSS does [1]_: a student's cells, and the files of his package, become rows of tokens without what
a copy changes first; of every K tokens in a row a fingerprint is taken, and of every WINDOW of these the least is kept.
What the release or the instructor's solution holds counts for nobody, and neither does what many students wrote. Each
fingerprint knows who has it, so the time grows with the class and not with its pairs.

A pair is a reason to look and proves nothing: two who learned together write alike. (The library copydetect compares
every pair of files, and knows no passages that a whole class shares.)

References
----------
.. [1] S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD, 2003.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import combinations, groupby
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from nbformat import NotebookNode
from tqdm import tqdm

from autograder.course import Course
from autograder.files import in_package
from autograder.grade import find_submissions
from autograder.own_work import handed_in
from autograder.stage import graded_cells, match_cells, take_in
from autograder.tokens import Row, rows
from course_utils.project import PACKAGE

K = 10
"""Tokens in a row that make a passage: less is a phrase of the language."""
WINDOW = 6
"""Of so many fingerprints one is kept, so whatever two share of K + WINDOW - 1 tokens is found."""
SHARE, LEAST = 0.5, 12
"""A pair is shown from this share of the smaller one's own passages on, and from this number of shared ones."""
CROWD = 30
"""What more students than this wrote is common; in a class of less than 150, what a fifth of it wrote."""
PAIRS = 25
"""Pairs that are shown side by side."""
LINES, WIDTH, AROUND = 2_000, 200, 40
"""Lines that are shown of one side of a pair, characters of a line, and lines around those that both have."""
CUT = "[The rest is left out: this is very long.]"

BLANK = re.compile(r"\n(?:[^\S\n]*\n){2,}")
"""Empty lines of which one is enough."""

Codes = Mapping[str, Sequence[str]]
"""Exercise -> the sources of the cells that a student wrote for it."""
Places = dict[int, list[tuple[str, int, int]]]
"""Fingerprint -> where it is: exercise, first and last line."""


@dataclass
class Pair:
    """Two students and the share of the smaller one's own passages that the other has too."""

    first: str
    second: str
    share: float
    passages: int


@dataclass
class Found:
    """What was found in one assignment: pairs, the most alike first, and groups too large to be listed as pairs."""

    students: int
    pairs: list[Pair]
    groups: list[list[str]]


def fingerprints(codes: Mapping[str, Codes], *, known: Iterable[str]) -> dict[str, Places]:
    """Return the passages that each student wrote, without those that everybody was given.

    Parameters
    ----------
    codes : mapping of str to Codes
        Student -> what he wrote.
    known : iterable of str
        Code that everybody has: the release and the solution.
    """
    base = {mark for source in known for row in rows([source]) for mark, _, _ in _marks(row)}
    return {student: _places(own, base) for student, own in sorted(codes.items())}


def find_pairs(places: Mapping[str, Places]) -> Found:
    """Return the pairs of students to look at, from their fingerprints."""
    holders = defaultdict(list)
    for student, marks in places.items():
        for mark in marks:
            holders[mark].append(student)
    crowd = max(3, min(CROWD, len(places) // 5))
    shared = Counter(pair for having in holders.values() if 1 < len(having) <= crowd
                     for pair in combinations(having, 2))
    own = {student: sum(len(holders[mark]) <= crowd for mark in marks) for student, marks in places.items()}
    pairs = [Pair(one, other, count / min(own[one], own[other]), count) for (one, other), count in shared.items()
             if count >= max(LEAST, SHARE * min(own[one], own[other]))]
    same = defaultdict(list)
    for student, marks in places.items():
        if len(marks) >= LEAST:
            same[frozenset(marks)].append(student)
    return Found(len(places), sorted(pairs, key=lambda pair: (-pair.share, -pair.passages, pair.first, pair.second)),
                 sorted((group for group in same.values() if len(group) > crowd), key=len, reverse=True))


def _marks(row: Row) -> list[tuple[int, int, int]]:
    """Return the fingerprint of every K tokens in a row, with the first and the last line."""
    found = []
    for start in range(len(row) - K + 1):
        part = row[start:start + K]
        digest = blake2b("\0".join(text for text, _ in part).encode("utf-8", "replace"), digest_size=8).digest()
        found.append((int.from_bytes(digest, "big"), part[0][1], part[-1][1]))
    return found


def _places(codes: Codes, base: set[int]) -> Places:
    """Return the fingerprints that are kept of a student's code, without those of the base."""
    kept: Places = {}
    for exercise, cells in codes.items():
        for marks in map(_marks, rows(cells)):
            last = -1
            for start in range(max(1, len(marks) - WINDOW + 1) if marks else 0):
                window = marks[start:start + WINDOW]
                least = start + min(range(len(window)), key=lambda index: (window[index][0], -index))
                if least != last and marks[least][0] not in base:
                    kept.setdefault(marks[least][0], []).append((exercise, *marks[least][1:]))
                last = least
    return kept


def own_codes(course: Course, assignment: str, submitted: Path) -> tuple[dict[str, dict[str, list[str]]], list[str]]:
    """Return the code of every student by exercise, and the code that everybody has.

    Raises
    ------
    ValueError
        If there is no release, or no submission.
    """
    path = course.release / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        raise ValueError(f"{assignment} has not been released: run `python -m autograder release {assignment}` first")
    released = nbformat.read(path, as_version=4)
    lesson = nbformat.read(course.source / assignment / f"{assignment}.ipynb", as_version=4)
    exercises = [name for name, cell in graded_cells(released).items() if cell.metadata.nbgrader.solution]
    codes: dict[str, dict[str, list[str]]] = {}
    for folder in tqdm(find_submissions(submitted, assignment), desc=assignment, leave=False, disable=None):
        try:
            submission = take_in(folder)
            notebook = handed_in(submission)
            own = _code(notebook, released, exercises) if notebook else {}
            codes[folder.parent.name] = own | {
                path: [BLANK.sub("\n\n", content.decode("utf-8", "replace"))]
                for path, content in sorted(submission.files.items()) if in_package(path) and path.endswith(".py")}
        except Exception:  # nothing to compare, whatever is in it; grading it says why
            codes[folder.parent.name] = {}
    known = [cell.source for notebook in (released, lesson) for cell in notebook.cells if cell.cell_type == "code"]
    known += [path.read_text(encoding="utf-8") for path in sorted(course.source.glob(f"*/{PACKAGE}/**/*.py"))]
    return codes, known


def _code(notebook: NotebookNode, released: NotebookNode, exercises: Sequence[str]) -> dict[str, list[str]]:
    """Return what a student wrote, by exercise; cells that he added or changed belong to the exercise above them."""
    originals = graded_cells(released)
    kept, _ = match_cells(notebook.cells, originals)
    given = {cell.source.strip() for cell in released.cells}
    own: dict[str, list[str]] = {}
    exercise = ""
    for index, cell in enumerate(notebook.cells):
        name = kept.get(index, "")
        exercise = name if name in exercises else exercise
        kind = originals[name].cell_type if name else cell.cell_type
        if kind == "code" and cell.source.strip() not in given:
            own.setdefault(exercise, []).append(BLANK.sub("\n\n", cell.source))
    return own


def write_similarity(course: Course, assignment: str, path: Path, *, submitted: Path | None = None) -> Found:
    """Write the page of pairs of an assignment, and the pairs as JSON into the course root for the class report.

    Raises
    ------
    ValueError
        If there is no release, or no submission.
    """
    codes, known = own_codes(course, assignment, submitted or course.submitted)
    places = fingerprints(codes, known=known)
    found = find_pairs(places)
    environment = Environment(loader=PackageLoader("autograder"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    views = [_side_by_side(codes, places, pair.first, pair.second) for pair in found.pairs[:PAIRS]]
    page = environment.get_template("similarity.html").render(assignment=assignment, found=found, views=views,
                                                              least=SHARE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.encode("utf-8", "replace"))
    stored = pairs_path(course.root, assignment)
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_text(json.dumps([asdict(pair) for pair in found.pairs], indent=1) + "\n", encoding="utf-8")
    return found


def pairs_path(root: Path, assignment: str) -> Path:
    """Return where the pairs of an assignment are kept in the course root."""
    return root / "similarity" / f"{assignment}.json"


def stored_pairs(root: Path) -> dict[str, list[dict]]:
    """Return the pairs of every assignment for which somebody asked for them: first, second, share, passages."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(root.glob("similarity/*.json"))}


def _side_by_side(codes: Mapping[str, Codes], places: Mapping[str, Places], *pair: str) -> list[dict]:
    """Return the exercises in which two students share something: lines, and whether each is part of that."""
    both = places[pair[0]].keys() & places[pair[1]].keys()
    marked: list[dict[str, set[int]]] = [defaultdict(set), defaultdict(set)]
    for side, student in zip(marked, pair, strict=True):
        for mark in both:
            for name, first, last in places[student][mark]:
                side[name].update(range(first, last + 1))
    room, views = [LINES, LINES], []
    for name in {**codes[pair[0]], **codes[pair[1]]}:
        if any(name in side for side in marked):
            sides = [_shown("\n".join(codes[student].get(name, ())).split("\n"), marked[number][name], room[number])
                     for number, student in enumerate(pair)]
            room = [max(0, left - len(side)) for left, side in zip(room, sides, strict=True)]
            views.append({"name": name or "before the first exercise", "sides": sides})
    return views


def _shown(lines: Sequence[str], marked: Container[int], room: int) -> list[tuple[str, bool]]:
    """Return lines, and whether each is marked; what is far from all that are is left out, and what is too much."""
    shown: list[tuple[str, bool]] = []
    for both, run in groupby(enumerate(lines, 1), key=lambda line: line[0] in marked):
        part = [(text if len(text) <= WIDTH else text[:WIDTH] + " …", both) for _, text in run]
        if not both and len(part) > 3 * AROUND:
            part[AROUND:-AROUND] = [(f"[{len(part) - 2 * AROUND} lines that are not in both]", False)]
        shown += part
    return shown if len(shown) <= room else [*shown[:room], (CUT, False)]
