"""Start a sandbox, keep count of what all of its processes use together, and end it when that is too much.

Limits of the operating system hold for one process, or for one folder. What this adds up is: memory of processes,
page tables, scratch folders with their entries, what may be queued in sockets, and processor time.
"""

import json
import os
import select
import signal
import subprocess
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from autograder.bubblewrap import WRITABLE, Limits

INTERVAL = 0.1
"""Seconds between two looks. A process takes about 0.3 GB in that time."""

QUEUED = 212_992
"""Bytes that a socket can hold back in the system, counted for each descriptor beyond a process's first 64."""

ENTRY = 1024
"""Bytes that an empty file costs."""


class Watch(threading.Thread):
    """The thread from which a sandbox is started.

    bubblewrap ends a sandbox when the thread that started it does, so this one stays for as long as the sandbox lives.
    """

    def __init__(self, limits: Limits, command: list[str], info: int, **options: Any) -> None:
        super().__init__(name="sandbox", daemon=True)
        self.limits, self.command, self.info, self.options = limits, command, info, options
        self.process: Future[subprocess.Popen] = Future()
        self.init: Future[int] = Future()
        self.reason = ""
        self.seconds, self.written = 0.0, 0
        """Processor seconds that the sandbox has taken, and bytes that lie in its folders, at the last look."""
        self._handle = -1
        self._lost = self._cpu = 0.0

    def run(self) -> None:
        """Start the sandbox and watch it until it is gone."""
        try:
            self.process.set_result(subprocess.Popen(self.command, start_new_session=True, **self.options))
        except OSError as error:
            os.close(self.info)
            self.process.set_exception(error)
            return
        finally:
            for handle in self.options["pass_fds"]:
                os.close(handle)
        try:
            with os.fdopen(self.info, "rb") as file:
                pid = json.load(file)["child-pid"]
            self._handle = os.pidfd_open(pid)
        except (ValueError, OSError) as error:
            self.init.set_exception(error)
            return
        self.init.set_result(pid)
        self._watch(f"/proc/{pid}/root")

    def kill(self) -> None:
        """End every process of the sandbox: its first one takes all others along."""
        if self._handle >= 0:
            with suppress(OSError):  # it is gone
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def gone(self) -> bool:
        """Tell whether no process is left."""
        return not self.is_alive()

    def _watch(self, root: str) -> None:
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        before = _resident()
        while not poll.poll(1000 * INTERVAL):
            if self.reason:
                continue
            before = min(before, _resident())
            try:
                if os.stat(root).st_dev == os.stat("/").st_dev:
                    continue  # it is still being built
                memory = self._look(root)
            except OSError:
                continue
            grown = _resident() - before
            if memory > self.limits.memory:
                self.reason = f"it took {memory / 1e9:.1f} GB of memory, more than {self.limits.memory / 1e9:.1f}"
            elif self.seconds > self.limits.cpu_seconds:
                self.reason = f"it took more than {self.limits.cpu_seconds} s of processor time"
            elif grown > self.limits.outside:
                self.reason = f"what it sent took {grown / 1e9:.1f} GB of memory"
            if self.reason:
                self.kill()
        handle, self._handle = self._handle, -1
        os.close(handle)
        self.process.result().wait()

    def _look(self, root: str) -> int:
        """Note what the sandbox has taken, and return its memory. Its own /proc lists its processes and no others."""
        memory, written, ticks = 0, 0, 0
        for name in os.listdir(f"{root}/proc"):
            if name.isdigit():
                try:
                    memory += _memory(f"{root}/proc/{name}/status")
                    with open(f"{root}/proc/{name}/stat", "rb") as file:
                        ticks += sum(map(int, file.read().rpartition(b")")[2].split()[11:15]))
                except (OSError, ValueError):
                    pass  # it ended meanwhile
        for path in WRITABLE:
            status = os.statvfs(root + path)
            written += (status.f_blocks - status.f_bfree) * status.f_frsize + (status.f_files - status.f_ffree) * ENTRY
        # A process that nobody waited for takes its seconds along: they are remembered.
        seconds = ticks / os.sysconf("SC_CLK_TCK")
        self._lost += max(0.0, self._cpu - seconds)
        self._cpu = seconds
        self.seconds, self.written = seconds + self._lost, written
        return memory + written


def _memory(path: str) -> int:
    """Return the bytes of one process that are its own, from its status file."""
    with open(path, "rb") as file:
        lines = (line.split() for line in file)
        fields = {words[0].rstrip(b":"): words[1:] for words in lines if words}
    own = sum(1024 * int(fields[name][0]) for name in (b"RssAnon", b"VmPTE", b"VmSwap") if name in fields)
    return own + QUEUED * max(0, int(fields[b"FDSize"][0]) - 64)


def _resident() -> int:
    """Return the bytes that this program holds in memory."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
