"""Players keep levels honest, protect ears, work without a network and show hostile names as text."""

import base64
import io
import json
import re
from html import unescape

import numpy as np
import pytest
import soundfile
import torch

from course_utils import corpus, degrade, listen, metrics
from course_utils.signal import SAMPLE_RATE


def played(bench) -> list[np.ndarray]:
    return [soundfile.read(io.BytesIO(base64.b64decode(data)))[0] for data in
            re.findall(r"data:audio/flac;base64,([^']*)'", bench.data)]


def about(bench) -> dict:
    return json.loads(unescape(re.search(r'data-listen="([^"]*)"', bench.data)[1]))


def tone(level, seconds=1.0):
    return level * torch.sin(torch.arange(round(seconds * SAMPLE_RATE)) * 0.3).reshape(1, 1, -1)


def noise(level, seconds=1.0):
    return level * torch.randn(1, round(seconds * SAMPLE_RATE), generator=torch.Generator().manual_seed(1))


def test_one_quiet_signal_is_played_as_quiet_as_it_is():
    (x,) = played(listen.compare(tone(0.01)))
    assert abs(x).max() == pytest.approx(0.01, abs=1e-4)


def test_signals_keep_their_ratio_when_the_loudest_would_clip():
    bench = listen.compare({"loud": tone(4.0), "quiet": tone(0.4)})
    loud, quiet = played(bench)
    assert abs(loud).max() <= 0.9 and abs(loud).max() / abs(quiet).max() == pytest.approx(10, rel=1e-2)
    assert "dB quieter" in bench.data and "would clip" in about(bench)["tracks"][0]["warning"]


@pytest.mark.parametrize("sound", [noise(0.3), noise(100.0), tone(0.9),
                                   torch.cat([noise(0.001), noise(0.5, 0.2), noise(0.001)], -1)])
def test_nothing_is_louder_than_loud_speech(sound):
    (x,) = played(listen.compare(sound))
    blocks = torch.from_numpy(x).unfold(0, 3200, 800)  # of 0.2 s
    assert float(blocks.square().mean(-1).max()) < 10 ** (-8 / 10)


def test_a_click_at_the_ends_is_faded():
    (x,) = played(listen.compare(torch.ones(1, 1, 16000) * 0.1))
    assert abs(x[0]) < 0.01 and abs(x[-1]) < 0.01 and x[8000] == pytest.approx(0.1, abs=1e-3)


def test_level_caption_notes_and_metrics_are_shown():
    s = corpus.clip("speech", "test", 1, seconds=2.0)
    y = degrade.mix(s, noise(1.0, 2.0)[None], snr_db=5.0)
    bench = listen.compare({"clean": s, "noisy": y}, clean="clean", notes={"noisy": "a fan"}, caption="Hear the hiss.")
    clean, noisy = (track["note"] for track in about(bench)["tracks"])
    assert "PESQ" not in clean and clean.endswith("dBFS") and "Hear the hiss." in bench.data
    assert f"SI-SDR 5.0 dB · PESQ {float(metrics.pesq_wb(y, s)):.2f} · ESTOI" in noisy and noisy.endswith("a fan")


def test_same_loudness_makes_versions_equally_loud_and_clips_none():
    s = corpus.clip("speech", "test", 1, seconds=3.0)
    bench = listen.compare({"speech": s, "softer": 0.2 * s, "click": torch.eye(1, 48000)})
    speech, softer, click = (track["gain"] for track in about(bench)["tracks"])
    assert softer / speech == pytest.approx(5, rel=1e-2)
    assert all(gain * abs(x).max() <= 0.901 for gain, x in zip((speech, softer, click), played(bench), strict=True))


@pytest.mark.parametrize("signals, says", [
    ({"a": 0 * tone(0.1)}, "silent"), ({"a": tone(0.1), "b": tone(0.1, 0.75)}, "0.250 s shorter"),
    ({"a": tone(0.1, 600)}, "first 60")])
def test_what_is_odd_is_said(signals, says):
    bench = listen.compare(signals)
    assert says in about(bench)["tracks"][-1]["warning"]
    assert max(map(len, played(bench))) <= 60 * SAMPLE_RATE


@pytest.mark.parametrize("loud", [0.02, 0.3, 1000.0])
def test_five_clips_of_ten_seconds_make_at_most_two_megabytes(loud):
    assert len(listen.compare({str(k): noise(loud, 10) for k in range(5)}).data) < 2e6


def test_fewer_bits_are_not_heard():
    x = noise(0.09, 10)
    (heard,) = played(listen.compare(x))
    inner = slice(200, -200)
    assert float(metrics.snr(torch.from_numpy(heard[inner]).float()[None], x[:, inner])) > 60


def test_names_are_shown_as_text_and_nothing_comes_from_outside():
    text = listen.compare({"<script>alert(1)</script>'\"": tone(0.1)}, caption="<b>").data
    assert "<script>alert" not in text and "<b>" not in text and "http" not in text


@pytest.mark.parametrize("signals, more, words", [
    ({}, {}, "nothing to play"), ({"a": torch.tensor([torch.nan])}, {}, "a: 1 of its samples"),
    (torch.zeros(0), {}, "time > 0"), ({"a": tone(0.1)}, {"clean": "b"}, "there is no signal 'b'"),
    ({"a": tone(0.1)}, {"clean": "a", "sample_rate": 8000}, "resample first")])
def test_bad_input_is_named(signals, more, words):
    with pytest.raises(ValueError, match=words):
        listen.compare(signals, **more)
