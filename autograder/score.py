"""From the outputs of a test cell that ran to its points.

Points come from the checks that the cell reported (`course_utils.checks`), not from the value it ended with:
nbgrader gives full points for a NaN and none for a warning on stderr. What a report says is checked before it counts.
"""

import math
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from autograder.record import Check
from course_utils.mime import MIME

TOLERANCE = 0.01
"""Points by which two accounts of one score may differ, as when somebody shortened how numbers are printed."""


@dataclass
class Result:
    """Points and checks of one cell, what about them a person should look at, and what it earned beyond its points."""

    score: float
    checks: list[Check]
    doubts: list[str] = field(default_factory=list)
    bonus: dict[str, Any] | None = None


def clamp(score: float, top: float) -> float:
    """Return a score as a finite number from 0 to `top`, rounded so that sums of thirds stay readable."""
    return round(min(max(score, 0.0), top), 6) if math.isfinite(score) else 0.0


def score_cell(cell: NotebookNode) -> Result:
    """Return what a test cell that ran is worth.

    A cell that stopped with an error is worth nothing, and its check says why. What it wrote to stderr costs nothing.
    """
    name, top = cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points)
    errors = [output for output in cell.outputs if output.output_type == "error"]
    reports = [output.data[MIME] for output in cell.outputs if MIME in output.get("data", {})]
    if errors:
        # After a time-out there are two: the interrupt, and what nbclient says about it.
        error = errors[-1]
        return Result(0.0, [_failed(top, f"The cell stopped: {error.ename}: {error.evalue}".strip(": "))])
    if not reports:
        return Result(0.0, [_failed(top, "The cell ran, but reported nothing.")], [f"no report: {name}"])
    doubts = [f"{len(reports)} reports instead of one: {name}"] if len(reports) > 1 else []
    try:
        checks = _read(reports[-1], name, top)
    except (KeyError, TypeError, ValueError) as error:
        doubts.append(f"bad report: {name} ({error})")
        return Result(0.0, [_failed(top, "The cell's report cannot be read.")], doubts)
    doubts += [f"{doubt}: {name}" for doubt in _doubts(reports[-1])]
    earned = clamp(sum(check["points"] for check in checks if check["passed"]), top)
    if not abs(earned - _last_value(cell, top)) <= TOLERANCE:  # a NaN is no agreement
        doubts.append(f"report and value differ: {name}")
    return Result(earned, checks, doubts, reports[-1].get("bonus"))


def _failed(points: float, message: str) -> Check:
    """Return the one check that stands for a cell without a report."""
    return {"name": "the cell runs to its end", "passed": False, "points": points, "message": message}


def _read(report: dict, name: str, top: float) -> list[Check]:
    """Return the checks of a report, or raise if it is not what this cell can have reported."""
    if report["name"] != name or abs(report["max_score"] - top) > TOLERANCE:
        raise ValueError("it is another cell's")
    checks: list[Check] = []
    for entry in report["checks"]:
        points = entry["points"]
        if type(entry["passed"]) is not bool or type(points) not in (int, float) or not 0 <= points <= top:
            raise ValueError(f"points {points!r}, passed {entry['passed']!r}")
        checks.append({"name": str(entry["name"]), "passed": entry["passed"], "points": float(points),
                       "message": str(entry["message"])})
    if abs(sum(check["points"] for check in checks) - top) > TOLERANCE:
        raise ValueError("its checks are not worth what the cell is worth")
    return checks


def _doubts(report: dict) -> list[str]:
    """Return what the one who ran the test noticed about the student's process."""
    doubts = report.get("doubts", [])
    return [str(doubt)[:200] for doubt in doubts[:5]] if isinstance(doubts, list) else []


def _last_value(cell: NotebookNode, top: float) -> float:
    """Return the points as nbgrader would read them from the cell's value: none means all."""
    values = [output.data.get("text/plain", "") for output in cell.outputs if output.output_type == "execute_result"]
    try:
        return float(values[-1]) if values else top
    except ValueError:
        return math.inf
