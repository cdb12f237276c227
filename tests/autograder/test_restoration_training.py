"""The networks that lesson 10 ships: small files with a log, better than their input, and how they are trained."""

import csv

import pytest
import torch

from autograder.lesson import NOTEBOOKS
from autograder.methods import load_method
from autograder.restoration import train
from course_utils import corpus, metrics, weights
from course_utils.restoration import RATES, Degraded, Pieces

SHIPPED = NOTEBOOKS / "10_super_resolution" / "weights"


@pytest.mark.parametrize("task", RATES)
def test_shipped_weights_are_small_and_have_a_log(task):
    assert (SHIPPED / f"{task}.safetensors").stat().st_size <= 5_000_000
    with (SHIPPED / f"{task}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert int(rows[-1]["step"]) >= 100
    assert min(float(row["validation loss"]) for row in rows[1:]) < float(rows[0]["validation loss"])


@pytest.mark.parametrize("task", RATES)
@pytest.mark.parametrize("kind", ["speech", "piano"])
def test_shipped_networks_improve_both_measures(task, kind):
    folders = [corpus.EMBEDDED]
    s = Pieces("test", kinds=[kind], batch=6, length=48_000, folders=folders)(torch.Generator().manual_seed(1))
    y = Degraded(task, "test", folders=folders)(s, torch.Generator().manual_seed(2))
    r, run = RATES[task], load_method(task).run()
    before = y if r == 1 else _spline(y, r)
    after = run(y)
    assert after.shape == s.shape
    assert float(metrics.snr(after, s).mean()) > float(metrics.snr(before, s).mean())
    assert float(metrics.lsd(after, s).mean()) < float(metrics.lsd(before, s).mean())


def _spline(y, r):
    """Return the cubic spline through y, (..., T): (..., r T)."""
    from scipy.interpolate import CubicSpline

    last = y.shape[-1] - 1
    t = (torch.arange(r * (last + 1), dtype=torch.float64) / r).clamp_max(last)
    return torch.from_numpy(CubicSpline(torch.arange(last + 1), y.numpy(), axis=-1)(t)).float()


def test_a_short_training_leaves_weights_and_a_log(tmp_path, monkeypatch, capsys):
    to = tmp_path / "weights" / "denoise.safetensors"
    monkeypatch.setattr("sys.argv", ["train", "denoise", "--steps", "2", "--to", str(to)])
    train.main()
    assert "2 steps" in capsys.readouterr().out
    assert sorted(path.name for path in to.parent.iterdir()) == ["denoise.csv", "denoise.safetensors"]
    values, _ = weights.read(to)
    assert {value.dtype for value in values.values()} == {torch.float16}
    assert load_method("denoise").run(to)(torch.ones(1, 1, 700)).shape == (1, 1, 700)


def test_a_training_is_finished_from_its_weights_and_its_log_goes_on(tmp_path, monkeypatch, capsys):
    to = tmp_path / "dereverberate.safetensors"
    for more in ([], ["--finish", "--seed", "1"]):
        monkeypatch.setattr("sys.argv", ["train", "dereverberate", "--steps", "2", "--to", str(to), *more])
        train.main()
    with to.with_suffix(".csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["step"]) for row in rows] == [2, 4]
    assert load_method("dereverberate").run(to)(torch.ones(1, 1, 700)).shape == (1, 1, 700)
