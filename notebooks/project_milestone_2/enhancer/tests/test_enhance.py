"""Public tests of enhance.py. `Identity` is a model that changes nothing: what goes in has to come out."""

import pytest
import soundfile
import torch
from enhancer import enhance, model, train


@pytest.mark.parametrize("shape", [(8000,), (2, 3, 4001), (1,)])
def test_any_shape(shape):
    y = 0.1 * torch.randn(shape)
    assert torch.allclose(enhance.enhance(y, torch.nn.Identity()), y, atol=1e-4)


def test_any_rate():
    y = 0.1 * torch.sin(torch.arange(44_100) * 0.05)
    assert enhance.enhance(y, torch.nn.Identity(), rate=44_100).shape == y.shape


def test_any_level():
    y, network = 0.1 * torch.randn(1, 1, 8000), model.Enhancer()
    assert torch.allclose(enhance.enhance(10 * y, network), 10 * enhance.enhance(y, network), atol=1e-3)


@pytest.mark.parametrize("size", [700, 4000, 9999])
def test_a_stream_in_chunks_of_any_size(size):
    y = 0.1 * torch.randn(15_000)
    pieces = list(enhance.enhance_stream(y.split(size), torch.nn.Identity(), block=4000, context=1000))
    assert torch.allclose(torch.cat(pieces), y, atol=1e-4)


def test_the_command(tmp_path, monkeypatch):
    train.save(model.Enhancer(), tmp_path / "model.safetensors")
    soundfile.write(tmp_path / "in.wav", 0.1 * torch.randn(5000, 2).numpy(), 22_050)
    words = [str(tmp_path / "in.wav"), str(tmp_path / "out.wav"), "--weights", str(tmp_path / "model.safetensors")]
    monkeypatch.setattr("sys.argv", ["enhance", *words])
    enhance.main()
    samples, rate = soundfile.read(tmp_path / "out.wav")
    assert samples.shape == (5000, 2) and rate == 22_050
