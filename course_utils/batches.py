"""Batches of noisy and clean speech, drawn on the fly: the training set of a network that enhances, without end.

Mixing afresh at each step costs little and shows the network no pair twice. Noise of few kinds would be learnt by
heart, so only a quarter of the draws are recordings as they are; the others are recoloured, synthetic, or many voices
at once.
"""

import math
from functools import lru_cache
from pathlib import Path

import torch
from torch.nn import functional

from course_utils import corpus
from course_utils.degrade import tilt
from course_utils.dice import Dice
from course_utils.signal import SAMPLE_RATE

RECORDED, COLOURED = 0.55, 0.25
"""Shares of recorded and of synthetic noise; the rest is babble."""
RECOLOURED = 0.5
"""Share of the recorded noises that go through a random equaliser."""
MOST_SECONDS = 3600
"""Audio of each kind that is held in memory."""
LEVEL_DB = (-14.0, 6.0)
"""Range of the level that a pair is brought to, relative to how the speech was recorded."""


class NoisySpeech:
    """Draw batches of noisy speech and the clean speech in it.

    The recordings of the split are read once and kept in memory (4 MB a minute), because reading them at each step
    would take longer than the step; of a large corpus an evenly spread part, of at most `MOST_SECONDS`.

    Parameters
    ----------
    split : {"train", "val", "test"}
        Split for speech and noise alike.
    batch : int
        Items of a batch.
    seconds : float
        Length of each.
    snr_db : (float, float)
        Range of the signal-to-noise ratio, drawn evenly in dB.

    Raises
    ------
    ValueError
        If the split is empty or a recording is damaged, or a size is not positive.

    Examples
    --------
    >>> draw = NoisySpeech("val", batch=2, seconds=0.5)
    >>> y, s = draw(torch.Generator().manual_seed(1))
    >>> y.shape, s.shape
    (torch.Size([2, 1, 8000]), torch.Size([2, 1, 8000]))
    """

    def __init__(self, split: str, *, batch: int = 8, seconds: float = 1.5, snr_db: tuple[float, float] = (-5.0, 15.0)):
        self.length = round(seconds * SAMPLE_RATE)
        if batch < 1 or self.length < 2:
            raise ValueError(f"a batch of {batch} items of {seconds} s: both have to be positive")
        self.batch, self.snr_db = batch, snr_db
        self.speech, self.noise = _recordings("speech", split), _recordings("noise", split)

    def __call__(self, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw a batch: the noisy and the clean waveform, each of shape (batch, 1, time)."""
        dice = Dice(generator)
        s = torch.stack([self._piece(self.speech, dice) for _ in range(self.batch)])  # (B, T)
        noises, exponents = zip(*(self._noise(dice) for _ in range(self.batch)), strict=True)
        n, exponent = torch.stack(noises), torch.tensor(exponents)  # (B, T), (B,)
        chosen = exponent.isfinite()
        if chosen.any():
            n[chosen] = recolour(n[chosen], exponent=exponent[chosen], generator=generator)
        snr_db = _even(*self.snr_db, self.batch, generator)  # (B, 1)
        level = s.square().mean(-1, keepdim=True) / n.square().mean(-1, keepdim=True)  # (B, 1)
        gain = 10 ** (_even(*LEVEL_DB, self.batch, generator) / 20)  # (B, 1)
        y = s + torch.sqrt(level * 10 ** (-snr_db / 10)) * n  # (B, T)
        return (gain * y).unsqueeze(1), (gain * s).unsqueeze(1)

    def _noise(self, dice: Dice) -> tuple[torch.Tensor, float]:
        """Draw a noise, (T,), of any level but silence, and the exponent to recolour it with, or nan."""
        kind = dice.even(0, 1)
        if kind < RECORDED:
            return self._piece(self.noise, dice), 0.0 if kind < RECORDED * RECOLOURED else math.nan
        if kind < RECORDED + COLOURED:
            return dice.normal(self.length), float(_even(-0.5, 2.0, 1, dice.generator))
        voices = torch.stack([self._piece(self.speech, dice) for _ in range(3 + dice.index(5))])  # (V, T)
        return (voices / voices.square().mean(-1, keepdim=True).sqrt()).sum(0), math.nan

    def _piece(self, recordings: list[torch.Tensor], dice: Dice) -> torch.Tensor:
        """Draw a piece, (T,), that is not silent throughout."""
        while True:
            piece = dice.piece(recordings[dice.index(len(recordings))], self.length)
            if piece[::100].any() or piece.any():  # few samples tell at once that most pieces are not silent
                return piece


def recolour(x: torch.Tensor, *, exponent: float | torch.Tensor = 0.0, generator: torch.Generator) -> torch.Tensor:
    """Change the colour of sounds as random equalisers of eight bands would, by some 6 dB up or down in each.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveforms; each gets an equaliser of its own.
    exponent : float or torch.Tensor [shape=(...)]
        The power is divided by `f ** exponent` as well, at frequencies f from 20 Hz on: 1 makes white noise pink.
    generator : torch.Generator
        Source of chance.

    Returns
    -------
    torch.Tensor [shape=(..., time)]
        Other ones; of about the same level if the exponent is 0.
    """
    X = torch.fft.rfft(x)  # (..., F)
    bands = 0.7 * torch.randn(x.shape[:-1].numel(), 1, 8, generator=generator)  # natural logarithm: 0.7 is 6 dB
    gain = functional.interpolate(bands, size=X.shape[-1], mode="linear").reshape(X.shape)  # (..., F)
    return torch.fft.irfft(X * gain.exp() * tilt(x.shape[-1], exponent), n=x.shape[-1])


@lru_cache(maxsize=8)
def _read(paths: tuple[Path, ...]) -> list[torch.Tensor]:
    """Read files, each (T,), in an order that spreads over all speakers, until there is enough; not the silent ones."""
    found, seconds = [], 0.0
    for index in torch.randperm(len(paths), generator=torch.Generator().manual_seed(0)).tolist():
        x = corpus.load(paths[index])[0, 0]  # (T,)
        if x.any():
            found.append(x)
            seconds += len(x) / SAMPLE_RATE
        if seconds > MOST_SECONDS:
            break
    return found


def _recordings(kind: str, split: str) -> list[torch.Tensor]:
    """Return the recordings of a split, each (T,), without the silent ones."""
    paths = tuple(corpus.files(kind, split))
    found = _read(paths)
    if not found:
        raise ValueError(f"all recordings of {kind}/{split} are silent, for example {paths[0]}")
    return found


def _even(low: float, high: float, count: int, generator: torch.Generator) -> torch.Tensor:
    return low + (high - low) * torch.rand(count, 1, generator=generator)
