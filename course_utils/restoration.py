"""What restoration is trained and tried on: clean speech and piano, and what a low rate, noise or a room make of it.

    pieces, degrade = Pieces("train"), Degraded("super_resolution_x4", "train")
    s = pieces(generator)  # (B, 1, T)
    y = degrade(s, generator)  # (B, 1, T / 4)

A task is nothing but another way to prepare the input. Only `super_resolution_x2` and `super_resolution_x4` change its
length: half of their draws are filtered before samples are left out, as a good converter does, half are not.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import torch

from course_utils import corpus
from course_utils.batches import recolour
from course_utils.degrade import band_limit, mix, reverberate
from course_utils.dice import Dice
from course_utils.signal import SAMPLE_RATE, check_waveform
from course_utils.textures import at_level, hiss, hum, strokes

RATES = {"super_resolution_x2": 2, "super_resolution_x4": 4, "denoise": 1, "dereverberate": 1}
"""The tasks: by how much the sampling rate of the input is lower."""
SNR_DB = 0.0, 15.0
"""Range of the signal-to-noise ratios of the task `denoise`."""
ECHO_DB = -3.0, 12.0
"""Range of the ratio of dry sound to echoes of the task `dereverberate`: the nearer the microphone, the higher. No room
gets more echoes than it has."""
DAMPING_DB = 360.0
"""By how much faster than measured the echoes of a room die away at most, in training, in dB a second: a hall of 0.6 s
becomes a room of 0.13 s."""
LEVEL_DB = -12.0, 6.0
"""Range of the level that a piece is brought to, relative to how it was recorded."""
CUTOFF = 0.8, 1.0
"""Range of the low-pass filters in training, relative to the highest frequency: not everybody filters as we do."""


def low_rate(s: torch.Tensor, r: int, *, aliased: bool, cutoff: float = 1.0) -> torch.Tensor:
    """Lower the sampling rate: keep every r-th sample, after a low-pass filter unless aliased.

    Parameters
    ----------
    s : torch.Tensor [shape=(..., time)]
        Waveform.
    r : int
        How many times fewer samples there will be, at least 1.
    aliased : bool
        Leave the filter out: frequencies that the low rate cannot hold come back as other, lower ones.
    cutoff : float
        Edge of the filter (-6 dB), relative to the highest frequency of the low rate, above 0 and at most 1.

    Returns
    -------
    torch.Tensor [shape=(..., ceil(time / r))]
        Samples 0, r, 2r and so on.

    Raises
    ------
    ValueError
        If `s` is not a waveform, r is below 1 or the cutoff is out of its range.

    Examples
    --------
    >>> low_rate(torch.arange(7.0), 3, aliased=True)
    tensor([0., 3., 6.])
    """
    check_waveform(s)
    if r < 1 or not 0 < cutoff <= 1:
        raise ValueError(f"a rate {r} times lower, cutoff {cutoff}: r is at least 1, the cutoff above 0 and at most 1")
    if r > 1 and not aliased:
        s = band_limit(s, high_hz=cutoff * SAMPLE_RATE / (2 * r))
    return s[..., ::r]


class Pieces:
    """Draw batches of clean audio, speech and piano in equal parts.

    The recordings of the split are read once and kept in memory.

    Parameters
    ----------
    split : {"train", "val", "test"}
        Which part of the corpus.
    kinds : sequence of {"speech", "piano"}
        What to draw; a kind of which a folder has nothing is left out there.
    batch : int
        Items of a batch.
    length : int
        Samples of each.
    folders : sequence of Path, optional
        Corpora to draw from, evenly; by default the course's (`corpus.folder`).

    Raises
    ------
    ValueError
        If there are no recordings, or one is damaged.

    Examples
    --------
    >>> Pieces("val", kinds=["speech"], batch=2, length=1024)(torch.Generator().manual_seed(1)).shape
    torch.Size([2, 1, 1024])
    """

    def __init__(self, split: str, *, kinds: Sequence[str] = ("speech", "piano"), batch: int = 4, length: int = 16384,
                 folders: Sequence[Path] | None = None):
        self.batch, self.length = batch, length
        self.kinds = [found for kind in kinds if (found := read(kind, split, folders))]
        if not self.kinds:
            raise ValueError(f"there are no recordings of {', '.join(kinds)} in the split {split}")

    def __call__(self, generator: torch.Generator) -> torch.Tensor:
        """Draw a batch of clean audio, (batch, 1, length), at levels that vary."""
        dice = Dice(generator)
        pieces = [10 ** (dice.even(*LEVEL_DB) / 20)
                  * piece(self.kinds[dice.index(len(self.kinds))], self.length, dice) for _ in range(self.batch)]
        return torch.stack(pieces).unsqueeze(1)  # (B, 1, T)


class Degraded:
    """Make the input of a task from clean audio.

    Parameters
    ----------
    task : {"super_resolution_x2", "super_resolution_x4", "denoise", "dereverberate"}
        What is to be undone.
    split : {"train", "val", "test"}
        Whose noises, rooms and background voices are used.
    folders : sequence of Path, optional
        Corpora that they are drawn from; by default the course's.

    Raises
    ------
    ValueError
        If there is no such task, or there are no recordings that it needs.
    """

    def __init__(self, task: str, split: str, *, folders: Sequence[Path] | None = None):
        if task not in RATES:
            raise ValueError(f"there is no task {task!r}; there are: {', '.join(RATES)}")
        self.task, self.r, self.varies = task, RATES[task], split == "train"
        needed = {"denoise": ("noise", "speech"), "dereverberate": ("rir",)}.get(task, ())
        self.recordings = {kind: read(kind, split, folders) for kind in needed}
        missing = [kind for kind, found in self.recordings.items() if not found]
        if missing:
            raise ValueError(f"there are no recordings of {', '.join(missing)} in the split {split}")

    def __call__(self, s: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        """Degrade clean audio, (B, 1, T); the result has shape (B, 1, ceil(T / r)).

        Noise is at an SNR of 0 to 15 dB, echoes are at -3 to 12 dB or weaker. A room leaves the direct sound where and
        as loud as it was; in training most rooms are damped at random.
        """
        dice = Dice(generator)
        return torch.stack([self._one(x, dice) for x in s])

    def _one(self, s: torch.Tensor, dice: Dice) -> torch.Tensor:
        """Degrade one waveform, (1, T)."""
        if self.task == "denoise":
            return mix(s, self._noise(s.shape[-1], dice), snr_db=dice.even(*SNR_DB))
        if self.task == "dereverberate":
            rooms = self.recordings["rir"]
            room = rooms[dice.index(len(rooms))]
            h = room[dice.index(len(room))]  # (T,)
            if self.varies and dice.chance(0.7):  # as if there were a carpet more: there are few rooms to learn from
                behind = (torch.arange(len(h)) - int(h.abs().argmax())).clamp_min(0) / SAMPLE_RATE  # s
                h = h * 10 ** (-behind * dice.even(0, DAMPING_DB) / 20)
            echoes = reverberate(s, h[None]) - s  # (1, T)
            ratio = s.square().mean() / echoes.square().mean().clamp_min(1e-12)
            return s + (ratio * 10 ** (-dice.even(*ECHO_DB) / 10)).sqrt().clamp_max(1) * echoes
        return low_rate(s, self.r, aliased=dice.chance(0.5), cutoff=dice.even(*CUTOFF))

    def _noise(self, length: int, dice: Dice) -> torch.Tensor:
        """Draw a noise, (1, T): recorded, recoloured, of many voices, or made up."""
        kind = dice.which([0.5, 0.15, 0.2, 0.1, 0.05])
        if kind == 0:
            n = piece(self.recordings["noise"], length, dice)
            return recolour(n[None], generator=dice.generator) if dice.chance(0.5) else n[None]
        if kind == 1:
            voices = [at_level(piece(self.recordings["speech"], length, dice)) for _ in range(3 + dice.index(5))]
            return torch.stack(voices).sum(0)[None]
        return [hiss, strokes, hum][kind - 2](length, dice)[None]


def piece(corpora: Sequence[Sequence[torch.Tensor]], length: int, dice: Dice) -> torch.Tensor:
    """Draw a piece of a recording that is not silent throughout: a corpus, a recording, a place in it.

    Parameters
    ----------
    corpora : sequence of sequences of torch.Tensor [shape=(T,)]
        Recordings by corpus; one that is too short is repeated.
    length : int
        Samples wanted.
    dice : Dice
        Source of chance.

    Returns
    -------
    torch.Tensor [shape=(length,)]
        The piece.
    """
    while True:
        recordings = corpora[dice.index(len(corpora))]
        x = dice.piece(recordings[dice.index(len(recordings))], length)
        if x.any():
            return x


def read(kind: str, split: str, folders: Sequence[Path] | None = None) -> list[list[torch.Tensor]]:
    """Read all recordings of one kind and split that are not silent.

    Parameters
    ----------
    kind, split : str
        As for `corpus.files`.
    folders : sequence of Path, optional
        Corpora; by default the course's.

    Returns
    -------
    list of list of torch.Tensor [shape=(T,)]
        Recordings by corpus, without the corpora that have none.

    Raises
    ------
    ValueError
        If there is no such folder, or a recording is damaged.
    """
    for folder in folders or ():
        if not folder.is_dir():
            raise ValueError(f"there is no audio folder {folder}")
    found = [_read(kind, split, folder) for folder in folders or [corpus.folder()]]
    return [recordings for recordings in found if recordings]


@lru_cache(maxsize=16)
def _read(kind: str, split: str, folder: Path) -> list[torch.Tensor]:
    recordings = [corpus.load(path)[0, 0] for path in corpus.files_of(folder, kind, split)]  # (T,) each
    return [x for x in recordings if x.any()]
