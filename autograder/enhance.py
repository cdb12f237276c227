"""Run a method of the course over a folder of recordings."""

import math
import sys
from collections.abc import Callable
from pathlib import Path

import soundfile
import torch
from torchaudio.functional import resample
from tqdm import tqdm

from autograder.methods import load_method
from course_utils.signal import SAMPLE_RATE

LONGEST, OVERLAP = 300 * SAMPLE_RATE, 1 * SAMPLE_RATE
"""Samples of the pieces in which a long recording is enhanced, and those that neighbours share."""

SUFFIXES = {f".{name.lower()}" for name in soundfile.available_formats()} | {".aif", ".oga"}


def enhance_folder(method: str, source: Path, target: Path, *, checkpoint: Path | None = None) -> int:
    """Run a method over every audio file of a folder and its subfolders; return 1 if one could not be done, else 0.

    A file keeps its name, format, rate and number of channels; each channel is enhanced on its own. What lies above
    8 kHz is lost, because the methods work at 16 kHz.

    A method with a rate works on a file's own samples instead: super-resolution by 4 makes 16 kHz of 4 kHz, and 20 kHz
    of 5 kHz. Where this is not the rate that the network was trained at, a warning says so.

    Parameters
    ----------
    method : str
        Name of the method, as its lesson gives it.
    source, target : Path
        The folders. Nothing is ever written over: the target must be new or empty.
    checkpoint : Path, optional
        Weights for a method with a network; by default those that its lesson ships, else those that
        `autograder.methods.train` has made.

    Raises
    ------
    ValueError
        If there is no such method, no checkpoint for it, no audio in the folder, or something in the target.
    """
    loaded = load_method(method)
    run = loaded.run(checkpoint)
    if not source.is_dir():
        raise ValueError(f"{source} is not a folder")
    files = sorted(path for path in source.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
    if not files:
        raise ValueError(f"there is no audio file in {source}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ValueError(f"{target} is not empty; give a new folder, so that nothing is written over")
    failed = 0
    for path in tqdm(files, desc=method, unit="file", disable=None):
        try:
            for warning in enhance_file(run, path, target / path.relative_to(source), rate=loaded.rate):
                tqdm.write(f"autograder: {path}: {warning}", file=sys.stderr)
        except Exception as error:  # whatever a method or a broken file raises, the other files are still wanted
            failed += 1
            tqdm.write(f"autograder: {path} is left out: {error}", file=sys.stderr)
    print(f"{len(files) - failed} of {len(files)} files in {target}")
    return int(failed > 0)


def enhance_file(run: Callable[[torch.Tensor], torch.Tensor], source: Path, target: Path, *,
                 rate: int | None = None) -> list[str]:
    """Enhance one file, channel by channel, and write it in its own format, at `rate` times its own sampling rate.

    Parameters
    ----------
    run : callable
        The method, (1, 1, time) to (1, 1, rate * time).
    source, target : Path
        The files.
    rate : int, optional
        Samples that the method returns for each that it gets. Without it, the method gets the file at 16 kHz.

    Returns
    -------
    list of str
        Warnings.

    Raises
    ------
    ValueError
        If the file is empty, the method gives something that is no audio, or the format has no such sampling rate.
    """
    with soundfile.SoundFile(source) as file:
        f_s, kind, subtype = file.samplerate, file.format, file.subtype
        samples = file.read(dtype="float32", always_2d=True)  # (time, channel)
    if not len(samples):
        raise ValueError("it has no samples")
    y = torch.from_numpy(samples.T.copy())  # (channel, time)
    s_hat = torch.cat([_enhance_channel(run, channel, f_s, rate) for channel in y])  # (channel, rate * time)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        soundfile.write(target, s_hat.T.numpy(), f_s * (rate or 1), format=kind, subtype=subtype)
    except (soundfile.LibsndfileError, ValueError) as error:
        target.unlink(missing_ok=True)
        raise ValueError(f"{kind} {subtype} cannot hold the result, {f_s * (rate or 1)} Hz ({error}); "
                         "convert the file to WAV first") from None
    if rate and f_s * rate != SAMPLE_RATE:
        trained = f"to make {SAMPLE_RATE} Hz of {SAMPLE_RATE // rate} Hz" if rate > 1 else f"at {SAMPLE_RATE} Hz"
        return [f"it is at {f_s} Hz, and the network was trained {trained}: the result, {f_s * rate} Hz, may be poor"]
    return []


def _enhance_channel(run: Callable[[torch.Tensor], torch.Tensor], y: torch.Tensor, f_s: int,
                     rate: int | None) -> torch.Tensor:
    """Enhance one channel, (time,) to (1, rate * time): on its own samples, or without a rate at 16 kHz and back."""
    with torch.no_grad():
        if rate:
            return in_pieces(run, y[None, None], longest=LONGEST // rate, overlap=OVERLAP // rate, rate=rate)[0]
        at_rate = resample(y[None, None], f_s, SAMPLE_RATE)  # (1, 1, time)
        s_hat = resample(in_pieces(run, at_rate), SAMPLE_RATE, f_s)[0]  # (1, time)
    return _fit(s_hat, len(y))


def in_pieces(run: Callable[[torch.Tensor], torch.Tensor], y: torch.Tensor, *,
              longest: int = LONGEST, overlap: int = OVERLAP, rate: int = 1) -> torch.Tensor:
    """Run a method on a waveform of any length with bounded memory: pieces of equal length, faded into each other.

    Parameters
    ----------
    run : callable
        The method, (1, 1, time) to (1, 1, rate * time).
    y : tensor [shape=(1, 1, time)]
        The waveform. Up to `longest` samples it is one piece.
    longest, overlap : int
        Samples of a piece, and those that it shares with the next.
    rate : int
        Samples that the method returns for each that it gets.

    Returns
    -------
    tensor [shape=(1, 1, rate * time)]
        What the method makes of it.

    Raises
    ------
    ValueError
        If the method gives something that is no waveform.
    """
    count = max(1, math.ceil((y.shape[-1] - overlap) / (longest - overlap)))
    step = math.ceil((y.shape[-1] - overlap) / count)
    rise = torch.linspace(0, 1, rate * overlap)  # (rate * overlap,)
    s_hat = torch.zeros(1, 1, rate * y.shape[-1])  # (1, 1, rate * time)
    for start in (index * step for index in range(count)):
        piece = y[..., start:start + step + overlap]
        estimate = run(piece)
        if estimate.shape[:-1] != (1, 1) or not torch.isfinite(estimate).all():
            raise ValueError(f"the method gave a tensor of shape {tuple(estimate.shape)}, expected finite (1, 1, time)")
        estimate = _fit(estimate, rate * piece.shape[-1]).clone()
        if start:
            estimate[..., :rate * overlap] *= rise
            s_hat[..., rate * start:rate * (start + overlap)] *= 1 - rise
        s_hat[..., rate * start:rate * (start + piece.shape[-1])] += estimate
    return s_hat


def _fit(x: torch.Tensor, length: int) -> torch.Tensor:
    """Cut a waveform to a length, or pad it with silence."""
    return torch.nn.functional.pad(x, (0, length - x.shape[-1]))
