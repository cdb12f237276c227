"""Submissions come in from an exchange and from downloads, or are refused with a reason and kept."""

import csv
import io
import json
import os
import pwd
import stat
import struct
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC
from pathlib import Path

import pytest
import small_course as lessons
from nbgrader.utils import parse_utc
from small_course import NAME, write_course

from autograder import files
from autograder.cli import main
from autograder.course import Course
from autograder.exchange import open_doors
from autograder.stage import stage, take_in

NOTEBOOK = json.dumps(lessons.tiny())
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand files to other users")


@pytest.fixture
def place():
    """A folder that others can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture
def course(place, monkeypatch):
    """A course with an exchange that is as nbgrader makes it, but for the sticky bit that it lacks."""
    folder = write_course(place / "course")
    exchange = place / "exchange"
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.course_id = 'se'\nc.Exchange.root = {str(exchange)!r}\n"
                   "c.ExchangeFactory.collect = 'autograder.exchange.Collect'\n")
    for path, mode in ((exchange, 0o1777), (exchange / "se", 0o755), (exchange / "se" / "outbound", 0o755),
                       (exchange / "se" / "inbound", 0o2733)):
        path.mkdir()
        path.chmod(mode)
    monkeypatch.setenv("COURSE_ROOT", str(place / "root"))
    monkeypatch.setenv("PATH", os.environ["PATH"])
    monkeypatch.chdir(folder)
    (place / "root").mkdir(mode=0o700)
    (folder / "notebooks").chmod(0o700)
    return Course.load()


@pytest.fixture
def inbound(place):
    return place / "exchange" / "se" / "inbound"


def own(path, user):
    """Give a folder and all in it to a user."""
    for one in [path, *path.rglob("*")]:
        os.chown(one, pwd.getpwnam(user).pw_uid, -1, follow_symlinks=False)


def put(inbound, student, content=NOTEBOOK, *, owner="", stamp="2020-01-01 00:00:00 UTC", random="aB-_5678wxyz"):
    """Write a submission as `nbgrader submit` does."""
    folder = inbound / f"{student}+{NAME}+{stamp}+{random}"
    folder.mkdir()
    (folder / f"{NAME}.ipynb").write_text(content)
    (folder / "timestamp.txt").write_text(stamp)
    (folder / "submission_secret.txt").write_text("0123456789abcdef" * 8)
    own(folder, owner or student)
    return folder


def taken(course, student):
    """Return the notebook that was taken in."""
    return (course.submitted / student / NAME / f"{NAME}.ipynb").read_text()


def seconds(course, student):
    """Return the time at which a submission was handed in, as nbgrader reads it."""
    text = (course.submitted / student / NAME / "timestamp.txt").read_text()
    return parse_utc(text).replace(tzinfo=UTC).timestamp()


def record(course, student):
    return json.loads((course.records / NAME / f"{student}.json").read_text())


def zipped(files, **options):
    """Return a zip file; contents may be None for a folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content or "")
    return target.getvalue()


@needs_root
def test_the_latest_counts_by_the_servers_clock_and_the_earlier_one_is_kept(course, inbound, capsys):
    first = put(inbound, "games", "first", stamp="2099-01-01 00:00:00 UTC")
    os.utime(first, (4e9, 4e9))
    assert main(["collect", NAME]) == 0
    assert seconds(course, "games") == pytest.approx(first.stat().st_ctime, abs=60)
    assert main(["collect", NAME]) == 0
    assert "already here" in capsys.readouterr().out
    put(inbound, "games", "second")
    assert main(["collect", NAME]) == 0
    assert taken(course, "games") == "second"
    earlier = list((course.root / "earlier" / "games" / NAME).glob(f"*/{NAME}.ipynb"))
    assert [path.read_text() for path in earlier] == ["first"]
    assert (course.submitted / "games" / NAME / "submission_secret.txt").read_text() == "0123456789abcdef" * 8


@needs_root
def test_a_file_that_was_changed_later_makes_the_submission_later(course, inbound):
    folder = put(inbound, "games")
    before = (folder / f"{NAME}.ipynb").stat().st_ctime
    with (folder / f"{NAME}.ipynb").open("a") as file:
        file.write(" ")
    os.utime(folder / f"{NAME}.ipynb", (1e9, 1e9))
    main(["collect", NAME])
    assert seconds(course, "games") > before


@needs_root
def test_work_handed_in_in_another_name_is_refused_and_the_victims_stays(course, inbound, capsys):
    put(inbound, "games", "the victim's")
    main(["collect", NAME])
    put(inbound, "games", "forged", owner="man", random="zzzzzzzzzzzz")
    capsys.readouterr()
    assert main(["collect", NAME]) == 1
    assert "it belongs to man, not to games" in capsys.readouterr().out
    assert taken(course, "games") == "the victim's"
    assert not (course.records / NAME / "games.json").exists()
    notes = json.loads((course.submitted / "games" / NAME / "intake.json").read_text())["notes"]
    assert notes == ["refused: it belongs to man, not to games"]
    assert main(["accept", "games", NAME]) == 2
    assert "by man" in capsys.readouterr().err
    assert main(["accept", "games", NAME, "--owner", "man"]) == 0
    assert taken(course, "games") == "forged"
    assert main(["collect", NAME]) == 0, "what was accepted by hand stays accepted"


@needs_root
def test_a_forgery_alone_is_in_the_records(course, inbound):
    put(inbound, "games", owner="man")
    assert main(["collect", NAME]) == 1
    assert not (course.submitted / "games").exists()
    assert (record(course, "games")["status"], record(course, "games")["flags"]) == (
        "needs_review", ["refused: it belongs to man, not to games"])
    put(inbound, "games", random="0000")
    main(["collect", NAME])
    assert not (course.records / NAME / "games.json").exists(), "it was about what was refused"


@needs_root
def test_a_refused_last_submission_leaves_the_one_before_and_a_word_about_it(course, inbound):
    put(inbound, "games", "good")
    (put(inbound, "games", "bad", random="0000") / "numpy.py").write_text("x")
    own(inbound / f"games+{NAME}+2020-01-01 00:00:00 UTC+0000", "games")
    put(inbound, "games", "forged", owner="man", random="1111")
    assert main(["collect", NAME]) == 1
    assert taken(course, "games") == "good"
    notes = json.loads((course.submitted / "games" / NAME / "intake.json").read_text())["notes"]
    assert notes == ["refused: numpy.py would be run in place of the module numpy",
                     "refused: it belongs to man, not to games"]
    assert not (course.records / NAME / "games.json").exists()


@needs_root
def test_a_flood_of_forgeries_hides_nobodys_work(course, inbound):
    put(inbound, "games", "the victim's")
    for number in range(40):
        put(inbound, "games", f"forged {number}", owner="man", random=f"{number:012}")
    main(["collect", NAME])
    assert taken(course, "games") == "the victim's"
    assert len(list((course.root / "refused" / "games" / NAME).iterdir())) == 3


@needs_root
@pytest.mark.parametrize(("attack", "reason"), [
    ("link", "secret.wav is a link"), ("folder link", "inner is a link"), ("hard link", "is a second name"),
    ("notebook link", f"{NAME}.ipynb is a link"), ("pipe", "x.wav is not a plain file"),
    ("socket", "x.wav is not a plain file"), ("device", "x.wav is not a plain file"), ("owner", "x.wav belongs to man"),
    ("numpy.py", "in place of the module numpy"), ("torch/__init__.py", "in place of the module torch"),
    ("conftest.py", "in place of the module conftest"), ("course_utils/checks.pyc", "of the module course_utils"),
    ("intake.json/x.wav", "of the course's own"),
    ("deep", "folders deep"), ("many", "more than 500 files"), ("large", "large.wav has 100 MB"),
    ("bidi", "that cannot be seen"), ("capitals", "name of another file"), ("top link", "is a link"),
])
def test_a_hostile_submission_is_refused_and_kept_and_others_come_in(course, inbound, place, capsys, attack, reason):
    secret = place / "root" / "gradebook.db"
    secret.write_text("grades")
    folder = put(inbound, "games")
    if attack == "link":
        (folder / "secret.wav").symlink_to(secret)
    elif attack == "folder link":
        (folder / "inner").symlink_to(secret.parent)
    elif attack == "hard link":
        os.link(secret, folder / "x.wav")
    elif attack == "notebook link":
        (folder / f"{NAME}.ipynb").unlink()
        (folder / f"{NAME}.ipynb").symlink_to(secret)
    elif attack == "pipe":
        os.mkfifo(folder / "x.wav")
    elif attack == "socket":
        os.mknod(folder / "x.wav", stat.S_IFSOCK | 0o600)
    elif attack == "device":
        os.mknod(folder / "x.wav", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    elif attack == "deep":
        folder.joinpath(*"abcdefghi").mkdir(parents=True)
    elif attack == "many":
        for number in range(600):
            (folder / f"{number}.wav").touch()
    elif attack == "large":
        (folder / "large.wav").touch()
        os.truncate(folder / "large.wav", files.LARGEST + 1)
    elif attack == "bidi":
        (folder / "x\u202evaw.wav").touch()
    elif attack == "capitals":
        (folder / "x.wav").touch()
        (folder / "X.wav").touch()
    elif attack == "top link":
        folder.rename(place / "elsewhere")
        folder.symlink_to(place / "elsewhere")
    elif attack != "owner":
        (folder / attack).parent.mkdir(exist_ok=True)
        (folder / attack).write_text("raise SystemExit")
    own(folder, "games")
    if attack == "owner":
        (folder / "x.wav").write_text("x")
        os.chown(folder / "x.wav", pwd.getpwnam("man").pw_uid, -1)
    if attack == "hard link":
        os.chown(secret, 0, 0)
    put(inbound, "man")
    assert main(["collect", NAME]) == 1
    assert reason in capsys.readouterr().out
    assert taken(course, "man") == NOTEBOOK
    assert not (course.submitted / "games").exists()
    assert reason in record(course, "games")["flags"][0]
    kept = [path for path in (course.root / "refused").rglob("*") if path.is_file()]
    assert not [path for path in kept if path.read_text() == "grades"]
    accepted = main(["accept", "games", NAME])
    if attack in ("notebook link", "top link"):
        assert accepted == 2
    else:
        assert accepted == 0
        assert taken(course, "games") == NOTEBOOK
        assert not (course.submitted / "games" / NAME / "x.wav").exists() or attack == "capitals"


@needs_root
def test_a_file_that_becomes_a_link_behind_the_check_is_not_followed(course, inbound, place, monkeypatch):
    secret = place / "secret"
    secret.write_text("grades")
    folder = put(inbound, "games")
    look = files._is_plain

    def swap(status, path, found):
        if path == f"{NAME}.ipynb" and not (folder / path).is_symlink():
            (folder / path).unlink()
            (folder / path).symlink_to(secret)
        return look(status, path, found)
    monkeypatch.setattr(files, "_is_plain", swap)
    assert main(["collect", NAME]) == 1
    assert "cannot be read" in record(course, "games")["flags"][0]


@needs_root
def test_what_is_no_code_and_not_allowed_is_only_left_out(course, inbound):
    folder = put(inbound, "games")
    for name in ("notes.txt", "helper.py", "signal.txt", "take.wav"):
        (folder / name).write_text("x")
    (folder / ".ipynb_checkpoints").mkdir()
    own(folder, "games")
    assert main(["collect", NAME]) == 0
    assert sorted(os.listdir(course.submitted / "games" / NAME)) == [
        f"{NAME}.ipynb", "intake.json", "submission_secret.txt", "take.wav", "timestamp.txt"]
    notes = json.loads((course.submitted / "games" / NAME / "intake.json").read_text())["notes"]
    assert notes == ["left out: helper.py", "left out: notes.txt", "left out: signal.txt"]


@needs_root
def test_nbgraders_own_command_collects_in_the_same_way(course, inbound):
    put(inbound, "games")
    put(inbound, "man", owner="mail")
    done = subprocess.run([sys.executable, "-m", "nbgrader", "collect", NAME], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "it belongs to mail, not to man" in done.stderr
    assert taken(course, "games") == NOTEBOOK
    assert not (course.submitted / "man").exists()


@needs_root
def test_nbgraders_own_submit_is_understood(course, inbound, place):
    home = place / "home"
    (home / NAME).mkdir(parents=True)
    (home / NAME / f"{NAME}.ipynb").write_text(NOTEBOOK)
    released = place / "exchange" / "se" / "outbound" / NAME
    released.mkdir()
    (released / f"{NAME}.ipynb").write_text(NOTEBOOK)
    script = ("import os, sys; from traitlets.config import Config; from nbgrader.coursedir import CourseDirectory; "
              "from nbgrader.auth import Authenticator; from nbgrader.exchange.default import ExchangeSubmit; "
              "os.setgid(60); os.setuid(5); c = Config(); c.Exchange.root = sys.argv[1]; "
              "c.Exchange.cache = sys.argv[2]; c.Exchange.assignment_dir = sys.argv[2]; "
              "d = CourseDirectory(course_id='se', assignment_id=sys.argv[3], root=sys.argv[2]); "
              "ExchangeSubmit(coursedir=d, authenticator=Authenticator(), config=c).start()")
    own(home, "games")
    subprocess.run([sys.executable, "-c", script, str(place / "exchange"), str(home), NAME], check=True, cwd=home,
                   capture_output=True)
    assert main(["collect", NAME]) == 0
    assert taken(course, "games") == NOTEBOOK


@pytest.mark.parametrize(("where", "mode", "mend"), [
    ("exchange", 0o777, "chmod 1777"), ("exchange/se", 0o777, "chmod 755"),
    ("exchange/se/outbound", 0o775, "chmod 755"), ("exchange/se/inbound", 0o2777, "chmod 3733"),
    ("root", 0o755, "chmod 700"), ("course/notebooks", 0o755, "chmod 700"),
])
def test_an_open_door_is_named_with_its_key(course, place, capsys, where, mode, mend):
    (place / where).chmod(mode)
    assert main(["collect", NAME]) == 2
    assert f"{mend} {place / where}" in capsys.readouterr().err


def test_an_exchange_as_it_should_be_has_no_open_door(course, place):
    assert open_doors(place / "exchange", "se") == []


# ---- downloads ----


def write_students(path, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


MOODLE = {"Jane Doe_12345_assignsubmission_file_/00_tiny.ipynb": "jane's",
          "Jane Doe_77_assignsubmission_file_/00_tiny.ipynb": "the other jane's",
          "Jörg Müller_9_assignsubmission_file_/work/00_tiny (1).ipynb": "jörg's",
          "Jörg Müller_9_assignsubmission_onlinetext_/onlinetext.html": "x"}
WORKSHEET = [["Identifier", "Full name", "ID number", "Last modified (submission)"],
             ["Participant 12345", "Jane Doe", "s001", "2026-11-01 12:00 UTC"],
             ["Participant 77", "Jane Doe", "s002", "-"], ["Participant 9", "Jörg Müller", "s003", ""]]


@pytest.mark.parametrize("as_zip", [True, False])
def test_moodle(course, place, as_zip):
    download = place / "download.zip"
    download.write_bytes(zipped(MOODLE))
    if not as_zip:
        with zipfile.ZipFile(download) as archive:
            archive.extractall(place / "download")
        download = place / "download"
    table = write_students(place / "students.csv", WORKSHEET)
    assert main(["collect", NAME, "--from", str(download), "--students", str(table)]) == 0
    assert [taken(course, student) for student in ("s001", "s002", "s003")] == ["jane's", "the other jane's", "jörg's"]
    assert (course.submitted / "s001" / NAME / "timestamp.txt").read_text() == "2026-11-01 12:00:00.000000 UTC"
    assert not (course.submitted / "s002" / NAME / "timestamp.txt").exists()


def test_canvas(course, place, capsys):
    download = place / "download.zip"
    download.write_bytes(zipped({"doejane_LATE_12_345_00_tiny-1.ipynb": "jane's", "doejane_LATE_12_346_a.wav": "x",
                                 "roejohn_13_347_00_tiny.ipynb": "john's", "nobody_14_1_00_tiny.ipynb": "x"}))
    rows = [["Student", "ID", "SIS Login ID"], ["Doe, Jane", "12", "jdoe"], ["Roe, John", "99", "jroe"]]
    table = write_students(place / "students.csv", rows)
    assert main(["collect", NAME, "--from", str(download), "--students", str(table)]) == 1
    assert "nobody is not in the table of students" in capsys.readouterr().out
    assert [taken(course, student) for student in ("jdoe", "jroe")] == ["jane's", "john's"]
    assert (course.submitted / "jdoe" / NAME / "a.wav").read_text() == "x"


def test_a_folder_or_zip_file_for_each_student(course, place, capsys):
    download = place / "download"
    for path in ("s001", "s002/00_tiny", "twice"):
        (download / path).mkdir(parents=True)
        (download / path / f"{NAME}.ipynb").write_text(path)
    (download / "s003.zip").write_bytes(zipped({"homework/": None, f"homework/{NAME}.ipynb": "s003", "a/b.wav": "x"}))
    (download / "s004").mkdir()
    (download / "s004" / "work.zip").write_bytes(zipped({f"{NAME}.ipynb": "s004", "__MACOSX/._x": "x"}))
    (download / "twice.zip").write_bytes(zipped({f"{NAME}.ipynb": "?"}))
    (download / "grades.csv").write_text("x")
    assert main(["collect", NAME, "--from", str(download), "--received", "2026-11-01 12:00 UTC"]) == 1
    out = capsys.readouterr().out
    assert [taken(course, f"s00{number}") for number in (1, 2, 3, 4)] == ["s001", "s002/00_tiny", "s003", "s004"]
    assert out.count("more than one submission of twice") == 2
    assert "grades.csv: it says nothing about whose it is" in out
    assert not (course.submitted / "twice").exists()
    assert "2026-11-01" in (course.submitted / "s001" / NAME / "timestamp.txt").read_text()


def test_the_platforms_names_are_not_guessed_at(course, place, capsys):
    (place / "download.zip").write_bytes(zipped(MOODLE))
    assert main(["collect", NAME, "--from", str(place / "download.zip")]) == 1
    assert "give a table with --students" in capsys.readouterr().out
    table = write_students(place / "students.csv", [["student", "name"], ["s001", "Jane Doe"], ["s002", "Jane Doe"]])
    main(["collect", NAME, "--from", str(place / "download.zip"), "--students", str(table)])
    assert "Jane Doe may be s001 or s002" in capsys.readouterr().out
    assert not course.submitted.exists()


def lying(content):
    """Return a zip file whose only member says that it is smaller than it is."""
    made = bytearray(zipped({f"{NAME}.ipynb": content}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", made, made.index(signature) + offset, 10)
    return bytes(made)


def member(name=f"{NAME}.ipynb", content="x", **attributes):
    """Return a zip file with a member of which some attributes are set."""
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, content)
    return target.getvalue()


def encrypted():
    made = bytearray(member())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", made, made.index(signature) + offset, 1)
    return bytes(made)


def test_a_platforms_number_is_not_looked_for_among_marks_and_other_numbers(course, place):
    table = "student_id,Full name,ID number,Grade,ID\njane,Jane,9901,77.00,5\neve,Eve,9902,,9901\n"
    (place / "who.csv").write_text(table)
    (place / "download.zip").write_bytes(zipped({f"Eve_9901_assignsubmission_file_{NAME}.ipynb": "Eve's",
                                                 f"Bob_7700_assignsubmission_file_{NAME}.ipynb": "Bob's"}))
    assert main(["collect", NAME, "--from", str(place / "download.zip"), "--students", str(place / "who.csv")]) == 1
    assert taken(course, "eve") == "Eve's" and not (course.submitted / "jane").exists()


def far_away():
    """Return an archive whose list says that its member begins beyond all files."""
    made = bytearray(member("far.wav"))
    at = made.index(b"PK\x01\x02")
    name, extra = struct.unpack_from("<HH", made, at + 28)
    struct.pack_into("<H", made, at + 30, extra + 12)
    struct.pack_into("<I", made, at + 42, 0xFFFFFFFF)
    made[at + 46 + name:at + 46 + name] = struct.pack("<HHQ", 1, 8, 2 ** 63)
    end = made.index(b"PK\x05\x06")
    size, = struct.unpack_from("<I", made, end + 12)
    struct.pack_into("<I", made, end + 12, size + 12)
    return bytes(made)


ARCHIVES = {
    "bomb": (zipped({f"{NAME}.ipynb": b"0" * (files.LARGEST + 1)}), "more than 100 MB"),
    "sum": (zipped({f"{number}.wav": b"0" * 70_000_000 for number in range(3)}), "more than 200 MB"),
    "count": (zipped({f"{number}.wav": "x" for number in range(600)}), "more than 500 files"),
    "million": (zipped({f"{number}": "" for number in range(2000)}), "more than 500 files"),
    "lies": (lying(b"0" * 1000), "cannot be unpacked"),
    "up": (member("../../evil.wav"), "leads out of its folder"),
    "absolute": (member("/etc/evil.wav"), "leads out of its folder"),
    "drive": (member("C:/evil.wav"), "leads out of its folder"),
    "backslash": (member("..\\evil.wav"), "leads out of its folder"),
    "link": (member("link.wav", "/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16), "is a link"),
    "device": (member("dev.wav", external_attr=(stat.S_IFCHR | 0o777) << 16), "not a plain file"),
    "encrypted": (encrypted(), "is encrypted"),
    "lzma": (member(compress_type=zipfile.ZIP_LZMA), "compressed in an unusual way"),
    "nested": (zipped({"inner.zip": zipped({f"{NAME}.ipynb": "x"})}), "archive within an archive"),
    "capitals": (zipped({"A.wav": "x", "a.wav": "y"}), "name of another file"),
    "accents": (zipped({"\u00e4.wav": "x", "a\u0308.wav": "y"}), "name of another file"),
    "bidi": (zipped({"a\u202evaw.wav": "x"}), "cannot be seen"),
    "control": (zipped({"a\x1b[2J.wav": "x"}), "cannot be seen"),
    "file and folder": (zipped({"a.wav": "x", "a.wav/b.wav": "y"}), "a file and a folder at once"),
    "two to one": (zipped({"sub/" + f"{NAME}.ipynb": "x", "sub/x.png": "y", "x.png/y.png": "z"}), "the same name"),
    "far away": (far_away(), "cannot be"),
    "shadow": (zipped({"numpy.py": "x"}), "in place of the module numpy"),
    "no zip": (b"PK\x03\x04 nonsense", "the archive cannot be read"),
    "empty": (zipped({}), "there is no notebook in it"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_is_refused_and_others_come_in(course, place, capsys, name):
    content, reason = ARCHIVES[name]
    download = place / "download"
    download.mkdir()
    (download / "bad.zip").write_bytes(content)
    (download / "good.zip").write_bytes(zipped({f"{NAME}.ipynb": NOTEBOOK}))
    assert main(["collect", NAME, "--from", str(download)]) == 1
    assert reason in capsys.readouterr().out
    assert taken(course, "good") == NOTEBOOK
    assert not (course.submitted / "bad").exists()
    assert reason in record(course, "bad")["flags"][0]
    assert not [path for path in place.rglob("*evil*")]


def test_a_refused_submission_is_accepted_by_hand_and_graded_with_a_flag(course, place, capsys):
    folder = place / "download" / "s001"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(NOTEBOOK)
    (folder / "random.py").write_text("x")
    arguments = ["collect", NAME, "--from", str(place / "download")]
    assert main(arguments) == 1
    assert f"accept s001 {NAME}" in capsys.readouterr().out
    assert main(["accept", "s001", NAME]) == 0
    assert "random.py would be run in place of the module random" in capsys.readouterr().out
    flags = stage(take_in(course.submitted / "s001" / NAME), place / "staged", lessons.tiny())
    assert flags == ["accepted by hand although random.py would be run in place of the module random"]
    assert main(arguments) == 0
    assert main(["accept", "s001", NAME]) == 2
    assert "no submission of s001" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["..", ".hidden", "-rf", "a*", "a\u202eb", "a{b}", "\ufb01sh", " a", "x" * 200])
def test_a_name_that_cannot_be_a_students_is_refused(name):
    assert files.student_problem(name)
