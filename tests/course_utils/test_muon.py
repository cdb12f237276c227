"""The optimizer takes equal steps in all directions."""

import torch
from torch import nn

from course_utils.muon import Muon


def step(weights, gradient, lr=0.1):
    """Return by how much the first step moves weights with this gradient."""
    moved = nn.Parameter(weights.clone())
    moved.grad = gradient
    Muon([moved], lr=lr).step()
    return weights - moved.detach()


def test_a_step_is_as_long_in_weak_directions_as_in_strong_ones():
    g = torch.Generator().manual_seed(1)
    U, _, V = torch.linalg.svd(torch.randn(6, 6, generator=g))
    gradient = U @ torch.diag(torch.tensor([100.0, 30, 10, 3, 1, 1])) @ V
    moved = step(torch.randn(6, 6, generator=g), gradient)
    along = torch.diag(U.T @ moved @ V.T)
    assert along.min() > 0.05 and along.max() < 0.15  # lr is 0.1


def test_the_size_of_a_gradient_does_not_matter():
    g = torch.Generator().manual_seed(2)
    for shape in ((5,), (7, 3), (4, 3, 3, 3)):
        weights, gradient = torch.randn(shape, generator=g), torch.randn(shape, generator=g)
        torch.testing.assert_close(step(weights, gradient), step(weights, 1000 * gradient), rtol=1e-3, atol=1e-5)
        assert (step(weights, gradient) * gradient).sum() > 0  # downhill


def test_the_order_of_the_numbers_in_memory_does_not_matter():
    g = torch.Generator().manual_seed(3)
    weights, gradient = (torch.randn(4, 3, 5, 5, generator=g) for _ in range(2))
    last = (x.to(memory_format=torch.channels_last) for x in (weights, gradient))
    torch.testing.assert_close(step(weights, gradient), step(*last))
