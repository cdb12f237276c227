"""Sound out of a file, in whatever format a phone, a browser or a program has written it.

[PyAV](https://pyav.basswood-io.com) decodes it, with the FFmpeg that it brings. What is in the file decides, not its
name. It is read piece by piece and only as far as wanted, so that a recording of hours, or a small file that unpacks to
hours, costs no more than a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import av
import torch
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from course_utils.signal import HIGHEST_RATE, LOWEST_RATE, SAMPLE_RATE

FORMATS = "aac,aiff,amr,caf,flac,matroska,mov,mp3,ogg,wav,w64"
"""FFmpeg's names of what is read: m4a, mp4 and 3gp are `mov`, webm is `matroska`, opus is in `ogg`.

A playlist is not among them: it would name other files, or addresses in the network, to be read.
"""
FULL_SCALE = 0.99
"""A sample of this size or more is taken as clipped."""
MOST_CHANNELS = 8
"""Of more, only the mean is looked at: all of them might fill the memory."""
CANCELLED = 0.01
"""Of the power of the loudest channel: with less, the channels' mean has lost the sound."""
PROTECTED = {"drms", "enca", "aavd"}
"""What bought music and audio books have in the place of a codec's name."""
OTHERWISE = "Open it with the program that made it, and export it as WAV, MP3 or M4A"


@dataclass(frozen=True)
class Sound:
    """What a file holds.

    Attributes
    ----------
    x : torch.Tensor [shape=(1, 1, time)]
        Mean of all channels, or the loudest where they cancel each other, at 16 kHz. A lossy format may pass 1.
    clipped : float
        Share of the samples that are at full scale in any channel, as they were recorded.
    longer : bool
        Whether there was more.
    damaged : bool
        Whether something in it could not be decoded, and is left out.
    """

    x: torch.Tensor
    clipped: float
    longer: bool
    damaged: bool


def decode(file: BinaryIO, *, seconds: float) -> Sound:
    """Decode the sound of a file from its beginning, as mono at 16 kHz.

    Parameters
    ----------
    file : binary file
        Open for reading; audio in one of `FORMATS`, or a video.
    seconds : float
        How much is decoded at most.

    Raises
    ------
    ValueError
        If there is no sound in it that can be decoded. The message says why, and what to do.
    """
    try:
        with av.open(file, "r", options={"format_whitelist": FORMATS}, metadata_errors="replace") as container:
            return _read(container, seconds)
    except av.FFmpegError:
        raise ValueError("it is no audio file, of a kind that is not known here, or its beginning or end is missing. "
                         f"{OTHERWISE}") from None


def _read(container: InputContainer, seconds: float) -> Sound:
    """Decode the first audio of a file that is open."""
    if not container.streams.audio:
        raise ValueError("there is a picture in it, but no sound. Was the microphone allowed when it was recorded?"
                         if container.streams.video else f"there is no sound in it. {OTHERWISE}")
    stream = container.streams.audio[0]
    if stream.codec_context is None or stream.codec_context.codec_tag in PROTECTED:
        raise ValueError("it is protected against copying, or of a kind that is not known here. Take a recording of "
                         "your own")
    if stream.rate < LOWEST_RATE:
        raise ValueError(f"it is sampled at {stream.rate} Hz: that is too low for any sound. {OTHERWISE}")
    if stream.rate > HIGHEST_RATE:
        raise ValueError(f"it says that it is sampled at {stream.rate} Hz, as nothing is. {OTHERWISE}")
    lost: list[av.Packet] = []
    to_course = AudioResampler(format="flt", rate=SAMPLE_RATE)
    pieces, length, count, loud = [], 0, 0, 0
    for frame in _frames(container, stream, lost):
        x = _samples(frame)  # (T', C), at the file's rate
        count, loud = count + len(x), loud + int((x.abs() >= FULL_SCALE).any(-1).sum())
        for one in to_course.resample(frame):
            pieces.append(_few(_samples(one)))  # (T', C), at 16 kHz
            length += len(pieces[-1])
        if length > seconds * SAMPLE_RATE:
            break
    if not pieces:
        raise ValueError(f"nothing in it could be decoded. {OTHERWISE}")
    pieces += [_few(_samples(one)) for one in to_course.resample(None) if one]
    x = _mono(torch.cat(pieces))[None, None]  # (1, 1, T)
    most = round(seconds * SAMPLE_RATE)
    return Sound(x[..., :most], loud / count, x.shape[-1] > most, bool(lost))


def _frames(container: InputContainer, stream: AudioStream, lost: list[av.Packet]) -> Iterator[AudioFrame]:
    """Yield the decoded frames as floats; packets that are damaged go to `lost`."""
    to_float = AudioResampler(format="flt")
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                yield from to_float.resample(frame)
        except (av.FFmpegError, ValueError):  # ValueError: the rate or the channels change on the way
            lost.append(packet)


def _few(x: torch.Tensor) -> torch.Tensor:
    return x if x.shape[-1] <= MOST_CHANNELS else x.mean(-1, keepdim=True)


def _mono(x: torch.Tensor) -> torch.Tensor:
    """Return the mean of the channels, (T,), of samples (T, C).

    A balanced microphone at a plug for two channels gives the same twice, once upside down: then it is the loudest one.
    """
    mean, power = x.mean(-1), x.square().mean(0)
    return x[:, power.argmax()] if mean.square().mean() < CANCELLED * power.max() else mean


def _samples(frame: AudioFrame) -> torch.Tensor:
    """Return the samples of a frame of floats, (T', C). Its channels alternate: planes of 8 or more crash PyAV 18."""
    return torch.from_numpy(frame.to_ndarray().reshape(-1, frame.layout.nb_channels))
