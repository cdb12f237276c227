"""While a submission is graded nothing is trained in earnest: its checkpoint is loaded, or a few steps are taken."""

import json

import nbformat
import torch
from small_course import HOW, NAME, hand_in, set_source, write_course

from autograder.cli import main
from course_utils import weights

DOUBLE = """
import torch
from course_utils.training import fit

model = torch.nn.Linear(1, 1, bias=False)
torch.nn.init.zeros_(model.weight)
def draw(generator):
    x = torch.randn(8, 1, generator=generator)
    return x, 2 * x
history = fit(model, lambda model, x, y: (model(x) - y).square().mean(), draw, val=[draw(torch.Generator())],
              steps=1_000_000, learning_rate=1e-9, path="double.safetensors")
def double(x):
    if len(history.step) > 1:
        raise RuntimeError("it was trained")
    return float(model.weight) * x
"""


def test_a_students_checkpoint_is_what_is_graded(tmp_path, monkeypatch):
    folder = write_course(tmp_path / "course")
    root = folder / "root"
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.chdir(folder)
    assert main(["release"]) == 0
    notebook = set_source(nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4), double=DOUBLE)
    trained = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(trained.weight, 2.0)
    weights.save(trained, hand_in(root / "submitted", "trained", notebook) / "double.safetensors")
    weights.save(torch.nn.Linear(3, 3), hand_in(root / "submitted", "other", notebook) / "double.safetensors")
    hand_in(root / "submitted", "none", notebook)
    assert main(["grade", NAME, *HOW]) == 0
    points = {path.stem: json.loads(path.read_text())["cells"][0]["score"]
              for path in (root / "records" / NAME).glob("*.json")}
    assert points == {"trained": 4, "other": 0, "none": 0}
