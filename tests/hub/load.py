"""How many students a machine bears: `make load`, as root; written to build/bench/hub.json and hub.md.

Classes of growing size come to a real hub, everybody within the same minute: they log in, start their servers, fetch
lesson 01, open it, and run it from top to bottom with its solutions, as fast as the machine goes. That is harder than a
class, in which people read. Nothing is asserted; errors are counted. What more students would need is reckoned from the
largest class.
"""

import json
import math
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from statistics import median

import nbformat
import psutil
from client import Client
from conftest import ROOT, Hub
from kernel import Kernel

LESSON = "01_spectrograms"
SIZES = (1, 5, 10, 25)
ON_PAPER = (25, 100, 500, 1000, 5000)
NODE = 16, 64
"""Processor cores and GB of memory of the machines that larger classes are reckoned in."""
WITHIN = 60
"""Seconds within which everybody comes."""
TIME_LIMIT = 600
"""Seconds that a cell may take, and a class is meant to take."""
TO = ROOT / "build" / "bench"
MB = 2**20


def visit(hub: Hub, student: Client, cells: list[str], late: float) -> dict:
    """Come to the hub and run the lesson; return how long that took, what it used, and what went wrong."""
    time.sleep(late)
    begin, seen = time.perf_counter(), {"lab": 0.0, "done": 0.0, "memory": 0.0, "processor": 0.0, "error": ""}
    try:
        student.log_in()
        student.start()
        seen["lab"] = time.perf_counter() - begin
        student.nbgrader("fetch", LESSON)
        student.read(f"{LESSON}/{LESSON}.ipynb")
        with Kernel(student, folder=LESSON, time_limit=TIME_LIMIT) as kernel:
            for cell in cells:
                kernel.run(cell)
            seen["memory"], seen["processor"] = used(hub, student.name)
    except Exception as error:  # whatever goes wrong is a result
        seen["error"] = f"{student.name}: {type(error).__name__}: {error}"[:300]
    seen["done"] = time.perf_counter() - begin
    return seen


def used(hub: Hub, name: str) -> tuple[float, float]:
    """Return MB and processor seconds of somebody's server and its kernels; memory that is shared counts by parts."""
    server = min(hub.processes("jupyterhub-singleuser", f"/homes/{name} "), key=psutil.Process.create_time)
    all_of_it = [server, *server.children(recursive=True)]
    return (sum(one.memory_full_info().pss for one in all_of_it) / MB,
            sum(sum(one.cpu_times()[:4]) for one in all_of_it))


def come(hub: Hub, size: int, cells: list[str]) -> dict:
    """Let a class come, and return what it was like."""
    names = [f"class{size}x{number}" for number in range(size)]
    hub.add(*names)
    students = [Client(hub.address, name, hub.passwords[name]) for name in names]
    late = [random.Random(name).uniform(0, WITHIN if size > 1 else 0) for name in names]
    [own] = hub.processes("-m jupyterhub", "jupyterhub_config.py")
    begin, spent = time.perf_counter(), sum(own.cpu_times()[:2])
    with ThreadPoolExecutor(size) as pool:
        seen = list(pool.map(visit, [hub] * size, students, [cells] * size, late))
    well = [one for one in seen if not one["error"]] or seen
    row = {"students": size, "seconds": time.perf_counter() - begin,
           **{f"{what}_{kind.__name__}": kind([one[what] for one in well])
              for what in ("lab", "done", "memory", "processor") for kind in (median, max)},
           "hub": (sum(own.cpu_times()[:2]) - spent) / size,
           "errors": [one["error"] for one in seen if one["error"]]}
    for student in students:
        student.request("DELETE", f"/hub/api/users/{student.name}/server")
    return row


def on_paper(row: dict) -> list[str]:
    """Return a table of what larger classes need that come within `TIME_LIMIT`, from what this one used."""
    lines = ["| students at once | memory (GB) | cores | machines | of the hub's one core |", "|---|---|---|---|---|"]
    for students in ON_PAPER:
        memory = students * row["memory_median"] / 1000
        cores = students * (row["processor_median"] + row["hub"]) / TIME_LIMIT
        machines = max(math.ceil(cores / NODE[0]), math.ceil(memory / NODE[1]))
        lines.append(f"| {students:,} | {memory:.0f} | {cores:.1f} | {machines} | "
                     f"{students * row['hub'] / TIME_LIMIT:.0%} |")
    return lines


def main() -> None:
    """Let classes come, print a line for each, and write the files."""
    lesson = nbformat.read(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
    cells = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    folder = Path(tempfile.mkdtemp(prefix="load-", dir="/tmp"))
    folder.chmod(0o755)
    hub = Hub(folder / "root")
    head = ["students", "all done (s)", "JupyterLab there (s)", "lesson run (s)", "memory each (MB)",
            "processor each (s)", "and the hub's (s)", "errors"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    rows = []
    print(*lines, sep="\n", flush=True)
    try:
        hub.start()
        for size in SIZES:
            rows.append(row := come(hub, size, cells))
            lines.append(f"| {size} | {row['seconds']:.0f} | {row['lab_median']:.0f} (at most {row['lab_max']:.0f}) | "
                         f"{row['done_median']:.0f} (at most {row['done_max']:.0f}) | {row['memory_median']:.0f} | "
                         f"{row['processor_median']:.0f} | {row['hub']:.1f} | {len(row['errors'])} |")
            print(lines[-1], *row["errors"], sep="\n", flush=True)
    finally:
        hub.stop()
        TO.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # a hub that did not start has none, and says why itself
            shutil.copy(hub.root / "state" / "hub.log", TO)
        shutil.rmtree(folder)
        for name in [name for name in hub.passwords]:
            subprocess.run(["userdel", name], capture_output=True)
    about = {"cores": psutil.cpu_count(), "memory": psutil.virtual_memory().total / MB, "classes": rows}
    lines += ["", *on_paper(rows[-1])]
    print(*lines[-len(ON_PAPER) - 3:], sep="\n")
    (TO / "hub.json").write_text(json.dumps(about, indent=1))
    (TO / "hub.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
