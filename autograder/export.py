"""Grades as a table for a spreadsheet, for Moodle or for Canvas.

Moodle's grade import takes any columns and asks which of them says who somebody is: the e-mail address, the ID number
or the user name [1]_. Canvas' takes its own export back: the columns `Student`, `ID`, `SIS User ID`, `SIS Login ID` and
`Section`, then one for each assignment; a heading `name (12345)` is the assignment of that number, any other makes a
new one; the row `Points Possible` says what an assignment is worth; an empty cell changes nothing [2]_.

Both know people by names that are not ours, so a class list exported from there (the gradebook as CSV) is filled in.
A score goes there with its bonus. What is not graded yet stays empty.

References
----------
.. [1] https://docs.moodle.org/en/Grade_import
.. [2] https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.files import shown
from autograder.record import GRADED, Record

COLUMNS = ["student", "assignment", "score", "max_score", "bonus", "status"]


@dataclass(frozen=True)
class System:
    """A learning management system: the columns that its class list must have, and those that may name our students."""

    name: str
    needed: tuple[str, ...]
    names: tuple[str, ...]


CANVAS = System("Canvas", ("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
                ("SIS Login ID", "SIS User ID", "ID"))
MOODLE = System("Moodle", (), ("Username", "ID number", "Email address"))
SYSTEMS = {"moodle": MOODLE, "canvas": CANVAS}
POINTS = "Points Possible"


def write_csv(records: Iterable[Record], path: Path) -> None:
    """Write records as CSV, by student and assignment; the same records give the same bytes on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for record in sorted(records, key=lambda record: (record["student"], record["assignment"])):
            writer.writerow({**record, "student": harmless(record["student"])})


def write_filled(records: Sequence[Record], path: Path, *, system: System, roster: Path) -> list[Record]:
    """Write a class list with all grades filled in, ready to be imported, and return the records of nobody on it.

    Parameters
    ----------
    records : sequence of Record
        All grades.
    path : Path
        Where the table goes.
    system : System
        Where it is meant for.
    roster : Path
        The class list, exported from there as CSV.

    Raises
    ------
    ValueError
        If a column is missing in the list, or it is not clear who somebody is.
    """
    header, rows = _read(roster)
    identity = _identity(header, system, roster)
    people = [row for row in rows if POINTS not in row[header[0]]]
    whose = _match(sorted({record["student"] for record in records}), people, [
        column for column in system.names if column in header], roster)
    grades = {(whose.get(record["student"]), record["assignment"]): _score(record) for record in records}
    top = {record["assignment"]: f"{record['max_score']:g}" for record in records}
    table = [[*identity, *(_heading(name, header) for name in sorted(top))]]
    if system is CANVAS:
        table.append([f"    {POINTS}", *[""] * (len(identity) - 1), *(top[name] for name in sorted(top))])
    table += [[*(row[column] for column in identity), *(grades.get((index, name), "") for name in sorted(top))]
              for index, row in enumerate(people)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[harmless(cell) for cell in row] for row in table])
    return [record for record in records if record["student"] not in whose]


def _read(roster: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the header and the rows of a class list."""
    try:
        text = roster.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{roster} is not in UTF-8: save it as `CSV UTF-8`") from None
    separator = max(",;\t", key=text.partition("\n")[0].count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines = [line for line in table if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        raise ValueError(f"{roster} is empty: it should be the gradebook or the class list, exported as CSV")
    header = [cell.strip() for cell in lines[0]]
    return header, [dict(zip(header, line + [""] * len(header), strict=False)) for line in lines[1:]]


def _identity(header: Sequence[str], system: System, roster: Path) -> list[str]:
    """Return the columns that say who somebody is, as the table will have them."""
    missing = [column for column in system.needed if column not in header]
    if missing or not set(system.names) & set(header):
        lacks = f"the column {missing[0]!r}" if missing else f"each of the columns {', '.join(system.names)}"
        raise ValueError(f"{roster} lacks {lacks}; it has: {', '.join(header)}. Export the gradebook of {system.name} "
                         "as CSV and use that")
    known = system.needed or ("First name", "Last name", *system.names)
    return [column for column in header if column in known]


def _match(students: Sequence[str], people: Sequence[Mapping[str, str]], columns: Sequence[str],
           roster: Path) -> dict[str, int]:
    """Return who is which row: by the first column that has a student's name, or an e-mail address that begins so.

    Where several rows have that, the columns after it may say which of them it is.
    """
    named = [_rows_of(people, column) for column in columns]
    found: dict[str, int] = {}
    for student in students:
        rows: set[int] = set()
        for of_column in named:
            here = of_column.get(student.casefold(), set())
            rows = rows & here or rows or here
        if len(rows) > 1:
            which = " and ".join(f"({_shown_row(people[index])})" for index in sorted(rows)[:5])
            raise ValueError(f"{student!r} is more than one person in {roster}: {which}. Delete all but the right one "
                             "from a copy of the list, and use that")
        if rows:
            found[student] = rows.pop()
    owners: dict[int, str] = {}
    for student, index in found.items():
        if index in owners:
            raise ValueError(f"{owners[index]!r} and {student!r} are the same person in {roster}: "
                             "remove the records of one")
        owners[index] = student
    return found


def _rows_of(people: Sequence[Mapping[str, str]], column: str) -> dict[str, set[int]]:
    """Return the rows that a name stands for: those that have just it, else those with an address that begins so."""
    whole: dict[str, set[int]] = {}
    begun: dict[str, set[int]] = {}
    for index, row in enumerate(people):
        value = row[column].strip().casefold()
        whole.setdefault(value, set()).add(index)
        begun.setdefault(value.partition("@")[0], set()).add(index)
    return begun | whole


def _shown_row(row: Mapping[str, str]) -> str:
    return shown(", ".join(cell.strip() for cell in row.values() if cell.strip()))


def _heading(assignment: str, header: Sequence[str]) -> str:
    """Return the heading of an assignment as the list has it, with its number; else its name."""
    return next((column for column in header if re.fullmatch(re.escape(assignment) + r" \(\d+\)", column)), assignment)


def _score(record: Record) -> str:
    """Return the points of a record with its bonus; empty if they are not final."""
    return f"{round(record['score'] + record['bonus'], 6):g}" if record["status"] == GRADED else ""


def harmless(cell: str) -> str:
    """Return a cell, on one line, that no spreadsheet takes for a formula."""
    cell = re.sub(r"[\r\n\t]+", " ", cell)  # a bare return is a new line to some, and the writer does not quote it
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell
