"""What the grader asks of a student's process; this file runs there, as a module of its own.

A request is a dict: what to do (`op`), on what, with which arguments; the answer says what came back, which of the
arguments were changed in place, and which of the mirrored parameters are not what they were. Objects that are not
plain data stay here, under a number, until the grader lets go of them. Nothing in here protects anybody: the student
can change this process as he likes, and the grader believes it accordingly.
"""

import importlib
import linecache
import random
import sys

from IPython import get_ipython

from autograder.arrays import write_tensor
from autograder.changes import bits, find_changes, snapshot
from autograder.odd import kind_of
from autograder.wire import Reader, WireError, Writer

PULL_BYTES, PULL_ITEMS = 16_000_000, 1_000
"""How much of a list's or a module's iterator is sent at a time."""

_objects: dict = {}
_numbers: dict = {}
_mirrors: dict = {}  # number of a parameter: its values and its gradient, as the grader knows them
_leaves: dict = {}  # number of a result: the inputs of its call that need a gradient
_next = 0


def serve(first):
    """Answer the grader's requests from the one with number `first` on, until it says that this was all."""
    socket = get_ipython().kernel.stdin_socket
    while True:
        try:
            sender, number, *frames = socket.recv_multipart()
            if int(number) < first:
                continue
            if not frames:
                return
            socket.send_multipart([sender, number, answer(frames).encode()])
        except KeyboardInterrupt:  # it was meant for a call that has ended
            pass


def answer(frames):
    """Do what a request says, and return the reply."""
    try:
        try:
            reader = Reader(other=_receive, shared=True)
            reader.leaves = []
            request = reader.from_frames(frames)
        except BaseException as error:
            return Writer().text(_refusal(error))
        return _answer(request, reader)
    except BaseException as error:  # an interrupt that comes late, or no memory
        return Writer().text(_refusal(error))


def _answer(request, reader):
    for number in request["free"]:
        _forget(number)
    before = [snapshot(value) for value in reader.met]
    operation, on = request["op"], request["on"]
    try:
        _push(request["push"])
        with _Gradients(request["grad"]):
            result = {"value": _OPERATIONS[operation](*on)}
    except BaseException as error:
        result = _refusal(error)
    writer = Writer(other=_send)
    writer.leaves, writer.returned = reader.leaves, operation == "call" and not isinstance(on[0], type)
    try:
        reply = writer.text([result, find_changes(reader.met, before), _news()])
    except BaseException as error:
        reply = Writer().text([_refusal(error), [], []])
    return reply


class _OddError(Exception):
    """A function returned what is no use to a test, but could be meant to be: its kind, as `odd` has it."""


def _refusal(error):
    """Return what the grader needs to know of an exception."""
    if type(error) is _OddError:
        return {"kind": error.args[0]}
    try:
        message = str(error)
        message = message if type(message) is str else ""
    except BaseException:
        message = ""
    line = ""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "ipykernel_" in name or name.startswith("<ipython-input"):
            line = linecache.getline(name, trace.tb_lineno).strip() or line
        trace = trace.tb_next
    return {"names": _names(type(error)), "message": message[:2000], "line": line[:300]}


class _Gradients:
    """PyTorch's gradients on or off, as they are where the request comes from."""

    def __init__(self, on):
        self.on = on

    def __enter__(self):
        torch = sys.modules.get("torch")
        self.was = torch.is_grad_enabled() if torch else None
        if torch:
            torch.set_grad_enabled(self.on)

    def __exit__(self, *error):
        if self.was is not None:
            sys.modules["torch"].set_grad_enabled(self.was)


# ---- objects and their numbers


def _number(value):
    """Return the number of an object that stays here."""
    global _next
    number = _numbers.get(id(value))
    if number is None:
        number = _next = _next + 1
        _objects[number], _numbers[id(value)] = value, number
    return number


def _forget(number):
    value = _objects.pop(number, None)
    _numbers.pop(id(value), None)
    _mirrors.pop(number, None)
    _leaves.pop(number, None)


def _send(writer, value):
    """Return the node of an object that is not plain data."""
    torch = sys.modules.get("torch")
    whole = type(value) is _Kept
    value = value.value if whole else value
    kind = type(value)
    if torch is not None and kind in (torch.Tensor, torch.nn.Parameter) and not whole:
        for index, leaf in enumerate(writer.leaves):
            if leaf is value:
                return ["input", index]
        node = write_tensor(writer, value)
        if node is not None and (kind is torch.nn.Parameter or value.is_leaf):
            number = _number(value)
            _mirrors[number] = _state(value)
            grad = write_tensor(writer, value.grad) if value.grad is not None else None
            return ["leaf", number, kind is torch.nn.Parameter, value.requires_grad, node, grad]
        if node is not None:
            number = _number(value)
            _leaves.setdefault(number, writer.leaves)
            return ["result", number, node]
    if writer.returned and kind_of(value):
        raise _OddError(kind_of(value))
    can = [name for name in ("__call__", "__len__", "__getitem__", "__setitem__", "__iter__", "__next__")
           if any(name in base.__dict__ for base in kind.__mro__)]
    names = _names(value if kind is type else kind)
    return ["object", _number(value), str(kind.__name__)[:100], isinstance(value, type), can, names]


def _names(kind):
    """Return where a class and its bases are: module and name. The first is what the class calls itself."""
    return [str(kind.__name__)[:100], *(f"{base.__module__}.{base.__qualname__}" for base in kind.__mro__[:20])]


def _receive(reader, node):
    """Return the object of a node that is not plain data."""
    tag, *rest = node
    if tag == "object":
        return _objects[rest[0]]
    if tag == "named":
        found = importlib.import_module(rest[0])
        for name in rest[1].split("."):
            found = getattr(found, name)
        return found
    if tag == "input":  # a tensor whose gradient the grader may ask for
        leaf = reader.at(rest[0])
        leaf.requires_grad_()
        reader.leaves.append(leaf)
        if rest[1]:
            return leaf
        reader.met[-1] = leaf.clone()
        return reader.met[-1]
    raise WireError(f"unknown node {tag!r}")


# ---- parameters that have mirrors


def _state(parameter):
    return bits(parameter), None if parameter.grad is None else bits(parameter.grad)


def _push(pushed):
    """Give parameters the values and gradients that the grader has given their mirrors."""
    for number, values, has_grad, grad in pushed:
        parameter = _objects[number]
        with sys.modules["torch"].no_grad():
            if values is not None:
                parameter.copy_(values)
            if grad is not None:
                parameter.grad = grad.clone()
            elif not has_grad:
                parameter.grad = None
        _mirrors[number] = _state(parameter)


def _news():
    """Return the mirrored parameters that were changed."""
    found = []
    for number, known in list(_mirrors.items()):
        parameter = _objects[number]
        state = _state(parameter)
        if state != known:
            _mirrors[number] = state
            grad = None if parameter.grad is None else parameter.grad.detach()
            found.append([number, parameter.detach() if state[0] != known[0] else None, grad])
    return found


# ---- what can be asked


def _resolve(names):
    space = get_ipython().user_ns
    trial = Writer(other=_send)
    trial.leaves, trial.returned = [], False
    found = {}
    for name in names:
        if name in space:
            try:
                trial.node(space[name])
                found[name] = space[name]
            except WireError:  # one that cannot be sent is there all the same
                found[name] = _Kept(space[name])
    return found


def _step(iterator, many):
    """Return the next item, or many, and whether that was all."""
    items, size = [], 0
    while True:
        try:
            items.append(next(iterator))
        except StopIteration:
            return items, True
        size += getattr(items[-1], "nbytes", 0)
        if not many or size > PULL_BYTES or len(items) >= PULL_ITEMS:
            return items, False


def _iterate(value):
    """Return an iterator, and whether taking all of it at once makes no difference."""
    iterator = iter(value)
    eager = type(iterator).__name__ in ("list_iterator", "tuple_iterator", "dict_keyiterator", "dict_valueiterator",
                                        "dict_itemiterator", "set_iterator", "odict_iterator")
    torch = sys.modules.get("torch")
    if torch is not None and type(iterator).__name__ == "generator":
        own = torch.nn.Module.parameters.__code__.co_filename
        eager = iterator.gi_code.co_filename == own
    return _Kept(iterator), eager


class _Kept:
    """An object of which the grader gets the number, also if it is plain data."""

    def __init__(self, value):
        self.value = value


def _backward(number, gradient, mirrors):
    """Run a result's backward pass; return the gradients of the call's inputs and of the mirrored parameters."""
    torch = sys.modules["torch"]
    leaves = _leaves.get(number, [])
    parameters = [_objects[mirror] for mirror in mirrors]
    held = [parameter.grad for parameter in parameters]
    for tensor in [*leaves, *parameters]:
        tensor.grad = None
    try:
        with torch.enable_grad():
            torch.autograd.backward([_objects[number]], [gradient], retain_graph=True)
        return [[tensor.grad for tensor in leaves], [tensor.grad for tensor in parameters]]
    finally:
        for parameter, grad in zip(parameters, held, strict=True):
            parameter.grad = grad


def _seed(number):
    random.seed(number)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(number % 2 ** 32)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(number)


def _default_dtype():
    return str(sys.modules["torch"].get_default_dtype()) if "torch" in sys.modules else ""


def _set(value, name, new):
    setattr(value, name, new)


def _set_item(value, key, new):
    value[key] = new


_OPERATIONS = {
    "resolve": _resolve, "call": lambda function, args, kwargs: function(*args, **kwargs), "get": getattr, "set": _set,
    "item": lambda value, key: value[key], "set_item": _set_item, "len": len, "iter": _iterate, "next": _step,
    "instance_of": lambda kind, value: isinstance(value, kind), "import": importlib.import_module, "dir": dir,
    "backward": _backward, "seed": _seed, "default_dtype": _default_dtype, "nothing": lambda: None}
