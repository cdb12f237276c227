"""What an enhancer gains is measured as a listener would have it: level, clipping, silence and delay are seen."""

import pytest
import torch

from course_utils import corpus, degrade, trial
from course_utils.trial import Pair, measure


@pytest.fixture(scope="module")
def pair():
    s = corpus.clip("speech", "test", 4, seconds=2.5)
    n = degrade.pink(s.shape, generator=torch.Generator().manual_seed(1))
    y = degrade.mix(s, n, snr_db=5.0).flatten()
    return Pair(torch.round(y * 32768) / 32768, s.flatten())  # as a file holds it


def test_what_does_nothing_gains_nothing(pair):
    clip = measure(pair.y, pair)
    assert clip.gain == dict.fromkeys(trial.MEASURES, 0.0) and clip.delay == 0
    assert clip.noise_reduction == pytest.approx(0, abs=0.01) and not clip.problem


@pytest.mark.parametrize("spoil, says", [
    (lambda s: 0 * s, "silent"), (lambda s: s / 0, "NaN"), (lambda s: s / s.abs().max() * 1.5, "clip"),
    (lambda s: 0.1 * s, "softer"),
    (lambda s: torch.randn(len(s), generator=torch.Generator().manual_seed(2)).clamp(-1, 1) * 0.1, "softer")])
def test_silence_clipping_and_other_levels_gain_nothing(pair, spoil, says):
    clip = measure(spoil(pair.s), pair)
    assert says in clip.problem and set(clip.gain.values()) == {0.0}


def test_bad_input_is_named(pair):
    with pytest.raises(ValueError, match="shape"):
        measure(pair.s[1:], pair)
    with pytest.raises(ValueError, match="no values"):
        trial.interval([])


def test_a_clip_without_a_metric_gains_nothing_and_is_counted(pair):
    short = Pair(pair.y[:4000], pair.s[:4000])
    clip = measure(short.s, short)
    assert "cannot be computed" in clip.problem and set(clip.gain.values()) == {0.0}
    assert trial.summary([clip])["problems"] == {clip.problem: 1}


def test_a_delay_is_found_and_taken_out(pair):
    better = pair.s + 0.3 * (pair.y - pair.s)
    late = measure(trial.shift(better, 123), pair)
    assert late.delay == 123
    assert late.gain["si_sdr"] == pytest.approx(measure(better, pair).gain["si_sdr"], abs=0.3)


def test_speech_noise_and_what_is_neither_are_told_apart(pair):
    y, s = pair.y, pair.s
    reduction, distortion = trial.split(0.5 * s + 0.05 * (y - s), y, s)
    assert reduction == pytest.approx(20, abs=0.01) and distortion < -80
    buzz = torch.sin(torch.arange(len(s)) * 0.7) * s.square().mean().sqrt() * 2 ** 0.5 * 0.1
    assert trial.split(s + buzz, y, s)[1] == pytest.approx(-20, abs=1)
