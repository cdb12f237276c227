"""A bench with knobs in a real browser: sound, picture and metrics follow, and an exported page has the first ones."""

import pytest

CELL = """
import torch
from course_utils import corpus, degrade, listen

s = corpus.clip("speech", "test", 0, seconds=3.0)
noises = {"white": degrade.white(s.shape, generator=torch.Generator().manual_seed(1)),
          "babble": corpus.clip("noise", "test", 0, seconds=3.0)}

def mixture(noise, snr_db):
    return {"clean": s, f"{noise} at {snr_db} dB": degrade.mix(s, noises[noise], snr_db=float(snr_db))}

listen.mix(mixture, clean="clean", caption="Turn it down.", noise=list(noises), snr_db=(-10, 30, 1))
"""


@pytest.fixture(scope="module")
def page(lab, chromium):
    """A notebook with knobs, run."""
    page = lab.open(chromium, "mix", CELL)
    lab.run_all(page)
    live(page).locator("[data-ready]").wait_for(timeout=240_000)
    yield page
    page.context.close()


def live(page):
    return page.locator(".jupyter-widgets .listen")


def test_the_live_bench_takes_the_place_of_the_one_for_pages(page, screenshot):
    page.get_by_text("Turn it down.").last.wait_for()
    screenshot(page, "mix")
    assert page.locator(".listen[data-stands-in]").is_hidden()
    live(page).get_by_text("ESTOI").wait_for()


def test_sound_and_metrics_follow_the_knobs_while_it_plays(page):
    live(page).get_by_role("button", name="Play").click()
    page.wait_for_timeout(300)
    live(page).get_by_role("radio", name="white").click()
    page.keyboard.press("[")  # repeats from here to the end, however long the rest of this takes
    before = live(page).get_by_text("ESTOI").inner_text()
    page.locator(".noUi-handle").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    live(page).get_by_role("radio", name="white at 2 dB").wait_for()
    live(page).get_by_text("ESTOI").filter(has_not_text=before).wait_for()
    bench = live(page).locator("[data-ready]")
    assert bench.get_attribute("data-chosen") == "1" and bench.get_attribute("data-playing") == "true"
    page.locator(".jupyter-widgets select").select_option("babble")
    live(page).get_by_role("radio", name="babble at 2 dB").wait_for()
    first = bench.get_attribute("data-time")
    page.wait_for_timeout(500)
    assert bench.get_attribute("data-time") != first
    live(page).get_by_role("button", name="Stop").click()


def test_without_a_kernel_the_first_sounds_remain(page, lab, chromium):
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    context = chromium.new_context(offline=True)
    other = context.new_page()
    other.goto(lab.export("mix"), wait_until="domcontentloaded")
    other.locator("[data-ready]").wait_for()
    other.get_by_role("button", name="Play").click()
    other.wait_for_function("document.querySelector('[data-ready]').dataset.time > 0.2")
    context.close()
