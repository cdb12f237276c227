"""What people do on the hub in a browser, click by click."""

import re

from chromium import run_all, window
from client import OWN


class Person:
    """Somebody at a browser, which reaches the hub and, where they have other names, servers."""

    def __init__(self, browser, address: str, name: str, password: str, *servers: str):
        self.address, self.name, self.password = address, name, password
        self.page = window(browser, address, *servers, time_limit=240)

    def log_in(self) -> None:
        """Log in, and wait for one's JupyterLab; who has a first password is asked for another."""
        page = self.page
        page.goto(self.address)
        page.get_by_label("Username").fill(self.name)
        page.locator("#password_input").fill(self.password)
        page.locator("#login_submit").click()
        page.wait_for_url(lambda url: "login" not in url)
        if "change-password" in page.url:
            mine = OWN.format(self.name)
            page.locator("[name=old_password]").fill(self.password)
            page.locator("[name=new_password]").fill(mine)
            page.locator("[name=new_password_confirmation]").fill(mine)
            page.locator("form [type=submit]").click()
            page.get_by_text("changed successfully").wait_for()
            self.password = mine
            page.get_by_role("link", name="Go on to your lessons").click()
        self.page.locator(".jp-Notebook").first.wait_for()
        self.page.get_by_text("| Idle").wait_for()

    def menu(self, *path: str) -> None:
        """Choose from the menus."""
        for name in path:
            self.page.get_by_role("menuitem", name=name, exact=True).click()

    # ---- a student's

    def assignments(self) -> None:
        """Open the list of assignments, or bring it up to date."""
        self.menu("Nbgrader", "Assignment List")
        self.page.locator("#refresh_assignments_list").click()
        self.page.locator("#released_assignments_list_loading").wait_for(state="hidden")

    def row(self, part: str, lesson: str):
        """Return a lesson's line in one part of the list: released, fetched or submitted."""
        return self.page.locator(f"#{part}_assignments_list .list_item").filter(has_text=lesson).first

    def fetch(self, lesson: str) -> None:
        """Fetch a lesson."""
        self.assignments()
        self.row("released", lesson).get_by_role("button", name="Fetch").click()
        self.row("fetched", lesson).get_by_role("button", name="Submit").wait_for()

    def open(self, lesson: str) -> None:
        """Open a lesson's notebook by the file browser."""
        files = self.page.locator(".jp-FileBrowser")
        files.get_by_text(lesson, exact=True).dblclick()
        files.get_by_text(f"{lesson}.ipynb", exact=True).dblclick()
        self.cells.first.wait_for()
        self.page.get_by_text("| Idle").wait_for()

    @property
    def cells(self):
        """The cells of the notebook that is in front."""
        return self.page.locator(".jp-NotebookPanel:visible .jp-Cell")

    def write(self, marker: str, source: str) -> None:
        """Write a cell anew: the one with a text in it."""
        cell = self.cells.filter(has_text=marker).filter(has=self.page.locator(".cm-content")).first
        cell.scroll_into_view_if_needed()
        if "jp-MarkdownCell" in (cell.get_attribute("class") or ""):
            cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def run_all(self) -> None:
        """Run all cells, and wait for the last one."""
        run_all(self.page)
        self.page.get_by_text("| Busy").wait_for()
        self.page.get_by_text("| Idle").wait_for()

    def play(self) -> None:
        """Play the first bench of the notebook that is in front, until it has played for a while."""
        bench = self.page.locator(".jp-NotebookPanel:visible .listen").first
        bench.scroll_into_view_if_needed()
        bench.get_by_role("button", name="Play").click()
        self.page.wait_for_function("[...document.querySelectorAll('[data-ready]')].some(x => x.dataset.time > 0.3)")
        bench.get_by_role("button", name="Stop").click()

    def save(self) -> None:
        """Save the notebook."""
        self.page.keyboard.press("Control+s")
        self.page.locator(".lm-mod-current.jp-mod-dirty").first.wait_for(state="detached")

    def validate(self) -> str:
        """Validate the notebook, and return what is said."""
        self.page.get_by_role("button", name="Validate").click()
        dialog = self.page.locator(".jp-Dialog")
        dialog.wait_for()
        said = dialog.inner_text()
        dialog.get_by_role("button").last.click()
        return said

    def submit(self, lesson: str) -> None:
        """Hand a lesson in."""
        self.assignments()
        self.row("fetched", lesson).get_by_role("button", name="Submit").click()
        self.row("submitted", lesson).wait_for()

    def fetch_feedback(self, lesson: str):
        """Fetch the feedback on a lesson, and open it."""
        self.assignments()
        row = self.row("submitted", lesson)
        row.get_by_role("button", name="Fetch Feedback").click()
        row.get_by_text(re.compile("view feedback", re.I)).first.click()
        self.page.locator(".jp-FileBrowser").get_by_text(f"{lesson}.html", exact=True).dblclick()
        page = self.page.frame_locator(".jp-HTMLViewer iframe").locator("body", has_text="points")  # it begins empty
        page.wait_for()
        return page

    # ---- the instructor's

    @property
    def grader(self):
        """The formgrader, in its tab."""
        return self.page.frame_locator("iframe[src*='formgrader']")

    def open_formgrader(self) -> None:
        """Open the formgrader."""
        self.menu("Nbgrader", "Formgrader")
        self.grader.get_by_role("link", name="01_spectrograms").wait_for()

    def go(self, page: str) -> None:
        """Go to another page of the formgrader by the links at its left."""
        self.grader.get_by_role("link", name=page, exact=True).first.click()

    def press(self, row: str, button: str) -> str:
        """Press a button in a line of the formgrader's table, and return what it says."""
        self.grader.locator("tr").filter(has_text=row).locator(f"td.{button} a").click()
        dialog = self.grader.locator(".modal:visible")
        dialog.get_by_text(re.compile("Success|Error")).first.wait_for()
        said = dialog.inner_text()
        dialog.get_by_role("button", name="OK").click()
        dialog.wait_for(state="hidden")
        return said

    def grade_by_hand(self, lesson: str, cell: str, submissions: int, *, points: float, comment: str) -> None:
        """Give a cell of each submission points and a comment."""
        self.go("Manual Grading")
        self.grader.get_by_role("link", name=lesson).click()
        self.grader.get_by_role("columnheader", name="Notebook ID").wait_for()
        self.grader.get_by_role("link", name=lesson).last.click()
        for number in range(1, submissions + 1):
            # When they come, the page writes them into its fields, over what stands there.
            with self._response("/api/grades"), self._response("/api/comments"):
                self.grader.get_by_role("link", name=f"Submission #{number}").click()
            for place, value in ((f"#{cell}", points), (f"#{cell}-comment", comment)):
                field = self.grader.locator(place)
                field.wait_for()
                with self._response("/api/", method="PUT") as saved:
                    field.fill(str(value))
                    field.press("Tab")
                assert saved.value.ok
            self.grader.get_by_role("link", name=lesson).last.click()

    def _response(self, path: str, method: str = "GET"):
        """Return what waits, as a context, for the answer to a request that is made in it."""
        return self.page.expect_response(lambda answer: path in answer.url and answer.request.method == method)
