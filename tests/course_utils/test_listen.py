"""Players keep levels honest, protect ears, work without a network and show hostile names as text."""

import base64
import io
import re

import numpy as np
import pytest
import soundfile
import torch

from course_utils import listen


def played(player) -> list[np.ndarray]:
    return [soundfile.read(io.BytesIO(base64.b64decode(data)))[0] for data in
            re.findall(r"data:audio/flac;base64,([^']*)'", player.data)]


def tone(level):
    return level * torch.sin(torch.arange(16000) * 0.3).reshape(1, 1, -1)


def test_one_quiet_signal_is_played_as_quiet_as_it_is():
    (x,) = played(listen.play(tone(0.01)))
    assert abs(x).max() == pytest.approx(0.01, abs=1e-4)


def test_signals_keep_their_ratio_when_the_loudest_would_clip():
    player = listen.play({"loud": tone(4.0), "quiet": tone(0.4)})
    loud, quiet = played(player)
    assert abs(loud).max() <= 0.91 and abs(loud).max() / abs(quiet).max() == pytest.approx(10, rel=1e-2)
    assert "13.0 dB quieter" in player.data


def test_a_click_at_the_ends_is_faded():
    (x,) = played(listen.play(torch.ones(1, 1, 16000) * 0.5))
    assert abs(x[0]) < 0.01 and abs(x[-1]) < 0.01 and x[8000] == pytest.approx(0.5, abs=1e-3)


def test_level_caption_and_notes_are_shown():
    text = listen.play({"noisy": tone(0.1)}, notes={"noisy": "SNR 5 dB"}, caption="Hear the hiss.").data
    assert "-23.0 dBFS · SNR 5 dB" in text and "Hear the hiss." in text and 'aria-label="noisy"' in text


def test_names_are_shown_as_text_and_nothing_comes_from_outside():
    text = listen.play({"<script>alert(1)</script>": tone(0.1)}).data
    assert "<script" not in text and "http" not in text


@pytest.mark.parametrize("signals, words", [
    ({}, "nothing to play"), ({"a": torch.tensor([torch.nan])}, "a: 1 of its samples"), (torch.zeros(0), "time > 0")])
def test_bad_input_is_named(signals, words):
    with pytest.raises(ValueError, match=words):
        listen.play(signals)
