"""A method of the course runs over a folder of recordings of any rate and any number of channels."""

import numpy as np
import pytest
import soundfile
import torch

from autograder import enhance
from autograder.cli import main
from autograder.methods import Method, load_method
from course_utils import corpus, metrics
from course_utils.restoration import low_rate


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


@pytest.fixture
def hold(monkeypatch):
    """A method that holds each sample four times, in place of super-resolution."""
    monkeypatch.setattr(enhance, "load_method",
                        lambda name: Method(name, lambda y: y.repeat_interleave(4, -1), rate=4))


@pytest.mark.parametrize(("name", "rate", "channels", "subtype"), [
    ("speech.flac", 4000, 1, "PCM_16"), ("music.wav", 5000, 2, "PCM_24"), ("stereo.wav", 11_025, 2, "FLOAT"),
    ("sub/song.ogg", 8000, 1, "VORBIS")])
@pytest.mark.parametrize("length", [1, 999, 4321])
def test_super_resolution_works_on_a_files_own_samples(tmp_path, hold, capsys, name, rate, channels, subtype, length):
    source = tmp_path / "in" / name
    source.parent.mkdir(parents=True)
    y = tone(rate, channels, seconds=2.0)[:length]
    soundfile.write(source, y, rate, subtype=subtype)
    assert main(["enhance", "x4", str(tmp_path / "in"), str(tmp_path / "out")]) == 0
    info = soundfile.info(tmp_path / "out" / name)
    assert (info.samplerate, info.channels, info.frames, info.subtype) == (4 * rate, channels, 4 * length, subtype)
    if subtype != "VORBIS":
        s_hat, _ = soundfile.read(tmp_path / "out" / name, always_2d=True)
        np.testing.assert_allclose(s_hat, y.repeat(4, axis=0), atol=1e-4)
    warning = capsys.readouterr().err
    assert (f"it is at {rate} Hz, and the network was trained to make 16000 Hz of 4000 Hz" in warning) == (rate != 4000)


def test_a_rate_that_a_format_does_not_have_is_named(tmp_path, hold, capsys):
    (tmp_path / "in").mkdir()
    soundfile.write(tmp_path / "in" / "a.mp3", tone(44_100), 44_100)
    assert main(["enhance", "x4", str(tmp_path / "in"), str(tmp_path / "out")]) == 1
    assert "cannot hold the result, 176400 Hz" in capsys.readouterr().err
    assert not (tmp_path / "out" / "a.mp3").exists()


@pytest.mark.parametrize("length", [1, 99, 101, 1234])
def test_a_long_recording_has_no_seams_at_its_new_rate(length):
    y = torch.randn(1, 1, length)
    seen = []

    def run(piece):
        seen.append(piece.shape[-1])
        return piece.repeat_interleave(4, -1)

    s_hat = enhance.in_pieces(run, y, longest=100, overlap=20, rate=4)
    torch.testing.assert_close(s_hat, y.repeat_interleave(4, -1))
    assert max(seen) <= 100


def test_a_gap_in_a_recording_at_another_rate_is_seen_as_it_is(tmp_path, monkeypatch, capsys):
    seen = []
    monkeypatch.setattr(enhance, "load_method",
                        lambda name: Method(name, lambda y: seen.append(int((y == 0).sum())) or y, rate=1))
    (tmp_path / "in").mkdir()
    y = 0.5 + 0 * tone(44_100)
    y[5000:5882] = 0
    soundfile.write(tmp_path / "in" / "a.wav", y, 44_100)
    assert main(["enhance", "gap_fill", str(tmp_path / "in"), str(tmp_path / "out")]) == 0
    assert seen == [882]
    assert "it is at 44100 Hz, and the network was trained at 16000 Hz" in capsys.readouterr().err


def restored(method, folder, y, rate):
    """Return what the course's own method makes of a file, (time, channel), and its new rate."""
    (folder / "in").mkdir()
    soundfile.write(folder / "in" / "a.wav", y, rate, subtype="FLOAT")
    assert main(["enhance", method, str(folder / "in"), str(folder / "out")]) == 0
    return soundfile.read(folder / "out" / "a.wav", always_2d=True, dtype="float32")


@pytest.mark.parametrize(("r", "length"), [(2, 1), (4, 1), (4, 3), (4, 4001), (2, 12_345)])
def test_the_courses_super_resolution_makes_any_length_longer_and_silence_of_silence(tmp_path, r, length):
    time = np.arange(length) * r / 16_000
    y = np.stack([0.3 * np.sin(2 * np.pi * 300 * time + 1), np.zeros(length)], 1)
    s_hat, rate = restored(f"super_resolution_x{r}", tmp_path, y, 16_000 // r)
    assert (rate, s_hat.shape) == (16_000, (r * length, 2))
    assert not s_hat[:, 1].any()
    if length > 1000:
        middle = slice(r * length // 4, -r * length // 4)
        s = 0.3 * np.sin(2 * np.pi * 300 * np.arange(r * length) / 16_000 + 1)
        assert np.std((s_hat[:, 0] - s)[middle]) < 0.1 * np.std(s)


def test_the_courses_super_resolution_has_no_seams_in_a_long_recording():
    s = corpus.clip("speech", "test", 3, seconds=6.0)
    y = low_rate(s, 4, aliased=False)
    run = load_method("super_resolution_x4").run()
    with torch.no_grad():
        whole, pieces = run(y), enhance.in_pieces(run, y, longest=8000, overlap=2000, rate=4)
    assert float(metrics.snr(pieces, whole)) > 25
    step = (whole - pieces).diff(dim=-1).abs()
    assert float(step.max()) < float(whole.diff(dim=-1).abs().max()) / 4


def test_the_courses_gap_filling_fills_gaps_and_nothing_else(tmp_path):
    s = corpus.clip("speech", "test", 1, seconds=2.0)[0, 0].numpy()
    y = s.copy()
    y[15_000:15_320] = 0
    s_hat, rate = restored("gap_fill", tmp_path, np.stack([y, s], 1), 16_000)
    assert rate == 16_000
    np.testing.assert_array_equal(s_hat[:, 1], s)
    kept = np.delete(np.arange(len(s)), np.arange(15_000, 15_320))
    np.testing.assert_array_equal(s_hat[kept, 0], s[kept])
    assert np.abs(s_hat[15_000:15_320, 0]).max() > 0
