"""Plain data as text and back: what passes between the grader and a student's process.

Numbers, text, containers, NumPy arrays and tensors pass; nothing that runs code when it is read does. Only exact
types count as plain: an instance of a subclass answers questions as its author likes, so it is left to the caller's
`other`, which makes a reference of it or refuses.

A text is a tree in JSON on the first line, and base64 of one array on each line after it; where bytes can travel as
they are, they do. A node of the tree is None, a bool, a number, a string, or a list of a tag and what the tag needs;
`arrays` has those of arrays and tensors. Reading takes time and memory in proportion to the text's length, whoever
wrote it. This file also runs in the student's process, so it needs nothing of this package but `arrays`.
"""

import binascii
import json
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from autograder.arrays import CHANGEABLE, LONGEST, READERS, WireError, write_array

LONGEST_TREE = 4_000_000
DEEPEST = 40
MOST_NODES = 200_000
MOST_KEYS = 5_000
"""Keys of a dict or set that are not text: their hashes can be made to collide, which takes time squared."""
LONG_STRING = 4_096

class Writer:
    """Writes one text.

    Parameters
    ----------
    other : callable, optional
        Called with everything that is not plain data, and with tensors that require a gradient; returns a node, whose
        tag is its own, or None for a tensor that may pass as plain data.
    shared : bool
        Whether an object that is met twice stays one object. The grader never accepts that from a student's process:
        a few lists within each other twice over would take forever to walk through.
    """

    def __init__(self, *, other: Callable[["Writer", Any], list | None] | None = None, shared: bool = False):
        self.other = other
        self.shared = shared
        self.met: list[Any] = []
        """The objects that can be changed in place, in the order in which `Reader.met` has them."""
        self.blobs: list[bytes] = []
        self._index: dict[int, int] = {}
        self._nodes = 0
        self._size = 0

    def text(self, value: object) -> str:
        """Return a value as text."""
        tree, *blobs = self.frames(value)
        return "\n".join([tree.decode(), *(binascii.b2a_base64(blob, newline=False).decode() for blob in blobs)])

    def frames(self, value: object) -> list[bytes]:
        """Return a value as the tree and the bytes of its arrays, where bytes can be sent as they are."""
        tree = json.dumps(self.node(value), separators=(",", ":"))
        if len(tree) > LONGEST_TREE:
            raise WireError(f"a value of {len(tree)} characters is too long to be sent")
        return [tree.encode(), *self.blobs]

    def node(self, value: Any, depth: int = 0) -> Any:
        """Return the node of a value."""
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            raise WireError("the value has too many parts" if depth <= DEEPEST else "the value is nested too deeply")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if abs(value) < 2 ** 63 else self._long(value)
        if kind is str:
            return value if len(value) <= LONG_STRING else ["s", self.blob(value.encode("utf-8", "surrogatepass"))]
        if self.shared and id(value) in self._index:
            return ["same", self._index[id(value)]]
        if kind in (list, dict, set, OrderedDict):
            return self._container(kind, value, depth + 1)
        if kind in (tuple, frozenset):
            return [kind.__name__, *(self.node(item, depth + 1) for item in value)]
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind in (bytes, bytearray):
            return [kind.__name__, self.blob(value)]
        if kind is slice or kind is range:
            return [kind.__name__, *(self.node(part, depth + 1) for part in (value.start, value.stop, value.step))]
        if value is Ellipsis:
            return ["..."]
        node = write_array(self, value, kind)
        if node is None and self.other:
            node = self.other(self, value)
        if node is None:
            raise WireError(f"an object of type {kind.__name__} cannot be sent")
        return node

    def keep(self, value: object) -> None:
        """Remember an object that can be changed in place."""
        self._index[id(value)] = len(self.met)
        self.met.append(value)

    def blob(self, data: Any) -> int:
        """Add bytes and return their number."""
        self._size += len(data) * 4 // 3 + 5
        if self._size > LONGEST - LONGEST_TREE:
            raise WireError("the value is too large to be sent: 64 MB is the limit")
        self.blobs.append(bytes(data))
        return len(self.blobs) - 1

    def _long(self, value: int) -> list:
        if value.bit_length() > 40_000:
            raise WireError("the number is too long to be sent")
        return ["int", hex(value)]

    def _container(self, kind: type, value: Any, depth: int) -> list:
        self.keep(value)
        items = [part for pair in value.items() for part in pair] if issubclass(kind, dict) else list(value)
        keys = items[::2] if issubclass(kind, dict) else items
        if kind is not list and sum(type(key) is not str for key in keys) > MOST_KEYS:
            raise WireError(f"a {kind.__name__} with more than {MOST_KEYS} keys that are not text cannot be sent")
        return [kind.__name__, *(self.node(item, depth) for item in items)]

class Reader:
    """Reads one text, whoever wrote it.

    Parameters
    ----------
    other : callable, optional
        Called with every node of a tag that is not plain data's; returns the object, or raises.
    shared : bool
        As the writer's.
    """

    def __init__(self, *, other: Callable[["Reader", list], Any] | None = None, shared: bool = False):
        self.other = other
        self.shared = shared
        self.met: list[Any] = []
        self.blobs: list[Any] = []
        self._nodes = 0
        self._read: set[int] = set()

    def value(self, text: str) -> Any:
        """Return the value of a text.

        Raises
        ------
        WireError
            If it is not a text of a `Writer`.
        """
        if type(text) is not str or len(text) > LONGEST or text.count("\n") > MOST_NODES:
            raise WireError("not a text of ours, or too long")
        try:
            tree, *self.blobs = text.split("\n")
            if len(tree) > LONGEST_TREE:
                raise WireError("the tree is too long")
            return self.at(json.loads(tree))
        except WireError:
            raise
        except Exception as error:  # whatever is wrong with it, there is one thing to say
            raise WireError(f"not a text of ours ({type(error).__name__})") from None

    def from_frames(self, frames: list) -> Any:
        """Return the value of a writer's `frames`, which are trusted."""
        tree, *self.blobs = frames
        return self.at(json.loads(bytes(tree)))

    def at(self, node: Any, depth: int = 0) -> Any:
        """Return the value of a node."""
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            raise WireError("too many parts, or nested too deeply")
        if type(node) is not list:
            if type(node) is dict:
                raise WireError("an object of JSON")
            return node
        tag, *rest = node
        if tag == "same" and self.shared:
            return self.met[rest[0]]
        if tag in _CONTAINERS:
            return self._container(_CONTAINERS[tag], rest, depth + 1)
        if tag in ("tuple", "frozenset"):
            _check_keys(rest if tag == "frozenset" else [])
            items = [self.at(item, depth + 1) for item in rest]
            return tuple(items) if tag == "tuple" else frozenset(items)
        if tag in ("slice", "range"):
            made = (slice if tag == "slice" else range)(*(self.at(part, depth + 1) for part in rest))
            if type(made) is range:  # who reads the answer may well walk through it
                self._nodes += len(made)
                if self._nodes > MOST_NODES:
                    raise WireError("too many parts, or nested too deeply")
            return made
        if tag in _READERS:
            made = _READERS[tag](self, *rest)
            if tag in CHANGEABLE:
                self.met.append(made)
            return made
        if self.other:
            return self.other(self, node)
        raise WireError("a node of an unknown kind")

    def bytes(self, number: int, size: int | None = None) -> bytearray:
        """Return the bytes of a blob, once; `size` is what they must be."""
        if type(number) is not int or number < 0 or number in self._read:
            raise WireError("an array without values")
        self._read.add(number)
        blob = self.blobs[number]
        if type(blob) is not str:
            return bytearray(blob)
        if size is not None and len(blob) != (size + 2) // 3 * 4:
            raise WireError("an array of another size than it says")
        data = binascii.a2b_base64(blob, strict_mode=True) if blob else b""
        if size is not None and len(data) != size:
            raise WireError("an array of another size than it says")
        return bytearray(data)

    def _container(self, kind: type, rest: list, depth: int) -> Any:
        value = kind()
        self.met.append(value)
        if kind is list:
            value.extend([self.at(item, depth) for item in rest])
        elif kind is set:
            _check_keys(rest)
            value.update([self.at(item, depth) for item in rest])
        else:
            _check_keys(rest[::2])
            items = [self.at(item, depth) for item in rest]
            value.update(zip(items[::2], items[1::2], strict=True))
        return value


def _check_keys(nodes: list) -> None:
    if sum(type(node) is not str for node in nodes) > MOST_KEYS:
        raise WireError("too many keys that are not text")


def _read_int(reader: Reader, digits: str) -> int:
    if type(digits) is not str or len(digits) > 10_004:
        raise WireError("a number that is too long")
    return int(digits, 16)


def _read_complex(reader: Reader, real: float, imag: float) -> complex:
    if type(real) is not float or type(imag) is not float:
        raise WireError("a complex number of something else")
    return complex(real, imag)


_CONTAINERS = {"list": list, "dict": dict, "set": set, "OrderedDict": OrderedDict}
_READERS: dict[str, Callable[..., Any]] = {
    **READERS, "int": _read_int, "complex": _read_complex, "...": lambda reader: Ellipsis,
    "s": lambda reader, number: reader.bytes(number).decode("utf-8", "surrogatepass"),
    "bytes": lambda reader, number: bytes(reader.bytes(number)),
    "bytearray": lambda reader, number: reader.bytes(number)}
