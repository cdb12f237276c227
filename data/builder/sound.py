"""What every part of the builder shares: seeds, levels, FLAC files and the description of one clip.

Signals are float64 arrays `(time,)` at 16 kHz, full scale is [-1, 1]. Levels are dB re full scale (dBFS).
"""

import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile as sf
from scipy import signal

RATE = 16_000  # Hz, of the whole pack
SPLITS = ("train", "val", "test")
BITS = {"speech": 14, "noise": 14, "piano": 14, "rir": 16}  # a room's tail is quieter than any microphone's noise
PEAK = 0.89  # no sample goes above this (-1 dBFS)
FLOOR = -80.0  # dBFS of the noise under speech and music: metrics take logarithms, digital silence has none


@dataclass(frozen=True)
class Clip:
    """One file of the pack: where it goes, what the manifest says of it, and how to make it.

    `make` takes a random generator that depends on nothing but `file`, so every clip can be built alone
    and in any order. It returns the finished signal `(time,)` at 16 kHz and a text of what is known only
    once it is made (may be empty), which is added to the provenance.
    """

    file: str  # relative to the pack, with forward slashes
    kind: str  # "speech", "noise", "rir" or "piano"
    split: str
    group: str  # voice, noise kind, room or piece: what the splits keep apart
    provenance: str
    make: Callable[[np.random.Generator], tuple[np.ndarray, str]]
    text: str = ""


def generator(name):
    """Return a random generator seeded by `name` alone (CRC-32, because `hash` differs from run to run)."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def require(tool):
    """Stop with the name of the Debian package where `tool` is missing (they share their names)."""
    if shutil.which(tool) is None:
        raise SystemExit(f"{tool} is not installed. On Debian or Ubuntu: apt-get install {tool}")


@cache
def version(tool):
    """Return the version that `tool` says of itself, such as "1.51": other versions speak differently."""
    require(tool)
    said = subprocess.run([tool, "--version"], check=False, capture_output=True, text=True).stdout
    return re.search(r"\d+\.\d+(\.\d+)*", said).group()


def to_level(x, dbfs):
    """Scale `x` `(time,)` to a root mean square of `dbfs`, or lower where its peak would pass -1 dBFS."""
    gain = 10 ** (dbfs / 20) / np.sqrt(np.mean(x**2))
    return x * min(gain, PEAK / np.max(np.abs(x)))


def active(x):
    """Mark the samples of `x` `(time,)` whose 20 ms are within 40 dB of the loudest, bool `(time,)`."""
    size = RATE // 50
    power = signal.fftconvolve(x**2, np.ones(size) / size, mode="same")
    return power > np.max(power) * 1e-4


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
