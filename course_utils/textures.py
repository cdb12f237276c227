"""Noises that nobody recorded, and that sound different at each draw: hiss, strokes, hum.

A network that has heard a few recordings of noise knows these and no others. Made-up noise costs nothing, and there is
no end of it.
"""

import math

import torch
from torch.nn import functional

from course_utils.batches import recolour
from course_utils.dice import Dice
from course_utils.signal import SAMPLE_RATE


def hiss(length: int, dice: Dice) -> torch.Tensor:
    """Return noise with a spectrum that falls by -1.5 to 6 dB an octave; half of the time it comes and goes.

    Parameters
    ----------
    length : int
        Samples, at 16 kHz.
    dice : Dice
        What it is drawn by.

    Returns
    -------
    torch.Tensor [shape=(length,)]
        The noise, at any level.
    """
    n = recolour(dice.normal(1, length), exponent=torch.tensor([dice.even(-0.5, 2.0)]), generator=dice.generator)[0]
    return n * swell(length, dice, points=8 + dice.index(60)) if dice.chance(0.5) else n


def strokes(length: int, dice: Dice) -> torch.Tensor:
    """Return strokes at random times, 2 to 15 a second, each a short resonance, over a little hiss.

    Parameters and result as for `hiss`.
    """
    a_second = dice.even(2, 15)
    times = (torch.rand(length, generator=dice.generator) < a_second / SAMPLE_RATE) * dice.normal(length).exp()
    t = torch.arange(SAMPLE_RATE // 5) / SAMPLE_RATE  # (N,)
    sound = sum(dice.even(0.2, 1) * torch.sin(2 * math.pi * dice.even(200, 6000) * t) for _ in range(4))
    sound = (sound + dice.even(0, 2) * dice.normal(len(t))) * torch.exp(-t / dice.even(0.003, 0.05))
    n = torch.fft.irfft(torch.fft.rfft(times, 2 * length) * torch.fft.rfft(sound, 2 * length))[:length]
    return n + 0.05 * n.square().mean().sqrt().clamp_min(1e-3) * dice.normal(length)


def hum(length: int, dice: Dice) -> torch.Tensor:
    """Return a tone of 30 to 500 Hz with harmonics and a pitch that wanders, as motors have, over some hiss.

    Parameters and result as for `hiss`.
    """
    wander = functional.interpolate(dice.normal(1, 1, 2 + dice.index(12)), size=length, mode="linear")[0, 0]  # (T,)
    phase = 2 * math.pi * torch.cumsum(dice.even(30, 500) * (1 + dice.even(0, 0.1) * wander) / SAMPLE_RATE, 0)
    slope = dice.even(0.3, 1.5)
    tones = sum(torch.sin(k * phase + dice.even(0, 6)) / k ** slope for k in range(1, 13))
    return at_level(tones) + 10 ** (-dice.even(0, 25) / 20) * at_level(hiss(length, dice))


def swell(length: int, dice: Dice, *, points: int) -> torch.Tensor:
    """Return a gain, (length,), that changes at random by some 6 dB between so many points."""
    return functional.interpolate(0.7 * dice.normal(1, 1, points), size=length, mode="linear")[0, 0].exp()


def at_level(x: torch.Tensor) -> torch.Tensor:
    """Return a waveform, (T,), with a mean power of 1."""
    return x / x.square().mean().sqrt().clamp_min(1e-6)
