"""Grade a class: a task for every submission that has no record yet, many at a time, and then the gradebook.

What a task brings back is written at once, the notebook first and the record after it. So whatever is killed, a
worker, this process or the machine, whoever starts again grades only what has no record.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from json import loads
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import record as records
from autograder.course import Course
from autograder.files import comes_along
from autograder.gradebook import merge, must_merge, update
from autograder.pack import longest, make_pack
from autograder.progress import Progress
from autograder.record import NEEDS_REVIEW, Record
from autograder.stage import Submission, take_in, worth
from autograder.task import UNSAFE, Job, Outcome, grade_submission

GATEWAY = "gateway"
STAMP = "timestamp.txt"


@dataclass(frozen=True)
class How:
    """How to grade.

    Parameters
    ----------
    workers : int, optional
        Processes on this machine, by default one for each core; or the workers to ask dask-gateway for.
    scheduler : str, optional
        What to use in place of this machine: the address of a Dask scheduler, or `GATEWAY` for dask-gateway.
    sandbox : bool
        Whether students' code runs in the sandbox. Without it, it can do whatever the grader can.
    again : bool
        Whether what has a record is graded anew.

    Raises
    ------
    ValueError
        If there are workers to start, and nobody has said how many, or the other way round.
    """

    workers: int | None = None
    scheduler: str | None = None
    sandbox: bool = True
    again: bool = False

    def __post_init__(self) -> None:
        if self.scheduler == GATEWAY and not self.workers:
            raise ValueError(f"--scheduler {GATEWAY} needs --workers N: how many the gateway starts")
        if self.scheduler not in (None, GATEWAY) and self.workers:
            raise ValueError(f"--workers N does not go with --scheduler {self.scheduler}, which has its own")


@dataclass
class Round:
    """What a round of grading did: all records, by student, and whose are new."""

    records: dict[str, Record] = field(default_factory=dict)
    graded: list[str] = field(default_factory=list)


def find_submissions(folder: Path, assignment: str, students: Sequence[str] = ()) -> list[Path]:
    """Return the folders `<student>/<assignment>` of the students named, or of all.

    Raises
    ------
    ValueError
        If there is none, or none of a student who is named.
    """
    found = {path.parent.name: path for path in sorted(folder.glob(f"*/{assignment}"))}
    if not found:
        others = ", ".join(sorted({path.name for path in folder.glob("*/*") if path.is_dir()}))
        raise ValueError(f"there is no submission to {assignment} in {folder}: "
                         f"they are expected in {folder}/<student>/{assignment}/{assignment}.ipynb"
                         + (f"; there are some to {others}" if others else ""))
    unknown = sorted(set(students) - set(found))
    if unknown:
        raise ValueError(f"there is no submission to {assignment} from {unknown[0]!r} in {folder}; "
                         f"there are: {', '.join(found)}")
    return [path for student, path in found.items() if not students or student in students]


def grade(course: Course, assignment: str, submissions: Sequence[Path], folder: Path, *, how: How | None = None,
          combine: Callable[[Record, Record], Record] | None = None) -> Round:
    """Grade the submissions to one assignment that have no record, and merge all into the gradebook.

    Parameters
    ----------
    course : Course
        Whose gradebook the grades go to.
    assignment : str
        An assignment that has been released.
    submissions : sequence of Path
        The folders that came in.
    folder : Path
        Where the records go.
    how : How, optional
        Workers, sandbox, and whether to grade anew.
    combine : callable, optional
        Makes the record to keep from the one there was and the new one; by default the new one is kept.

    Raises
    ------
    ValueError
        If the assignment has not been released, if there is no sandbox, or if the workers cannot grade.
    """
    how = how or How()
    released = read_release(course, assignment)
    done = Round()
    with _only_one(course, assignment):
        jobs = _Jobs(course, assignment, released, folder, how, done, combine)
        todo = [submission for submission in map(jobs.take, submissions) if submission]
        try:
            for job, outcome in outcomes(course, assignment, map(jobs.job, todo), how=how, total=len(todo)):
                jobs.finish(job, outcome)
        finally:  # also after Ctrl-C: what is finished is kept
            merge(course, assignment, folder)
        found = [records.read(records.path_of(folder, assignment, path.parent.name)) for path in submissions]
        update(course, found, folder)
    done.records = {record["student"]: record for record in found}
    return done


def read_release(course: Course, assignment: str) -> NotebookNode:
    """Read what students were given.

    Raises
    ------
    ValueError
        If it has not been released.
    """
    path = course.release / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        raise ValueError(f"{assignment} has not been released: run `python -m autograder release {assignment}` first")
    return nbformat.read(path, as_version=4)


def outcomes(course: Course, assignment: str, jobs: Iterable[Job], *, how: How,
             total: int) -> Iterator[tuple[Job, Outcome | None]]:
    """Run jobs on workers and yield what came of each as it arrives; None of one that killed its worker twice.

    Raises
    ------
    ValueError
        If there is no sandbox, or if the workers cannot grade.
    """
    check_sandbox(how)
    if not total:
        return
    from autograder import cluster, gateway  # takes a second

    pack = make_pack(course, assignment, sandbox=how.sandbox, elsewhere=bool(how.scheduler))
    workers = min(how.workers or cluster.cores(), total)
    cluster_of = (gateway.connect(workers) if how.scheduler == GATEWAY
                  else cluster.connect(workers=workers, scheduler=how.scheduler))
    with cluster_of as client, Progress(assignment, total) as progress:
        for job, result in cluster.run(client, grade_submission, pack, jobs, limit=longest(course)):
            yield job, None if isinstance(result, cluster.KilledError) else loads(result)
            progress.step()


def check_sandbox(how: How) -> None:
    """Refuse to grade without a sandbox, unless somebody has asked for that; then say what it means.

    Raises
    ------
    ValueError
        With what is missing and how to mend it.
    """
    if not how.sandbox:
        print("WARNING: --no-sandbox: what students have written runs as you, and can read hidden tests, change its "
              "own points and destroy others' work. Grade only submissions of people you trust.", file=sys.stderr)
    elif not how.scheduler:  # the workers of a cluster are asked themselves
        from autograder.sandbox import problem

        if problem():
            raise ValueError(problem())


class _Jobs:
    """The way of a submission: taken in, sent away, written down."""

    def __init__(self, course: Course, assignment: str, released: NotebookNode, folder: Path, how: How,
                 done: Round, combine: Callable[[Record, Record], Record] | None) -> None:
        self.course, self.assignment, self.released, self.folder = course, assignment, released, folder
        self.how, self.done, self.combine = how, done, combine

    def take(self, path: Path) -> Path | None:
        """Return the folder of a submission that must be graded."""
        student = path.parent.name
        try:
            submission = take_in(path)
        except (ValueError, OSError) as error:
            self._refuse(student, "", str(error))
            return None
        earlier = self.earlier(student)
        if self.how.again or not earlier or not submission.sha256 or earlier["submission_sha256"] != submission.sha256:
            return path
        where = self.course.autograded / student / self.assignment
        if earlier["cells"] and not (where / f"{self.assignment}.ipynb").is_file():
            return path
        self._stamp(submission, where)
        return None

    def job(self, path: Path) -> Job:
        """Return the task for a submission."""
        submission = take_in(path)
        seed = self.course.seed(self.assignment, submission.student, submission.sha256)
        return {"student": submission.student, "files": submission.files, "sha256": submission.sha256, "seed": seed}

    def finish(self, job: Job, outcome: Outcome | None) -> None:
        """Write what came of a submission."""
        if outcome is None:
            self._refuse(job["student"], job["sha256"], "it killed its worker twice, or did not end: grade it by hand")
            return
        with self.course.log.open("a", encoding="utf-8") as file:
            file.write(outcome["log"] + "\n")
        self._keep(outcome["record"], job["files"], outcome["executed"])

    def earlier(self, student: str) -> Record | None:
        """Return a student's record of an earlier round, if it is one."""
        path = records.path_of(self.folder, self.assignment, student)
        try:
            return records.read(path) if path.is_file() else None
        except ValueError:
            return None

    def _refuse(self, student: str, sha256: str, reason: str) -> None:
        """Write the record of a submission that a person must look at."""
        record = records.empty(self.assignment, student, sha256, max_score=worth(self.released))
        record["status"] = NEEDS_REVIEW
        record["flags"] = [*([] if self.how.sandbox else [UNSAFE]), reason]
        self._keep(record, {}, "")

    def _keep(self, record: Record, files: Mapping[str, bytes], executed: str) -> None:
        """Write a record and the notebook that ran. The note for the gradebook comes first, the record last."""
        student = record["student"]
        earlier = self.earlier(student)
        changed = earlier is None or earlier["submission_sha256"] != record["submission_sha256"]
        if earlier and self.combine:
            record = self.combine(earlier, record)
        must_merge(self.course, self.assignment, student, changed=changed)
        where = self.course.autograded / student / self.assignment
        if executed:
            self._write_autograded(where, files, executed)
        elif not record["cells"]:
            shutil.rmtree(where, ignore_errors=True)
        records.write(record, self.folder)
        self.done.graded.append(student)

    def _stamp(self, submission: Submission, where: Path) -> None:
        """Take over the time stamp of a submission that was handed in again as it was."""
        new = submission.stamp
        path = where / STAMP
        old = path.read_bytes() if path.is_file() else None
        if where.is_dir() and new != old:
            must_merge(self.course, self.assignment, submission.student, changed=False)
            path.unlink(missing_ok=True)
            if new is not None:
                path.write_bytes(new)

    def _write_autograded(self, where: Path, files: Mapping[str, bytes], executed: str) -> None:
        """Put the notebook that ran, and what came along with it, in place of those of an earlier round."""
        fresh = self.course.unmerged / self.assignment / f"{where.parent.name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        kept = {path: content for path, content in files.items() if comes_along(path)}
        stamp = Submission(where, dict(files)).stamp
        if stamp is not None:
            kept[STAMP] = stamp
        for path, content in {**kept, f"{self.assignment}.ipynb": executed.encode()}.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(content)
        shutil.rmtree(where, ignore_errors=True)
        where.parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh, where)


@contextmanager
def _only_one(course: Course, assignment: str) -> Iterator[None]:
    """Keep a second process from grading the same assignment. The lock goes with the process, however that ends."""
    folder = course.root / "locks"
    folder.mkdir(exist_ok=True)
    with open(folder / assignment, "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(f"{assignment} is being graded already, by another process") from None
        yield
