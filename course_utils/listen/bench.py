"""The listening bench: versions of one sound under each other, to be switched between at the same position.

What stands in the notebook is plain HTML: players, and a program that makes a bench of them. So it works without a
kernel and without a network, in JupyterLab, in Notebook 7 and in an exported page; where a page's programs are blocked,
the players remain.
"""

import base64
import html
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from IPython.display import HTML

from course_utils import metrics, plot
from course_utils.listen.clips import Clip, make_clips
from course_utils.signal import SAMPLE_RATE
from course_utils.threads import one_thread

FOLDER = Path(__file__).parent
SHOWN = {"si_sdr": "SI-SDR {:.1f} dB", "pesq_wb": "PESQ {:.2f}", "estoi": "ESTOI {:.2f}"}
"""Metrics that stand under a version."""
COLOURS = [int.from_bytes(plot.LEVELS([k], bytes=True).tobytes(), "little") for k in range(plot.LEVELS.N)]
"""The colours of the course's spectrograms, as the bytes of a pixel."""


def compare(signals: torch.Tensor | Mapping[str, torch.Tensor], *, clean: str = "", caption: str = "",
            notes: Mapping[str, str] | None = None, sample_rate: int = SAMPLE_RATE) -> HTML:
    """Show versions of one sound with their spectrograms, to be heard and switched between at the same position.

    Levels are as they are: all versions share one gain, which is 1, or less if the loudest would clip or hurt. A
    switch makes them equally loud instead (ITU-R BS.1770). All spectrograms share one scale, of 80 dB.

    Parameters
    ----------
    signals : torch.Tensor [shape=(..., time)] or mapping of str to torch.Tensor
        A waveform, or name -> waveform. The first of a batch is played, and of that the first minute.
    clean : str
        The name of the clean speech: the metrics of the others against it are shown.
    caption : str
        What to listen for.
    notes : mapping of str to str, optional
        What else stands under a version: name -> text.
    sample_rate : int
        Samples per second.

    Returns
    -------
    HTML
        To be shown as the last value of a cell, or by `display`.

    Raises
    ------
    ValueError
        If there is nothing to play, a value is not a finite waveform, or there is none of the name `clean`.

    Examples
    --------
    >>> s = torch.zeros(1, 1, 16000)
    >>> bench = compare({"clean": s, "noisy": s + 0.1}, clean="clean", caption="Listen to the pauses.")
    """
    clips, about = bench(signals, clean=clean, caption=caption, notes=notes or {}, sample_rate=sample_rate)
    return HTML(as_html(clips, about))


def bench(signals: torch.Tensor | Mapping[str, torch.Tensor], *, clean: str, caption: str, sample_rate: int,
          notes: Mapping[str, str] | None = None, shown: Mapping[str, str] = SHOWN
          ) -> tuple[list[Clip], dict[str, Any]]:
    """Return the sounds of a bench, and what its program needs to know beside them."""
    clips, gain = make_clips(signals, sample_rate)
    found = measure(signals, clean, sample_rate, shown) if clean else {}
    tracks = [{"name": clip.name, "warning": clip.warning, "gain": round(clip.match, 4),
               "note": " · ".join(filter(None, [f"{clip.level:.1f} dBFS", found.get(clip.name),
                                                (notes or {}).get(clip.name)]))} for clip in clips]
    quieter = f" All are played {-20 * math.log10(gain):.1f} dB quieter, to protect your ears." if gain < 1 else ""
    return clips, {"sampleRate": sample_rate, "colours": COLOURS, "tracks": tracks, "caption": caption + quieter}


def as_html(clips: Sequence[Clip], about: Mapping[str, Any], *, stands_in: str = "") -> str:
    """Return a bench as HTML that needs nothing else; `stands_in` is the id of a live one that hides it."""
    rows = ""
    for clip, track in zip(clips, about["tracks"], strict=True):
        name, source = html.escape(clip.name), base64.b64encode(clip.flac).decode()
        rows += (f"<div class='listen-plain'><span>{name}</span>"
                 f"<audio controls preload='none' data-name=\"{name}\" aria-label=\"{name}\" "
                 f"src='data:audio/flac;base64,{source}'></audio><small>{html.escape(track['note'])}</small></div>")
    mark = f" data-stands-in='{stands_in}'" if stands_in else ""
    return (f"<div class='listen' data-listen=\"{html.escape(json.dumps(about))}\"{mark}>"
            f"<style>{read('bench.css')}</style><div data-players>{rows}</div>"
            f"<div>{html.escape(about['caption'])}</div></div>"
            f"<script type='module'>{program('dom', 'transport', 'spectrogram', 'bench', 'page')}</script>")


@one_thread()
def measure(signals: torch.Tensor | Mapping[str, torch.Tensor], clean: str, sample_rate: int,
            shown: Mapping[str, str]) -> dict[str, str]:
    """Return the metrics of signals against the clean one among them, as texts by name.

    Raises
    ------
    ValueError
        If there is no clean one, or a length or the sample rate is not that of speech in this course.
    """
    if isinstance(signals, torch.Tensor) or clean not in signals:
        raise ValueError(f"clean: there is no signal {clean!r} to measure against")
    if sample_rate != SAMPLE_RATE:
        raise ValueError(f"metrics are for {SAMPLE_RATE} Hz and not for {sample_rate} Hz: resample first, or leave out "
                         "`clean`")
    s = signals[clean].detach().reshape(-1, signals[clean].shape[-1])[0]  # (T,)
    found = {}
    for name, x in signals.items():
        s_hat = x.detach().reshape(-1, x.shape[-1])[0]
        if name != clean and s_hat.shape == s.shape:
            values = {key: float(getattr(metrics, key)(s_hat, s)) for key in shown}
            found[name] = " · ".join(shown[key].format(value) for key, value in values.items() if math.isfinite(value))
    return found


def program(*names: str) -> str:
    """Return programs of the page, one after the other, for they know each other."""
    return "\n".join(read(f"{name}.js") for name in names)


def read(name: str) -> str:
    """Return a file of this folder."""
    return (FOLDER / name).read_text(encoding="utf-8")
