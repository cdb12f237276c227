"""A round on a cluster of dask-gateway's own making, which ends with the round, whatever ends that."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

import dask
import psutil
import pytest
from processes import command, descendants
from small_class import STUDENTS, start, table, wait_for, write_class, written
from small_course import HOW, NAME, REPOSITORY

from autograder.cli import main

dask_gateway = pytest.importorskip("dask_gateway")
pytest.importorskip("dask_gateway_server")

CONFIGURATION = """
import sys
from dask_gateway_server.options import Options, String

c.DaskGateway.backend_class = "dask_gateway_server.backends.local.UnsafeLocalBackend"
c.Proxy.address = "127.0.0.1:{port}"
c.UnsafeLocalBackend.clusters_directory = {clusters!r}
c.UnsafeLocalBackend.worker_status_period = 1
c.UnsafeLocalBackend.cluster_heartbeat_timeout = c.UnsafeLocalBackend.worker_start_timeout = 600
c.UnsafeLocalBackend.check_timeouts_period = 20
c.ClusterConfig.cluster_max_workers = 2
c.ClusterConfig.scheduler_cmd = [sys.executable, "-m", "dask", "scheduler"]
c.Backend.cluster_options = Options(
    String("code"), String("worker", default="dask"),
    handler=lambda options: {{"environment": {{"PYTHONPATH": options.code}},
                              "worker_cmd": [sys.executable, "-m", options.worker, "worker"]}})
"""
ON_GATEWAY = ["--scheduler", "gateway", "--workers", "2"]
ON_ONE = ["--scheduler", "gateway", "--workers", "1"]
FLEETING = "import sys; from autograder import cli, gateway; gateway.LEFT = 3; sys.exit(cli.main())"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """dask-gateway on this machine: a cluster's processes are its own, and it leaves alone who is idle or slow."""
    folder = tmp_path_factory.mktemp("gateway")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "clusters").mkdir()
    (folder / "config.py").write_text(CONFIGURATION.format(port=port, clusters=str(folder / "clusters")))
    environment = {key: value for key, value in os.environ.items() if key not in ("COURSE_ROOT", "PYTHONPATH")}
    with open(folder / "log", "w") as log:
        process = subprocess.Popen([sys.executable, "-m", "dask_gateway_server", "-f", "config.py"], cwd=folder,
                                   env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield psutil.Process(process.pid), port
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        finally:
            process.kill()


@pytest.fixture
def hub(server, tmp_path, monkeypatch):
    """A course, and Dask's configuration as a hub has it; returns the course's folder and the server's process."""
    process, port = server
    configuration = {"gateway.address": f"http://127.0.0.1:{port}", "gateway.auth.kwargs.username": "instructor",
                     "gateway.http-client.proxy": ""}
    for key, value in configuration.items():  # for processes of their own, and for this one
        monkeypatch.setenv(f"DASK_{key.replace('.', '__').replace('-', '_').upper()}", value)
    with dask.config.set(configuration):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as answer:
                if not answer.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield write_class(tmp_path, monkeypatch), process


def records(folder):
    """Return all records, without how long anything took."""
    found = {path.stem: json.loads(path.read_text()) for path in (folder / "root" / "records" / NAME).glob("*.json")}
    for record in found.values():
        del record["seconds"]
        for cell in record["cells"]:
            del cell["seconds"]
    return found


def of_clusters(process):
    """Return the processes of all clusters, with what runs in their workers."""
    return [child for child in descendants(process) if "dask-gateway-proxy" not in " ".join(command(child)[:1])]


def test_whatever_is_killed_the_grades_are_those_of_this_machine_and_no_cluster_is_left(hub):
    folder, process = hub
    first = subprocess.Popen([sys.executable, "-c", FLEETING, "grade", NAME, *ON_GATEWAY, *HOW],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    done = wait_for(folder, 1, first)
    nobody_else_can_see_or_use_the_cluster()
    worker = next(child for child in process.children() if "worker" in command(child))
    scheduler = next(child for child in process.children() if "scheduler" in command(child))
    assert any("torch" in part.path for child in descendants(worker) for part in child.memory_maps())
    assert not any("torch" in part.path for part in scheduler.memory_maps())
    os.killpg(worker.pid, signal.SIGKILL)
    done |= wait_for(folder, len(done) + 2, first)
    left = of_clusters(process)
    first.kill()
    first.wait()
    done |= written(folder)
    assert len(done) < len(STUDENTS)
    assert not psutil.wait_procs(left, timeout=60)[1]
    assert main(["grade", NAME, *ON_ONE, *HOW]) == 0
    assert done.items() <= written(folder).items()
    assert not psutil.wait_procs(of_clusters(process), timeout=60)[1]
    found = records(folder), table(folder)
    assert main(["grade", NAME, "--again", "--student", "s1", "--student", "s4", *HOW]) == 0
    assert found == (records(folder), table(folder))


def nobody_else_can_see_or_use_the_cluster():
    """Try it as another user, and without the cluster's key."""
    (cluster,) = dask_gateway.Gateway().list_clusters()
    student = dask_gateway.Gateway(auth=dask_gateway.BasicAuth("student"))
    assert student.list_clusters() == []
    for request in (student.get_cluster, student.stop_cluster):
        with pytest.raises(Exception, match="403"):
            request(cluster.name)
    host, port = cluster.scheduler_address.removeprefix("gateway://").split("/")[0].split(":")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (socket.create_connection((host, int(port)), timeout=10) as plain, pytest.raises(ssl.SSLError),
          context.wrap_socket(plain, server_hostname=f"daskgateway-{cluster.name}") as stranger):
        stranger.recv(1)


def test_a_round_that_is_stopped_takes_its_cluster_with_it_and_a_limit_is_named(hub):
    _, process = hub
    round_ = start("--scheduler", "gateway", "--workers", "3")
    while not any("worker" in command(child) for child in of_clusters(process)):
        assert round_.poll() is None, round_.stderr.read()
        time.sleep(0.1)
    left = of_clusters(process)
    round_.send_signal(signal.SIGINT)
    assert round_.wait(timeout=300) == 130
    assert "Scale request of 3 workers would exceed resource limit of 2 workers" in round_.stderr.read()
    assert not psutil.wait_procs(left, timeout=60)[1]


@pytest.fixture
def other_code(tmp_path):
    """A folder with another version of this course's code."""
    shutil.copytree(REPOSITORY / "autograder", tmp_path / "other" / "autograder",
                    ignore=shutil.ignore_patterns("*.flac", "__pycache__"))
    (tmp_path / "other" / "course_utils").symlink_to(REPOSITORY / "course_utils")
    with (tmp_path / "other" / "autograder" / "task.py").open("a") as file:
        file.write("# newer\n")
    return tmp_path / "other"


def test_workers_with_another_version_of_the_code_grade_nothing(hub, other_code, capsys):
    folder, _ = hub
    with dask.config.set({"gateway.cluster.options": {"code": str(other_code)}}):
        assert main(["grade", NAME, *ON_ONE, *HOW]) == 2
    assert "a worker has another version of autograder/ or course_utils/" in capsys.readouterr().err
    assert written(folder) == {}


def test_a_cluster_without_the_code_is_refused(hub, tmp_path, capsys):
    (tmp_path / "none" / "autograder").mkdir(parents=True)
    (tmp_path / "none" / "autograder" / "__init__.py").write_text("raise ImportError('no course here')")
    with dask.config.set({"gateway.cluster.options": {"code": str(tmp_path / "none")}}):
        assert main(["grade", NAME, *ON_ONE, *HOW]) == 2
    assert "cannot run this course's code (no course here): install the same there" in capsys.readouterr().err


def test_a_cluster_whose_workers_do_not_start_says_so(hub, capsys):
    with dask.config.set({"gateway.cluster.options": {"worker": "nothing"}}):
        assert main(["grade", NAME, *ON_ONE, *HOW]) == 2
    assert "the cluster has ended" in capsys.readouterr().err


@pytest.mark.parametrize(("address", "message"), [
    ("http://127.0.0.1:1", "autograder: dask-gateway at http://127.0.0.1:1: Cannot connect"),
    (None, "autograder: dask-gateway: No dask-gateway address provided"),
])
def test_no_gateway_is_named(hub, address, message, capsys):
    with dask.config.set({"gateway.address": address}):
        assert main(["grade", NAME, *ON_ONE, *HOW]) == 2
    assert message in capsys.readouterr().err


def test_the_package_that_lacks_is_named(hub, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "dask_gateway", None)
    assert main(["grade", NAME, *ON_ONE, *HOW]) == 2
    assert "needs the package dask-gateway" in capsys.readouterr().err


@pytest.mark.parametrize(("options", "message"), [
    (["--scheduler", "gateway"], "--scheduler gateway needs --workers N"),
    (["--scheduler", "tcp://127.0.0.1:1", "--workers", "2"], "--workers N does not go with --scheduler tcp"),
])
def test_workers_are_asked_for_where_there_are_none_yet(hub, options, message, capsys):
    assert main(["grade", NAME, *options, *HOW]) == 2
    assert message in capsys.readouterr().err
