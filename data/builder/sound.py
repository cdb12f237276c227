"""What every part of the builder shares: seeds, levels, FLAC files and the description of one clip.

Signals are float64 arrays `(time,)` at 16 kHz, full scale is [-1, 1]. Levels are dB re full scale (dBFS).
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile as sf

RATE = 16_000  # Hz, of the whole pack
SPLITS = ("train", "val", "test")
BITS = {"speech": 14, "noise": 14, "rir": 16}  # a room's tail is quieter than any microphone's noise
PEAK = 0.89  # no sample goes above this (-1 dBFS)


@dataclass(frozen=True)
class Clip:
    """One file of the pack: where it goes, what the manifest says of it, and how to make it.

    `make` takes a random generator that depends on nothing but `file`, so every clip can be built alone
    and in any order. It returns the finished signal `(time,)` at 16 kHz and a text of what is known only
    once it is made (may be empty), which is added to the provenance.
    """

    file: str  # relative to the pack, with forward slashes
    kind: str  # "speech", "noise" or "rir"
    split: str
    group: str  # voice, noise kind or room: what the splits keep apart
    provenance: str
    make: Callable[[np.random.Generator], tuple[np.ndarray, str]]
    text: str = ""


def generator(name):
    """Return a random generator seeded by `name` alone (CRC-32, because `hash` differs from run to run)."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def to_level(x, dbfs):
    """Scale `x` `(time,)` to a root mean square of `dbfs`, or lower where its peak would pass -1 dBFS."""
    gain = 10 ** (dbfs / 20) / np.sqrt(np.mean(x**2))
    return x * min(gain, PEAK / np.max(np.abs(x)))


def fade(x, seconds):
    """Fade both ends of `x` `(time,)` with half a Hann window, so that a loop or a cut makes no click."""
    n = round(seconds * RATE)
    ramp = np.sin(np.linspace(0, np.pi / 2, n)) ** 2
    y = x.copy()
    y[:n] *= ramp
    y[-n:] *= ramp[::-1]
    return y


def write_flac(path, x, bits):
    """Write `x` `(time,)` as a 16-bit mono FLAC file at the pack's rate, rounded to `bits` bits.

    With 14 bits the last two of a 16-bit sample are zero, and FLAC stores nothing for them: a quarter of the
    size is saved. The rounding noise, -89 dBFS, lies 9 dB under the noise floor of the speech and is dithered
    by it.
    """
    if not np.all(np.isfinite(x)) or np.max(np.abs(x)) >= 1:
        raise ValueError(f"{path}: expected finite samples in (-1, 1), got a peak of {np.max(np.abs(x))}")
    path.parent.mkdir(parents=True, exist_ok=True)
    step = 2 ** (16 - bits)
    pcm = (np.round(x * (32768 / step)) * step).clip(-32768, 32767).astype(np.int16)
    sf.write(path, pcm, RATE, subtype="PCM_16", format="FLAC", compression_level=1.0)


def read_flac(path):
    """Read a file of the pack, float64 `(time,)`."""
    x, rate = sf.read(Path(path), dtype="float64")
    if rate != RATE or x.ndim != 1:
        raise ValueError(f"{path}: expected {RATE} Hz mono, got {rate} Hz and shape {x.shape}")
    return x
