"""Measurements: `make bench` prints two tables, `make bench-all` everything; all is written to `build/bench/`.

    .venv/bin/python -m autograder.bench lessons gaps  # only these

`enhancement` says what every method gains on noisy speech, the course's beside the field's, and `restoration` what the
shipped models of super-resolution, denoising and dereverberation gain. The others: how long each of the `lessons` takes
and how much memory it needs, what `listening` costs, what `depth` and dropout do to restoration, how well `gaps` are
filled, what each way of `adversarial` training gains, and how fast a class is graded (`grading`).

For `lessons`, each one's solution is run from top to bottom as a student would, and then graded as a submission, each
in a process of its own, so that its memory is not that of the lesson before. Nothing is asserted: machines are noisy.
"""

import argparse
import json
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

from autograder import (
    bench_adversarial,
    bench_depth,
    bench_enhancement,
    bench_gaps,
    bench_grading,
    bench_listening,
    bench_restoration,
)
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


def lessons() -> None:
    """Measure every lesson, print a line for each and write the file."""
    results = {}
    print(f"{'lesson':26} {'run (s)':>8} {'graded (s)':>11} {'peak (MB)':>10}")
    for name in lesson_names():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
            seconds, peak = pool.submit(run, name).result()
            graded = pool.submit(grading, name).result()
        results[name] = {"run_seconds": round(seconds, 1), "graded_seconds": round(graded, 1), "peak_mb": round(peak)}
        print(f"{name:26} {seconds:8.1f} {graded:11.1f} {peak:10.0f}")
    TO.parent.mkdir(parents=True, exist_ok=True)
    TO.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"written to {TO}")


PARTS = {"enhancement": bench_enhancement.main, "restoration": bench_restoration.main, "lessons": lessons,
         "listening": bench_listening.main, "depth": bench_depth.main, "gaps": bench_gaps.main,
         "adversarial": bench_adversarial.main, "grading": bench_grading.main}
"""What can be measured, in this order."""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m autograder.bench", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; by default all of them")
    chosen = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    for name, measure in PARTS.items():
        if name in (chosen or PARTS):
            measure()


if __name__ == "__main__":
    main()
