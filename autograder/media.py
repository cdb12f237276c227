"""Pictures and sounds out of the outputs of a student's notebook, taken apart and made anew in a sandbox.

An output is a stranger's bytes. Of all that it can hold, PNG pictures and the FLAC or WAV data of audio players are
used, and not as they are: `decode` makes all of a page's anew, in a sandbox of its own. Nothing is decoded in this
process, and what comes back is a stranger's word too: it is of the right kind and size, or left out.
"""

import base64
import html
import io
import re
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder import bubblewrap
from autograder.bubblewrap import Limits

LONGEST = 8_000_000
"""Characters that an output may have."""
TRIES = 40
"""Pictures and sounds of a page that are decoded, whether they can be read or not."""
PICTURES, SOUNDS = 4, 6
"""Of one exercise."""
LABEL = 80

DECODER = Path(__file__).with_name("decode.py")
LIMITS = Limits(address_space=3 * 2**30, open_files=64, cpu_seconds=30, file_size=16 * 2**20)
TIME = 60
"""Seconds that a page's pictures and sounds may take."""

PNG, FLAC, WAV = b"\x89PNG\r\n\x1a\n", b"fLaC", b"RIFF"
PLAYER = re.compile(r"""<(?:audio|source)\b([^<>]*?)\bsrc\s*=\s*(["'])data:audio/[\w.+-]+;base64,([^"'<>]*)\2""")
NAME = re.compile(r'\bdata-name="([^"<>]*)"')

CLOSED = ("The pictures and sounds in your notebook are not on this page: where it was made, they could not be opened "
          "safely.")
FAILED = "Pictures or sounds in your notebook could not be opened, so not all of them are on this page."


@dataclass(frozen=True)
class Medium:
    """A picture or a sound as a data address, with the words that its player has in the notebook."""

    kind: str
    address: str
    label: str


@dataclass(frozen=True)
class Raw:
    """A picture or a sound as it came."""

    kind: str
    content: bytes
    label: str


def media(exercises: Mapping[str, Iterable[NotebookNode]], *, room: int
          ) -> tuple[dict[str, tuple[list[Medium], bool]], str]:
    """Return the pictures and sounds of a page, by exercise, and in words for a student what went wrong.

    With those of each exercise comes whether there were too many.

    Parameters
    ----------
    exercises : mapping of str to iterable of NotebookNode
        The code cells of each exercise, with their outputs.
    room : int
        Characters that all of them may take.
    """
    numbers: dict[bytes, int] = {}
    chosen = {name: _choose(cells, numbers) for name, cells in exercises.items()}
    made, trouble = _made_anew(list(numbers))
    found: dict[str, tuple[list[Medium], bool]] = {}
    for name, (raws, more) in chosen.items():
        shown = []
        for raw in raws:
            content = made[numbers[raw.content]]
            address = _address(raw.kind, content) if content else ""
            if content is None or len(address) > room:
                more = True
            elif content:
                room -= len(address)
                shown.append(Medium(raw.kind, address, raw.label))
        found[name] = shown, more
    return found, trouble


def _choose(cells: Iterable[NotebookNode], numbers: dict[bytes, int]) -> tuple[list[Raw], bool]:
    """Return what of an exercise is decoded, and whether there is more; number what no other exercise has."""
    chosen, more = [], False
    left = {"picture": PICTURES, "sound": SOUNDS}
    for raw in dict.fromkeys(_raw(cells)):
        if not left[raw.kind] or (raw.content not in numbers and len(numbers) == TRIES):
            more = True
            continue
        left[raw.kind] -= 1
        numbers.setdefault(raw.content, len(numbers))
        chosen.append(raw)
    return chosen, more


def _raw(cells: Iterable[NotebookNode]) -> Iterator[Raw]:
    """Yield the pictures and sounds that outputs hold, by their first bytes: no other decoder gets to see any."""
    for cell in cells:
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if not isinstance(data, dict):
                continue
            content = _decoded(_text(data.get("image/png")))
            if content.startswith(PNG):
                yield Raw("picture", content, "")
            for match in PLAYER.finditer(_text(data.get("text/html"))):
                content = _decoded(match[3])
                if content.startswith((FLAC, WAV)):
                    name = NAME.search(match[1])
                    yield Raw("sound", content, html.unescape(name[1])[:LABEL] if name else "")


def _text(value: object) -> str:
    """Return an output's text, which a file may hold line by line; empty if it is none, or too long."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    return value if isinstance(value, str) and len(value) <= LONGEST else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


def _made_anew(contents: list[bytes]) -> tuple[list[bytes | None], str]:
    """Return each as the decoder made it, and what went wrong.

    What cannot be read is empty. What the decoder did not come to is None, if that is because it is too much.
    """
    if not contents:
        return [], ""
    if bubblewrap.problem():
        return [b""] * len(contents), CLOSED
    # Threads of a library that adds nothing here would take addresses for each processor.
    argv = ["env", "OPENBLAS_NUM_THREADS=1", sys.executable, "-I", "-c", DECODER.read_text()]
    try:
        done = bubblewrap.run(argv, limits=LIMITS, files=_archive(contents), timeout=TIME)
    except OSError:
        return [b""] * len(contents), FAILED
    lines = done.stdout.split(b"\n")[:-1]
    made: list[bytes | None] = [_believed(line, content) for line, content in zip(lines, contents, strict=False)]
    failed = done.returncode or any(line and not content for line, content in zip(lines, made, strict=False))
    made += [b"" if failed else None] * (len(contents) - len(made))
    return made, FAILED if failed else ""


def _believed(line: bytes, content: bytes) -> bytes:
    """Return what the decoder says it made of a picture or a sound; empty if it is not of the kind it must be."""
    try:
        made = base64.b64decode(line, validate=True)
    except ValueError:
        return b""
    return made if made.startswith(PNG if content.startswith(PNG) else FLAC) else b""


def _address(kind: str, content: bytes) -> str:
    """Return the address of what the decoder made."""
    return f"data:{'image/png' if kind == 'picture' else 'audio/flac'};base64,{base64.b64encode(content).decode()}"


def _archive(contents: list[bytes]) -> bytes:
    """Pack files that are called 0, 1, 2 and so on."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for number, content in enumerate(contents):
            entry = tarfile.TarInfo(str(number))
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
