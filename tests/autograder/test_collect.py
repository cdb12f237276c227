"""Submissions come in from an exchange, or are refused with a reason and kept."""

import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest
from nbgrader.utils import parse_utc
from small_course import NAME
from small_exchange import NOTEBOOK, make_course, needs_root, record, taken

from autograder import exchange, files
from autograder.cli import main
from autograder.exchange import file_system, open_doors
from autograder.refused import LARGEST_FORGED
from course_utils import recordings


@pytest.fixture
def course(place, inbound, monkeypatch):
    """A course with an exchange that is as nbgrader makes it, without the sticky bit."""
    made = make_course(place, monkeypatch)
    inbound.chmod(0o2733)
    return made


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


def seconds(course, student):
    """Return the time at which a submission was handed in, as nbgrader reads it."""
    text = (course.submitted / student / NAME / "timestamp.txt").read_text()
    return parse_utc(text).replace(tzinfo=UTC).timestamp()


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
    with course.gradebook() as gradebook:
        gradebook.add_student("games")
    put(inbound, "games", owner="man")
    assert main(["collect", NAME]) == 1
    assert not (course.submitted / "games").exists()
    assert (record(course, "games")["status"], record(course, "games")["flags"]) == (
        "needs_review", ["refused: it belongs to man, not to games"])
    put(inbound, "games", random="0000")
    main(["collect", NAME])
    assert not (course.records / NAME / "games.json").exists(), "it was about what was refused"


@needs_root
def test_a_made_up_student_gets_no_record_and_who_it_was_is_said(course, inbound, capsys):
    put(inbound, "nobody-at-all", owner="man")
    assert main(["collect", NAME]) == 1
    assert "it belongs to man, not to nobody-at-all" in capsys.readouterr().out
    assert not course.records.exists()


@needs_root
def test_a_forgery_does_not_hide_why_the_students_own_was_refused(course, inbound):
    (put(inbound, "games") / "numpy.py").write_text("x")
    put(inbound, "games", owner="man", random="0000")
    for _ in range(2):
        assert main(["collect", NAME]) == 1
        assert record(course, "games")["flags"] == ["refused: numpy.py would be run in place of the module numpy",
                                                    "refused: it belongs to man, not to games"]


@needs_root
def test_a_forgery_with_other_files_is_kept_without_them_and_can_be_taken_in_by_hand(course, inbound, place, capsys):
    folder = put(inbound, "games", owner="man")
    (folder / "x.wav").write_bytes(b"x" * 1234)
    own(folder, "man")
    assert main(["collect", NAME]) == 1
    assert str(folder) in capsys.readouterr().out
    refusal, = (course.root / "refused" / "games" / NAME).iterdir()
    assert os.listdir(refusal / "files") == [f"{NAME}.ipynb", "submission_secret.txt"]
    assert "x.wav (1,234 bytes)" in (refusal / "refusal.json").read_text()
    assert main(["accept", "games", NAME, "--owner", "man"]) == 2
    said = capsys.readouterr().err
    assert "only a part of it was kept" in said and str(folder) in said
    shutil.copytree(folder, place / "mine" / "games")
    assert main(["collect", NAME, "--from", str(place / "mine")]) == 0
    assert (course.submitted / "games" / NAME / "x.wav").stat().st_size == 1234


@needs_root
def test_a_forgery_with_a_large_notebook_is_not_kept(course, inbound, capsys):
    folder = put(inbound, "games", owner="man")
    os.truncate(folder / f"{NAME}.ipynb", LARGEST_FORGED + 1)
    assert main(["collect", NAME]) == 1
    assert main(["accept", "games", NAME, "--owner", "man"]) == 2
    assert str(folder) in capsys.readouterr().err
    assert not list((course.root / "refused").rglob("*.ipynb"))


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
def test_a_flood_of_forgeries_hides_nobodys_work_and_nobody_who_was_wronged(course, inbound, capsys):
    for victim in ("games", "mail"):
        put(inbound, victim, f"of {victim}")
    for number in range(40):
        put(inbound, "games", f"forged {number}", owner="man", random=f"{number:012}")
    put(inbound, "mail", "forged", owner="man", random="0000")
    main(["collect", NAME])
    said = capsys.readouterr().out
    assert "man has 41 submissions in other people's names" in said
    for victim in ("games", "mail"):
        assert taken(course, victim) == f"of {victim}"
        assert f"it belongs to man, not to {victim}" in (course.submitted / victim / NAME / "intake.json").read_text()
    assert len(said.splitlines()) < 10
    assert len(list((course.root / "refused").glob("*/*/*"))) == 3


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
def test_an_exchange_in_memory_is_warned_of(course, inbound, monkeypatch, capsys):
    monkeypatch.setattr(exchange, "file_system", lambda folder: "tmpfs")
    put(inbound, "games")
    assert main(["collect", NAME]) == 0
    said = capsys.readouterr().out
    assert f"{inbound.parent.parent} lies on tmpfs" in said and "c.Exchange.root" in said
    assert "not certain" in (course.submitted / "games" / NAME / "intake.json").read_text()


def test_without_an_exchange_the_way_out_is_named(course, inbound, capsys):
    inbound.parent.parent.rename(inbound.parent.parent.with_name("elsewhere"))
    assert main(["collect", NAME]) == 2
    said = capsys.readouterr().err
    assert f"no exchange in {inbound.parent.parent}" in said and "--from FILE" in said


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="only Linux tells")
def test_the_kind_of_a_file_system():
    assert file_system(Path("/proc")) == "proc"


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
def test_a_notebook_of_another_name_is_taken_in_with_a_word_about_it(course, inbound, capsys):
    folder = put(inbound, "games")
    (folder / f"{NAME}.ipynb").rename(folder / "Untitled.ipynb")
    put(inbound, "man")
    assert main(["collect", NAME]) == 0
    said = capsys.readouterr().out
    target = course.submitted / "games" / NAME
    assert f"there is no {NAME}.ipynb in it (found: Untitled.ipynb)" in said and f"{target} and grade" in said
    assert said.count("there is no") == 1
    assert (target / "Untitled.ipynb").read_text() == NOTEBOOK


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


@pytest.mark.parametrize("name", ["..", ".hidden", "-rf", "a*", "a\u202eb", "a{b}", "\ufb01sh", " a", "x" * 200])
def test_a_name_that_cannot_be_a_students_is_refused(name):
    assert files.student_problem(name)


@needs_root
def test_recordings_of_ones_own_stay_with_the_student(course, inbound, capsys):
    folder = put(inbound, "games", "mine")
    (folder / "my_audio" / "voice").mkdir(parents=True)
    for number in range(files.MOST + 1):
        (folder / "my_audio" / "voice" / f"me-{number}.flac").write_bytes(b"a voice")
    (folder / "beside.flac").write_bytes(b"handed in on purpose")
    own(folder, "games")
    assert main(["collect", NAME]) == 0
    assert taken(course, "games") == "mine" and "my_audio" not in capsys.readouterr().out
    target = course.submitted / "games" / NAME
    assert (target / "beside.flac").is_file() and not list(course.root.rglob("my_audio"))
    assert "my_audio" not in (target / "intake.json").read_text()


def test_the_folder_of_recordings_has_one_name_everywhere(tmp_path, monkeypatch):
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default import ExchangeSubmit

    root = Path(files.__file__).parents[1]
    monkeypatch.setenv("USER", "games")  # ngshare_exchange looks for it
    monkeypatch.setenv("COURSE_ID", "course")
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path))
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path / "root"))
    assert recordings.FOLDER == files.RECORDINGS
    assert f"/notebooks/*/{recordings.FOLDER}/" in (root / ".gitignore").read_text().splitlines()
    lesson = tmp_path / NAME
    (lesson / recordings.FOLDER / "voice").mkdir(parents=True)
    (lesson / recordings.FOLDER / "voice" / "me.flac").write_bytes(b"a voice")
    (lesson / f"{NAME}.ipynb").write_text(NOTEBOOK)
    monkeypatch.chdir(root / "hub" / "student")  # a student's server, which hands in by copying
    app = NbGrader()
    app.load_config_file()
    submit = ExchangeSubmit(coursedir=CourseDirectory(config=app.config), config=app.config)
    submit.do_copy(str(lesson), str(tmp_path / "handed_in"))
    assert [path.name for path in (tmp_path / "handed_in").iterdir()] == [f"{NAME}.ipynb"]
