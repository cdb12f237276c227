"""The listening bench in a real browser: in JupyterLab, after a restart and a reload, and in an exported page."""

import numpy as np
import pytest
import torch

CELLS = ["""
import torch
from course_utils import listen

g = torch.Generator().manual_seed(1)
a, b = 0.05 * torch.randn(2, 1, 160_000, generator=g)
listen.compare({"one": a, "other": b, "loud": 100 * a}, caption="Ten seconds of noise.")
""", """
listen.compare({"quiet": 0.01 * a, "nothing": 0 * a})
"""]

# Catches what goes to the loudspeaker, sample by sample.
TAP = """async () => {
  const audio = [...courseOutputs.values()][0];
  const source = `registerProcessor("tap", class extends AudioWorkletProcessor {
    process([input]) { if (input[0]) this.port.postMessage(input[0].slice()); return true; } })`;
  await audio.audioWorklet.addModule(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const tap = new AudioWorkletNode(audio, "tap");
  window.caught = [];
  tap.port.onmessage = ({ data }) => window.caught.push(...data);
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to === audio.destination) connect.call(this, tap);
    return connect.call(this, to, ...more);
  };
}"""


@pytest.fixture(scope="module")
def page(lab, chromium):
    """A notebook with two benches, opened and run."""
    page = lab.open(chromium, "bench", *CELLS)
    lab.run_all(page)
    page.locator("[data-ready]").nth(1).wait_for(timeout=240_000)
    page.get_by_text("| Idle").wait_for(timeout=240_000)
    yield page
    page.context.close()


def bench(page, number=0):
    return page.locator(".listen").nth(number)


def state(page, number=0):
    data = bench(page, number).locator("[data-ready]")
    return {name: data.get_attribute(f"data-{name}") for name in ("playing", "chosen", "time")}


def play(page, number=0):
    bench(page, number).get_by_role("button", name="Play").click()


def stop(page, number=0):
    bench(page, number).get_by_role("button", name="Stop").click()


def moves(page, number=0):
    """Tell whether the sound moves on."""
    first = float(state(page, number)["time"])
    page.wait_for_function("""([number, time]) => Number(document.querySelectorAll("[data-ready]")[number].dataset.time)
        > time + 0.2""", arg=[number, first])
    return True


def test_it_plays_and_one_at_a_time(page, screenshot):
    play(page)
    assert moves(page)
    screenshot(page, "bench")
    play(page, 1)
    assert moves(page, 1) and state(page)["playing"] == "false"
    stop(page, 1)
    assert state(page, 1)["playing"] == "false"


def test_a_switch_makes_no_gap_and_keeps_the_position(page):
    page.evaluate(TAP)
    page.keyboard.press("Home")
    play(page)
    for key in ("2", "1", "2"):
        page.wait_for_timeout(300)
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    stop(page)
    caught = np.array(page.evaluate("caught"))
    caught = caught[np.flatnonzero(caught)[0]:np.flatnonzero(caught)[-1]]
    g = torch.Generator().manual_seed(1)
    one, other = torch.randn(2, 160_000, generator=g).double().numpy()
    assert len(caught) > 12_000
    heard = [best(caught[k:k + 800], one, other) for k in range(0, len(caught) - 800, 400)]
    starts = {"one": set(), "other": set()}
    for k, (name, start) in enumerate(heard):
        if name:
            starts[name].add(start - 400 * k)
    assert len(starts["one"] | starts["other"]) == 1, "the position jumps"
    assert {name for name, _ in heard} >= {"one", "other"}
    level = np.sqrt(np.convolve(caught ** 2, np.ones(80) / 80, "valid"))  # of 5 ms
    assert quiet_for(level[200:-200] < 0.2 * np.median(level)) < 0.030 * 16_000


def test_what_is_far_too_loud_is_played_softly(page):
    page.evaluate("caught.length = 0")
    play(page)
    page.keyboard.press("3")
    page.wait_for_timeout(500)
    page.get_by_label("same loudness").first.check()
    page.wait_for_timeout(300)
    page.get_by_label("same loudness").first.uncheck()
    stop(page)
    caught = np.array(page.evaluate("caught"))
    assert 0.05 < abs(caught).max() <= 0.91
    assert 20 * np.log10(np.sqrt((caught ** 2).mean())) < -12


def test_keys_move_the_bench_and_not_the_notebook(page):
    version = bench(page).get_by_role("radio", name="other")
    version.click()
    for key in ("1", "ArrowDown", "ArrowDown", "ArrowUp"):  # in JupyterLab 1 makes a heading of the cell
        page.keyboard.press(key)
    assert version.get_attribute("aria-checked") == "true" and state(page)["chosen"] == "1"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    assert float(state(page)["time"]) == pytest.approx(0.95)
    page.keyboard.press(" ")
    assert moves(page)
    page.keyboard.press(" ")
    assert state(page)["playing"] == "false"
    assert page.locator(".jp-CodeCell").count() == 2 and page.locator(".jp-MarkdownCell").count() == 0


def test_a_part_is_repeated(page):
    box = bench(page).locator("canvas").nth(1).bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.33 * box["width"], box["y"] + 30)
    page.mouse.up()
    bench(page).get_by_text("loop 3.00 to 3.30 s").wait_for()
    page.keyboard.press(" ")
    times = []
    for _ in range(20):
        page.wait_for_timeout(100)
        times.append(float(state(page)["time"]))
    page.keyboard.press(" ")
    assert min(times) >= 2.98 and max(times) <= 3.32 and sum(np.diff(times) < 0) >= 2
    page.keyboard.press("Escape")
    bench(page).get_by_text("loop off").wait_for()


@pytest.mark.parametrize("width", [1280, 640, 400])
def test_nothing_is_cut_off_where_the_window_is_narrow_or_the_page_zoomed(chromium, exported, width, screenshot):
    context = chromium.new_context(viewport={"width": width, "height": 900}, device_scale_factor=1280 / width)
    page = context.new_page()
    page.goto(exported)
    page.locator("[data-ready]").nth(1).wait_for()
    screenshot(page, f"exported-{width}")
    assert page.evaluate("""[...document.querySelectorAll(".listen, .listen *")].every((node) =>
        node.getBoundingClientRect().right <= innerWidth + 1 && node.scrollWidth <= Math.max(node.clientWidth, 1) + 1
        || node.matches(".listen-hidden, .listen-view, .listen-view *, style"))""")
    context.close()


@pytest.fixture(scope="module")
def exported(page, lab):
    """The address of the saved notebook as an HTML page, made by nbconvert as it comes."""
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    return lab.export("bench")


def test_an_exported_page_plays_without_a_kernel_and_a_network(chromium, exported):
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(exported, wait_until="domcontentloaded")
    page.locator("[data-ready]").nth(1).wait_for()
    play(page)
    assert moves(page)
    context.close()


def test_a_restart_and_a_reload_leave_it_playing(page, lab, exported):
    lab.restart_kernel()
    page.reload()
    page.locator("[data-ready]").nth(1).wait_for(timeout=240_000)
    play(page)
    assert moves(page)
    stop(page)


def best(piece, one, other):
    """Return which of two sounds a piece is from, and where it starts in it; nothing if it is from neither."""
    for name, x in (("one", one), ("other", other)):
        match = np.correlate(x[:40_000], piece, "valid")
        at = int(match.argmax())
        if match[at] > 0.8 * np.linalg.norm(piece) * np.linalg.norm(x[at:at + len(piece)]):
            return name, at
    return "", 0


def quiet_for(quiet):
    """Return the samples of the longest silence."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    return max((edges[1::2] - edges[::2]), default=0)
