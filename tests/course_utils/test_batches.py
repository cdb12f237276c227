"""The batches that networks are trained on: right levels, never silent, seeded, nothing of another split."""

import numpy as np
import pytest
import soundfile
import torch

from course_utils import batches, metrics
from course_utils.batches import NoisySpeech, recolour


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def tones(tmp_path, monkeypatch):
    """A corpus in which each recording is a tone of its own pitch: what a batch is made of can be told by ear."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))

    def write(kind, split, name, hz, seconds=1.0):
        path = tmp_path / kind / split / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        time = np.arange(round(16_000 * seconds)) / 16_000
        soundfile.write(path, 0.3 * np.sin(2 * np.pi * hz * time), 16_000)

    for split, hz in (("train", 1000), ("val", 3000)):
        write("speech", split, "a-1", hz)
        write("speech", split, "b-1", hz, seconds=0.3)
        write("noise", split, "hum-1", hz / 2)
    return write


def test_noisy_and_clean_belong_together_at_the_wanted_ratio():
    y, s = NoisySpeech("val", batch=16, seconds=1.0, snr_db=(3.0, 4.0))(generator())
    assert y.shape == s.shape == (16, 1, 16_000) and y.dtype == s.dtype == torch.float32
    ratio = metrics.snr(y, s)
    assert bool(((ratio > 2.99) & (ratio < 4.01)).all())
    assert float(ratio.std()) > 0.1  # drawn for each item


def test_a_seed_decides_and_levels_vary():
    draw = NoisySpeech("train", batch=12, seconds=0.5)
    (y, s), again, other = draw(generator(1)), draw(generator(1)), draw(generator(2))
    assert torch.equal(y, again[0]) and torch.equal(s, again[1])
    assert not torch.equal(y, other[0])
    level = 10 * y.square().mean(-1).log10()
    assert float(level.max() - level.min()) > 6


def test_the_clean_side_is_of_its_split_only(tones):
    for split, hz in (("train", 1000), ("val", 3000)):
        _, s = NoisySpeech(split, batch=8, seconds=1.0)(generator())
        loudest = torch.fft.rfft(s).abs().argmax(-1)  # bins of 1 Hz
        assert bool(((loudest - hz).abs() <= 2).all())


def test_silent_recordings_are_left_out(tones, tmp_path):
    soundfile.write(tmp_path / "speech" / "train" / "c-1.wav", np.zeros(16_000), 16_000)
    y, s = NoisySpeech("train", batch=32, seconds=0.5)(generator())
    assert bool(s.abs().amax(-1).gt(0).all()) and bool(y.isfinite().all())
    soundfile.write(tmp_path / "noise" / "val" / "hum-1.wav", np.zeros(16_000), 16_000)
    with pytest.raises(ValueError, match="all recordings of noise/val are silent"):
        NoisySpeech("val")


def test_of_a_large_corpus_only_a_part_is_read(tones, monkeypatch):
    for number in range(20):
        tones("speech", "train", f"v{number:02}-1", 1000)
    monkeypatch.setattr(batches, "MOST_SECONDS", 5)
    assert 5 < sum(map(len, NoisySpeech("train").speech)) / 16_000 <= 6


@pytest.mark.parametrize("bad", [{"batch": 0}, {"seconds": 0.0}, {"seconds": -1.0}])
def test_sizes_that_make_no_batch_are_named(bad):
    with pytest.raises(ValueError, match="both have to be positive"):
        NoisySpeech("val", **bad)


def test_an_empty_split_is_named(tones, tmp_path):
    for path in (tmp_path / "noise" / "train").iterdir():
        path.unlink()
    with pytest.raises(ValueError, match="noise/train"):
        NoisySpeech("train")


def test_recolouring_changes_the_colour_and_not_the_pitch():
    time = torch.arange(16_000) / 16_000
    x = sum(torch.sin(2 * torch.pi * hz * time) for hz in (500, 2500, 6500))
    got = torch.fft.rfft(recolour(x, generator=generator())).abs().square()
    peaks = got[[500, 2500, 6500]]
    assert float(got.sum() - peaks.sum()) < 1e-4 * float(peaks.sum())
    assert float(peaks.max() / peaks.min()) > 1.5
