"""Muon, an optimizer that needs far fewer steps than Adam for networks of convolutions.

Most of a weight matrix's gradient lies in a few directions. Muon makes a step equally long in all of them, so that the
rare ones are learnt as fast (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024).

`torch.optim.Muon` takes matrices only, no convolutions, and computes in bfloat16, which most CPUs have to emulate: its
step took half as long as forward and backward pass of the U-Net together.
"""

from collections.abc import Iterable

import torch
from torch import nn

MOMENTUM = 0.95
NEWTON_SCHULZ, ITERATIONS = (3.4445, -4.7750, 2.0315), 5
"""Coefficients by Jordan et al.: a x + b x^3 + c x^5, five times, brings every x from 0.01 to 1 to somewhere near 1."""
VECTORS = 0.1
"""Learning rate of biases and the like, which Adam moves, relative to that of the matrices."""


class Muon(torch.optim.Optimizer):
    """Move matrices and the kernels of convolutions by Muon, and everything with one axis by Adam.

    Parameters
    ----------
    params : iterable of nn.Parameter
        Weights. Two or more axes are a matrix: the first axis by all others.
    lr : float
        Learning rate of the matrices, the spectral norm of a step; it needs no change with the size of a layer.
    """

    def __init__(self, params: Iterable[nn.Parameter], lr: float = 0.04):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move all weights that have a gradient."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                if p.ndim < 2:
                    p -= VECTORS * group["lr"] * self._adam(p, p.grad)
                else:
                    p -= group["lr"] * self._orthogonal(p, p.grad)

    def _orthogonal(self, p: nn.Parameter, gradient: torch.Tensor) -> torch.Tensor:
        """Return the direction of a matrix: its momentum, by Newton-Schulz iteration with singular values near 1."""
        state = self.state[p]
        if not state:
            state["momentum"] = torch.zeros_like(p)
        momentum = state["momentum"].mul_(MOMENTUM).add_(gradient)
        ahead = (gradient + MOMENTUM * momentum).flatten(1)  # (rows, columns), after Nesterov
        rows, columns = ahead.shape
        X = ahead.T if rows > columns else ahead
        X = X / X.norm().clamp_min(1e-7)
        a, b, c = NEWTON_SCHULZ
        for _ in range(ITERATIONS):
            G = X @ X.T
            X = a * X + (b * G + c * G @ G) @ X
        return (X.T if rows > columns else X).reshape(p.shape) * max(1, rows / columns) ** 0.5

    def _adam(self, p: nn.Parameter, gradient: torch.Tensor) -> torch.Tensor:
        """Return the direction of a vector by Adam (Kingma and Ba, ICLR 2015, algorithm 1, with its own constants)."""
        state = self.state[p]
        if not state:
            state |= {"step": torch.zeros(()), "mean": torch.zeros_like(p), "square": torch.zeros_like(p)}
        step = state["step"].add_(1)
        mean, square = state["mean"].lerp_(gradient, 0.1), state["square"].lerp_(gradient.square(), 0.001)
        return mean / (1 - 0.9 ** step) / ((square / (1 - 0.999 ** step)).sqrt() + 1e-8)
