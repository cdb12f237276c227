"""Chance, as what is drawn for a training needs it: all of it from one generator, so that a seed decides."""

from collections.abc import Sequence

import torch


class Dice:
    """Chance from a generator: numbers, decisions, places.

    Parameters
    ----------
    generator : torch.Generator
        The source of it all: the same state gives the same draws.
    """

    def __init__(self, generator: torch.Generator):
        self.generator = generator

    def even(self, low: float, high: float) -> float:
        """Draw a number from low to high, evenly."""
        return low + (high - low) * float(torch.rand((), generator=self.generator))

    def chance(self, share: float) -> bool:
        """Decide, yes with this probability."""
        return self.even(0, 1) < share

    def index(self, count: int) -> int:
        """Draw one of 0 to count - 1."""
        return int(torch.randint(count, (), generator=self.generator))

    def which(self, shares: Sequence[float] | torch.Tensor) -> int:
        """Draw an index with these probabilities, which need not add up to 1."""
        return int(torch.multinomial(torch.as_tensor(shares), 1, generator=self.generator))

    def normal(self, *shape: int) -> torch.Tensor:
        """Draw normally distributed numbers."""
        return torch.randn(*shape, generator=self.generator)

    def piece(self, x: torch.Tensor, length: int) -> torch.Tensor:
        """Draw a piece, (length,), of a recording, (T,), which is repeated if it is too short."""
        if len(x) < length:
            x = x.repeat(-(-length // len(x)))
        start = self.index(len(x) - length + 1)
        return x[start:start + length]
