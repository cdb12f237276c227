"""Data providers: who is trained on, and what a training pair is.

Waveforms are float32 tensors at 16 kHz with time as the last axis; chance comes from a `torch.Generator` only.
"""

from collections.abc import Sequence
from pathlib import Path

import torch

SAMPLE_RATE = 16_000


def speaker(path: str | Path) -> str:
    """Return whose voice a recording is: the name of the file before the last dash, `flite-slt-003.flac`: `flite-slt`.

    Parameters
    ----------
    path : str or Path
        A recording of the course's corpus.
    """
    return Path(path).stem.rpartition("-")[0]


def split_by_speaker(paths: Sequence[Path], *, shares: tuple[float, float, float] = (0.8, 0.1, 0.1),
                     seed: int = 0) -> tuple[list[Path], list[Path], list[Path]]:
    """Divide recordings into a training, a validation and a test set that have no speaker in common.

    The shares are shares of the speakers, not of the recordings. The validation and the test set get `share * speakers`
    each, rounded, but at least one speaker; all others are the training set. Which speakers go where depends on the
    seed, and on nothing else: not on the order of the paths either.

    Parameters
    ----------
    paths : sequence of str or Path
        Recordings; `speaker` tells whose they are.
    shares : (float, float, float)
        Shares of training, validation and test set. They add up to 1.
    seed : int
        Source of chance.

    Returns
    -------
    (list of Path, list of Path, list of Path)
        Training, validation and test set, each sorted. Every recording is in exactly one of them.

    Raises
    ------
    ValueError
        If there are fewer than three speakers, or the shares do not add up to 1.
    """
    ### BEGIN SOLUTION
    if abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"the shares {shares} add up to {sum(shares)}, not to 1")
    speakers = sorted({speaker(path) for path in paths})
    if len(speakers) < 3:
        raise ValueError(f"{len(speakers)} speakers cannot be divided into three sets")
    order = torch.randperm(len(speakers), generator=torch.Generator().manual_seed(seed)).tolist()
    val, test = (max(1, round(share * len(speakers))) for share in shares[1:])
    groups = {"val": {speakers[index] for index in order[:val]},
              "test": {speakers[index] for index in order[val:val + test]}}
    held = groups["val"] | groups["test"]
    return (sorted(path for path in paths if speaker(path) not in held),
            *(sorted(path for path in paths if speaker(path) in groups[name]) for name in ("val", "test")))
    ### END SOLUTION


def mix(s: torch.Tensor, n: torch.Tensor, *, snr_db: float) -> torch.Tensor:
    """Add noise to speech at a signal-to-noise ratio.

    Only the noise is scaled: the clean speech in the mixture is `s` as it is, so that s is the target of the training.

    Parameters
    ----------
    s : torch.Tensor [shape=(..., T)]
        Speech, not silent.
    n : torch.Tensor [shape=(..., N)]
        Noise, not silent. If N > T its first T samples are used; if N < T it is repeated.
    snr_db : float
        Ratio of the powers of speech and noise over the T samples, in dB.

    Returns
    -------
    torch.Tensor [shape=(..., T)]
        Noisy speech. s and n are not changed.

    Raises
    ------
    ValueError
        If one of the waveforms of speech or noise is silent throughout, over the T samples.
    """
    ### BEGIN SOLUTION
    length = s.shape[-1]
    n = n.repeat(*[1] * (n.ndim - 1), -(-length // n.shape[-1]))[..., :length]
    power_s, power_n = s.square().mean(-1, keepdim=True), n.square().mean(-1, keepdim=True)
    if not (power_s > 0).all() or not (power_n > 0).all():
        raise ValueError("the speech or the noise is silent: there is no signal-to-noise ratio")
    return s + torch.sqrt(power_s / power_n * 10 ** (-snr_db / 10)) * n
    ### END SOLUTION


def augment(s: torch.Tensor, *, generator: torch.Generator) -> torch.Tensor:
    """Change a clean recording at random, in a way that leaves it speech: at least its level.

    What is changed here is changed in the target as well. Level, speed, an equaliser: you decide.

    Parameters
    ----------
    s : torch.Tensor [shape=(T,)]
        Clean speech.
    generator : torch.Generator
        Source of chance: the same state gives the same result.

    Returns
    -------
    torch.Tensor [shape=(T,)]
        Clean speech of the same length, finite, and nowhere beyond -1 to 1. s is not changed.
    """
    ### BEGIN SOLUTION
    gain_db = -12 + 18 * torch.rand((), generator=generator)
    s = s * 10 ** (gain_db / 20)
    return s / s.abs().max().clamp_min(1.0)
    ### END SOLUTION


class Pairs:
    """Training pairs without end, mixed on the fly: no pair comes twice.

    An item is a random piece of a random recording, augmented, with a random piece of a random noise, at a
    signal-to-noise ratio drawn evenly from `snr_db`. A recording shorter than the piece is repeated.

    Parameters
    ----------
    speech, noise : sequence of torch.Tensor [shape=(T,)]
        Recordings, of any lengths; at least one of each kind is not silent.
    batch : int
        Items of a batch.
    seconds : float
        Length of each.
    snr_db : (float, float)
        Lowest and highest signal-to-noise ratio, in dB.
    """

    def __init__(self, speech: Sequence[torch.Tensor], noise: Sequence[torch.Tensor], *, batch: int = 8,
                 seconds: float = 2.0, snr_db: tuple[float, float] = (-5.0, 15.0)):
        self.speech, self.noise = list(speech), list(noise)
        self.batch, self.length, self.snr_db = batch, round(seconds * SAMPLE_RATE), snr_db

    def __call__(self, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw a batch.

        Parameters
        ----------
        generator : torch.Generator
            Source of chance. The same state gives the same batch; the next call gives another one.

        Returns
        -------
        (torch.Tensor [shape=(B, 1, T)], torch.Tensor [shape=(B, 1, T)])
            Noisy speech, and the clean speech in it: their difference is the noise. None of the items is silent.
        """
        ### BEGIN SOLUTION
        noisy, clean = [], []
        low, high = self.snr_db
        for _ in range(self.batch):
            s = augment(self._piece(self.speech, generator), generator=generator)
            n = self._piece(self.noise, generator)
            snr_db = low + (high - low) * float(torch.rand((), generator=generator))
            noisy.append(mix(s, n, snr_db=snr_db))
            clean.append(s)
        return torch.stack(noisy).unsqueeze(1), torch.stack(clean).unsqueeze(1)

    def _piece(self, recordings, generator):
        """Draw a piece, (T,), that is not silent."""
        while True:
            x = recordings[int(torch.randint(len(recordings), (), generator=generator))]
            x = x.repeat(-(-self.length // len(x)))
            start = int(torch.randint(len(x) - self.length + 1, (), generator=generator))
            if x[start:start + self.length].any():
                return x[start:start + self.length]
        ### END SOLUTION
