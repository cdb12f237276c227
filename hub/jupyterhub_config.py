"""JupyterHub for the course: `jupyterhub -f hub/jupyterhub_config.py`, or `make hub`.

What differs from one place to the next comes from environment variables; hub/README.md lists them.
"""

import sys
from contextlib import suppress
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

c.JupyterHub.bind_url = here.listen
if here.listen != here.address:
    c.JupyterHub.public_url = here.address
c.JupyterHub.hub_bind_url = f"http://{docker.prepare() if here.spawner == 'docker' else '127.0.0.1'}:{here.port}"
c.JupyterHub.db_url = here.database
c.JupyterHub.cookie_secret_file = str(here.state / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(here.state / "proxy.pid")
# Linux may share the processors out by session, and then a hub has no more of them than any kernel of a class, however
# nice. A proxy that answers too late costs a student the server. (Only root may come first.)
with suppress(OSError):
    Path("/proc/self/autogroup").write_text("-10")
c.ConfigurableHTTPProxy.command = ["sh", "-c", '{ echo -10 > /proc/self/autogroup; } 2> /dev/null; exec "$0" "$@"',
                                   str(Path(sys.executable).parent / "configurable-http-proxy")]
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
c.JupyterHub.spawner_class = "hub.docker.Servers" if here.spawner == "docker" else "hub.spawner.CourseSpawner"
c.Spawner.default_url = "/lab/tree/START_HERE.ipynb"
# A whole class comes within a minute. Who is one too many at a time, by the hub's default the 101st, gets a page with
# an error, which helps nobody; so all may come, and each server may take its time.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300

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
