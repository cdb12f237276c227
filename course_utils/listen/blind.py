"""Blind listening tests in a notebook: ABX, ACR and MUSHRA.

What comes in which order is drawn by the names of test and listener, so that a test that was left goes on where it
was: what is in the file of ratings is not asked again. Nothing is sent anywhere.
"""

import html
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import torch
import traitlets
from IPython.display import HTML, display

from course_utils import degrade, metrics
from course_utils.listen import ratings
from course_utils.listen.bench import program, read
from course_utils.listen.clips import make_clips
from course_utils.listen.ratings import Vote
from course_utils.signal import SAMPLE_RATE

SCALE = [("5 excellent", 5), ("4 good", 4), ("3 fair", 3), ("2 poor", 2), ("1 bad", 1)]
"""Listening quality, ITU-T P.800, annex B."""
ANCHOR_HZ = 3500
NAMES = "A", "B", "X"


@dataclass(frozen=True)
class Page:
    """One page of a test: which clip, which versions of it in which order, and what of a vote is known before."""

    clip: str
    versions: tuple[str, ...]
    shown: Mapping[str, Any]


class BlindTest(anywidget.AnyWidget):
    """A test as a widget: it shows a page, writes down what is answered, and shows the next."""

    _esm = program("dom", "transport", "blind")
    _css = read("bench.css")
    name = traitlets.Unicode().tag(sync=True)
    sample_rate = traitlets.Int(SAMPLE_RATE).tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    files: traitlets.List = traitlets.List().tag(sync=True)

    def __init__(self, kind: str, name: str, listener: str, folder: str | Path, pages: Sequence[Page],
                 sounds: Mapping[tuple[str, str], bytes], known: Mapping[tuple[str, str], tuple[float, float]],
                 sample_rate: int):
        super().__init__(name=f"{name}/{listener}", sample_rate=sample_rate)
        self.kind, self.test, self.listener, self.pages, self.sounds, self.known = (
            kind, name, listener, pages, sounds, known)
        self.path = Path(folder) / f"{name}.csv"
        self.on_msg(lambda _, content, __: self.answer(content))
        self.turn()

    @property
    def votes(self) -> list[Vote]:
        """What this listener has answered in this test."""
        return [vote for vote in (ratings.read(self.path) if self.path.exists() else [])
                if (vote.test, vote.kind, vote.listener) == (self.test, self.kind, self.listener)]

    def turn(self) -> None:
        """Show the first page that is not answered."""
        votes = self.votes
        done = {vote.page for vote in votes}
        number = next((n for n in range(1, len(self.pages) + 1) if n not in done), 0)
        if not number:
            page, files = {"kind": "end", "number": 0, "title": "Done, thank you.", "lines": self.lines(votes)}, []
        else:
            now = self.pages[number - 1]
            page = {"kind": self.kind, "number": number, "of": len(self.pages), "title": self.test, **now.shown}
            files = [self.sounds[now.clip, version] for version in now.versions]
        with self.hold_sync():
            self.files, self.page = files, page

    def answer(self, content: dict[str, Any]) -> None:
        """Write down what was answered on a page, and turn it."""
        number, answers = content["page"], content["answers"]
        if number != self.page["number"]:
            return  # it was sent twice
        now = self.pages[number - 1]
        voted: list[tuple[str, float]]
        if self.kind == "abx":
            voted = [(now.versions[2], float(now.versions[2] == now.versions[answers[0]]))]
        elif self.kind == "acr":
            voted = [(now.versions[0], float(answers[0]))]
        else:
            voted = list(zip(now.versions[1:], map(float, answers), strict=True))
        ratings.write([Vote(self.test, self.kind, self.listener, number, now.clip, version, rating,
                            *self.known.get((now.clip, version), (math.nan, math.nan)))
                       for version, rating in voted], self.path)
        self.turn()

    def lines(self, votes: Sequence[Vote]) -> list[str]:
        """Return what the answers say, line by line."""
        where = [f"The ratings are in {self.path}."]
        if self.kind == "abx":
            right = round(sum(vote.rating for vote in votes))
            p = ratings.abx_p_value(right, len(votes))
            return [f"{right} of {len(votes)} right. Who guesses has as many, or more, with p = {p:.3f}.", *where]
        # No interval: several votes of one listener say nothing about anybody else's.
        rows = [f"{name}: {heard.mean:.2f}, mean of your votes for {heard.votes} clips" if heard.votes > 1 else
                f"{name}: {heard.mean:g}" for name, heard in ratings.opinions(votes).items()]
        return [*rows, *where]

    def show(self) -> None:
        """Display it, and below it what a page without a kernel shows."""
        display(HTML(f"<div class='listen' data-stands-in=\"{html.escape(self.name)}\">A listening test: run this cell "
                     "to start it, or to go on with it.</div>"))
        display(self)


def abx(a: torch.Tensor, b: torch.Tensor, *, name: str, listener: str, trials: int = 16, folder: str | Path = "ratings",
        sample_rate: int = SAMPLE_RATE) -> BlindTest:
    """Ask whether two sounds can be told apart: X is one of them, drawn anew in each trial.

    Parameters
    ----------
    a, b : torch.Tensor [shape=(..., time)]
        The sounds. The first of a batch is played, both with one gain.
    name, listener : str
        Of the test, which is that of the file, and of who listens.
    trials : int
        How often it is asked.
    folder : str or Path
        Where the ratings are written, as `name`.csv.
    sample_rate : int
        Samples per second.

    Returns
    -------
    BlindTest
        The test, which is displayed too.

    Raises
    ------
    ValueError
        If a sound is not a finite waveform, a name is empty or no name of a file, or the ratings cannot be read.
    """
    dice = _dice(name, listener)
    if trials < 1:
        raise ValueError(f"trials must be at least 1, got {trials}")
    shown = {"sounds": NAMES, "question": "Which one is X?", "choices": [("X is A", 0), ("X is B", 1)]}
    pages = [Page("", ("a", "b", dice.choice("ab")), shown) for _ in range(trials)]
    sounds = _encode({("", "a"): a, ("", "b"): b}, sample_rate)
    return _show(BlindTest("abx", name, listener, folder, pages, sounds, {}, sample_rate))


def acr(clips: Mapping[str, Mapping[str, torch.Tensor]], *, name: str, listener: str, clean: str = "",
        folder: str | Path = "ratings", sample_rate: int = SAMPLE_RATE) -> BlindTest:
    """Ask how good sounds are, one by one, on the five-point scale of ITU-T P.800: absolute category rating.

    Parameters
    ----------
    clips : mapping of str to mapping of str to torch.Tensor [shape=(..., time)]
        Name of a clip -> version -> waveform. All are played with one gain.
    clean : str
        The version that PESQ and ESTOI are measured against, to be kept beside the votes.
    name, listener, folder, sample_rate
        As for `abx`.

    Returns
    -------
    BlindTest
        The test, which is displayed too.

    Raises
    ------
    ValueError
        As for `abx`, or if there is nothing to rate.
    """
    dice = _dice(name, listener)
    shown = {"sounds": ("sound",), "question": "How good is the quality?", "choices": SCALE}
    pages = [Page(clip, (version,), shown) for clip, versions in _checked(clips).items() for version in versions]
    dice.shuffle(pages)
    sounds = _encode(_flat(clips), sample_rate)
    return _show(BlindTest("acr", name, listener, folder, pages, sounds, _known(clips, clean), sample_rate))


def mushra(clips: Mapping[str, Mapping[str, torch.Tensor]], *, name: str, listener: str, reference: str = "clean",
           folder: str | Path = "ratings", sample_rate: int = SAMPLE_RATE) -> BlindTest:
    """Ask how good the versions of a clip are beside a reference, from 0 to 100 (after ITU-R BS.1534-3).

    Among what is rated hide the reference itself and an anchor, the reference through a low-pass of 3.5 kHz: who does
    not hear which they are is not counted (`ratings.screened`).

    Parameters
    ----------
    clips : mapping of str to mapping of str to torch.Tensor [shape=(..., time)]
        Name of a clip -> version -> waveform. All are played with one gain.
    reference : str
        The version that is the reference.
    name, listener, folder, sample_rate
        As for `abx`.

    Returns
    -------
    BlindTest
        The test, which is displayed too.

    Raises
    ------
    ValueError
        As for `abx`, or if there is nothing to rate, or a clip has no reference.
    """
    dice = _dice(name, listener)
    whole, pages = {}, []
    for clip, versions in _checked(clips).items():
        if reference not in versions:
            raise ValueError(f"clip {clip!r} has no version {reference!r}, which is the reference")
        if sample_rate <= 2 * ANCHOR_HZ:
            raise ValueError(f"the anchor has {ANCHOR_HZ} Hz: a sample rate above {2 * ANCHOR_HZ} Hz is needed")
        s = _first(versions[reference])
        whole[clip] = {**versions, ratings.ANCHOR: degrade.band_limit(s, high_hz=ANCHOR_HZ, sample_rate=sample_rate)}
        order = list(whole[clip])
        dice.shuffle(order)
        shown = {"sounds": ("reference", *(f"version {k}" for k in range(1, len(order) + 1))),
                 "question": "How near is each version to the reference? One of them is the reference itself."}
        pages.append(Page(clip, (reference, *order), shown))
    dice.shuffle(pages)
    sounds = _encode(_flat(whole), sample_rate)
    return _show(BlindTest("mushra", name, listener, folder, pages, sounds, _known(whole, reference), sample_rate))


def _show(test: BlindTest) -> BlindTest:
    test.show()
    return test


def _dice(name: str, listener: str) -> random.Random:
    """Return the source of chance of a listener in a test."""
    for what, text in (("name", name), ("listener", listener)):
        if not text.strip() or not text.isprintable() or text.startswith(".") or "/" in text or "\\" in text:
            raise ValueError(f"{what}: {text!r} cannot be part of a file's name; use letters and digits")
    return random.Random(f"{name}/{listener}")


def _checked(clips: Mapping[str, Mapping[str, torch.Tensor]]) -> Mapping[str, Mapping[str, torch.Tensor]]:
    if not clips or not all(clips.values()):
        raise ValueError("clips: there is nothing to rate")
    return clips


def _first(x: torch.Tensor) -> torch.Tensor:
    return x.detach().cpu().reshape(-1, x.shape[-1])[0]


def _flat(clips: Mapping[str, Mapping[str, torch.Tensor]]) -> dict[tuple[str, str], torch.Tensor]:
    return {(clip, version): x for clip, versions in clips.items() for version, x in versions.items()}


def _encode(sounds: Mapping[tuple[str, str], torch.Tensor], sample_rate: int) -> dict[tuple[str, str], bytes]:
    """Return sounds as files, all with one gain."""
    clips, _ = make_clips({f"{' '.join(key)} ({n})": x for n, (key, x) in enumerate(sounds.items())}, sample_rate)
    return {key: clip.flac for key, clip in zip(sounds, clips, strict=True)}


def _known(clips: Mapping[str, Mapping[str, torch.Tensor]], clean: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Return PESQ and ESTOI of each sound beside its clean version, if there is one."""
    found = {}
    for clip, versions in clips.items():
        for version, x in versions.items():
            if clean in versions and _first(x).shape == _first(versions[clean]).shape:
                s_hat, s = _first(x), _first(versions[clean])
                found[clip, version] = (round(float(metrics.pesq_wb(s_hat, s)), 4),
                                        round(float(metrics.estoi(s_hat, s)), 4))
    return found
