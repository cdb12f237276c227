"""Arrays, tensors and what belongs to them as nodes of `wire`: their shape and type in the tree, their values as bytes.

Reading makes nothing of a node that does not fit its bytes, whoever wrote it. Like `wire` this file also runs in the
student's process: it needs nothing of this package, and imports NumPy and PyTorch only where they are met.
"""

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.wire import Reader, Writer

LONGEST = 88_000_000
"""Characters of a text: 64 MB of arrays."""

TENSORS = {"bool": 1, "uint8": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8, "uint16": 2, "uint32": 4, "uint64": 8,
           "float16": 2, "bfloat16": 2, "float32": 4, "float64": 8, "complex32": 4, "complex64": 8, "complex128": 16}
"""The types of a tensor's numbers that pass, and the bytes of one."""
SIZES = {name: size for name, size in TENSORS.items() if name not in ("bfloat16", "complex32")}
"""The same for NumPy's arrays."""


class WireError(ValueError):
    """A value that cannot be sent, or a text that is not one of ours."""


def write_array(writer: "Writer", value: Any, kind: type) -> list | None:
    """Return the node of something of NumPy's or PyTorch's, or None."""
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if torch is not None:
        if kind is torch.Tensor:
            node = writer.other(writer, value) if value.requires_grad and writer.other else write_tensor(writer, value)
            writer.keep(value)
            return node
        if kind in (torch.dtype, torch.device):
            return [kind.__name__, str(value).removeprefix("torch.")]
        if kind is torch.Size:
            return ["Size", *value]
        if kind is torch.Generator and value.device.type == "cpu":
            writer.keep(value)
            return ["Generator", writer.blob(value.get_state().numpy().tobytes())]
    if numpy is not None:
        if kind is numpy.ndarray and value.dtype.name in SIZES:
            writer.keep(value)
            return ["ndarray", value.dtype.name, list(value.shape), writer.blob(_native(value).tobytes())]
        if issubclass(kind, numpy.generic) and value.dtype.name in SIZES and kind is value.dtype.type:
            return ["scalar", value.dtype.name, writer.blob(_native(value).tobytes())]
    return None


def write_tensor(writer: "Writer", value: Any) -> list | None:
    """Return the node of a tensor's values, or None if they are not in this machine's memory."""
    import torch

    dtype = str(value.dtype).removeprefix("torch.")
    if value.layout is not torch.strided or dtype not in TENSORS or value.device.type == "meta" or value.is_nested:
        return None
    flat = value.detach().cpu().resolve_conj().resolve_neg().contiguous().reshape(-1)
    if flat.numel() == 1:
        flat = flat.as_strided((1,), (1,))  # contiguous whatever its stride says, which `view` does not know
    raw = flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""
    return ["tensor", dtype, list(value.shape), writer.blob(raw)]


def _native(value: Any) -> Any:
    """Return an array in this machine's byte order."""
    return value.astype(value.dtype.newbyteorder("="), copy=False)


def _shape(shape: Any, size: int) -> tuple[tuple[int, ...], int]:
    """Return a shape that was checked, and the bytes that its values take."""
    if type(shape) is not list or len(shape) > 32 or not all(type(n) is int and 0 <= n < 2 ** 31 for n in shape):
        raise WireError("a shape that cannot be")
    if math.prod(n for n in shape if n) * size > LONGEST:  # also of an empty one: a sum over its empty axis is not
        raise WireError("a shape that is too large")
    return tuple(shape), math.prod(shape) * size


def _read_ndarray(reader: "Reader", dtype: str, shape: list, number: int) -> Any:
    import numpy

    dims, size = _shape(shape, SIZES[dtype])
    return _bools(numpy.frombuffer(reader.bytes(number, size), numpy.uint8), dtype).view(dtype).reshape(dims)


def _read_scalar(reader: "Reader", dtype: str, number: int) -> Any:
    return _read_ndarray(reader, dtype, [], number)[()]


def _read_tensor(reader: "Reader", dtype: str, shape: list, number: int) -> Any:
    import numpy
    import torch

    dims, size = _shape(shape, TENSORS[dtype])
    kind = getattr(torch, dtype)
    if not size:
        return torch.empty(dims, dtype=kind)
    raw = _bools(numpy.frombuffer(reader.bytes(number, size), numpy.uint8), dtype)
    return torch.from_numpy(raw).view(kind).reshape(dims)


def _bools(raw: Any, dtype: str) -> Any:
    """Make bytes that stand for True and False 1 and 0: others behave differently from one operation to the next."""
    return (raw != 0).view(raw.dtype) if dtype == "bool" else raw


def _read_generator(reader: "Reader", number: int) -> Any:
    import torch

    generator = torch.Generator()
    generator.set_state(torch.frombuffer(reader.bytes(number, len(generator.get_state())), dtype=torch.uint8))
    return generator


def _read_dtype(reader: "Reader", name: str) -> Any:
    import torch

    # Not getattr, which imports whole parts of PyTorch.
    if type(name) is not str or type(vars(torch).get(name)) is not torch.dtype:
        raise WireError("an unknown dtype")
    return vars(torch)[name]


def _read_device(reader: "Reader", name: str) -> Any:
    import torch

    if type(name) is not str or len(name) > 20:
        raise WireError("an unknown device")
    return torch.device(name)


def _read_size(reader: "Reader", *shape: int) -> Any:
    import torch

    if not all(type(n) is int and 0 <= n < 2 ** 63 for n in shape):
        raise WireError("a shape that cannot be")
    return torch.Size(shape)


READERS: dict[str, Callable[..., Any]] = {
    "ndarray": _read_ndarray, "tensor": _read_tensor, "Generator": _read_generator, "scalar": _read_scalar,
    "dtype": _read_dtype, "device": _read_device, "Size": _read_size}
"""What reads a node of a tag."""
CHANGEABLE = {"ndarray", "tensor", "Generator"}
"""Tags of objects that can be changed in place."""
