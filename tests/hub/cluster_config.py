"""A hub as the chart makes it of hub/cluster/values.yaml, on loopback; servers and ngshare are processes.

The environment has CLUSTER_ROOT, where everything is kept, CLUSTER_ADDRESS, CLUSTER_PORTS, three that are free, and
CLUSTER_NGSHARE, a Python that has ngshare.
"""

import os
import re
import sys
from pathlib import Path

import yaml
from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Dict, Unicode
from traitlets.config import Config

c = get_config()  # type: ignore[name-defined]  # noqa: F821
repository = Path(__file__).resolve().parents[2]
root, address = Path(os.environ["CLUSTER_ROOT"]), os.environ["CLUSTER_ADDRESS"]
hub_port, proxy_port, ngshare_port = os.environ["CLUSTER_PORTS"].split()
values = yaml.safe_load((repository / "hub" / "cluster" / "values.yaml").read_text())
dockerfile = (repository / "hub" / "cluster" / "Dockerfile").read_text()


class KubeSpawner(SimpleLocalProcessSpawner):
    """Takes what Kubernetes' spawner is given, and starts a process."""

    home_dir_template = Unicode(str(root / "homes" / "{username}"))
    image = Unicode("speech-course-student", config=True)
    container_security_context, extra_pod_config = Dict(config=True), Dict(config=True)

    def get_env(self):
        """Return the environment as the image has it."""
        stage = self.image.removeprefix("speech-course-").removesuffix(":latest")
        said = re.search(rf"^FROM server AS {stage}\n(?:.+\n)*?ENV (.+)", dockerfile, re.MULTILINE)[1]
        home = self.home_dir_template.format(username=self.user.name)
        own = said.replace("/srv/course", str(repository)).replace("/home/jovyan", home)
        return {**super().get_env(), **dict(pair.split("=") for pair in own.split()), "JUPYTER_PREFER_ENV_PATH": "1",
                "HOME": home, "JUPYTER_RUNTIME_DIR": f"{root}/run/{self.user.name}"}  # a socket's path must be short


c.merge(Config(values["hub"]["config"]))
c.JupyterHub.bind_url, c.JupyterHub.hub_bind_url = address, f"http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url, c.JupyterHub.cookie_secret_file = f"sqlite:///{root}/hub.sqlite", str(root / "cookie_secret")
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.pid_file = str(root / "proxy.pid")
c.ConfigurableHTTPProxy.command = [str(Path(sys.executable).parent / "configurable-http-proxy")]
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password, c.Authenticator.allow_all = "open sesame, please", True
c.JupyterHub.spawner_class = KubeSpawner
c.Spawner.args = ["--allow-root"]
c.Spawner.default_url = values["singleuser"]["defaultUrl"]
c.Spawner.environment = {**values["singleuser"]["extraEnv"], "COURSE_EXCHANGE": f"{address}/services/ngshare",
                         "OMP_WAIT_POLICY": "passive"}
c.JupyterHub.load_roles = [{"name": name, **role} for name, role in values["hub"]["loadRoles"].items()]
c.JupyterHub.services = [{"name": name, **service} for name, service in values["hub"]["services"].items()]
[ngshare] = c.JupyterHub.services
ngshare |= {"url": f"http://127.0.0.1:{ngshare_port}", "command": [
    os.environ["CLUSTER_NGSHARE"], "-m", "ngshare", "--database", f"sqlite:///{root}/ngshare.db",
    "--storage", str(root / "files"), "--admins", "instructor"]}
