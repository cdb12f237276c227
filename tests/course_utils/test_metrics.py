"""Metrics against the libraries, on perfect, silent, scaled and malformed input, and against fixed numbers."""

import numpy as np
import pesq
import pystoi
import pytest
import torch
import torchmetrics.functional.audio as peer

from course_utils import degrade, metrics
from course_utils.signal import stft

ALL = (metrics.snr, metrics.si_sdr, metrics.lsd, metrics.pesq_wb, metrics.stoi, metrics.estoi)
CHEAP = (metrics.snr, metrics.si_sdr, metrics.lsd)


def speechlike(*shape, seed=0):
    """Noise in syllables: enough for PESQ and STOI to find speech in it."""
    generator = torch.Generator().manual_seed(seed)
    t = torch.arange(shape[-1]) / 16000
    return degrade.pink(shape, generator=generator) * (torch.sin(2 * torch.pi * 2 * t).clamp_min(0) + 0.001) * 0.1


@pytest.fixture(scope="module")
def pair():
    s = speechlike(2, 1, 48000)
    n = degrade.white(s.shape, generator=torch.Generator().manual_seed(1))
    return degrade.mix(s, n, snr_db=torch.tensor([[0.0], [10.0]])), s


@pytest.mark.parametrize("ours, theirs", [
    (metrics.snr, peer.signal_noise_ratio),
    (metrics.si_sdr, peer.scale_invariant_signal_distortion_ratio),
])
def test_agrees_with_torchmetrics(pair, ours, theirs):
    torch.testing.assert_close(ours(*pair), theirs(*pair), atol=1e-4, rtol=0)


@pytest.mark.parametrize("frames", [{}, {"n_fft": 2048, "hop_length": 512}])
def test_lsd_agrees_with_the_formula_in_a_slow_loop(pair, frames):
    (s_hat, s), expected = pair, []
    for x, x_ref in zip(s_hat[:, 0], s[:, 0], strict=True):
        X, X_ref = stft(x, **frames).numpy(), stft(x_ref, **frames).numpy()
        per_frame = [np.sqrt(np.mean(np.log10(np.maximum(abs(X[:, w]) ** 2, 1e-10)
                                              / np.maximum(abs(X_ref[:, w]) ** 2, 1e-10)) ** 2))
                     for w in range(X.shape[1])]
        expected.append([np.mean(per_frame)])
    np.testing.assert_allclose(metrics.lsd(s_hat, s, **frames), expected, atol=1e-4)


def test_pesq_and_stoi_are_the_libraries_values(pair):
    y, s = (x[0, 0].numpy() for x in pair)
    assert metrics.pesq_wb(*pair)[0, 0].item() == pytest.approx(pesq.pesq(16000, s, y, "wb"), abs=1e-4)
    assert metrics.stoi(*pair)[0, 0].item() == pytest.approx(pystoi.stoi(s, y, 16000), abs=1e-4)
    assert metrics.estoi(*pair)[0, 0].item() == pytest.approx(pystoi.stoi(s, y, 16000, extended=True), abs=1e-4)


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.__name__)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_measure_has_the_type_of_the_estimate(pair, metric, dtype):
    assert metric(*(x[:1].to(dtype) for x in pair)).dtype == dtype


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.__name__)
def test_a_batch_is_measured_item_by_item(pair, metric):
    y, s = pair
    whole = metric(y, s)
    assert whole.shape == (2, 1)
    torch.testing.assert_close(whole[1, 0], metric(y[1, 0], s[1, 0]), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("metric, best", [
    (metrics.snr, torch.inf), (metrics.si_sdr, torch.inf), (metrics.lsd, 0.0), (metrics.pesq_wb, 4.644),
    (metrics.stoi, 1.0), (metrics.estoi, 1.0)], ids=lambda value: getattr(value, "__name__", value))
def test_perfect_estimate(pair, metric, best):
    assert metric(pair[1], pair[1])[0, 0].item() == pytest.approx(best, abs=1e-3)


def test_degenerate_input_follows_the_formulas():
    s, silence = speechlike(1, 1, 16000), torch.zeros(1, 1, 16000)
    assert metrics.snr(silence, s).item() == 0.0
    assert metrics.si_sdr(0.01 * s, s).item() > 100
    for metric in (metrics.si_sdr, metrics.pesq_wb, metrics.stoi):
        assert metric(s, silence).isnan().all()
    assert metrics.pesq_wb(silence, s).isnan().all()
    assert metrics.stoi(s[..., :2000], s[..., :2000]).isnan().all()


def test_a_level_10_db_off_has_an_lsd_of_1():
    s = speechlike(1, 1, 16000) + 0.1
    assert metrics.lsd(s * 10**0.5, s).item() == pytest.approx(1.0, abs=1e-2)


def test_golden_values(pair):
    """Numbers of this version, so that a change of a definition cannot go unseen."""
    found = metrics.evaluate(*pair)
    golden = {"snr": 5.0, "si_sdr": 5.0114, "lsd": 3.0002, "stoi": 0.9345, "estoi": 0.7607}
    assert {name: found[name] for name in golden} == pytest.approx(golden, abs=2e-4)


def test_by_segment_sees_where_the_damage_is(pair):
    s = pair[1]
    y = s.clone()
    y[..., 16000:32000] += 0.1
    values = metrics.by_segment(metrics.snr, y, s, seconds=1.0)
    assert values.shape == (2, 1, 3)
    assert values[..., 0].isinf().all() and values[..., 2].isinf().all() and values[..., 1].isfinite().all()


def test_pesq_missing_is_said_and_not_faked(pair, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pesq", None)
    with pytest.raises(ModuleNotFoundError, match="C compiler"):
        metrics.pesq_wb(*pair)
    assert np.isnan(metrics.evaluate(*pair)["pesq_wb"])


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.__name__)
def test_bad_input_is_named(metric):
    x = torch.zeros(1, 1, 8000)
    with pytest.raises(ValueError, match=r"\(1, 1, 8000\).*\(1, 1, 7999\)"):
        metric(x, x[..., 1:])
    with pytest.raises(ValueError, match="estimate: 8000 of its samples"):
        metric(x / 0, x)


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.__name__)
def test_input_is_left_as_it_was(pair, metric):
    y, s = (x.clone() for x in pair)
    metric(y, s)
    assert torch.equal(y, pair[0]) and torch.equal(s, pair[1])
