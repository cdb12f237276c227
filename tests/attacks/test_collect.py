"""What students can do in an exchange folder or a download, to others' work, to the grader, and to the clock."""

import ctypes
import io
import json
import os
import pwd
import struct
import subprocess
import threading
import time
import zipfile
from pathlib import Path

import pytest
from small_course import NAME
from small_exchange import NOTEBOOK, make_course, needs_root, zipped

from autograder.cli import main
from autograder.refused import MOST_FORGED

SECRET = "the secret of the course"
EVE, VICTIM = "games", "man"  # users that every Debian has


@pytest.fixture
def course(place, monkeypatch):
    made = make_course(place, monkeypatch)
    (place / "root" / "secret").write_text(SECRET)
    return made


def as_user(user: str, action) -> None:
    """Do something as a student, in a process of his own, with nothing but a student's rights."""
    entry = pwd.getpwnam(user)
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
            action()
            os._exit(0)
        except OSError:
            os._exit(1)
        finally:
            os._exit(2)
    os.waitpid(child, 0)


def put(inbound: Path, student: str, content: str = NOTEBOOK, *, owner: str = "", random: str = "aB-_5678wxyz") -> Path:
    """Hand in as a student would; `owner` is who does it."""
    folder = inbound / f"{student}+{NAME}+2020-01-01 00:00:00 UTC+{random}"

    def write():
        folder.mkdir()
        (folder / f"{NAME}.ipynb").write_text(content)

    as_user(owner or student, write)
    return folder


def everything(place: Path) -> bytes:
    """Return all that collecting wrote in the course root, but for the secret itself."""
    return b"".join(path.read_bytes() for path in (place / "root").rglob("*")
                    if path.is_file() and not path.is_symlink() and path.name != "secret")


@needs_root
def test_a_file_that_is_swapped_for_a_link_all_the_time_never_leads_to_the_grades(course, inbound, place):
    put(inbound, VICTIM)
    folder = put(inbound, EVE)
    good, link = folder / f"{NAME}.ipynb", folder / "x.wav"
    link.symlink_to(place / "root" / "secret")
    stop, libc = threading.Event(), ctypes.CDLL(None)

    def swap():
        while not stop.is_set():
            libc.renameat2(-100, os.fsencode(good), -100, os.fsencode(link), 2)  # 2: exchange the two

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        until = time.monotonic() + 4
        while time.monotonic() < until:
            assert main(["collect", NAME]) in (0, 1)
    finally:
        stop.set()
        swapper.join()
    assert SECRET.encode() not in everything(place)
    assert (course.submitted / VICTIM / NAME / f"{NAME}.ipynb").read_text() == NOTEBOOK


@needs_root
def test_a_folder_that_is_swapped_for_a_link_never_leads_to_the_grades(course, inbound, place):
    folder = put(inbound, EVE)
    as_user(EVE, lambda: (folder / "a").mkdir())
    as_user(EVE, lambda: (folder / "a" / "x.wav").write_text("x"))
    (place / "root" / "x.wav").write_text(SECRET)
    (folder / "b").symlink_to(place / "root")
    stop, libc = threading.Event(), ctypes.CDLL(None)

    def swap():
        while not stop.is_set():
            libc.renameat2(-100, os.fsencode(folder / "a"), -100, os.fsencode(folder / "b"), 2)

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        until = time.monotonic() + 3
        while time.monotonic() < until:
            assert main(["collect", NAME]) in (0, 1)
    finally:
        stop.set()
        swapper.join()
    (place / "root" / "x.wav").unlink()
    assert SECRET.encode() not in everything(place)


@needs_root
@pytest.mark.parametrize("name", [
    f"{VICTIM}+{NAME}+2099-01-01 00:00:00 UTC+x", f"{VICTIM}+{NAME}+2099-01-01 00:00:00 UTC",
    f"{VICTIM}+{NAME}+{NAME}+x", f"{VICTIM}+{NAME}++", f" {VICTIM}+{NAME}+2099+x", f"{VICTIM.upper()}+{NAME}+2099+x"])
def test_nobody_hands_in_for_another(course, inbound, name):
    put(inbound, VICTIM, "the victim's")
    as_user(EVE, lambda: ((inbound / name).mkdir(), (inbound / name / f"{NAME}.ipynb").write_text("Eve's")))
    main(["collect", NAME])
    assert (course.submitted / VICTIM / NAME / f"{NAME}.ipynb").read_text() == "the victim's"
    assert b"Eve's" not in b"".join(path.read_bytes() for path in course.submitted.rglob("*.ipynb"))


@needs_root
def test_a_student_who_hands_in_many_times_is_nobody_elses_trouble(course, inbound):
    put(inbound, VICTIM)
    for number in range(300):
        put(inbound, EVE, '{"cells": [' * 5, random=f"{number:012}") if number < 3 else as_user(
            EVE, lambda number=number: (inbound / f"{EVE}+{NAME}+2020-01-01 00:00:00 UTC+{number:012}").mkdir())
    main(["collect", NAME])
    assert (course.submitted / VICTIM / NAME / f"{NAME}.ipynb").read_text() == NOTEBOOK


@needs_root
def test_strangers_fill_the_disk_no_more_however_often_it_is_collected(course, inbound, place):
    def hand_in(number):
        folder = put(inbound, f"{VICTIM}-{number}", f"{number}" * 1_000_000, owner=EVE)
        as_user(EVE, lambda: (folder / "x.wav").write_bytes(b"x" * 5_000_000))

    put(inbound, VICTIM)
    for number in range(12):
        hand_in(number)
        if number % 4 == 3:
            assert main(["collect", NAME]) == 1
    kept = [path for path in (place / "root" / "refused").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in kept) < MOST_FORGED * 2_100_000
    assert len(list((place / "root" / "refused").glob("*/*/*"))) == MOST_FORGED
    assert not course.records.exists()
    assert (course.submitted / VICTIM / NAME / f"{NAME}.ipynb").read_text() == NOTEBOOK


@needs_root
def test_a_receipt_of_ones_own_is_not_believed(course, inbound):
    folder = put(inbound, EVE)
    receipt = {"origin": folder.name, "digest": "x", "collected": "2020-01-01T00:00:00+00:00",
               "received": "2000-01-01T00:00:00+00:00", "notes": []}

    def write():
        for name in ("intake.json", "refusal.json"):
            (folder / name).write_text(json.dumps(receipt))
        (folder / "timestamp.txt").write_text("2000-01-01 00:00:00 UTC")
        os.utime(folder, (0, 0))

    as_user(EVE, write)
    main(["collect", NAME])
    target = course.submitted / EVE / NAME
    assert "2000" not in (target / "timestamp.txt").read_text()
    assert json.loads((target / "intake.json").read_text())["received"] > "2025"


@needs_root
def test_what_comes_from_the_exchange_belongs_to_the_grader_and_runs_nothing(course, inbound):
    folder = put(inbound, EVE)
    as_user(EVE, lambda: (folder / "x.wav").write_text("#!/bin/sh"))
    as_user(EVE, lambda: (folder / "x.wav").chmod(0o6777))
    main(["collect", NAME])
    for path in (course.submitted / EVE / NAME).rglob("*"):
        status = path.lstat()
        assert status.st_uid == os.geteuid()
        assert not status.st_mode & 0o7022


@needs_root
def test_the_exchange_cannot_be_renamed_under_a_running_course(course, place, inbound):
    as_user(EVE, lambda: (place / "exchange" / "se").rename(place / "exchange" / "mine"))
    as_user(EVE, lambda: (inbound / "x").symlink_to(place / "root"))
    assert (place / "exchange" / "se").is_dir()
    folder = put(inbound, VICTIM)
    as_user(EVE, lambda: folder.rename(inbound / f"{EVE}+{NAME}+x+y"))
    as_user(EVE, lambda: (folder / f"{NAME}.ipynb").write_text("Eve's"))
    main(["collect", NAME])
    assert (course.submitted / VICTIM / NAME / f"{NAME}.ipynb").read_text() == NOTEBOOK
    assert not (course.submitted / EVE).exists()


@needs_root
@pytest.mark.parametrize(("where", "mode"), [("exchange", 0o777), ("exchange/se/inbound", 0o777), ("root", 0o755)])
def test_nothing_is_collected_through_an_open_door(course, place, inbound, where, mode):
    put(inbound, VICTIM)
    (place / where).chmod(mode)
    assert main(["collect", NAME]) == 2
    assert not course.submitted.exists()


# ---- downloads from a learning platform, where a student names his files


def write_students(place: Path) -> Path:
    """Write who is who."""
    path = place / "students.csv"
    path.write_text("Identifier,Full name,ID number,ID\nParticipant 77,Jane Doe,victim,77\nParticipant 99,Eve,eve,99\n")
    return path


@pytest.mark.parametrize("name", [
    "Eve_99_assignsubmission_file_x_77_assignsubmission_file_{notebook}",
    "Eve_99_assignsubmission_file_/Jane Doe_77_assignsubmission_file_/{notebook}",
    "Eve_99_assignsubmission_file_Jane Doe_77_assignsubmission_file_{notebook}",
    "Eve_99_assignsubmission_file_/../Jane Doe_77_assignsubmission_file_/{notebook}",
    "Eve_99_1_Jane_77_1_{notebook}", "Eve_99_77_77_1_{notebook}"])
@pytest.mark.parametrize("with_victim", [True, False])
def test_the_name_of_a_file_makes_it_nobody_elses(course, place, name, with_victim):
    members = {name.format(notebook=f"{NAME}.ipynb"): "Eve's"}
    if with_victim:
        members[f"Jane Doe_77_assignsubmission_file_{NAME}.ipynb"] = "the victim's"
    (place / "download.zip").write_bytes(zipped(members))
    main(["collect", NAME, "--from", str(place / "download.zip"), "--students", str(write_students(place))])
    target = course.submitted / "victim" / NAME / f"{NAME}.ipynb"
    assert target.is_file() == with_victim, "the victim's work must come in, and nobody else's as the victim's"
    assert not with_victim or target.read_text() == "the victim's"


def two_names(content: bytes) -> bytes:
    """Return a zip file whose list says another name than the file itself."""
    made = bytearray(zipped({f"{NAME}.ipynb": content}))
    place = made.index(b"PK\x01\x02") + 46
    made[place:place + 4] = b"../."
    return bytes(made)


def overlapping() -> bytes:
    """Return a zip file of which thousands of members share the same 100 kB that unpack to 100 MB."""
    one = zipped({"0.wav": b"\0" * 50_000_000})
    start = one.index(b"PK\x01\x02")
    body, entry, end = one[:start], one[start:one.index(b"PK\x05\x06")], bytearray(one[one.index(b"PK\x05\x06"):])
    listed = b"".join(entry.replace(b"0.wav", f"{number}.wav".encode()) for number in range(10))
    struct.pack_into("<HHII", end, 8, 10, 10, len(listed), len(body))
    return body + listed + bytes(end)


def twice() -> bytes:
    """Return a zip file with the notebook twice: one reader takes the first, another the last."""
    target = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(target, "w") as archive:
        archive.writestr(f"{NAME}.ipynb", "first")
        archive.writestr(f"{NAME}.ipynb", "second")
    return target.getvalue()


def unicode_path() -> bytes:
    """Return a zip file with a second name in an extra field, which other programs use."""
    info = zipfile.ZipInfo("x.wav")
    info.extra = struct.pack("<HHBI", 0x7075, 5 + 16, 1, zipfile.crc32(b"x.wav")) + b"../../../evil.wav"[:16]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, "x")
        archive.writestr(f"{NAME}.ipynb", NOTEBOOK)
    return target.getvalue()


def far_away() -> bytes:
    """Return a zip file whose list lies, by its own account, far behind its end."""
    made = bytearray(zipped({f"{NAME}.ipynb": NOTEBOOK}))
    struct.pack_into("<I", made, len(made) - 6, 0xFFFFFFF0)
    return bytes(made)


ARCHIVES = {"two names": two_names(b"x"), "overlapping": overlapping(), "far away": far_away(),
            "trailing dots": zipped({"... /x.wav": "x"}), "device": zipped({"CON.wav": "x", "a\x00b.wav": "x"}),
            "cut": zipped({f"{NAME}.ipynb": NOTEBOOK})[:-30], "bytes": b"PK\x05\x06" + b"\xff" * 18,
            "in front": b"#!/bin/sh\ntouch evil\n" * 1000 + zipped({"../evil.wav": "x"})}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_hurts_nobody_else(course, place, name):
    download = place / "download"
    download.mkdir()
    (download / "bad.zip").write_bytes(ARCHIVES[name])
    (download / "good.zip").write_bytes(zipped({f"{NAME}.ipynb": NOTEBOOK}))
    assert main(["collect", NAME, "--from", str(download)]) in (0, 1)
    assert (course.submitted / "good" / NAME / f"{NAME}.ipynb").read_text() == NOTEBOOK
    assert not [path for path in place.rglob("*evil*")]
    taken = sum(path.stat().st_size for path in (place / "root").rglob("*") if path.is_file())
    assert taken < 210_000_000


def test_a_notebook_that_is_there_twice_is_not_taken_in_silently(course, place, capsys):
    (place / "download").mkdir()
    (place / "download" / "s001.zip").write_bytes(twice())
    main(["collect", NAME, "--from", str(place / "download")])
    said = capsys.readouterr().out
    assert "refused" in said and not (course.submitted / "s001").exists()


def test_a_second_name_in_an_archive_leads_nowhere(course, place):
    (place / "download").mkdir()
    (place / "download" / "s001.zip").write_bytes(unicode_path())
    main(["collect", NAME, "--from", str(place / "download")])
    assert not [path for path in place.rglob("*evil*")]


def test_collecting_asks_no_program(course, place, monkeypatch):
    """A name with a command in it is a name."""
    download = place / "download"
    (download / "s001").mkdir(parents=True)
    (download / "s001" / f"{NAME}.ipynb").write_text(NOTEBOOK)
    (download / "s001" / "$(touch evil);`touch evil`.wav").write_text("x")
    monkeypatch.setattr(subprocess, "Popen", None)
    main(["collect", NAME, "--from", str(download)])
    assert not [path for path in place.rglob("evil")]
