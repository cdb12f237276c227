"""A method of the course runs over a folder of recordings of any rate and any number of channels."""

import numpy as np
import pytest
import soundfile
import torch

from autograder import enhance
from autograder.cli import main
from autograder.methods import Method


@pytest.fixture
def halve(monkeypatch):
    """A method that halves the level, in place of a lesson's."""
    seen = []

    def method(y):
        seen.append(tuple(y.shape))
        return 0.5 * y

    monkeypatch.setattr(enhance, "load_method", lambda name: Method(name, method))
    return seen


def tone(rate, channels=1, seconds=0.5):
    """Return tones of 440 Hz, one octave apart, (time, channel)."""
    time = np.arange(int(rate * seconds)) / rate
    return np.stack([0.5 * np.sin(2 * np.pi * 440 * 2**channel * time) for channel in range(channels)], axis=1)


@pytest.mark.parametrize(("name", "rate", "channels", "subtype"), [
    ("speech.flac", 16_000, 1, "PCM_16"), ("music.wav", 44_100, 2, "PCM_24"), ("phone.wav", 8_000, 1, "FLOAT"),
    ("sub/folder/room.flac", 48_000, 4, "PCM_16")])
def test_a_file_keeps_its_form(tmp_path, halve, name, rate, channels, subtype):
    source = tmp_path / "in" / name
    source.parent.mkdir(parents=True)
    y = tone(rate, channels)
    soundfile.write(source, y, rate, subtype=subtype)
    assert main(["enhance", "halve", str(tmp_path / "in"), str(tmp_path / "out")]) == 0
    info = soundfile.info(tmp_path / "out" / name)
    assert (info.samplerate, info.channels, info.frames, info.subtype) == (rate, channels, len(y), subtype)
    s_hat, _ = soundfile.read(tmp_path / "out" / name, always_2d=True)
    middle = slice(len(y) // 4, -len(y) // 4)  # a resampler's filter has not settled at the ends
    np.testing.assert_allclose(s_hat[middle], 0.5 * y[middle], atol=2e-3)
    assert halve == [(1, 1, 8000)] * channels


@pytest.mark.parametrize("length", [1, 99, 100, 101, 150, 199, 200, 1234])
def test_a_long_recording_is_enhanced_in_pieces(length):
    y = torch.randn(1, 1, length)
    seen = []

    def run(piece):
        seen.append(piece.shape[-1])
        return torch.cat([0.5 * piece, torch.ones(1, 1, 3)], dim=-1)  # as a method does that works in frames

    torch.testing.assert_close(enhance.in_pieces(run, y, longest=100, overlap=20), 0.5 * y)
    assert max(seen) <= 100
    assert len(seen) == (1 if length <= 100 else -(-(length - 20) // 80))


def test_a_bad_file_is_named_and_the_others_are_done(tmp_path, halve, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.wav").write_bytes(b"RIFF, or so they say")
    (tmp_path / "in" / "notes.txt").write_text("no audio")
    soundfile.write(tmp_path / "in" / "empty.wav", np.zeros(0), 16_000)
    soundfile.write(tmp_path / "in" / "good.wav", tone(16_000), 16_000)
    assert main(["enhance", "halve", str(tmp_path / "in"), str(tmp_path / "out")]) == 1
    out, error = capsys.readouterr()
    assert "broken.wav is left out" in error
    assert "empty.wav is left out: it has no samples" in error
    assert "notes.txt" not in error
    assert out == f"1 of 3 files in {tmp_path / 'out'}\n"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.wav"]


def test_nothing_is_written_over(tmp_path, halve, capsys):
    soundfile.write(tmp_path / "a.wav", tone(16_000), 16_000)
    before = (tmp_path / "a.wav").read_bytes()
    assert main(["enhance", "halve", str(tmp_path), str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert (tmp_path / "a.wav").read_bytes() == before


def test_a_method_that_gives_nonsense_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(enhance, "load_method", lambda name: Method(name, lambda y: y * torch.nan))
    (tmp_path / "in").mkdir()
    soundfile.write(tmp_path / "in" / "a.wav", tone(16_000), 16_000)
    assert main(["enhance", "x", str(tmp_path / "in"), str(tmp_path / "out")]) == 1
    assert "expected finite" in capsys.readouterr().err


@pytest.mark.parametrize(("folder", "message"), [("nowhere", "is not a folder"), ("", "there is no audio file")])
def test_a_folder_without_audio_is_named(tmp_path, halve, capsys, folder, message):
    assert main(["enhance", "halve", str(tmp_path / folder), str(tmp_path / "out")]) == 2
    assert message in capsys.readouterr().err


def test_an_unknown_method_is_named(tmp_path, capsys):
    assert main(["enhance", "magic", str(tmp_path), str(tmp_path / "out")]) == 2
    assert "there is no method 'magic'; there are: " in capsys.readouterr().err
