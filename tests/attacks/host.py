"""What must be unharmed on the machine after the class was graded."""

import ctypes
import hashlib
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl: whoever loses his parent becomes our child
NOTE = "attacker-was-here"  # part of the name of every file that an attack leaves


class Host:
    """Canaries: files that anybody may write to, a process, and sockets that nobody should talk to."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(mode=0o777)
        folder.chmod(0o777)
        self.canary = folder / "canary.txt"
        self.canary.write_text("sings")
        self.canary.chmod(0o666)
        self.heard: list[str] = []
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(SUBREAPER, 1)
        self.before = descendants()
        self.victim = subprocess.Popen(["sleep", "3600"])
        self._sockets = [self._listen(socket.AF_INET, socket.SOCK_STREAM, ("0.0.0.0", 0)),
                         self._listen(socket.AF_INET, socket.SOCK_DGRAM, ("0.0.0.0", 0)),
                         self._listen(socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "socket"))]
        (folder / "socket").chmod(0o777)
        self.abstract = f"\0canary-{os.getpid()}-{id(self)}"
        if sys.platform == "linux":
            self._sockets.append(self._listen(socket.AF_UNIX, socket.SOCK_STREAM, self.abstract))
        self.shared_memory = shared_memory()

    def known(self, root: Path, repository: Path) -> dict:
        """Return what an attacker knows of this machine, at worst."""
        return {"root": str(root), "repository": str(repository), "folder": str(self.folder),
                "canary": str(self.canary), "victim": self.victim.pid, "grader": os.getpid(), "note": NOTE,
                "tcp": self._sockets[0].getsockname()[1], "udp": self._sockets[1].getsockname()[1],
                "unix": str(self.folder / "socket"), "abstract": self.abstract}

    def _listen(self, family: int, kind: int, address) -> socket.socket:
        listener = socket.socket(family, kind)
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen(16)
        threading.Thread(target=self._hear, args=(listener, kind, str(address)), daemon=True).start()
        return listener

    def _hear(self, listener: socket.socket, kind: int, name: str) -> None:
        while True:
            try:
                if kind == socket.SOCK_STREAM:
                    connection, _ = listener.accept()
                    connection.settimeout(1)
                    self.heard.append(f"{name}: a connection")
                    self.heard.append(f"{name}: {connection.recv(100)!r}")
                else:
                    self.heard.append(f"{name}: {listener.recv(100)!r}")
            except TimeoutError:
                continue
            except OSError:
                return

    def harm(self) -> list[str]:
        """Return what happened to it, in words."""
        found = list(self.heard)
        if not self.canary.is_file() or self.canary.read_text() != "sings":
            found.append("the canary's file was changed")
        if self.victim.poll() is not None:
            found.append(f"the victim was ended by signal {-self.victim.returncode}")
        found += [f"left on this machine: {path}" for path in notes()]
        found += [f"shared memory is left: {line}" for line in sorted(shared_memory() - self.shared_memory)]
        return found

    def left_running(self, *, patience: float = 10.0) -> list[str]:
        """Return the processes that are left of what was started since, after a moment to end in."""
        deadline = time.monotonic() + patience
        while True:
            reap(self.victim.pid)
            left = {pid: name for pid, name in descendants().items()
                    if pid not in self.before and pid != self.victim.pid}
            if not left or time.monotonic() > deadline:
                return [f"{pid}: {name}" for pid, name in left.items()]
            time.sleep(0.2)

    def close(self) -> None:
        """End it, and what is left of an attack that got through."""
        for listener in self._sockets:
            listener.close()
        for line in self.left_running(patience=0):
            os.kill(int(line.split(":")[0]), signal.SIGKILL)
        self.victim.kill()
        self.victim.wait()
        for path in notes():
            path.unlink(missing_ok=True)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(SUBREAPER, 0)


def notes() -> list[Path]:
    """Return the files that attacks left, wherever they may have tried to."""
    import course_utils

    places = [Path("/"), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.home(), Path.home() / ".ipython",
              Path.home() / ".ipython/profile_default/startup", Path(course_utils.__file__).parent,
              Path(course_utils.__file__).parent.parent, Path(sys.prefix), Path("/etc"), Path("/usr/local/lib"),
              *(Path(folder) for folder in sys.path if folder.endswith("site-packages"))]
    return [path for place in places if place.is_dir() for path in place.glob(f"*{NOTE}*")]


def shared_memory() -> set[str]:
    """Return the large segments of System V shared memory, which stay when their maker has gone."""
    path = Path("/proc/sysvipc/shm")
    lines = path.read_text().splitlines()[1:] if path.is_file() else []
    return {" ".join(line.split()[:4]) for line in lines if int(line.split()[3]) >= 100_000_000}


def descendants() -> dict[int, str]:
    """Return the processes that stem from this one, with their names; empty where there is no /proc."""
    parents, names = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = path.read_text().split(" (", 1)
        except OSError:  # it has ended
            continue
        name, fields = rest.rsplit(") ", 1)
        parents[int(pid)], names[int(pid)] = int(fields.split()[1]), name
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return {pid: names[pid] for pid in found - {os.getpid()}}


def reap(victim: int) -> None:
    """Let the dead among the orphans that became ours go."""
    for pid in descendants():
        try:
            zombie = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].startswith("Z")
            if zombie and pid != victim:
                os.waitpid(pid, os.WNOHANG)
        except (OSError, IndexError):
            continue


def fingerprint(folder: Path) -> dict[str, str]:
    """Return a hash of every file in a folder, so that a change can be named."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[str(path.relative_to(folder))] = oct(status.st_mode)
    return found
