"""A recording of one's own, in whatever a phone writes, is looked at, put in the course's form, and kept only here."""

import io
import os
import re
import resource
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path

import av
import ipywidgets
import numpy as np
import pytest
import torch

from course_utils import corpus, recordings
from course_utils.signal import stft

RATE = 44_100


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A lesson's folder, in which its notebook runs."""
    folder = tmp_path / "02_noise_and_metrics"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return folder


def tone(seconds, *, hz=440.0, amplitude=0.1, rate=RATE):
    """Make a stereo tone, (2, T)."""
    x = amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return np.stack([x, x]).astype(np.float32)


def encode(x, form="ipod", codec="aac", *, rate=RATE, picture=False):
    """Encode a sound, (C, T), as a phone or a program would."""
    buffer = io.BytesIO()
    layout = {1: "mono", 2: "stereo"}[len(x)]
    with av.open(buffer, "w", format=form) as container:
        video = container.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p") if picture else None
        stream = container.add_stream(codec, rate=rate, layout=layout) if x.size else None
        if video:
            for _ in range(10):
                container.mux(video.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8))))
            container.mux(video.encode(None))
        if stream:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(x, np.float32), format="fltp", layout=layout)
            frame.sample_rate = rate
            container.mux([*stream.encode(frame), *stream.encode(None)])
    return buffer.getvalue()


def wav(x, *, rate=RATE):
    """Encode as WAV, which loses nothing."""
    return encode(x, "wav", "pcm_s16le", rate=rate)


def keep(content, kind="noise", name="x.m4a"):
    return recordings.keep(kind, io.BytesIO(content), name=name)


def left():
    """List all files that there are in the lessons' folders."""
    return sorted(str(path.relative_to(Path.cwd())) for path in Path.cwd().rglob("*") if path.is_file())


@pytest.mark.parametrize("form, codec, rate", [
    ("ipod", "aac", 44_100), ("adts", "aac", 48_000), ("mov", "alac", 44_100), ("mp3", "libmp3lame", 44_100),
    ("ogg", "libopus", 48_000), ("webm", "libopus", 48_000), ("wav", "pcm_s16le", 8000), ("wav", "pcm_f32le", 96_000),
    ("flac", "flac", 16_000), ("aiff", "pcm_s16be", 44_101)])
def test_what_phones_and_programs_write_is_kept_as_mono_at_16_khz(form, codec, rate, lesson):
    # All have the suffix of m4a: what is in a file counts, not its name.
    path, said = keep(encode(tone(2.0, rate=rate), form, codec, rate=rate))
    assert path == Path("my_audio/noise/x.flac")
    x = corpus.load(path)  # refuses what is not mono at 16 kHz
    assert x.shape[-1] == pytest.approx(32_000, abs=1500)
    power = stft(x).abs().square().mean((0, 1, 3))  # (F,)
    assert int(power.argmax()) == round(440 / 31.25)
    assert float(power[12:17].sum() / power.sum()) > 0.99  # nothing but the tone: no hum, no mirror
    assert said[0] == f"Kept: {x.shape[-1] / 16000:.1f} s in my_audio/noise/x.flac."


def test_what_is_too_high_for_16_khz_is_gone_and_not_mirrored():
    high, low = tone(2.0, hz=13_000, amplitude=0.3), tone(2.0, amplitude=0.03)
    x = corpus.load(keep(wav(high + low))[0])
    power = stft(x).abs().square().mean((0, 1, 3))  # (F,)
    assert float(power[20:].max() / power.max()) < 1e-4  # 13 kHz would come back at 3 kHz


def test_two_channels_become_their_mean():
    left_only = tone(2.0) * np.array([[1.0], [0.0]], np.float32)
    _, said = keep(wav(left_only))
    _, whole = keep(wav(tone(2.0)))
    # Half the amplitude is 6 dB less, and a sine of 0.1 has -23 dBFS.
    assert "It was at -29.0 dBFS" in " ".join(said) and "It was at -23.0 dBFS" in " ".join(whole)


def test_more_than_seven_channels_do_not_hurt():
    content = bytearray(wav(tone(16.0)))
    content[22:24], content[32:34] = struct.pack("<H", 9), struct.pack("<H", 18)
    assert keep(bytes(content))[1][0].startswith("Kept: 3.")


@pytest.mark.parametrize("kind, level", [("noise", -30.0), ("voice", -26.0)])
def test_the_level_is_the_courses_and_the_gain_is_said(kind, level):
    path, said = keep(wav(tone(2.0)), kind)
    x = corpus.load(path)
    assert float(10 * x.square().mean().log10()) == pytest.approx(level, abs=0.1)
    (text,) = [line for line in said if "dBFS" in line]
    assert f"at -23.0 dBFS and has been made {-23 - level:.1f} dB quieter: it is at {level} dBFS now" in text


def test_a_voices_level_is_that_of_its_words():
    x = tone(4.0)
    x[:, x.shape[-1] // 2:] *= 1e-3  # two seconds of pause
    path, _ = keep(wav(x), "voice")
    assert float(10 * corpus.load(path)[..., :28_000].square().mean().log10()) == pytest.approx(-26, abs=0.2)


def test_peaks_are_not_cut_off_for_the_sake_of_the_level():
    x = tone(2.0, amplitude=0.001)
    x[:, 30_000] = 0.5
    path, said = keep(wav(x))
    assert 0.6 < float(corpus.load(path).abs().max()) < 0.95
    assert any("its peaks would be cut off" in line for line in said)


def mended(x):
    return " ".join(keep(wav(x))[1])


def test_what_is_odd_is_said():
    assert not any(word in mended(tone(2.0)) for word in ("clipped", "DC offset", "quiet,", "damaged", "longer than"))
    clipped = np.clip(tone(2.0, amplitude=2.0), -1, 0.9999)
    (share,) = re.findall(r"([\d.]+)% of its samples are clipped", mended(clipped))
    assert float(share) == pytest.approx(67, abs=0.2)  # 2 sin(t) is beyond 1 for two thirds of the time
    assert "DC offset) of 0.200 has been taken out" in mended(tone(2.0) + 0.2)
    assert float(corpus.load("my_audio/noise/x-4.flac").mean().abs()) < 1e-4
    assert "very quiet" in mended(tone(2.0, amplitude=0.002))


@pytest.mark.parametrize("peak", [32_768.0, 1e30])
def test_floats_of_another_scale_are_brought_to_this_one(peak):
    path, said = keep(encode(tone(2.0, amplitude=peak), "wav", "pcm_f32le"))
    x = corpus.load(path)
    assert float(x.square().mean().log10()) * 10 == pytest.approx(-30, abs=0.1)
    assert any("where full scale is 1" in line for line in said) and not any("clipped" in line for line in said)


def test_channels_that_cancel_each_other_are_not_silence():
    x = tone(2.0)
    path, _ = keep(wav(x * np.array([[1.0], [-1.0]], np.float32)))
    assert corpus.load(path).shape == (1, 1, 32_000)
    both, _ = keep(wav(np.stack([x[0], tone(2.0, hz=1000)[0]])))
    assert stft(corpus.load(both)).abs().mean(-1)[0, 0].topk(2).indices.sort().values.tolist() == [14, 32]


def test_damage_in_the_middle_costs_the_middle():
    content = bytearray(encode(tone(3.0)))
    start = content.index(b"mdat") + 4000
    content[start:start + 3000] = np.random.default_rng(0).bytes(3000)
    path, said = keep(bytes(content))
    assert "Some of it is damaged, and was left out." in said and corpus.load(path).shape[-1] > 24_000


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    got = 0

    def read(self, size=-1):
        content = super().read(size)
        self.got += len(content)
        return content


def test_of_hours_the_first_minute_is_kept_and_no_more_is_decoded():
    hours = Counted(encode(tone(1200, rate=8000), "mp3", "libmp3lame", rate=8000))
    path, said = recordings.keep("noise", hours, name="lecture.mp3")
    assert corpus.load(path).shape == (1, 1, 960_000)
    assert "It is longer than 60 s: the beginning is kept." in said
    assert hours.got < 0.3 * len(hours.getvalue())


def test_a_small_file_that_unpacks_to_hours_is_stopped():
    silence = np.zeros((1, 8000 * 3600), np.float32)
    silence[0, :8000] = tone(1.0, rate=8000)[0]
    bomb = Counted(encode(silence, "flac", "flac", rate=8000))
    path, said = recordings.keep("noise", bomb, name="bomb.flac")
    assert len(bomb.getvalue()) < 1_000_000 and corpus.load(path).shape[-1] == 960_000
    assert "It is longer than 60 s: the beginning is kept." in said
    assert bomb.got < 0.3 * len(bomb.getvalue())


def damaged_header(x, at, form, value):
    content = bytearray(wav(x))
    content[at:at + struct.calcsize(form)] = struct.pack(form, value)
    return bytes(content)


def png():
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND", b""))


@pytest.mark.parametrize("content, message", [
    (lambda: b"", "empty, it has 0 bytes"),
    (lambda: b"This is no sound. " * 100, "no audio file"),
    (png, "no audio file"),
    (lambda: encode(tone(3.0))[:20_000], "its beginning or end is missing"),
    (lambda: encode(np.zeros((2, 0)), "mp4", picture=True), "no sound"),
    (lambda: encode(tone(2.0)).replace(b"mp4a", b"drms"), "protected against copying"),
    (lambda: wav(tone(2.0))[:44], "no audio file"),
    (lambda: damaged_header(tone(2.0), 24, "<I", 1), "sampled at 1 Hz"),
    (lambda: damaged_header(tone(2.0), 24, "<I", 700_000_000), "sampled at 700000000 Hz, as nothing is"),
    (lambda: damaged_header(tone(2.0), 22, "<H", 60_000), "nothing in it could be decoded"),
    (lambda: encode(np.full((1, RATE * 2), np.nan), "wav", "pcm_f32le"), "no numbers"),
    (lambda: wav(tone(0.5)), "has 0.50 s"),
    (lambda: wav(tone(2.0, amplitude=0.0)), "silent"),
    (lambda: wav(tone(2.0, amplitude=0.0) + 0.3), "silent"),
    (lambda: b"\0" * 50_000_001, "may have 50"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_used_is_refused_with_a_reason_and_nothing_is_written(content, message):
    with pytest.raises(ValueError, match=message) as refused:
        keep(content())
    assert str(refused.value).endswith((".", "?"))
    assert left() == []


def test_a_video_with_sound_is_fine():
    assert keep(encode(tone(2.0), "mp4", picture=True))[0].is_file()


def test_a_playlist_reads_no_other_file(tmp_path):
    (tmp_path / "secret.wav").write_bytes(wav(tone(2.0)))
    for text in (f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{tmp_path}/secret.wav\n#EXT-X-ENDLIST\n",
                 f"ffconcat version 1.0\nfile {tmp_path}/secret.wav\n"):
        with pytest.raises(ValueError, match="no audio file"):
            keep(text.encode(), name="song.m4a")


@pytest.mark.parametrize("name, kept", [
    ("my street.m4a", "my_street"), ("../../etc/passwd.wav", "passwd"), ("C:\\voices\\me.mp3", "me"), ("..", "noise"),
    ("/", "noise"), ("", "noise"), (".hidden.wav", "hidden"), ("a\0b\n.wav", "a_b"), ("\ud800\U0001f600.wav", "noise"),
    ("Küche 2.m4a", "Küche_2"), ("n" * 500 + ".wav", "n" * 40), ("<b>&amp;.wav", "b_amp"), ("-rf.wav", "rf")])
def test_names_are_made_safe(name, kept):
    path, _ = keep(wav(tone(1.5)), name=name)
    assert left() == [f"my_audio/noise/{kept}.flac"] and path.is_file()


def test_nothing_is_overwritten():
    Path("my_audio/noise").mkdir(parents=True)
    Path("my_audio/noise/x-2.flac").symlink_to("/nowhere")
    assert [keep(wav(tone(1.5)))[0].name for _ in range(3)] == ["x.flac", "x-3.flac", "x-4.flac"]
    assert Path("my_audio/noise/x-2.flac").is_symlink()


def test_there_is_an_end_to_it(monkeypatch):
    monkeypatch.setattr(recordings, "MOST", 2)
    keep(wav(tone(1.5))), keep(wav(tone(1.5)))
    with pytest.raises(ValueError, match=r"2 recordings in my_audio/noise already. Delete"):
        keep(wav(tone(1.5)))
    keep(wav(tone(1.5)), "voice")


def test_a_full_disk_is_said_and_leaves_no_half_file():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    content = wav(np.random.default_rng(0).normal(0, 0.1, (2, 2 * RATE)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(ValueError, match=r"cannot be written: File too large. Is the disk full"):
            keep(content)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left() == []


def test_a_file_that_is_here_already_can_be_kept(lesson):
    (lesson / "rain.mp3").write_bytes(encode(tone(2.0), "mp3", "libmp3lame"))
    assert recordings.keep("noise", "rain.mp3")[0] == Path("my_audio/noise/rain.flac")
    with pytest.raises(ValueError, match=r"rian.mp3 cannot be read: No such file"):
        recordings.keep("noise", "rian.mp3")


def test_ones_own_are_found_the_newest_first_here_and_in_other_lessons(lesson, monkeypatch):
    assert recordings.mine("noise") == {}
    for number, name in enumerate(("tram.wav", "fan.wav")):
        path, _ = keep(wav(tone(1.5, amplitude=0.01)), name=name)
        os.utime(path, (number, number))
    keep(wav(tone(2.0)), "voice")
    assert list(recordings.mine("noise")) == ["fan", "tram"]
    assert {x.shape for x in recordings.mine("noise", seconds=4.0).values()} == {(1, 1, 64_000)}
    x = recordings.mine("noise")["fan"]
    assert torch.equal(recordings.mine("noise", seconds=4.0)["fan"][..., x.shape[-1]:2 * x.shape[-1]], x)
    other = lesson.parent / "08_unet_masking"
    other.mkdir()
    monkeypatch.chdir(other)
    assert list(recordings.mine("noise")) == ["fan", "tram"]
    path, _ = keep(wav(tone(3.0)), name="fan.wav")
    assert recordings.mine("noise")["fan"].shape[-1] == 48_000  # of two with one name, the one in this lesson


def test_there_are_two_kinds():
    for call in (lambda: recordings.mine("music"), lambda: recordings.upload("music"), lambda: keep(b"", "../x")):
        with pytest.raises(ValueError, match=r"there is no kind .*voice, noise"):
            call()


@pytest.fixture
def widgets(monkeypatch):
    """What a lesson shows."""
    shown = []
    monkeypatch.setattr(recordings, "display", shown.append)
    return shown


def choose(box, *files):
    """Do what a browser does when files were chosen."""
    box.children[0].set_trait("value", tuple(
        {"name": name, "type": "", "size": len(content), "content": memoryview(content),
         "last_modified": datetime.now(UTC)} for name, content in files))
    return box.children[2].value


def test_the_button_keeps_a_file_and_says_so(widgets):
    recordings.upload("voice")
    (box,) = widgets
    button, about, *_ = box.children
    assert ".m4a" in button.accept and "my_audio/voice/" in about.value and "not handed in" in about.value
    text = choose(box, ("me & you.m4a", encode(tone(2.0))))
    assert left() == ["my_audio/voice/me_you.flac"]
    assert "Kept: 2.0 s in my_audio/voice/me_you.flac." in text and "has been made" in text
    assert button.value == ()  # so that the same file can be chosen once more
    choose(box, ("me & you.m4a", encode(tone(2.0))))
    assert left() == ["my_audio/voice/me_you-2.flac", "my_audio/voice/me_you.flac"]


def test_the_button_says_what_is_wrong(widgets):
    recordings.upload("noise")
    text = choose(widgets[0], ("<img src=x>.wav", b""))
    assert "was not kept.</b> The file is empty" in text and "<img" not in text
    assert left() == []


def test_while_a_notebook_is_graded_nothing_is_shown(widgets, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    recordings.upload("noise")
    assert widgets == []


def test_a_place_that_is_not_saved_is_an_output_widget(widgets):
    assert isinstance(recordings.unsaved(), ipywidgets.Output) and len(widgets) == 1
