"""What restoration is trained on: low rates with and without aliasing, pieces of both kinds, aligned degradations."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from course_utils import corpus, metrics
from course_utils.dice import Dice
from course_utils.restoration import RATES, Degraded, Pieces, low_rate, piece, read


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def tone(hz, length=16_000):
    return torch.sin(2 * torch.pi * hz * torch.arange(length, dtype=torch.float64) / 16_000).float()[None, None]


@pytest.fixture
def tones(tmp_path):
    """Two corpora in which each recording is a tone of its own pitch; only the first has a piano."""
    def write(folder, kind, split, hz, seconds=1.0):
        path = tmp_path / folder / kind / split / f"{hz}-1.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        time = np.arange(round(16_000 * seconds)) / 16_000
        soundfile.write(path, 0.3 * np.sin(2 * np.pi * hz * time), 16_000)

    for split, more in (("train", 0), ("val", 50)):
        write("one", "speech", split, 1000 + more)
        write("one", "piano", split, 2000 + more)
        write("two", "speech", split, 3000 + more, seconds=0.2)
    return [tmp_path / "one", tmp_path / "two"]


@pytest.mark.parametrize("r", [2, 3, 4])
def test_a_low_rate_keeps_what_it_can_hold_and_folds_only_if_aliased(r):
    inner = slice(800 // r, -800 // r)
    below, above = tone(0.6 * 8000 / r), tone(1.4 * 8000 / r)
    kept = low_rate(below, r, aliased=False)
    assert torch.allclose(kept[..., inner], below[..., ::r][..., inner], atol=0.01)
    assert float(low_rate(above, r, aliased=False)[..., inner].abs().max()) < 0.01
    folded = low_rate(above, r, aliased=True)  # at 2 - 1.4 = 0.6 times the highest frequency, and turned around
    assert torch.allclose(folded[..., inner], -below[..., ::r][..., inner], atol=1e-3)


def test_a_lower_cutoff_filters_more():
    x = tone(1800)
    levels = [float(low_rate(x, 4, aliased=False, cutoff=cutoff)[..., 200:-200].abs().max()) for cutoff in (1.0, 0.8)]
    assert levels[0] > 0.9 and levels[1] < 0.1


@pytest.mark.parametrize("r, options, said", [(0, {}, "0 times lower"), (2, {"cutoff": 1.5}, "cutoff 1.5")])
def test_a_rate_or_a_cutoff_that_cannot_be(r, options, said):
    with pytest.raises(ValueError, match=said):
        low_rate(torch.ones(8), r, aliased=False, **options)


def test_pieces_are_of_all_kinds_and_corpora_and_of_their_split_only(tones):
    for split, more in (("train", 0), ("val", 50)):
        s = Pieces(split, batch=60, length=8000, folders=tones)(generator())
        assert s.shape == (60, 1, 8000)
        hz = 2 * torch.fft.rfft(s).abs().argmax(-1).flatten()
        found = {int(100 * round(float(one - more) / 100)): int((hz == one).sum()) for one in hz.unique()}
        assert set(found) == {1000, 2000, 3000}
        assert 20 <= found[2000] <= 40  # half of the draws are piano, though one corpus has none


def test_pieces_have_a_seed_and_levels():
    draw = Pieces("val", kinds=["speech"], batch=12, length=2000)
    s = draw(generator(1))
    assert torch.equal(s, draw(generator(1))) and not torch.equal(s, draw(generator(2)))
    assert bool(s.flatten(1).any(1).all())


def test_val_stands_in_where_there_is_no_test(tones):
    s = Pieces("test", kinds=["piano"], batch=2, length=8000, folders=tones)(generator())
    assert set((2 * torch.fft.rfft(s).abs().argmax(-1)).flatten().tolist()) == {2050}


def test_no_recordings_of_a_kind(tones):
    with pytest.raises(ValueError, match="piano"):
        Pieces("train", kinds=["piano"], folders=tones[1:])
    with pytest.raises(ValueError, match="noise"):
        Degraded("denoise", "train", folders=tones)
    with pytest.raises(ValueError, match="no audio folder nowhere"):
        Pieces("train", folders=[*tones, Path("nowhere")])
    with pytest.raises(ValueError, match="declick"):
        Degraded("declick", "train")


def test_a_short_recording_is_repeated(tones):
    found = piece(read("speech", "train", tones[1:]), 8000, Dice(generator()))
    assert found.shape == (8000,) and int(2 * torch.fft.rfft(found).abs().argmax()) == 3000


def test_recordings_are_those_that_the_corpus_lists(tones):
    for path in (tones[0] / "speech" / "train").iterdir():
        path.rename(path.with_suffix(".WAV"))
    assert len(read("speech", "train", tones[:1])[0]) == len(corpus.files_of(tones[0], "speech", "train")) > 0


@pytest.mark.parametrize("task", RATES)
def test_a_degraded_batch_has_its_length_and_its_seed(task):
    s, degrade = Pieces("val", length=8002)(generator()), Degraded(task, "val")
    before = s.clone()
    y = degrade(s, generator(3))
    assert y.shape == (4, 1, -(-8002 // RATES[task])) and bool(torch.isfinite(y).all())
    assert torch.equal(s, before)
    assert torch.equal(y, degrade(s, generator(3))) and not torch.equal(y, degrade(s, generator(4)))


def test_low_rates_are_filtered_and_aliased_in_turn():
    s, degrade = tone(3000).repeat(40, 1, 1), Degraded("super_resolution_x4", "val")
    loud = degrade(s, generator())[..., 200:-200].abs().amax((1, 2)) > 0.5  # (40,)
    assert 10 <= int(loud.sum()) <= 30


def test_noise_is_within_its_range():
    s = Pieces("val", batch=30, length=16_000)(generator())
    ratio = metrics.snr(Degraded("denoise", "val")(s, generator(1)), s)
    assert float(ratio.min()) > -0.01 and float(ratio.max()) < 15.01 and float(ratio.std()) > 2


def test_a_room_leaves_the_direct_sound_in_its_place():
    click = torch.zeros(6, 1, 16_000)
    click[..., 4000] = 0.5
    y = Degraded("dereverberate", "val")(click, generator())
    assert torch.allclose(y[..., 4000], torch.full((6, 1), 0.5), atol=1e-3)
    assert bool((y[..., 4001:].square().sum(-1) > 1e-6).all())


def test_the_embedded_corpus_has_both_kinds():
    assert all(read(kind, split, [corpus.EMBEDDED]) for kind in ("speech", "piano") for split in corpus.SPLITS)
