"""Debian's Chromium, driven by Playwright, for the tests that look at pages."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SCREENSHOTS = Path(__file__).parents[1] / "build" / "screenshots"
# Without these Chromium looks for updates and for a graphics card.
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@contextmanager
def launched(*options: str) -> Iterator:
    """Start the browser, which is installed where that is allowed; skip the test where it is not.

    More options go onto its command line.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *command], capture_output=True)
        path = shutil.which("chromium")
    if not path:
        pytest.skip("there is no Chromium here: apt-get install chromium (on Debian)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *options])
        yield browser
        browser.close()


def window(browser, *addresses: str, time_limit: float = 120):
    """Open a window of one's own, which reaches nothing but these addresses."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.route(lambda url: not url.startswith((*addresses, "blob:", "data:")), lambda route: route.abort())
    context.set_default_timeout(1000 * time_limit)  # a machine may have little time for us
    return context.new_page()


def screenshot(page, name: str) -> None:
    """Keep a picture of a page in build/."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def run_all(page) -> None:
    """Run all cells of a page's notebook; before the page has its kernel, JupyterLab takes no notice of that."""
    prompts = page.locator(".jp-InputPrompt:visible").filter(has_text="[")
    for _ in range(48):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        for _ in range(50):
            if prompts.filter(has_not_text="[ ]").count():
                return
            page.wait_for_timeout(100)
    raise AssertionError("the notebook does not run")
