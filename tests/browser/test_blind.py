"""Blind tests in a real browser: answers are stored, a test goes on after a restart, and what is not stored is said."""

import csv

import pytest

CELL = """
import torch
from course_utils import corpus, degrade, listen

s = corpus.clip("speech", "test", 0, seconds=1.5)
y = degrade.mix(s, degrade.white(s.shape, generator=torch.Generator().manual_seed(1)), snr_db=5.0)
KIND
"""
ACR = 'listen.acr({"one": {"clean": s, "noisy": y}}, name="quality", listener="ann", clean="clean");'
ABX = 'listen.abx(s, y, name="same", listener="ann", trials=3);'
MUSHRA = 'listen.mushra({"one": {"clean": s, "noisy": y}}, name="scale", listener="ann");'


@pytest.fixture
def start(lab, chromium):
    """Open a notebook with a test, run it, and return its page."""
    pages = []

    def start(name, source):
        page = lab.open(chromium, name, CELL.replace("KIND", source))
        pages.append(page)
        run(page, lab)
        return page

    yield start
    for page in pages:
        page.context.close()


def run(page, lab):
    lab.run_all(page)
    page.locator(".listen-test [role=radio], .listen-test b").first.wait_for(timeout=240_000)


def rows(lab, name):
    path = lab.folder / "ratings" / f"{name}.csv"
    return list(csv.DictReader(path.open())) if path.exists() else []


def hear_all(page):
    for sound in page.locator(".listen-test [data-sound]").all():
        sound.click()


def turned(page, number):
    page.locator(f".listen-test[data-page='{number}']").wait_for()


def test_a_rating_is_stored_and_a_restart_loses_none(start, lab, screenshot):
    page = start("acr", ACR)
    assert page.get_by_role("button", name="4 good").is_disabled()  # nothing was heard
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(200)
    screenshot(page, "acr")
    page.get_by_role("button", name="4 good").click()
    turned(page, 2)
    (row,) = rows(lab, "quality")
    assert row["rating"] == "4.0" and row["listener"] == "ann" and float(row["estoi"]) > 0
    lab.restart_kernel()
    page.get_by_text("| Idle").wait_for(timeout=240_000)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="2 poor").click()
    page.get_by_text("Not saved").wait_for()
    assert len(rows(lab, "quality")) == 1
    run(page, lab)
    turned(page, 2)
    page.get_by_role("button", name="Play").click()
    page.keyboard.press("2")
    turned(page, 0)
    assert [row["rating"] for row in rows(lab, "quality")] == ["4.0", "2.0"]
    page.get_by_text("Done, thank you.").wait_for()


def test_abx_by_keys(start, lab, screenshot):
    page = start("abx", ABX)
    for number in (1, 2, 3):
        turned(page, number)
        page.get_by_role("button", name="Play").focus()
        for key in "abx":
            page.keyboard.press(key)
            page.wait_for_timeout(150)
        screenshot(page, "abx")
        page.get_by_role("button", name="X is A").click()
    turned(page, 0)
    found = rows(lab, "same")
    assert len(found) == 3 and {row["kind"] for row in found} == {"abx"}
    page.get_by_text(f"{sum(row['rating'] == '1.0' for row in found)} of 3 right").wait_for()


def test_mushra_stores_every_version(start, lab, screenshot):
    page = start("mushra", MUSHRA)
    hear_all(page)
    page.get_by_label("version 1").last.fill("90")
    screenshot(page, "mushra")
    page.get_by_role("button", name="done").click()
    turned(page, 0)
    found = {row["version"]: float(row["rating"]) for row in rows(lab, "scale")}
    assert set(found) == {"clean", "noisy", "anchor (3.5 kHz)"} and sorted(found.values()) == [50, 50, 90]
