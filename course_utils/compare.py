"""A student's value beside what it should be: its kind, its shape, its numbers.

A value that is wrong raises an AssertionError whose message is for the student: it names the mistake and the way out,
and never the expected value. `checks` has these functions for the test cells.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

# Exact types: a subclass could answer every question as it likes.
TENSORS = (torch.Tensor, torch.nn.Parameter)
ARRAYS = (np.ndarray, *np.sctypeDict.values())

WAYS_OUT = {
    "sparse tensor": "Return a dense one, with `.to_dense()`.",
    "nested tensor": "Return one of a single shape.",
    "quantized tensor": "Return its numbers, with `.dequantize()`.",
    "tensor without values": 'Make it with `device="cpu"`, not "meta".',
    "tensor of 8 bits": "Return one of float32, with `.float()`.",
    "array of no numbers": "Has it None or text in it, or parts of different shapes?",
    "array of long numbers": "Return one of floats, with `.astype(float)`.",
    "matrix": "Return an array, with `np.asarray(...)`.",
    "MaskedArray": "Return a plain one, with `.filled(...)`.",
    "Series": "Return its numbers, with `.to_numpy()`.",
    "DataFrame": "Return its numbers, with `.to_numpy()`.",
    "ndarray": "Make a tensor of it, with `torch.from_numpy(...)`.",
    "float": "Is there an `.item()` or a `float(...)` too many?",
    "list": "Make a tensor of it, with `torch.tensor(...)`, or `torch.stack(...)` if it is one of tensors.",
    "tuple": "Return a single value: is there a comma too many?",
    "generator": "Is there a `yield` in place of `return`?",
    "function": "Call it, with `()`.",
    "method": "Call it, with `()`.",
    "builtin_function_or_method": "Call it, with `()`.",
}
"""What to do about a value of a kind that no test asks for."""

NOT_FINITE = "{what} has {bad} values that are NaN or infinite. Is there a division by 0, or a logarithm of 0?"


def tensor(value: object, *, shape: tuple[int, ...] | None = None, dtype: torch.dtype | None = None,
           what: str = "the result") -> torch.Tensor:
    """Assert that a student's value is a finite tensor of the right shape and type, and return it.

    Parameters
    ----------
    value : object
        What the student's function returned.
    shape : tuple of int, optional
        The shape that it must have.
    dtype : torch.dtype, optional
        The type that it must have.
    what : str
        How a message calls the value.

    Raises
    ------
    AssertionError
        With a message for the student.
    """
    if not isinstance(value, torch.Tensor) or type(value) not in TENSORS or _oddity(value):
        raise _unfit(value, "a torch.Tensor", what)
    if shape is not None and tuple(value.shape) != tuple(shape):
        raise AssertionError(f"{what} has shape {tuple(value.shape)}, expected {tuple(shape)}.")
    if dtype is not None and value.dtype != dtype:
        raise AssertionError(f"{what} is of type {value.dtype}, expected {dtype}.")
    if value.is_floating_point() or value.is_complex():
        bad = int((~torch.isfinite(_wide(value))).sum())
        if bad:
            raise AssertionError(NOT_FINITE.format(what=what, bad=bad))
    return value.detach().clone()  # while a model is graded, a parameter of it changes here as it does there


def close(actual: object, expected: object, *, atol: float = 1e-5, rtol: float = 1e-4,
          slips: Mapping[str, object] | None = None, what: str = "the result") -> None:
    """Assert that a student's value equals the expected one, and name the slip if it does not.

    Parameters
    ----------
    actual : tensor, array or number
        What the student's function returned.
    expected : tensor, array or number
        What it should be. It is never printed.
    atol, rtol : float
        Absolute and relative tolerance, as in `torch.allclose`.
    slips : mapping of str to tensor, array or number, optional
        What usual mistakes give: message -> value.
    what : str
        How a message calls the value.

    Raises
    ------
    AssertionError
        With a message for the student.
    """
    if type(actual) not in (*TENSORS, *ARRAYS, float, int) or _oddity(actual):
        raise _unfit(actual, "numbers", what)
    shape = _shape(actual)
    if all(_shape(other) != shape for other in (expected, *(slips or {}).values())):  # before anything is made wide
        raise AssertionError(f"{what} has shape {shape}, expected {_shape(expected)}.")
    got, want = _wide(actual), _wide(expected)
    kind_is_right = _is_complex(expected) or not _is_complex(actual)

    def same(other: torch.Tensor) -> bool:
        # Real and imaginary parts on their own, because an infinite complex number equals nothing.
        return got.shape == other.shape and torch.allclose(
            torch.view_as_real(got), torch.view_as_real(other.resolve_conj()), atol=atol, rtol=rtol, equal_nan=True)

    if same(want) and kind_is_right:
        return
    for message, wrong in (slips or {}).items():
        if same(_wide(wrong)):
            raise AssertionError(message)
    if not kind_is_right:
        raise AssertionError(f"{what} is complex, expected real numbers.")
    if got.shape != want.shape:
        raise AssertionError(f"{what} has shape {tuple(got.shape)}, expected {tuple(want.shape)}.")
    raise AssertionError(_difference(got, want, what=what, same=same))


def _oddity(value: object) -> str:
    """Return what keeps a tensor or an array from being compared; empty if nothing does."""
    if isinstance(value, torch.Tensor) and type(value) in TENSORS:
        odd = {"nested tensor": value.is_nested, "quantized tensor": value.is_quantized,
               "sparse tensor": value.layout is not torch.strided, "tensor without values": value.device.type == "meta",
               "tensor of 8 bits": value.is_floating_point() and value.itemsize == 1}
        return next((name for name, is_so in odd.items() if is_so), "")
    if isinstance(value, np.ndarray | np.generic) and type(value) in ARRAYS:
        if value.dtype.kind not in "biufc":
            return "array of no numbers"
        return "array of long numbers" if value.dtype.itemsize > (16 if value.dtype.kind == "c" else 8) else ""
    return ""


def _unfit(value: object, expected: str, what: str) -> AssertionError:
    """Return what says that a value is of the wrong kind, and the way out."""
    if value is None:
        return AssertionError(f"{what} is None: does your function end with `return`?")
    name = _oddity(value) or type(value).__name__
    way = WAYS_OUT.get(name, "")
    if isinstance(value, torch.Tensor) and type(value) not in TENSORS:
        way = "Return a plain tensor, with `.as_subclass(torch.Tensor)`."
    return AssertionError(f"{what} is of type {name}, expected {expected}. {way}".strip())


def _shape(value: Any) -> tuple[int, ...]:
    return tuple(np.shape(value))


def _is_complex(value: object) -> bool:
    return value.is_complex() if isinstance(value, torch.Tensor) else np.iscomplexobj(np.asarray(value))


def _wide(value: object) -> torch.Tensor:
    """Return numbers as one complex tensor of double precision, so that any two can be compared."""
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().resolve_conj().resolve_neg().to(torch.complex128)
    return torch.from_numpy(np.array(value, dtype=np.complex128))  # copied: not every order of bytes or rows will do


def _difference(got: torch.Tensor, want: torch.Tensor, *, what: str, same) -> str:
    """Describe how two tensors of one shape differ, without telling the expected values."""
    bad = int((~torch.isfinite(got) & torch.isfinite(want)).sum())
    if bad:
        return NOT_FINITE.format(what=what, bad=bad)
    power = (want.abs() ** 2).sum()
    if got.numel() > 1 and 0 < power < torch.inf:
        gain = (want.conj() * got).sum() / power
        if gain.abs() > 1e-4 and same(gain * want):
            factor = f"{gain.real:.4g}" if gain.imag.abs() < 1e-6 else f"{gain:.4g}"
            return f"{what} is right but for a factor: it is {factor} times what it should be."
        shift = (got - want).mean()
        if shift.imag == 0 and same(want + shift):
            return f"{what} is right but for a constant: it is {shift.real:+.3g} away from what it should be."
        if same(want.conj()):
            return f"{what} is the complex conjugate of what it should be."
        if torch.all(got == got.flatten()[0]):
            return f"{what} is the same number everywhere, whatever the input."
    wrong = ~torch.isclose(got, want, atol=1e-5, rtol=1e-4)
    if got.numel() == 1:
        return f"{what} is {got.real.item():.4g}, which is not the value expected here."
    percent = 100 * wrong.double().mean().item()
    share = f"{percent:.0f}" if percent >= 1 else "less than 1"
    return f"{what} has the right shape, but {share} % of its values are wrong."
