"""The same in Notebook 7: a bench plays, knobs are followed, a rating is stored."""

CELLS = ["""
import torch
from course_utils import listen

s = 0.05 * torch.randn(32_000, generator=torch.Generator().manual_seed(1))
listen.compare({"one": s, "other": 0.5 * s}, caption="Two seconds of noise.")
""", """
listen.mix(lambda db: {f"at {db} dB": 10 ** (db / 20) * s}, db=(-40, 0))
""", """
listen.acr({"noise": {"loud": s, "soft": 0.5 * s}}, name="seven", listener="ann");
"""]


def test_benches_and_tests_work(lab, chromium, screenshot):
    lab.write("seven", *CELLS)
    page = lab.window(chromium, "notebooks/seven.ipynb")
    page.locator(".jp-Notebook .jp-Cell").nth(2).wait_for(timeout=240_000)
    lab.run_all(page)
    page.locator(".listen-test").wait_for(timeout=240_000)

    bench = page.locator(".listen").filter(has_text="Two seconds of noise.")
    bench.get_by_role("button", name="Play").click()
    page.wait_for_function("[...document.querySelectorAll('[data-ready]')].some(x => x.dataset.time > 0.3)")
    bench.get_by_role("button", name="Stop").click()

    live = page.locator(".jupyter-widgets .listen")
    before = live.get_by_role("radio").inner_text()
    page.locator(".noUi-target").click(position={"x": 10, "y": 3})
    live.get_by_role("radio").filter(has_not_text=before).wait_for()

    test = page.locator(".listen-test")
    test.get_by_role("button", name="Play").click()
    test.get_by_role("button", name="4 good").click()
    page.locator(".listen-test[data-page='2']").wait_for()
    screenshot(page, "notebook7")
    assert "4.0" in (lab.folder / "ratings" / "seven.csv").read_text()
    page.context.close()
