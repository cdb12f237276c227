"""Grades as a table for a spreadsheet or a campus system."""

import csv
from collections.abc import Iterable
from pathlib import Path

from autograder.record import Record

COLUMNS = ["student", "assignment", "score", "max_score", "bonus", "status"]


def write_csv(records: Iterable[Record], path: Path) -> None:
    """Write records as CSV, by student and assignment; the same records give the same bytes on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(records, key=lambda record: (record["student"], record["assignment"])))
