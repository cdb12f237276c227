"""Workers take tasks, may die of them, and nobody else can talk to them."""

import ctypes
import os
import signal
import socket
import ssl
import sys
import time

import cloudpickle
import pytest

from autograder import cluster

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers cannot import a test


def work(folder, job):
    """Note that a job was begun, and do what its name says."""
    with open(f"{folder}/{job}", "a") as file:
        file.write("x")
    if job == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "hangs":
        ctypes.PyDLL(None).sleep(1000)  # with the interpreter's lock: no thread of the worker runs any more
    time.sleep(0.1)
    return f"{job} {os.getpid()}".encode()


def begun(folder):
    """Return how often each job was begun."""
    return {path.name: len(path.read_text()) for path in folder.iterdir()}


def test_a_task_that_kills_its_worker_or_hangs_is_given_up_and_the_others_go_on(tmp_path):
    good = [f"good{index}" for index in range(8)]
    with cluster.connect(workers=2) as client:
        done = list(cluster.run(client, work, str(tmp_path), ["kills", "hangs", *good], limit=2))
    results = dict(done)
    assert len(done) == len(results) == 10
    for bad in ("kills", "hangs"):
        assert isinstance(results[bad], cluster.KilledError)
    assert [results[job].split()[0].decode() for job in good] == good
    assert begun(tmp_path) == {"kills": 2, "hangs": 2, **dict.fromkeys(good, 1)}


def test_only_who_started_the_workers_can_talk_to_them():
    with cluster.connect(workers=1) as client:
        address = client.scheduler.address
        assert address.startswith("tls://127.0.0.1:")
        host, port = address.removeprefix("tls://").split(":")
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with (socket.create_connection((host, int(port)), timeout=10) as plain, pytest.raises(ssl.SSLError),
              context.wrap_socket(plain) as stranger):
            stranger.recv(1)


def test_jobs_are_read_only_as_fast_as_they_are_done(tmp_path):
    read = []

    def jobs():
        for index in range(6):
            read.append(index)
            yield f"job{index}"

    with cluster.connect(workers=1) as client:
        for count, _ in enumerate(cluster.run(client, work, str(tmp_path), jobs(), limit=100), start=1):
            assert len(read) <= count + 1
    assert len(read) == 6


def test_no_scheduler_is_named():
    with (pytest.raises(ValueError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:1"),
          cluster.connect(scheduler="tcp://127.0.0.1:1", patience="1s")):
        pass
