"""A real Chromium, and a running JupyterLab with a notebook in it."""

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from chromium import run_all, window
from chromium import screenshot as keep


class Lab:
    """A JupyterLab that serves a folder of notebooks, and what a person does in it."""

    def __init__(self, folder: Path, address: str, token: str):
        self.folder, self.address, self.token = folder, address, token

    def write(self, name: str, *cells: str):
        """Write a notebook with these cells."""
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source.strip()) for source in cells],
                                        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
        nbformat.write(made, self.folder / f"{name}.ipynb")

    def window(self, browser, path: str):
        """Open a page of the server in a window of its own, which reaches nothing else."""
        page = window(browser, self.address)
        page.goto(f"{self.address}/{path}?token={self.token}&reset")
        return page

    def open(self, browser, name: str, *cells: str):
        """Write a notebook, open it in JupyterLab, and return the page."""
        self.write(name, *cells)
        page = self.window(browser, f"lab/tree/{name}.ipynb")
        page.locator(".jp-Notebook").wait_for(timeout=240_000)
        page.get_by_text("| Idle").wait_for(timeout=240_000)
        return page

    def run_all(self, page):
        """Run all cells of the page's notebook."""
        run_all(page)

    def export(self, name: str) -> str:
        """Make an HTML page of a saved notebook, with nbconvert as it comes, and return its address."""
        subprocess.run([sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", self.folder / f"{name}.ipynb"],
                       check=True, capture_output=True)
        return f"file://{self.folder / name}.html"

    def ask(self, path: str, *, method: str = "GET"):
        """Call the server's own interface."""
        request = urllib.request.Request(f"{self.address}/api/{path}", method=method,
                                         headers={"Authorization": f"token {self.token}"})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def restart_kernel(self):
        """Restart all kernels."""
        for kernel in self.ask("kernels"):
            self.ask(f"kernels/{kernel['id']}/restart", method="POST")


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab on a free port of this machine."""
    folder, token = tmp_path_factory.mktemp("lab"), secrets.token_hex(16)
    runtime = folder / ".runtime"
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(folder / ".config"),
                   "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--ServerApp.port=0",
         f"--IdentityProvider.token={token}", f"--notebook-dir={folder}", "--LabApp.news_url=None",
         *(["--allow-root"] if os.geteuid() == 0 else [])],
        env=environment, stdout=subprocess.DEVNULL, stderr=(folder / ".log").open("w"))
    try:
        for _ in range(300):
            about = next(runtime.glob("jpserver-*.json"), None)
            if about:
                break
            assert server.poll() is None, (folder / ".log").read_text()
            time.sleep(0.2)
        yield Lab(folder, f"http://localhost:{json.loads(about.read_text())['port']}", token)
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def screenshot():
    """Keep a picture of a page in build/."""
    return keep
