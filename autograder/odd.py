"""Values that are numbers, but not in a form that a test can work with: what they are called, and the way out.

The student's process finds them, and the grader says it in words of its own. A list that would keep the grader busy is
found by the grader itself. This file also runs in the student's process.
"""

import sys
from itertools import accumulate
from operator import mul
from typing import Any

from autograder.arrays import SIZES, TENSORS

SAID = {
    "sparse": "a sparse tensor: return a dense one, with `.to_dense()`.",
    "nested": "a nested tensor, whose rows have different lengths: return one of a single shape.",
    "quantized": "a quantized tensor: return its numbers, with `.dequantize()`.",
    "meta": 'a tensor without values, on the device "meta": make it with `device="cpu"`.',
    "rare": "a tensor of a type that the tests cannot read: return one of float32, with `.float()`.",
    "subclass": "a tensor of a class of its own: return a plain one, with `.as_subclass(torch.Tensor)`.",
    "matrix": "a np.matrix, for which `*` and shapes have other rules: return an array, with `np.asarray(...)`.",
    "masked": "a masked array: return a plain one, with `.filled(...)` and the value for what is masked.",
    "subarray": "an array of a class of its own: return a plain one, with `np.asarray(...)`.",
    "objects": "an array of Python objects, not of numbers: have its parts different shapes, or is one of them None?",
    "not numbers": "an array of a type that the tests cannot read: return one of floats, with `.astype(float)`.",
    "laborious": "lists of more numbers than the tests can walk through: return one array or tensor.",
}
"""What follows on "Your function returned": kind of value -> words."""

MOST_STEPS = 2_500_000
"""Steps that making a tensor of a list may take, each about 1 us: PyTorch takes arrays in it apart row by row, and the
rows number by number, eight of them in a step."""
MOST_LETTERS = 50_000_000
"""Letters of the array that NumPy makes of a list with text in it: every part gets as many as the longest has."""


def kind_of(value: object) -> str:
    """Return which of these kinds an array or a tensor is, or an empty text."""
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if torch is not None and issubclass(type(value), torch.Tensor):
        return _kind_of_tensor(value, torch)
    if numpy is not None and issubclass(type(value), numpy.ndarray):
        return _kind_of_array(value, numpy)
    return ""


def _kind_of_tensor(value: Any, torch: Any) -> str:
    if value.is_nested:
        return "nested"
    if value.is_quantized:
        return "quantized"
    if value.layout is not torch.strided:
        return "sparse"
    if value.device.type == "meta":
        return "meta"
    if str(value.dtype).removeprefix("torch.") not in TENSORS:
        return "rare"
    return "" if type(value) in (torch.Tensor, torch.nn.Parameter) else "subclass"


def _kind_of_array(value: Any, numpy: Any) -> str:
    if isinstance(value, numpy.matrix):
        return "matrix"
    if isinstance(value, numpy.ma.MaskedArray):
        return "masked"
    if type(value) is not numpy.ndarray:
        return "subarray"
    if value.dtype == object:
        return "objects"
    return "" if value.dtype.name in SIZES else "not numbers"


def is_laborious(value: object) -> bool:
    """Tell whether making an array or a tensor of what a student's function returned takes seconds, or gigabytes."""
    if isinstance(value, dict):
        return any(map(is_laborious, value.values()))
    if not isinstance(value, list | tuple | bytearray):
        return False
    numpy = sys.modules.get("numpy")
    steps = parts = longest = 0
    left: list[Any] = [value] if isinstance(value, bytearray) else list(value)
    while left:
        part = left.pop()
        parts += 1
        if isinstance(part, list | tuple):
            left.extend(part)
        elif isinstance(part, dict):
            left.extend(part.values())
        elif isinstance(part, str | bytes):
            longest = max(longest, len(part))
        elif isinstance(part, bytearray):
            steps += len(part) // 8
        elif numpy is not None and type(part) is numpy.ndarray:
            steps += sum(accumulate(part.shape[:-1], mul)) + part.size // 8
    return steps > MOST_STEPS or longest * parts > MOST_LETTERS
