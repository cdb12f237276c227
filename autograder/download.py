"""Submissions downloaded from a learning platform: whose is what, and what did each hand in.

Three shapes are known, as a folder or as one zip file:

- Moodle: `Jane Doe_12345_assignsubmission_file_/...`, or that in front of each file;
- Canvas: `doejane_12345_678_file.ipynb`, with `_LATE` behind the name of those who were;
- plain: `<student>/...`, `<student>.zip`.

The platform's names are not the course's. A table of students says who is who: any CSV with the student's name in this
course in one column (`student_id`, `username`, `SIS Login ID`, `ID number` or `student`) and the platform's number or
the full name in another: Moodle's grading worksheet and Canvas's gradebook are such tables. Nobody is guessed.
"""

import csv
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from dateutil import parser as dates

from autograder.archive import open_zip, read_members, read_zip
from autograder.files import IGNORED, Found, open_folder, read_files, read_folder, shown, student_problem, wanted

MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
STUDENT_COLUMNS = ("student_id", "username", "sis login id", "id number", "student")
NUMBER_COLUMNS = ("id", "identifier", "user id", "moodle id", "canvas id")
"""Columns with the numbers that Moodle and Canvas write into the names of files."""
TIME_COLUMNS = ("received", "last modified (submission)")
COPY = re.compile(r"(-\d+|-Copy\d+| \(\d+\))$")  # what Canvas, Jupyter and browsers put behind a second copy's name


@dataclass
class Origin:
    """What one person handed in: a folder, a zip file, or files, by their names in the download."""

    name: str
    keys: list[str]  # what may say who it is, the surest first
    members: dict[str, str] = field(default_factory=dict)  # name in the download: name in the submission


class Students:
    """Who is who, from a CSV file.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ValueError
        If no column names the student.
    """

    def __init__(self, path: Path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            rows = list(csv.DictReader(file, delimiter=max(",;\t", key=head.count)))
        columns = {(name or "").strip().lower(): name for name in (rows[0] if rows else {})}
        column = next((columns[name] for name in STUDENT_COLUMNS if name in columns), None)
        if column is None:
            raise ValueError(f"{path} has no column for the student's name in this course: call one `student_id` "
                             f"(found: {', '.join(map(str, columns)) or 'no rows'})")
        time = next((columns[name] for name in TIME_COLUMNS if name in columns), None)
        rows = [row for row in rows if (row[column] or "").strip()]
        self.rows = [({_plain(str(cell)) for cell in row.values() if cell},
                      {_plain(str(row[columns[name]])) for name in NUMBER_COLUMNS if row.get(columns.get(name))},
                      row[column].strip()) for row in rows]
        self.times = {row[column].strip(): read_time(row[time]) for row in rows if time and row[time]}

    def find(self, keys: list[str]) -> str:
        """Return the student for what a download says about him.

        Raises
        ------
        ValueError
            If none fits, or more than one.
        """
        for key in keys:
            # A platform's number means nothing in a column of marks, or of another institution's numbers.
            is_platforms = len(keys) > 1 and key.isdigit()
            found = {student for cells, numbers, student in self.rows
                     if _plain(key) in (numbers if is_platforms else cells)}
            if len(found) > 1:
                raise ValueError(f"{shown(key)} may be {' or '.join(sorted(found))} in the table of students")
            if found:
                return found.pop()
        raise ValueError(f"{shown(keys[-1])} is not in the table of students: add a line for him or her")


def _plain(text: str) -> str:
    """Return a name without what platforms change in it: capitals, spaces, commas."""
    return re.sub(r"[\W_]", "", text.casefold())


def read_time(text: str | None) -> datetime | None:
    """Read a time; without a time zone it is this machine's.

    Raises
    ------
    ValueError
        If it is none.
    """
    if text is None or text.strip() in ("", "-"):
        return None
    try:
        return dates.parse(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not a time; write it as 2026-11-20 18:03") from None


def find_origins(names: Mapping[str, bool]) -> Iterator[Origin]:
    """Sort what lies on top of a download by person.

    Parameters
    ----------
    names : mapping
        Names, and whether each is a folder.
    """
    people: dict[tuple[str, ...], Origin] = {}
    for name, is_folder in sorted(names.items()):
        if name in IGNORED or name.startswith("."):
            continue
        moodle, canvas = MOODLE.fullmatch(name), None if is_folder else CANVAS.fullmatch(name)
        if moodle and MOODLE.fullmatch(moodle["file"]):  # the platform writes it once; who else did is anybody's guess
            yield Origin(name, [])
            continue
        if match := moodle or canvas:
            if moodle and moodle["kind"] == "onlinetext":
                continue
            person = (match["name"], match["number"])
            # In a blind marking Moodle writes `Participant_12345`.
            keys = [f"Participant {match['number']}", match["number"], match["name"]]
            origin = people.setdefault(person, Origin("_".join(person), keys))
            origin.members[name] = "" if is_folder else match["file"]
        elif is_folder or name.lower().endswith(".zip"):
            yield Origin(name, [name if is_folder else name[:-4]], {name: "" if is_folder else name})
        else:
            yield Origin(name, [])
    yield from people.values()


def whose(origin: Origin, students: Students | None) -> str:
    """Return the student of what was handed in.

    Raises
    ------
    ValueError
        If nobody can tell.
    """
    if not origin.keys:
        raise ValueError("it says nothing about whose it is: put it in a folder with the student's name")
    if students is not None:
        student = students.find(origin.keys)
    elif len(origin.keys) > 1:
        raise ValueError("the platform's names are not the course's: give a table with --students")
    else:
        student = origin.keys[0]
    if problem := student_problem(student):
        raise ValueError(f"{shown(student)} cannot be a student's name: {problem}")
    return student


class Folder:
    """A download that was unpacked."""

    def __init__(self, path: Path):
        self.path = path
        self.names = {entry.name: entry.is_dir(follow_symlinks=False) for entry in os.scandir(path)}

    def read(self, origin: Origin, wanted: Callable[[str], bool]) -> Found:
        """Read what one person handed in, following no link."""
        top = open_folder(self.path)
        try:
            folder = next((name for name in origin.members if self.names[name]), None)
            if folder is not None:
                return read_folder(open_folder(top, folder), wanted)
            return read_files(top, origin.members, wanted)
        except ValueError as error:
            return Found(reasons=[str(error)])
        finally:
            os.close(top)


class Zip:
    """A download as it came: one zip file, whose members the platform has named."""

    def __init__(self, path: Path):
        self.archive = open_zip(path)
        self.members = [info for info in self.archive.infolist() if not info.filename.startswith("__MACOSX/")]
        self.names: dict[str, bool] = {}
        for info in self.members:
            top, slash, _ = info.filename.partition("/")
            self.names[top] = bool(slash) or self.names.get(top, False)

    def read(self, origin: Origin, wanted: Callable[[str], bool]) -> Found:
        """Read what one person handed in."""
        members: dict[zipfile.ZipInfo, str] = {}
        for info in self.members:
            top, _, rest = info.filename.partition("/")
            if top in origin.members and (path := "/".join(filter(None, [origin.members[top], rest]))):
                members[info] = path
        return read_members(self.archive, members, wanted)


def read_person(download: Folder | Zip, origin: Origin, assignment: str) -> Found:
    """Read what one person handed in; a zip file in it is opened, one that lies in that is not."""
    found = download.read(origin, lambda path: wanted(path) or path.lower().endswith(".zip"))
    archives = [path for path in found.files if path.lower().endswith(".zip")]
    if len(archives) == 1 and len(found.files) == 1:
        inner = read_zip(found.files.pop(archives[0]), wanted)
        inner.reasons[:0] = found.reasons
        inner.left_out = found.left_out | inner.left_out
        found = inner
    elif archives:
        found.reasons.append(f"{archives[0]} is an archive beside other files: which of them counts is not clear")
    if nested := next((path for path in found.left_out if path.lower().endswith(".zip")), None):
        found.reasons.append(f"{nested} is an archive within an archive")
    return _at_root(found, assignment)


def _at_root(found: Found, assignment: str) -> Found:
    """Bring the notebook to the top, out of the folders round it, under the name that it was released with."""
    notebooks = [path for path in found.files
                 if path.endswith(".ipynb") and COPY.sub("", PurePosixPath(path).stem) == assignment]
    if f"{assignment}.ipynb" in found.files or len(notebooks) != 1:
        if len(notebooks) > 1 and f"{assignment}.ipynb" not in found.files:
            found.reasons.append(f"which notebook counts is not clear: {', '.join(notebooks[:5])}")
        return found
    around = notebooks[0].rpartition("/")[0]
    prefix = f"{around}/" if around else ""
    names = {path: f"{assignment}.ipynb" if path == notebooks[0] else path.removeprefix(prefix) for path in found.files}
    new = set(names.values())
    if len(new) < len(names) or any(str(folder) in new for name in new for folder in PurePosixPath(name).parents):
        found.reasons.append(f"two files would have the same name without the folder {around}")
        return found
    found.files = {names[path]: content for path, content in found.files.items()}
    return found
