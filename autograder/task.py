"""Grade one submission, from its bytes to its record, wherever there is a processor.

A task is pure: what it needs comes in as plain data, what it found goes out as plain data, and nothing is left behind.
So it runs as well on another machine as on this one, twice as well as once, and next to any number of others: each
has a folder and a gradebook of its own.
"""

import hashlib
import json
import logging
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypedDict

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde, BaseConverter
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course import start
from autograder.files import content_problem, in_package
from autograder.record import FAILED, NEEDS_REVIEW, Record, empty
from autograder.score import Result, score_cell
from autograder.stage import Submission, graded_cells, stage, worth

UNSAFE = "graded without sandbox"
LONGEST_LOG = 100_000
"""Characters that are kept of what nbgrader says about one submission."""

PACKAGES = [Path(__file__).parent, Path(__file__).parent.parent / "course_utils"]


class UnfitError(ValueError):
    """Raised where no submission can be graded; the message says why."""


class Pack(TypedDict):
    """What all submissions to one assignment have in common. `code` is empty for workers that run this very code."""

    assignment: str
    released: str
    files: dict[str, bytes]
    gradebook: bytes
    config: dict
    sandbox: bool
    code: str


class Job(TypedDict):
    """One submission. The seed is this submission's alone; the secret behind it stays with the course."""

    student: str
    files: dict[str, bytes]
    sha256: str
    seed: str


class Outcome(TypedDict):
    """What came of a submission: its record, its notebook after it ran ("" if it did not), nbgrader's words."""

    record: Record
    executed: str
    log: str


class _Alone(Autograde):
    """nbgrader's own autograder, also where `autograder.doors` has put the pipeline in its place."""

    convert_notebooks = BaseConverter.convert_notebooks


def grade_submission(pack: Pack, job: Job) -> bytes:
    """Grade one submission and return its `Outcome` as JSON, whatever happens on the way.

    JSON, because what a student's process wrote is in it, and a reader of pickles does what they say.

    Raises
    ------
    UnfitError
        If this machine cannot grade.
    """
    check_machine(pack)
    begin = perf_counter()
    record = empty(pack["assignment"], job["student"], job["sha256"], max_score=worth(_released(pack["released"])))
    record["flags"] += [] if pack["sandbox"] else [UNSAFE]
    lines = _Lines()
    logger = logging.getLogger("traitlets")
    handlers, logger.handlers, logger.propagate = logger.handlers, [lines], False
    logger.setLevel(logging.INFO)
    executed = ""
    try:
        with TemporaryDirectory(prefix="autograder-") as folder:
            executed = _run(pack, job, record, Path(folder))
    except (ValueError, OSError) as error:
        record["status"] = NEEDS_REVIEW
        record["flags"].append(str(error))
    except Exception as error:
        logger.exception("%s of %s", pack["assignment"], job["student"])
        record["status"] = FAILED
        record["flags"].append(str(error) or type(error).__name__)
    finally:
        logger.handlers = handlers
    record["seconds"] = round(perf_counter() - begin, 2)
    outcome: Outcome = {"record": record, "executed": executed, "log": lines.text()}
    return json.dumps(outcome, allow_nan=False).encode()


def check_machine(pack: Pack) -> None:
    """Raise `UnfitError` unless this machine has the coordinator's code, and a sandbox that works."""
    if pack["code"] not in ("", code_version()):
        raise UnfitError("a worker has another version of autograder/ or course_utils/: install the same one there")
    if pack["sandbox"]:
        from autograder.sandbox import problem

        if problem():
            raise UnfitError(problem())


@cache
def code_version() -> str:
    """Return a hash of the code that grades."""
    found = hashlib.sha256()
    for path in sorted(path for folder in PACKAGES for path in folder.rglob("*.py")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@cache
def _released(text: str) -> NotebookNode:
    """Read the release once, not for every submission."""
    return nbformat.reads(text, as_version=4)


def _run(pack: Pack, job: Job, record: Record, folder: Path) -> str:
    """Stage and run a submission in a folder, fill in its record, and return the notebook with its outputs."""
    assignment, student = pack["assignment"], job["student"]
    problems = {name: content_problem(name, content) for name, content in job["files"].items()}
    record["flags"] += [f"not used: {name} {problem}" for name, problem in problems.items() if problem]
    files = {name: content for name, content in job["files"].items() if not problems[name]}
    submission = Submission(folder / "submitted" / student / assignment, files)
    record["flags"] += stage(submission, submission.folder, _released(pack["released"]))
    for name, content in pack["files"].items():
        if in_package(name) and name in job["files"]:  # nbgrader would put the released blanks in its place
            continue
        path = folder / "source" / assignment / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "gradebook.db").write_bytes(pack["gradebook"])
    directory = {"root": str(folder), "db_url": f"sqlite:///{folder}/gradebook.db",
                 "source_directory": "source", "submitted_directory": "submitted", "autograded_directory": "autograded"}
    config = Config(pack["config"])
    config.merge(Config({"CourseDirectory": directory, "Run": {"seed": job["seed"], "sandboxed": pack["sandbox"]}}))
    here = os.getcwd()
    try:
        start(_Alone(coursedir=CourseDirectory(config=config, assignment_id=assignment, student_id=student),
                     config=config))
    finally:
        os.chdir(here)
    path = folder / "autograded" / student / assignment / f"{assignment}.ipynb"
    text = path.read_text(encoding="utf-8")
    _enter_cells(record, nbformat.reads(text, as_version=4))
    return text


def _enter_cells(record: Record, executed: NotebookNode) -> None:
    """Fill in the graded cells of a notebook that ran, with their checks; doubts about them are flags."""
    for name, cell in graded_cells(executed).items():
        meta = cell.metadata.nbgrader
        if not meta.grade:
            continue
        scored = Result(0.0, []) if meta.solution else score_cell(cell)
        record["cells"].append({"name": name.removesuffix("_test"), "score": scored.score,
                                "max_score": float(meta.points), "checks": scored.checks,
                                "seconds": cell.metadata.get("seconds", 0.0)})
        record["flags"] += scored.doubts
        if scored.doubts:
            record["status"] = NEEDS_REVIEW
        if scored.bonus:
            record["trial"] = {key: value for key, value in scored.bonus.items() if key != "sounds"}
    record["score"] = round(sum(cell["score"] for cell in record["cells"]), 6)


class _Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def text(self) -> str:
        """Return the lines, up to a length."""
        return "\n".join(self.lines)[:LONGEST_LOG]
