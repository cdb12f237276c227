"""How long each lesson takes, and how much memory: part of `make bench-all`, written to `build/bench/lessons.json`.

Each one's solution is run from top to bottom as a student would, and then graded as a submission, each in a process of
its own, so that its memory is not that of the lesson before. Nothing is asserted: machines are noisy.
"""

import os
import resource
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import nbformat
from nbclient import NotebookClient

from autograder.bench.pages import write_numbers
from autograder.course import Course
from autograder.grade import How, find_submissions, grade
from autograder.lesson import Lesson, lesson_names
from autograder.release import release
from autograder.sandbox import problem

TO = Path("build") / "bench" / "lessons.json"


def run(name: str) -> tuple[float, float]:
    """Run a lesson with its solutions; return the seconds it took and the peak memory of its kernel in MB."""
    with TemporaryDirectory() as folder:
        path = Path(shutil.copytree(Lesson(name).path.parent, folder, dirs_exist_ok=True)) / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        start = perf_counter()
        client = NotebookClient(notebook, kernel_name="python3", timeout=600, resources={"metadata": {"path": folder}})
        client.widget_registry = {}  # or it may miss a reply, see tests/execute.py
        client.execute()
        seconds = perf_counter() - start
    # Largest resident size of any process that this one has started and waited for: the kernel, in kB (bytes on macOS).
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit


def grading(name: str) -> float:
    """Grade a lesson's solution as one submission; return the seconds from its arrival to its record."""
    with TemporaryDirectory() as folder:
        os.environ["COURSE_ROOT"] = folder
        os.environ.pop("COURSE_DB", None)  # that is a real class's
        course = Course.load()
        release(course, [name])
        target = course.submitted / "complete" / name
        shutil.copytree(Lesson(name).path.parent, target)
        how = How(workers=1, sandbox=not problem())
        done = grade(course, name, find_submissions(course.submitted, name), course.records, how=how)
        (record,) = done.records.values()
    return record["seconds"]


def main() -> None:
    """Measure every lesson, print a line for each and write the file."""
    results = {}
    print(f"{'lesson':26} {'run (s)':>8} {'graded (s)':>11} {'peak (MB)':>10}")
    for name in lesson_names():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
            seconds, peak = pool.submit(run, name).result()
            graded = pool.submit(grading, name).result()
        results[name] = {"run_seconds": round(seconds, 1), "graded_seconds": round(graded, 1), "peak_mb": round(peak)}
        print(f"{name:26} {seconds:8.1f} {graded:11.1f} {peak:10.0f}")
    write_numbers(TO, results)
