"""The loop learns, stops, goes on, repeats itself and never loses the best weights."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from course_utils import live, training, weights
from course_utils.muon import Muon

SLOPE = torch.tensor([[2.0, -1.0]])


def draw(generator):
    """Draw inputs and what a line makes of them."""
    x = torch.randn(16, 2, generator=generator)
    return x, x @ SLOPE.T


def loss(model, x, y):
    """Return the mean square error."""
    return (model(x) - y).square().mean()


VAL = [draw(torch.Generator().manual_seed(99))]


def line(seed=0, dropout=0.0):
    """Return a network that can learn the line."""
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, 8), nn.Dropout(dropout), nn.Linear(8, 1))


def fit(model, **options):
    """Train it for a moment."""
    return training.fit(model, options.pop("loss", loss), options.pop("draw", draw),
                        **{"val": VAL, "steps": 60, "every": 10, "learning_rate": 0.03, **options})


def numbers(model):
    """Return all weights as one tensor."""
    return torch.cat([value.flatten() for value in model.state_dict().values()])


@pytest.mark.parametrize("optimizer", [torch.optim.AdamW, Muon])
def test_it_learns_and_says_how(optimizer, capsys):
    model = line()
    history = fit(model, steps=300, optimizer=optimizer)
    assert loss(model, *VAL[0]) < 0.01 * VAL[0][1].square().mean()
    assert history.step == list(range(10, 301, 10))
    assert history.val[history.step.index(history.best)] == pytest.approx(loss(model, *VAL[0]).item())
    assert history.train[-1] < history.train[0]
    assert not model.training
    assert 0 < history.data_seconds < history.seconds
    assert capsys.readouterr().out.splitlines()[-1].startswith("step 300 (100%), ")


def test_two_calls_with_one_seed_are_one():
    first, second, third = line(dropout=0.2), line(dropout=0.2), line(dropout=0.2)
    chance = torch.random.get_rng_state()
    histories = [fit(first, seconds=100), fit(second, seconds=90)]  # a limit that is not reached changes nothing
    fit(third, seed=1)
    assert torch.equal(torch.random.get_rng_state(), chance)  # the notebook's own chance goes on where it was
    assert torch.equal(numbers(first), numbers(second))
    assert histories[0].val == histories[1].val
    assert not torch.equal(numbers(first), numbers(third))


def test_the_best_weights_are_kept_not_the_last(tmp_path):
    def worse(model, x, y):
        """Lead the model astray in training from the middle on."""
        calls.append(model.training)
        return loss(model, x, y) if len(calls) < 40 or not model.training else -loss(model, x, y).clamp_max(1e6)

    calls: list[bool] = []
    model, path = line(), tmp_path / "line.safetensors"
    history = fit(model, loss=worse, path=path, steps=120)
    assert history.best < 60
    kept = line(seed=5)
    weights.load(kept, path)
    assert torch.equal(numbers(kept), numbers(model))
    assert [file.name for file in tmp_path.iterdir()] == ["line.safetensors"]


def test_the_log_has_the_losses_by_step_and_goes_on_where_it_ended(tmp_path):
    history = training.History(step=[50, 100], train=[0.5, 0.25], val=[0.6, 1 / 3])
    history.write(tmp_path / "log.csv")
    first = ["step,training loss,validation loss", "50,0.5000,0.6000", "100,0.2500,0.3333"]
    assert (tmp_path / "log.csv").read_text().splitlines() == first
    history.write(tmp_path / "log.csv", more=True)
    assert (tmp_path / "log.csv").read_text().splitlines() == [*first, "150,0.5000,0.6000", "200,0.2500,0.3333"]


def test_a_notebook_gets_a_curve_as_soon_as_there_are_two_points(monkeypatch):
    shown = []
    handle = SimpleNamespace(update=lambda html: shown.append(html.data))
    monkeypatch.setattr(live, "get_ipython", lambda: "a notebook's")
    monkeypatch.setattr(live, "display", lambda *_, **__: handle)
    fit(line(), steps=10)
    assert "step 10 (100%)" in shown[-1] and "<img" not in shown[-1]
    fit(line(), steps=20)
    assert "step 20 (100%)" in shown[-1] and "<img" in shown[-1]


def test_it_stops_early_when_nothing_gets_better():
    history = fit(line(), draw=lambda generator: (torch.zeros(4, 2), torch.zeros(4, 1)), patience=3, steps=1000,
                  loss=lambda model, x, y: (model(x) * 0).sum() + 1)
    assert history.step == [10, 20, 30, 40]


def test_it_stops_when_the_time_is_up():
    def slow(generator):
        time.sleep(0.02)
        return draw(generator)

    history = fit(line(), draw=slow, steps=100_000, seconds=0.5, every=1000)
    assert 2 < history.step[-1] < 30


@pytest.mark.parametrize("optimizer", [torch.optim.AdamW, Muon])
def test_a_stopped_training_goes_on_as_if_it_had_not_been(optimizer, tmp_path, capsys):
    whole, halves = line(dropout=0.2), line(dropout=0.2)
    expected = fit(whole, optimizer=optimizer)

    def stop(generator):
        drawn.append(0)
        if len(drawn) == 25:
            signal.raise_signal(signal.SIGINT)
        return draw(generator)

    drawn: list[int] = []
    path = tmp_path / "line.safetensors"
    assert fit(halves, draw=stop, path=path, optimizer=optimizer).step == [10, 20, 25]
    assert path.is_file()
    again = line(seed=3, dropout=0.2)  # the kernel was started anew
    history = fit(again, path=path, optimizer=optimizer)
    assert "goes on from step 25" in capsys.readouterr().out
    assert history.step == [10, 20, 25, 30, 40, 50, 60]
    assert history.val[-1] == expected.val[-1]
    assert [file.name for file in tmp_path.iterdir()] == ["line.safetensors"]


def test_a_killed_training_goes_on(tmp_path):
    script = textwrap.dedent(f"""
        import sys, time
        sys.path.insert(0, {os.path.dirname(__file__)!r})
        from test_training import *
        def slow(generator):
            time.sleep(0.01)
            return draw(generator)
        fit(line(), draw=slow, path="line.safetensors", steps=2000)
        """)
    process = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    while not process.stdout.readline().startswith("step 30 "):
        assert process.poll() is None
    process.kill()
    process.wait()
    history = fit(line(seed=4), path=tmp_path / "line.safetensors", steps=2000)
    assert history.step[:3] == [10, 20, 30]
    assert history.step[-1] == 2000


def test_what_another_training_left_is_not_gone_on_from(tmp_path, capsys):
    path = tmp_path / "line.safetensors"
    part = tmp_path / "line.part.safetensors"
    for content in (b"", b"garbage"):
        part.write_bytes(content)
        assert fit(line(), path=path).step[0] == 10
    weights.save(nn.Linear(7, 7), part)
    assert fit(line(), path=path).step[0] == 10
    assert capsys.readouterr().out.count("is of another training: this one starts anew") == 3


@pytest.mark.parametrize("when", ["training", "validation"])
def test_a_loss_that_is_no_number_says_what_to_do_and_keeps_the_best(tmp_path, when):
    def breaks(model, x, y):
        calls.append(0)
        broken = len(calls) > 25 and model.training == (when == "training")
        return loss(model, x, y) * (torch.nan if broken else 1)

    calls: list[int] = []
    model, path = line(), tmp_path / "line.safetensors"
    with pytest.raises(ValueError, match=rf"the {when} loss is nan at step \d+; the weights of step \d+ are kept.*"
                                         "lower the learning rate"):
        fit(model, loss=breaks, path=path)
    kept = line(seed=5)
    weights.load(kept, path)
    assert torch.equal(numbers(kept), numbers(model))


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="val is empty"):
        fit(line(), val=[])
    with pytest.raises(ValueError, match="seconds=0"):
        fit(line(), seconds=0)
    with pytest.raises(ValueError, match=r"one number, got Tensor of shape \(16, 1\): take the mean"):
        fit(line(), loss=lambda model, x, y: (model(x) - y).square())


def test_while_grading_a_checkpoint_is_loaded_or_few_steps_are_taken(tmp_path, monkeypatch, capsys):
    path, trained, model = tmp_path / "line.safetensors", line(), line(seed=2)
    fit(trained, path=path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert fit(model, path=path).step == []
    assert torch.equal(numbers(model), numbers(trained))
    content = path.read_bytes()
    other = nn.Linear(2, 1)
    assert fit(other, path=path, steps=1000).step == [training.FEW]
    assert "another architecture" in capsys.readouterr().out
    assert path.read_bytes() == content
    assert fit(model, steps=1000).step == [training.FEW]
