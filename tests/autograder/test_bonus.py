"""Bonus points rise with what is gained, and nothing else earns any."""

import dataclasses

import pytest
import soundfile
import torch

from autograder import bonus
from autograder.bonus import Clip, Rules, measure, points
from autograder.cli import main
from course_utils import corpus, degrade

RULES = Rules(6.0, {"si_sdr": 3.0, "pesq_wb": 0.1, "estoi": 0.05}, {"si_sdr": 7.0, "pesq_wb": 0.5, "estoi": 0.15})


def clips(si_sdr, pesq_wb, estoi, spread=0.0):
    return [Clip({"si_sdr": si_sdr + k * spread, "pesq_wb": pesq_wb, "estoi": estoi}, 0, 10.0, -10.0)
            for k in torch.linspace(-1, 1, 64).tolist()]


@pytest.fixture(scope="module")
def pair():
    s = corpus.clip("speech", "test", 4, seconds=2.5)
    n = degrade.pink(s.shape, generator=torch.Generator().manual_seed(1))
    return degrade.mix(s, n, snr_db=5.0).flatten(), s.flatten()


def test_nothing_at_wiener_all_at_the_reference_and_in_proportion_between():
    assert points(clips(3, 0.1, 0.05), RULES) == 0
    assert points(clips(7, 0.5, 0.15), RULES) == 6
    assert points(clips(5, 0.3, 0.10), RULES) == 3
    assert points(clips(20, 4, 0.9), RULES) == 6
    assert points(clips(7, 0.1, 0.05), RULES) == 2


def test_more_gain_never_earns_less():
    earned = [points(clips(gain, gain / 14, gain / 46), RULES) for gain in range(-3, 12)]
    assert earned == sorted(earned) and earned[0] == 0


def test_luck_with_some_clips_earns_less_than_the_same_mean_everywhere():
    assert points(clips(5, 0.3, 0.1, spread=6.0), RULES) < points(clips(5, 0.3, 0.1), RULES)


def test_worse_by_one_metric_earns_nothing():
    assert points(clips(9, 0.9, -0.01), RULES) == 0


def test_again_to_the_last_digit():
    some = clips(4.3, 0.21, 0.07, spread=3.0)
    assert bonus.bounds(some) == bonus.bounds([dataclasses.replace(clip) for clip in some])


def test_what_does_nothing_gains_nothing(pair):
    y, s = pair
    clip = measure(y, y, s)
    assert clip.gain == dict.fromkeys(bonus.MEASURES, 0.0) and clip.delay == 0
    assert clip.noise_reduction == pytest.approx(0, abs=0.01) and not clip.problem


@pytest.mark.parametrize("spoil, says", [
    (lambda s: 0 * s, "silent"), (lambda s: s / s.abs().max() * 1.5, "clips"), (lambda s: 0.1 * s, "-20 dB"),
    (lambda s: torch.randn(len(s), generator=torch.Generator().manual_seed(2)).clamp(-1, 1) * 0.1, "dB")])
def test_silence_clipping_and_other_levels_gain_nothing(pair, spoil, says):
    y, s = pair
    clip = measure(spoil(s), y, s)
    assert says in clip.problem and set(clip.gain.values()) == {0.0}


def test_a_delay_is_found_and_taken_out(pair):
    y, s = pair
    better = s + 0.3 * (y - s)
    late = measure(bonus.shift(better, 123), y, s)
    assert late.delay == 123
    assert late.gain["si_sdr"] == pytest.approx(measure(better, y, s).gain["si_sdr"], abs=0.3)


def test_speech_noise_and_what_is_neither_are_told_apart(pair):
    y, s = pair
    reduction, distortion = bonus.split(0.5 * s + 0.05 * (y - s), y, s)
    assert reduction == pytest.approx(20, abs=0.01) and distortion < -80
    buzz = torch.sin(torch.arange(len(s)) * 0.7) * s.square().mean().sqrt() * 2 ** 0.5 * 0.1
    assert bonus.split(s + buzz, y, s)[1] == pytest.approx(-20, abs=1)


@pytest.mark.parametrize("text, says", [
    ("points = 6\n[si_sdr]\nzero = 1\nfull = 2\n", "pesq_wb"),
    ("points = 6\n" + "".join(f"[{name}]\nzero = 2\nfull = 2\n" for name in bonus.MEASURES), "has to be larger")])
def test_rules_that_make_no_sense_are_refused(tmp_path, text, says):
    (tmp_path / "bonus.toml").write_text(text)
    with pytest.raises(ValueError, match=says):
        bonus.load_rules(tmp_path / "bonus.toml")


def test_another_set_of_pairs(tmp_path, monkeypatch, pair, capsys):
    monkeypatch.setenv("COURSE_HELDOUT", str(tmp_path))
    with pytest.raises(ValueError, match="COURSE_HELDOUT"):
        list(bonus.held_out("hidden"))
    for kind, x in zip(("noisy", "clean"), pair, strict=True):
        (tmp_path / "hidden" / kind).mkdir(parents=True)
        soundfile.write(tmp_path / "hidden" / kind / "a.flac", x.numpy(), 16_000)
    ((y, s),) = bonus.held_out("hidden")
    assert torch.allclose(y, pair[0], atol=1e-4) and torch.allclose(s, pair[1], atol=1e-4)
    assert main(["bonus", "wiener"]) == 0
    assert "si_sdr" in capsys.readouterr().out
    soundfile.write(tmp_path / "hidden" / "clean" / "a.flac", pair[1][:-5].numpy(), 16_000)
    with pytest.raises(ValueError, match="samples"):
        list(bonus.held_out("hidden"))
