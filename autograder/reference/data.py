"""What the reference model is trained on: speech and noise of all corpora that are given, changed in many ways.

Real noise is scarce, and a network would learn the few recordings by heart. Most draws are therefore made up in part:
recordings recoloured, played faster or slower, two at once; babble of many voices; and noise without a recording,
steady, swelling, clicking or humming.
"""

from collections.abc import Callable, Sequence

import torch
from torch.nn import functional
from torchaudio.functional import resample

from course_utils import degrade
from course_utils.batches import recolour
from course_utils.dice import Dice
from course_utils.signal import SAMPLE_RATE
from course_utils.textures import at_level, hiss, hum, strokes, swell

SPEEDS = 0.85, 0.92, 1.0, 1.08, 1.17
"""At which speech is played: other speeds are other voices."""
SNR_DB = -5.0, 18.0


class Pairs:
    """Draw batches of noisy speech and the clean speech in it, (B, T) each.

    Parameters
    ----------
    speech, noise, rooms : sequence of sequences of torch.Tensor [shape=(T,)]
        Recordings and impulse responses, by corpus: corpora are drawn by `shares`, whatever their sizes.
    shares : sequence of float
        Shares of the corpora in the draws.
    batch : int
        Items of a batch.
    seconds : float
        Length of each.
    """

    def __init__(self, speech: Sequence[Sequence[torch.Tensor]], noise: Sequence[Sequence[torch.Tensor]],
                 rooms: Sequence[Sequence[torch.Tensor]], *, shares: Sequence[float], batch: int, seconds: float):
        self.speech = [[_at_speed(x, speed) for x in corpus for speed in SPEEDS] for corpus in speech]
        self.noise, self.rooms = noise, rooms
        self.shares, self.batch, self.length = torch.tensor(shares), batch, round(seconds * SAMPLE_RATE)

    def __call__(self, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw a batch."""
        pairs = [self._pair(Dice(generator)) for _ in range(self.batch)]
        y, s = (torch.stack(kind) for kind in zip(*pairs, strict=True))
        return y, s

    def _pair(self, dice: Dice) -> tuple[torch.Tensor, torch.Tensor]:
        s = self._piece(self.speech, dice)
        if dice.chance(0.1):
            s = recolour(s[None], generator=dice.generator)[0]
        if dice.chance(0.2):
            s = degrade.reverberate(s, self._one(self.rooms, dice))
        s = at_level(s)
        return s + 10 ** (-dice.even(*SNR_DB) / 20) * self._noise(dice), s

    def _noise(self, dice: Dice) -> torch.Tensor:
        """Draw a noise, (T,), with a mean power of 1."""
        kinds: list[tuple[float, Callable[[Dice], torch.Tensor]]] = [
            (0.50, lambda dice: self._piece(self.noise, dice)),
            (0.10, lambda dice: self._two(dice)),
            (0.12, lambda dice: self._babble(dice)),
            (0.16, lambda dice: hiss(self.length, dice)),
            (0.06, lambda dice: strokes(self.length, dice)),
            (0.06, lambda dice: hum(self.length, dice))]
        n = kinds[dice.which([share for share, _ in kinds])][1](dice)
        if dice.chance(0.5):
            n = recolour(n[None], generator=dice.generator)[0]
        if dice.chance(0.25):
            n = functional.interpolate(n[None, None], scale_factor=dice.even(0.7, 1.4), mode="linear")[0, 0]
            n = n.repeat(2)[:self.length]
        if dice.chance(0.15):
            n = n * swell(self.length, dice, points=3 + dice.index(9))
        return at_level(n)

    def _two(self, dice: Dice) -> torch.Tensor:
        a, b = (at_level(self._piece(self.noise, dice)) for _ in range(2))
        return a + 10 ** (dice.even(-10, 10) / 20) * b

    def _babble(self, dice: Dice) -> torch.Tensor:
        return torch.stack([at_level(self._piece(self.speech, dice)) for _ in range(3 + dice.index(6))]).sum(0)

    def _one(self, corpora: Sequence[Sequence[torch.Tensor]], dice: Dice) -> torch.Tensor:
        corpus = corpora[dice.which(self.shares)]
        return corpus[dice.index(len(corpus))]

    def _piece(self, corpora: Sequence[Sequence[torch.Tensor]], dice: Dice) -> torch.Tensor:
        """Draw a piece, (T,), that is not silent throughout."""
        while True:
            x = dice.piece(self._one(corpora, dice), self.length)
            if x[::100].any():
                return x


def _at_speed(x: torch.Tensor, speed: float) -> torch.Tensor:
    """Return a waveform, (T,), played faster or slower, its pitch with it."""
    if speed == 1:
        return x
    return resample(x, round(SAMPLE_RATE * speed / 100) * 100, SAMPLE_RATE)
