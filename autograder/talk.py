"""Requests to a kernel, each with its reply or what came in its place.

One request of Jupyter's opens a line: it runs a program in the kernel that reads requests on the stdin socket and
answers them there, until it is told that this was all. That is three times as fast as a request of Jupyter's for each.
A request has a time limit: a kernel that does not answer is interrupted, and killed if it does not even take that.
"""

from time import monotonic
from typing import Any

import zmq
from jupyter_core.utils import ensure_async, run_sync

from autograder.channel import has_many_parts

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
        self.line = ""
        """The message that opened the line; empty while it is closed, as it must be for a cell to run."""
        self._number = 0
        # The channels' own sockets are asyncio's, which take twice as long.
        self._shell, self._output, self._line = (zmq.Socket(getattr(client, f"{name}_channel").socket)
                                                 for name in ("shell", "iopub", "stdin"))
        self._poller = zmq.Poller()
        for socket in (self._shell, self._output, self._line):
            self._poller.register(socket, zmq.POLLIN)

    def open(self, source: str) -> None:
        """Run a program in the kernel that answers requests: number and frames, with number and reply.

        It knows as `first` the number of its first request: older ones were meant for a program that has ended.
        """
        session = self.client.session
        names = {"first": self._number + 1}
        message = session.msg("execute_request", {
            "code": "", "silent": True, "store_history": False, "user_expressions": {"": f"exec({source!r}, {names})"},
            "allow_stdin": False, "stop_on_error": False})
        session.send(self._shell, message)
        self.line = message["msg_id"]

    def used(self) -> tuple[float, int]:
        """Return the processor seconds and written bytes of the kernel, if it is in a sandbox that counts them."""
        count = getattr(self.manager.provisioner, "used", None)
        return count() if count else (0.0, 0)

    def ask(self, frames: list[bytes], *, limit: float) -> bytes:
        """Return the reply to a request; empty if the program ended without one.

        Parameters
        ----------
        frames : list of bytes
            The request.
        limit : float
            Seconds that it may take.

        Raises
        ------
        KernelLostError, OutOfTimeError
            If there is no reply.
        """
        reply, stopped = self._talk(frames, monotonic() + limit)
        if reply is None:
            raise KernelLostError(self.lost)
        if stopped:
            raise OutOfTimeError(f"Your code took more than {max(1, round(limit))} s in one call and was stopped: is "
                                 "there a loop without an end?")
        return reply

    def close(self) -> None:
        """Have the program end, so that the kernel can run cells."""
        if self.line and not self.lost:
            self._talk([], monotonic() + PATIENCE)

    def _talk(self, frames: list[bytes], until: float) -> tuple[bytes | None, bool]:
        """Return the reply, None if the kernel is lost, and whether the call was interrupted."""
        mine = self._send(frames)
        stopped = False
        look = monotonic() + GLANCE
        while True:
            now = monotonic()
            if now > until and stopped:
                self._kill("hung")
                return None, True
            if now > until:
                stopped, until = True, now + PATIENCE
                _done(self.manager.interrupt_kernel())
                # Only at the line's end is it sure that the interrupt hits nothing that comes later. If it hits the
                # program while that waits, it takes the next request away, which must not be the one to end.
                self._send([b""])
                self._send([])
            if now > look:
                look = now + GLANCE
                if not _done(self.manager.is_alive()):
                    self._kill("died")
                    return None, stopped
            ready = dict(self._poller.poll(max(1, int(1000 * min(until - now, GLANCE)))))
            if self._output in ready:  # what a function prints while it is tested is nobody's
                self._output.recv_multipart()
            if self._line in ready:
                number, *parts = self._line.recv_multipart()
                reply = b"".join(parts)
                if number == mine and not stopped and frames and not has_many_parts(reply):
                    return reply, False
            if self._shell in ready:
                message = self.client.shell_channel.read(self._shell.recv_multipart())
                if message and message["msg_type"] == "execute_reply" \
                        and message["parent_header"].get("msg_id") == self.line:
                    self.line = ""
                    return b"", stopped

    def _send(self, frames: list[bytes]) -> bytes:
        """Send a request and return its number."""
        self._number += 1
        number = str(self._number).encode()
        self._line.send_multipart([number, *frames])
        return number

    def _kill(self, what: str) -> None:
        reason = getattr(self.manager.provisioner, "reason", "")  # a sandbox knows more about it
        self.lost = f"Your code did not come back: the kernel {what} in this cell{reason and f' ({reason})'}."
        _done(self.manager.shutdown_kernel(now=True))


_done = run_sync(ensure_async)
"""Return what a manager's method returns, which may be a coroutine."""
