"""What was refused: kept for an instructor to judge, and told in the records.

Anybody with an account can fill the exchange in other people's names, and in names that he makes up. So of one user's
work in others' names at most `MOST_FORGED` submissions to an assignment are kept, however often it is collected, each
with its notebook only; and a name that no student has gets no record.
"""

import hashlib
import json
from itertools import islice
from pathlib import Path

import nbformat

from autograder import record as records
from autograder.course import Course
from autograder.incoming import HERE, REFUSED, Incoming, now, read_json, write_files
from autograder.record import NEEDS_REVIEW, Record
from autograder.stage import RECEIPT, worth

REFUSAL = "refusal.json"

MOST_FORGED = 3
"""Submissions of one user to one assignment in other people's names that are kept."""

LARGEST_FORGED = 10_000_000
"""Bytes that the notebook of such a submission may have to be kept."""


def refuse(course: Course, incoming: Incoming) -> tuple[str, ...]:
    """Keep what was read of a refused submission, and enter it in the records; return what became of it and why.

    Whatever was taken in of the student before stays as it is: somebody else may have handed this in.
    """
    name = hashlib.sha256(f"{incoming.origin}\0{incoming.digest}".encode()).hexdigest()[:12]
    folder = course.root / "refused" / incoming.student / incoming.assignment / name
    if read_json(folder / REFUSAL).get("accepted"):
        return HERE, "accepted by hand"
    # Of somebody else's, only what the intake itself says: the rest may be in his words, on another student's page.
    told = incoming.found.reasons[:1] if incoming.owner else incoming.found.reasons
    reasons = told[:3] + [f"and {len(told) - 3} reasons more"] * (len(told) > 3)
    _enter(course, incoming, [f"refused: {reason}" for reason in reasons])
    if not folder.is_dir():
        if incoming.owner and _kept(course, incoming) >= MOST_FORGED:
            return REFUSED, *reasons, f"not kept, for {MOST_FORGED} such submissions of {incoming.owner} are already"
        _keep(folder, incoming)
    if incoming.rest:
        return REFUSED, *reasons, f"what is kept of it is in {folder}, all of it in {incoming.rest}"
    owner = f" --owner {incoming.owner}" if incoming.owner else ""
    accepting = f"`python -m autograder accept {incoming.student} {incoming.assignment}{owner}` takes it nevertheless"
    return REFUSED, *reasons, accepting


def known_students(course: Course) -> set[str]:
    """Return who is in the gradebook or has handed in anything."""
    known = {folder.name for folder in course.submitted.glob("*")}
    if course.has_gradebook():
        with course.gradebook() as gradebook:
            known |= {student.id for student in gradebook.students}
    return known


def is_refusal(record: Record) -> bool:
    """Tell whether a record speaks of what was refused, and of nothing else."""
    return not record["submission_sha256"] and any(flag.startswith("refused: ") for flag in record["flags"])


def _kept(course: Course, incoming: Incoming) -> int:
    """Return how many submissions of the same user in other people's names are kept."""
    refusals = (course.root / "refused").glob(f"*/{incoming.assignment}/*/{REFUSAL}")
    return sum(read_json(path).get("owner") == incoming.owner for path in refusals)


def _keep(folder: Path, incoming: Incoming) -> None:
    """Write what was read of a submission to a new folder."""
    found = incoming.found
    left_out = [f"left out: {path} ({size:,} bytes)" for path, size in islice(found.left_out.items(), 20)]
    refusal = {"origin": incoming.origin, "owner": incoming.owner, "reasons": found.reasons[:20],
               "received": incoming.received and incoming.received.isoformat(), "refused": now(), "accepted": "",
               "left_out": left_out, "rest": incoming.rest}
    write_files(folder / "files", found.files)
    (folder / REFUSAL).write_text(json.dumps(refusal, indent=1))


def _enter(course: Course, incoming: Incoming, flags: list[str]) -> None:
    """Say in the records that a submission was refused: in one of its own, or beside the one that counts."""
    target = course.submitted / incoming.student / incoming.assignment
    path = records.path_of(course.records, incoming.assignment, incoming.student)
    if target.is_dir():
        receipt = read_json(target / RECEIPT)
        receipt["notes"] = list(dict.fromkeys([*receipt.get("notes", []), *flags]))
        (target / RECEIPT).write_text(json.dumps(receipt, indent=1))
    if path.is_file():
        record = records.read(path)
        if incoming.owner or not is_refusal(record):
            record["flags"] += [flag for flag in flags if flag not in record["flags"]]
            records.write(record, course.records)
            return
    if incoming.known and not target.is_dir():
        released = course.release / incoming.assignment / f"{incoming.assignment}.ipynb"
        points = worth(nbformat.read(released, as_version=4)) if released.is_file() else 0.0
        # Without a hash, for nothing was taken in.
        record = records.empty(incoming.assignment, incoming.student, "", max_score=points)
        records.write({**record, "status": NEEDS_REVIEW, "flags": flags}, course.records)
