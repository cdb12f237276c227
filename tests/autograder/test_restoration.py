"""The bench of restoration models: which clips, which numbers, and what it says where recordings are missing."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from torchaudio.functional import resample

from autograder.bench import depth
from autograder.bench import restoration as bench
from autograder.methods import Method
from course_utils import metrics
from course_utils.restoration import low_rate
from course_utils.trial import interval

ORDERED = {"task", "corpus", "n", "snr_in", "snr_spline", "snr_out", "lsd_in", "lsd_spline", "lsd_out"}


def sinc(r):
    """Return a method that does what a player does."""
    return Method(f"super_resolution_x{r}", lambda y: resample(y, 1, r, lowpass_filter_width=64), rate=r)


@pytest.fixture
def audio(tmp_path, monkeypatch):
    """A folder to work in, with a corpus of its own in place of the embedded one, and stand-ins for the models."""
    known = {"super_resolution_x2": sinc(2), "denoise": Method("denoise", lambda y: 0.5 * y)}
    monkeypatch.setattr(bench, "CELLS", [(task, kind) for task, kind in bench.CELLS if task in known])
    monkeypatch.setattr(bench, "load_method", known.__getitem__)
    monkeypatch.setattr(bench.corpus, "EMBEDDED", tmp_path / "data")
    monkeypatch.setattr(bench, "CLIPS", 4)
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(1)
    for kind in ("speech/test", "noise/test", "piano/val"):
        (tmp_path / "data" / kind).mkdir(parents=True)
        for name in "ab":
            noise = 0.1 * np.cumsum(rng.standard_normal((2, 72_001)), axis=1)
            soundfile.write(tmp_path / "data" / kind / f"{name}.flac", 0.3 * np.sin(noise[0]), 16_000)
    return tmp_path / "data"


def rows():
    bench.main()
    return json.loads(bench.TO.read_text())


def test_the_file_has_what_was_ordered_and_the_table_says_the_same(audio, capsys):
    found = rows()
    assert [(row["task"], row["kind"], row["corpus"]) for row in found[:4]] == [
        ("super_resolution_x2", "filtered", corpus) for corpus in
        ("embedded speech", "embedded piano", "real speech", "real piano")]
    assert len(found) == 12  # x2 filtered and aliased, and noise; what has no model is left out
    for row in found[:2]:
        assert row.keys() >= ORDERED
        assert row["n"] == 2  # of each recording of 4.5 s the first 4 s; half a second is too short
    printed, page = capsys.readouterr().out, bench.TO.with_suffix(".md").read_text()
    for row in found:
        assert bench.line(row) in printed and bench.line(row) in page
    assert f"{found[0]['snr_in']:.2f} (" in bench.line(found[0])
    long = page.partition("n_fft 2048, in")[2]
    assert bench.line(found[0], "lsd2048") in long and "denoise" not in long
    for stated in ("n_fft 512", "hop 128", "log10", "over frames", "over frequencies"):
        assert stated in page


def test_what_is_missing_is_said(audio, monkeypatch):
    found = rows()
    assert {row["missing"] for row in found if row["corpus"].startswith("real")} == {"COURSE_DATA is not set"}
    assert all("COURSE_DATA is not set" in bench.line(row) for row in found if row["corpus"] == "real piano")
    monkeypatch.setenv("COURSE_DATA", str(audio))
    again = rows()
    assert {"missing" in row for row in again} == {False}
    assert [row["snr_out"] for row in again if row["corpus"] == "real speech"] == [
        row["snr_out"] for row in again if row["corpus"] == "embedded speech"]


def test_a_corpus_without_noises_is_a_row_that_says_so(audio, monkeypatch, tmp_path):
    shutil.copytree(audio / "speech", tmp_path / "real" / "speech")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "real"))
    missing = {(row["task"], row["corpus"]): row.get("missing", "") for row in rows()}
    assert "no recordings of noise" in missing["denoise", "real speech"]
    assert missing["super_resolution_x2", "real speech"] == "" == missing["denoise", "embedded speech"]


def test_numbers_are_those_of_a_slow_look(audio):
    row = next(row for row in rows() if row["kind"] == "aliased" and row["corpus"] == "embedded piano")
    paths = sorted((audio / "piano" / "val").glob("*.flac"))
    snr, lsd = [], []
    for path in paths:
        s = torch.from_numpy(soundfile.read(path, dtype="float32")[0])[None, None, :64_000]
        s_hat = resample(low_rate(s, 2, aliased=True), 1, 2, lowpass_filter_width=64)
        snr.append(float(metrics.snr(s_hat, s)))
        lsd.append(float(metrics.lsd(s_hat, s)))
    assert row["n"] == 2
    assert row["snr_sinc"] == row["snr_out"] == pytest.approx(np.mean(snr), abs=1e-3)
    assert row["lsd_out"] == pytest.approx(np.mean(lsd), abs=1e-3)
    assert row["snr_out_interval"] == pytest.approx(interval(snr), abs=1e-3)


def test_a_gain_is_over_the_better_of_input_and_spline_and_doubted_if_it_may_be_none():
    s = torch.sin(torch.arange(16_000) / 7)[None, None]
    near, far = s + 0.01 * torch.randn(s.shape), s + 0.1 * torch.randn(s.shape)
    best = s + 0.001 * torch.randn(s.shape)
    row = {"task": "t", "kind": "", "corpus": "c", **bench.measure([bench.Clip(s, s, far, near, far)] * 3, [best] * 3)}
    assert row["snr_gain"] == pytest.approx(20, abs=0.5)
    assert "?" not in bench.line(row)
    row |= bench.measure([bench.Clip(s, s, near, far, far)] * 3, [far] * 3)
    assert bench.line(row).count(" worse |") == 2
    row |= bench.measure([bench.Clip(s, s, near, near, far)] * 2, [best, far])
    assert row["snr_gain"] == pytest.approx(0, abs=0.5)
    assert bench.line(row).count(" ? |") == 2


@pytest.mark.parametrize("r", [2, 4])
@pytest.mark.parametrize("length", [4, 400])
def test_the_spline_goes_through_the_samples_and_is_exact_for_a_cubic(r, length):
    t = np.arange(length * r) / (length * r)
    x = torch.from_numpy(2 * t**3 - t**2 + 0.3 * t - 0.1).float()[None, None]
    torch.testing.assert_close(bench.spline(x[..., ::r], r), x, atol=1e-5, rtol=0)


def test_the_page_is_where_make_bench_says(audio):
    rows()
    assert {path.name for path in Path("build/bench").iterdir()} == {"restoration.json", "restoration.md"}


def test_depth_and_dropout_are_told_apart_and_stand_beside_the_projects_numbers(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(bench, "CLIPS", 1)
    monkeypatch.setattr(depth, "STEPS", 1)
    monkeypatch.setattr(depth, "PROJECT", {(4, 0.5): (27.42, 1.65, 2.32, 1.39), (2, 0.2): ()})
    depth.main()
    first, second = json.loads(depth.TO.read_text())
    assert (first["depth"], first["dropout"], second["depth"], second["dropout"]) == (4, 0.5, 2, 0.2)
    assert first["parameters"] > second["parameters"] > 0
    assert first["snr_spline"] == second["snr_spline"]
    # One step away from an untrained network, which gives back the spline.
    assert first["snr_out"] == pytest.approx(first["snr_spline"], abs=3)
    page = depth.TO.with_suffix(".md").read_text()
    assert "| 27.42 | 1.65 | 2.32 | 1.39 |" in page and f"| {first['snr_out']:.2f} (" in page
    assert depth.line(second) in capsys.readouterr().out
