"""The record of one submission: what a grader, a report or a spreadsheet needs to know about it, as JSON.

One file for each submission, `<records>/<assignment>/<student>.json`. A record is written in one step, so whoever
reads the folder sees whole records only.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

Status = Literal["graded", "needs_review", "failed"]
GRADED: Status = "graded"
NEEDS_REVIEW: Status = "needs_review"
FAILED: Status = "failed"
HAND_GRADING = "hand grading: "


class Check(TypedDict):
    """One named check of a test cell."""

    name: str
    passed: bool
    points: float
    message: str


class Cell(TypedDict):
    """One graded cell: an exercise with its checks and what they took, or the question in words without any."""

    name: str
    score: float
    max_score: float
    checks: list[Check]
    seconds: float


class Record(TypedDict):
    """One submission. `flags` is what a person should know: why it needs a look, what was undone.

    `trial` says what a trained model was found to gain on the held-out clips, if that was tried (`final`).
    """

    assignment: str
    student: str
    submission_sha256: str
    status: Status
    score: float
    max_score: float
    bonus: float
    seconds: float
    flags: list[str]
    cells: list[Cell]
    trial: NotRequired[dict[str, Any]]


def empty(assignment: str, student: str, sha256: str, *, max_score: float) -> Record:
    """Return the record of a submission that nothing is known about yet."""
    return {"assignment": assignment, "student": student, "submission_sha256": sha256, "status": GRADED, "score": 0.0,
            "max_score": max_score, "bonus": 0.0, "seconds": 0.0, "flags": [], "cells": []}


def path_of(folder: Path, assignment: str, student: str) -> Path:
    """Return where a submission's record lies."""
    return folder / assignment / f"{student}.json"


def write(record: Record, folder: Path) -> Path:
    """Write a record, whole or not at all, and return its path."""
    path = path_of(folder, record["assignment"], record["student"])
    write_json(record, path)
    return path


def write_json(content: Mapping[str, Any], path: Path) -> None:
    """Write a file of JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False, allow_nan=False)
            file.write("\n")
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def read(path: Path) -> Record:
    """Read one record.

    Raises
    ------
    ValueError
        If the file is not a record.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not a record ({error}); delete it and grade that submission again") from None
    missing = sorted(Record.__required_keys__.difference(record if isinstance(record, dict) else {}))
    if missing:
        raise ValueError(f"{path} is not a record (no {missing[0]!r}); delete it and grade that submission again")
    return record


def read_all(folder: Path) -> list[Record]:
    """Read every record of a folder, by assignment and student.

    Raises
    ------
    ValueError
        If there is none.
    """
    records = [read(path) for path in sorted(folder.glob("*/*.json"))]
    if not records:
        raise ValueError(f"there are no records in {folder}: run `python -m autograder grade` first")
    return sorted(records, key=lambda record: (record["assignment"], record["student"]))


def table(records: Iterable[Record]) -> str:
    """Return records as a table for the terminal."""
    rows = [("student", "assignment", "points", "seconds", "status")]
    rows += [(record["student"], record["assignment"], _points(record), f"{record['seconds']:.1f}",
              "; ".join([record["status"], *record["flags"]])) for record in records]
    # Names may move a terminal's cursor, and write over what stands there.
    rows = [tuple(text if text.isprintable() else ascii(text) for text in row) for row in rows]  # type: ignore[misc]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(text.rjust(width) if column in (2, 3) else text.ljust(width)
                               for column, (text, width) in enumerate(zip(row, widths, strict=True))).rstrip()
                     for row in rows)


def _points(record: Record) -> str:
    """Return points and, apart from them, the bonus."""
    bonus = f" + {record['bonus']:g}" if record["bonus"] else ""
    return f"{record['score']:g} of {record['max_score']:g}{bonus}"
