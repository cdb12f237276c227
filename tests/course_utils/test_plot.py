"""Pictures: right scales, right units, and a clear word on what cannot be drawn."""

import matplotlib.pyplot as plt
import pytest
import torch

from course_utils import plot
from course_utils.signal import stft

TONE = torch.sin(2 * torch.pi * 2000 * torch.arange(16000) / 16000).reshape(1, 1, -1)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_a_tone_is_brightest_at_its_frequency():
    ax = plot.spectrogram(stft(TONE))
    (image,) = ax.images
    left, right, bottom, top = image.get_extent()
    row = image.get_array().mean(1).argmax()
    assert bottom + (row + 0.5) / 257 * (top - bottom) == pytest.approx(2.0, abs=1e-6)  # kHz
    assert (left, right) == pytest.approx((-0.004, 1.004), abs=0.005)
    assert ax.get_xlabel() == "time (s)" and ax.get_ylabel() == "frequency (kHz)"


def test_compared_signals_share_their_scales():
    figure = plot.compare({"loud": TONE, "quiet": 0.01 * TONE})
    limits = {ax.images[0].get_clim() for ax in figure.axes if ax.images}
    heights = {ax.get_ylim() for ax in figure.axes if ax.lines}
    assert len(limits) == 1 and len(heights) == 1
    assert [ax.get_title() for ax in figure.axes if ax.lines] == ["loud", "quiet"]


def test_a_mask_is_drawn_from_0_to_1_whatever_it_holds():
    assert plot.mask(torch.full((1, 1, 257, 10), 0.5)).images[0].get_clim() == (0, 1)


def test_table_shows_missing_values_as_missing():
    text = plot.table({"noisy": {"snr": 5.0, "pesq_wb": float("nan")}, "clean": {"snr": 12.345}}, caption="Mean.").data
    assert "12.35" in text and text.count("<td>-</td>") == 2 and "SNR (dB)" in text and "Mean." in text


def test_a_table_shows_names_as_they_are_written():
    text = plot.table({"d < 8": {"error, |X| & phase": 1.0}}, caption="a < b").data
    assert "d &lt; 8" in text and "|X| &amp; phase" in text and "a &lt; b" in text


def test_silence_can_be_drawn():
    plot.compare({"silence": torch.zeros(1, 1, 1600)})


@pytest.mark.parametrize("call", [lambda: plot.compare({}), lambda: plot.waveform(torch.zeros(0)),
                                  lambda: plot.spectrogram(torch.zeros(257)), lambda: plot.mask(torch.zeros(3))])
def test_bad_input_is_an_error(call):
    with pytest.raises(ValueError, match=r"expected|nothing"):
        call()
