"""What is saved can be loaded, and what cannot be loaded says why and changes nothing."""

import pickle

import pytest
import torch
from torch import nn

from course_utils import weights


def net(width=3):
    """Return a small network with a buffer that counts."""
    return nn.Sequential(nn.Linear(2, width), nn.BatchNorm1d(width))


def same(a, b):
    """Tell whether two networks have the same numbers."""
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


def test_round_trip(tmp_path):
    first, second = net(), net()
    first(torch.randn(8, 2))  # the buffers move
    path = tmp_path / "new folder" / "net.safetensors"
    weights.save(first, path)
    weights.load(second, path)
    assert same(first, second)
    assert [file.name for file in path.parent.iterdir()] == ["net.safetensors"]


def test_weights_that_share_memory_can_be_saved(tmp_path):
    model = nn.ModuleDict({"a": nn.Linear(2, 2, bias=False), "b": nn.Linear(2, 2, bias=False)})
    model["b"].weight = model["a"].weight
    weights.save(model, tmp_path / "tied.safetensors")
    weights.load(model, tmp_path / "tied.safetensors")


def broken(kind, path):
    """Write a file that cannot be loaded."""
    if kind == "another architecture":
        weights.save(net(4), path)
    elif kind == "missing layer":
        weights.save(net()[0], path)
    elif kind == "nan":
        model = net()
        model[0].bias.data[1] = torch.nan
        weights.save(model, path)
    elif kind == "pickle":
        torch.save(net().state_dict(), path)
    elif kind == "plain pickle":
        path.write_bytes(pickle.dumps(net().state_dict()))
    elif kind == "truncated":
        weights.save(net(), path)
        path.write_bytes(path.read_bytes()[:-5])
    elif kind == "empty":
        path.write_bytes(b"")


@pytest.mark.parametrize(("kind", "says"), [
    ("another architecture", r"another architecture: 0\.bias has the shape \(4,\), not \(3,\)"),
    ("missing layer", r"another architecture"), ("nan", r"0\.bias holds numbers that are NaN or infinite"),
    ("pickle", r"A pickle \(\.pt, \.pth\) is not read"), ("plain pickle", "damaged, or no safetensors file"),
    ("truncated", "damaged"), ("empty", "damaged"), ("none", "no such file. Train the model first")])
def test_what_cannot_be_loaded_says_why(tmp_path, kind, says):
    path, model = tmp_path / "net.safetensors", net()
    broken(kind, path)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with pytest.raises(ValueError, match=says) as raised:
        weights.load(model, path)
    assert str(path) in str(raised.value)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
