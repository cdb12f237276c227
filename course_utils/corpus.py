"""The recordings of the course: where they are, how they are read, and noisy pairs made of them on the fly.

A corpus is a folder of 16 kHz mono files, `KIND/SPLIT/NAME.flac`: the kinds are `speech`, `noise`, `rir` (room impulse
responses) and `piano`, the splits `train`, `val` and `test`, which share no voice, room or piece. The course ships one
in `data/`; the environment variable `COURSE_DATA` names another of the same layout. A corpus that keeps no test split
is tested on its validation split, and to one without `piano/` the course lends its own. `python -m course_utils.corpus
fetch NAME --to DIR` brings a public corpus into such a folder; `... list` says which there are.

`MANIFEST.csv`, where there is one, says in its column `group` which voice, kind of noise, room or piece a file belongs
to; without it, that is the name before the last dash.

Everything random is decided by a seed: the same seed gives the same clips, on any machine.
"""

import csv
import os
import time
from functools import lru_cache
from pathlib import Path

import soundfile
import torch

from course_utils.degrade import babble, mix
from course_utils.signal import SAMPLE_RATE

EMBEDDED = Path(__file__).resolve().parent.parent / "data"
KINDS = ("speech", "noise", "rir", "piano")
SPLITS = ("train", "val", "test")


def folder() -> Path:
    """Return the corpus's folder: `COURSE_DATA` if it is set, else the embedded one.

    Raises
    ------
    ValueError
        If there is no such folder.
    """
    path = Path(os.environ.get("COURSE_DATA") or EMBEDDED)
    if not path.is_dir():
        raise ValueError(f"there is no audio folder {path}: set COURSE_DATA to a folder with speech/, noise/, rir/ and "
                         "piano/ in it, or unset it to use the audio that comes with the course")
    return path


def files(kind: str, split: str) -> list[Path]:
    """List the recordings of one kind and split, sorted by name.

    Parameters
    ----------
    kind : {"speech", "noise", "rir", "piano"}
        What is recorded.
    split : {"train", "val", "test"}
        Which part of the corpus; `val` stands in where there is no `test`.

    Returns
    -------
    list of Path
        At least one file.

    Raises
    ------
    ValueError
        If the kind or split is unknown, or there are no files.
    """
    if kind not in KINDS or split not in SPLITS:
        raise ValueError(f"there are no recordings {kind}/{split}: the kinds are {', '.join(KINDS)}, the splits "
                         f"{', '.join(SPLITS)}")
    top = folder()
    if kind == "piano" and not (top / kind).is_dir():
        top = EMBEDDED
    found = files_of(top, kind, split)
    if not found:
        raise ValueError(f"there are no .flac or .wav files in {top / kind / split}: a corpus has the folders "
                         "speech/, noise/, rir/ and piano/, each with train/, val/ and test/")
    return found


def files_of(top: Path, kind: str, split: str) -> list[Path]:
    """List the recordings of one kind and split as `files` does, in the corpus `top`; none is no error here."""
    for name in (split, "val") if split == "test" else (split,):
        place = top / kind / name
        # Listing a large corpus takes half a second, and `sample` asks each time. A folder that has just been changed
        # is listed anew, for its clock is coarse.
        changed = place.stat().st_mtime_ns if place.is_dir() else 0
        fresh = abs(time.time_ns() - changed) < 2e9
        if found := (_listed.__wrapped__ if fresh else _listed)(place, changed):
            return list(found)
    return []


@lru_cache(maxsize=32)
def _listed(place: Path, changed: int) -> tuple[Path, ...]:
    """Return the recordings in a folder, as it was when last changed."""
    return tuple(sorted(path for path in place.glob("[!.]*")  # a Mac puts a file ._NAME beside each
                        if path.suffix.lower() in (".flac", ".wav")))


def load(path: str | Path) -> torch.Tensor:
    """Read one recording.

    Parameters
    ----------
    path : str or Path
        A file that libsndfile reads: FLAC, WAV, OGG, MP3.

    Returns
    -------
    torch.Tensor [shape=(1, 1, time)]
        Waveform at 16 kHz, in [-1, 1].

    Raises
    ------
    ValueError
        If the file is missing, damaged, empty, not at 16 kHz, not mono or not finite. The message names it.
    """
    if not Path(path).is_file():
        raise ValueError(f"{path}: there is no such file")
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)  # (T, C)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise ValueError(f"{path}: cannot be read as audio ({error}); it is damaged or no audio file") from error
    if rate != SAMPLE_RATE:
        raise ValueError(f"{path}: is sampled at {rate} Hz, the course works at {SAMPLE_RATE} Hz; resample it, for "
                         f"example with `sox IN -r {SAMPLE_RATE} OUT`")
    if samples.shape[1] != 1:
        raise ValueError(f"{path}: has {samples.shape[1]} channels, expected 1; mix it down, for example with "
                         "`sox IN OUT remix -`")
    if not samples.size:
        raise ValueError(f"{path}: is empty, it holds no samples")
    x = torch.from_numpy(samples.T.copy()).unsqueeze(0)  # (1, 1, T)
    if not torch.isfinite(x).all():
        raise ValueError(f"{path}: holds samples that are NaN or infinite")
    return x


def clip(kind: str, split: str, index: int, *, seconds: float | None = None) -> torch.Tensor:
    """Return one recording by its number, from its beginning.

    Parameters
    ----------
    kind, split : str
        As for `files`.
    index : int
        Number in the sorted list, which starts again behind its end: 100 names a file in any corpus.
    seconds : float, optional
        Length wanted; a shorter recording is repeated. By default the whole recording.

    Returns
    -------
    torch.Tensor [shape=(1, 1, time)]
        Waveform.

    Raises
    ------
    ValueError
        As `files` and `load`.
    """
    listed = files(kind, split)
    x = load(listed[index % len(listed)])
    return x if seconds is None else _cut(x, 0, round(seconds * SAMPLE_RATE))


def sample(kind: str, split: str, *, seconds: float, generator: torch.Generator) -> torch.Tensor:
    """Draw a piece of a recording: a random file, then a random place in it.

    Parameters
    ----------
    kind, split : str
        As for `files`.
    seconds : float
        Length; a shorter recording is repeated.
    generator : torch.Generator
        Source of chance.

    Returns
    -------
    torch.Tensor [shape=(1, 1, time)]
        Waveform, never silent throughout.

    Raises
    ------
    ValueError
        As `files` and `load`, or if 20 draws were all silent.
    """
    listed = files(kind, split)
    length = round(seconds * SAMPLE_RATE)
    for _ in range(20):
        path = listed[_draw(len(listed), generator)]
        x = load(path)
        x = _cut(x, _draw(max(1, x.shape[-1] - length + 1), generator), length)
        if x.any():
            return x
    raise ValueError(f"20 pieces of {kind}/{split} were all silent, the last one of {path}")


def crowd(split: str, *, voices: int = 6, seconds: float, generator: torch.Generator) -> torch.Tensor:
    """Draw babble: pieces of speech of different voices of one split, all at once.

    Parameters
    ----------
    split : str
        As for `files`.
    voices : int
        People talking; fewer if the split has not so many.
    seconds : float
        Length.
    generator : torch.Generator
        Source of chance.

    Returns
    -------
    torch.Tensor [shape=(1, 1, time)]
        Babble.

    Raises
    ------
    ValueError
        As `files` and `load`.
    """
    by_voice: dict[str, list[Path]] = {}
    for path in files("speech", split):
        by_voice.setdefault(group(path), []).append(path)
    names = list(by_voice)
    chosen = [names[int(k)] for k in torch.randperm(len(names), generator=generator)[:voices]]
    pieces = [load(by_voice[name][_draw(len(by_voice[name]), generator)]) for name in chosen]
    return babble(pieces, round(seconds * SAMPLE_RATE), generator=generator)


def group(path: Path) -> str:
    """Return the voice, kind of noise, room or piece that a recording belongs to."""
    top = path.parent.parent.parent
    return _groups(top).get(path.relative_to(top).as_posix(), path.stem.rsplit("-", 1)[0])


@lru_cache(maxsize=8)
def _groups(top: Path) -> dict[str, str]:
    manifest = top / "MANIFEST.csv"
    if not manifest.is_file():
        return {}
    try:
        with manifest.open(newline="", encoding="utf-8-sig") as lines:  # "sig": what Excel begins a table with
            return {row["file"]: row["group"] for row in csv.DictReader(lines) if row["group"]}
    except (KeyError, UnicodeError, csv.Error) as error:
        raise ValueError(f"{manifest}: is no table in UTF-8 with the columns file and group ({error!r}); mend it, or "
                         "rename it, and the name of a file before its last dash is taken as its group") from error


class Pairs(torch.utils.data.Dataset):
    """Noisy and clean speech, mixed on the fly: item k is the same in every run with the same seed.

    Parameters
    ----------
    split : str
        Split for speech and noise alike.
    count : int
        Number of pairs.
    seconds : float
        Length of each.
    snr_db : (float, float)
        Range of the signal-to-noise ratio, drawn evenly in dB.
    seed : int
        Decides everything.

    Examples
    --------
    >>> y, s = Pairs("val", count=10, seconds=1.0)[3]
    >>> y.shape, s.shape
    (torch.Size([1, 16000]), torch.Size([1, 16000]))
    """

    def __init__(self, split: str, *, count: int, seconds: float = 2.0, snr_db: tuple[float, float] = (0.0, 15.0),
                 seed: int = 0):
        files("speech", split), files("noise", split)  # an empty split is an error now, not in the first batch
        self.split, self.count, self.seconds, self.snr_db, self.seed = split, count, seconds, snr_db, seed

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return pair `index`: noisy and clean waveform, each of shape (1, time)."""
        if not 0 <= index < self.count:
            raise IndexError(f"pair {index} of {self.count}")
        # A generator of its own for each item: the order of access, or a second worker, changes nothing.
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + index)
        s = sample("speech", self.split, seconds=self.seconds, generator=generator)
        n = sample("noise", self.split, seconds=self.seconds, generator=generator)
        low, high = self.snr_db
        snr_db = low + (high - low) * float(torch.rand((), generator=generator))
        return mix(s, n, snr_db=snr_db)[0], s[0]


def _cut(x: torch.Tensor, start: int, length: int) -> torch.Tensor:
    """Cut a piece out of a waveform (1, 1, T), repeating it where it is too short."""
    repeats = -(-(start + length) // x.shape[-1])
    return x.repeat(1, 1, repeats)[..., start:start + length]


def _draw(count: int, generator: torch.Generator) -> int:
    return int(torch.randint(count, (), generator=generator))


if __name__ == "__main__":
    from course_utils.fetch.cli import main

    raise SystemExit(main())
