"""Pictures of signals: waveforms, spectrograms, masks, side by side on shared scales, and tables of results.

Axes carry units (s, kHz, dB). Spectrograms are drawn with `magma` and masks with `cividis`, whose lightness rises
steadily, so that they read in grey and for colour-blind eyes. Every function draws into `ax` if it gets one.
"""

from collections.abc import Mapping
from html import escape

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import HTML
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from course_utils.signal import HOP_LENGTH, SAMPLE_RATE, check_waveform, power_to_db, stft

# Legible at the width of a notebook, and small enough that a lesson's page stays light.
plt.rcParams.update({"figure.dpi": 90, "axes.titlesize": "medium", "axes.spines.top": False,
                     "axes.spines.right": False, "image.interpolation": "nearest"})

SPAN_DB = 80.0
"""Range of levels that a spectrogram shows below its maximum."""
LEVELS = plt.get_cmap("magma", 64)
"""Its colours, in steps of 1.25 dB: nobody sees the difference, and a picture of noise is a quarter smaller."""


def waveform(x: torch.Tensor, *, title: str = "", ax: Axes | None = None, sample_rate: int = SAMPLE_RATE) -> Axes:
    """Draw the first waveform of a batch over time.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.
    title : str
        Title of the picture.
    ax : Axes, optional
        Where to draw; by default a new figure.
    sample_rate : int
        Samples per second.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ValueError
        If `x` is not a waveform.
    """
    check_waveform(x)
    ax = ax or plt.subplots(figsize=(9, 2), layout="constrained")[1]
    first = x.detach().cpu().reshape(-1, x.shape[-1])[0].numpy()  # (T,)
    ax.plot(np.arange(len(first)) / sample_rate, first, linewidth=0.5)
    ax.set(title=title, xlabel="time (s)", ylabel="amplitude", xlim=(0, len(first) / sample_rate))
    return ax


def spectrogram(X: torch.Tensor, *, title: str = "", ax: Axes | None = None, vmax: float | None = None,
                sample_rate: int = SAMPLE_RATE, hop_length: int = HOP_LENGTH) -> Axes:
    """Draw the power of the first spectrogram of a batch, in dB.

    Parameters
    ----------
    X : torch.Tensor [shape=(..., frequency, frame)]
        Complex spectrogram, or its magnitude.
    title : str
        Title of the picture.
    ax : Axes, optional
        Where to draw; by default a new figure.
    vmax : float, optional
        Level of the brightest colour in dB; by default the highest in the picture. The darkest is 80 dB below.
    sample_rate, hop_length : int
        Samples per second, and from one frame to the next.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ValueError
        If `X` has fewer than two axes.
    """
    level = power_to_db(_first(X).abs().square())  # (F, K)
    top = float(level.max()) if vmax is None else vmax
    ax = ax or plt.subplots(figsize=(9, 3), layout="constrained")[1]
    image = _image(level, ax, title, sample_rate, hop_length, cmap=LEVELS, vmin=top - SPAN_DB, vmax=top)
    ax.figure.colorbar(image, ax=ax, label="power (dB)", pad=0.01)
    return ax


def mask(H: torch.Tensor, *, title: str = "", ax: Axes | None = None, sample_rate: int = SAMPLE_RATE,
         hop_length: int = HOP_LENGTH) -> Axes:
    """Draw the first mask of a batch: what a filter keeps (1) and takes away (0) over time and frequency.

    Parameters
    ----------
    H : torch.Tensor [shape=(..., frequency, frame)]
        Real mask.
    title : str
        Title of the picture.
    ax : Axes, optional
        Where to draw; by default a new figure.
    sample_rate, hop_length : int
        Samples per second, and from one frame to the next.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ValueError
        If `H` has fewer than two axes.
    """
    ax = ax or plt.subplots(figsize=(9, 3), layout="constrained")[1]
    image = _image(_first(H), ax, title, sample_rate, hop_length, cmap="cividis", vmin=0, vmax=1)
    ax.figure.colorbar(image, ax=ax, label="gain", pad=0.01)
    return ax


def compare(signals: Mapping[str, torch.Tensor], *, waveforms: bool = True) -> Figure:
    """Draw several waveforms below each other, each with its spectrogram, all on the same scales.

    Parameters
    ----------
    signals : mapping of str to torch.Tensor [shape=(..., time)]
        Title -> waveform.
    waveforms : bool
        Draw the waveforms too, and not only the spectrograms.

    Returns
    -------
    Figure
        The picture. A spectrogram's colours mean the same level in every row.

    Raises
    ------
    ValueError
        If there is nothing to draw, or a value is not a waveform.
    """
    if not signals:
        raise ValueError("signals: there is nothing to compare")
    spectra = {name: stft(x.detach().cpu()) for name, x in signals.items()}
    top = max(float(power_to_db(_first(X).abs().square()).max()) for X in spectra.values())
    peak = max(float(x.detach().abs().max()) for x in signals.values()) or 1.0
    columns = 2 if waveforms else 1
    figure, grid = plt.subplots(len(signals), columns, figsize=(11, 2.1 * len(signals) + 0.4), squeeze=False,
                                sharex=True, layout="constrained", width_ratios=(2, 3)[-columns:])
    for row, (name, x) in zip(grid, signals.items(), strict=True):
        if waveforms:
            waveform(x, title=name, ax=row[0]).set_ylim(-1.05 * peak, 1.05 * peak)
        spectrogram(spectra[name], title="" if waveforms else name, ax=row[-1], vmax=top)
    for ax in grid[:-1].flat:
        ax.set_xlabel("")
    return figure


def table(rows: Mapping[str, Mapping[str, float]], *, caption: str = "") -> HTML:
    """Show results as a table: a row for each method, a column for each measure.

    Parameters
    ----------
    rows : mapping of str to mapping of str to float
        Method -> measure -> value, as `metrics.evaluate` gives them.
    caption : str
        What the numbers are, below the table.

    Returns
    -------
    HTML
        To be shown as the last value of a cell, or by `display`.
    """
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    head = "".join(f"<th scope='col'>{_heading(column)}</th>" for column in columns)
    body = "".join(
        f"<tr><th scope='row' style='text-align:left'>{escape(str(name))}</th>"
        + "".join(f"<td>{'-' if np.isnan(row.get(column, np.nan)) else f'{row[column]:.2f}'}</td>"
                  for column in columns) + "</tr>" for name, row in rows.items())
    return HTML(f"<table><caption style='caption-side:bottom;text-align:left'>{escape(caption)}</caption>"
                f"<thead><tr><th scope='col'></th>{head}</tr></thead><tbody>{body}</tbody></table>")


def _heading(measure: str) -> str:
    known = {"snr": "SNR (dB) ↑", "si_sdr": "SI-SDR (dB) ↑", "lsd": "LSD ↓", "pesq_wb": "PESQ-WB ↑",
             "stoi": "STOI ↑", "estoi": "ESTOI ↑"}
    return known.get(measure, escape(str(measure)))


def _first(X: torch.Tensor) -> torch.Tensor:
    if X.ndim < 2:
        raise ValueError(f"spectrogram: expected shape (..., frequency, frame), got {tuple(X.shape)}")
    return X.detach().cpu().reshape(-1, *X.shape[-2:])[0]


def _image(values: torch.Tensor, ax: Axes, title: str, sample_rate: int, hop_length: int, **options) -> AxesImage:
    # The time of a frame and the frequency of a bin are in the middle of their rectangle.
    hop, highest = hop_length / sample_rate, sample_rate / 2000  # s, kHz
    half_bin = highest / max(1, values.shape[-2] - 1) / 2
    extent = (-hop / 2, (values.shape[-1] - 0.5) * hop, -half_bin, highest + half_bin)
    image = ax.imshow(values.numpy(), origin="lower", aspect="auto", extent=extent, **options)
    ax.set(title=title, xlabel="time (s)", ylabel="frequency (kHz)", ylim=(0, highest))
    return image
