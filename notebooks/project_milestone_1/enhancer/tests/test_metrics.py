"""Public tests of metrics.py."""

import pytest
import torch
from enhancer import metrics


def test_a_tenth_of_the_amplitude_is_20_db():
    s, e = torch.tensor([1.0, -1, 1, -1]), torch.tensor([0.1, 0.1, -0.1, -0.1])
    assert float(metrics.snr(s + e, s)) == pytest.approx(20, abs=0.01)


def test_si_sdr_does_not_mind_the_level():
    s = torch.randn(2, 1000)
    x = s + 0.3 * torch.randn(2, 1000)
    assert torch.allclose(metrics.si_sdr(5 * x, s), metrics.si_sdr(x, s), atol=1e-3)


def test_doing_nothing_gains_nothing():
    s = torch.randn(2, 1, 1000)
    assert metrics.gain(lambda y: y, [(s + 0.1 * torch.randn_like(s), s)], metrics.snr) == pytest.approx(0)
