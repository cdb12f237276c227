"""The clips that every lesson's table is made of."""

import pytest
import torch

from course_utils import metrics, results


def test_clips_are_noisy_and_clean_versions_of_one_another(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))  # they are the course's own, whatever the corpus is
    noisy, clean = results.clips()
    assert noisy.shape == clean.shape == (6, 1, 48_000)
    ratio = metrics.snr(noisy, clean)
    assert bool(((ratio > -0.1) & (ratio < 10.1)).all())


def test_a_lesson_gets_the_methods_before_it():
    found = results.before("wiener")
    assert list(found) == ["noisy", "spectral subtraction"]
    assert torch.equal(found["noisy"], results.clips()[0])
    assert list(results.before("spectral_subtraction")) == ["noisy"]
    assert list(results.before("unet"))[:2] == list(found)


def test_a_method_that_nobody_has_run_is_left_out(monkeypatch, tmp_path):
    for name in ("noisy", "clean", "wiener"):
        (tmp_path / f"{name}.flac").write_bytes((results.FOLDER / "noisy.flac").read_bytes())
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    assert list(results.before("unet")) == ["noisy", "Wiener filter"]


def test_an_unknown_method_is_named():
    with pytest.raises(ValueError, match="no method 'magic'; there are: spectral_subtraction, wiener"):
        results.before("magic")
