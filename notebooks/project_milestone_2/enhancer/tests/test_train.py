"""Public tests of train.py."""

import pytest
import torch
from enhancer import model, train


def draw(generator):
    s = 0.1 * torch.sin(torch.arange(4000) * 0.3).expand(2, 1, -1)
    return s + 0.05 * torch.randn(2, 1, 4000, generator=generator), s


def test_weights_come_back(tmp_path):
    one = model.Enhancer().eval()
    train.save(one, tmp_path / "model.safetensors")
    two = train.load(tmp_path / "model.safetensors")
    y = torch.randn(1, 1, 4000)
    assert torch.allclose(one(y), two(y), atol=1e-5)


def test_what_is_no_checkpoint_is_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="safetensors"):
        train.load(tmp_path / "model.safetensors")


def test_the_loss_falls(tmp_path):
    torch.manual_seed(0)
    val = [draw(torch.Generator().manual_seed(1))]
    enhancer = model.Enhancer()
    with torch.no_grad():
        before = float(model.loss(enhancer.eval()(val[0][0]), val[0][1]))
    losses = train.train(enhancer, draw, val, steps=20, path=tmp_path / "model.safetensors")
    assert min(losses) < before and (tmp_path / "model.safetensors").is_file()
