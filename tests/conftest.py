"""What all tests share."""

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))
from chromium import launched
from xdist.scheduler import LoadScopeScheduling

torch.set_num_threads(1)  # what is computed in this process is small: a second thread costs more than it brings


class Lanes(LoadScopeScheduling):
    """Deals the tests to processes: a file goes into one, and so does what wants the machine: accounts, attackers."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "machine" if path.startswith(("tests/attacks/", "tests/hub/")) else path


def pytest_xdist_make_scheduler(config, log):
    """Return who deals."""
    return Lanes(config, log)


@pytest.fixture(scope="module")
def chromium():
    """The browser; one at a time, for Playwright's loop is the thread's."""
    with launched() as browser:
        yield browser


def pytest_terminal_summary(terminalreporter):
    """Print what every answer and every attack got, as the tests have recorded it."""
    reports = [report for outcome in ("passed", "failed", "skipped") for report in terminalreporter.getreports(outcome)]
    recorded = [entry for report in reports for entry in report.user_properties]
    if answers := sorted(row for kind, row in recorded if kind == "answer"):
        terminalreporter.section("answers")
        for lesson, exercise, answer, earned, points, messages in answers:
            message = messages[0] if messages else ""
            terminalreporter.write_line(
                f"{lesson:24} {exercise:18} {answer:34} {earned:4g} / {points:<4g} {message[:110]}")
    if attacks := [row for kind, row in recorded if kind == "attack"]:
        terminalreporter.section("attacks")
        for attack, worth, given, status in [("attack", "honest", "given", "status"), *attacks]:
            terminalreporter.write_line(f"{attack:32} {worth:>6} {given:>6}  {status[:110]}")
