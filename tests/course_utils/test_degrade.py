"""Degradations do what their names promise, by one seed the same, and leave their input alone."""

from functools import partial

import numpy as np
import pytest
import torch

from course_utils import degrade, metrics
from course_utils.signal import level_db


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=generator(seed))


@pytest.mark.parametrize("snr_db", [-10.0, 0.0, 7.5, 40.0])
def test_mix_gives_the_wanted_snr_and_keeps_the_speech(snr_db):
    s, n = noise(3, 1, 8000), 7 * noise(3, 1, 8000, seed=1)
    y = degrade.mix(s, n, snr_db=snr_db)
    torch.testing.assert_close(metrics.snr(y, s), torch.full((3, 1), snr_db), atol=1e-3, rtol=0)


def test_mix_takes_one_snr_per_item():
    wanted = torch.tensor([[0.0], [5.0], [20.0]])
    s = noise(3, 1, 8000)
    y = degrade.mix(s, noise(1, 1, 8000, seed=1), snr_db=wanted)
    torch.testing.assert_close(metrics.snr(y, s), wanted, atol=1e-3, rtol=0)


@pytest.mark.parametrize("draw, slope", [(degrade.white, 0.0), (degrade.pink, -3.01), (degrade.brown, -6.02)])
def test_coloured_noise_falls_by_so_many_db_an_octave(draw, slope):
    x = draw((200, 16000), generator=generator())
    power = torch.fft.rfft(x).abs().square().mean(0)
    octaves = [10 * torch.log10(power[k:2 * k].mean()).item() for k in (100, 200, 400, 800, 1600, 3200)]
    assert np.diff(octaves) == pytest.approx(slope, abs=0.3)
    assert x.square().mean(-1) == pytest.approx(1.0, abs=1e-4)


def test_babble_of_quiet_and_loud_voices_has_one_level():
    voices = [noise(1, 1, 4000, seed=k) * level for k, level in enumerate((0.01, 0.1, 1.0))]
    x = degrade.babble(voices, 16000, generator=generator())
    assert x.shape == (1, 1, 16000)
    share = (x * torch.cat([voices[0]] * 4, -1)).sum().abs()  # the quiet voice is in there, wherever it began
    assert share > 0 and level_db(x).item() == pytest.approx(20 * np.log10(1.11 / 3), abs=1.5)


def test_clip_cuts_off_at_the_threshold_and_nothing_else():
    x = noise(2, 1, 1000)
    y = degrade.clip(x, threshold_db=-20)
    limit = 0.1 * x.abs().amax(-1, keepdim=True)
    assert torch.equal(y[x.abs() < limit], x[x.abs() < limit])
    torch.testing.assert_close(y.abs().amax(-1, keepdim=True), limit)
    assert torch.equal(degrade.clip(x, threshold_db=0), x)


def test_reverberation_keeps_direct_sound_in_place_and_level():
    rir = torch.zeros(1, 1, 500)
    rir[..., 20], rir[..., 120] = 0.8, 0.4
    x = torch.zeros(1, 1, 1000)
    x[..., 10] = 1.0
    y = degrade.reverberate(x, rir)
    assert y[..., 10].item() == pytest.approx(1.0, abs=1e-5) and y[..., 110].item() == pytest.approx(0.5, abs=1e-5)
    assert y.shape == x.shape and y.abs().sum() == pytest.approx(1.5, abs=1e-3)


def test_rooms_of_a_batch_have_direct_sounds_of_their_own():
    rirs = torch.tensor([[0.0, 0.8, 0.4], [-0.5, 0.0, 0.2]]).unsqueeze(1)  # (2, 1, taps)
    x = noise(2, 1, 100)
    for y, voice, rir in zip(degrade.reverberate(x, rirs), x, rirs, strict=True):
        torch.testing.assert_close(y, degrade.reverberate(voice, rir))
    assert degrade.reverberate(x[:1], rirs).shape == x.shape  # one voice in two rooms


def test_band_limit_passes_the_band_and_stops_the_rest():
    t = torch.arange(16000) / 16000
    tones = {hz: torch.sin(2 * torch.pi * hz * t) for hz in (100, 1000, 6000)}
    gain = {hz: (level_db(degrade.band_limit(x, low_hz=300, high_hz=3400)) - level_db(x)).item()
            for hz, x in tones.items()}
    assert gain[1000] == pytest.approx(0, abs=0.1) and gain[100] < -20 and gain[6000] < -40
    assert metrics.snr(degrade.band_limit(tones[1000], high_hz=3400)[2000:-2000], tones[1000][2000:-2000]) > 30


def test_dropped_packets_are_silent_and_whole():
    x = torch.ones(2, 1, 16000)
    y = degrade.drop_packets(x, rate=0.3, generator=generator())
    packets = y.reshape(2, 50, 320)
    assert ((packets == 0).all(-1) | (packets == 1).all(-1)).all()
    assert 0.1 < (packets == 0).float().mean() < 0.5
    assert torch.equal(degrade.drop_packets(x, rate=0, generator=generator()), x)


def test_compose_applies_the_first_first():
    chain = degrade.compose(partial(degrade.clip, threshold_db=-20), lambda x: 2 * x)
    x = noise(1, 1, 100)
    torch.testing.assert_close(chain(x), 2 * degrade.clip(x, threshold_db=-20))


@pytest.mark.parametrize("draw", [
    lambda g: degrade.pink((1, 1, 1000), generator=g),
    lambda g: degrade.babble([noise(1, 1, 500)], 1000, generator=g),
    lambda g: degrade.drop_packets(torch.ones(16000), rate=0.5, generator=g)])
def test_one_seed_one_result(draw):
    assert torch.equal(draw(generator(1)), draw(generator(1)))
    assert not torch.equal(draw(generator(1)), draw(generator(2)))


@pytest.mark.parametrize("call, words", [
    (lambda x: degrade.mix(x, x[..., 1:], snr_db=0.0), "99 samples, but clean 100"),
    (lambda x: degrade.mix(x, 0 * x, snr_db=0.0), "noise is silent"),
    (lambda x: degrade.mix(0 * x, x, snr_db=0.0), "clean is silent"),
    (lambda x: degrade.mix(x, x / 0, snr_db=0.0), "noise: 100 of its samples"),
    (lambda x: degrade.pink((1,), generator=generator()), "2 samples"),
    (lambda x: degrade.babble([], 10, generator=generator()), "one voice"),
    (lambda x: degrade.babble([x, 0 * x], 10, generator=generator()), "voice 1 is silent"),
    (lambda x: degrade.clip(x, threshold_db=3), "got 3"),
    (lambda x: degrade.reverberate(x, 0 * x), "rir is silent"),
    (lambda x: degrade.reverberate(x, torch.tensor([[1.0], [0.0]])), "rir is silent"),
    (lambda x: degrade.band_limit(x), "None to None"),
    (lambda x: degrade.band_limit(x, low_hz=3000, high_hz=300), "3000 to 300"),
    (lambda x: degrade.band_limit(x, high_hz=9000), "8000 Hz"),
    (lambda x: degrade.drop_packets(x, rate=1.5, generator=generator()), "got 1.5"),
    (lambda x: degrade.drop_packets(x, rate=0.5, generator=generator(), seconds=1e-6), "got 1e-06 s"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call(torch.ones(1, 1, 100))
    assert words in str(error.value)


@pytest.mark.parametrize("call", [
    lambda x: degrade.mix(x, x.flip(-1), snr_db=3.0), lambda x: degrade.clip(x, threshold_db=-6),
    lambda x: degrade.reverberate(x, torch.ones(1, 1, 5)), lambda x: degrade.band_limit(x, high_hz=4000),
    lambda x: degrade.drop_packets(x, rate=0.5, generator=generator())])
def test_input_is_left_as_it_was(call):
    x = noise(2, 1, 2000)
    before = x.clone()
    assert call(x).shape == x.shape and torch.equal(x, before)
