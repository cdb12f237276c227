"""How an enhancer is tried: what it gains on pairs of noisy and clean speech, and how sure that is.

    clips = [measure(enhance(pair.y), pair) for pair in pairs]
    intervals(clips)

The project's bonus points are computed with these very functions, on clips that nobody has seen.

What metrics do not see is looked at first: an estimate that is not finite, is silent, clips, or comes at another level
than the speech gains nothing. A delay is taken out before anything is measured, and reported.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

import numpy as np
import torch

from course_utils import metrics
from course_utils.signal import SAMPLE_RATE

TITLES = {"si_sdr": "SI-SDR", "pesq_wb": "PESQ", "estoi": "ESTOI"}
MEASURES = tuple(TITLES)
RESAMPLES, SEED, CONFIDENCE = 4000, 20260101, 0.95
"""Of the bootstrap intervals."""
LONGEST_DELAY = 800
"""Samples that an estimate may come late or early: 50 ms."""
LOUDEST, LEVELS = 1.0, (-6.0, 6.0)
"""Largest sample of an estimate, and the range of its level, in dB relative to the clean speech in it."""


class Pair:
    """A clip: noisy and clean speech, (T,) each, and what the noisy one is worth."""

    def __init__(self, y: torch.Tensor, s: torch.Tensor):
        self.y, self.s = y, s

    @cached_property
    def before(self) -> dict[str, float]:
        """The metrics of the noisy clip."""
        return values(self.y, self.s)


@dataclass(frozen=True)
class Clip:
    """What became of one clip.

    Attributes
    ----------
    gain : dict of str to float
        By metric, the estimate's value minus the noisy clip's.
    delay : int
        Samples that the estimate came late.
    noise_reduction, speech_distortion : float
        dB: how much less noise there is relative to the speech, and how much of the estimate is neither.
    problem : str
        Why the estimate does not count, empty if it does.
    """

    gain: dict[str, float]
    delay: int
    noise_reduction: float
    speech_distortion: float
    problem: str = ""


def measure(s_hat: torch.Tensor, pair: Pair) -> Clip:
    """Measure one estimate, as a file with 16 bits a sample would hold it.

    Parameters
    ----------
    s_hat : torch.Tensor [shape=(time,)]
        The estimate, at 16 kHz.
    pair : Pair
        The clip that it was made of.

    Returns
    -------
    Clip
        Gains of 0 and a `problem` where it does not count.

    Raises
    ------
    ValueError
        If it has another shape than the clip.
    """
    if s_hat.shape != pair.s.shape:
        raise ValueError(f"the estimate has shape {tuple(s_hat.shape)}, but the clip {tuple(pair.s.shape)}: they must "
                         "be equal")
    s_hat = torch.round(s_hat * 32768) / 32768
    delay = find_delay(s_hat, pair.s)
    s_hat = shift(s_hat, -delay)
    problem, gain = complaint(s_hat, pair.s), {}
    if not problem:
        after = values(s_hat, pair.s)
        gain = {name: round(after[name] - pair.before[name], 6) for name in MEASURES}
        unknown = [TITLES[name] for name in MEASURES if not math.isfinite(gain[name])]
        problem = f"{' and '.join(unknown)} cannot be computed for it" if unknown else ""
    if problem:
        return Clip(dict.fromkeys(MEASURES, 0.0), delay, 0.0, 0.0, problem)
    return Clip(gain, delay, *split(s_hat, pair.y, pair.s))


def complaint(s_hat: torch.Tensor, s: torch.Tensor) -> str:
    """Return why an estimate, (T,), cannot count, or nothing."""
    if not torch.isfinite(s_hat).all():
        return "it has samples that are NaN or infinite"
    if not s_hat.any():
        return "it is silent"
    if float(s_hat.abs().max()) > LOUDEST:
        return "it has samples beyond 1, and would clip in a file"
    level = 20 * float(torch.log10(((s_hat * s).sum() / s.square().sum()).abs().clamp_min(1e-6)))
    if not LEVELS[0] <= level <= LEVELS[1]:
        return f"the speech in it is more than 6 dB {'softer' if level < 0 else 'louder'} than it was"
    return ""


def find_delay(s_hat: torch.Tensor, s: torch.Tensor) -> int:
    """Return by how many samples an estimate comes late (negative: early), up to `LONGEST_DELAY`.

    By GCC-PHAT, the correlation with all frequencies weighed alike: otherwise the lowest ones decide. Knapp and Carter,
    "The generalized correlation method for estimation of time delay", IEEE TASSP 24(4), 1976.
    """
    n = 2 ** (2 * len(s) - 1).bit_length()
    spectrum = torch.fft.rfft(s_hat, n) * torch.fft.rfft(s, n).conj()
    match = torch.fft.irfft(spectrum / spectrum.abs().clamp_min(1e-12), n).abs()
    lags = torch.arange(-LONGEST_DELAY, LONGEST_DELAY + 1)
    return int(lags[match[lags % n].argmax()])


def shift(x: torch.Tensor, by: int) -> torch.Tensor:
    """Move a waveform, (T,), later by some samples; what comes in is silence."""
    return torch.nn.functional.pad(x, (by, -by))


def split(s_hat: torch.Tensor, y: torch.Tensor, s: torch.Tensor) -> tuple[float, float]:
    """Split an estimate, (T,), into speech, noise and what is neither, by least squares.

    Vincent et al., "Performance measurement in blind audio source separation", IEEE TASLP 14(4), 2006, section III.

    Returns
    -------
    (float, float)
        Noise reduction in dB: the ratio of speech to noise in the estimate, over that in the noisy clip. Speech
        distortion in dB: the power of what is neither, over that of the speech; the lower the better.
    """
    n = y - s
    basis = torch.stack([s, n], 1).double()  # (T, 2)
    a, b = torch.linalg.lstsq(basis, s_hat.double()[:, None]).solution.flatten()
    rest = s_hat.double() - basis @ torch.stack([a, b])
    speech = a.square() * s.double().square().sum()
    return (float(20 * torch.log10(a.abs() / b.abs().clamp_min(1e-6))),
            float(10 * torch.log10(rest.square().sum().clamp_min(1e-12) / speech)))


def values(x: torch.Tensor, s: torch.Tensor) -> dict[str, float]:
    """Return the metrics of a waveform against the clean speech, (T,) each."""
    # Rounded, because ESTOI's sums differ in the 16th digit with where in memory the samples lie.
    return {name: round(float(getattr(metrics, name)(x, s)), 6) for name in MEASURES}


def interval(gains: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean, the same for the same gains in the same order.

    The percentile interval of Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13.

    Parameters
    ----------
    gains : sequence of float
        A value for each clip.

    Returns
    -------
    (float, float)
        Its ends, in the unit of the values.

    Raises
    ------
    ValueError
        If there is no value.
    """
    if not len(gains):
        raise ValueError("there is no interval of no values")
    drawn = np.random.default_rng(SEED).integers(len(gains), size=(RESAMPLES, len(gains)))
    means = np.asarray(gains, dtype=np.float64)[drawn].mean(1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def intervals(clips: Sequence[Clip]) -> dict[str, tuple[float, float]]:
    """Return the interval of the mean gain, by metric."""
    return {name: interval([clip.gain[name] for clip in clips]) for name in MEASURES}


def summary(clips: Sequence[Clip]) -> dict[str, Any]:
    """Return what became of a half, as plain data: mean gains with intervals, guards, what did not count."""
    gains = {name: {"mean": round(fmean(clip.gain[name] for clip in clips), 4), "low": round(low, 4),
                    "high": round(high, 4)} for name, (low, high) in intervals(clips).items()}
    fine = [clip for clip in clips if not clip.problem]
    problems = Counter(clip.problem for clip in clips if clip.problem)
    return {"clips": len(clips), "gains": gains,
            "noise_reduction": round(fmean([clip.noise_reduction for clip in fine] or [0.0]), 1),
            "speech_distortion": round(fmean([clip.speech_distortion for clip in fine] or [0.0]), 1),
            "delay": max((abs(clip.delay) for clip in fine), default=0) / SAMPLE_RATE,
            "problems": dict(problems.most_common(3))}


def look_ahead(enhance: Callable[[torch.Tensor], Any], y: torch.Tensor) -> float:
    """Return how many seconds of what is to come an enhancer listens to before it says something.

    From the middle of the clip, (T,), on, what is to come is played backwards: what changes before that has heard it.
    """
    middle = len(y) // 2
    before, after = (enhance(x).detach()[:middle] for x in (y.clone(), torch.cat([y[:middle], y[middle:].flip(0)])))
    changed = torch.nonzero((before - after).abs() > 1e-3 * before.abs().max())
    return round((middle - int(changed[0])) / SAMPLE_RATE, 3) if len(changed) else 0.0
