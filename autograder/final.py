"""A student's enhancer on the held-out clips of the project, called by the test cell of the final hand-in.

`enhance` runs in the student's process, like all that a test cell calls; the clips lie here, and all is measured here.
What it makes of the hidden half earns points by the rules of `bonus`. What it makes of the public half goes onto the
leaderboard, with three clips to listen to. It is refused as a whole if what comes back is no waveform of the clip's
length, if it takes too long, or leaves files behind.
"""

import base64
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any

import soundfile
import torch

from autograder import bonus
from course_utils.checks import Checks
from course_utils.signal import SAMPLE_RATE
from course_utils.trial import TITLES, Clip, Pair, intervals, look_ahead, measure, summary

SLOWEST = 0.1
"""Processor seconds that a second of audio may take."""
SPARE = 1.0
"""Processor seconds beyond that, for a clock with coarse steps."""
PATIENCE = 240
"""Seconds on the clock beyond those of a cell: there are many clips, and others are graded beside this one."""
SHOWN = 0, 21, 42
"""Numbers of the public clips that can be heard on the leaderboard."""
NAME = 40
"""Characters of a name on the leaderboard."""


def examine(c: Checks, enhance: Callable[[torch.Tensor], Any], *, name: object,
            used: Callable[[], tuple[float, int]]) -> None:
    """Try an enhancer, and enter what it earns in the report of the test cell, as `c.bonus`.

    Parameters
    ----------
    c : Checks
        The cell's.
    enhance : callable
        Noisy to enhanced waveform, (T,) both, at 16 kHz; a function of the student's process.
    name : object
        By which the student wants to be on the leaderboard: a text, empty to stay anonymous.
    used : callable
        Returns the processor seconds that the student's process has taken, and the bytes in its folders; zeros if
        nobody counts them.

    Raises
    ------
    AssertionError
        If the enhancer is refused, does harm, or nothing: the message says why. It earns no bonus then.
    """
    rules = bonus.load_rules()
    hidden, public = bonus.held_out("hidden"), bonus.held_out("public")
    estimate(enhance, public[0])  # what is imported and compiled at the first call takes its time and writes its files
    meter = _Meter(sum(len(pair.y) for pair in hidden) / SAMPLE_RATE, used)
    clips, _ = _try(enhance, hidden, meter)
    factor = meter.stop()
    c.bonus = {"points": bonus.points(clips, rules), "max_points": rules.points, "real_time_factor": factor,
               "name": shown_name(name), "hidden": summary(clips), **on_public(enhance)}
    gains = intervals(clips)
    harm = " and ".join(TITLES[name] for name in bonus.harm(gains))
    lost = "".join(f" {count} of {len(clips)} clips do not count: {problem}."
                   for problem, count in c.bonus["hidden"]["problems"].items())
    if harm:
        raise AssertionError(f"By {harm} the clips are worse after your enhancer than before.{lost}")
    if not any(low > 0 for low, _ in gains.values()):
        raise AssertionError(f"By none of the metrics it is certain that your enhancer makes the clips better.{lost}")


def on_public(enhance: Callable[[torch.Tensor], Any]) -> dict[str, Any]:
    """Return what the leaderboard says of an enhancer, as plain data.

    Raises
    ------
    AssertionError
        If it is refused.
    """
    public = bonus.held_out("public")
    clips, estimates = _try(enhance, public)
    return {"public": summary(clips), "look_ahead": look_ahead(enhance, public[0].y),
            "sounds": [as_flac(estimates[number]) for number in SHOWN if number < len(estimates)]}


def _try(enhance: Callable[[torch.Tensor], Any], pairs: Sequence[Pair], meter: "_Meter | None" = None
         ) -> tuple[list[Clip], list[torch.Tensor]]:
    """Return what became of clips, and the estimates."""
    estimates, measured = [], []
    with ThreadPoolExecutor(1) as measuring:  # while the student's process is at the next clip
        for pair in pairs:
            estimates.append(estimate(enhance, pair, meter))
            measured.append(measuring.submit(measure, estimates[-1], pair))
    return [future.result() for future in measured], estimates


def estimate(enhance: Callable[[torch.Tensor], Any], pair: Pair, meter: "_Meter | None" = None) -> torch.Tensor:
    """Return what an enhancer makes of a clip, (T,).

    Raises
    ------
    AssertionError
        If that is no waveform of the clip's length, or the time is over.
    """
    s_hat = enhance(pair.y.clone())
    if not isinstance(s_hat, torch.Tensor) or not s_hat.is_floating_point():
        raise AssertionError(f"enhance returned {type(s_hat).__name__}, expected a tensor of floating point numbers.")
    s_hat = s_hat.detach().float()
    if s_hat.shape != pair.y.shape:
        raise AssertionError(f"A clip of shape {tuple(pair.y.shape)} comes back with shape {tuple(s_hat.shape)}: no "
                             "sample may be missing, and none too many.")
    if not torch.isfinite(s_hat).all():
        raise AssertionError("What comes back for a clip holds NaN or infinity: look for a logarithm or a root of 0, "
                             "or a division by 0.")
    if meter:
        meter.count(len(s_hat) / SAMPLE_RATE)
    return s_hat


class _Meter:
    """The time that a student's process takes, as the system counts it.

    Without a sandbox nobody counts: it is the time on the clock then, with all that goes on beside, and no limit.

    Parameters
    ----------
    audio : float
        Seconds of audio that will be enhanced.
    used : callable
        As for `examine`.
    """

    EVERY = 8
    """Clips between two looks: each takes a moment."""

    def __init__(self, audio: float, used: Callable[[], tuple[float, int]]):
        self.budget, self.used = SLOWEST * audio + SPARE, used
        self.audio, self.clips = 0.0, 0
        self.start, self.written = used()
        self.begin = perf_counter()

    def count(self, seconds: float) -> None:
        """Note that so much audio was enhanced.

        Raises
        ------
        AssertionError
            If that took longer than all of it may take.
        """
        self.audio += seconds
        self.clips += 1
        if self.clips % self.EVERY == 0:
            self.stop()

    def stop(self) -> float:
        """Return the real-time factor by now: processor seconds for a second of audio.

        Raises
        ------
        AssertionError
            If it took too long, or files were written.
        """
        seconds, written = self.used()
        if not seconds:
            return round((perf_counter() - self.begin) / self.audio, 3)
        seconds -= self.start
        if seconds > self.budget:
            raise AssertionError(f"A second of audio takes {seconds / self.audio:.2f} s of processor time; it may take "
                                 f"{SLOWEST}. A smaller model is faster, and so is one call for a clip.")
        if written > self.written:
            raise AssertionError("enhance writes files. It may read its weights, and nothing else.")
        return round(seconds / self.audio, 3)


def shown_name(name: object) -> str:
    """Return a name as it may stand on a page, empty if there is none."""
    text = " ".join(name.split()) if isinstance(name, str) else ""
    return text[:NAME] if text.isprintable() else ""


def as_flac(x: torch.Tensor) -> str:
    """Return a waveform, (T,), as a FLAC file in base 64."""
    buffer = io.BytesIO()
    soundfile.write(buffer, x.clamp(-1, 1).numpy(), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return base64.b64encode(buffer.getvalue()).decode()
