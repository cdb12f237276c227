"""Bonus points: what an enhancer gains on clips that nobody has seen, from its estimates to points.

The rules stand in `bonus.toml`, for people to read. Each of three metrics earns in proportion to the gain over the
noisy clips: nothing at what the course's Wiener filter gains, all of it at what its reference model gains. What counts
is the lower end of a bootstrap interval of the mean over the clips: luck with some of them earns nothing. The same
estimates earn the same to the last digit.

What metrics do not see is looked at first: an estimate that is silent, clips, or comes at another level than the speech
scores like the noisy clip. A delay is taken out before anything is measured, and reported.
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from course_utils import corpus, metrics

HELDOUT = Path(__file__).parent / "heldout"
RULES = Path(__file__).parent / "bonus.toml"
MEASURES = ("si_sdr", "pesq_wb", "estoi")
RESAMPLES, SEED, CONFIDENCE = 4000, 20260101, 0.95
LONGEST_DELAY = 800
"""Samples that an estimate may come late or early: 50 ms."""
LOUDEST, LEVELS = 1.0, (-6.0, 6.0)
"""Largest sample of an estimate, and the range of its level, in dB relative to the clean speech in it."""


@dataclass(frozen=True)
class Rules:
    """How gains become points: how many there are, and for each metric the gains that earn nothing and everything."""

    points: float
    zero: dict[str, float]
    full: dict[str, float]


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


def held_out(half: str) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield the pairs of the held-out set, noisy and clean, (T,) each.

    Parameters
    ----------
    half : {"hidden", "public"}
        What earns points, or what students may see results of.

    Raises
    ------
    ValueError
        If there are none, or a pair is not one.
    """
    folder = Path(os.environ.get("COURSE_HELDOUT") or HELDOUT) / half
    paths = sorted((folder / "noisy").glob("*.flac"))
    if not paths:
        raise ValueError(f"there is no FLAC file in {folder / 'noisy'}; COURSE_HELDOUT names a folder with "
                         "hidden/noisy, hidden/clean, public/noisy and public/clean")
    for path in paths:
        y, s = (corpus.load(folder / kind / path.name)[0, 0] for kind in ("noisy", "clean"))
        if len(y) != len(s):
            raise ValueError(f"{path} has {len(y)} samples, and the clean file of this name {len(s)}")
        yield y, s


def try_method(enhance: Callable[[torch.Tensor], torch.Tensor], half: str) -> list[Clip]:
    """Return what a method, waveform (1, 1, T) in and out, makes of the clips of one half."""
    with torch.no_grad():
        return [measure(enhance(y[None, None]).flatten(), y, s) for y, s in held_out(half)]


def load_rules(path: Path = RULES) -> Rules:
    """Read the rules.

    Raises
    ------
    ValueError
        If a metric is missing, or earns everything with no more than what earns nothing.
    """
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        rules = Rules(float(found["points"]), *({name: float(found[name][key]) for name in MEASURES}
                                                for key in ("zero", "full")))
    except KeyError as missing:
        raise ValueError(f"{path} says nothing of {missing}") from None
    for name in MEASURES:
        if not rules.zero[name] < rules.full[name]:
            raise ValueError(f"{path}: {name} earns nothing up to {rules.zero[name]:g} and everything from "
                             f"{rules.full[name]:g}; the second has to be larger")
    return rules


def measure(s_hat: torch.Tensor, y: torch.Tensor, s: torch.Tensor) -> Clip:
    """Measure one estimate.

    Parameters
    ----------
    s_hat, y, s : torch.Tensor [shape=(T,)]
        Estimate, noisy and clean speech, finite.
    """
    delay = find_delay(s_hat, s)
    s_hat = shift(s_hat, -delay)
    problem = complaint(s_hat, s)
    if problem:
        return Clip(dict.fromkeys(MEASURES, 0.0), delay, 0.0, 0.0, problem)
    before, after = (metrics.evaluate(x[None, None], s[None, None]) for x in (y, s_hat))
    # Rounded, because ESTOI's sums differ in the 16th digit with where in memory the samples lie.
    return Clip({name: round(after[name] - before[name], 6) for name in MEASURES}, delay, *split(s_hat, y, s))


def complaint(s_hat: torch.Tensor, s: torch.Tensor) -> str:
    """Return why an estimate cannot count, or nothing."""
    if not s_hat.any():
        return "it is silent"
    if float(s_hat.abs().max()) > LOUDEST:
        return f"it goes up to {float(s_hat.abs().max()):.2f}, and a file clips at 1"
    level = 20 * float(torch.log10(((s_hat * s).sum() / s.square().sum()).abs().clamp_min(1e-6)))
    if not LEVELS[0] <= level <= LEVELS[1]:
        return f"the speech in it is {level:+.0f} dB against the clean speech"
    return ""


def find_delay(s_hat: torch.Tensor, s: torch.Tensor) -> int:
    """Return by how many samples an estimate comes late (negative: early), up to `LONGEST_DELAY`.

    By correlation with the phase transform, which weighs all frequencies alike: without it, the lowest ones decide.
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
    """Split an estimate into speech, noise and what is neither, by least squares (Vincent et al. 2006, section III).

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


def lower_bound(gains: Sequence[float]) -> float:
    """Return the lower end of the bootstrap interval of a mean, the same for the same gains in the same order."""
    values = np.asarray(gains, dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(len(values), size=(RESAMPLES, len(values)))
    return float(np.quantile(values[drawn].mean(1), (1 - CONFIDENCE) / 2))


def bounds(clips: Sequence[Clip]) -> dict[str, float]:
    """Return the lower bound of the mean gain, by metric."""
    return {name: lower_bound([clip.gain[name] for clip in clips]) for name in MEASURES}


def points(clips: Sequence[Clip], rules: Rules) -> float:
    """Return the bonus points of an enhancer.

    An enhancer after which the clips are worse than before by one of the metrics earns nothing.
    """
    found = bounds(clips)
    if min(found.values()) < 0:
        return 0.0
    shares = [(found[name] - rules.zero[name]) / (rules.full[name] - rules.zero[name]) for name in MEASURES]
    return round(rules.points * sum(min(max(share, 0.0), 1.0) for share in shares) / len(shares), 2)
