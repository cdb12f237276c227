"""Fetch a corpus: download, unpack, convert, hand over. Each step begins where an interrupted run has stopped.

All that is not finished lies in `DIR/.fetch/NAME/`: archives, `unpacked/`, `plan.json` (which recording goes where),
`converted/` with `rows.jsonl` (what is converted). Only finished files come into `DIR/speech/`, `DIR/noise/`, and then
into `DIR/MANIFEST.csv`, whose other rows stay. `DIR/.fetch/NAME.json` says that all is done.
"""

import csv
import fcntl
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pooch
import soundfile
from tqdm import tqdm

from course_utils.fetch.archive import unpack
from course_utils.fetch.convert import convert
from course_utils.fetch.declare import Archive, Corpus, Recording, shuffled
from course_utils.fetch.download import obtain, size, source

COLUMNS = ("file", "kind", "split", "group", "seconds", "sample_rate", "sha256", "licence", "source", "corpus")
SLACK = 1.05


def fetch(corpus: Corpus, top: Path, *, mirror: str | None = None, hours: float | None = None) -> Counter[str]:
    """Fetch a corpus into a folder of the course's layout, beside the others that are there.

    Parameters
    ----------
    corpus : Corpus
        What to fetch.
    top : Path
        Folder for `COURSE_DATA`; made if need be.
    mirror : str, optional
        Address or folder that holds the archives, instead of the publisher's.
    hours : float, optional
        Recordings to keep of each kind and split, drawn from all of them. By default all.

    Returns
    -------
    Counter
        Files by `KIND/SPLIT`.

    Raises
    ------
    ValueError
        If the archives cannot be had, or are not what they should be, or if the disk is too small. The message says
        what to do; what has been fetched so far stays.
    OSError
        If the folder cannot be written.
    """
    work = top / ".fetch" / corpus.name
    work.parent.mkdir(parents=True, exist_ok=True)
    with _alone(top):
        rows = there(corpus.name, top)
        if rows is None:
            work.mkdir(exist_ok=True)
            if not (work / "plan.json").is_file():
                _unpack(corpus, work, mirror)
                _plan(corpus, work, hours)
            rows = _convert(corpus, work, _planned(work, hours))
            _hand_over(corpus, work, top, rows)
            print(f"{corpus.name}: done, {len(rows)} files")
        else:
            print(f"{corpus.name} is there already, nothing to do. To fetch it anew, delete "
                  f"{work.with_suffix('.json')} first.")
    return Counter(f"{row['kind']}/{row['split']}" for row in rows)


def there(name: str, top: Path) -> list[dict[str, str]] | None:
    """Return the rows of a corpus that has been fetched, None if it has not or if files of it are gone."""
    done = top / ".fetch" / f"{name}.json"
    if not done.is_file():
        return None
    rows = [row for row in _manifest(top) if row.get("corpus") == name]
    complete = len(rows) == json.loads(done.read_text())["files"] and all((top / row["file"]).is_file() for row in rows)
    return rows if complete else None


@contextmanager
def _alone(top: Path) -> Iterator[None]:
    with (top / ".fetch" / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ValueError(f"another fetch is at work in {top}: wait for it, or take another folder") from error
        yield


def _unpack(corpus: Corpus, work: Path, mirror: str | None) -> None:
    """Download and unpack the archives into `unpacked/`, which is there whole or not at all."""
    unpacked, fresh = work / "unpacked", work / "unpacked.new"
    if unpacked.is_dir():
        return
    shutil.rmtree(fresh, ignore_errors=True)
    sizes = {archive.name: size(archive, mirror) for archive in corpus.archives}
    needed = corpus.unpacked * sum(sizes.values()) / corpus.size  # a mirror may hold less
    needed += sum(sizes[archive.name] - _so_far(archive, work) for archive in corpus.archives
                  if isinstance(source(archive, mirror), str))
    _check_disk(corpus, work, needed * SLACK)
    for archive in corpus.archives:
        pinned = _pinned(archive, work.parent)
        path = obtain(pinned, work, mirror)
        try:
            unpack(path, fresh / archive.into, wanted=archive.wanted, most_bytes=2 * corpus.unpacked,
                   most_members=2 * corpus.members)
        except ValueError:
            if path.parent == work:
                path.unlink()  # so that the next run gets another one
            raise
        if pinned.checksum is None:
            _pin(archive, path, work.parent)
    fresh.rename(unpacked)


def _so_far(archive: Archive, work: Path) -> int:
    """Return how many bytes of an archive are downloaded."""
    return sum((work / name).stat().st_size for name in (archive.name, f"{archive.name}.part")
               if (work / name).is_file())


def _check_disk(corpus: Corpus, work: Path, needed: float) -> None:
    free = shutil.disk_usage(work).free
    if free < needed:
        raise ValueError(f"{corpus.name} needs {readable(needed)} of disk to fetch and unpack, and in {work} there are "
                         f"{readable(free)} free: make room, or name another folder with --to")


def readable(count: float) -> str:
    """Return bytes as people write them."""
    unit = next(unit for unit in (10 ** 9, 10 ** 6, 10 ** 3, 1) if count >= unit or unit == 1)
    return f"{count / unit:.3g} {dict(((10 ** 9, 'GB'), (10 ** 6, 'MB'), (10 ** 3, 'kB'), (1, 'bytes')))[unit]}"


def _pinned(archive: Archive, folder: Path) -> Archive:
    """Return an archive with the checksum of its first download, where its publisher gives none."""
    record = folder / f"{archive.name}.sha256"
    if archive.checksum is not None or not record.is_file():
        return archive
    return Archive(archive.url, archive.size, f"sha256:{record.read_text().split()[0]}", archive.wanted, archive.into,
                   archive.file)


def _pin(archive: Archive, path: Path, folder: Path) -> None:
    """Record the checksum of a first download, which could be unpacked."""
    checksum = pooch.file_hash(path, "sha256")
    (folder / f"{archive.name}.sha256").write_text(f"{checksum}  {archive.name}\n")
    print(f"{archive.name}: its publisher gives no checksum. This download's, {checksum}, is recorded in "
          f"{folder / archive.name}.sha256, and later downloads into this folder have to have the same.")


def _plan(corpus: Corpus, work: Path, hours: float | None) -> None:
    """Write down which recording goes where."""
    unpacked = work / "unpacked"
    try:
        found = [recording for recording in corpus.recordings(unpacked) if recording.path.is_file()]
    except (ValueError, LookupError, TypeError, OSError, RuntimeError, csv.Error) as error:
        raise ValueError(f"{corpus.name}: what is in its archives is not laid out as it should be ({error}). Delete "
                         f"{work} and fetch it from elsewhere.") from error
    if not found:
        raise ValueError(f"{corpus.name}: there are no recordings in its archives. Delete {work} and fetch it from "
                         "elsewhere.")
    if hours is not None:
        found = list(_part(found, hours))
    plan = [{**vars(recording), "path": str(recording.path.relative_to(unpacked)),
             "minus": recording.minus and str(recording.minus.relative_to(unpacked))} for recording in found]
    _write(work / "plan.json", json.dumps({"hours": hours, "recordings": plan}))


def _planned(work: Path, hours: float | None) -> list[dict[str, str]]:
    """Read what `_plan` has written."""
    plan = json.loads((work / "plan.json").read_text())
    if plan["hours"] != hours:
        option = f"with --hours {plan['hours']:g}" if plan["hours"] else "without --hours"
        raise ValueError(f"a fetch {option} has begun and is not finished: finish it so, or delete {work} to begin "
                         "anew")
    return plan["recordings"]


def _part(recordings: list[Recording], hours: float) -> Iterator[Recording]:
    """Choose recordings of some hours of each kind and split, in the order they came in."""
    left: dict[tuple[str, str], float] = {}
    chosen = set()
    by_name = {f"{recording.kind}/{recording.stem}": recording for recording in recordings}
    for name in shuffled(by_name):
        key = (by_name[name].kind, by_name[name].split)
        if left.setdefault(key, 3600 * hours) > 0:
            left[key] -= _seconds(by_name[name].path)
            chosen.add(name)
    return (recording for name, recording in by_name.items() if name in chosen)


def _seconds(path: Path) -> float:
    try:
        return soundfile.info(path).duration
    except soundfile.LibsndfileError:
        return 0.0  # damaged: converting it will say so


def _convert(corpus: Corpus, work: Path, plan: list[dict[str, str]]) -> list[dict[str, str]]:
    """Convert what is not yet; each recording is deleted when it is, so that the disk need not hold both."""
    unpacked = work / "unpacked"
    rows, finished = _journal(work / "rows.jsonl")
    damaged = []
    with (work / "rows.jsonl").open("a") as journal:
        journal.write("\n")  # ends a line that was cut off
        for entry in tqdm(plan, desc=f"convert {corpus.name}", mininterval=1):
            if entry["path"] in finished.get(entry["kind"], ()):
                continue
            recording = Recording(unpacked / entry["path"], entry["kind"], entry["split"], entry["group"],
                                  entry["name"], unpacked / entry["minus"] if entry["minus"] else None)
            try:
                made = convert(recording, work / "converted")
            except ValueError as error:
                damaged.append(str(error))
                continue
            for row in made:
                row |= {"licence": corpus.licence, "source": entry["path"], "corpus": corpus.name}
            journal.write(json.dumps([entry["kind"], entry["path"], made]) + "\n")
            journal.flush()
            recording.path.unlink()
            rows += made
    if damaged:
        print(f"{corpus.name}: {len(damaged)} recordings are left out because they are damaged, for example "
              f"{damaged[0]}")
    if not rows:
        raise ValueError(f"{corpus.name}: all its recordings are damaged or silent. Delete {work} and fetch it from "
                         "elsewhere.")
    return rows


def _journal(path: Path) -> tuple[list[dict[str, str]], dict[str, set[str]]]:
    """Return the rows of what has been converted, and its sources by kind."""
    rows: list[dict[str, str]] = []
    finished: dict[str, set[str]] = {}
    for line in path.read_text().splitlines() if path.is_file() else ():
        try:
            kind, origin, made = json.loads(line)
        except ValueError:  # empty, or cut off when the run was killed: it is converted again
            continue
        rows += made
        finished.setdefault(kind, set()).add(origin)
    return rows, finished


def _hand_over(corpus: Corpus, work: Path, top: Path, rows: list[dict[str, str]]) -> None:
    """Move the converted files to their places, add them to the manifest, and delete what is not needed any more."""
    for row in rows:
        made, target = work / "converted" / row["file"], top / row["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if made.is_file():  # an interrupted run may have moved it
            made.replace(target)
    earlier = _manifest(top)
    for old in {row["file"] for row in earlier if row.get("corpus") == corpus.name} - {row["file"] for row in rows}:
        (top / old).unlink(missing_ok=True)  # of a fetch with more --hours
    kept = [row for row in earlier if row.get("corpus") != corpus.name]
    columns = list(dict.fromkeys([*(kept[0] if kept else ()), *COLUMNS]))
    lines = [dict.fromkeys(columns, "") | row for row in [*kept, *rows]]
    fresh = top / "MANIFEST.csv.new"
    with fresh.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(lines, key=lambda row: row["file"]))
    fresh.replace(top / "MANIFEST.csv")
    done = {"corpus": corpus.title, "licence": corpus.licence, "citation": corpus.citation, "page": corpus.page,
            "splits": corpus.splits, "files": len(rows)}
    _write(work.with_suffix(".json"), json.dumps(done, indent=1) + "\n")
    shutil.rmtree(work)


def _manifest(top: Path) -> list[dict[str, str]]:
    path = top / "MANIFEST.csv"
    if not path.is_file():
        return []
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    if rows and "file" not in rows[0]:
        raise ValueError(f"{path}: has no column `file`, so no rows can be added to it. Rename it, or name another "
                         "folder with --to")
    return rows


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(fresh, path)
