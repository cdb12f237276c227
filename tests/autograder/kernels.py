"""A kernel of one's own for tests that ask it things."""

from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import DEVNULL
from tempfile import TemporaryDirectory

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from autograder.channel import GuardedClient
from autograder.remote import Kernel
from autograder.talk import Talk


class Student:
    """A kernel in which cells can be run as a student's."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client
        self.kernel = Kernel(Talk(client, manager))

    def run_cell(self, source):
        """Run a cell."""
        self.kernel.hang_up()
        run_sync(self._cell)(source)

    async def _cell(self, source):
        request = self.client.execute(source)
        while True:
            message = await self.client.get_shell_msg(timeout=60)
            if message["parent_header"].get("msg_id") == request:
                assert message["content"]["status"] == "ok", message["content"]
                return

    def has(self, source, *names):
        """Run a cell and return what the grader has of these names."""
        self.run_cell(source)
        found = self.kernel.names(list(names))
        return [found[name] for name in names] if len(names) > 1 else found[names[0]]


@contextmanager
def student() -> Iterator[Student]:
    """Start a kernel, and end it."""
    with TemporaryDirectory(dir="/tmp") as folder:
        manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{folder}/kernel")
        manager.client_factory = GuardedClient
        run_sync(_start)(manager)
        client = manager.client()
        client.start_channels()
        try:
            run_sync(_wait)(client)
            started = Student(manager, client)
            started.kernel.start()
            yield started
        finally:
            client.stop_channels()
            run_sync(_stop)(manager)


async def _start(manager):
    await manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)


async def _wait(client):
    await client.wait_for_ready(timeout=60)
    client.allow_stdin = False


async def _stop(manager):
    await manager.shutdown_kernel(now=True)
