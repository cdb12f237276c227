"""Bonus points rise with what is gained, and nothing else earns any."""

import dataclasses

import pytest
import soundfile
import torch

from autograder import bonus, final
from autograder.bonus import Rules
from autograder.cli import main
from autograder.methods import load_method
from course_utils import corpus
from course_utils.trial import MEASURES, Clip, Pair, intervals

RULES = Rules(6.0, {"si_sdr": 3.0, "pesq_wb": 0.1, "estoi": 0.05}, {"si_sdr": 7.0, "pesq_wb": 0.5, "estoi": 0.15})


def points(clips, rules):
    return bonus.points(intervals(clips), rules)


def clips(si_sdr, pesq_wb, estoi, spread=0.0):
    return [Clip({"si_sdr": si_sdr + k * spread, "pesq_wb": pesq_wb, "estoi": estoi}, 0, 10.0, -10.0)
            for k in torch.linspace(-1, 1, 64).tolist()]


@pytest.fixture(scope="module")
def pair():
    """A second and a half of speech in white noise."""
    s = corpus.clip("speech", "test", 4, seconds=1.5).flatten()
    return Pair(s + 0.02 * torch.randn(len(s), generator=torch.Generator().manual_seed(1)), s)


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


def test_harm_by_one_metric_costs_all():
    assert points(clips(9, 0.9, -0.01), RULES) == 0
    assert points([*clips(9, 0.9, -0.01), *clips(9, 0.9, 0.012)], RULES) == 4  # uncertain: that third is lost


def test_again_to_the_last_digit():
    some = clips(4.3, 0.21, 0.07, spread=3.0)
    assert intervals(some) == intervals([dataclasses.replace(clip) for clip in some])


@pytest.mark.parametrize("text, says", [
    ("points = 6\n[si_sdr]\nzero = 1\nfull = 2\n", "pesq_wb"),
    ("points = 6\n" + "".join(f"[{name}]\nzero = 2\nfull = 2\n" for name in MEASURES), "has to be larger")])
def test_rules_that_make_no_sense_are_refused(tmp_path, text, says):
    (tmp_path / "bonus.toml").write_text(text)
    with pytest.raises(ValueError, match=says):
        bonus.load_rules(tmp_path / "bonus.toml")


def test_another_set_of_pairs(tmp_path, monkeypatch, pair, capsys):
    monkeypatch.setenv("COURSE_HELDOUT", str(tmp_path))
    with pytest.raises(ValueError, match="COURSE_HELDOUT"):
        bonus.held_out("hidden")
    for kind, x in (("noisy", pair.y), ("clean", pair.s)):
        (tmp_path / "hidden" / kind).mkdir(parents=True)
        soundfile.write(tmp_path / "hidden" / kind / "a.flac", x.numpy(), 16_000)
    (found,) = bonus.held_out("hidden")
    assert torch.allclose(found.y, pair.y, atol=1e-4) and torch.allclose(found.s, pair.s, atol=1e-4)
    assert main(["bonus", "wiener"]) == 0
    assert "SI-SDR" in capsys.readouterr().out


def test_a_pair_of_two_lengths_is_refused(tmp_path, monkeypatch, pair):
    monkeypatch.setenv("COURSE_HELDOUT", str(tmp_path))
    for kind, x in (("noisy", pair.y), ("clean", pair.s[:-5])):
        (tmp_path / "public" / kind).mkdir(parents=True)
        soundfile.write(tmp_path / "public" / kind / "a.flac", x.numpy(), 16_000)
    with pytest.raises(ValueError, match="samples"):
        bonus.held_out("public")


@pytest.mark.parametrize("method, share", [("wiener", 0.0), ("reference", 1.0)])
def test_the_rules_mean_what_they_say(method, share):
    rules = bonus.load_rules()
    clips, _, _ = final.try_on(load_method(method).run(), bonus.held_out("hidden"))
    assert points(clips, rules) == pytest.approx(share * rules.points, abs=0.03 * rules.points)
