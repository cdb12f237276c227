"""The network of the lesson on gaps: its training, what was shipped, what it does to recordings, and its bench."""

import csv
import json

import numpy as np
import pytest
import soundfile
import torch

from autograder.bench import gaps as bench
from autograder.enhance import enhance_folder
from autograder.gap_filling import train
from autograder.lesson import Lesson
from autograder.methods import load_method
from course_utils import corpus, degrade, weights


@pytest.fixture(scope="module")
def lesson():
    return Lesson(train.LESSON).namespace()


@pytest.fixture
def recordings(tmp_path, monkeypatch):
    """A small corpus in place of the embedded one: tones over noise, speech and piano, in all splits."""
    rng = np.random.default_rng(1)
    for kind in ("speech", "piano"):
        for split in ("train", "val", "test"):
            (tmp_path / "data" / kind / split).mkdir(parents=True)
            tone = 0.2 * np.sin(0.03 * np.cumsum(1 + 0.1 * rng.standard_normal(16_000)))
            soundfile.write(tmp_path / "data" / kind / split / "a-01.flac", tone + 0.01 * rng.standard_normal(16_000),
                            16_000)
    monkeypatch.setattr(corpus, "EMBEDDED", tmp_path / "data")
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def test_training_writes_weights_and_log_and_says_the_same_from_its_cache(recordings, tmp_path, lesson, capsys):
    def run(name):
        train.main(["--steps", "2", "--count", "60", "--to", str(tmp_path / name), "--cache", str(tmp_path / "cache")])
        return weights.read(tmp_path / name)[0]

    first = run("a.safetensors")
    with (tmp_path / "a.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert [row["step"] for row in rows] == ["2"]
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"train-60-0.safetensors", "val-60-0.safetensors"}
    again = run("b.safetensors")
    assert first.keys() == again.keys()
    assert all(torch.equal(first[name], again[name]) for name in first)
    weights.load(lesson["GapNet"](), tmp_path / "a.safetensors")
    assert "2 steps" in capsys.readouterr().out


def test_windows_of_another_corpus_are_made_anew(tmp_path):
    def kept(of, value):
        made = tuple(torch.full((2, 1), value) for _ in range(5))
        return float(train.cached(tmp_path / "windows.safetensors", of, lambda: made)[0][0, 0])

    assert [kept("one corpus", 1.0), kept("one corpus", 2.0), kept("two corpora", 3.0)] == [1.0, 1.0, 3.0]


def test_a_second_corpus_without_piano_is_used_for_its_speech_and_none_at_all_is_an_error(recordings, tmp_path):
    more = tmp_path / "more" / "speech" / "train"
    more.mkdir(parents=True)
    (more / "b-01.flac").write_bytes((recordings / "speech" / "train" / "a-01.flac").read_bytes())
    folders = [recordings, tmp_path / "more"]
    assert len(train.recordings(folders, "speech", "train", speeds=(1.0,))) == 2
    assert len(train.recordings(folders, "piano", "train", speeds=(1.0, 1.15))[0]) == 2
    with pytest.raises(ValueError, match="no recordings piano/train"):
        train.recordings([tmp_path / "more"], "piano", "train", speeds=(1.0,))


def test_a_window_has_the_gap_in_its_middle_and_the_truth_around_it(recordings, lesson):
    known = train.recordings([recordings], "speech", "train", speeds=(1.0,))[0]
    s, x, f, b, mask = lesson["windows"](known, 6, generator=torch.Generator().manual_seed(1), length=640)
    assert s.shape == x.shape == f.shape == b.shape == mask.shape == (6, 1, 4096)
    assert torch.equal(mask.nonzero()[:640, 2], torch.arange(1728, 2368))
    torch.testing.assert_close(mask * (f + b), mask * x, atol=1e-5, rtol=0)
    assert not ((1 - mask) * f).any()
    assert torch.equal(x[1, 0, :1728], s[1, 0, :1728])
    assert torch.equal(x[1, 0, 2368:], s[1, 0, 2368:])


def test_the_shipped_weights_fit_and_are_small():
    assert train.WEIGHTS.stat().st_size < 5_000_000
    assert train.WEIGHTS.with_suffix(".csv").is_file()
    load_method("gap_fill").run()


def test_shipped_network_beats_silence_repetition_and_linear_prediction_on_speech_and_piano(lesson, monkeypatch):
    monkeypatch.setattr(bench, "GAPS", 60)
    model = lesson["GapNet"]().eval()
    weights.load(model, train.WEIGHTS)
    for kind in ("speech", "piano"):
        known = [corpus.load(path)[0] for path in sorted((corpus.EMBEDDED / kind / "test").glob("*.flac"))]
        row = bench.measure(bench.cut_out(known, 16 * 60, lesson), model, lesson)
        assert row["snr gain"]["mean"] > 0
        assert row["lsd gain"]["mean"] < 0


def test_enhance_fills_gaps_and_leaves_everything_else(tmp_path):
    s = corpus.clip("speech", "test", 0, seconds=2.0)  # (1, 1, T)
    y = degrade.drop_packets(s, rate=0.1, generator=torch.Generator().manual_seed(3))
    y[..., 16_000:18_400] = 0  # 150 ms: too long
    y[..., :500] = 0
    (tmp_path / "in").mkdir()
    soundfile.write(tmp_path / "in" / "a.wav", y[0, 0].numpy(), 16_000, subtype="FLOAT")
    assert enhance_folder("gap_fill", tmp_path / "in", tmp_path / "out") == 0
    filled = torch.from_numpy(soundfile.read(tmp_path / "out" / "a.wav", dtype="float32")[0])  # (T,)
    hidden = (y == 0)[0, 0]
    assert torch.equal(filled[~hidden], y[0, 0, ~hidden])
    assert not filled[16_100:18_300].any()
    assert not filled[:500].any()
    gaps = hidden & (s != 0)[0, 0]
    gaps[15_900:18_500], gaps[:600] = False, False
    assert gaps.sum() > 1000
    assert (filled[gaps] != 0).float().mean() > 0.99
    whole = 0.1 + torch.rand(2, 1, 9000, generator=torch.Generator().manual_seed(1))
    assert torch.equal(load_method("gap_fill").run()(whole), whole)  # no gap, no change
    assert (filled - s[0, 0])[gaps].square().sum() < s[0, 0, gaps].square().sum()


@pytest.mark.parametrize("x", [torch.zeros(1, 16_000), torch.ones(1, 100)])
def test_the_bench_needs_places_with_sound(x, lesson):
    with pytest.raises(ValueError, match="0 places with sound"):
        bench.cut_out([x], 960, lesson)


def test_the_bench_has_a_row_for_each_corpus_and_length(recordings, monkeypatch):
    monkeypatch.setattr(bench, "GAPS", 3)
    bench.main()
    rows = json.loads(bench.TO.read_text())
    assert [(row["corpus"], row["gap_ms"]) for row in rows[:4]] == [("embedded speech", ms) for ms in (20, 40, 60, 80)]
    assert [row["n"] for row in rows] == [3] * 8 + [0] * 8
    for row in rows[:8]:
        assert row["snr silence"]["mean"] == 0
        assert row["lsd silence"]["mean"] > row["lsd linear prediction"]["mean"] > 0
        assert row["snr network"]["low"] <= row["snr network"]["mean"] <= row["snr network"]["high"]
    page = bench.TO.with_suffix(".md").read_text()
    assert "n_fft 512, hop 128" in page
    assert page.count("no recordings") == 8
