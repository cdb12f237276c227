"""Players in the notebook that leave levels as they are.

`IPython.display.Audio` makes every signal equally loud, which hides what a denoiser does to the level. Here all signals
of one player share one gain: 1, or less if the loudest would clip. Starting one stops the others and goes on at the
same position, so that a difference is heard at the switch. Audio is embedded as FLAC (lossless), with no network.
Behind each player stands the level: mean power in dB relative to full scale (dBFS), where a constant 1 has 0.
"""

import base64
import html
import io
import math
from collections.abc import Mapping

import soundfile
import torch
from IPython.display import HTML

from course_utils.signal import SAMPLE_RATE, check_waveform, level_db

LIMIT = 0.9
"""Largest sample that is played: about -1 dB relative to full scale."""
FADE_SECONDS = 0.005

# Handlers in the page itself: no library, and the players still play one by one where scripts are blocked.
_ON_PLAY = ("const box=this.closest('[data-listen]');"
            "let t=parseFloat(box.dataset.at||'0');"
            "box.querySelectorAll('audio').forEach(a=>{if(a!==this&&!a.paused){t=a.currentTime;a.pause()}});"
            "if(box.dataset.last!==this.dataset.name&&t<this.duration-0.05)this.currentTime=t;"
            "box.dataset.last=this.dataset.name")
_ON_PAUSE = "this.closest('[data-listen]').dataset.at=this.currentTime"


def play(signals: torch.Tensor | Mapping[str, torch.Tensor], *, caption: str = "",
         notes: Mapping[str, str] | None = None, sample_rate: int = SAMPLE_RATE) -> HTML:
    """Show a player for one signal, or players for several that can be compared.

    Parameters
    ----------
    signals : torch.Tensor [shape=(..., time)] or mapping of str to torch.Tensor
        A waveform, or name -> waveform. The first of a batch is played.
    caption : str
        What to listen for.
    notes : mapping of str to str, optional
        What stands behind a signal's level, such as its metrics: name -> text.
    sample_rate : int
        Samples per second.

    Returns
    -------
    HTML
        To be shown as the last value of a cell, or by `display`.

    Raises
    ------
    ValueError
        If there is nothing to play, or a value is not a finite waveform.

    Examples
    --------
    >>> s = torch.zeros(1, 1, 16000)
    >>> player = play({"clean": s, "noisy": s + 0.1}, notes={"noisy": "SNR 5 dB"}, caption="Listen to the pauses.")
    """
    named = {"": signals} if isinstance(signals, torch.Tensor) else dict(signals)
    if not named:
        raise ValueError("signals: there is nothing to play")
    for name, x in named.items():
        check_waveform(x, name or "waveform")
    gain = common_gain(named)
    rows = []
    for name, x in named.items():
        first = x.detach().cpu().reshape(-1, x.shape[-1])[0]  # (T,)
        about = f"{float(level_db(first)):.1f} dBFS" + (f" · {notes[name]}" if notes and name in notes else "")
        label = html.escape(name or "sound")
        rows.append(
            f"<div style='display:flex;flex-wrap:wrap;align-items:center;gap:.2em 1em'>"
            f"<span style='min-width:11em'>{html.escape(name)}</span>"
            f"<audio controls preload='auto' data-name=\"{label}\" aria-label=\"{label}\" style='height:2.2em' "
            f"src='data:audio/flac;base64,{_flac(first * gain, sample_rate)}' "
            f'onplay="{_ON_PLAY}" onpause="{_ON_PAUSE}"></audio>'
            f"<small>{html.escape(about)}</small></div>")
    if gain < 1:
        caption += f" All are played {-20 * math.log10(gain):.1f} dB quieter, to protect your ears."
    return HTML(f"<div data-listen style='margin:.5em 0'>{''.join(rows)}"
                f"<div style='margin-top:.3em'>{html.escape(caption)}</div></div>")


def common_gain(signals: Mapping[str, torch.Tensor]) -> float:
    """Return the one gain with which all signals of a comparison are played: 1, or less so that none clips."""
    peak = max(float(x.detach().abs().max()) for x in signals.values())
    return min(1.0, LIMIT / peak) if peak > 0 else 1.0


def _flac(x: torch.Tensor, sample_rate: int) -> str:
    """Encode a waveform (time,) as FLAC in base64, with a short fade so that its ends do not click."""
    ramp = min(round(FADE_SECONDS * sample_rate), len(x) // 2)
    envelope = torch.ones(len(x))
    if ramp:
        envelope[:ramp] = torch.linspace(0, 1, ramp)
        envelope[-ramp:] = torch.linspace(1, 0, ramp)
    buffer = io.BytesIO()
    soundfile.write(buffer, (x * envelope).numpy(), sample_rate, format="FLAC", subtype="PCM_16")
    return base64.b64encode(buffer.getvalue()).decode()
