"""Read what a student handed in without trusting any of it: names, links, owners, sizes, counts.

A submission is read through the handle of its folder, each step without following a link, and what a file is gets
looked up again once it is open: swapping a file for a link between a check and its use gains nothing.
"""

import importlib.machinery
import importlib.util
import os
import pwd
import stat
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from course_utils.project import PACKAGE

ALLOWED = {".safetensors", ".csv", ".flac", ".wav", ".png", ".jpg"}
"""Files that may come along with a notebook. No code: a `numpy.py` would be imported in place of numpy."""

PACKAGES_CODE = {".py", ".toml"}
"""Code may come along in one folder, a student's own package for the project: there it takes no module's place."""

LARGEST = 100_000_000
"""Bytes that a file may have."""

LARGEST_WEIGHTS = 50_000_000
"""Bytes that a file of weights may have."""

LARGEST_CODE = 200_000
"""Bytes that a file of code may have, which is some 5000 lines."""

TOTAL = 200_000_000
"""Bytes that a submission may have."""

MOST = 500
"""Files and folders that a submission may have, and as many levels of folders as `DEEPEST`."""

DEEPEST = 8

RECORDINGS = "my_audio"
"""Where `course_utils.recordings` keeps a student's voice. It is the student's own, and not even looked at."""

IGNORED = {".ipynb_checkpoints", "__pycache__", "__MACOSX", ".DS_Store", RECORDINGS}
"""What editors and systems leave behind, which is nobody's work, and recordings: not worth a word."""

COURSES_OWN = {"intake.json", "timestamp.txt", "submission_secret.txt"}
"""Files that nbgrader and the intake put beside a notebook."""

RUN_AT_START = {"conftest", "sitecustomize", "usercustomize", "nbgrader_config", "ipython_config",
                "ipython_kernel_config", "jupyter_config"}
"""Names that some program runs just because the file lies there."""

CODE = {*importlib.machinery.all_suffixes(), ".pth", ".pyd"}


@dataclass
class Found:
    """What was found in a submission: contents, names and sizes of what was left out, and what is wrong with it.

    Code that would run in place of a module is left out like any other code. With `reserved` it is wrong as well: what
    the student saw on his own machine was something else.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    changed: float = 0.0  # when the file system last saw a change; a user cannot set that back
    reserved: bool = True
    largest: int = LARGEST
    seen: set[str] = field(default_factory=set)
    size: int = 0

    def takes(self, path: str) -> bool:
        """Count one more file or folder in, and tell whether its name can be worked with.

        Raises
        ------
        FullError
            If there are too many.
        """
        if len(self.seen) >= MOST:
            raise FullError(f"it holds more than {MOST} files and folders")
        key = unicodedata.normalize("NFKC", path).casefold()
        problem = path_problem(path)
        if not problem and key in self.seen:
            problem = "has the name of another file, but for capitals or accents"
        self.seen.add(f"{key} {len(self.seen)}" if problem else key)
        if not problem and key.split("/")[0] in COURSES_OWN and "/" in key:
            problem = "is in a folder with the name of a file of the course's own"
        if not problem and self.reserved and (module := shadowed(path)):
            problem = f"would be run in place of the module {module}"
        if problem:
            self.reasons.append(f"{shown(path)} {problem}")
        return not problem

    def room(self) -> int:
        """Return how many bytes the next file may have."""
        return min(self.largest, TOTAL - self.size)

    def keep(self, path: str, content: bytes) -> None:
        """Keep a file that was read up to one byte beyond the room there is.

        Raises
        ------
        FullError
            If it is too large, or the submission as a whole: a second such file would cost as much time again.
        """
        if len(content) > self.largest:
            raise FullError(f"{path} has more than {self.largest / 1e6:.0f} MB")
        if len(content) > self.room():
            raise FullError(f"it has more than {TOTAL / 1e6:.0f} MB")
        self.size += len(content)
        if any(path.startswith(f"{other}/") or other.startswith(f"{path}/") for other in self.files):
            self.reasons.append(f"{path} is a file and a folder at once")
        else:
            self.files[path] = content


class FullError(ValueError):
    """There is more than anybody hands in: reading ends here."""


def wanted(path: str) -> bool:
    """Tell whether a file is taken in: a notebook, or what may come along with one."""
    return PurePosixPath(path).suffix.lower() == ".ipynb" or comes_along(path)


def comes_along(path: str) -> bool:
    """Tell whether a file may come along with a notebook."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in ALLOWED or (in_package(path) and suffix in PACKAGES_CODE)


def in_package(path: str) -> bool:
    """Tell whether a file lies in a student's own package."""
    return path.startswith(f"{PACKAGE}/")


def content_problem(path: str, content: bytes) -> str:
    """Return why a file that came along is not used, or nothing."""
    if PurePosixPath(path).suffix.lower() in PACKAGES_CODE and len(content) > LARGEST_CODE:
        return f"has {len(content) / 1e6:.1f} MB; a file of code may have {LARGEST_CODE / 1e6:.1f}"
    if PurePosixPath(path).suffix.lower() != ".safetensors":
        return ""
    if len(content) > LARGEST_WEIGHTS:
        return f"has {len(content) / 1e6:.0f} MB; weights may have {LARGEST_WEIGHTS / 1e6:.0f}"
    # A safetensors file begins with the length of its header, in eight bytes that may be any, and then the header.
    if content[8:9] != b"{" and content.startswith((b"PK", b"\x80")):
        return "is a pickle, as torch.save writes; a pickle can hold any program: use safetensors.torch.save_file"
    return ""


def path_problem(path: str) -> str:
    """Return what is wrong with a relative path, or nothing."""
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or "\\" in path or ":" in path:
        return "leads out of its folder"
    if not path.isprintable():
        return "has characters in its name that cannot be seen"
    if "" in parts or "." in parts or len(path.encode()) > 1000 or max(len(part.encode()) for part in parts) > 255:
        return "has a name that cannot be written"
    if len(parts) > DEEPEST:
        return f"lies more than {DEEPEST} folders deep"
    return ""


def student_problem(name: str) -> str:
    """Return why a name cannot be a student's in nbgrader's folders and gradebook, or nothing."""
    if not name or len(name) > 100 or len(name.encode()) > 200 or name != name.strip() or not name.isprintable():
        return "empty, too long, or with characters that cannot be seen"
    if name.startswith((".", "-", "=", "+", "@")) or any(letter in name for letter in '/\\:*?[]{}<>|"'):
        return "it begins with one of . - = + @, or has one of / \\ : * ? [ ] { } < > | \""
    if name != unicodedata.normalize("NFKC", name):
        return f"write it as {unicodedata.normalize('NFKC', name)}"
    return ""


def shadowed(path: str) -> str:
    """Return the module in whose place a file of code would be imported or run, or nothing."""
    if in_package(path) or not any(suffix.lower() in CODE for suffix in PurePosixPath(path).suffixes):
        return ""
    for part in path.split("/"):
        name = part.split(".")[0]
        if name.lower() in RUN_AT_START or name in sys.stdlib_module_names:
            return name
        if name.isidentifier():
            try:
                spec = importlib.util.find_spec(name)
            except (ValueError, ImportError):
                continue
            if spec is not None and spec.origin:  # a plain folder on the path has none, and is no module
                return name
    return ""


def shown(name: str) -> str:
    """Return a name as it may be printed: what cannot be seen is spelt out."""
    name = name if len(name) <= 120 else f"{name[:100]}..."
    return name if name.isprintable() else ascii(name)


def user_name(uid: int) -> str:
    """Return a user's name, or his number if he has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def open_folder(start: Path | int, *names: str) -> int:
    """Open a folder below another, following no link, and return its handle.

    Raises
    ------
    ValueError
        If one on the way is a link or no folder.
    """
    handle = os.open(start, os.O_RDONLY | os.O_DIRECTORY) if isinstance(start, Path) else os.dup(start)
    for name in names:
        try:
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
        except NotADirectoryError:
            linked = stat.S_ISLNK(os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode)
            raise ValueError(f"{shown(name)} is " + ("a link, which is not followed" if linked else "no folder")
                             ) from None
        finally:
            os.close(handle)
        handle = inner
    return handle


def read_folder(handle: int, wanted: Callable[[str], bool], *, owner: int | None = None, reserved: bool = True,
                largest: int = LARGEST) -> Found:
    """Read the files of a folder, and close its handle.

    Parameters
    ----------
    handle : int
        From `open_folder`.
    wanted : callable
        Tells from its path whether a file's content is wanted. The others are only named.
    owner : int, optional
        The user to whom all of it has to belong.
    reserved : bool
        Whether code that has the name of a module is wrong, and not just left out.
    largest : int
        Bytes that a file may have.
    """
    found = Found(reserved=reserved, largest=largest)
    try:
        _read_folder(handle, "", found, wanted, owner)
    except FullError as full:
        found.reasons.append(str(full))
    finally:
        os.close(handle)
    return found


def read_files(folder: int, names: Mapping[str, str], wanted: Callable[[str], bool]) -> Found:
    """Read some files of a folder under other names."""
    found = Found()
    try:
        for name, path in names.items():
            if found.takes(path):
                _read_entry(folder, name, path, found, wanted, None)
    except FullError as full:
        found.reasons.append(str(full))
    return found


def _read_folder(folder: int, prefix: str, found: Found, wanted: Callable[[str], bool], owner: int | None) -> None:
    _check_owner(os.fstat(folder), prefix or "its folder", found, owner)
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in islice(entries, MOST + 1))
    for name in names:
        if found.takes(prefix + name):
            _read_entry(folder, name, prefix + name, found, wanted, owner)


def _read_entry(folder: int, name: str, path: str, found: Found, wanted: Callable[[str], bool],
                owner: int | None) -> None:
    """Read one file or folder, or note why not."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            found.reasons.append(f"{path} is a link, which is not followed")
        elif name in IGNORED or name.startswith("._"):
            return
        elif stat.S_ISDIR(status.st_mode):
            inner = open_folder(folder, name)
            try:
                _read_folder(inner, f"{path}/", found, wanted, owner)
            finally:
                os.close(inner)
        elif _is_plain(status, path, found) and _check_owner(status, path, found, owner):
            if wanted(path):
                _read_file(folder, name, path, found, owner)
            else:
                found.left_out[path] = status.st_size
    except FullError:
        raise
    except ValueError as error:
        found.reasons.append(str(error))
    except OSError as error:
        found.reasons.append(f"{path} cannot be read: {error.strerror}")


def _read_file(folder: int, name: str, path: str, found: Found, owner: int | None) -> None:
    """Read a plain file. What it is gets looked up again: it may have become something else a moment ago."""
    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if _is_plain(status, path, found) and _check_owner(status, path, found, owner):
            if status.st_size > found.largest:
                found.reasons.append(f"{path} has {status.st_size / 1e6:.0f} MB, more than {found.largest / 1e6:.0f}")
                return
            content = file.read(found.room() + 1)
            found.changed = max(found.changed, os.fstat(handle).st_ctime)
            found.keep(path, content)


def _is_plain(status: os.stat_result, path: str, found: Found) -> bool:
    """Tell whether something is a plain file with one name, and note it if not."""
    if not stat.S_ISREG(status.st_mode):
        found.reasons.append(f"{path} is not a plain file")
    elif status.st_nlink > 1:
        found.reasons.append(f"{path} is a second name of another file (a hard link)")
    else:
        return True
    return False


def _check_owner(status: os.stat_result, path: str, found: Found, owner: int | None) -> bool:
    """Tell whether something belongs to whom it should, and note it if not."""
    found.changed = max(found.changed, status.st_ctime)
    if owner is None or status.st_uid == owner:
        return True
    found.reasons.append(f"{path} belongs to {user_name(status.st_uid)}, not to {user_name(owner)}")
    return False
