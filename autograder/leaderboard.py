"""The leaderboard of the project: what each enhancer gains on the public half of the held-out clips, as one HTML page.

Students' entries come from the grading of the final hand-in; nothing is run again. Beside them stand the course's own
methods, from subtraction to the reference model. Students are numbers there, unless they asked for a name.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import torch
from jinja2 import Environment, PackageLoader, StrictUndefined
from tqdm import tqdm

from autograder import bonus, final
from autograder import record as records
from autograder.bonus import Rules
from autograder.course import Course
from autograder.methods import UNTAUGHT, checkpoint_of, denoisers, load_method
from autograder.record import GRADED, Record
from autograder.task import code_version
from course_utils.checks import MIME
from course_utils.threads import one_thread
from course_utils.trial import MEASURES, TITLES

HEARD = 100
"""Students' entries that can be heard, the best ones: each makes the page 200 kB longer."""


@dataclass
class Entry:
    """One row: who or what it is, what it gained (`final.on_public`), and by the rules its points on this half."""

    name: str
    course: bool
    trial: dict[str, Any]
    points: float
    sounds: list[str]


def write_leaderboard(course: Course, path: Path, folder: Path | None = None) -> int:
    """Write the page, and return how many students are on it.

    Parameters
    ----------
    course : Course
        Whose records, and whose root, where results of the course's methods are kept.
    path : Path
        Where the page goes.
    folder : Path, optional
        The folder of records, if it is not the course's own.

    Raises
    ------
    ValueError
        If there are no records, or no held-out clips.
    """
    rules = bonus.load_rules()
    found = [record for record in records.read_all(folder or course.records)
             if record["status"] == GRADED and "public" in record.get("trial", {})]
    found.sort(key=lambda record: -_points(record["trial"], rules))
    entries = [_student(course, record, rules, heard=rank < HEARD) for rank, record in enumerate(found)]
    entries += _methods(course, rules)
    entries.sort(key=lambda entry: (-entry.points, -entry.trial["public"]["gains"]["pesq_wb"]["mean"], entry.name))
    environment = Environment(loader=PackageLoader("autograder"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("leaderboard.html").render(entries=entries, rules=rules, titles=TITLES,
                                                               measures=MEASURES, slowest=final.SLOWEST,
                                                               clips=_noisy_and_clean(), heard=HEARD,
                                                               students=len(found))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return len(found)


def _student(course: Course, record: Record, rules: Rules, *, heard: bool) -> Entry:
    """Return the row of a student; the sounds are in the notebook as the grader left it."""
    trial, assignment, student = record["trial"], record["assignment"], record["student"]
    sounds: list[str] = []
    executed = course.autograded / student / assignment / f"{assignment}.ipynb"
    if heard and executed.is_file():
        for cell in nbformat.read(executed, as_version=4).cells:
            for output in cell.get("outputs", []):
                sounds = sounds or output.get("data", {}).get(MIME, {}).get("bonus", {}).get("sounds", [])
    number = course.alias(assignment, student)
    name = f"{trial['name']} ({number})" if trial["name"] else number  # anybody can take any name, but not a number
    return Entry(name, False, trial, _points(trial, rules), sounds)


def _methods(course: Course, rules: Rules) -> Iterator[Entry]:
    """Yield the rows of the course's methods; a network that was never trained has none."""
    ready = [name for name in denoisers()
             if load_method(name).network is None or checkpoint_of(name).is_file()]
    for name in tqdm([*ready, *UNTAUGHT], desc="the course's methods", leave=False, disable=None):
        trial = _tried(course, name)
        yield Entry(name.replace("_", " "), True, trial, _points(trial, rules), trial["sounds"])


def _tried(course: Course, name: str) -> dict[str, Any]:
    """Return the trial of a method, which is kept for as long as the clips, the code and the weights are the same."""
    kept = course.root / "leaderboard" / f"{name}.json"
    key = _key(name)
    if kept.is_file():
        trial = json.loads(kept.read_text(encoding="utf-8"))
        if trial["key"] == key:
            return trial
    run = load_method(name).run()
    with torch.no_grad(), one_thread():
        trial = {"key": key, **final.on_public(run)}
    records.write_json(trial, kept)
    return trial


def _key(name: str) -> str:
    """Return a hash of all that the trial of a method depends on."""
    found = hashlib.sha256(code_version().encode())
    for path in [*sorted(bonus.folder("public").rglob("*.flac")), checkpoint_of(name)]:
        if path.is_file():
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _points(trial: dict[str, Any], rules: Rules) -> float:
    """Return what the gains on the public half would earn; what counts are those on the hidden one."""
    gains = trial["public"]["gains"]
    return bonus.points({name: (gains[name]["low"], gains[name]["high"]) for name in gains}, rules)


def _noisy_and_clean() -> dict[str, list[str]]:
    """Return the clips that can be heard, as they were."""
    pairs = final.can_be_heard(bonus.held_out("public"))
    return {"noisy": [final.as_flac(pair.y) for pair in pairs], "clean": [final.as_flac(pair.s) for pair in pairs]}
