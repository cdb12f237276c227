"""Submissions come in from a learning platform's download, or are refused with a reason and kept."""

import csv
import io
import stat
import struct
import zipfile

import pytest
from small_course import NAME, tiny
from small_exchange import NOTEBOOK, make_course, record, taken, zipped

from autograder import files
from autograder.cli import main
from autograder.stage import stage, take_in


@pytest.fixture
def course(place, monkeypatch):
    return make_course(place, monkeypatch)


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


@pytest.mark.parametrize("as_zip", [True, False])
def test_recordings_of_ones_own_are_left_out(course, place, as_zip, capsys):
    download, members = place / "download", {f"{NAME}/{NAME}.ipynb": "s001", f"{NAME}/sound.flac": "x"}
    download.mkdir()
    members |= {f"{NAME}/my_audio/voice/me-{number}.flac": "a voice" for number in range(files.MOST)}
    (download / "s001.zip").write_bytes(zipped(members))
    if not as_zip:
        with zipfile.ZipFile(download / "s001.zip") as archive:
            archive.extractall(download / "s001")
        (download / "s001.zip").unlink()
    assert main(["collect", NAME, "--from", str(download)]) == 0, capsys.readouterr().out
    assert taken(course, "s001") == "s001" and (course.submitted / "s001" / NAME / "sound.flac").is_file()
    assert not list(course.root.rglob("my_audio"))


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


def test_a_notebook_of_another_name(course, place, capsys):
    download = place / "download"
    for student, name in (("s001", f"{NAME}-Copy1.ipynb"), ("s002", f"{NAME} (2).ipynb"), ("s003", "Untitled.ipynb")):
        (download / student).mkdir(parents=True)
        (download / student / name).write_text(student)
    assert main(["collect", NAME, "--from", str(download)]) == 0
    assert [taken(course, student) for student in ("s001", "s002")] == ["s001", "s002"]
    assert f"there is no {NAME}.ipynb in it (found: Untitled.ipynb): have it handed in" in capsys.readouterr().out


def test_beside_the_plain_name_a_copy_does_not_count_and_of_copies_alone_none_does(course, place, capsys):
    download = place / "download"
    for student, names in (("s001", (f"{NAME}.ipynb", f"{NAME}-Copy1.ipynb")),
                           ("s002", (f"{NAME}-Copy1.ipynb", f"{NAME}-Copy2.ipynb"))):
        (download / student).mkdir(parents=True)
        for name in names:
            (download / student / name).write_text(name)
    assert main(["collect", NAME, "--from", str(download)]) == 1
    out = capsys.readouterr().out
    assert taken(course, "s001") == f"{NAME}.ipynb"
    assert "which notebook counts is not clear" in out and "there is no" not in out
    assert not (course.submitted / "s002").exists()


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
    flags = stage(take_in(course.submitted / "s001" / NAME), place / "staged", tiny())
    assert flags == ["accepted by hand although random.py would be run in place of the module random"]
    assert main(arguments) == 0
    assert main(["accept", "s001", NAME]) == 2
    assert "no submission of s001" in capsys.readouterr().err
