"""Training a student's model from outside: parameters have mirrors here, and backward passes go on over there.

A mirror is a plain `nn.Parameter` of this process. Before each call, what an optimizer did to it is sent; after each
call, what the student's code did to the original is written into it. A tensor that was computed from parameters or
from a call's inputs comes back as the result of `_Backward`, which asks the student's process for the gradients.
"""

from typing import TYPE_CHECKING, Any

import torch

from autograder.wire import WireError

if TYPE_CHECKING:
    from autograder.remote import Anchor, Kernel


MOST_BYTES = 512_000_000
"""What the parameters of a test cell may take here: mirrors, gradients, and what both were before."""
OVERHEAD = 100_000
"""Bytes that a mirror counts beyond its values: each is looked at before every call."""


class Mirrors:
    """The parameters of a student's process that are known here.

    They are held until the end of the test cell: an optimizer's last step must arrive, also when nobody here has the
    parameters any more, and so must what a test writes into parameters that are not trained. So there is a limit.
    """

    def __init__(self, kernel: "Kernel"):
        self._kernel = kernel
        self.clear()

    def clear(self) -> None:
        """Forget them."""
        self._tensors: dict[int, torch.Tensor] = {}
        self._numbers: dict[int, int] = {}
        self._anchors: list[Anchor] = []
        self._known: dict[int, tuple[torch.Tensor, torch.Tensor | None]] = {}
        self._bytes = 0

    def make(self, number: int, is_parameter: Any, requires_grad: Any, values: Any, grad: Any) -> torch.Tensor:
        """Return the mirror of a parameter, made or brought up to date."""
        if type(values) is not torch.Tensor or type(is_parameter) is not bool or type(requires_grad) is not bool:
            raise WireError("no parameter")
        mirror = self._tensors.get(number)
        if mirror is None:
            self._bytes += 4 * values.nbytes + OVERHEAD
            if self._bytes > MOST_BYTES:
                raise WireError("your parameters take too much memory in one test")
            mirror = torch.nn.Parameter(values, requires_grad) if is_parameter else values.requires_grad_(requires_grad)
            self._anchors.append(self._kernel.anchor(number))
            self._tensors[number], self._numbers[id(mirror)] = mirror, number
        else:
            self._write(mirror, values)
            mirror.requires_grad_(requires_grad)
        mirror.grad = _gradient(mirror, grad)
        self._remember(number, mirror)
        return mirror

    def number(self, tensor: torch.Tensor) -> int | None:
        """Return the number of the parameter that a tensor mirrors."""
        return self._numbers.get(id(tensor))

    def trained(self) -> list[tuple[int, torch.Tensor]]:
        """Return the mirrors that can have a gradient."""
        return [(number, mirror) for number, mirror in self._tensors.items() if mirror.requires_grad]

    def changed(self) -> list:
        """Return what was done to mirrors since the last call."""
        found = []
        for number, mirror in self._tensors.items():
            values, grad = self._known[number]
            new_values = None if _equal(values, mirror) else mirror.detach()
            new_grad = None if _equal(grad, mirror.grad) or mirror.grad is None else mirror.grad.detach()
            if new_values is not None or new_grad is not None or (grad is None) != (mirror.grad is None):
                found.append([number, new_values, mirror.grad is not None, new_grad])
                self._remember(number, mirror)
        return found

    def refresh(self, news: list) -> None:
        """Do to the mirrors what was done to the parameters."""
        for number, values, grad in news:
            mirror = self._tensors.get(number)
            if mirror is not None:
                if values is not None:
                    self._write(mirror, values)
                mirror.grad = _gradient(mirror, grad)
                self._remember(number, mirror)

    def _write(self, mirror: torch.Tensor, values: torch.Tensor) -> None:
        if type(values) is not torch.Tensor or values.dtype != mirror.dtype or values.shape != mirror.shape:
            raise WireError("a parameter that changed its shape")
        if not _equal(values, mirror):
            with torch.no_grad():
                mirror.copy_(values)

    def _remember(self, number: int, mirror: torch.Tensor) -> None:
        self._known[number] = (mirror.detach().clone(), None if mirror.grad is None else mirror.grad.detach().clone())


def _equal(a: torch.Tensor | None, b: torch.Tensor | None) -> bool:
    if a is None or b is None:
        return a is b
    return torch.equal(a, b.detach())


def _gradient(tensor: torch.Tensor, grad: Any) -> torch.Tensor | None:
    """Return the gradient of a tensor, as a student's process gave it, or raise."""
    if grad is None:
        return None
    if type(grad) is not torch.Tensor or grad.shape != tensor.shape or grad.dtype != tensor.dtype or grad.requires_grad:
        raise WireError("a gradient of another shape or type than what it belongs to")
    return grad


class _Backward(torch.autograd.Function):
    """A tensor whose history lies in the student's process."""

    @staticmethod
    def forward(ctx: Any, kernel: "Kernel", anchor: "Anchor", values: list[torch.Tensor], mirrors: list[int],
                *tensors: torch.Tensor) -> torch.Tensor:
        ctx.kernel, ctx.anchor, ctx.mirrors = kernel, anchor, mirrors
        ctx.likes = [torch.empty_like(tensor, device="meta") for tensor in tensors[1:]]
        return values[0]

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple:
        inputs, parameters = ctx.kernel.ask("backward", ctx.anchor.number, gradient, ctx.mirrors)
        found = [*inputs, *parameters]
        if len(found) != len(ctx.likes):
            raise WireError("other gradients than were asked for")
        return None, None, None, None, None, *map(_gradient, ctx.likes, found)


def result(kernel: "Kernel", anchor: "Anchor", values: Any, inputs: list[torch.Tensor]) -> torch.Tensor:
    """Return a tensor that a student's process computed from parameters or inputs that need a gradient."""
    if type(values) is not torch.Tensor or not (values.is_floating_point() or values.is_complex()):
        raise WireError("a result without values")
    trained = kernel.mirrors.trained()
    start = torch.zeros((), requires_grad=True)  # without it the result would need no gradient if nothing here does
    return _Backward.apply(kernel, anchor, [values], [number for number, _ in trained], start, *inputs,
                           *(mirror for _, mirror in trained))
