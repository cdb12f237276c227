"""A class of attackers with a few honest students between them, graded as an instructor would."""

import copy
import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from attack import LESSON, Attack, at, exercises, hand_in, honest, read_notebook, right_answer, without_demos
from files import STUDENTS, Files
from forms import Form
from host import Host, fingerprint
from nbformat import NotebookNode

from autograder.sandbox import problem

REPOSITORY = Path(__file__).resolve().parents[2]
NEIGHBOURS = ["a_honest", "m_honest", "zz_honest"]
SMALL = {"Execute.timeout": 45, "Execute.iopub_timeout": 4, "Run.time_limit": 150}
CONFIG = "nbgrader_config.py"


@dataclass
class Classroom:
    """What came out of grading a class: records, pages, and what happened to the machine meanwhile."""

    root: Path
    released: dict[str, NotebookNode]
    honest: dict[tuple[str, str], float] = field(default_factory=dict)
    submitted: dict[tuple[str, str], str] = field(default_factory=dict)
    records: dict[tuple[str, str], dict] = field(default_factory=dict)
    harm: list[str] = field(default_factory=list)
    left_running: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    said: str = ""
    seconds: float = 0.0

    def record(self, lesson: str, student: str) -> dict:
        """Return a submission's record."""
        return self.records[lesson, student]

    def pages(self) -> dict[str, str]:
        """Return the pages that students and instructors look at: path -> HTML."""
        folders = [self.root / "feedback", self.root / "pages"]
        return {str(path.relative_to(self.root)): path.read_text(encoding="utf-8")
                for folder in folders for path in sorted(folder.rglob("*.html"))}


def build(folder: Path, attacks: list[Attack], forms: list[Form], files: list[Files], *, limits: dict) -> Classroom:
    """Release, hand in, grade and write the pages of a class, and watch the machine while that happens."""
    root = folder / "root"
    names = sorted({attack.lesson for attack in attacks} | ({LESSON} if forms or files or not attacks else set()))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_text(f"load_subconfig({CONFIG!r}, path={str(REPOSITORY)!r})\n"
                                 + "".join(f"c.{name} = {value!r}\n" for name, value in limits.items()))
    if complaint := run(folder, "release", *names)[1]:
        raise RuntimeError(complaint)
    released = {name: read_notebook(root / "release" / name / f"{name}.ipynb") for name in names}
    room = Classroom(root, released)

    def command(*arguments: str) -> None:
        said, complaint = run(folder, *arguments)
        room.said += said
        room.failed += [complaint] if complaint else []

    host = Host(folder / "host")
    try:
        known = host.known(root, REPOSITORY)
        _hand_in(room, attacks, forms, files, known)
        for key in room.honest:
            path = root / "submitted" / key[1] / key[0] / f"{key[0]}.ipynb"
            small_file = path.is_file() and path.stat().st_size < 3e7
            room.submitted[key] = path.read_text(errors="replace") if small_file else ""
        watched = [root / "submitted", root / "release", REPOSITORY / "notebooks"]
        before = {path: fingerprint(path) for path in watched if not files or path.name != "submitted"}
        start = perf_counter()
        for name in names:
            command("grade", name, "--workers", "2", *(["--no-sandbox"] if problem() else []))
        room.seconds = perf_counter() - start
        room.left_running = host.left_running()
        room.harm = host.harm()
        for path, prints in before.items():
            now = fingerprint(path)
            room.changed += [str(path / name) for name in sorted(prints.keys() | now.keys())
                             if prints.get(name) != now.get(name)]
    finally:
        host.close()
    for path in (root / "records").glob("*/*.json"):
        room.records[path.parent.name, path.stem] = json.loads(path.read_text(encoding="utf-8"))
    (root / "pages").mkdir()
    for name in names:
        command("feedback", name)
        command("similarity", name, "--to", str(root / "pages" / f"similarity_{name}.html"))
    command("report", "--to", str(root / "pages" / "report.html"))
    command("export", "--to", str(root / "grades.csv"))
    return room


def _hand_in(room: Classroom, attacks: list[Attack], forms: list[Form], files: list[Files], known: dict) -> None:
    """Write all submissions, and note what their honest parts are worth."""
    submitted = room.root / "submitted"

    def enter(student: str, lesson: str, notebook: NotebookNode | str | bytes, worth: float) -> Path:
        room.honest[lesson, student] = worth
        return hand_in(submitted / student / lesson, notebook, f"{lesson}.ipynb")

    for lesson, notebook in room.released.items():
        for variant, student in enumerate(NEIGHBOURS):
            enter(student, lesson, honest(notebook, lesson, variant), sum(exercises(notebook).values()))
    for attack in attacks:
        notebook = room.released[attack.lesson]
        for student in attack.students:
            enter(student, attack.lesson, attack.notebook(notebook, known), attack.worth(exercises(notebook)))
    lesson = LESSON
    if lesson not in room.released:
        return
    plain = without_demos(room.released[lesson])
    at(plain, "cross_term").cell.source = right_answer(lesson, "cross_term")
    for form in forms:
        enter(form.name, lesson, form.change(copy.deepcopy(plain)), form.honest)
    for case in files:
        case.add(enter(case.name, lesson, plain, case.honest), known)
    for student in STUDENTS if files else []:
        room.honest[lesson, student] = 0.0
        hand_in(submitted / student / lesson, "nothing", "homework.txt")


def run(folder: Path, *arguments: str) -> tuple[str, str]:
    """Run a command of the autograder in a process of its own; return what it said, and a complaint if it failed."""
    path = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run([sys.executable, "-m", "autograder", *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=3600, check=False, errors="replace",
                          env={**os.environ, "COURSE_ROOT": str(folder / "root"), "PYTHONPATH": path})
    said = done.stdout + done.stderr
    return said, f"{' '.join(arguments)} ended with {done.returncode}: {said[-3000:]}" if done.returncode else ""


def read_csv(path: Path) -> list[list[str]]:
    """Read a table."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))
