"""What all tests share."""

import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))
from chromium import launched

torch.set_num_threads(1)  # what is computed in this process is small: a second thread costs more than it brings

ANSWERS: list[tuple] = []


@pytest.fixture
def answers_table() -> list[tuple]:
    """Rows for the table of answers that is printed after the tests."""
    return ANSWERS


@pytest.fixture(scope="module")
def chromium():
    """The browser; one at a time, for Playwright's loop is the thread's."""
    with launched() as browser:
        yield browser


def pytest_terminal_summary(terminalreporter):
    """Print what every right and wrong answer got."""
    if not ANSWERS:
        return
    terminalreporter.section("answers")
    for lesson, exercise, answer, earned, points, messages in ANSWERS:
        message = messages[0] if messages else ""
        terminalreporter.write_line(f"{lesson:24} {exercise:18} {answer:34} {earned:4g} / {points:<4g} {message[:110]}")
