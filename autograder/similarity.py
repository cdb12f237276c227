"""Pairs of submissions whose own code is so alike that a person should look at them.

Code is compared as MOSS does [1]_: a cell becomes a row of tokens without comments, layout and names of one's own; of
every K tokens in a row a fingerprint is taken, and of every WINDOW of these the least is kept. What the release or the
instructor's solution holds counts for nobody, and neither does what many students wrote. Each fingerprint knows who
has it, so the time grows with the class and not with its pairs.

A pair is a reason to look and proves nothing: two who learned together write alike. (The library copydetect compares
every pair of files, and knows no passages that a whole class shares.)

References
----------
.. [1] S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD, 2003.
"""

import builtins
import io
import json
import keyword
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from nbformat import NotebookNode
from tqdm import tqdm

from autograder.course import Course
from autograder.grade import find_submissions
from autograder.own_work import handed_in, sort_cells
from autograder.stage import graded_cells, take_in

K = 12
"""Tokens in a row that make a passage: less is a phrase of the language."""
WINDOW = 6
"""Of so many fingerprints one is kept, so whatever two share of K + WINDOW - 1 tokens is found."""
SHARE, LEAST = 0.5, 12
"""A pair is shown from this share of the smaller one's own passages on, and from this number of shared ones."""
CROWD = 30
"""What more students than this wrote is common; in a class of less than 150, what a fifth of it wrote."""
PAIRS = 25
"""Pairs that are shown side by side."""

KEPT = {*keyword.kwlist, *dir(builtins)}
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

Places = dict[int, list[tuple[str, int, int]]]
"""Fingerprint -> where it is: cell, first and last line."""


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


def fingerprints(codes: Mapping[str, Mapping[str, str]], *, known: Iterable[str], names: set[str]) -> dict[str, Places]:
    """Return the passages that each student wrote, without those that everybody was given.

    Parameters
    ----------
    codes : mapping of str to mapping of str to str
        Student -> cell -> the code that he wrote in it.
    known : iterable of str
        Code that everybody has: the release and the solution.
    names : set of str
        Names that everybody uses, such as imported modules: all others may have been changed.
    """
    base = {mark for source in known for mark, _, _ in _marks(source, names)}
    return {student: _places(cells, names, base) for student, cells in sorted(codes.items())}


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


def tokens(source: str, names: set[str]) -> list[tuple[str, int]]:
    """Return code as tokens with their lines, without what a copy changes first: comments, layout, names, docstrings.

    Code that cannot be read to its end is read as far as that goes.
    """
    found: list[tuple[str, int]] = []
    start, imports, before = True, False, ""
    try:
        for kind, text, (line, _), _, _ in tokenize.generate_tokens(io.StringIO(source).readline):
            if kind in SILENT:
                start = start or kind == tokenize.NEWLINE
                imports = imports and kind != tokenize.NEWLINE
                continue
            imports = imports or (start and text in ("import", "from"))
            if not imports and not (start and kind == tokenize.STRING):
                if kind == tokenize.NAME:
                    found.append((text if before == "." or text in KEPT or text in names else "name", line))
                else:
                    found.append(("text" if kind == tokenize.STRING else text, line))
            start, before = False, text
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def _marks(source: str, names: set[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the fingerprint of every K tokens in a row, with the first and the last line."""
    row = tokens(source, names)
    for start in range(len(row) - K + 1):
        part = row[start:start + K]
        digest = blake2b("\0".join(text for text, _ in part).encode("utf-8", "replace"), digest_size=8).digest()
        yield int.from_bytes(digest, "big"), part[0][1], part[-1][1]


def _places(cells: Mapping[str, str], names: set[str], base: set[int]) -> Places:
    """Return the fingerprints that are kept of a student's cells, without those of the base."""
    kept: Places = {}
    for cell, source in cells.items():
        marks = list(_marks(source, names))
        last = -1
        for start in range(max(1, len(marks) - WINDOW + 1) if marks else 0):
            window = marks[start:start + WINDOW]
            least = start + min(range(len(window)), key=lambda index: (window[index][0], -index))
            if least != last and marks[least][0] not in base:
                kept.setdefault(marks[least][0], []).append((cell, *marks[least][1:]))
            last = least
    return kept


def own_codes(course: Course, assignment: str,
              submitted: Path) -> tuple[dict[str, dict[str, str]], list[str], set[str]]:
    """Return the code of every student by cell, the code that everybody has, and the names that everybody uses.

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
    codes = {}
    for folder in tqdm(find_submissions(submitted, assignment), desc=assignment, leave=False, disable=None):
        try:
            notebook = handed_in(take_in(folder))
            codes[folder.parent.name] = _code(notebook, released, exercises) if notebook else {}
        except Exception:  # nothing to compare, whatever is in it; grading it says why
            codes[folder.parent.name] = {}
    known = [cell.source for notebook in (released, lesson) for cell in notebook.cells if cell.cell_type == "code"]
    return codes, known, {*exercises, *_imported(known)}


def _code(notebook: NotebookNode, released: NotebookNode, exercises: Sequence[str]) -> dict[str, str]:
    """Return what a student wrote, by exercise; cells that he added belong to the exercise above them."""
    cells: dict[str, str] = {}
    for exercise, role, cell in sort_cells(notebook, released, exercises):
        if role in ("code", "added"):
            cells[exercise] = "\n".join(filter(None, [cells.get(exercise, ""), cell.source]))
    return cells


def _imported(sources: Iterable[str]) -> set[str]:
    """Return the names that lines of imports bind."""
    return {name.split(" as ")[-1].strip() for source in sources for line in source.splitlines()
            if line.startswith(("import ", "from ")) for name in line.split("import ", 1)[1].split(",")}


def write_similarity(course: Course, assignment: str, path: Path, *, submitted: Path | None = None) -> Found:
    """Write the page of pairs of an assignment, and the pairs as JSON into the course root for the class report.

    Raises
    ------
    ValueError
        If there is no release, or no submission.
    """
    codes, known, names = own_codes(course, assignment, submitted or course.submitted)
    places = fingerprints(codes, known=known, names=names)
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


def _side_by_side(codes: Mapping[str, Mapping[str, str]], places: Mapping[str, Places], *pair: str) -> list[dict]:
    """Return the cells in which two students share something: lines, and whether each is part of that."""
    both = places[pair[0]].keys() & places[pair[1]].keys()
    marked = [{(cell, line) for mark in both for cell, first, last in places[student][mark]
               for line in range(first, last + 1)} for student in pair]
    names = [name for name in codes[pair[0]] if any(cell == name for side in marked for cell, _ in side)]
    return [{"name": name or "before the first exercise", "sides": [
        [(text, (name, number) in side) for number, text in enumerate(codes[student].get(name, "").split("\n"), 1)]
        for student, side in zip(pair, marked, strict=True)]} for name in names]
