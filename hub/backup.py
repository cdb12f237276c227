"""Everything that the hub keeps, in one file, and back: gradebook, submissions, exchange, homes, log-ins.

A backup can be made while the hub runs: databases are copied as of one moment. Owners go by name, so that it can be
restored on another machine, where the same people have other numbers.
"""

import os
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hub import exchange, people
from hub.settings import INSTRUCTOR, Settings

DATABASES = {".db", ".sqlite"}
LEFT_OUT = {".cache", ".ipynb_checkpoints", "__pycache__"}


def back_up(settings: Settings, to: Path) -> Path:
    """Write a backup, and return its path.

    Raises
    ------
    ValueError
        If there is nothing to back up, or something of that name is there already.
    """
    if not settings.exchange.is_dir():
        raise ValueError(f"there is no hub in {settings.root}: set HUB_ROOT")
    if to.exists():
        raise ValueError(f"{to} is there already: choose another name")
    unfinished = to.with_name(f".{to.name}.part")
    with TemporaryDirectory() as folder, open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
                                              ) as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        for path in _files(settings.root):
            name = str(path.relative_to(settings.root))
            ours = settings.state in path.parents or settings.desk in path.parents  # nobody opens what students wrote
            if ours and path.suffix in DATABASES and path.is_file():
                _add_database(archive, path, name, Path(folder) / "copy")
            elif not (ours and path.name.endswith(("-journal", "-wal", "-shm"))):
                try:
                    archive.add(path, name, recursive=False)
                except FileNotFoundError:  # somebody works while this is made
                    continue
    os.replace(unfinished, to)
    return to


def restore(settings: Settings, source: Path) -> list[str]:
    """Restore a backup where there is nothing yet, and return what to know about it.

    Raises
    ------
    ValueError
        If there is something already, if an account cannot be made, or if it is no backup.
    """
    if settings.root.exists() and any(settings.root.iterdir()):
        raise ValueError(f"{settings.root} is not empty: restore into a new folder, or move this one away")
    try:
        with tarfile.open(source) as archive:
            names = [name.split("/")[1] for name in archive.getnames() if name.count("/") == 1
                     and name.startswith("homes/")]
            for name in sorted({INSTRUCTOR, *names}):
                people.account(name, settings)
            archive.extractall(settings.root, filter=_as_it_was)
    except tarfile.TarError as error:
        raise ValueError(f"{source} is no backup: {error}") from None
    wrong = exchange.problems(settings)
    waiting = sorted(path.name for path in (settings.exchange / settings.course / "inbound").iterdir())
    if waiting:
        wrong.append("these were handed in before the backup, and count as handed in now unless they have been "
                     "collected (their names have the times that students' servers wrote): " + ", ".join(waiting))
    return wrong


def _files(root: Path) -> Iterator[Path]:
    """Yield folders and files, a folder before what is in it; links are not followed."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in sorted([*folders, *files]):
            path = Path(folder, name)
            if path.is_symlink() or path.is_dir() or path.is_file():  # no sockets
                yield path


def _add_database(archive: tarfile.TarFile, path: Path, name: str, copy: Path) -> None:
    """Add a database as it is at one moment, whoever writes to it."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        about = archive.gettarinfo(path, name)
        about.size = copy.stat().st_size
        with copy.open("rb") as content:
            archive.addfile(about, content)
    except sqlite3.DatabaseError:  # a file of that name which is none
        archive.add(path, name, recursive=False)
    finally:
        copy.unlink(missing_ok=True)


def _as_it_was(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo:
    """Let nothing out of the folder; owners and modes are those of the backup."""
    checked = tarfile.tar_filter(member, folder)
    return checked.replace(mode=member.mode, deep=False)
