# What the course's library has is used as it is.
import random
from itertools import groupby
from pathlib import Path

import torch

from course_utils import degrade
from course_utils.batches import recolour

SAMPLE_RATE = 16_000


def speaker(path):
    return Path(path).stem.rsplit("-", 1)[0]


def split_by_speaker(paths, *, shares=(0.8, 0.1, 0.1), seed=0):
    if round(sum(shares), 6) != 1:
        raise ValueError("the shares have to add up to 1")
    by_speaker = {name: list(group) for name, group in groupby(sorted(paths, key=lambda p: (speaker(p), str(p))), key=speaker)}
    names = list(by_speaker)
    if len(names) < 3:
        raise ValueError("at least three speakers are needed")
    random.Random(seed).shuffle(names)
    test = max(1, round(shares[2] * len(names)))
    val = max(1, round(shares[1] * len(names)))
    chosen = names[test + val:], names[test:test + val], names[:test]
    return tuple(sorted(path for name in part for path in by_speaker[name]) for part in chosen)


def fit_length(n, length):
    while n.shape[-1] < length:
        n = torch.cat([n, n], -1)
    return n[..., :length]


def mix(s, n, *, snr_db):
    return degrade.mix(s, fit_length(n, s.shape[-1]), snr_db=snr_db)


def augment(s, *, generator):
    s = recolour(s[None], generator=generator)[0]
    level = 0.02 + 0.18 * torch.rand(1, generator=generator)
    s = s * level / s.pow(2).mean().sqrt().clamp(min=1e-6)
    return s / max(1.0, float(s.abs().max()))


class Pairs:
    def __init__(self, speech, noise, *, batch=8, seconds=2.0, snr_db=(-5.0, 15.0)):
        self.speech, self.noise, self.batch, self.snr_db = speech, noise, batch, snr_db
        self.length = int(seconds * SAMPLE_RATE)

    def piece(self, recordings, generator):
        piece = torch.zeros(1)
        while not piece.any():
            x = recordings[torch.randint(0, len(recordings), (1,), generator=generator).item()]
            if len(x) < self.length:
                x = fit_length(x, self.length)
            start = torch.randint(0, len(x) - self.length + 1, (1,), generator=generator).item()
            piece = x[start:start + self.length]
        return piece

    def __call__(self, generator):
        low, high = self.snr_db
        s = torch.stack([augment(self.piece(self.speech, generator), generator=generator) for _ in range(self.batch)])
        n = torch.stack([self.piece(self.noise, generator) for _ in range(self.batch)])
        ratios = low + (high - low) * torch.rand(self.batch, generator=generator)
        y = torch.stack([mix(a, b, snr_db=float(ratio)) for a, b, ratio in zip(s, n, ratios)])
        return y[:, None], s[:, None]
