"""Methods with a network: trained by one command, run from its checkpoint, and clear about what is missing."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from autograder import methods
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
             "plain": Method("plain", lambda y: 2 * y)}
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
    assert main(["results"]) == 2
    assert not (course / "results" / "plain.flac").exists()
    assert main(["train", "halve", "--seconds", "1"]) == 0
    assert main(["results"]) == 0
    made, _ = soundfile.read(course / "results" / "halve.flac")
    assert float(metrics.si_sdr(torch.from_numpy(made).reshape(6, 1, -1).float(), noisy).min()) > 40


def test_every_method_of_the_course_can_be_named_in_a_table():
    assert set(methods.methods()) <= set(results.METHODS)


@pytest.mark.parametrize("name", methods.methods())
def test_a_method_keeps_shape_and_level_and_is_ready_for_any_length(name):
    method = load_method(name)
    run = method.enhance if method.network is None else method.bind(method.network())
    for shape in ((1, 1, 1), (2, 1, 1000), (1, 1, 40_001)):
        y = 0.1 * torch.randn(shape, generator=torch.Generator().manual_seed(1))
        with torch.no_grad():
            s_hat, louder = run(y), run(4 * y)
        assert s_hat.shape == shape and bool(s_hat.isfinite().all())
        torch.testing.assert_close(louder, 4 * s_hat, atol=1e-3, rtol=1e-2)


@pytest.mark.parametrize("name", [name for name, lesson in methods.methods().items()
                                  if "train" in Lesson(lesson).notebook.metadata.course.methods[name]])
def test_one_seed_trains_one_network(name, tmp_path):
    trained = [load_method(name).train(tmp_path / f"{k}.safetensors", steps=2)[0].state_dict() for k in range(2)]
    for key, value in trained[0].items():
        assert torch.equal(value, trained[1][key])
    fresh = load_method(name).network()
    assert any(not torch.equal(value, trained[0][key]) for key, value in fresh.state_dict().items())
