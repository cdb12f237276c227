"""Read zip files without believing what they say about themselves: sizes are counted while reading."""

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.files import IGNORED, MOST, Found, FullError

ENTRY = b"PK\x01\x02"
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others are unpacked without a limit, and nobody uses them


def open_zip(file: Path | bytes) -> zipfile.ZipFile:
    """Open a zip file; one that a student made comes as bytes, and may not list more than a submission may hold.

    Raises
    ------
    ValueError
        If it is none, or lists too much.
    """
    # Reading the list of a million entries takes gigabytes, so it is counted before.
    if isinstance(file, bytes) and file.count(ENTRY) > 2 * MOST:
        raise FullError(f"the archive holds more than {MOST} files and folders")
    try:
        return zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError) as error:
        raise ValueError(f"the archive cannot be read: {error}") from None


def read_zip(content: bytes, wanted: Callable[[str], bool]) -> Found:
    """Read a student's zip file.

    Parameters
    ----------
    content : bytes
        The zip file.
    wanted : callable
        Tells from its path whether a file's content is wanted. The others are only named.
    """
    try:
        with open_zip(content) as archive:
            return read_members(archive, {info: info.filename for info in archive.infolist()}, wanted)
    except ValueError as error:
        return Found(reasons=[str(error)])


def read_members(archive: zipfile.ZipFile, members: Mapping[zipfile.ZipInfo, str], wanted: Callable[[str], bool],
                 ) -> Found:
    """Read some members of a zip file, each under the path given for it."""
    found = Found()
    try:
        for info, path in members.items():
            _read(archive, info, unicodedata.normalize("NFC", path), found, wanted)
    except FullError as full:
        found.reasons.append(str(full))
    return found


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, found: Found, wanted: Callable[[str], bool],
          ) -> None:
    """Read one member, or note why not."""
    kind = stat.S_IFMT(info.external_attr >> 16)  # as Unix programs write it; others leave nothing there
    names = path.rstrip("/").split("/")
    # zipfile cuts a name at a NUL: what is left is not what the archive says.
    if info.orig_filename != info.filename:
        found.reasons.append(f"{info.orig_filename[:100]!a} has characters in its name that cannot be seen")
    elif IGNORED & set(names) or names[-1].startswith("._") or not found.takes(path.rstrip("/")):
        return
    elif kind == stat.S_IFLNK:
        found.reasons.append(f"{path} is a link, which is not followed")
    elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        found.reasons.append(f"{path} is not a plain file")
    elif info.is_dir():
        return
    elif info.flag_bits & 0x1:
        found.reasons.append(f"{path} is encrypted")
    elif not wanted(path):
        found.left_out[path] = info.file_size
    elif info.compress_type not in METHODS:
        found.reasons.append(f"{path} is compressed in an unusual way; make the archive with a plain zip program")
    else:
        try:
            with archive.open(info) as file:
                content = file.read(found.room() + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, OverflowError,
                ValueError) as error:
            raise FullError(f"{path} cannot be unpacked: {error}") from None
        found.keep(path, content)
