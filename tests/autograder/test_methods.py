"""Methods with a network: trained by one command, run from its checkpoint, and clear about what is missing."""

from functools import partial
from pathlib import Path

import nbformat
import numpy as np
import pytest
import small_course
import soundfile
import torch
from nbformat.v4 import new_notebook
from safetensors.torch import save_file

from autograder import enhance, methods
from autograder.cli import main
from autograder.lesson import Lesson
from autograder.methods import Method, load_method
from course_utils import metrics, results
from course_utils.training import fit


class Gain(torch.nn.Module):
    """A network with one weight, which learns to halve."""

    def __init__(self):
        super().__init__()
        self.gain = torch.nn.Parameter(torch.rand(()) + 1)

    def forward(self, y):
        return self.gain * y


def train(model, *, path, steps=300, seconds=60.0):
    def draw(generator):
        y = torch.randn(4, 1, 100, generator=generator)
        return y, 0.5 * y

    def loss(model, y, s):
        return (model(y) - s).square().mean()

    return fit(model, loss, draw, val=[draw(torch.Generator().manual_seed(9))], steps=steps, seconds=seconds, path=path,
               learning_rate=0.05)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder to work in, with a method `halve` that has a network and one that has none."""
    known = {"halve": Method("halve", lambda y, model: model(y), Gain, train),
             "plain": Method("plain", lambda y: 2 * y),
             "hold": Method("hold", lambda y: y.repeat_interleave(4, -1), rate=4)}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(methods, "load_method", known.__getitem__)
    monkeypatch.setattr("autograder.enhance.load_method", known.__getitem__)
    monkeypatch.setattr(methods, "methods", lambda: dict.fromkeys(known, "lesson"))
    (tmp_path / "in").mkdir()
    soundfile.write(tmp_path / "in" / "a.wav", 0.5 * np.sin(np.arange(8000)), 16_000)
    return tmp_path


def enhanced(folder, *more):
    assert main(["enhance", "halve", "in", folder, *more]) == 0
    return torch.from_numpy(soundfile.read(f"{folder}/a.wav")[0])


def test_train_then_enhance(course, capsys):
    assert main(["train", "halve", "--seconds", "2"]) == 0
    out = capsys.readouterr().out
    assert "a second)" in out and out.endswith("build/checkpoints/halve.safetensors\n")
    y = torch.from_numpy(soundfile.read("in/a.wav")[0])
    torch.testing.assert_close(enhanced("out"), 0.5 * y, atol=1e-2, rtol=0)


def test_a_checkpoint_of_ones_own(course):
    assert main(["train", "halve", "--seconds", "1", "--to", "mine.safetensors"]) == 0
    assert not Path("build").exists()
    assert enhanced("out", "--checkpoint", "mine.safetensors").abs().max() > 0


def test_without_a_checkpoint_the_command_that_makes_it_is_named(course, capsys):
    assert main(["enhance", "halve", "in", "out"]) == 2
    assert "python -m autograder train halve" in capsys.readouterr().err
    assert not Path("out").exists()


@pytest.mark.parametrize("content", [b"", b"\x80\x04K\x01.", b"garbage" * 100])
def test_a_checkpoint_that_is_none_is_named(course, capsys, content):
    Path("bad.safetensors").write_bytes(content)
    assert main(["enhance", "halve", "in", "out", "--checkpoint", "bad.safetensors"]) == 2
    assert "bad.safetensors" in capsys.readouterr().err
    assert not Path("out").exists()


def test_there_is_nothing_to_train_in_a_method_without_network(course, capsys):
    assert main(["train", "plain"]) == 2
    assert "plain has no network" in capsys.readouterr().err


def test_results_are_written_when_all_networks_are_there(course, monkeypatch, capsys):
    noisy, clean = results.clips()
    (course / "results").mkdir()
    for name, x in (("noisy", noisy), ("clean", clean)):
        soundfile.write(course / "results" / f"{name}.flac", x.reshape(-1).numpy(), 16_000)
    monkeypatch.setattr(results, "FOLDER", course / "results")
    monkeypatch.setattr(results, "METHODS", {"plain": "plain", "halve": "halve", "not taught yet": "new"})
    assert main(["results"]) == 2
    assert not (course / "results" / "plain.flac").exists()
    assert main(["train", "halve", "--seconds", "1"]) == 0
    assert main(["results"]) == 0
    assert not (course / "results" / "hold.flac").exists()  # it does not take noise away
    made, _ = soundfile.read(course / "results" / "halve.flac")
    assert float(metrics.si_sdr(torch.from_numpy(made).reshape(6, 1, -1).float(), noisy).min()) > 40


def test_every_method_is_in_the_tables_or_comes_with_its_weights():
    for name, lesson in methods.methods().items():
        about = Lesson(lesson).notebook.metadata.course.methods[name]
        assert name in results.METHODS or (Lesson(lesson).path.parent / about["weights"]).is_file()


@pytest.mark.parametrize("name", methods.methods())
def test_a_method_keeps_shape_and_level_and_is_ready_for_any_length(name):
    method = load_method(name)
    run = method.run() if method.weights else method.bind(method.network()) if method.network else method.enhance
    for shape in ((1, 1, 1), (2, 1, 1000), (1, 1, 40_001)):
        y = 0.1 * torch.randn(shape, generator=torch.Generator().manual_seed(1))
        with torch.no_grad():
            s_hat, louder = run(y), run(4 * y)
        assert s_hat.shape == (*shape[:2], (method.rate or 1) * shape[2]) and bool(s_hat.isfinite().all())
        torch.testing.assert_close(louder, 4 * s_hat, atol=1e-3, rtol=1e-2)


@pytest.mark.parametrize("name", [name for name in methods.denoisers()
                                  if "train" in Lesson(methods.methods()[name]).notebook.metadata.course.methods[name]])
def test_one_seed_trains_one_network(name, tmp_path):
    trained = [load_method(name).train(tmp_path / f"{k}.safetensors", steps=2)[0].state_dict() for k in range(2)]
    for key, value in trained[0].items():
        assert torch.equal(value, trained[1][key])
    fresh = load_method(name).network()
    assert any(not torch.equal(value, trained[0][key]) for key, value in fresh.state_dict().items())


LESSON = '''import torch
from course_utils.training import fit


class Doubled(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = torch.nn.Parameter(torch.zeros(()))

    def forward(self, y):
        return self.gain * y.repeat_interleave(2, -1)


def up(y, model):
    return model(y)


def train(model, *, path, steps=100, seconds=60.0):
    def draw(generator):
        y = torch.randn(4, 1, 100, generator=generator)
        return y, 3 * y.repeat_interleave(2, -1)

    def loss(model, y, s):
        return (model(y) - s).square().mean()

    return fit(model, loss, draw, val=[draw(torch.Generator().manual_seed(9))], steps=steps, seconds=seconds, path=path,
               learning_rate=0.05)
'''


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder to work in, with a lesson whose method doubles the samples, and ships weights that halve the level."""
    folder = tmp_path / "notebooks"
    method = {"enhance": "up", "network": "Doubled", "train": "train", "weights": "weights/up.safetensors", "rate": 2}
    notebook = new_notebook(metadata={"course": {"methods": {"up": method}}},
                            cells=[small_course.cell("setup", LESSON, locked=True)])
    (folder / "10_up").mkdir(parents=True)
    nbformat.write(notebook, folder / "10_up" / "10_up.ipynb")
    save_file({"gain": torch.tensor(0.5)}, tmp_path / "half.safetensors")
    (folder / "10_up" / "weights").mkdir()
    (tmp_path / "half.safetensors").rename(folder / "10_up" / "weights" / "up.safetensors")
    load = partial(load_method, folder=folder)
    monkeypatch.chdir(tmp_path)
    for user in (methods, enhance):
        monkeypatch.setattr(user, "load_method", load, raising=False)
    (tmp_path / "in").mkdir()
    soundfile.write(tmp_path / "in" / "a.wav", np.full(1000, 0.5), 8000)
    return folder / "10_up" / "weights" / "up.safetensors"


def up(folder, *more):
    """Return what `enhance up` makes of a constant 0.5."""
    assert main(["enhance", "up", "in", folder, *more]) == 0
    x, rate = soundfile.read(f"{folder}/a.wav")
    assert (len(x), rate) == (2000, 16_000)
    return x


def test_the_weights_that_a_lesson_ships_are_used_and_come_before_ones_own(shipped, capsys):
    np.testing.assert_allclose(up("out"), 0.25, atol=1e-4)
    assert main(["train", "up", "--seconds", "1"]) == 0
    assert "add --checkpoint build/checkpoints/up.safetensors" in capsys.readouterr().out
    np.testing.assert_allclose(up("again"), 0.25, atol=1e-4)
    save_file({"gain": torch.tensor(0.8)}, "mine.safetensors")
    np.testing.assert_allclose(up("mine", "--checkpoint", "mine.safetensors"), 0.4, atol=1e-4)


def test_shipped_weights_that_are_missing_are_named_with_the_command_that_makes_them(shipped, capsys):
    shipped.unlink()
    assert main(["enhance", "up", "in", "out"]) == 2
    assert f"python -m autograder train up --to {shipped}" in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_method_that_changes_the_rate_cannot_be_tried_for_the_bonus(shipped, capsys):
    assert main(["bonus", "up"]) == 2
    assert "up returns 2 samples for each" in capsys.readouterr().err
