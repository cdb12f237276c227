"""A submission on its way in, and the files in which the intake keeps what it knows."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.files import Found

COLLECTED, HERE, REFUSED, WARNING = "collected", "already here", "refused", "warning"


@dataclass
class Incoming:
    """A submission on its way in.

    `owner` is who handed it in, if that is not the student; of such work only a part may have been read, and `rest`
    says where all of it lies. `known` tells whether there is such a student at all.
    """

    student: str
    assignment: str
    origin: str
    found: Found
    received: datetime | None = None
    owner: str = ""
    rest: str = ""
    known: bool = True
    notes: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A hash of all files."""
        parts = [f"{path}\0{hashlib.sha256(content).hexdigest()}" for path, content in sorted(self.found.files.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below a new folder."""
    folder.mkdir(parents=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def read_json(path: Path) -> dict[str, Any]:
    """Read one of the files that only the intake writes; nothing if there is none."""
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def now() -> str:
    """Return the time as the intake writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
