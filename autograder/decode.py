"""A stranger's pictures and sounds made anew. This runs in a sandbox, as text that a Python there is started with.

A decoder may be taken over by the bytes that it reads. So nothing of the course is imported here, and no process can be
started any more once the first file is opened; `media` says what is believed of what comes out.

The files of the current folder are called 0, 1, 2 and so on: PNG pictures, FLAC or WAV sounds. Each becomes a line in
base 64, empty for a file that cannot be read. Where all together would be too much for a page, the lines end.
"""

import base64
import io
import os
import resource
from contextlib import suppress

import numpy as np
import soundfile
from PIL import Image

PIXELS = 16_000_000
"""Of one picture."""
WIDTH, HEIGHT = 1100, 1600
"""What is left of a picture's size."""
SECONDS = 30
"""What is left of a sound."""
POINTS = 64_000_000
"""Pixels and samples of a page."""
CHARACTERS = 12_000_000
"""What is printed for a page."""


def main() -> None:
    """Print a line for each file of the current folder."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    points, characters = POINTS, CHARACTERS
    for path in sorted(os.listdir(), key=int):
        made = b""
        with suppress(Exception):  # decoders fail on bad bytes in all the ways there are
            measure, encode = (_pixels, _picture) if _is_picture(path) else (_samples, _sound)
            points -= measure(path)
            if points < 0:
                return
            made = encode(path)
        line = base64.b64encode(made).decode()
        characters -= len(line)
        if characters < 0:
            return
        print(line, flush=True)


def _is_picture(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(4) == b"\x89PNG"


def _pixels(path: str) -> int:
    """Return a picture's pixels, known before anything is unpacked."""
    with Image.open(path, formats=["PNG"]) as image:
        pixels = image.width * image.height
    if pixels > PIXELS:
        raise ValueError(f"{pixels} pixels are more than {PIXELS}")
    return pixels


def _picture(path: str) -> bytes:
    """Encode a picture anew, no larger than a page is wide."""
    with Image.open(path, formats=["PNG"]) as image:
        image.thumbnail((WIDTH, HEIGHT))
        clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    # 256 colours are what a plot needs, in a third of the bytes; this way of choosing them is the quick one.
    flat = paper.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    flat.save(buffer, "PNG")
    return buffer.getvalue()


def _samples(path: str) -> int:
    """Return the samples that are left of a sound."""
    sound = soundfile.info(path)
    if sound.channels > 2 or not 1000 <= sound.samplerate <= 192_000:
        raise ValueError(f"{sound.channels} channels at {sound.samplerate} Hz are not for a page")
    return sound.channels * min(sound.frames, SECONDS * sound.samplerate)


def _sound(path: str) -> bytes:
    """Encode the beginning of a sound anew as FLAC, its level untouched."""
    with soundfile.SoundFile(path) as file:
        rate = file.samplerate
        samples = file.read(SECONDS * rate, dtype="float32")
    if not len(samples) or not np.isfinite(samples).all():
        raise ValueError("there is no sound in it")
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()


if __name__ == "__main__":
    main()
