"""A backup that is made while the course is used brings everything back, with its owners and modes."""

import os
import sqlite3
import stat

import pytest

from hub import backup, exchange, people, settings
from hub.settings import INSTRUCTOR

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make accounts: run the tests as root")


def listing(root):
    """Return owner, mode and content of everything."""
    found = {}
    for path in sorted(root.rglob("*")):
        about = path.lstat()
        content = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        found[str(path.relative_to(root))] = (about.st_uid, stat.S_IMODE(about.st_mode), content)
    return found


@pytest.fixture
def here(tmp_path, accounts):
    here = settings.read({"HUB_ROOT": str(tmp_path / "root")})
    people.account(INSTRUCTOR, here)
    exchange.prepare(here)
    ann = people.account("course-anna", here)
    hand_in = here.exchange / here.course / "inbound" / "course-anna+01+2030-01-01 00:00:00 UTC+x"
    hand_in.mkdir()
    (hand_in / "01.ipynb").write_text("{}")
    (here.homes / "course-anna" / "link").symlink_to("/etc/passwd")
    for path in (hand_in, hand_in / "01.ipynb"):
        os.chown(path, ann.pw_uid, ann.pw_gid)
    here.desk.mkdir()
    here.state.mkdir(mode=0o700)
    return here


def test_there_and_back(here, tmp_path):
    with sqlite3.connect(here.desk / "gradebook.db") as book:
        book.execute("create table grade (points)")
        book.execute("insert into grade values (7)")
        book.commit()
        book.execute("insert into grade values (8)")  # somebody is grading
        made = backup.back_up(here, tmp_path / "backup.tar.gz")
        book.rollback()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    before = listing(here.root)
    here.root.rename(tmp_path / "lost")
    said = backup.restore(here, made)
    after = listing(here.root)
    databases = {name for name in before if name.endswith(".db")}
    assert {name: after[name] for name in after if name not in databases} == \
        {name: before[name] for name in before if name not in databases and not name.endswith("-journal")}
    with sqlite3.connect(here.desk / "gradebook.db") as book:
        assert book.execute("select points from grade").fetchall() == [(7,)]
    assert exchange.problems(here) == []
    assert "course-anna+01" in said[0]


def test_nothing_is_overwritten(here, tmp_path):
    made = backup.back_up(here, tmp_path / "backup.tar.gz")
    with pytest.raises(ValueError, match="is there already"):
        backup.back_up(here, made)
    with pytest.raises(ValueError, match="is not empty"):
        backup.restore(here, made)


def test_what_is_no_backup_is_refused(here, tmp_path):
    (tmp_path / "x.tar.gz").write_text("no")
    empty = settings.read({"HUB_ROOT": str(tmp_path / "empty")})
    with pytest.raises(ValueError, match="is no backup"):
        backup.restore(empty, tmp_path / "x.tar.gz")
    with pytest.raises(ValueError, match="there is no hub in"):
        backup.back_up(empty, tmp_path / "y.tar.gz")
