"""A Jupyter kernel in a sandbox: no network, a read-only system, a home of its own, limits on all it takes.

The kernelspec `sandbox` names this provisioner, so any Jupyter program can use it: `jupyter execute --kernel sandbox`,
nbclient, a Jupyter server. The kernel's sockets lie in the sandbox; the trusted side holds on to each of them from
before the first line of a student's code, so that nothing put in its place is ever connected to.
"""

import asyncio
import fcntl
import io
import json
import os
import random
import shutil
import socket
import stat
import subprocess
import tarfile
import tempfile
import threading
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from time import sleep
from typing import Any

from jupyter_client import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.provisioning import LocalProvisioner

from autograder import bubblewrap, caches, seccomp
from autograder.bubblewrap import CONNECTION, SOCKETS, Limits, command, content, own_uid_range, variables
from autograder.watch import INTERVAL, Watch

__all__ = ["Limits", "Sandbox", "problem"]

START = 90
"""Seconds that a kernel has to start: a cold disk alone may take 40."""
MOST_ON_A_CORE = 16
"""Sandboxes that are counted on one core; any more are put anywhere."""


def problem() -> str:
    """Return what keeps the kernel `sandbox` from working here and how to mend it; an empty text if nothing does."""
    try:
        KernelSpecManager().get_kernel_spec("sandbox")
    except NoSuchKernel:
        return ("there is no kernel called sandbox: run jupyter kernelspec install --sys-prefix --name sandbox "
                f"{Path(__file__).parent / 'kernels' / 'sandbox'}")
    return bubblewrap.problem()


class Sandbox(LocalProvisioner):
    """Starts a kernel within bubblewrap. After its end, `reason` says whether a limit was what ended it."""

    parent: Any  # the kernel's manager

    def __init__(self, **options: Any) -> None:
        given = {field.name: options.pop(field.name) for field in fields(Limits) if field.name in options}
        super().__init__(**options)
        self.limits = Limits(**given)
        self._watch: Watch | None = None
        self._folder = ""
        self._held: list[int] = []
        self._user: socket.socket | None = None
        self._core: socket.socket | None = None

    @property
    def reason(self) -> str:
        """Which limit the sandbox went over; empty if none."""
        return self._watch.reason if self._watch else ""

    def used(self) -> tuple[float, int]:
        """Return the processor seconds that the sandbox has taken, and the bytes that lie in its folders, by now."""
        if self._watch is None or not self._watch.is_alive():
            return 0.0, 0
        sleep(2 * INTERVAL)  # until it was looked at once more
        return self._watch.seconds, self._watch.written

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        """Let the kernel's manager talk over Unix sockets, of which a sandbox needs no network."""
        if bubblewrap.problem():
            raise RuntimeError(f"no sandbox: {bubblewrap.problem()}")
        if not self._folder:
            self._folder = tempfile.mkdtemp(prefix="kernel-", dir="/tmp")  # a socket's path is short
        self.parent.cache_ports = False
        self.parent.transport = "ipc"
        self.parent.ip = f"{self._folder}/socket"
        options["transport_encryption"] = "disabled"  # nobody else gets at these sockets
        return await super().pre_launch(**options)

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Start the sandbox, and wait until the kernel in it listens."""
        try:
            files = _archive(Path(options.get("cwd") or "."), self.limits.files, options["env"])
        except ValueError:
            await self.cleanup()
            raise
        outside = os.path.realpath(self.parent.connection_file)
        argv = [CONNECTION if word == outside else word for word in cmd]
        uid, self._user = _take_user()
        core, self._core = _take_core()
        log = os.memfd_create("log", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            self._start(argv, uid, core, options["env"], log)
            assert self._watch is not None
            self.process = await asyncio.wrap_future(self._watch.process)
            threading.Thread(target=_send, args=(self.process, files), daemon=True).start()
            self.pid = self.pgid = self.process.pid
            await self._connect()
        except BaseException as error:
            await self.kill()
            await self.wait()
            await self.cleanup()
            words = os.pread(log, 4096, 0).decode(errors="replace").strip(" \n\0").splitlines()
            if isinstance(error, (OSError, ValueError, TimeoutError)):
                why = self.reason or (words[-1] if words else str(error))
                raise RuntimeError(f"no kernel started in the sandbox: {why}") from error
            raise
        finally:
            os.close(log)
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End all processes of the sandbox."""
        if self._watch:
            self._watch.kill()
        await super().kill(restart=restart)

    async def wait(self) -> int | None:
        """Wait until no process of the sandbox is left."""
        while await self.poll() is None:  # a submission ends here: 0.1 s would be long
            await asyncio.sleep(0.01)
        status = await super().wait()
        while self._watch and not self._watch.gone():
            await asyncio.sleep(0.01)
        return status

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel's sockets, of its user and of its core."""
        for handle in self._held:
            os.close(handle)
        self._held = []
        for reserved in (self._user, self._core):
            if reserved:
                reserved.close()
        self._user = self._core = None
        if self._folder and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""
        await super().cleanup(restart=restart)

    def _start(self, argv: list[str], uid: int, core: int, environment: dict[str, str], log: int) -> None:
        """Start the watch, which starts the sandbox."""
        info, info_end = os.pipe()
        user = f"student:x:{uid}:"
        data = {"passwd": content(f"{user}{uid}::/home/student:/bin/sh\n".encode()), "group": content(user.encode()),
                "connection": content(self._inner_connection()), "args": content(b""), "info": info_end}
        rules = seccomp.program()
        if rules:
            data["seccomp"] = content(rules)
        full, options = command(self.limits, uid, argv, environment, data)
        os.write(data["args"], options)
        os.lseek(data["args"], 0, os.SEEK_SET)
        # The kernel's own words are kept, for the error if it does not start, and cannot grow.
        _seal(log, 65536)
        full = ["taskset", "--cpu-list", str(core), *full]
        self._watch = Watch(self.limits, full, info, stdin=subprocess.PIPE, stdout=log, stderr=log,
                            env=variables(environment), pass_fds=tuple(data.values()), cwd="/")
        self._watch.start()

    def _inner_connection(self) -> bytes:
        """Return the connection file as the kernel gets it."""
        info: dict[str, Any] = {**self.connection_info, "ip": f"{SOCKETS}/socket"}
        info["key"] = self.connection_info["key"].decode()  # type: ignore[attr-defined]
        return json.dumps(info).encode()

    async def _connect(self) -> None:
        """Take hold of the kernel's sockets as soon as they are there, and put links to them in the folder."""
        assert self._watch is not None and self.process is not None
        pid = await asyncio.wrap_future(self._watch.init)
        missing = [f"socket-{port}" for name, port in self.connection_info.items() if name.endswith("_port")]
        deadline = asyncio.get_running_loop().time() + START
        while missing:
            if self.process.poll() is not None:
                raise ValueError(f"it ended with {self.process.returncode}")
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"it did not listen within {START} s")
            try:
                handle = os.open(f"/proc/{pid}/root{SOCKETS}/{missing[0]}", os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
            except OSError:
                await asyncio.sleep(0.01)
                continue
            self._held.append(handle)
            if not stat.S_ISSOCK(os.fstat(handle).st_mode):
                raise ValueError("what should be a socket is none")
            os.symlink(f"/proc/{os.getpid()}/fd/{handle}", f"{self._folder}/{missing.pop(0)}")


def _archive(folder: Path, limit: int, environment: dict[str, str]) -> bytes:
    """Pack what a sandbox's home starts with: caches, and the plain files of a folder, without following a link.

    Notebooks stay outside, because a grader's have hidden tests in them, and so does what is hidden, because programs
    read their settings from there.

    Raises
    ------
    ValueError
        If they are more than `limit` bytes.
    """
    packed, total = io.BytesIO(), 0
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, words in caches.fonts(environment).items():
            entry = tarfile.TarInfo(path)
            entry.size = len(words)
            archive.addfile(entry, io.BytesIO(words))
        for path, target in caches.compiled().items():
            entry = tarfile.TarInfo(path)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
        for parent, folders, names, handle in os.fwalk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if name.startswith(".") or name.endswith(".ipynb"):
                    continue
                try:
                    file = os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle), "rb")
                except OSError:
                    continue  # a link
                with file:
                    status = os.fstat(file.fileno())
                    if not stat.S_ISREG(status.st_mode):
                        continue
                    total += status.st_size
                    if total > limit:
                        raise ValueError(f"the files in {folder} are more than {limit / 1e6:.0f} MB, which is what a "
                                         "sandboxed kernel may take along")
                    entry = tarfile.TarInfo(os.path.relpath(os.path.join(parent, name), folder))
                    entry.size = status.st_size
                    archive.addfile(entry, file)
    return packed.getvalue()


def _send(process: subprocess.Popen, words: bytes) -> None:
    """Hand the files over. The sandbox may end before it has read them."""
    assert process.stdin
    with suppress(OSError), process.stdin:
        process.stdin.write(words)


def _take_user() -> tuple[int, socket.socket]:
    """Return a user that no other sandbox of this machine is now, and a socket whose name reserves it."""
    users = list(own_uid_range())
    for uid in random.sample(users, len(users)):
        name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            name.bind(f"\0course-sandbox-{uid}")
        except OSError:
            name.close()
            if len(users) > 1:
                continue
        return uid, name
    raise RuntimeError("every user that a sandbox could be is in use")


def _take_core() -> tuple[int, socket.socket | None]:
    """Return the core of this machine that the fewest sandboxes have, and a socket whose name reserves it.

    A hundred processes that compute for nothing are then in nobody's way but their own sandbox's. If there are more
    sandboxes than cores, they share them evenly.
    """
    cores = sorted(os.sched_getaffinity(0))
    for place in range(MOST_ON_A_CORE):
        for core in random.sample(cores, len(cores)):
            name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                name.bind(f"\0course-core-{core}-{place}")
            except OSError:
                name.close()
                continue
            return core, name
    return random.choice(cores), None


def _seal(handle: int, size: int) -> None:
    """Let a file in memory have this size for good."""
    os.ftruncate(handle, size)
    fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
