"""A Jupyter client that trusts no message: what a student's process sends is read with limits, or not at all.

jupyter_client and nbclient take for granted that a kernel is what it was when it was started. Here every message that
lacks a field, has another type in it, or is too large is as if it had never come.
"""

from queue import Empty
from time import monotonic
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

LARGEST = 96_000_000
"""Bytes of a message; who sends more is disconnected."""
WAITING = 200
"""Messages that wait to be read."""
LARGEST_HEADER = 100_000
MOST_PARTS = 2_000_000
"""Commas and brackets of a message: a text full of empty lists takes 20 times its length in memory."""


class GuardedChannel(AsyncZMQSocketChannel):
    """A channel that gives out well-formed messages only."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """Return the next well-formed message.

        Raises
        ------
        queue.Empty
            If none comes within so many seconds.
        """
        until = None if timeout is None else monotonic() + timeout
        while True:
            left = None if until is None else max(0, int((until - monotonic()) * 1000))
            if not await self.socket.poll(left):
                raise Empty
            message = self.read(await self.socket.recv_multipart())
            if message is not None:
                return message
            if until is not None and monotonic() > until:
                raise Empty

    def read(self, frames: list[bytes]) -> dict[str, Any] | None:
        """Return the message of these frames, or None if it is none."""
        try:
            _, parts = self.session.feed_identities(frames)
            *headers, content = map(bytes, parts)  # type: ignore[arg-type]
            if len(headers) != 4 or max(map(len, headers)) > LARGEST_HEADER or has_many_parts(content):
                return None
            message = self.session.deserialize(parts)
            return message if _is_sound(message) else None
        except Exception:  # whatever is wrong with it
            return None


def has_many_parts(content: bytes) -> bool:
    """Tell whether a text in JSON may have more parts than are read."""
    return sum(content.count(sign) for sign in (b",", b"[", b"{")) > MOST_PARTS


def _is_sound(message: dict) -> bool:
    """Return whether a message has what nbclient reads of it."""
    parts = [message.get(part) for part in ("header", "parent_header", "metadata", "content")]
    if not all(type(part) is dict for part in parts):
        return False
    header, parent, _, content = parts
    kind = header.get("msg_type")  # type: ignore[union-attr]
    if type(kind) is not str or message.get("msg_type") != kind or type(header.get("msg_id")) is not str:  # type: ignore[union-attr]
        return False
    if type(parent.get("msg_id", "")) is not str:  # type: ignore[union-attr]
        return False
    if kind == "execute_reply":
        return _is_reply(content)  # type: ignore[arg-type]
    return kind != "status" or type(content.get("execution_state")) is str  # type: ignore[union-attr]


def _is_reply(content: dict) -> bool:
    if content.get("status") != "error":
        return content.get("status") in ("ok", "aborted")
    lines = content.get("traceback")
    return type(content.get("ename")) is str and type(content.get("evalue")) is str and type(lines) is list \
        and all(type(line) is str for line in lines)


class GuardedClient(AsyncKernelClient):
    """A client with such channels, whose sockets take in no more than fits."""

    shell_channel_class = Type(GuardedChannel)  # type: ignore[assignment]
    iopub_channel_class = Type(GuardedChannel)  # type: ignore[assignment]

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, LARGEST)
        context.setsockopt(zmq.RCVHWM, WAITING)
        return context
