"""Stand-ins for objects of a student's process.

A proxy does what can be asked of the object over there, and decides nothing that a test may rest on: it equals itself
only, has no truth value, and takes no part in arithmetic. Its class is named as the object's.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import torch
import torch.utils.data

from autograder.wire import WireError

if TYPE_CHECKING:
    from autograder.remote import Anchor, Kernel

KNOWN = {"torch.nn.modules.module.Module": torch.nn.Module,
         "torch.optim.optimizer.Optimizer": torch.optim.Optimizer,
         "torch.utils.data.dataloader.DataLoader": torch.utils.data.DataLoader,
         "torch.utils.data.dataset.Dataset": torch.utils.data.Dataset}
"""The classes that a proxy passes for, if its object has them among its own."""

NAMES = {"__name__", "__qualname__", "__doc__", "__module__"}
"""Names with two underscores that are asked for. Others are Python's way of asking what an object can do."""


class Proxy:
    """Stands for an object in a student's process."""

    def __init__(self, kernel: "Kernel", anchor: "Anchor", names: tuple[str, ...], is_class: bool):
        for name, value in (("_course_kernel", kernel), ("_course_anchor", anchor), ("_course_names", names),
                            ("_course_is_class", is_class)):
            object.__setattr__(self, name, value)

    def _course_number(self, kernel: "Kernel") -> int:
        if self._course_kernel is not kernel:
            raise WireError("an object of another kernel")
        return self._course_anchor.number

    def _course_ask(self, operation: str, *on: Any) -> Any:
        return self._course_kernel.ask(operation, self, *on)

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # type: ignore[override]
        # isinstance looks here too.
        if not self._course_is_class:
            for name in self._course_names:
                if name in KNOWN:
                    return KNOWN[name]
        return type(self)

    @property
    def __bases__(self) -> tuple[type, ...]:
        # issubclass looks here.
        if not self._course_is_class:
            raise AttributeError("__bases__")
        return tuple(KNOWN[name] for name in self._course_names if name in KNOWN) or (object,)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, Proxy) and self._course_is_class and self._course_ask("instance_of", value) is True

    def __getattr__(self, name: str) -> Any:
        if (name.startswith("__") and name.endswith("__") and name not in NAMES) or name.startswith("_course_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._course_ask("get", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._course_ask("set", name, value)

    def __dir__(self) -> list[str]:
        return [str(name) for name in self._course_ask("dir")]

    def __bool__(self) -> bool:
        raise TypeError(f"this is an object of type {type(self).__name__}, expected True or False")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError(f"an object of type {type(self).__name__} lies in the student's process and cannot be copied")


def _call(self: Proxy, /, *args: Any, **kwargs: Any) -> Any:
    return self._course_ask("call", list(args), kwargs)


def _len(self: Proxy) -> int:
    length = self._course_ask("len")
    if type(length) is not int or not 0 <= length < 2 ** 31:
        raise TypeError(f"the length of this {type(self).__name__} is no length")
    return length


def _getitem(self: Proxy, key: Any) -> Any:
    return self._course_ask("item", key)


def _setitem(self: Proxy, key: Any, value: Any) -> None:
    self._course_ask("set_item", key, value)


def _iter(self: Proxy) -> Iterator:
    answer = self._course_ask("iter")
    if type(answer) is not tuple or len(answer) != 2 or not isinstance(answer[0], Proxy):
        raise TypeError(f"a {type(self).__name__} that gives no iterator")
    return _items(*answer)


def _items(iterator: Proxy, eager: object) -> Iterator:
    """Yield the items; many at a time where that makes no difference."""
    while True:
        items, end = _step(iterator, eager is True)
        yield from items
        if end:
            return


def _next(self: Proxy) -> Any:
    items, end = _step(self, False)
    if end:
        raise StopIteration
    return items[0]


def _step(iterator: Proxy, many: bool) -> tuple[list, bool]:
    items, end = iterator._course_ask("next", many)
    if type(items) is not list or type(end) is not bool or not (items or end):
        raise TypeError("an iterator that gives nothing")
    return items, end


ABILITIES = {"__call__": _call, "__len__": _len, "__getitem__": _getitem, "__setitem__": _setitem, "__iter__": _iter,
             "__next__": _next}


def make_proxy(kernel: "Kernel", anchor: "Anchor", name: Any, is_class: Any, can: Any, names: Any) -> Proxy:
    """Return a proxy of an object, as its process describes it."""
    from autograder.remote import identifier

    if type(can) is not list or type(names) is not list or not all(type(word) is str for word in [*can, *names]):
        raise WireError("an object without a description")
    abilities = {ability: ABILITIES[ability] for ability in can if ability in ABILITIES}
    kind = type(identifier(kernel.discretion.class_name([str(name), *names])), (Proxy,), abilities)
    return kind(kernel, anchor, tuple(names[:40]), is_class is True)
