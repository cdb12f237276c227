"""The page that a student gets back: points, what was right, what the mistake is, beside his own work.

It is made of the record, of the notebook as it was handed in and of what a person wrote in nbgrader's gradebook. Test
cells are in none of these, so no hidden test, expected value or solution can be on it. Pages lie where nbgrader looks
for them: `nbgrader release_feedback` and `fetch_feedback`, and the buttons for these, hand them out.
"""

import logging
import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from tqdm import tqdm

from autograder import record as records
from autograder.course import Course
from autograder.gradebook import merge, update
from autograder.own_work import Work, handed_in, own_work, package_code
from autograder.record import Check, Record
from autograder.stage import Submission, take_in
from autograder.words import notices, penalty, scrub, waiting

UNWRITTEN = "Not written yet"
SAME = "the same as above"
SECRET, TIME = "submission_secret.txt", "timestamp.txt"


@dataclass
class Hand:
    """What a person entered for one cell: points, and a comment."""

    points: float | None = None
    comment: str = ""


@dataclass
class Line:
    """One check as the page shows it."""

    name: str
    passed: bool
    points: float
    message: str


@dataclass
class Part:
    """One exercise of the page."""

    name: str
    title: str
    score: float
    max_score: float
    lines: list[Line]
    work: Work
    waiting: bool
    hand: Hand

    @property
    def state(self) -> str:
        """Where the exercise stands, in one word."""
        if self.waiting:
            return "waiting"
        if self.score >= self.max_score:
            return "full"
        return "part" if self.score > 0 else "none"


@dataclass
class Page:
    """Everything on a page."""

    title: str
    record: Record
    parts: list[Part]
    other: Work = field(default_factory=Work)
    notices: list[str] = field(default_factory=list)
    time: str = ""
    package: dict[str, Markup] = field(default_factory=dict)
    alias: str = ""

    @property
    def penalty(self) -> str:
        """Points off for being late."""
        return penalty(self.record["flags"])

    @property
    def start(self) -> tuple[Part, str] | None:
        """Where to look first: the first mistake in what was written, else the first thing that was not."""
        failed = [(part, line.message) for part in self.parts for line in part.lines
                  if not line.passed and line.message not in ("", SAME)]
        return next((found for found in failed if not found[1].startswith(UNWRITTEN)), next(iter(failed), None))


def write_feedback(course: Course, assignment: str, students: Sequence[str] = (), *, folder: Path | None = None,
                   submitted: Path | None = None, found: Path | None = None) -> list[Path]:
    """Write the pages of an assignment, and return their paths.

    Parameters
    ----------
    course : Course
        Whose release and gradebook they are taken from.
    assignment : str
        An assignment that has been graded.
    students : sequence of str
        Only these; by default all that have a record.
    folder : Path, optional
        Where `<student>/<assignment>/<assignment>.html` goes; by default where nbgrader releases feedback from.
    submitted, found : Path, optional
        The folders of submissions and of records, if they are not the course's own.

    Raises
    ------
    ValueError
        If there is no release, or no record of a student who is named.
    """
    release = course.release / assignment / f"{assignment}.ipynb"
    if not release.is_file():
        raise ValueError(f"{assignment} has not been released: run `python -m autograder release {assignment}` first")
    known = sorted(path.stem for path in (found or course.records).glob(f"{assignment}/*.json"))
    unknown = sorted(set(students) - set(known))
    if unknown or not known:
        raise ValueError(f"there is no record of {unknown[0] if unknown else 'anybody'} for {assignment}: run "
                         f"`python -m autograder grade {assignment}` first")
    released = nbformat.read(release, as_version=4)
    found = found or course.records
    written = []
    with course.gradebook() if course.has_gradebook() else nullcontext() as gradebook:
        todo = _records(course, assignment, sorted(set(students)) or known, found)
        for record in tqdm(todo, desc=assignment, unit="page", leave=False, disable=None):
            student = record["student"]
            hands = _hands(gradebook, record) if gradebook else {}
            submission = _submission((submitted or course.submitted) / student / assignment)
            try:
                made = make_page(record, released, submission, hands)
            except Exception:  # whatever is in his notebook, he and the others get their pages
                logging.getLogger("traitlets").exception("%s of %s", assignment, student)
                made = make_page(record, released, Submission(submission.folder, {}), hands)
            if "trial" in record:
                made.alias = course.alias(assignment, student)
            page = render(made)
            written.append(_write(page, submission, (folder or course.feedback) / student / assignment, assignment))
    return written


def convert(converter: GenerateFeedback) -> None:
    """Take the place of nbgrader's `GenerateFeedback.convert_notebooks`, whose pages show the hidden tests.

    `nbgrader generate_feedback` and the formgrader's button come here. Pages are always written anew.

    Raises
    ------
    NbGraderException
        If none of the submissions has a record.
    """
    students = {os.path.basename(os.path.dirname(path)) for path in converter.assignments}
    left_out = set(converter.coursedir.student_id_exclude.split(","))
    course, assignment = Course(converter.config), converter.coursedir.assignment_id
    graded = {path.stem for path in course.records.glob(f"{assignment}/*.json")}
    for student in sorted(students - graded - left_out):
        converter.log.warning("No record of %s for %s: grade that submission first", student, assignment)
    try:
        pages = write_feedback(course, assignment, sorted(students & graded - left_out) or sorted(students))
    except (ValueError, OSError) as error:
        converter.log.error(str(error))
        raise NbGraderException(str(error)) from error
    for path in pages:
        converter.log.info("Wrote %s", path)


def make_page(record: Record, released: NotebookNode, submission: Submission, hands: Mapping[str, Hand]) -> Page:
    """Put together what one student sees of one submission."""
    notebook = handed_in(submission) if record["cells"] else None
    # What was refused beside the work that counts may be somebody else's doing, and in somebody else's words.
    said = notices([flag for flag in record["flags"] if not (record["cells"] and flag.startswith("refused: "))])
    if notebook is not None and submission.sha256 != record["submission_sha256"]:
        notebook = None
        said.append("You handed in another version after this one was graded. The points are those of the earlier one, "
                    "and your code is left out because it may have changed.")
    names = [cell["name"] for cell in record["cells"]]
    quoted = [_quoted(cell["checks"]) for cell in record["cells"]]
    works, trouble = own_work(notebook, released, names, quoted)
    package = {} if notebook is None else package_code(submission, " ".join(quoted))
    if trouble:
        logging.getLogger("traitlets").warning("%s of %s: %s", record["assignment"], record["student"], trouble)
        said.append(trouble)
    unread, titles = waiting(record["flags"]), _titles(released)
    parts = [Part(cell["name"], titles.get(cell["name"], cell["name"]), cell["score"], cell["max_score"],
                  _lines(cell["checks"]), works[cell["name"]], cell["name"] in unread,
                  hands.get(cell["name"], Hand())) for cell in record["cells"]]
    time = submission.files.get(TIME, b"")[:60].decode("ascii", "ignore").strip()
    return Page(_heading(released) or record["assignment"], record, parts, works[""], said, time, package)


def render(page: Page) -> str:
    """Return a page as HTML that needs nothing from anywhere else. Everything on it is escaped."""
    return _template().render(page=page, record=page.record)


@cache
def _template() -> Template:
    environment = Environment(loader=PackageLoader("autograder"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("feedback.html")


def _records(course: Course, assignment: str, students: Sequence[str], folder: Path) -> list[Record]:
    """Return the records of an assignment's students, as the gradebook has them now."""
    if course.has_gradebook():
        with suppress(MissingEntry):
            merge(course, assignment, folder)
    found = [records.read(records.path_of(folder, assignment, student)) for student in students]
    return update(course, found, folder) if course.has_gradebook() else found


def _submission(folder: Path) -> Submission:
    """Read a submission; one that cannot be taken in, as its record says, has no files."""
    try:
        return take_in(folder)
    except (ValueError, OSError):
        return Submission(folder, {})


def _hands(gradebook: Gradebook, record: Record) -> dict[str, Hand]:
    """Return points and comments that a person entered in the gradebook, by cell."""
    try:
        notebook = gradebook.find_submission_notebook(record["assignment"], record["assignment"], record["student"])
    except MissingEntry:
        return {}
    hands: dict[str, Hand] = {}
    for grade in notebook.grades:
        if grade.manual_score is not None:
            hands[grade.name.removesuffix("_test")] = Hand(grade.manual_score)
    for comment in notebook.comments:
        if comment.comment:
            hands.setdefault(comment.name, Hand()).comment = comment.comment
    return hands


def _lines(checks: Sequence[Check]) -> list[Line]:
    """Return checks for the page; a message that repeats the one before it is said once."""
    lines, said = [], ""
    for check in checks:
        message = scrub(check["message"])
        lines.append(Line(scrub(check["name"]), check["passed"], check["points"],
                          SAME if message and message == said else message))
        said = message or said
    return lines


def _quoted(checks: Sequence[Check]) -> str:
    """Return what the messages of an exercise say, in which its own lines may be quoted."""
    return "\n".join(check["message"] for check in checks if not check["passed"])


def _heading(released: NotebookNode) -> str:
    """Return the title of a lesson."""
    lines = [line for cell in released.cells[:1] for line in cell.source.splitlines()]
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "")


def _titles(released: NotebookNode) -> dict[str, str]:
    """Return the heading above or in each exercise, without its points: name -> "Exercise 3.1: A low-pass mask"."""
    titles: dict[str, str] = {}
    last = ""
    for cell in released.cells:
        if cell.cell_type == "markdown":
            headings = [line.lstrip("# ") for line in cell.source.splitlines() if line.startswith(("## ", "### "))]
            last = headings[-1].rsplit(" (", 1)[0] if headings else last
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution") or about.get("grade"):
            if last:
                titles.setdefault(about.grade_id.removesuffix("_test"), last)
            last = ""
    return titles


def _write(page: str, submission: Submission, folder: Path, assignment: str) -> Path:
    """Write a page in one step, and beside it what nbgrader wants to know of a submission to release it."""
    folder.mkdir(parents=True, exist_ok=True)
    # nbgrader stops the release of the whole class at a secret or a time that is not there or cannot be read.
    secret, time = folder / SECRET, folder / TIME
    given = submission.files.get(SECRET, b"")
    if given.isascii() and 8 <= len(given.strip()) <= 1000:
        _replace(secret, given)
    elif not secret.is_file():
        _replace(secret, secrets.token_hex(64).encode())
    given = submission.files.get(TIME, b"")
    _replace(time, given[:100] if given.isascii() else b"")
    return _replace(folder / f"{assignment}.html", page.encode("utf-8", "replace"))


def _replace(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all. nbgrader copies its mode to the exchange, where a student has to read it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)
    return path
