"""Pictures and sounds out of the outputs of a student's notebook, taken apart and made anew.

An output is a stranger's bytes. Of all that it can hold, PNG pictures and the FLAC or WAV data of audio players are
used, and not as they are: each is decoded within limits, and what goes on a page is what this module encoded.
"""

import base64
import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soundfile
from nbformat import NotebookNode
from PIL import Image

LONGEST = 8_000_000
"""Characters that an output may have."""
PIXELS = 16_000_000
WIDTH, HEIGHT = 1100, 1600
"""What is left of a picture's size."""
SECONDS = 30
TRIES = 24
"""Pictures and sounds of one exercise that are looked at, whether they can be read or not."""
PICTURES, SOUNDS = 4, 6
LABEL = 80

PLAYER = re.compile(r"""<(?:audio|source)\b([^<>]*?)\bsrc\s*=\s*(["'])data:audio/[\w.+-]+;base64,([^"'<>]*)\2""")
NAME = re.compile(r'\bdata-name="([^"<>]*)"')


@dataclass(frozen=True)
class Medium:
    """A picture or a sound as a data address, with the words that its player has in the notebook."""

    kind: str
    address: str
    label: str


def media(cells: Iterable[NotebookNode], *, room: int) -> tuple[list[Medium], bool]:
    """Return the pictures and sounds that code cells show, and whether some were left out.

    Parameters
    ----------
    cells : iterable of NotebookNode
        Code cells with their outputs.
    room : int
        Characters that all of them may take.
    """
    found: list[Medium] = []
    left = {"picture": PICTURES, "sound": SOUNDS}
    for tries, (kind, content, label) in enumerate(_raw(cells)):
        if tries >= TRIES:
            return found, True
        medium = _picture(content) if kind == "picture" else _sound(content, label)
        if medium is None or medium in found:
            continue
        if not left[kind] or len(medium.address) > room:
            return found, True
        left[kind] -= 1
        room -= len(medium.address)
        found.append(medium)
    return found, False


def _raw(cells: Iterable[NotebookNode]) -> Iterator[tuple[str, bytes, str]]:
    """Yield what outputs hold: kind, bytes, label."""
    for cell in cells:
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if not isinstance(data, dict):
                continue
            if picture := _text(data.get("image/png")):
                yield "picture", _decoded(picture), ""
            for match in PLAYER.finditer(_text(data.get("text/html"))):
                name = NAME.search(match[1])
                yield "sound", _decoded(match[3]), html.unescape(name[1])[:LABEL] if name else ""


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


def _picture(content: bytes) -> Medium | None:
    """Encode a picture anew, no larger than a page is wide; None if it cannot be read or is too large."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            if image.width * image.height > PIXELS:  # known before anything is unpacked
                return None
            image.thumbnail((WIDTH, HEIGHT))
            clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        # 256 colours are what a plot needs, in a third of the bytes; this way of choosing them is the quick one.
        flat = paper.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        buffer = io.BytesIO()
        flat.save(buffer, "PNG")
    except Exception:  # decoders fail on bad bytes in all the ways there are
        return None
    return Medium("picture", _address("image/png", buffer), "")


def _sound(content: bytes, label: str) -> Medium | None:
    """Encode the beginning of a sound anew as FLAC, its level untouched; None if it cannot be read."""
    if not content.startswith((b"fLaC", b"RIFF")):  # no other decoder gets to see it
        return None
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            rate = file.samplerate
            if file.channels > 2 or not 1000 <= rate <= 192_000:
                return None
            samples = file.read(SECONDS * rate, dtype="float32")
        if not len(samples) or not np.isfinite(samples).all():
            return None
        buffer = io.BytesIO()
        soundfile.write(buffer, samples, rate, format="FLAC", subtype="PCM_16")
    except Exception:  # as above
        return None
    return Medium("sound", _address("audio/flac", buffer), label)


def _address(kind: str, buffer: io.BytesIO) -> str:
    return f"data:{kind};base64,{base64.b64encode(buffer.getvalue()).decode()}"
