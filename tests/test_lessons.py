"""Every lesson runs from top to bottom with its solutions, with no network, on the embedded and on real recordings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import torch

from autograder.lesson import Lesson, lesson_names
from autograder.methods import load_method
from course_utils import corpus

ROOT = Path(__file__).parent.parent
REAL_AUDIO = ROOT.parent / "shared" / "audio"
OFFLINE = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
try:
    CAN_GO_OFFLINE = subprocess.run([*OFFLINE, "true"], capture_output=True).returncode == 0
except FileNotFoundError:
    CAN_GO_OFFLINE = False


def execute(lesson: Lesson, folder: Path, **environment: str):
    """Run a copy of a lesson in a folder, without network, and return it with its outputs."""
    source = shutil.copytree(lesson.path.parent, folder / lesson.name) / lesson.path.name
    target = folder / "executed.ipynb"
    done = subprocess.run([*OFFLINE, sys.executable, ROOT / "tests" / "execute.py", source, target], text=True,
                          capture_output=True, env={**os.environ, **environment}, timeout=600)
    assert done.returncode == 0, done.stderr
    return nbformat.read(target, as_version=4)


@pytest.fixture(params=["embedded", "real"])
def corpus_folder(request):
    if request.param == "embedded":
        return ROOT / "data"
    if not REAL_AUDIO.is_dir():
        pytest.skip("there is no folder of real recordings beside this checkout")
    return REAL_AUDIO


@pytest.mark.parametrize(("lesson", "method", "before", "r"), [
    ("03_spectral_subtraction", "spectral_subtraction", "preview_noisy.flac", 1),
    ("09_gap_filling", "gap_fill", "preview_gaps.flac", 1),
    ("10_super_resolution", "super_resolution_x4", "preview_low.flac", 4),
])
def test_preview_is_what_the_lesson_makes(lesson, method, before, r):
    folder = Lesson(lesson).path.parent
    made = load_method(method).run()(corpus.load(folder / before)[..., ::r])
    torch.testing.assert_close(made, corpus.load(folder / "preview.flac"), atol=1e-3, rtol=0)


@pytest.mark.skipif(not CAN_GO_OFFLINE, reason="`unshare --net` is not allowed here, so the network cannot be cut off")
@pytest.mark.parametrize("name", lesson_names())
def test_lesson_runs_offline(name, corpus_folder, tmp_path):
    # All its cells, with a few steps of each training: whole ones, a quarter of an hour, are run by `make bench`.
    notebook = execute(Lesson(name), tmp_path, COURSE_DATA=str(corpus_folder), NBGRADER_EXECUTION="autograde")
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [f"{output.ename}: {output.evalue}" for output in outputs if output.output_type == "error"] == []
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    # A lesson about sound that shows and plays nothing has not run, whatever its exit code says.
    pictures = sum("image/png" in output.get("data", {}) for output in outputs)
    players = sum("<audio" in output.get("data", {}).get("text/html", "") for output in outputs)
    assert pictures >= 4 and players >= 2
