"""Calls into a student's process: plain data goes in and comes out, everything else stays there and has a proxy here.

What the process answers is believed to be its answer and nothing more: it is read as plain data with limits, and an
answer that cannot be read is an exception here, like a student's own. `talk` sends a call, `agent` answers it.
"""

import builtins
import hashlib
import re
import weakref
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

import torch

from autograder.arrays import write_tensor
from autograder.changes import write_back
from autograder.discretion import Discretion
from autograder.gradients import Mirrors, result
from autograder.named import name_of
from autograder.odd import SAID, is_laborious, kind_of
from autograder.proxy import Proxy, make_proxy
from autograder.talk import KernelLostError, OutOfTimeError, Talk
from autograder.wire import Reader, WireError, Writer

SERVE = "import _course_agent; _course_agent.serve(first)"
INSIDE = ("arrays", "wire", "odd", "changes", "agent")
"""Modules of this package that run in the student's process, in the order in which they need each other."""
MOST_OBJECTS = 2_000
"""Objects in one answer."""
IMPATIENT = 3.0
"""Seconds for the next call of a function in a test after one took too long: the time is the other exercises'."""

SAFE = {"ArithmeticError", "AssertionError", "AttributeError", "EOFError", "FileNotFoundError", "FloatingPointError",
        "ImportError", "IndexError", "KeyError", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError",
        "NotImplementedError", "OSError", "OverflowError", "PermissionError", "RecursionError", "RuntimeError",
        "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError"}
"""What a student's exception can be here. Not StopIteration and its like, which would end a test's loop unseen."""


class BadAnswerError(RuntimeError):
    """The student's process answered nothing, or something that no call can have answered."""

    says_it_all = True


class UnsuitableError(TypeError):
    """A student's function returned what no test can work with."""

    says_it_all = True


class Anchor:
    """Keeps an object alive in the student's process for as long as something here needs it."""

    def __init__(self, number: int):
        self.number = number
        self.limit: float | None = None


class Kernel:
    """A student's process.

    Parameters
    ----------
    talk : Talk
        What it is asked through.
    call_limit, first_call_limit : float
        Seconds that one call may take, and the first call of a function, in which torch.compile and its like compile.
    """

    def __init__(self, talk: Talk, *, call_limit: float = 20.0, first_call_limit: float = 60.0):
        self.call_limit, self.first_call_limit = call_limit, first_call_limit
        self.deadline = float("inf")
        """Moment, on the clock of `time.monotonic`, after which no call is made."""
        self.discretion = Discretion()
        self.hides: Callable[[], bool] = lambda: False
        """Tells whether it is a hidden check that asks."""
        self.broken: dict[str, str] = {}
        """Names that the student has not got because their cell stopped: name -> what it stopped with."""
        self.doubts: list[str] = []
        self.knows_secrets = False
        """Whether it has met what nobody may hear of: nothing of the notebook runs after that."""
        self.mirrors = Mirrors(self)
        self._talk = talk
        self._proxies: weakref.WeakValueDictionary[int, Proxy] = weakref.WeakValueDictionary()
        self._anchors: weakref.WeakValueDictionary[int, Anchor] = weakref.WeakValueDictionary()
        self._dropped: list[int] = []
        self._received = 0
        self._inputs: list[torch.Tensor] = []

    @property
    def lost(self) -> str:
        """Why there is no process any more; empty while there is one."""
        return self._talk.lost

    def start(self) -> None:
        """Put the other end of this into the process, before anything of the student's runs in it."""
        self._talk.open(_bootstrap() + SERVE)
        try:
            self.ask("nothing")
        except BadAnswerError:
            raise KernelLostError("The kernel does not take the grader's calls.") from None
        self.hang_up()

    def hang_up(self) -> None:
        """Let the process run cells again, until the next call."""
        self._talk.close()

    def ask(self, operation: str, *on: Any) -> Any:
        """Have the process do something, and return what came of it.

        Raises
        ------
        KernelLostError, BadAnswerError, OutOfTimeError
            If there is no answer to be had.
        Exception
            The student's own, as the nearest exception of Python's that it is.
        """
        if self.lost:
            raise KernelLostError(self.lost)
        limit = min(self._limit(operation, on), self.deadline - monotonic())
        if limit <= 0:
            raise OutOfTimeError("There is no time left for this: the checks before it took too long.")
        self.discretion.needed = self.discretion.needed or self.hides()
        free, self._dropped = [number for number in self._dropped if number not in self._anchors], []
        writer = Writer(other=self._send, shared=True)
        self._inputs = []
        frames = writer.frames({"op": operation, "on": list(on), "free": free, "push": self.mirrors.changed(),
                                "grad": torch.is_grad_enabled()})
        inputs = self._inputs
        try:
            if not self._talk.line:
                self._talk.open(SERVE)
            reply = self._talk.ask(frames, limit=limit)
        except OutOfTimeError:
            if operation == "call":
                on[0]._course_anchor.limit = min(IMPATIENT, self.call_limit)
            raise
        if not reply:  # nobody needs to have meant that: an interrupt came late, or there was no memory for the answer
            raise BadAnswerError("Your code gave no answer: it was interrupted, or there is no memory left.")
        try:
            self._inputs, self._received = inputs, 0
            outcome, changes, news = Reader(other=self._receive).value(reply.decode())
            write_back(changes, writer.met)
            self.mirrors.refresh(news)
            if type(outcome) is not dict:
                raise WireError("no outcome")
            if "value" in outcome and not is_laborious(outcome["value"]):
                return outcome["value"]
            refusal = _refusal(outcome, self.discretion)
        except Exception as error:
            self._doubt("the answer to a call could not be read")
            why = str(error) if type(error) is WireError else type(error).__name__  # others quote what they met
            raise BadAnswerError(f"What came back from your code cannot be read ({why}).") from None
        finally:
            self._inputs = []
        raise refusal

    def _limit(self, operation: str, on: tuple) -> float:
        """Return the seconds that a call may take."""
        if operation != "call":
            return self.call_limit
        limit = on[0]._course_anchor.limit
        on[0]._course_anchor.limit = self.call_limit
        return max(self.call_limit, self.first_call_limit) if limit is None else limit

    def names(self, names: list[str]) -> dict[str, Any]:
        """Return what the student's names stand for; those that he does not have are left out."""
        found = self.ask("resolve", names)
        return {name: found[name] for name in names if name in found}

    def used(self) -> tuple[float, int]:
        """Return the processor seconds that the process has taken, and the bytes in its folders; zeros if unknown."""
        return self._talk.used()

    def settle(self) -> None:
        """End a test cell: what was done to parameters arrives, and nothing of the cell is kept here."""
        try:
            if not self.lost and self.mirrors.trained():
                self.ask("nothing")
        finally:
            self.mirrors.clear()

    def seed(self, text: str) -> None:
        """Start the process's random generators anew."""
        self.ask("seed", int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big"))

    def default_dtype(self) -> torch.dtype:
        """Return the process's default type of floating point numbers, if it is one that tests can be run in."""
        return torch.float64 if self.ask("default_dtype") == "torch.float64" else torch.float32

    def module(self, name: str) -> Any:
        """Return a module of the student's process."""
        return self.ask("import", name)

    def anchor(self, number: int) -> Anchor:
        """Return what keeps an object alive there."""
        anchor = self._anchors.get(number)
        if anchor is None:
            anchor = self._anchors[number] = Anchor(number)
            weakref.finalize(anchor, self._dropped_one, number).atexit = False
        return anchor

    def _dropped_one(self, number: int) -> None:
        self._dropped.append(number)

    def _doubt(self, text: str) -> None:
        if text not in self.doubts:
            self.doubts.append(text)

    # ---- values

    def _send(self, writer: Writer, value: Any) -> list | None:
        """Return the node of something that is not plain data."""
        if isinstance(value, Proxy):
            return ["object", value._course_number(self)]
        if isinstance(value, torch.Tensor):
            number = self.mirrors.number(value)
            if number is not None:
                return ["object", number]
            if kind_of(value):
                raise WireError(f"{SAID[kind_of(value)].partition(':')[0]} cannot be given to a student's function")
            self._inputs.append(value)
            return ["input", write_tensor(writer, value), value.is_leaf]
        path = name_of(value)
        if path:
            return ["named", *path]
        raise TypeError(f"a {type(value).__name__} cannot be given to a student's function: make it there, with "
                        "`checks.theirs`")

    def _receive(self, reader: Reader, node: list) -> Any:
        """Return what stands here for something that is not plain data."""
        self._received += 1
        if self._received > MOST_OBJECTS:
            raise WireError("too many objects")
        tag, *rest = node
        if tag == "input":
            return self._inputs[rest[0]]
        number = rest[0]
        if type(number) is not int or not 0 < number < 2 ** 53:
            raise WireError("an object without a number")
        if tag == "leaf":
            return self.mirrors.make(number, rest[1], rest[2], reader.at(rest[3], 1), reader.at(rest[4], 1))
        if tag == "result":
            return result(self, self.anchor(number), reader.at(rest[1], 1), self._inputs)
        if tag == "object":
            proxy = self._proxies.get(number)
            if proxy is None:
                proxy = self._proxies[number] = make_proxy(self, self.anchor(number), *rest[1:])
            return proxy
        raise WireError("an unknown node")


@cache
def _bootstrap() -> str:
    """Return source that makes the agent and what it needs in the process, as modules without a package."""
    folder = Path(__file__).parent
    sources = [((folder / f"{name}.py").read_text(encoding="utf-8"), f"_course_{name}") for name in INSIDE]
    sources = [(re.sub(r"^from autograder\.", "from _course_", source, flags=re.M), name) for source, name in sources]
    return f"""
import sys, types
sys.path.append("")  # what %%writefile wrote can be imported, and takes no library's place
for source, name in {sources!r}:
    module = sys.modules[name] = types.ModuleType(name)
    exec(compile(source, name, "exec"), module.__dict__)
"""


def _refusal(outcome: dict, discretion: Discretion) -> Exception:
    """Return what a call without a value that can be used raises here."""
    kind = "laborious" if "value" in outcome else outcome.get("kind")
    if kind is not None:
        return UnsuitableError(f"Your function returned {SAID[kind]}")
    names, message, line = (outcome[key] for key in ("names", "message", "line"))
    if not all(type(part) is str for part in (message, line, *names)):
        raise WireError("no exception")
    bases = (name.removeprefix("builtins.") for name in names[1:])
    base: type = getattr(builtins, next((base for base in bases if base in SAFE), "Exception"))
    said, line = discretion.message(message), discretion.line(line)
    missing = re.fullmatch(r"name '(\w+)' is not defined.*", said)  # its cell may have stopped, which is worth saying
    return type(identifier(discretion.class_name(names)), (base,), {
        "__str__": lambda error: said, "student_line": line, "name": missing and missing[1]})(said)


def identifier(name: object) -> str:
    """Return a name as one that a class may have."""
    return re.sub(r"\W", "_", str(name)[:40], flags=re.ASCII) or "object"
