"""Students' servers in Docker containers. The instructor's stays a process of the machine: grading needs its sandbox.

A container has the course's image (cluster/Dockerfile), runs as its student's account, and sees of this machine the own
home, the exchange and the names of accounts. Containers reach the hub, but neither each other nor the proxy's API.
"""

import os
from pathlib import Path

from docker import errors, from_env
from dockerspawner import DockerSpawner
from traitlets import default

from autograder.bubblewrap import CORPUS
from hub import people, view
from hub.settings import INSTRUCTOR, REPOSITORY, read
from hub.spawner import CourseSpawner

IMAGE = "speech-course-student"
NETWORK = "speech-course"
APART = {"com.docker.network.bridge.enable_icc": "false"}
"""By which a network's containers do not reach each other."""


class Servers(CourseSpawner):
    """Starts a container for a student, and a process for the instructor."""

    def __new__(cls, **options):
        """Return the spawner that fits who it is for."""
        if options["user"].name == INSTRUCTOR:
            return super().__new__(cls, **options)
        return Container(**options)


class Container(DockerSpawner):
    """Starts a student's server in a container; it is removed when the server ends."""

    @default("image")
    def _image(self):
        return IMAGE

    @default("pull_policy")
    def _pull_policy(self):
        return "never"  # the name might be somebody else's at a registry

    @default("prefix")
    def _prefix(self):
        return NETWORK

    @default("network_name")
    def _network_name(self):
        return NETWORK

    @default("remove")
    def _remove(self):
        return True

    def get_env(self):
        """Return the server's environment; where programs are, and how Jupyter is set up, is the image's."""
        settings = read()
        account = people.account(self.user.name, settings)
        course = view.environment(settings)
        del course["PATH"]
        return {**super().get_env(), **course, "HOME": account.pw_dir, "USER": account.pw_name,
                "LOGNAME": account.pw_name}

    async def start(self):
        """Start the server."""
        settings = read()
        account = people.account(self.user.name, settings)
        self.mem_limit, self.cpu_limit = settings.memory, settings.cpus
        self.volumes = {path: path for path in (account.pw_dir, str(settings.exchange))}
        self.read_only_volumes = {path: path for path in ("/etc/passwd", "/etc/group", *_corpus())}
        self.extra_create_kwargs = {"user": f"{account.pw_uid}:{account.pw_gid}", "working_dir": account.pw_dir}
        memory = int(self.mem_limit)
        self.extra_host_config = {
            "memswap_limit": memory, "pids_limit": view.PROCESSES, "read_only": True,
            "cap_drop": ["ALL"], "security_opt": ["no-new-privileges"],
            # What is written elsewhere than in the home lies in memory and counts as such: a quarter of it at most, or
            # a full folder would end the server.
            "shm_size": memory // 4,
            "tmpfs": {path: f"exec,mode=1777,size={memory // 4}" for path in ("/tmp", "/var/tmp")}}
        return await super().start()


def prepare() -> str:
    """Make the containers' network if it is not there, and return the machine's address in it.

    Raises
    ------
    ValueError
        If Docker does not answer, there is no image, or the network lets containers reach each other.
    """
    try:
        client = from_env()
        client.images.get(IMAGE)
        if not client.networks.list(names=[f"^{NETWORK}$"]):
            client.networks.create(NETWORK, driver="bridge", options=APART)
        about = client.networks.get(NETWORK).attrs
    except errors.ImageNotFound:
        raise ValueError(f"there is no image {IMAGE}: docker build --tag {IMAGE} --file hub/cluster/Dockerfile "
                         f"{REPOSITORY}") from None
    except errors.DockerException as error:
        raise ValueError(f"HUB_SPAWNER=docker, but Docker does not answer: {error}") from None
    if not APART.items() <= about["Options"].items():
        raise ValueError(f"in Docker's network {NETWORK} containers reach each other: docker network rm {NETWORK}")
    return about["IPAM"]["Config"][0]["Gateway"]


def _corpus() -> list[str]:
    """Return what students see of the audio that `COURSE_DATA` names."""
    folder = os.environ.get("COURSE_DATA")
    return [str(path) for name in CORPUS if folder and (path := Path(folder, name).absolute()).exists()]
