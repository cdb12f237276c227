"""Archives unpacked as if they were hostile: nothing lands outside, no links, no bombs.

Python's own ways to unpack trust what an archive says of itself. Here each member is looked at, only plain files are
written, by this module and with fresh names, and what is written is counted.
"""

import errno
import fnmatch
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from tqdm import tqdm

CHUNK = 1 << 18
LONGEST_HEADER = 1 << 20
"""Bytes of a tar file's extended header. Python would read one of any size into memory."""
LONGEST_ENTRY = 1 << 8
"""Bytes of a member in a zip file's table of contents, on average. Python reads all of it into memory, too."""
LONGEST_PATH = 1000
"""Bytes of a member's path. With the folder's own, it has to stay below what the system takes."""
DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile, struct.error,
           UnicodeError, OverflowError, NotImplementedError,
           RecursionError)  # tarfile's word for headers of headers of headers


def unpack(archive: Path, into: Path, *, wanted: tuple[str, ...], most_bytes: int, most_members: int) -> None:
    """Unpack the wanted files of a zip or tar.gz archive.

    Parameters
    ----------
    archive : Path
        The archive.
    into : Path
        A folder, made if need be. After an error it holds a part of the files.
    wanted : tuple of str
        Patterns of the members' paths; `*` goes across folders.
    most_bytes, most_members : int
        Limits: bytes written, and members looked at.

    Raises
    ------
    ValueError
        If the archive is truncated, damaged or neither zip nor tar.gz, or if it holds what no corpus does: paths that
        lead out of the folder, links, devices, two members of one name, encrypted members, too much. The message names
        the archive and the member.
    """
    into.mkdir(parents=True, exist_ok=True)
    written = count = 0
    try:
        with _opened(archive, most_members) as members:
            for name, size, opener in members:
                count += 1
                if count > most_members:
                    raise ValueError(f"{archive}: has more than {most_members} members, twice as many as it should. "
                                     "It is not unpacked.")
                path = _checked(name, archive)
                if opener is None or not any(fnmatch.fnmatchcase(path.as_posix(), pattern) for pattern in wanted):
                    continue
                if written + size > most_bytes:
                    raise ValueError(_too_large(archive, name, most_bytes))
                written += _write(opener, into / path, archive, most_bytes - written)
    except DAMAGED as error:
        raise ValueError(f"{archive}: is truncated or damaged, or neither zip nor tar.gz ({error})") from error
    except RuntimeError as error:  # zipfile's word for encrypted
        raise ValueError(f"{archive}: {error}") from error
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):
            raise  # of the disk. Those two are bzip2's word, and that for a place before the beginning of the file
        raise ValueError(f"{archive}: is damaged ({error})") from error


def _write(opener: Callable[[], IO[bytes]], path: Path, archive: Path, most: int) -> int:
    """Write one member and return how many bytes it had: what its header says is not believed."""
    count = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with opener() as content, path.open("xb") as file:
            while chunk := content.read(CHUNK):
                count += len(chunk)
                if count > most:
                    raise ValueError(_too_large(archive, path.name, most))
                file.write(chunk)
    except (FileExistsError, NotADirectoryError) as error:
        raise ValueError(f"{archive}: has two members of the name {path.name!r}. It is not unpacked.") from error
    return count


def _too_large(archive: Path, name: str, most: int) -> str:
    return (f"{archive}: would unpack to more than {most} bytes (at the member {name!r}), twice as much as the corpus "
            "has. It is not unpacked.")


def _checked(name: str, archive: Path) -> PurePosixPath:
    """Return the path of a member, if it stays inside."""
    path = PurePosixPath(name)
    parts = path.parts
    bad = (path.is_absolute() or ".." in parts or "\\" in name or ":" in (parts or ("",))[0] or len(parts) > 32
           or any(ord(letter) < 32 or "\ud800" <= letter <= "\udfff" for letter in name)
           or any(len(part.encode()) > 255 for part in parts) or len(name.encode()) > LONGEST_PATH)
    if bad:
        raise ValueError(f"{archive}: has a member {name[:200]!a}, whose path could lead out of the folder or "
                         "cannot be written. It is not unpacked.")
    return path


Members = Iterator[tuple[str, int, Callable[[], IO[bytes]] | None]]


@contextmanager
def _opened(archive: Path, most_members: int) -> Iterator[Members]:
    """Open an archive and go through its members: name, size, and what opens it (None for a folder)."""
    with archive.open("rb") as file, \
            tqdm.wrapattr(file, "read", desc=f"unpack {archive.name}", total=archive.stat().st_size, mininterval=1,
                          bytes=True) as raw:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if not packed:
            with zipfile.ZipFile(_BoundedZip(raw, max(CHUNK, LONGEST_ENTRY * most_members))) as opened:
                yield _zip_members(opened, archive)
        else:
            with gzip.GzipFile(fileobj=raw) as stream, tarfile.TarFile(fileobj=_Bounded(stream, LONGEST_HEADER)) as tar:
                yield _tar_members(tar, archive)


def _zip_members(opened: zipfile.ZipFile, archive: Path) -> Members:
    for info in opened.infolist():
        mode = info.external_attr >> 16  # 0 where the archive was not made on Unix
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ValueError(_not_plain(archive, info.filename))
        yield info.orig_filename, info.file_size, None if info.is_dir() else partial(opened.open, info)


def _tar_members(tar: tarfile.TarFile, archive: Path) -> Members:
    while info := tar.next():
        if not info.isreg() and not info.isdir():
            raise ValueError(_not_plain(archive, info.name))
        yield info.name, info.size, None if info.isdir() else partial(_extracted, tar, info)
        tar.members.clear()  # type: ignore[attr-defined]  # it would keep them all in memory


def _extracted(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(info)
    assert content is not None  # for it is a plain file
    return content


def _not_plain(archive: Path, name: str) -> str:
    return f"{archive}: has a member {name[:200]!a} that is a link or a device. It is not unpacked."


class _Bounded(io.RawIOBase):
    """A file that is read in small pieces only: members are read so, and honest headers."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, most: int):
        self._file, self._most = file, most

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= self._most:
            raise EOFError(f"a header of {size} bytes")
        return self._file.read(size)


class _BoundedZip(_Bounded):
    """The same for zipfile, which reads the last 64 KiB without saying how many they are."""

    def read(self, size: int = -1) -> bytes:
        return super().read(self._most if size < 0 else size)
