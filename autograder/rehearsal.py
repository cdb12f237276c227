"""A term in a few minutes, on a machine without a hub: sixty students hand in, and each gets what he should.

Release, submit, collect, grade, feedback, grade again, export, with the commands that an instructor types. As root,
students are users of their own, known in this process's view of the machine only, and hand in through an
nbgrader exchange; otherwise their work comes in a folder, as from a learning platform. All of it is in
`build/rehearsal`.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat

from autograder.lesson import NOTEBOOKS, Lesson
from autograder.rehearsal_class import Student, make_class

ROOT = Path("build") / "rehearsal"
LESSON = "01_spectrograms"
USERS = "REHEARSAL_USERS"
FIRST_UID = 61_000
COURSE = "rehearsal"
CONFIG = """import os
load_subconfig("nbgrader_config.py", path={home!r})
c.CourseDirectory.source_directory = os.path.relpath({source!r}, c.CourseDirectory.root)
c.CourseDirectory.course_id = "{course}"
c.Exchange.root = {exchange!r}
c.ExchangeFactory.collect = "autograder.exchange.Collect"
c.Execute.timeout = 30
c.ByTheDay.percent_per_day = 10
"""


class Rehearsal:
    """The course of the rehearsal, in a fresh folder.

    Parameters
    ----------
    root : Path
        Where.
    lesson : Lesson
        What is handed in.
    workers : int, optional
        Processes that grade.
    """

    def __init__(self, root: Path, lesson: Lesson, *, workers: int | None = None):
        shutil.rmtree(root, ignore_errors=True)
        self.root, self.name, self.workers = root.resolve(), lesson.name, workers
        self.steps: list[tuple[str, float]] = []
        self.failures: list[str] = []
        self.exchange, self.homes = self.root / "exchange", self.root / "homes"
        source = self.root / "instructor" / "notebooks"
        for folder, mode in ((self.root, 0o755), (self.exchange, 0o1777), (self.homes, 0o755), (source.parent, 0o700)):
            folder.mkdir(parents=True)
            folder.chmod(mode)
        shutil.copytree(lesson.path.parent, source / lesson.name)
        self.lesson = Lesson(lesson.name, folder=source)
        (source.parent / "nbgrader_config.py").write_text(CONFIG.format(
            home=str(Path(__file__).resolve().parent.parent), source=str(source), course=COURSE,
            exchange=str(self.exchange)))
        self.course = source.parent / "course"

    def command(self, *arguments: str, expected: Sequence[int] = (0,)) -> str:
        """Run a command as an instructor does, and return what it prints."""
        begin = time.perf_counter()
        environment = {**os.environ, "COURSE_ROOT": str(self.course), "PYTHONPATH": str(Path(__file__).parents[1])}
        done = subprocess.run([sys.executable, "-m", "autograder", *arguments], cwd=self.root / "instructor",
                              env=environment, capture_output=True, text=True)
        self.steps.append((" ".join(arguments), time.perf_counter() - begin))
        print(f"{self.steps[-1][1]:7.1f} s  {self.steps[-1][0]}", flush=True)
        if done.returncode not in expected:
            self.failures.append(f"`{' '.join(arguments)}` ended with {done.returncode}: {done.stderr[-500:]}")
        return done.stdout

    def run(self, students: Sequence[Student] | None = None) -> bool:
        """Hold the rehearsal, print its table, and tell whether everything was as it should be."""
        self.command("release", self.name)
        released = nbformat.read(self.course / "release" / self.name / f"{self.name}.ipynb", as_version=4)
        students = students or make_class(self.lesson, released)
        workers = ["--workers", str(self.workers)] if self.workers else []
        (self._submit_as_users if os.environ.get(USERS) else self._submit_in_folder)(students)
        source = [] if os.environ.get(USERS) else ["--from", str(self.homes), "--students", str(self.root / "who.csv")]
        collected = self.command("collect", self.name, *source, expected=(0, 1))
        (self.root / "collected.txt").write_text(collected)
        for student in students:
            if student.flag == "accepted by hand":
                self.command("accept", student.name, self.name)
        self.command("grade", self.name, *workers)
        self.command("export", "--to", str(self.root / "grades.csv"))
        self.command("feedback", self.name)
        self.command("grade", self.name, *workers)
        self.command("grade", self.name, "--again", *self._some(students), *workers)
        self.command("export", "--to", str(self.root / "grades-again.csv"))
        self.command("report", "--to", str(self.root / "report.html"))
        if (self.root / "grades.csv").read_bytes() != (self.root / "grades-again.csv").read_bytes():
            self.failures.append("the second round of grading gave other grades than the first")
        return self._show(students)

    def _some(self, students: Sequence[Student]) -> list[str]:
        """Return the options for the first student of some kinds, who are graded twice."""
        first = {student.kind: student.name for student in reversed(students)
                 if student.kind in ("right", "partial", "wrong", "late")}
        return [word for name in first.values() for word in ("--student", name)]

    def _work(self, student: Student) -> Path:
        """Write what a student has made, and return the folder of the assignment."""
        folder = self.homes / student.name / self.name
        folder.mkdir(parents=True)
        (folder / f"{self.name}.ipynb").write_text(student.notebook or "", encoding="utf-8")
        for name, content in student.files.items():
            (folder / name).write_bytes(content)
            if student.kind == "too large":
                os.truncate(folder / name, 101_000_000)
        return folder

    def _submit_in_folder(self, students: Sequence[Student]) -> None:
        """Lay out work as a learning platform gives it: a folder for each student, and a table with times."""
        due = datetime.now(UTC) - timedelta(hours=1)
        self._set_due(due)
        rows = [("student_id", "received")]
        for student in students:
            if student.notebook is not None and not student.victim:
                folder = self._work(student)
                if student.link:
                    (folder / student.link).symlink_to(self.course / "gradebook.db")
                rows.append((student.name, (due + timedelta(minutes=1 if student.late else -1)).isoformat()))
        with (self.root / "who.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)

    def _submit_as_users(self, students: Sequence[Student]) -> None:
        """Let every student hand in through the exchange, as a user of his own, those who are late a little later."""
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange.default import ExchangeReleaseAssignment
        from traitlets.config import Config

        config = Config({"Exchange": {"root": str(self.exchange)}})
        directory = CourseDirectory(root=str(self.course), course_id=COURSE, assignment_id=self.name)
        ExchangeReleaseAssignment(coursedir=directory, config=config).start()
        (self.exchange / COURSE / "inbound").chmod(0o3733)
        begin = time.perf_counter()
        ready = [student for student in students if student.notebook is not None]
        for student in [student for student in ready if not student.late]:
            self._submit(student)
        self._set_due(datetime.now(UTC))
        time.sleep(0.1)
        for student in [student for student in ready if student.late]:
            self._submit(student)
        print(f"{time.perf_counter() - begin:7.1f} s  nbgrader submit, by {len(ready)} users", flush=True)

    def _submit(self, student: Student) -> None:
        """Hand in as `nbgrader submit` does, in a process of the student's own."""
        uid = FIRST_UID + int(student.name[1:])
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange.default import ExchangeSubmit
        from traitlets.config import Config

        home = self._work(student).parent
        for path in [home, *home.rglob("*")]:
            os.chown(path, uid, FIRST_UID)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.setgroups([])
                os.setgid(FIRST_UID)
                os.setuid(uid)
                config = Config({"Exchange": {"root": str(self.exchange), "assignment_dir": str(home),
                                              "cache": str(home / "cache")}})
                directory = CourseDirectory(root=str(home), course_id=COURSE, assignment_id=self.name,
                                            student_id=student.victim or student.name, max_file_size=200_000,
                                            max_dir_size=200_000)
                ExchangeSubmit(coursedir=directory, authenticator=Authenticator(), config=config).start()
                code = 0
            finally:
                os._exit(code)
        if os.waitpid(child, 0)[1]:
            self.failures.append(f"{student.name} could not hand in")
        if student.link:  # what a student can do who keeps the name of his folder
            link = next((self.exchange / COURSE / "inbound").glob(f"{student.name}+*")) / student.link
            link.symlink_to(self.course / "gradebook.db")
            os.lchown(link, uid, FIRST_UID)

    def _set_due(self, due: datetime) -> None:
        """Set when the assignment is due, in nbgrader's gradebook."""
        script = ("import sys; from autograder.course import Course\n"
                  "with Course.load().gradebook() as book:\n"
                  "    book.update_or_create_assignment(sys.argv[1], duedate=sys.argv[2])")
        subprocess.run([sys.executable, "-c", script, self.name, due.strftime("%Y-%m-%d %H:%M:%S.%f UTC")], check=True,
                       cwd=self.root / "instructor", capture_output=True, env={
                           **os.environ, "COURSE_ROOT": str(self.course), "PYTHONPATH": str(Path(__file__).parents[1])})

    def _show(self, students: Sequence[Student]) -> bool:
        """Print one line for each kind of student, and what is not as it should be."""
        rows = [("kind", "students", "points expected", "points given", "status", "flags", "")]
        everything = sum(exercise.points for exercise in self.lesson.exercises.values())
        for kind in dict.fromkeys(student.kind for student in students):
            of_kind = [student for student in students if student.kind == kind]
            records = [self._record(student) for student in of_kind]
            wrong = [problem for student, record in zip(of_kind, records, strict=True)
                     if (problem := _problem(student, record, everything))]
            self.failures += wrong
            found = [record for record in records if record]
            given = sorted({record["score"] for record in found})
            expected = of_kind[0].points
            flags = sorted({flag.split(":")[0] for record in found for flag in record["flags"]})
            rows.append((kind, str(len(of_kind)), f"below {everything:g}" if expected is None else
                         "-" if of_kind[0].status == "no record" else f"{expected:g}",
                         " to ".join(f"{score:g}" for score in dict.fromkeys((given[0], given[-1]))) if given else "-",
                         ", ".join(sorted({record["status"] for record in found}) or ["no record"]),
                         "; ".join(flag[:40] for flag in flags[:3]), f"{len(wrong)} WRONG" if wrong else "ok"))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        print()
        for row in rows:
            print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
        print()
        print("\n".join(self.failures) or f"{len(students)} students: all as it should be")
        return not self.failures

    def _record(self, student: Student) -> dict | None:
        path = self.course / "records" / self.name / f"{student.name}.json"
        return json.loads(path.read_text()) if path.is_file() else None


def _problem(student: Student, record: dict | None, everything: float) -> str:
    """Return what is not as it should be about a student's record, or nothing."""
    if student.status == "no record" or record is None:
        return "" if (record is None) == (student.status == "no record") else (
            f"{student.name} ({student.kind}): " + ("there is no record" if record is None else "there is a record"))
    if student.points is None:
        good = 0 <= record["score"] < everything
    else:
        good = abs(record["score"] - student.points) < 1e-6
    if not good:
        return f"{student.name} ({student.kind}): {record['score']} points; {'; '.join(record['flags'])}"
    if record["status"] != student.status:
        return f"{student.name} ({student.kind}): {record['status']}; {'; '.join(record['flags'])}"
    if not any(student.flag in flag for flag in ["", *record["flags"]]):
        return f"{student.name} ({student.kind}): no flag says {student.flag!r}"
    return ""


def _with_users() -> int | None:
    """Start this again where the students are users, in a view of the machine that nobody else sees; None if not."""
    if os.geteuid() != 0 or os.environ.get(USERS) or not shutil.which("unshare"):
        return None
    if not all(folder.stat().st_mode & 0o001 for folder in Path.cwd().parents):
        return None  # the students could not reach the exchange
    ROOT.parent.mkdir(exist_ok=True)
    users = ROOT.parent / "rehearsal-users"
    users.write_text(Path("/etc/passwd").read_text() + "".join(
        f"s{number:02}:x:{FIRST_UID + number}:{FIRST_UID}::/nonexistent:/usr/sbin/nologin\n"
        for number in range(1, 61)))
    inside = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/passwd && exec "$@"', str(users)]
    if subprocess.run([*inside, "true"], capture_output=True).returncode:
        return None
    command = [*inside, sys.executable, "-m", "autograder.rehearsal", *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, USERS: "1"}).returncode


def main() -> int:
    """Hold the rehearsal and return its exit code: 1 if a result is not what it should be."""
    parser = argparse.ArgumentParser(prog="python -m autograder.rehearsal", description=__doc__.split("\n\n")[0])
    parser.add_argument("--lesson", default=LESSON, help="default: %(default)s")
    parser.add_argument("--workers", type=int, metavar="N", help="default: one for each core")
    arguments = parser.parse_args()
    done = _with_users()
    if done is not None:
        return done
    lesson = Lesson(arguments.lesson, folder=NOTEBOOKS)
    return 0 if Rehearsal(ROOT, lesson, workers=arguments.workers).run() else 1


if __name__ == "__main__":
    sys.exit(main())
