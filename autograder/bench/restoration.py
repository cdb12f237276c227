"""What the shipped models of restoration gain: part of `make bench`, written to `build/bench/restoration.json`, `.md`.

Each model gets the same clips of the test split of the embedded corpus and, where `COURSE_DATA` names one, of real
recordings: of `val` where there is no test split, as a corpus that keeps none is tested on its validation split.

- `in`: the degraded clip. Where the rate is low, each sample is held until the next one comes.
- `spline`: a cubic spline through the samples: what the network of super-resolution starts from. Where no samples are
  missing, as with noise and rooms, it is the input itself.
- `sinc`: band-limited interpolation, as a good player does it. What a filter has left it gives back exactly, and
  nothing lies above: the highest SNR without guessing, and about the worst LSD.
- `out`: what the model makes of it.

*filtered*: a low-pass filter came before samples were left out, as in any converter. *aliased*: every r-th sample was
kept as it was, as Kuleshov, Enam and Ermon (2017) did. Noises and rooms are those of the test split, drawn as in
training: `denoise` at an SNR of 0 to 15 dB, `dereverberate` with the dry sound 3 dB below to 12 dB above its echoes.

SNR and LSD are means over clips, with 95 % bootstrap intervals; the gain is that over the better of input and spline,
by clip. The LSD is the lessons': the mean over frames of the root mean square over frequencies of
log10 |X|^2 / |X_ref|^2, Hann window, n_fft 512, hop 128. A second table has it with n_fft 2048 and hop 512, `lsd2048`:
the frames of Kuleshov's repository. Its code takes the natural logarithm, which is 2.3 times as much, and the root mean
square over frames before the mean over frequencies.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import torch
from scipy.interpolate import CubicSpline
from torchaudio.functional import resample

from autograder.bench.pages import spread, write_page
from autograder.methods import load_method
from course_utils import corpus, metrics
from course_utils.restoration import Degraded, low_rate, read
from course_utils.signal import SAMPLE_RATE
from course_utils.trial import interval

TO = Path("build") / "bench" / "restoration.json"
CLIPS, LONGEST, SHORTEST, SEED = 32, 4 * SAMPLE_RATE, 1 * SAMPLE_RATE, 17
"""Clips of a cell, the samples that one may have, and where chance starts."""
CELLS = (("super_resolution_x2", "filtered"), ("super_resolution_x2", "aliased"), ("super_resolution_x4", "filtered"),
         ("super_resolution_x4", "aliased"), ("super_resolution_x4_adversarial", "filtered"), ("denoise", ""),
         ("dereverberate", ""))
"""The methods, and what became of the frequencies that a low rate cannot hold."""
FRAMES = {"lsd": (512, 128), "lsd2048": (2048, 512)}
"""n_fft and hop of each log-spectral distance."""
HEAD = ("| task | kind | corpus | n | SNR in | spline | sinc | out | gain | LSD in | spline | sinc | out | gain |\n"
        "|---|---|---|" + "--:|" * 11)
LONG_HEAD = HEAD.replace("LSD", "LSD, n_fft 2048,")


@dataclass(frozen=True)
class Clip:
    """A clip, (1, 1, T): clean, degraded (perhaps at a lower rate), and three ways to fill in what is missing."""

    s: torch.Tensor
    y: torch.Tensor
    held: torch.Tensor
    spline: torch.Tensor
    sinc: torch.Tensor


def main() -> None:
    """Measure every cell, print the table as it grows and write the files."""
    rows = []
    print(HEAD)
    for task, kind in CELLS:
        method = load_method(task)
        run = method.run()
        for sort, what, folder in corpora():
            row: dict[str, Any] = {"task": task, "kind": kind, "corpus": f"{sort} {what}"}
            missing = "no recordings" if folder else "COURSE_DATA is not set"
            try:
                found = list(clips(task.removesuffix("_adversarial"), kind, what, folder)) if folder else []
            except ValueError as error:  # no rooms, say: what was measured before is not to be lost
                found, missing = [], str(error)
            if found:
                with torch.no_grad():
                    row |= measure(found, [run(clip.y) for clip in found])
            else:
                row |= {"n": 0, "missing": missing}
            rows.append(row)
            print(line(row), flush=True)
    long = [line(row, "lsd2048") for row in rows if row["kind"] and row["n"]]
    write_page(TO, rows, __doc__, [HEAD, *map(line, rows), "", LONG_HEAD, *long])


def corpora() -> Iterator[tuple[str, str, Path | None]]:
    """Yield each corpus: embedded or real, speech or piano, and its folder if there is one."""
    real = os.environ.get("COURSE_DATA")
    for sort, folder in (("embedded", corpus.EMBEDDED), ("real", Path(real) if real else None)):
        for what in ("speech", "piano"):
            yield sort, what, folder


def clips(task: str, kind: str, what: str, folder: Path) -> Iterator[Clip]:
    """Cut the test recordings of speech or piano into clips that share nothing, and degrade some, evenly spread.

    Raises
    ------
    ValueError
        If a corpus has no noises or rooms to degrade them with, or a recording is damaged.
    """
    recordings = [x for found in read(what, "test", [folder]) for x in found]  # (T,) each
    cut = [piece for x in recordings for piece in x.split(LONGEST) if len(piece) >= SHORTEST and piece.any()]
    chosen = [cut[k] for k in np.unique(np.linspace(0, len(cut) - 1, CLIPS).round().astype(int))] if cut else []
    if task in ("denoise", "dereverberate"):
        degrade = Degraded(task, "test", folders=[folder])
    for number, x in enumerate(chosen):
        s = x[None, None]  # (1, 1, T)
        if task in ("denoise", "dereverberate"):
            y = degrade(s, torch.Generator().manual_seed(SEED + number))  # (1, 1, T)
            yield Clip(s, y, y, y, y)
        else:
            r = int(task[-1])
            s = s[..., :s.shape[-1] // r * r]
            y = low_rate(s, r, aliased=kind == "aliased")  # (1, 1, T / r)
            yield Clip(s, y, y.repeat_interleave(r, -1), spline(y, r), resample(y, 1, r, lowpass_filter_width=64))


def spline(y: torch.Tensor, r: int) -> torch.Tensor:
    """Return the cubic spline through samples, (..., T) to (..., r * T); the last r - 1 values are extrapolated."""
    through = CubicSpline(r * np.arange(y.shape[-1]), y.double().numpy(), axis=-1)
    return torch.from_numpy(through(np.arange(r * y.shape[-1]))).float()


def measure(found: list[Clip], estimates: list[torch.Tensor]) -> dict[str, Any]:
    """Return a row's numbers: means and intervals, and gains over the better of input and spline."""
    made = {"in": [clip.held for clip in found], "spline": [clip.spline for clip in found],
            "sinc": [clip.sinc for clip in found], "out": estimates}
    values = {f"{name}_{which}": [distance(name, x, clip.s) for x, clip in zip(signals, found, strict=True)]
              for name in ("snr", *FRAMES) for which, signals in made.items()}
    row: dict[str, Any] = {"n": len(found)}
    row |= {name: round(fmean(numbers), 4) for name, numbers in values.items()}
    row |= {f"{name}_interval": _rounded(interval(numbers)) for name, numbers in values.items()}
    for name in ("snr", *FRAMES):
        better = max if name == "snr" else min
        base = better((f"{name}_in", f"{name}_spline"), key=row.__getitem__)
        gains = [after - before for after, before in zip(values[f"{name}_out"], values[base], strict=True)]
        row |= {f"{name}_gain": round(fmean(gains), 4), f"{name}_gain_interval": _rounded(interval(gains))}
    return row


def distance(name: str, x: torch.Tensor, s: torch.Tensor) -> float:
    """Return the SNR or one of the log-spectral distances of a clip, (1, 1, T)."""
    if name == "snr":
        return float(metrics.snr(x, s))
    n_fft, hop_length = FRAMES[name]
    return float(metrics.lsd(x, s, n_fft=n_fft, hop_length=hop_length))


def line(row: dict[str, Any], lsd: str = "lsd") -> str:
    """Return a row of the Markdown table, with one of the distances; a gain that may be none has a question mark."""
    about = f"| {row['task']} | {row['kind']} | {row['corpus']} | {row['n']} |"
    if "missing" in row:
        return f"{about} {row['missing']} |" + " |" * 9
    parts = []
    for name, sign in (("snr", 1), (lsd, -1)):
        low, high = row[f"{name}_gain_interval"]
        better = [sign * low > 0, sign * high > 0]
        doubt = "" if all(better) else " ?" if any(better) else " worse"
        parts += [spread(row[f"{name}_{which}"], row[f"{name}_{which}_interval"])
                  for which in ("in", "spline", "sinc", "out")]
        parts.append(spread(row[f"{name}_gain"], (low, high), sign="+") + doubt)
    return f"{about} {' | '.join(parts)} |"


def _rounded(numbers: tuple[float, float]) -> list[float]:
    return [round(number, 4) for number in numbers]
