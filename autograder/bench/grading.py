"""How fast a class is graded: part of `make bench-all`, written to `build/bench/grading.json`.

The same honest submissions are graded three times, one after the other: by plain `nbgrader autograde`, with nbgrader's
own steps and nothing of this package, in its one process; and by `autograder grade` with one worker and with two,
sandbox and trusted checks on. A time is that of the whole command, from its start to its end. All have the same
kernel, time limits and environment, with one thread a kernel (`autograder.run` says why), and all must give every
submission full points. Nothing else is asserted: machines are noisy.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import nbformat
from nbgrader.api import Gradebook

from autograder import record as records
from autograder.bench.breakdown import breakdown
from autograder.bench.pages import write_numbers
from autograder.course import Course
from autograder.lesson import Lesson
from autograder.record import Record
from autograder.release import REGION, release
from autograder.sandbox import problem

TO = Path("build") / "bench" / "grading.json"
LESSON = "03_spectral_subtraction"
COUNT = 24
"""Submissions."""
PAIRS = 8
"""Submissions that are graded with and without sandbox and trusted checks."""
REPOSITORY = Path(__file__).resolve().parents[2]
ANSWERS = REPOSITORY / "tests" / "answers"

FAIR = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive", "JUPYTER_PREFER_ENV_PATH": "1"}
"""What everything that is measured finds in its environment."""

PLAIN = """c = get_config()
c.CourseDirectory.root = {root!r}
c.ClearSolutions.code_stub = {{"python": "raise NotImplementedError"}}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.Execute.kernel_name = "python3"
c.Execute.timeout = {timeout}
c.Execute.iopub_timeout = {iopub_timeout}
"""


@dataclass
class Times:
    """Seconds that each command took, and those of them that our tasks and nbgrader's demos took."""

    seconds: dict[str, float]
    in_tasks: dict[str, float]
    demos: float

    def show(self) -> None:
        """Print a table."""
        nbgrader = self.seconds["nbgrader"]
        print(f"\n{COUNT} submissions to {LESSON}\n  {'':10} {'s':>6} {'a minute':>9} {'times nbgrader':>15} "
              f"{'times nbgrader without demos':>29}")
        for name, taken in self.seconds.items():
            print(f"  {name:10} {taken:6.0f} {60 * COUNT / taken:9.1f} {nbgrader / taken:15.2f} "
                  f"{(nbgrader - self.demos) / taken:29.2f}")
        outside = ", ".join(f"{self.seconds[name] - taken:.0f} s" for name, taken in self.in_tasks.items())
        print(f"  nbgrader runs the lesson's own demos too, {self.demos / COUNT:.1f} s for each; ours leaves them out\n"
              f"  before, between and after its tasks (start, course's gradebook, end) ours took {outside}")


def main() -> None:
    """Measure, print what came out and write the file."""
    if problem():
        print(f"how fast a class is graded is not measured: {problem()}")
        return
    with TemporaryDirectory() as folder:
        course = hand_in(Path(folder) / "course", COUNT)
        times = compare(course, Path(folder))
        times.show()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            parts = pool.submit(breakdown, str(course.root), LESSON, PAIRS).result()
        for record in parts.records:
            check_full_points(points_in_records([record]), 1)
        parts.show()
    rates = {f"{name}_per_minute": round(60 * COUNT / taken, 2) for name, taken in times.seconds.items()}
    write_numbers(TO, {**rates, "overhead_seconds": round(parts.overhead, 2)})


def compare(course: Course, folder: Path) -> Times:
    """Take the time of the three commands, each on a course of its own."""
    plain = plain_course(folder / "plain", course)
    # From the disk into memory, so that who comes first need not wait for it.
    run([sys.executable, "-c", "import ipykernel.kernelapp, nbgrader.apps, course_utils.plot, torchaudio"], plain)
    seconds = {"nbgrader": run([sys.executable, "-m", "nbgrader", "autograde", LESSON], plain)}
    check_full_points(points_in_gradebook(plain), COUNT)
    in_tasks = {}
    for workers in (1, 2):
        name = f"workers_{workers}"
        root = shutil.copytree(course.root, folder / name)
        command = [sys.executable, "-m", "autograder", "grade", LESSON, "--workers", str(workers)]
        seconds[name] = run(command, REPOSITORY, root=root)
        found = records.read_all(root / "records")
        check_full_points(points_in_records(found), COUNT)
        in_tasks[name] = sum(record["seconds"] for record in found) / workers
    demos = sum(seconds_of_demos(path) for path in plain.glob("autograded/*/*/*.ipynb"))
    return Times(seconds, in_tasks, demos)


def hand_in(root: Path, count: int) -> Course:
    """Make a course in which the lesson is released, and handed in by so many who have everything right.

    The first has the instructor's solutions, each of the others one exercise answered in another right way.
    """
    os.environ.update(FAIR, COURSE_ROOT=str(root))  # nbgrader_config.py reads it
    os.environ.pop("COURSE_DB", None)  # that is a real class's
    course = Course.load()
    (released,) = release(course, [LESSON])
    lesson = Lesson(LESSON)
    solutions = {name: "\n".join(line for line in cell.source.splitlines() if not REGION.search(line))
                 for name, cell in lesson.cells.items() if cell.metadata.nbgrader.solution}
    others = [sorted((ANSWERS / LESSON / name).glob("right_*.py")) for name in lesson.exercises]
    answers = [{}, *({path.parent.name: path.read_text(encoding="utf-8")}
                     for column in zip_longest(*others) for path in column if path)]
    for number, answer in zip(range(count), answers, strict=False):
        notebook = nbformat.read(released / f"{LESSON}.ipynb", as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = {**solutions, **answer}.get(name, cell.source)
        target = course.submitted / f"s{number:02}" / LESSON
        target.mkdir(parents=True)
        nbformat.write(notebook, target / f"{LESSON}.ipynb")
    return course


def plain_course(root: Path, course: Course) -> Path:
    """Make a course of nbgrader's own with the same submissions, and return its folder."""
    root.mkdir()
    shutil.copytree(course.source / LESSON, root / "source" / LESSON)
    shutil.copytree(course.submitted, root / "submitted")
    execute = course.config.Execute
    text = PLAIN.format(root=str(root), timeout=execute.timeout, iopub_timeout=execute.iopub_timeout)
    (root / "nbgrader_config.py").write_text(text, encoding="utf-8")
    run([sys.executable, "-m", "nbgrader", "generate_assignment", LESSON], root)
    return root


def run(command: list[str], folder: Path, *, root: Path | None = None) -> float:
    """Run a command in a folder, on the course in `root` if it is one of ours, and return the seconds it took."""
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "no-settings-of-the-user"),
                   "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
                   "COURSE_ROOT": str(root or folder)}
    start = perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    seconds = perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return seconds


def points_in_gradebook(root: Path) -> dict[str, dict[str, float]]:
    """Return what nbgrader gave each student for each cell."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {submission.student.id: {grade.name.removesuffix("_test"): grade.auto_score
                                        for notebook in submission.notebooks for grade in notebook.grades}
                for submission in gradebook.assignment_submissions(LESSON)}


def points_in_records(found: list[Record]) -> dict[str, dict[str, float]]:
    """Return what we gave each student for each cell."""
    return {record["student"]: {cell["name"]: cell["score"] for cell in record["cells"]} for record in found}


def check_full_points(points: dict[str, dict[str, float]], count: int) -> None:
    """Raise unless all submissions have all points for every exercise: else the times would not be of the same work."""
    if len(points) != count:
        raise RuntimeError(f"{len(points)} of {count} submissions were graded")
    for student, given in points.items():
        for name, exercise in Lesson(LESSON).exercises.items():
            if given[name] != exercise.points:
                raise RuntimeError(f"{student} has {given[name]} of {exercise.points} points for {name}")


def seconds_of_demos(path: Path) -> float:
    """Return how long the cells took that are neither graded nor anybody's answer, by the kernel's own messages."""
    return sum((datetime.fromisoformat(times["shell.execute_reply"])
                - datetime.fromisoformat(times["iopub.execute_input"])).total_seconds()
               for cell in nbformat.read(path, as_version=4).cells if "nbgrader" not in cell.metadata
               for times in [cell.metadata.get("execution", {})] if "shell.execute_reply" in times)
