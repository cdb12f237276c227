"""A real Chromium, and a running JupyterLab with a notebook in it."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
# Without these Chromium looks for updates and for a graphics card.
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="package")
def chromium():
    """The browser, through Playwright; Debian's Chromium, which is installed where that is allowed."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *command], capture_output=True)
        path = shutil.which("chromium")
    if not path:
        pytest.skip("there is no Chromium here: apt-get install chromium (on Debian)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


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
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        context.route(lambda url: not url.startswith((self.address, "blob:", "data:")), lambda route: route.abort())
        context.set_default_timeout(120_000)  # a machine may have little time for us
        page = context.new_page()
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
        """Run all cells of the page's notebook; before the page has its kernel, JupyterLab takes no notice of that."""
        for _ in range(48):
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            for _ in range(50):
                if page.locator(".jp-InputPrompt", has_text=re.compile(r"[*\d]")).count():
                    return
                page.wait_for_timeout(100)
        raise AssertionError("the notebook does not run")

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


@pytest.fixture(scope="package")
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
    def take(page, name: str):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
    return take
