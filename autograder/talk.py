"""One request to a kernel, and its reply or what came in its place.

A request travels as an expression beside an empty cell, so any Python kernel can be asked. It has a time limit: a
kernel that does not answer is interrupted, and killed if it does not even take that.
"""

from time import monotonic
from typing import Any

import zmq
import zmq.asyncio
from jupyter_core.utils import ensure_async, run_sync

PATIENCE = 5
"""Seconds that a call has to end after it was interrupted."""
GLANCE = 0.25
"""Seconds between two looks at whether the kernel is alive."""


class KernelLostError(RuntimeError):
    """The student's process is gone or no longer answers; every further call says so at once."""

    says_it_all = True


class OutOfTimeError(TimeoutError):
    """A call took too long, or there is no time left for it."""

    says_it_all = True


class Talk:
    """Requests to a kernel, one after the other.

    Parameters
    ----------
    client : jupyter_client.asynchronous.AsyncKernelClient
        A client whose channels are started, with the channels of `autograder.channel`.
    manager : jupyter_client.AsyncKernelManager
        The kernel's manager, by which it is interrupted and killed.
    """

    def __init__(self, client: Any, manager: Any):
        self.client, self.manager = client, manager
        self.lost = ""
        """Why there is no kernel any more; empty while there is one."""

    def ask(self, expression: str, frames: list[bytes], *, limit: float) -> dict:
        """Return the content of the reply to a request.

        Parameters
        ----------
        expression : str
            What the kernel evaluates.
        frames : list of bytes
            What it finds beside the request.
        limit : float
            Seconds that it may take.

        Raises
        ------
        KernelLostError, OutOfTimeError
            If there is no reply.
        """
        content, stopped = self._talk(expression, frames, monotonic() + limit)
        if content is None:
            raise KernelLostError(self.lost)
        if stopped:
            raise OutOfTimeError(f"Your code took more than {max(1, round(limit))} s in one call and was stopped: is "
                                 "there a loop without an end?")
        return content

    async def _async_talk(self, expression: str, frames: list[bytes], until: float) -> tuple[dict | None, bool]:
        """Return the reply's content, None if there is none, and whether the call was interrupted."""
        shell, iopub = self.client.shell_channel, self.client.iopub_channel
        poller = zmq.asyncio.Poller()
        poller.register(shell.socket, zmq.POLLIN)
        poller.register(iopub.socket, zmq.POLLIN)
        request, probe = self._request(expression, frames), ""
        stopped = False
        look = monotonic() + GLANCE
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
                look = now + GLANCE
                if not await ensure_async(self.manager.is_alive()):
                    await self._kill("died")
                    return None, stopped
            ready = dict(await poller.poll(max(1, int(1000 * min(until - now, GLANCE)))))
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
