"""A web server in front of the hub has the certificate: nginx, as the README sets it up."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from certificate import HOST, certify, found_here
from client import Client, eventually
from kernel import execute
from ports import free_ports

README = Path(__file__).parents[2] / "hub" / "README.md"


@pytest.fixture(scope="module")
def nginx():
    """The web server, which is installed where that is allowed."""
    if not shutil.which("nginx") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "--quiet", "--yes", "install", "--no-install-recommends", "nginx-light"],
                       capture_output=True)
    return shutil.which("nginx") or pytest.skip("there is no nginx here: apt-get install nginx-light (on Debian)")


@pytest.fixture(scope="module")
def ann(nginx, new_hub, tmp_path_factory):
    """A student's session with a running server."""
    folder, [port] = tmp_path_factory.mktemp("nginx"), free_ports(1)
    cert, key = certify(folder)
    address = f"https://{HOST}:{port}"
    with new_hub() as hub, pytest.MonkeyPatch.context() as patch:
        hub.environment |= {"HUB_LISTEN": hub.address, "HUB_ADDRESS": address}
        server = re.search(r"```nginx\n(.+?)```", README.read_text(), re.DOTALL)[1]
        for says, here in {"listen 443": f"listen 127.0.0.1:{port}", "/etc/ssl/hub.pem": str(cert),
                           "/etc/ssl/hub.key": str(key), "http://127.0.0.1:8000": hub.address}.items():
            assert says in server
            server = server.replace(says, here)
        config = folder / "nginx.conf"
        config.write_text(f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\n"
                          f"http {{ access_log off; {server} }}\n")
        found_here(patch)
        hub.serve()
        hub.add("ann")
        in_front = subprocess.Popen([nginx, "-c", str(config)])
        client = Client(address, "ann", hub.passwords["ann"])
        client.session.verify, client.session.trust_env = str(cert), False
        try:
            eventually((folder / "pid").is_file)
            client.log_in()
            client.start()
            yield client
        finally:
            in_front.terminate()
            in_front.wait(60)


def test_a_notebook_runs(ann):
    assert execute(ann, "print(6 * 7)") == "42\n"


def test_a_notebook_with_sounds_is_saved(ann):
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "sound" * 2**20}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    ann.write("large.ipynb", notebook)
    assert ann.read("large.ipynb")["cells"][0]["source"] == cell["source"]


def test_a_cookie_that_opens_something_is_sent_by_tls_only(ann):
    opens = [cookie for cookie in ann.session.cookies if cookie.name != "_xsrf"]
    assert len(opens) > 2
    assert [cookie.name for cookie in opens if not cookie.secure] == []
