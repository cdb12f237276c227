"""What Docker is asked for, by an engine that only writes it down; and who gets a container."""

import asyncio
import json
import os
import re
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace

import pytest
from dockerspawner import DockerSpawner

from hub import docker, people, settings, spawner
from hub.settings import INSTRUCTOR

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make accounts: run the tests as root")


class Engine(BaseHTTPRequestHandler):
    """Docker's API, as far as the hub asks it."""

    protocol_version = "HTTP/1.1"
    asked: dict
    images: set
    networks: dict

    def log_message(self, *words):
        pass

    def do_GET(self):
        path = self.path_asked()
        if path == "version":
            self.reply({"ApiVersion": "1.44", "Version": "25"})
        elif path.startswith("images/"):
            self.reply({"Id": "i", "Config": {"Cmd": ["jupyterhub-singleuser"]}}, path.split("/")[1] in self.images)
        elif path == "networks":
            self.reply([{"Name": name, "Id": name} for name in self.networks])
        elif path.startswith("networks/"):
            self.reply({"Id": "n", "IPAM": {"Config": [{"Gateway": "172.30.0.1"}]},
                        "Options": self.networks[path.split("/")[1]]})
        elif "c" in self.asked:
            self.reply({"Id": "c", "NetworkSettings": {"Networks": {docker.NETWORK: {"IPAddress": "172.30.0.2"}}}})
        else:
            self.reply({"message": "no such container"}, found=False)

    def do_POST(self):
        path = self.path_asked()
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        if path == "networks/create":
            self.networks[sent["Name"]] = sent["Options"]
        elif path == "containers/create":
            self.asked["c"] = sent
        self.reply({"Id": sent.get("Name", "c")})

    def path_asked(self):
        return re.match(r"/(?:v[\d.]+/)?([^?]*)", self.path)[1]

    def reply(self, said, found=True):
        body = json.dumps(said if found else {"message": "No such image"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def engine(tmp_path, monkeypatch):
    class Fresh(Engine):
        asked, images, networks = {}, {docker.IMAGE}, {}

    class Server(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

        def get_request(self):
            request, _ = super().get_request()
            return request, ("", 0)

    with Server(str(tmp_path / "docker.sock"), Fresh) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
        monkeypatch.setattr(DockerSpawner, "_client", None)
        yield Fresh
        server.shutdown()


def test_the_network_is_made_and_its_containers_do_not_reach_each_other(engine):
    assert docker.prepare() == "172.30.0.1"
    assert engine.networks == {docker.NETWORK: {"com.docker.network.bridge.enable_icc": "false"}}


@pytest.mark.parametrize("images, networks, says", [
    (set(), {}, "there is no image speech-course-student: docker build"),
    ({docker.IMAGE}, {docker.NETWORK: {}}, "docker network rm speech-course"),
])
def test_what_is_not_safe_does_not_start(engine, images, networks, says):
    engine.images, engine.networks = images, networks
    with pytest.raises(ValueError, match=says):
        docker.prepare()


def test_without_docker_it_says_so(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere.sock")
    with pytest.raises(ValueError, match="Docker does not answer"):
        docker.prepare()


@needs_root
def test_a_container_is_its_students_and_has_limits(engine, tmp_path, monkeypatch, accounts):
    for name, value in {"HUB_ROOT": str(tmp_path / "root"), "HUB_MEMORY": "1G", "HUB_CPUS": "1.5"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("COURSE_DATA", raising=False)
    here = settings.read()
    account = people.account("course-anna", here)
    server = docker.Servers(user=SimpleNamespace(name="course-anna", escaped_name="course-anna"))
    monkeypatch.setattr(DockerSpawner, "get_env", lambda self: {"JUPYTERHUB_USER": self.user.name})
    monkeypatch.setattr(DockerSpawner, "get_args", lambda self: [])
    assert asyncio.run(server.start()) == ("172.30.0.2", 8888)
    asked = engine.asked["c"]
    assert asked["Image"] == docker.IMAGE and asked["User"] == f"{account.pw_uid}:{account.pw_gid}"
    assert set(asked["Env"]) == {
        "JUPYTERHUB_USER=course-anna", "COURSE_ID=speech_enhancement", f"COURSE_EXCHANGE={here.exchange}",
        f"HOME={account.pw_dir}", "USER=course-anna", "LOGNAME=course-anna"}
    limits = asked["HostConfig"]
    assert sorted(limits["Binds"]) == sorted([
        f"{account.pw_dir}:{account.pw_dir}:rw", f"{here.exchange}:{here.exchange}:rw", "/etc/passwd:/etc/passwd:ro",
        "/etc/group:/etc/group:ro"])
    assert limits["Memory"] == limits["MemorySwap"] == 2**30 and limits["PidsLimit"] == 1000
    assert limits["CpuQuota"] == 1.5 * limits["CpuPeriod"]
    assert limits["CapDrop"] == ["ALL"] and limits["SecurityOpt"] == ["no-new-privileges"]
    assert limits["ReadonlyRootfs"] and not limits.get("Privileged")
    assert limits["NetworkMode"] == docker.NETWORK and not limits.get("PortBindings")


def test_the_instructors_server_is_a_process():
    server = docker.Servers(user=SimpleNamespace(name=INSTRUCTOR, escaped_name=INSTRUCTOR))
    assert isinstance(server, spawner.CourseSpawner) and not isinstance(server, docker.Container)
