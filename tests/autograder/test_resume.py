"""However many workers there are, and whatever is killed: the same table of grades, and nothing is graded twice."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest
from processes import command, descendants
from small_class import STUDENTS, start, table, wait_for, write_class, written
from small_course import HOW, NAME

from autograder.cli import main
from autograder.course import Course


@pytest.fixture
def new_course(tmp_path, monkeypatch):
    """Return a function that makes a folder the current course, with a class in it."""
    def make(name):
        (tmp_path / name).mkdir()
        return write_class(tmp_path / name, monkeypatch)
    return make


def workers_of(process):
    """Return the processes that grade."""
    return [worker for server in descendants(psutil.Process(process.pid), "forkserver")
            for worker in server.children() if "forkserver" in " ".join(command(worker))]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The table of grades of a class that one worker graded without disturbance."""
    with pytest.MonkeyPatch.context() as patch:
        folder = write_class(tmp_path_factory.mktemp("quiet"), patch)
        assert main(["grade", NAME, "--workers", "1", *HOW]) == 0
        return table(folder)


def test_any_number_of_workers_gives_the_same_grades(new_course, expected, capsys):
    folder = new_course("course")
    assert main(["grade", NAME, "--workers", "2", *HOW]) == 0
    assert table(folder) == expected
    assert expected.count(b"graded") == len(STUDENTS)
    before = written(folder)
    assert main(["grade", NAME, "--workers", "1", *HOW]) == 0
    assert f"0 graded, {len(STUDENTS)} had been graded before" in capsys.readouterr().out
    assert written(folder) == before
    assert main(["grade", NAME, "--workers", "8", "--again", *HOW]) == 0
    assert table(folder) == expected


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whatever_is_killed_the_grades_are_the_same(database, new_course, expected, request, monkeypatch):
    if database == "postgresql":
        monkeypatch.setenv("COURSE_DB", request.getfixturevalue("postgres"))
    killed = new_course("killed")
    process = start()
    done = wait_for(killed, 1, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=300) == 130
    assert "what was finished is kept" in process.stderr.read()
    done = written(killed)
    process = start()
    done |= wait_for(killed, len(done) + 1, process)
    workers_of(process)[0].kill()
    done |= wait_for(killed, len(done) + 1, process)
    left = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    assert not psutil.wait_procs(left, timeout=120)[1]
    done |= written(killed)
    assert len(done) < len(STUDENTS)
    process = start()
    assert process.wait(timeout=600) == 0, process.stderr.read()
    assert done.items() <= written(killed).items()
    assert table(killed) == expected
    with Course.load().gradebook() as gradebook:
        assert gradebook.engine.name == database


def test_a_submission_that_changed_is_graded_and_one_that_did_not_is_not(new_course, capsys):
    folder = new_course("course")
    assert main(["grade", NAME, "--student", "s0", "--student", "s1", *HOW]) == 0
    path = folder / "root" / "submitted" / "s0" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text() + "\n")
    (path.parent / "extra.wav").write_bytes(b"x")
    capsys.readouterr()
    assert main(["grade", NAME, "--student", "s0", "--student", "s1", *HOW]) == 0
    assert "1 graded, 1 had been graded before" in capsys.readouterr().out


def test_points_of_an_earlier_submission_go_when_the_new_one_cannot_be_graded(new_course):
    folder = new_course("course")
    path = folder / "root" / "submitted" / "s1" / NAME / f"{NAME}.ipynb"
    good = path.read_text()
    for text, points, by_hand in ((good, 3, ["why"]), ("{", 0, ["double", "half", "why"]), (good, 3, ["why"])):
        path.write_text(text)
        assert main(["grade", NAME, "--student", "s1", *HOW]) == 0
        with Course.load().gradebook() as gradebook:
            submission = gradebook.find_submission(NAME, "s1")
            assert submission.score == points
            waits = [grade.name.removesuffix("_test") for grade in submission.notebooks[0].grades
                     if grade.needs_manual_grade]
        assert sorted(waits) == by_hand
        assert f"s1,{NAME},{points:.1f}," in table(folder).decode()


@contextmanager
def cluster(folder):
    """Start a scheduler and a worker that know nothing of this course's folders; yield its address and its process."""
    environment = {key: value for key, value in os.environ.items() if key != "COURSE_ROOT"}
    where = folder / "where.json"
    where.unlink(missing_ok=True)
    commands = [["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address",
                 "127.0.0.1:0", "--scheduler-file", "where.json"],
                ["worker", "--scheduler-file", "where.json", "--nthreads", "1", "--no-dashboard"]]
    processes = [subprocess.Popen([sys.executable, "-m", "dask", *command], cwd=folder, env=environment,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    try:
        deadline = time.monotonic() + 300
        while not where.is_file() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield json.loads(where.read_text())["address"], processes[0]
    finally:
        for process in processes:  # neither minds: a worker's own processes go with it
            process.kill()
            process.wait()


def test_another_machine_grades_without_a_shared_disk_and_may_lose_its_scheduler(new_course, expected, tmp_path):
    folder = new_course("course")
    (tmp_path / "elsewhere").mkdir()
    with cluster(tmp_path / "elsewhere") as (address, scheduler):
        process = start("--scheduler", address)
        wait_for(folder, 2, process)
        scheduler.kill()
        assert process.wait(timeout=600) == 2
        assert "the connection to the scheduler is lost; start again to grade what is left" in process.stderr.read()
    done = written(folder)
    assert 2 <= len(done) < len(STUDENTS)
    with cluster(tmp_path / "elsewhere") as (address, _):
        assert main(["grade", NAME, "--scheduler", address, *HOW]) == 0
    assert done.items() <= written(folder).items()
    assert table(folder) == expected
