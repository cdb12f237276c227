"""Public tests of model.py."""

import pytest
import torch
from enhancer import model


@pytest.mark.parametrize("shape", [(2, 1, 16_000), (1, 1, 777), (1, 1, 1)])
def test_as_many_samples_come_out_as_go_in(shape):
    assert model.Enhancer().eval()(torch.randn(shape)).shape == shape


def test_the_budget():
    assert 0 < model.count_parameters(model.Enhancer()) <= model.BUDGET


def test_the_loss_rises_with_the_noise():
    s = 0.1 * torch.randn(1, 1, 8000)
    n = 0.1 * torch.randn(1, 1, 8000)
    assert model.loss(s, s) < model.loss(s + 0.1 * n, s) < model.loss(s + n, s)


def test_silence_has_a_finite_gradient():
    s_hat = torch.zeros(1, 1, 4000, requires_grad=True)
    model.loss(s_hat, torch.zeros(1, 1, 4000)).backward()
    assert torch.isfinite(s_hat.grad).all()
