"""Archives from the publisher, from a mirror or from a folder: checked, and gone on with after any interruption."""

import re
import time
from pathlib import Path
from textwrap import shorten
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pooch
import requests
import urllib3
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema, TooManyRedirects
from tqdm import tqdm

from course_utils.fetch.declare import Archive

CHUNK = 1 << 16
"""Bytes at a time, at most."""
MAGIC = b"PK", b"\x1f\x8b"
"""What zip and gzip begin with."""
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
    wrong = f"--mirror {mirror}: a mirror is an address (http:// or https://) or a folder"
    try:
        parts = urlsplit(mirror)
        folder = Path(url2pathname(parts.path) if parts.scheme == "file" else mirror).expanduser()
    except (ValueError, RuntimeError) as error:  # http://[::1, ~nobody
        raise ValueError(f"{wrong} ({error})") from error
    if parts.scheme in ("http", "https") and parts.netloc:
        return f"{mirror.rstrip('/')}/{archive.name}"
    if not mirror or ("://" in mirror and parts.scheme != "file") or not folder.is_dir():
        raise ValueError(f"{wrong}, and this is none")
    if not (folder / archive.name).is_file():
        raise ValueError(f"there is no file {folder / archive.name}: get it from {archive.url} and put it there")
    return folder / archive.name


def size(archive: Archive, mirror: str | None) -> int:
    """Return how many bytes an archive has where it lies; as declared, where that does not say."""
    where = source(archive, mirror)
    if isinstance(where, Path):
        return where.stat().st_size
    try:
        answer = requests.head(where, timeout=TIMEOUT, allow_redirects=True, headers={"Accept-Encoding": "identity"})
    except (requests.RequestException, UnicodeError):  # UnicodeError: an address to go on to that is none
        return archive.size  # the download will say what is wrong
    length = _length(answer) if answer.ok else None
    return length if length and length <= 2 * archive.size else archive.size


def _length(answer: requests.Response) -> int | None:
    """Return how many bytes a server says that it sends, None if it does not say it in digits."""
    said = answer.headers.get("Content-Length", "")
    return int(said) if re.fullmatch("[0-9]{1,18}", said) else None


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
    path = where if isinstance(where, Path) else folder / archive.name
    if not path.is_file():
        part = folder / f"{archive.name}.part"
        Download(str(where), part, most=2 * archive.size).run()
        part.replace(path)  # before the checksum: whoever stops that, which takes minutes, keeps the download
    print(f"{archive.name}: is here, computing its checksum", flush=True)
    kind, expected = (archive.checksum or "sha256:").split(":")
    if not expected or (found := pooch.file_hash(path, kind)) == expected:
        return path
    wrong = f"{where}: its {kind} is {found}, that of the published archive is {expected}."
    if isinstance(where, Path):
        raise ValueError(f"{wrong} The copy is damaged or another version: get it anew from {archive.url}")
    path.unlink()
    raise ValueError(f"{wrong} It is deleted. Run the command again to download it anew; if the checksum stays wrong, "
                     "the server holds another version of the archive: use another --mirror.")


class ServerError(ValueError):
    """A server does not give what it should."""


class Download:
    """A download that goes on behind what is there of it.

    What is there is never given up for what a server says: one that sends all of it again is read along with it, up to
    the first byte that is another.

    Parameters
    ----------
    url : str
        What to download.
    part : Path
        What is there of it, and where to write the rest.
    most : int
        Bytes at which to stop, because no such file can be so large.
    """

    def __init__(self, url: str, part: Path, *, most: int):
        self.url, self.part, self.most = url, part, most
        self.from_start = False
        """Whether to ask for all of it: the server did not go on behind what is there."""
        self.ended = -1
        """Bytes after which an answer ended that did not say how long it would be."""

    def run(self) -> None:
        """Download, in as many connections as it takes, until the part is the whole."""
        failures = 0
        problem: str | None = ""
        while failures < TRIES:
            time.sleep(WAIT * 2 ** failures if problem else 0)
            before = self._there()
            start = 0 if self.from_start else before
            # A server may compress what it sends, and then counts compressed bytes: not with "identity".
            headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
            try:
                with requests.get(self.url, stream=True, timeout=TIMEOUT, headers=headers) as answer:
                    problem = self._receive(answer, start)
                if problem is None:
                    return
            except (InvalidSchema, InvalidURL, MissingSchema, TooManyRedirects, UnicodeError) as error:
                raise ServerError(f"{self.url}: this address, or one that it leads to, cannot be used ({error}): use "
                                  "another --mirror.") from error
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                problem = shorten(str(error), 300)
            failures = 0 if self._there() > before else failures + 1
        raise ServerError(f"{self.url}: {problem}. {TRIES} connections in a row have brought nothing. What came before "
                          "is kept: run the same command again, later or with another --mirror.")

    def _receive(self, answer: requests.Response, start: int) -> str | None:
        """Take what a server sends. Return None if the part is the whole now, else what is wrong, "" for nothing."""
        said = answer.headers.get("Content-Range", "")
        if answer.status_code == 416 and start:  # there is nothing behind what we have: it is whole, or not of this
            self.from_start = said != f"bytes */{start}"
            return "the server has nothing behind what is there of the file" if self.from_start else None
        if 400 <= answer.status_code < 500 and answer.status_code not in (408, 416, 429):  # these mean: later
            raise ServerError(f"{self.url}: the server answers {answer.status_code} {answer.reason}. Is the address "
                              "right, is the file there, and may you have it? If a browser gets it, put it into a "
                              "folder and name that with --mirror.")
        answer.raise_for_status()
        length = _length(answer)
        if answer.status_code == 206:
            asked = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", said)
            if not asked or int(asked[1]) != start:
                self.from_start = True
                return f"the server sends another piece ({said or 'it does not say which'}) than the one asked for"
            total = None if asked[2] == "*" else int(asked[2])
        elif answer.status_code == 200:
            if start == self.ended and length is None:
                return None  # a server that knows neither lengths nor pieces: it had sent all
            start, total = 0, length
        else:
            return f"the server answers {answer.status_code} {answer.reason}"
        if (total or 0) > self.most:
            raise ServerError(self._too_much())
        count = self._take(answer, start, total)
        if not count:
            self.part.unlink()
            return "the server sends nothing"
        if total is None and not self.from_start and "chunked" not in answer.headers.get("Transfer-Encoding", ""):
            self.ended = count  # broken off, or whole: what is behind it?
            return ""
        return None if total is None or count == total else ""  # "": some servers send a piece at a time

    def _take(self, answer: requests.Response, start: int, total: int | None) -> int:
        """Write what comes from a place on, and return how many bytes are there then."""
        problem = ""
        self.part.touch()
        with self.part.open("r+b") as file, \
                tqdm(desc=self.part.stem, total=total, initial=start, unit="B", unit_scale=True, mininterval=1) as bar:
            place = same = file.seek(start)
            # As it comes: some servers call a .tar.gz a compressed tar, which would be decompressed on the way.
            while chunk := answer.raw.read1(CHUNK, decode_content=False):
                if place == 0 and not any(magic.startswith(chunk[:2]) for magic in MAGIC):
                    problem = self._no_archive(answer, chunk)
                    break
                file.seek(place)
                if same == place and file.read(len(chunk)) == chunk:
                    same += len(chunk)
                else:
                    file.seek(place)
                    file.truncate()
                    file.write(chunk)
                place += len(chunk)
                bar.update(len(chunk))
                if place > self.most:
                    file.truncate(same)
                    problem = self._too_much()
                    break
            if place == total:
                file.truncate()  # of what was there, if that was more
        if problem:
            if not self._there():
                self.part.unlink()
            raise ServerError(problem)
        return place

    def _no_archive(self, answer: requests.Response, chunk: bytes) -> str:
        return (f"{self.url}: the server sends no archive, but {answer.headers.get('Content-Type', 'something')} that "
                f"begins with {chunk[:40]!a}. Is it a page to log in to the network, or one that says what is wrong? "
                "Open the address in a browser, or use another --mirror.")

    def _too_much(self) -> str:
        return (f"{self.url}: sends more than {self.most} bytes, twice as many as the corpus has. It is another file: "
                "use another --mirror.")

    def _there(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0
