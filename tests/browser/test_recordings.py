"""A student's own recording in a real browser: chosen, looked at, heard, kept beside the notebook and not in it."""

import io

import av
import numpy as np
import pytest

CELLS = """
from course_utils import listen, recordings
recordings.upload("noise")
""", """
own = recordings.mine("noise")
if own:
    with recordings.unsaved():
        listen.mix(lambda noise: {noise: own[noise]}, caption="A noise of your own.", noise=list(own))
print("done:", *own)
"""


def m4a(seconds: float) -> bytes:
    """Make a file as a phone does: stereo, 48 kHz, AAC."""
    x = 0.05 * np.random.default_rng(1).standard_normal((2, int(seconds * 48000))).astype(np.float32)  # (2, T)
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=48000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(x, format="fltp", layout="stereo")
        frame.sample_rate = 48000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return buffer.getvalue()


@pytest.fixture(scope="module")
def page(lab, chromium):
    """A notebook that asks for a recording, run before there is one."""
    page = lab.open(chromium, "own", *CELLS)
    lab.run_all(page)
    output(page, "done:").wait_for(timeout=240_000)
    yield page
    page.context.close()


def output(page, text):
    return page.locator(".jp-OutputArea-output").get_by_text(text)


def choose(page, name, content):
    """Click the button, and choose a file."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload your noise").click()
    chooser.value.set_files({"name": name, "mimeType": "audio/mp4", "buffer": content})


def play(page):
    """Play the bench that is shown, and see that its time goes on."""
    bench = page.locator(".listen [data-ready]:visible")
    bench.wait_for()
    page.get_by_role("button", name="Play").locator("visible=true").click()
    page.wait_for_function("[...document.querySelectorAll('[data-ready]')].some(bench => bench.dataset.time > 0.2)")
    page.get_by_role("button", name="Stop").locator("visible=true").click()


def test_what_cannot_be_used_is_said(page):
    choose(page, "letter.m4a", b"Dear all, this is no sound.")
    page.get_by_text("letter.m4a was not kept.").wait_for()
    page.get_by_text("The file cannot be used: it is no audio file").wait_for()


def test_an_upload_is_kept_and_heard(page, lab, screenshot):
    choose(page, "my street.m4a", m4a(4.0))
    page.get_by_text("Kept: 4.0 s in my_audio/noise/my_street.flac.").wait_for()
    page.get_by_text("it is at -30.0 dBFS now").wait_for()
    play(page)
    screenshot(page, "recordings")
    assert [path.name for path in (lab.folder / "my_audio").rglob("*.flac")] == ["my_street.flac"]


def test_the_next_cell_has_it_and_the_saved_notebook_has_not(page, lab):
    lab.run_all(page)
    output(page, "done: my_street").wait_for()
    page.get_by_text("A noise of your own.").last.wait_for()
    play(page)
    page.keyboard.press("Control+s")
    path = lab.folder / "own.ipynb"
    for _ in range(100):
        if "done: my_street" in path.read_text():
            break
        page.wait_for_timeout(200)
    saved = path.read_text()
    assert "done: my_street" in saved and "audio" not in saved.replace("my_audio", "").replace("audio/*", "")
    assert len(saved) < 20_000  # 4 s of sound have more than 100 kB
