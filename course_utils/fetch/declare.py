"""What a corpus is: where its archives lie, what is in them, and which recording belongs to which split."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Archive:
    """A file that a corpus is published in.

    Attributes
    ----------
    url : str
        Where the publisher has it.
    size : int
        Bytes, as published.
    checksum : str or None
        `sha256:...` or `md5:...` as published; None where the publisher gives none: then the first download's own
        checksum is recorded, and later ones have to have the same.
    wanted : tuple of str
        Patterns of the members that are unpacked; `*` goes across folders.
    into : str
        Folder to unpack into, for an archive that has none of its own.
    file : str
        Its name on a mirror; by default the last part of the address.
    """

    url: str
    size: int
    checksum: str | None
    wanted: tuple[str, ...] = ("*",)
    into: str = ""
    file: str = ""

    @property
    def name(self) -> str:
        """Name of the file, here and on a mirror."""
        return self.file or self.url.rsplit("/", 1)[1]


@dataclass(frozen=True)
class Recording:
    """One recording of a corpus, as unpacked.

    Attributes
    ----------
    path : Path
        The audio file.
    kind, split : str
        Where it belongs in the course's layout.
    group : str
        Speaker, kind or source of the noise, room, or piece.
    name : str
        What tells it from the others of its group.
    minus : Path or None
        Another file, to be subtracted from it: noisy speech minus clean speech is the noise.
    """

    path: Path
    kind: str
    split: str
    group: str
    name: str
    minus: Path | None = None

    @property
    def stem(self) -> str:
        """Name of its file in the course's layout. The part before its last dash is the group."""
        return f"{self.group}-{self.name}"


@dataclass(frozen=True)
class Corpus:
    """A corpus that can be fetched.

    Attributes
    ----------
    name, title : str
        For the command, and for people.
    gives : tuple of str
        Kinds of recordings: speech, noise, rir, piano.
    licence, citation, page : str
        Terms of use; paper with its year; web page.
    archives : tuple of Archive
        The files that it is published in.
    unpacked : int
        Bytes of the wanted members, roughly. More than twice as many are refused.
    members : int
        Files and folders of its largest archive, roughly. More than twice as many are refused.
    recordings : callable
        From the folder of the unpacked archives to the recordings in it.
    splits : str
        How train, val and test are told apart.
    """

    name: str
    title: str
    gives: tuple[str, ...]
    licence: str
    citation: str
    page: str
    archives: tuple[Archive, ...]
    unpacked: int
    members: int
    recordings: Callable[[Path], Iterable[Recording]]
    splits: str

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(archive.size for archive in self.archives)


def slug(text: str) -> str:
    """Return a text as a part of a file name: letters, digits and underscores, 120 characters at most."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")[:120]


def shuffled(names: Iterable[str]) -> list[str]:
    """Return names in an order that looks random, and is the same on any machine."""
    return sorted(set(names), key=lambda name: hashlib.sha256(name.encode()).digest())


def deal(groups: Iterable[str]) -> dict[str, str]:
    """Return a split for each group: a tenth of them for val, a tenth for test, at least one each.

    For corpora that define no splits.
    """
    order = shuffled(groups)
    share = max(1, round(len(order) / 10))
    return {group: "test" if k < share else "val" if k < 2 * share else "train" for k, group in enumerate(order)}
