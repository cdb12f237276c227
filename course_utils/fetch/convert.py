"""Recordings of any rate and length, as 16 kHz mono FLAC files of at most 30 s."""

import hashlib
import io
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import torch
import torchaudio

from course_utils.fetch.declare import Recording
from course_utils.signal import HIGHEST_RATE, LOWEST_RATE, SAMPLE_RATE

LONGEST = 30
"""Seconds of a file."""
LONGEST_RIR = 3
SHORTEST = 0.1
"""Seconds of a file, unless it is a room response; what is left behind the last cut of a recording may be less."""
LARGEST_FILTER = 1 << 26
"""Numbers in the filters of a resampler: 16 kHz and a rate with which they share no divisor need gigabytes."""
BEFORE_DIRECT = 0.001
"""Seconds of a room response before its direct sound; earlier ones are the way through the air."""


def convert(recording: Recording, folder: Path) -> list[dict[str, str]]:
    """Write a recording into the course's layout.

    Parameters
    ----------
    recording : Recording
        What to write: `KIND/SPLIT/GROUP-NAME.flac`, numbered if it is cut in several.
    folder : Path
        Top of the layout.

    Returns
    -------
    list of dict
        For each file its columns of the manifest: file, kind, split, group, seconds, sample_rate, sha256. None for a
        recording that is silent, or that is over before one hears anything.

    Raises
    ------
    ValueError
        If the recording is damaged, or holds NaN or infinite samples.
    OSError
        If the disk is full.
    """
    try:
        waves = list(_response(recording.path) if recording.kind == "rir" else _pieces(recording))
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise ValueError(f"{recording.path.name}: cannot be read as audio ({error})") from error
    if not all(np.isfinite(x).all() for x in waves):
        raise ValueError(f"{recording.path.name}: holds samples that are NaN or infinite")
    least = 1 if recording.kind == "rir" else round(SHORTEST * SAMPLE_RATE)
    waves = [x for x in waves if len(x) >= least and np.abs(x).max(initial=0) >= 2 ** -15]
    rows = []
    for k, x in enumerate(waves):
        number = f"_{k + 1:03}" if len(waves) > 1 else ""
        file = f"{recording.kind}/{recording.split}/{recording.stem}{number}.flac"
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        pcm = np.clip(np.round(x * 2 ** 15), -2 ** 15, 2 ** 15 - 1).astype(np.int16)  # exact for 16-bit sources
        content = io.BytesIO()
        soundfile.write(content, pcm, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
        path.write_bytes(content.getvalue())  # of a full disk, libsndfile says nothing but that it failed
        rows.append({"file": file, "kind": recording.kind, "split": recording.split, "group": recording.group,
                     "seconds": f"{len(x) / SAMPLE_RATE:.3f}", "sample_rate": str(SAMPLE_RATE),
                     "sha256": hashlib.sha256(content.getvalue()).hexdigest()})
    return rows


def _pieces(recording: Recording) -> Iterator[np.ndarray]:
    """Read a recording in pieces, each (T,) at 16 kHz, without holding all of it: some last three quarters of an hour.

    A long one is cut where it is quietest between 20 and 30 s after the last cut.
    """
    with soundfile.SoundFile(recording.path) as file:
        rate, start = file.samplerate, 0
        if rate < LOWEST_RATE:
            raise RuntimeError(f"it is sampled at {rate} Hz")
        while len(x := _mono(file, recording.path, start, LONGEST * rate)):
            if start + len(x) < file.frames:
                x = x[:_quietest(x, rate)]
            start += len(x)
            if recording.minus:
                x = x - _subtrahend(recording, start - len(x), len(x))
            yield _finished(x, rate, trim=recording.kind == "noise")


def _mono(file: soundfile.SoundFile, path: Path, start: int, count: int) -> np.ndarray:
    """Read samples (T,) from a place on, the mean of the channels."""
    if start >= file.frames:
        return np.zeros(0, np.float32)
    file.seek(start)
    x = file.read(count, dtype="float32", always_2d=True).mean(1)  # (T, C) -> (T,)
    if not len(x):
        raise ValueError(f"{path.name}: ends after {start} of {file.frames} samples")
    return x


def _subtrahend(recording: Recording, start: int, count: int) -> np.ndarray:
    with soundfile.SoundFile(str(recording.minus)) as file:
        x = _mono(file, Path(file.name), start, count)
    return np.pad(x, (0, count - len(x)))  # the clean file ends a little earlier in some pairs


def _quietest(x: np.ndarray, rate: int) -> int:
    """Return where to cut a piece, (T,), of 30 s: in the middle of the quietest 50 ms of its last third."""
    frame = rate // 20
    last = x[len(x) * 2 // 3:]
    energy = np.square(last[:len(last) // frame * frame]).reshape(-1, frame).mean(1)  # (frames,)
    return len(x) - len(last) + int(energy.argmin()) * frame + frame // 2


def _response(path: Path) -> Iterator[np.ndarray]:
    """Read a room response, (taps,), from its direct sound on, at 0.9 of full scale.

    Of several microphones one is taken: their mean would be a comb filter.
    """
    x, rate = soundfile.read(path, frames=LONGEST * 96_000, dtype="float32", always_2d=True)  # (T, C)
    h = _resampled(x[:, 0], rate)
    peak = np.abs(h).max(initial=0)
    if peak > 0 and np.isfinite(peak):
        start = max(0, int(np.abs(h).argmax()) - round(BEFORE_DIRECT * SAMPLE_RATE))
        h = 0.9 * h[start:start + LONGEST_RIR * SAMPLE_RATE] / peak
    yield h


def _finished(x: np.ndarray, rate: int, *, trim: bool) -> np.ndarray:
    """Return samples (T,) at 16 kHz, and without the zeros that some clips of noise are filled up with."""
    if trim:
        sounding = np.flatnonzero(x)
        x = x[sounding[0]:sounding[-1] + 1] if len(sounding) else x[:0]
    x = _resampled(x, rate)
    peak = float(np.abs(x).max(initial=0))
    return x / peak if 1 < peak < math.inf else x  # a filter may overshoot full scale


def _resampled(x: np.ndarray, rate: int) -> np.ndarray:
    filters = (SAMPLE_RATE * rate) // math.gcd(SAMPLE_RATE, rate) ** 2
    if not LOWEST_RATE <= rate <= HIGHEST_RATE or filters > LARGEST_FILTER:
        raise RuntimeError(f"it is sampled at {rate} Hz")
    if not len(x):
        return x
    wave = torch.from_numpy(x)
    return torchaudio.functional.resample(wave, rate, SAMPLE_RATE, lowpass_filter_width=64, rolloff=0.95).numpy()
