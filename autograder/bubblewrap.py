"""What a sandbox shows and allows, as a command line of bubblewrap; and whether that works here.

A sandbox sees the system's programs, this Python environment, `course_utils`, the course's audio, and nothing else of
the machine. It writes to a home, `/tmp` and `/dev/shm` of its own, all in memory and limited. A grader who is root
changes to a user that nobody else has; any other grader gets a user namespace.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder import caches, seccomp

HOME = "/home/student"
SOCKETS = "/run/sandbox-kernel"
WRITABLE = (HOME, "/tmp", "/dev/shm", SOCKETS)
CONNECTION = "/run/connection.json"

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = ("speech", "noise", "rir", "piano", "MANIFEST.csv")
"""What a folder of audio holds; whatever else lies in `COURSE_DATA` stays outside."""

SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
ETC = ("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "timezone", "mime.types")

PASSED = ("LANG", "LANGUAGE", "TZ", "CUDA_VISIBLE_DEVICES", "PYTHONHASHSEED", "MPLBACKEND", "NBGRADER_EXECUTION")
PASSED_PREFIXES = ("LC_", "OMP_", "MKL_", "OPENBLAS_", "NUMEXPR_", "NUMBA_")

# What lets a Python start that lies below somebody's closed home, and lets setpriv then become nobody.
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")


@dataclass(frozen=True)
class Limits:
    """What a sandbox may use. Sizes are in bytes; a kernelspec can set each of them."""

    memory: int = 3 * 2**30
    """Of all processes together, with the files they write: those lie in memory."""
    address_space: int = 6 * 2**30
    """Of one process. PyTorch with librosa takes 3.6 GB, most of it never touched."""
    processes: int = 256
    """Threads count as well."""
    open_files: int = 1024
    """Of one process."""
    file_size: int = 256 * 2**20
    scratch: int = 256 * 2**20
    """Of the home, of /tmp and of /dev/shm, each."""
    files: int = 200 * 10**6
    """What may come along from the folder that the kernel starts in."""
    cpu_seconds: int = 3600
    """Of all processes together."""
    outside: int = 2**30
    """By which the program that started the kernel may grow, with what the kernel sends it."""


def command(limits: Limits, uid: int, argv: list[str], environment: Mapping[str, str], data: Mapping[str, int]
            ) -> tuple[list[str], bytes]:
    """Return what to start, and the arguments that bubblewrap reads from the file descriptor `data["args"]`.

    Parameters
    ----------
    limits : Limits
        What the sandbox may use.
    uid : int
        Who it is in there; for root also outside.
    argv : list of str
        The program. Its folder is the sandbox's home, filled from a tar archive on stdin.
    environment : mapping
        The grader's environment, of which little is passed on.
    data : mapping of str to int
        File descriptors: `args`, `info`, `passwd`, `group`; `seccomp` and `connection` if there are such.
    """
    root = os.geteuid() == 0
    options = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
               "--hostname", "sandbox", "--die-with-parent", "--info-fd", str(data["info"])]
    if root:
        options += ["--cap-drop", "ALL", *_each("--cap-add", CAPABILITIES)]
    else:
        options += ["--unshare-user", "--uid", str(uid), "--gid", str(uid), *_disable_userns()]
    options += [*_system(data), *_scratch(limits), *environment_mounts(environment)]
    if "connection" in data:
        options += ["--perms", "0444", "--file", str(data["connection"]), CONNECTION]
    if "seccomp" in data:
        options += ["--seccomp", str(data["seccomp"])]
    options += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
    drop = ["--reuid", str(uid), "--regid", str(uid), "--clear-groups", "--bounding-set=-all"] if root else []
    inside = ["prlimit", *_prlimit(limits), "setpriv", *drop, "--inh-caps=-all", "--no-new-privs",
              "sh", "-c", 'tar -xf - && exec "$@" </dev/null', "sh", *argv]
    # An interrupt is sent to all processes here. bubblewrap would die of it; a kernel handles it by itself.
    outside = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", shutil.which("bwrap") or "bwrap",
               "--args", str(data["args"]), "--", *inside]
    return outside, b"".join(os.fsencode(option) + b"\0" for option in options)


def variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a sandbox: what a lesson needs, and none of the grader's secrets."""
    passed = {name: value for name, value in environment.items()
              if name in PASSED or name.startswith(PASSED_PREFIXES)}
    corpus = _corpus(environment)
    return {
        **passed,
        **({"COURSE_DATA": str(corpus)} if corpus else {}),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"]),
        "HOME": HOME, "USER": "student", "LOGNAME": "student", "SHELL": "/bin/sh", "TMPDIR": "/tmp",
        "MPLCONFIGDIR": f"{HOME}/{caches.FONTS}", "NUMBA_CACHE_DIR": f"{HOME}/{caches.NUMBA}",
    }


@cache
def problem() -> str:
    """Return what keeps sandboxes from working here and how to mend it; an empty text if nothing does."""
    packages = {"bwrap": "bubblewrap", "setpriv": "util-linux", "prlimit": "util-linux", "tar": "tar"}
    for program, package in packages.items():
        if not shutil.which(program):
            return f"there is no {program}: install it (on Debian: apt-get install {package})"
    tried = _try([sys.executable, "-c", f"open({str(REPOSITORY / 'course_utils' / '__init__.py')!r})"])
    if not tried:
        return ""
    if "namespace" in tried or "uid map" in tried or "Operation not permitted" in tried or "loopback" in tried:
        if os.geteuid() == 0:
            return f"root may not make namespaces here ({tried}): give the container the capability SYS_ADMIN, or " \
                   "grade as an ordinary user who may make user namespaces"
        return f"user namespaces are off ({tried}): as root, run sysctl kernel.unprivileged_userns_clone=1 on Debian " \
               "or sysctl kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu"
    if "Unknown option" in tried:
        return f"this bubblewrap is too old ({tried}): install 0.8 or later"
    if "Permission denied" in tried:
        return f"a sandbox's user may not read the Python environment or the course ({tried}): run chmod -R a+rX on " \
               f"{sys.prefix} and {REPOSITORY / 'course_utils'}"
    return f"bubblewrap does not work here: {tried}"


def run(argv: list[str], *, limits: Limits | None = None, files: bytes = bytes(10240), timeout: float = 60
        ) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a sandbox until it ends or its time is over, and return what it said.

    Limits hold for each of its processes, that on files also for what it says; nobody adds up, as `Watch` does.

    Parameters
    ----------
    argv : list of str
        The program.
    limits : Limits, optional
        What it may use.
    files : bytes
        A tar archive that its home is filled from.
    timeout : float
        Seconds after which all its processes are killed.

    Raises
    ------
    OSError
        If it cannot be started.
    """
    data = {name: content(b"") for name in ("args", "passwd", "group", "info")}
    said, complained = content(b""), content(b"")  # files, so that nobody has to read along
    rules = seccomp.program()
    if rules:
        data["seccomp"] = content(rules)
    full, options = command(limits or Limits(), own_uid_range()[0], argv, os.environ, data)
    os.write(data["args"], options)
    os.lseek(data["args"], 0, os.SEEK_SET)
    late = b""
    try:
        with subprocess.Popen(full, stdin=subprocess.PIPE, stdout=said, stderr=complained, env=variables(os.environ),
                              pass_fds=list(data.values()), start_new_session=True) as process:
            try:
                process.communicate(files, timeout)
            except subprocess.TimeoutExpired:
                late = f"\nit took more than {timeout} s".encode()
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
        return subprocess.CompletedProcess(argv, process.returncode, _written(said), _written(complained) + late)
    finally:
        for handle in (said, complained, *data.values()):
            os.close(handle)


def _try(argv: list[str]) -> str:
    """Run a program in a sandbox and return what it complains about."""
    try:
        done = run(argv)
    except OSError as error:
        return str(error)
    text = done.stderr.decode(errors="replace").strip().splitlines()
    return "" if done.returncode == 0 else (text[-1] if text else f"it ended with {done.returncode}")


def own_uid_range() -> range:
    """Return the users that a sandbox may be: systemd's transient ones, or one in a namespace."""
    return range(61184, 65520) if os.geteuid() == 0 else range(1000, 1001)


@cache
def _disable_userns() -> list[str]:
    """Return the option by which there is no further namespace inside, where bubblewrap has it (0.8)."""
    text = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False).stdout
    return ["--disable-userns"] if "--disable-userns" in text else []


def content(words: bytes) -> int:
    """Return a file descriptor from which the words are read."""
    handle = os.memfd_create("sandbox")
    os.write(handle, words)
    os.lseek(handle, 0, os.SEEK_SET)
    return handle


def _written(handle: int) -> bytes:
    """Return what a program wrote to a file."""
    return os.pread(handle, os.fstat(handle).st_size, 0)


def _system(data: Mapping[str, int]) -> list[str]:
    """Show the system's programs and what of its configuration they need."""
    options = [*folders([Path("/etc/x"), Path("/sys/devices/system/cpu"), *map(Path, WRITABLE)]),
               "--proc", "/proc", "--dev", "/dev",
               # What is mapped from /dev/zero is memory that belongs to no process.
               "--dev-bind", "/dev/null", "/dev/zero",
               "--ro-bind-try", "/sys/devices/system/cpu", "/sys/devices/system/cpu", *programs()]
    for name in ("passwd", "group"):
        options += ["--perms", "0444", "--file", str(data[name]), f"/etc/{name}"]
    return options


def programs() -> list[str]:
    """Show the system's programs and libraries, and what of its configuration they need."""
    options = ["--ro-bind", "/usr", "/usr"]
    for name in SYSTEM:
        path = Path("/", name)
        if path.is_symlink():
            options += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            options += ["--ro-bind", str(path), str(path)]
    return options + [word for name in ETC for word in ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")]


def environment_mounts(environment: Mapping[str, str], *also: Path) -> list[str]:
    """Show the Python environment, `course_utils` and the audio, wherever they lie, and nothing else of the course.

    Parameters
    ----------
    environment : mapping
        The grader's environment, for `COURSE_DATA` and `COURSE_ROOT`.
    *also : Path
        Further folders to show.
    """
    shown = {Path(path) for prefix in (sys.prefix, sys.base_prefix) for path in (prefix, os.path.realpath(prefix))}
    shown |= {REPOSITORY / "course_utils", *(REPOSITORY / "data" / name for name in (*CORPUS, "results")), *also}
    corpus = _corpus(environment)
    if corpus:
        shown |= {corpus / name for name in CORPUS}
    inner = sorted(path for path in shown if REPOSITORY in path.parents)
    outer = sorted(shown.difference(inner))
    links = [link for link in _links(Path(sys.executable)) if not any(_within(link[0], path) for path in shown)]
    options, seen = folders([*outer, *(link for link, _ in links)]), [Path("/usr")]
    for path in outer:
        if not any(_within(path, above) for above in seen):
            options += ["--ro-bind-try", str(path), str(path)]
            seen.append(path)
    # The course, and the grader's files, may lie below what is shown: they are covered, and parts of it shown again.
    private = {REPOSITORY, Path(environment.get("COURSE_ROOT") or REPOSITORY / "build").resolve()}
    covered: list[Path] = []
    for path in sorted(private):
        if any(above in path.parents for above in seen) and not any(above in path.parents for above in covered):
            options += ["--tmpfs", str(path)]
            covered.append(path)
    options += folders(inner)
    for path in inner:
        options += ["--ro-bind-try", str(path), str(path)]
    for link, target in links:
        if not any(_within(link, above) for above in seen):
            options += ["--symlink", target, str(link)]
    return [*options, *_each("--remount-ro", [str(path) for path in covered])]


def folders(paths: Iterable[Path]) -> list[str]:
    """Make the folders above some paths. bubblewrap would make them too, and close them to all but root."""
    above = {folder for path in paths for folder in path.parents if folder != Path("/")}
    return [word for folder in sorted(above) for word in ("--perms", "0755", "--dir", str(folder))]


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _links(path: Path) -> list[tuple[Path, str]]:
    """Return the links that the interpreter is reached through."""
    found = []
    while path.is_symlink():
        target = os.readlink(path)
        found.append((path, target))
        path = Path(os.path.normpath(path.parent / target))
    return found


def _scratch(limits: Limits) -> list[str]:
    """Give it folders of its own. Only its user is in there, so it may be anybody's."""
    options = []
    for path in WRITABLE:
        size = 2**20 if path == SOCKETS else limits.scratch
        options += ["--perms", "1777", "--size", str(size), "--tmpfs", path]
    return options


def _prlimit(limits: Limits) -> list[str]:
    """Return prlimit's options; nobody may go above what the grader may have."""
    wanted = {"as": limits.address_space, "nproc": limits.processes, "nofile": limits.open_files,
              "fsize": limits.file_size, "cpu": limits.cpu_seconds, "core": 0, "msgqueue": 0, "sigpending": 1024}
    options = []
    for name, value in wanted.items():
        hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        options.append(f"--{name}={value}:{value}")
    return options


def _corpus(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of audio that the grader named."""
    path = environment.get("COURSE_DATA")
    return Path(path).absolute() if path else None


def _each(option: str, values: Iterable[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
