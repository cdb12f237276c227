"""Calls into a student's process: plain data goes in and comes out, everything else stays there and has a proxy here.

A call travels as an expression beside an empty cell, so any Python kernel can be asked. Each call has a time limit.
What the process answers is believed to be its answer and nothing more: it is read as plain data with limits, and an
answer that cannot be read is an exception here, like a student's own.
"""

import builtins
import hashlib
import re
import weakref
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

import torch
import zmq
import zmq.asyncio
from jupyter_core.utils import ensure_async, run_sync

from autograder.gradients import Mirrors, result
from autograder.named import name_of
from autograder.proxy import Proxy, make_proxy
from autograder.wire import Reader, WireError, Writer, restore

MIME = "application/vnd.speech-enhancement.reply"
AGENT = "_course_agent"
PATIENCE = 5
"""Seconds that a call has to end after it was interrupted."""
MOST_OBJECTS = 2_000
"""Objects in one answer."""
LONGEST_MESSAGE = 250
"""Characters of an exception's message: enough for PyTorch's own, and too few to carry a test's inputs off."""

SAFE = {"ArithmeticError", "AssertionError", "AttributeError", "EOFError", "FileNotFoundError", "FloatingPointError",
        "ImportError", "IndexError", "KeyError", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError",
        "NotImplementedError", "OSError", "OverflowError", "PermissionError", "RecursionError", "RuntimeError",
        "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError"}
"""What a student's exception can be here. Not StopIteration and its like, which would end a test's loop unseen."""


class KernelLostError(RuntimeError):
    """The student's process is gone or no longer answers; every further call says so at once."""

    says_it_all = True


class BadAnswerError(RuntimeError):
    """The student's process answered something that no call can have answered."""

    says_it_all = True


class OutOfTimeError(TimeoutError):
    """A call took too long, or there is no time left for it."""

    says_it_all = True


class Anchor:
    """Keeps an object alive in the student's process for as long as something here needs it."""

    def __init__(self, number: int):
        self.number = number


class Kernel:
    """A student's process.

    Parameters
    ----------
    client : jupyter_client.asynchronous.AsyncKernelClient
        A client whose channels are started, with the channels of `autograder.channel`.
    manager : jupyter_client.AsyncKernelManager
        The kernel's manager, by which it is interrupted and killed.
    call_limit : float
        Seconds that one call may take.
    """

    def __init__(self, client: Any, manager: Any, *, call_limit: float = 20.0):
        self.client, self.manager, self.call_limit = client, manager, call_limit
        self.deadline = float("inf")
        """Moment, on the clock of `time.monotonic`, after which no call is made."""
        self.lines: frozenset[str] | None = None
        """The lines of the student's notebook: an exception can come from one of these only. None: from anywhere."""
        self.broken: dict[str, str] = {}
        """Names that the student has not got because their cell stopped: name -> what it stopped with."""
        self.lost = ""
        self.doubts: list[str] = []
        self.mirrors = Mirrors(self)
        self._proxies: weakref.WeakValueDictionary[int, Proxy] = weakref.WeakValueDictionary()
        self._anchors: weakref.WeakValueDictionary[int, Anchor] = weakref.WeakValueDictionary()
        self._dropped: list[int] = []
        self._received = 0
        self._inputs: list[torch.Tensor] = []

    def start(self) -> None:
        """Put the other end of this into the process, before anything of the student's runs in it."""
        until = monotonic() + 60
        content = self._exchange(f"exec({_bootstrap()!r}, {{}})", [], until)
        if content.get("user_expressions", {}).get("reply", {}).get("status") != "ok":
            raise KernelLostError("The kernel does not take the grader's calls.")

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
        limit = min(self.call_limit, self.deadline - monotonic())
        if limit <= 0:
            raise OutOfTimeError("There is no time left for this: the checks before it took too long.")
        until = monotonic() + limit
        free, self._dropped = [number for number in self._dropped if number not in self._anchors], []
        writer = Writer(other=self._send, shared=True)
        self._inputs = []
        frames = writer.frames({"op": operation, "on": list(on), "free": free, "push": self.mirrors.changed(),
                                "grad": torch.is_grad_enabled()})
        inputs = self._inputs
        content = self._exchange(f"__import__({AGENT!r}).answer()", frames, until, limit=limit)
        try:
            reply = content["user_expressions"]["reply"]["data"][MIME]
            self._inputs, self._received = inputs, 0
            outcome, changes, news = Reader(other=self._receive).value(reply)
            self._write_back(changes, writer.met)
            self.mirrors.refresh(news)
            if type(outcome) is not dict:
                raise WireError("no outcome")
            if "value" in outcome:
                return outcome["value"]
            refusal = _exception(outcome, self.lines)
        except Exception as error:
            self._doubt("the answer to a call could not be read")
            raise BadAnswerError(f"What came back from your code cannot be read ({error}).") from None
        finally:
            self._inputs = []
        raise refusal

    def names(self, names: list[str]) -> dict[str, Any]:
        """Return what the student's names stand for; those that he does not have are left out."""
        found = self.ask("resolve", names)
        return {name: found[name] for name in names if name in found}

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
            if type(value) not in (torch.Tensor, torch.nn.Parameter):
                raise WireError(f"a tensor of type {type(value).__name__} cannot be given to a student's function")
            number = self.mirrors.number(value)
            if number is not None:
                return ["object", number]
            self._inputs.append(value)
            return ["input", writer.tensor(value), value.is_leaf]
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

    def _write_back(self, changes: list, met: list[Any]) -> None:
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
            restore(met[number], new)

    # ---- messages

    def _exchange(self, expression: str, frames: list[bytes], until: float, *, limit: float = 60.0) -> dict:
        """Return the content of the reply to a request, or raise."""
        content, stopped = self._talk(expression, frames, until)
        if content is None:
            raise KernelLostError(self.lost)
        if stopped:
            raise OutOfTimeError(f"Your code took more than {max(1, round(limit))} s in one call and was stopped: is "
                                 "there a loop without an end? (To compile at the first call, as torch.compile does, "
                                 "takes too long here.)")
        return content

    async def _async_talk(self, expression: str, frames: list[bytes], until: float) -> tuple[dict | None, bool]:
        """Return the reply's content, None if there is none, and whether the call was interrupted."""
        shell, iopub = self.client.shell_channel, self.client.iopub_channel
        poller = zmq.asyncio.Poller()
        poller.register(shell.socket, zmq.POLLIN)
        poller.register(iopub.socket, zmq.POLLIN)
        request, probe = self._request(expression, frames), ""
        stopped = False
        look = monotonic() + 0.25
        while True:
            now = monotonic()
            if now > until and stopped:
                await self._kill("hung")
                return None, True
            if now > until:
                stopped, until = True, now + PATIENCE
                await ensure_async(self.manager.interrupt_kernel())
                # An interrupt between two lines of the kernel's own takes the reply away. This comes behind it.
                probe = self._request("0", [])
            if now > look:
                look = now + 0.25
                if not await ensure_async(self.manager.is_alive()):
                    await self._kill("died")
                    return None, stopped
            ready = dict(await poller.poll(max(1, int(1000 * min(until - now, 0.25)))))
            if iopub.socket in ready:  # what a function prints while it is tested is nobody's
                await iopub.socket.recv_multipart()
            if shell.socket in ready:
                message = shell.read(await shell.socket.recv_multipart())
                if message and message["msg_type"] == "execute_reply" \
                        and message["parent_header"].get("msg_id") in (request, probe):
                    return message["content"], stopped

    _talk = run_sync(_async_talk)

    def _request(self, expression: str, frames: list[bytes]) -> str:
        """Send an expression for the kernel to evaluate, and return the message's id."""
        session = self.client.session
        message = session.msg("execute_request", {
            "code": "", "silent": True, "store_history": False, "user_expressions": {"reply": expression},
            "allow_stdin": False, "stop_on_error": False})
        session.send(self.client.shell_channel.socket, message, buffers=frames)
        return message["msg_id"]

    async def _kill(self, what: str) -> None:
        reason = getattr(self.manager.provisioner, "reason", "")  # a sandbox knows more about it
        self.lost = f"Your code did not come back: the kernel {what} in this cell{reason and f' ({reason})'}."
        await ensure_async(self.manager.shutdown_kernel(now=True))


@cache
def _bootstrap() -> str:
    """Return source that makes the agent's modules in the process."""
    folder = Path(__file__).parent
    wire = (folder / "wire.py").read_text(encoding="utf-8")
    agent = (folder / "agent.py").read_text(encoding="utf-8").replace("from autograder import wire\n", "")
    return f"""
import sys, types
wire, agent = types.ModuleType("_course_wire"), types.ModuleType({AGENT!r})
agent.wire = wire
for module, source in ((wire, {wire!r}), (agent, {agent!r})):
    sys.modules[module.__name__] = module
    exec(compile(source, module.__name__, "exec"), module.__dict__)
"""


def _exception(outcome: dict, lines: frozenset[str] | None) -> Exception:
    """Return a student's exception as the nearest one of Python's that is safe here."""
    name, bases, message, line = (outcome[key] for key in ("error", "bases", "message", "line"))
    if not all(type(part) is str for part in (name, message, line, *bases)):
        raise WireError("no exception")
    base: type = getattr(builtins, next((base for base in bases if base in SAFE), "Exception"))
    said = message[:LONGEST_MESSAGE]
    line = line[:300] if lines is None or line in lines else ""
    return type(identifier(name), (base,), {"__str__": lambda error: said, "student_line": line})(said)


def identifier(name: object) -> str:
    """Return a name as one that a class may have."""
    return re.sub(r"\W", "_", str(name)[:40], flags=re.ASCII) or "object"
