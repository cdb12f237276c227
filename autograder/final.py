"""A student's enhancer on the held-out clips of the project, called by the test cell of the final hand-in.

`enhance` runs in the student's process, like all that a test cell calls; the clips lie here, and all is measured here.
What it makes of the hidden half earns points by the rules of `bonus`. What it makes of the public half goes onto the
leaderboard, with three clips to listen to. It is refused as a whole if what comes back is no waveform of the clip's
length, if it takes too long, or leaves files behind.
"""

import base64
import io
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any, NamedTuple
from unicodedata import category, normalize

import soundfile
import torch
from safetensors import SafetensorError, safe_open

from autograder import bonus
from course_utils.checks import Checks
from course_utils.signal import SAMPLE_RATE
from course_utils.trial import TITLES, Clip, Pair, intervals, look_ahead, measure, summary

SLOWEST = 0.1
"""Processor seconds that a second of audio may take."""
SPARE = 1.0
"""Processor seconds beyond that, for a clock with coarse steps."""
UNCOUNTED = 8
"""Times that the clock may show more than the counted time, before somebody should look: both are close together for a
program that computes, but for one that hides what computes."""
LEAST = 0.5
"""Share of what the Wiener filter gains (the `zero` of the rules) below which an enhancer does nothing."""
MOST_NUMBERS = 2_500_000
"""Numbers in the file of weights: the two million parameters of the rules, and some buffers such as windows."""
SHOWN = 0, 21, 42
"""Numbers of the public clips that can be heard on the leaderboard."""
NAME = 40
"""Characters of a name on the leaderboard."""

Enhance = Callable[[torch.Tensor], Any]
"""Noisy to enhanced waveform, (T,) both, at 16 kHz."""
Used = Callable[[], tuple[float, int]]
"""Processor seconds that were taken, and bytes that lie in the folders, by now."""


class NotTriedError(Exception):
    """The grader cannot try an enhancer, by no fault of the enhancer's."""


class Took(NamedTuple):
    """How long an enhancer takes for a second of audio: seconds that count, see `_Meter`, and those on the clock."""

    counted: float
    clock: float


def examine(c: Checks, enhance: Enhance, *, name: object, used: Used, folder: Path) -> list[str]:
    """Try an enhancer, and enter what it earns in the report of the test cell, as `c.bonus`; return doubts about it.

    Parameters
    ----------
    c : Checks
        The cell's.
    enhance : callable
        The student's.
    name : object
        By which the student wants to be on the leaderboard: a text, empty to stay anonymous.
    used : callable
        Counts for the student's process.
    folder : Path
        Where the file of weights is.

    Raises
    ------
    AssertionError
        If the enhancer is refused, does harm, or nothing: the message says why. It earns no bonus then.
    NotTriedError
        If there are no rules or no clips here, or a metric cannot be computed.
    """
    try:
        rules, hidden, public = bonus.load_rules(), bonus.held_out("hidden"), bonus.held_out("public")
    except (OSError, ValueError) as error:
        raise NotTriedError(str(error)) from error
    check_weights(folder / "model.safetensors")
    estimate(enhance, public[0].y)  # what is imported and compiled at the first call takes time and may write files
    # The public half comes first: estimates of it can be heard by others, and who had heard the hidden half by then
    # could have it come back in them.
    shown = on_public(enhance, used, slowest=SLOWEST)
    try:
        clips, _, took = try_on(enhance, hidden, used, slowest=SLOWEST)
    except Exception as error:
        if hasattr(error, "student_line"):  # what it says could be what was heard
            raise AssertionError("enhance stops with an exception for a hidden clip, and for no public one.") from None
        raise
    gains = intervals(clips)
    c.bonus = {**shown, "points": bonus.points(gains, rules), "max_points": rules.points, "name": shown_name(name),
               "real_time_factor": took.counted, "hidden": summary(clips)}
    harm = " and ".join(TITLES[name] for name in bonus.harm(gains))
    lost = "".join(f" {count} of {len(clips)} clips do not count: {problem}."
                   for problem, count in c.bonus["hidden"]["problems"].items())
    if harm:
        raise AssertionError(f"By {harm} the clips are worse after your enhancer than before.{lost}")
    if not any(low > LEAST * rules.zero[name] for name, (low, _) in gains.items()):
        raise AssertionError("By none of the metrics it is certain that your enhancer makes the clips better, by at "
                             f"least half of what the Wiener filter does.{lost}")
    return [f"a second of audio took {took.clock:.2f} s on the clock, of which only {took.counted} were counted"
            ] if took.clock > UNCOUNTED * max(took.counted, SLOWEST / 2) else []


def check_weights(path: Path) -> None:
    """Look at the file of weights as it was handed in, and not as the student's process has it.

    Raises
    ------
    AssertionError
        If there is none, it cannot be read, or holds too many numbers.
    """
    if not path.is_file():
        raise AssertionError(f"There is no {path.name} in what was handed in, or it was left out.")
    try:
        with safe_open(path, "pt") as file:
            count = sum(math.prod(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
    except SafetensorError as error:
        raise AssertionError(f"{path.name} cannot be read: {error}") from None
    if count > MOST_NUMBERS:
        raise AssertionError(f"{path.name} holds {count} numbers; {MOST_NUMBERS} are the most: two million parameters, "
                             "and some buffers.")


def on_public(enhance: Enhance, used: Used | None = None, *, slowest: float = math.inf) -> dict[str, Any]:
    """Return what the leaderboard says of an enhancer, as plain data.

    Raises
    ------
    AssertionError
        If it is refused.
    """
    public = bonus.held_out("public")
    clips, estimates, took = try_on(enhance, public, used, slowest=slowest)
    return {"public": summary(clips), "real_time_factor": took.counted,
            "look_ahead": look_ahead(lambda y: estimate(enhance, y), public[0].y),
            "sounds": [as_flac(s_hat) if fit_to_hear(clip) else ""
                       for clip, s_hat in can_be_heard(list(zip(clips, estimates, strict=True)))]}


def fit_to_hear(clip: Clip) -> bool:
    """Say whether an estimate may be played to others: no other level, no clipping, no blast of something else."""
    return not clip.problem and clip.gain["si_sdr"] > -10


def try_on(enhance: Enhance, pairs: Sequence[Pair], used: Used | None = None, *, slowest: float = math.inf
           ) -> tuple[list[Clip], list[torch.Tensor], Took]:
    """Return what an enhancer gains on clips, the estimates, and how long it took for them.

    Parameters
    ----------
    enhance : callable
        The enhancer.
    pairs : sequence of Pair
        The clips.
    used : callable, optional
        Counts for the process that `enhance` runs in, if that is not this one.
    slowest : float
        Processor seconds that a second of audio may take.

    Raises
    ------
    AssertionError
        If the enhancer is refused.
    NotTriedError
        If a metric cannot be computed.
    """
    estimates, measured = [], []
    meter = _Meter(used or (lambda: (thread_time(), 0)), slowest * sum(len(pair.y) for pair in pairs) / SAMPLE_RATE)
    with ThreadPoolExecutor(1) as measuring:  # while the student's process is at the next clip
        for pair in pairs:
            estimates.append(estimate(enhance, pair.y))
            measured.append(measuring.submit(measure, estimates[-1], pair))
            meter.count(len(pair.y) / SAMPLE_RATE)
        took = Took(meter.factor(), meter.clock())  # before the last measurements, which are not the enhancer's time
    try:
        return [future.result() for future in measured], estimates, took
    except (ImportError, ValueError) as error:
        raise NotTriedError(str(error)) from error


def estimate(enhance: Enhance, y: torch.Tensor) -> torch.Tensor:
    """Return what an enhancer makes of a clip, (T,).

    Raises
    ------
    AssertionError
        If that is no waveform of the clip's length.
    """
    s_hat = enhance(y.clone())
    if not isinstance(s_hat, torch.Tensor) or not s_hat.is_floating_point():
        raise AssertionError(f"enhance returned {type(s_hat).__name__}, expected a tensor of floating point numbers.")
    s_hat = s_hat.detach().float()
    if s_hat.shape != y.shape:
        raise AssertionError("A clip comes back with another shape: no sample may be missing, none too many, and a "
                             "waveform of one axis has one afterwards.")
    if not torch.isfinite(s_hat).all():
        raise AssertionError("What comes back for a clip holds NaN or infinity: look for a logarithm or a root of 0, "
                             "or a division by 0.")
    return s_hat


class _Meter:
    """The time that an enhancer takes and the files it writes, as the system counts them.

    Without a sandbox nobody counts for a student's process: it is the time on the clock then, with all that goes on
    beside, and no limit.

    Parameters
    ----------
    used : callable
        What counts.
    budget : float
        Processor seconds for all clips.
    """

    EVERY = 8
    """Clips between two looks: each takes a moment."""

    def __init__(self, used: Used, budget: float):
        self.budget, self.used = budget + SPARE, used
        self.audio, self.clips = 0.0, 0
        self.start, self.written = used()
        self.begin = perf_counter()

    def count(self, seconds: float) -> None:
        """Note that so much audio was enhanced.

        Raises
        ------
        AssertionError
            If that took longer than all of it may take, or files were written.
        """
        self.audio += seconds
        self.clips += 1
        if self.clips % self.EVERY == 0:
            self.factor()

    def factor(self) -> float:
        """Return the real-time factor by now: processor seconds for a second of audio.

        Raises
        ------
        AssertionError
            If it took too long, or files were written.
        """
        now, written = self.used()
        if not now:
            return round(self.clock(), 3)
        seconds = now - self.start
        if seconds > self.budget:
            raise AssertionError(f"A second of audio takes {seconds / self.audio:.2f} s of processor time; it may take "
                                 f"{SLOWEST}. A smaller model is faster, and so is one call for a clip.")
        if written > self.written:
            raise AssertionError("enhance writes files. It may read its weights, and nothing else.")
        return round(seconds / self.audio, 3)

    def clock(self) -> float:
        """Return the seconds on the clock for a second of audio, by now."""
        return (perf_counter() - self.begin) / self.audio


def can_be_heard(found: Sequence[Any]) -> list[Any]:
    """Return of one thing for each public clip those that can be heard on the leaderboard."""
    return [found[number] for number in SHOWN if number < len(found)]


def shown_name(name: object) -> str:
    """Return a name as it may stand on a page, empty if there is none."""
    text = " ".join(name[:10 * NAME].split()) if isinstance(name, str) else ""
    text = "".join(letter for letter in normalize("NFKC", text) if category(letter)[0] != "M")  # accents on accents
    return text[:NAME] if text.isprintable() else ""


def as_flac(x: torch.Tensor) -> str:
    """Return a waveform, (T,), as a FLAC file in base 64."""
    buffer = io.BytesIO()
    soundfile.write(buffer, x.clamp(-1, 1).numpy(), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return base64.b64encode(buffer.getvalue()).decode()
