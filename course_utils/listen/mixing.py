"""A bench with knobs: what a function makes of their values is heard and seen at once."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import anywidget
import ipywidgets
import torch
import traitlets
from IPython.display import HTML, display

from course_utils.listen.bench import SHOWN, as_html, bench, program, read
from course_utils.signal import SAMPLE_RATE

QUICK = {name: text for name, text in SHOWN.items() if name != "pesq_wb"}
"""Metrics that follow a knob: PESQ takes too long."""


class LiveBench(anywidget.AnyWidget):
    """The bench of `compare` as a widget, whose sounds can be changed."""

    _esm = program("dom", "transport", "spectrogram", "bench", "live")
    _css = read("bench.css")
    about = traitlets.Dict().tag(sync=True)
    files: traitlets.List = traitlets.List().tag(sync=True)


def mix(make: Callable[..., Mapping[str, torch.Tensor]], *, clean: str = "", caption: str = "",
        sample_rate: int = SAMPLE_RATE, **knobs: Any) -> None:
    """Show a bench with knobs: whenever one is turned, it goes on with what `make` returns for their values.

    Where there is no kernel, as in an exported page, the bench stays with the sounds of the first values.

    Parameters
    ----------
    make : callable
        Gets the knobs' values by name, and returns the versions, name -> waveform (..., time), as for `compare`.
    clean, caption, sample_rate
        As for `compare`; of the metrics, SI-SDR and ESTOI follow.
    **knobs
        As for `ipywidgets.interact`: a widget, a tuple (low, high, step) for a slider, a list for a choice.

    Raises
    ------
    ValueError
        As `compare` does.

    Examples
    --------
    >>> s, n = torch.zeros(2, 1, 1, 16000) + 0.1
    >>> mix(lambda gain: {"clean": s, "noisy": s + gain * n}, gain=(0.0, 1.0, 0.1))  # doctest: +SKIP
    """
    name, live = uuid4().hex, LiveBench()
    first: list[str] = []

    def turn(**values: Any) -> None:
        """Let the bench have the sounds for these values."""
        clips, about = bench(make(**values), clean=clean, caption=caption, sample_rate=sample_rate, shown=QUICK)
        if not first:
            first.append(as_html(clips, about, stands_in=name))
        with live.hold_sync():  # one message, so that names and sounds belong together
            live.about, live.files = {**about, "id": name}, [clip.flac for clip in clips]

    controls = ipywidgets.interactive(turn, **knobs)
    *turned, said = controls.children
    controls.children = [*turned, live, said]
    if first:  # otherwise `make` failed, and its traceback is shown
        display(HTML(first[0]))
        display(controls)
