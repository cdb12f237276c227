"""Archives from the publisher, from a mirror or from a folder: checked, and gone on with after any interruption."""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pooch
import requests
import urllib3
from tqdm import tqdm

from course_utils.fetch.declare import Archive

CHUNK = 1 << 14
"""Bytes at a time; as many are lost when a connection is cut."""
TIMEOUT = 60
"""Seconds without a byte after which a connection counts as cut."""
TRIES = 4
"""Connections in a row that may bring nothing."""
WAIT = 1.0
"""Seconds before the second try; doubled each time."""


def source(archive: Archive, mirror: str | None) -> str | Path:
    """Return where to get an archive: an address, or a file in a folder that serves as mirror.

    Parameters
    ----------
    archive : Archive
        What to get.
    mirror : str or None
        Address or folder that holds the archives by their names; None for the publisher.

    Raises
    ------
    ValueError
        If the mirror is neither, or is a folder without this file.
    """
    if mirror is None:
        return archive.url
    parts = urlsplit(mirror)
    if parts.scheme in ("http", "https"):
        return f"{mirror.rstrip('/')}/{archive.name}"
    if "://" in mirror and parts.scheme != "file":
        raise ValueError(f"--mirror {mirror}: a mirror is an address (http:// or https://) or a folder")
    path = Path(url2pathname(parts.path) if parts.scheme == "file" else mirror).expanduser() / archive.name
    if not path.is_file():
        raise ValueError(f"there is no file {path}: get it from {archive.url} and put it there")
    return path


def size(archive: Archive, mirror: str | None) -> int:
    """Return how many bytes an archive has where it lies; as declared, where that does not say."""
    where = source(archive, mirror)
    if isinstance(where, Path):
        return where.stat().st_size
    try:
        answer = requests.head(where, timeout=TIMEOUT, allow_redirects=True, headers={"Accept-Encoding": "identity"})
    except requests.RequestException:
        return archive.size  # the download will say what is wrong
    length = answer.headers.get("Content-Length") if answer.ok else None
    return int(length or archive.size)


def obtain(archive: Archive, folder: Path, mirror: str | None) -> Path:
    """Get an archive, whole and with the right checksum.

    Parameters
    ----------
    archive : Archive
        What to get.
    folder : Path
        Where to. A download that broke off lies there as `NAME.part`, and the next call goes on with it; one that is
        whole is not made again. A file on a mirror that is a folder is checked and used where it is.
    mirror : str or None
        As for `source`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ValueError
        If the server has no such file, breaks off again and again or sends far more than the corpus has, or if the
        checksum is wrong. The message says what to do.
    """
    where = source(archive, mirror)
    if isinstance(where, Path):
        print(f"{archive.name}: computing its checksum", flush=True)  # minutes, for the largest
        kind, expected = (archive.checksum or "sha256:").split(":")
        if expected and (found := pooch.file_hash(where, kind)) != expected:
            raise ValueError(f"{where}: its {kind} is {found}, that of the published archive is {expected}. The copy "
                             f"is damaged or another version: get it anew from {archive.url}")
        return where
    pooch.get_logger().setLevel("WARNING")
    download = Download(folder / f"{archive.name}.part", most=2 * archive.size)
    try:
        return Path(pooch.retrieve(where, archive.checksum, fname=archive.name, path=folder, downloader=download))
    except ServerError:
        raise
    except ValueError as error:  # pooch's word on a wrong checksum
        raise ValueError(f"{where}: {error} Run the command again to download it anew; if the checksum stays wrong, "
                         "the server holds another version of the archive: use another --mirror.") from error


class ServerError(ValueError):
    """A server does not give what it should."""


class Download:
    """Download a file for pooch, going on behind what is there of it.

    Parameters
    ----------
    part : Path
        What is there of it, and where to write the rest.
    most : int
        Bytes at which to stop, because no such file can be so large.
    """

    def __init__(self, part: Path, *, most: int):
        self.part, self.most = part, most

    def __call__(self, url: str, output_file: str, _: object) -> None:
        """Download `url`, in as many connections as it takes, and move it to `output_file`."""
        failures, problem = 0, ""
        while failures < TRIES:
            time.sleep(WAIT * 2 ** failures if problem else 0)
            before = self._there()
            try:
                with requests.get(url, stream=True, timeout=TIMEOUT, headers=self._headers(before)) as answer:
                    if self._receive(url, answer, before):
                        print(f"{self.part.stem}: is here, computing its checksum", flush=True)
                        self.part.replace(output_file)
                        return
                problem = "what was there of it belongs to another file"
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                problem = str(error)
            failures = 0 if self._there() > before else failures + 1
        raise ServerError(f"{url}: {problem}. {TRIES} connections in a row have brought nothing. What came before is "
                          "kept: run the same command again, later or with another --mirror.")

    def _headers(self, start: int) -> dict[str, str]:
        # A server may compress what it sends, and then counts compressed bytes: not with "identity".
        return {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})

    def _receive(self, url: str, answer: requests.Response, start: int) -> bool:
        """Append the bytes of an answer to the part. Return whether it is whole now."""
        if answer.status_code == 416:  # there is nothing behind what we have: it is whole, or not of this file
            if answer.headers.get("Content-Range") == f"bytes */{start}":
                return True
            self.part.unlink()
            return False
        if 400 <= answer.status_code < 500 and answer.status_code not in (408, 429):  # these mean: later
            raise ServerError(f"{url}: the server answers {answer.status_code} {answer.reason}. Is the address right, "
                              "and is the file there?")
        answer.raise_for_status()
        if not re.match(rf"bytes {start}-", answer.headers.get("Content-Range", "")):
            start = 0  # it sends all of it again
        length = answer.headers.get("Content-Length")
        total = start + int(length) if length else None
        with self.part.open("ab" if start else "wb") as file, \
                tqdm(desc=self.part.stem, total=total, initial=start, unit="B", unit_scale=True, mininterval=1) as bar:
            # As it comes: some servers call a .tar.gz a compressed tar, which would be decompressed on the way.
            for chunk in answer.raw.stream(CHUNK, decode_content=False):
                file.write(chunk)
                bar.update(len(chunk))
                if file.tell() > self.most:
                    self.part.unlink()
                    raise ServerError(f"{url}: sends more than {self.most} bytes, twice as many as the corpus has. It "
                                      "is another file: use another --mirror.")
        return True  # or there was an error, for urllib3 counts the bytes

    def _there(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0
