"""JupyterHub for the course: `jupyterhub -f hub/jupyterhub_config.py`, or `make hub`.

What differs from one place to the next comes from environment variables; hub/README.md lists them.
"""

import sys
from pathlib import Path

from hub import docker, exchange, log_in, people, settings
from hub.settings import INSTRUCTOR

c = get_config()  # type: ignore[name-defined]  # noqa: F821
here = settings.read()
here.state.mkdir(parents=True, exist_ok=True)
here.state.chmod(0o700)

# The exchange is what keeps students' work apart: with wrong modes nothing starts.
people.account(INSTRUCTOR, here)
wrong = exchange.problems(here)
if wrong:
    sys.exit("\n".join(["The hub does not start before these are put right:", *wrong]))

c.JupyterHub.bind_url = here.address
c.JupyterHub.hub_bind_url = f"http://{docker.prepare() if here.spawner == 'docker' else '127.0.0.1'}:{here.port}"
c.JupyterHub.db_url = here.database
c.JupyterHub.cookie_secret_file = str(here.state / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(here.state / "proxy.pid")
c.ConfigurableHTTPProxy.command = [str(Path(sys.executable).parent / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{here.proxy_port}"
if here.certificate:
    c.JupyterHub.ssl_cert, c.JupyterHub.ssl_key = here.certificate.split(":")
c.JupyterHub.subdomain_host = here.subdomains
# Without it a server could set cookies for all names above its own.
c.JupyterHub.cookie_host_prefix_enabled = here.subdomains.startswith("https:")
if here.address.startswith("https:"):
    c.JupyterHub.tornado_settings = {"cookie_options": {"secure": True}}

log_in.configure(c, here)

# Servers outlive a hub that is killed or updated, and are found again.
c.JupyterHub.cleanup_servers = not here.keep_servers
c.JupyterHub.concurrent_spawn_limit = 10
c.JupyterHub.spawner_class = "hub.docker.Servers" if here.spawner == "docker" else "hub.spawner.CourseSpawner"
c.Spawner.default_url = "/lab/tree/START_HERE.ipynb"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# Instructors with names of their own open the course's server with their own log-in.
c.JupyterHub.load_groups = {"instructors": {"users": sorted({INSTRUCTOR, *here.instructors})}}
c.JupyterHub.load_roles = [
    {"name": "instructor", "groups": ["instructors"],
     "scopes": [f"access:servers!user={INSTRUCTOR}", f"servers!user={INSTRUCTOR}", "list:users", "admin-ui",
                "read:servers"]},
    {"name": "idle", "services": ["idle"], "scopes": ["list:users", "read:users:activity", "read:servers",
                                                      "delete:servers"]}]
c.JupyterHub.services = []
if here.idle_seconds:
    c.JupyterHub.services.append({"name": "idle", "command": [
        "setpriv", "--pdeathsig", "TERM",  # a hub that is killed would leave it behind
        sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={here.idle_seconds}"]})
