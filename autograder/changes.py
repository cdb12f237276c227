"""What a student's function did to its arguments: found out in his process, done again to the test's own objects here.

This file is run on both sides. An argument within another one goes by its number, once, and only if it comes behind it,
so that what the grader reads has no circles.
"""

import sys
from collections import OrderedDict
from typing import Any

from autograder.arrays import WireError

# ---- in the student's process


def snapshot(value):
    """Return what tells later whether an object was changed in place."""
    if type(value) is list:
        return list(value)
    if isinstance(value, dict):
        return list(value.items())
    if type(value) is set:
        return set(value)
    if type(value).__name__ == "Generator":
        return bits(value.get_state())
    return value.shape, bits(value)


def _same(value, before):
    if type(value) is list:
        return len(value) == len(before) and all(a is b for a, b in zip(value, before, strict=True))
    if isinstance(value, dict):
        return len(value) == len(before) and all(a[0] is b[0] and a[1] is b[1]
                                                 for a, b in zip(value.items(), before, strict=True))
    return snapshot(value) == before


def bits(value):
    """Return an array's or a tensor's bytes."""
    if type(value).__module__ == "numpy":
        return value.tobytes()
    torch = sys.modules["torch"]
    flat = value.detach().resolve_conj().resolve_neg().contiguous().reshape(-1)
    return flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""


def find_changes(met, before):
    """Return the arguments that were changed in place, as [number, kind, what they are now]."""
    numbers = {id(value): number for number, value in enumerate(met)}
    named = set()
    found = []
    for number, value in enumerate(met):
        if _same(value, before[number]):
            continue

        def item(part, number=number):
            inner = numbers.get(id(part), -1)
            if inner <= number or inner in named:
                return (False, part)
            named.add(inner)
            return (True, inner)

        if type(value) in (list, set):
            found.append([number, type(value).__name__, [item(part) for part in value]])
        elif isinstance(value, dict):
            found.append([number, "dict", [(key, item(part)) for key, part in value.items()]])
        else:
            found.append([number, "array", value.detach() if hasattr(value, "detach") else value])
    return found


# ---- in the grader's


def write_back(changes: list, met: list[Any]) -> None:
    """Do to a test's own objects what the student's function did to its arguments."""
    named: set[int] = set()

    def part(number: int, item: tuple[bool, Any]) -> Any:
        is_argument, value = item
        if not is_argument:
            return value
        if value in named or not number < value < len(met):
            raise WireError("an argument in a place where it cannot be")
        named.add(value)
        return met[value]

    for number, kind, new in changes:
        if type(number) is not int or not 0 <= number < len(met):
            raise WireError("a change of something else")
        if kind in ("list", "set"):
            new = [part(number, item) for item in new]
            new = set(new) if kind == "set" else new
        elif kind == "dict":
            new = type(met[number])((key, part(number, item)) for key, item in new)
        _restore(met[number], new)


def _restore(old: Any, new: Any) -> None:
    """Give an object the contents of another one of its kind."""
    kind = type(old)
    if kind is not type(new):
        raise WireError("an argument that changed its type")
    if kind is list:
        old[:] = new
    elif kind in (dict, set, OrderedDict):
        old.clear()
        old.update(new)
    elif kind.__name__ == "ndarray":
        if old.shape != new.shape or old.dtype != new.dtype:
            raise WireError("an argument that changed its shape")
        old[...] = new
    elif kind.__name__ == "Generator":
        old.set_state(new.get_state())
    else:
        import torch

        if old.dtype != new.dtype:
            raise WireError("an argument that changed its type")
        with torch.no_grad():
            if old.shape == new.shape:
                old.copy_(new)
            else:  # as `x.unsqueeze_(0)` does
                old.set_(new)
