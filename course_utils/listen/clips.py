"""What is played: waveforms with one gain for all, so that levels stay honest and ears whole, as compressed files.

`IPython.display.Audio` makes every signal equally loud, which hides what a denoiser does to the level. Here all
versions of a sound share one gain: 1, or less if the loudest would clip or hurt.
"""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass

import soundfile
import torch
from torchaudio.functional import loudness

from course_utils.signal import check_waveform, level_db
from course_utils.threads import one_thread

LIMIT = 0.9
"""Largest sample that is played: about -1 dB relative to full scale."""
LOUDEST = -14.0
"""Loudness of the loudest 0.4 s that is played, in LUFS: speech in this course has some -25."""
BLOCK_SECONDS = 0.4
"""What loudness is measured over, at least (ITU-R BS.1770-4)."""
LONGEST_SECONDS = 60.0
FADE_SECONDS = 0.005
BYTES_A_SECOND = 28_000
"""Of a file: five sounds of 10 s make less than 2 MB of a notebook, whatever they are."""


@dataclass(frozen=True)
class Clip:
    """A sound as it is played.

    Attributes
    ----------
    name : str
        What it is called.
    level : float
        Mean power of what was given, in dB relative to full scale (dBFS), where a constant 1 has 0.
    warning : str
        What is odd about it, empty if nothing is.
    match : float
        Gain that makes it as loud as the others (ITU-R BS.1770), without clipping.
    flac : bytes
        A FLAC file.
    """

    name: str
    level: float
    warning: str
    match: float
    flac: bytes


@one_thread()
def make_clips(signals: torch.Tensor | Mapping[str, torch.Tensor], sample_rate: int) -> tuple[list[Clip], float]:
    """Return signals as they are played, and the gain that they are played with.

    Parameters
    ----------
    signals : torch.Tensor [shape=(..., time)] or mapping of str to torch.Tensor
        A waveform, or name -> waveform. The first of a batch is played.
    sample_rate : int
        Samples per second.

    Raises
    ------
    ValueError
        If there is nothing to play, or a value is not a finite waveform.
    """
    named = {"sound": signals} if isinstance(signals, torch.Tensor) else dict(signals)
    if not named:
        raise ValueError("signals: there is nothing to play")
    for name, x in named.items():
        check_waveform(x, name)
    whole = {name: x.detach().cpu().float().reshape(-1, x.shape[-1])[0] for name, x in named.items()}  # (T,) each
    played = {name: x[:round(LONGEST_SECONDS * sample_rate)] for name, x in whole.items()}
    gain = common_gain(played, sample_rate)
    loud = {name: _loudness(gain * x, sample_rate) for name, x in played.items()}
    room = {name: loud[name] - 20 * math.log10(_peak(gain * x) / LIMIT) for name, x in played.items() if x.any()}
    target = min([max(loud.values()), *room.values()])  # LUFS: as loud as the loudest, where nothing clips
    longest = max(map(len, played.values()))
    return [Clip(name, float(level_db(whole[name])), "; ".join(_warnings(whole[name], longest, sample_rate)),
                 10 ** ((target - loud[name]) / 20) if x.any() else 1.0, _flac(gain * x, sample_rate))
            for name, x in played.items()], gain


def common_gain(signals: Mapping[str, torch.Tensor], sample_rate: int) -> float:
    """Return the one gain with which all signals are played: 1, or less so that none clips or hurts."""
    gains = [1.0]
    for x in signals.values():
        if x.any():
            gains += [LIMIT / _peak(x), 10 ** ((LOUDEST - _momentary(x, sample_rate)) / 20)]
    return min(gains)


def _peak(x: torch.Tensor) -> float:
    return float(x.abs().max())


def _warnings(x: torch.Tensor, longest: int, sample_rate: int) -> list[str]:
    """Return what is odd about a signal, (T,)."""
    found = []
    if not x.any():
        found.append("it is silent")
    if _peak(x) > 1:
        share = float((x.abs() > 1).float().mean())
        found.append(f"{share:.1%} of its samples are beyond 1: in a file they would clip")
    if len(x) > LONGEST_SECONDS * sample_rate:
        found.append(f"of {len(x) / sample_rate:.0f} s you hear the first {LONGEST_SECONDS:.0f}")
    elif len(x) < longest:
        found.append(f"it is {(longest - len(x)) / sample_rate:.3f} s shorter than the longest")
    return found


def _loudness(x: torch.Tensor, sample_rate: int) -> float:
    """Return the loudness of a signal, (T,), in LUFS, at least -70: what is softer counts as silence there."""
    x = torch.nn.functional.pad(x, (0, max(0, round(BLOCK_SECONDS * sample_rate) - len(x))))
    found = float(loudness(x[None], sample_rate))
    return found if math.isfinite(found) else -70.0


def _momentary(x: torch.Tensor, sample_rate: int) -> float:
    """Return the loudness of the loudest block of a signal, (T,), in LUFS."""
    size = round(BLOCK_SECONDS * sample_rate)
    x = torch.nn.functional.pad(x, (0, max(0, size - len(x))))
    blocks = x.unfold(-1, size, size // 4)  # (N, block)
    loudest = blocks.square().mean(-1).topk(min(3, len(blocks))).indices  # the filter changes their order by little
    return max(_loudness(blocks[k], sample_rate) for k in loudest)


def _flac(x: torch.Tensor, sample_rate: int) -> bytes:
    """Encode a waveform, (T,), as FLAC, with a short fade so that its ends do not click.

    FLAC loses nothing and hardly compresses loud noise. That gets fewer bits a sample: the rounding lies 60 dB below.
    """
    ramp = min(round(FADE_SECONDS * sample_rate), len(x) // 2)
    envelope = torch.ones(len(x))
    if ramp:
        envelope[:ramp] = torch.linspace(0, 1, ramp)
        envelope[-ramp:] = torch.linspace(1, 0, ramp)
    x = x * envelope
    for bits in range(16, 0, -1):
        buffer = io.BytesIO()
        rounded = torch.round(x * 2 ** (bits - 1)) / 2 ** (bits - 1)
        soundfile.write(buffer, rounded.numpy(), sample_rate, format="FLAC", subtype="PCM_16")
        if len(buffer.getvalue()) <= max(BYTES_A_SECOND * len(x) / sample_rate, 10_000):
            break
    return buffer.getvalue()
