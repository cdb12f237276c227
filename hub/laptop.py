"""A real JupyterHub on one's own machine, with an instructor and three students, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from time import sleep

from autograder.sandbox import problem
from hub import authenticator, desk, people
from hub.settings import INSTRUCTOR, REPOSITORY, Settings

STUDENTS = ("student1", "student2", "student3")
LACKS = """\
You are not root, so everybody's server runs as your own account:
- whatever is handed in comes from you: nbgrader knows one student, with your name;
- students could change what others have handed in;
- limits are those on a single process.
Good for a look at it, not for a class: for that, start it as root (sudo make hub)."""


def run(settings: Settings) -> None:
    """Start the hub, print where it is and who can log in, and end it with Ctrl-C.

    Raises
    ------
    ValueError
        If it cannot be started.
    """
    authenticator.check_ours(settings)
    if settings.certificate or settings.subdomains or settings.listen != settings.address:
        raise ValueError("make hub is for this machine alone: unset HUB_CERTIFICATE, HUB_SUBDOMAINS and HUB_LISTEN, or "
                         "start the hub as on a server (hub/README.md)")
    if problem():
        raise ValueError(f"servers run in views that bubblewrap makes: {problem()}")
    if not (Path(sys.executable).parent / "configurable-http-proxy").exists():
        raise ValueError("there is no configurable-http-proxy: make hub installs it, with npm")
    print("Releasing lessons ...", flush=True)
    desk.set_up(settings)
    for name in STUDENTS:
        people.account(name, settings)
    passwords = authenticator.give_out([INSTRUCTOR, *STUDENTS], settings)
    log = settings.state / "hub.log"
    with log.open("a") as output:
        hub = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(REPOSITORY / "hub" / "jupyterhub_config.py")],
            cwd=settings.state, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            start_new_session=True)
    try:
        wait(settings.address, hub, log)
        print(f"JupyterHub is at {settings.address}", flush=True)
        for name in (INSTRUCTOR, *STUDENTS):
            print(f"  {name:12} {passwords.get(name, '(has chosen a password; python -m hub password ' + name + ')')}")
        print(f"A password from here is good for choosing another. Log: {log}")
        if os.geteuid():
            print(LACKS)
        print("Ctrl-C ends it.", flush=True)
        hub.wait()
    except KeyboardInterrupt:
        print("\nEnding servers, hub and proxy ...", flush=True)
        end(hub)
        end_proxy(settings)
        return
    finally:
        end(hub)
    raise ValueError(f"the hub has ended; servers go on, and the next make hub finds them. Log: {log}")


def end(hub: subprocess.Popen) -> None:
    """End the hub, which ends its servers."""
    if hub.poll() is None:
        hub.terminate()
    try:
        hub.wait(90)
    except subprocess.TimeoutExpired:
        hub.kill()


def end_proxy(settings: Settings) -> None:
    """End the proxy, which the hub sometimes starts anew while it ends."""
    try:
        pid = int((settings.state / "proxy.pid").read_text())
        if b"configurable-http-proxy" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGTERM)
    except (OSError, ValueError):  # it is gone, as it should be
        pass


def wait(address: str, hub: subprocess.Popen, log: Path) -> None:
    """Wait until the hub answers.

    Raises
    ------
    ValueError
        If it does not.
    """
    for _ in range(600):
        if hub.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/hub/api/", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            sleep(0.2)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise ValueError(f"the hub does not start; {log} ends with\n{tail}")
