"""Fetch a corpus: download, unpack, convert, hand over. Each step begins where an interrupted run has stopped.

All that is not finished lies in `DIR/.fetch/NAME/`: archives, `unpacked/`, `plan.json` (which recording goes where),
`converted/` with `rows.jsonl` (what is converted), `*.sha256` (of archives that are published without). Only finished
files come into `DIR/speech/`, `DIR/noise/`, and then into `DIR/MANIFEST.csv`, whose other rows stay.
`DIR/.fetch/NAME.json` says that all is done.
"""

import csv
import fcntl
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
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
            if _read(work / "plan.json") is None:
                _unpack(corpus, work, mirror)
                _plan(corpus, work, hours)
            rows = _convert(corpus, work, _planned(work, hours))
            _hand_over(corpus, work, top, rows)
            print(f"{corpus.name}: done, {len(rows)} files")
        else:
            shutil.rmtree(work, ignore_errors=True)  # where the last run was stopped while it tidied up
            print(f"{corpus.name} is there already, nothing to do. To fetch it anew, delete "
                  f"{work.with_suffix('.json')} first.")
    return Counter(f"{row['kind']}/{row['split']}" for row in rows)


def there(name: str, top: Path) -> list[dict[str, str]] | None:
    """Return the rows of a corpus that has been fetched, None if it has not or if files of it are gone."""
    rows = [row for row in _manifest(top) if row.get("corpus") == name]
    said = _read(top / ".fetch" / f"{name}.json")
    if said is None or len(rows) != said.get("files") or not all((top / row["file"]).is_file() for row in rows):
        return None
    return rows


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
            _write(work / f"{archive.name}.sha256", f"{pooch.file_hash(path, 'sha256')}  {archive.name}\n")
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
    found = re.match(r"[0-9a-f]{64}\b", record.read_text(errors="replace")) if record.is_file() else None
    return replace(archive, checksum=f"sha256:{found[0]}") if archive.checksum is None and found else archive


def _pin(work: Path) -> None:
    """Record the checksums of first downloads, of which recordings could be made."""
    for record in work.glob("*.sha256"):
        checksum, name = record.read_text().split()
        record.replace(work.parent / record.name)
        print(f"{name}: its publisher gives no checksum. This download's, {checksum}, is recorded in "
              f"{work.parent / record.name}, and later downloads into this folder have to have the same.")


def _refuse(corpus: Corpus, work: Path, problem: str) -> ValueError:
    """Delete what is of no use, so that the next run begins anew, and return what to say."""
    for name in ("unpacked", "converted"):
        shutil.rmtree(work / name, ignore_errors=True)
    unproved = [archive.name for archive in corpus.archives if archive.checksum is None]
    for name in ("plan.json", "rows.jsonl", *unproved, *(f"{name}.sha256" for name in unproved)):
        (work / name).unlink(missing_ok=True)
    return ValueError(f"{corpus.name}: {problem}. What was unpacked is deleted: get the archives from elsewhere, with "
                      "another --mirror, and run the command again.")


def _plan(corpus: Corpus, work: Path, hours: float | None) -> None:
    """Write down which recording goes where."""
    unpacked = work / "unpacked"
    try:
        found = [recording for recording in corpus.recordings(unpacked) if recording.path.is_file()]
        for path in [path for recording in found for path in (recording.path, recording.minus) if path]:
            if ".." in path.relative_to(unpacked).parts:  # a table may say so
                raise ValueError(f"{path} is outside of the archive")
    except (ValueError, LookupError, TypeError, OSError, RuntimeError, csv.Error) as error:
        raise _refuse(corpus, work, f"what is in its archives is not laid out as it should be ({error})") from error
    if not found:
        raise _refuse(corpus, work, "there are no recordings in its archives")
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
        print(f"{corpus.name}: {len(damaged)} of {len(plan)} recordings are left out: they are damaged, for example "
              f"{damaged[0]}")
    if not rows:
        raise _refuse(corpus, work, "all its recordings are damaged or silent"
                      + (f", for example {damaged[0]}" if damaged else ""))
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
        if re.fullmatch(r"\w+/\w+/[^/]+\.flac", old):  # whatever else the manifest says
            (top / old).unlink(missing_ok=True)  # of a fetch with more --hours
    kept = [row for row in earlier if row.get("corpus") != corpus.name]
    columns = list(dict.fromkeys([*(kept[0] if kept else ()), *COLUMNS]))
    lines = [dict.fromkeys(columns, "") | row for row in [*kept, *rows]]
    fresh = top / "MANIFEST.csv.new"
    with fresh.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(lines, key=lambda row: row["file"]))
    fresh.replace(top / "MANIFEST.csv")
    _pin(work)
    done = {"corpus": corpus.title, "licence": corpus.licence, "citation": corpus.citation, "page": corpus.page,
            "splits": corpus.splits, "files": len(rows)}
    _write(work.with_suffix(".json"), json.dumps(done, indent=1) + "\n")
    shutil.rmtree(work)


def _manifest(top: Path) -> list[dict[str, str]]:
    path = top / "MANIFEST.csv"
    if not path.is_file():
        return []
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:  # "sig": what Excel begins a table with
            rows = list(csv.DictReader(lines))
    except (UnicodeError, csv.Error) as error:
        raise ValueError(f"{path}: is no table in UTF-8 ({error}), so no rows can be added to it. Rename it, or name "
                         "another folder with --to") from error
    if rows and "file" not in rows[0]:
        raise ValueError(f"{path}: has no column `file`, so no rows can be added to it. Rename it, or name another "
                         "folder with --to")
    for number, row in enumerate(rows, 2):
        if None in row or not row["file"]:
            raise ValueError(f"{path}: its row {number} has more cells than the header, or none for `file`, so no rows "
                             "can be added to it. Mend it, or name another folder with --to")
    return rows


def _read(path: Path) -> dict | None:
    """Read what `_write` has written; None if there is nothing, or not that, as when the power failed."""
    try:
        found = json.loads(path.read_text())
    except (ValueError, FileNotFoundError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(fresh, path)
