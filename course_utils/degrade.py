"""What goes wrong between a mouth and an ear: noise, rooms, clipping, narrow bands and lost packets.

Every function takes a waveform `(..., time)` and returns a new one of the same shape; where chance is involved, a
`torch.Generator` decides, so that one seed gives one result. Chain them with `compose`::

    generator = torch.Generator().manual_seed(1)
    phone = compose(partial(band_limit, low_hz=300, high_hz=3400),
                    partial(drop_packets, rate=0.1, generator=generator))
    y = phone(s)
"""

from collections.abc import Callable, Sequence
from functools import reduce

import torch
import torchaudio.functional
from torch.nn import functional

from course_utils.signal import SAMPLE_RATE, check_waveform


def mix(clean: torch.Tensor, noise: torch.Tensor, *, snr_db: float | torch.Tensor) -> torch.Tensor:
    """Add noise to clean speech at a wanted signal-to-noise ratio: `y = s + g n`.

    The speech keeps its level; the noise is scaled.

    Parameters
    ----------
    clean, noise : torch.Tensor [shape=(..., time)]
        Waveforms of one length; leading axes broadcast.
    snr_db : float or torch.Tensor [shape=(...)]
        Ratio of speech power to noise power, in dB, over the whole clip.

    Returns
    -------
    torch.Tensor [shape=(..., time)]
        Noisy waveform. It may exceed [-1, 1]: clipping is a degradation of its own.

    Raises
    ------
    ValueError
        If the lengths differ, or speech or noise is silent, so that no gain gives the ratio.
    """
    check_waveform(clean, "clean")
    check_waveform(noise, "noise")
    if clean.shape[-1] != noise.shape[-1]:
        raise ValueError(f"noise has {noise.shape[-1]} samples, but clean {clean.shape[-1]}: they must be equal")
    power_s, power_n = (x.square().mean(-1, keepdim=True) for x in (clean, noise))  # (..., 1)
    for name, power in (("clean", power_s), ("noise", power_n)):
        if bool((power == 0).any()):
            raise ValueError(f"{name} is silent: there is no gain that gives an SNR of {snr_db} dB")
    wanted = torch.as_tensor(snr_db, dtype=clean.dtype, device=clean.device).unsqueeze(-1)
    return clean + torch.sqrt(power_s / power_n * 10 ** (-wanted / 10)) * noise


def coloured(shape: Sequence[int], *, exponent: float, generator: torch.Generator) -> torch.Tensor:
    """Draw Gaussian noise whose power falls with frequency as `1 / f ** exponent`, at a mean power of 1.

    Parameters
    ----------
    shape : sequence of int
        Shape of the result, (..., time).
    exponent : float
        0 is white, 1 pink (-3 dB an octave), 2 brown (-6 dB an octave).
    generator : torch.Generator
        Source of chance.

    Returns
    -------
    torch.Tensor [shape=shape]
        Noise without a constant part.

    Raises
    ------
    ValueError
        If there are fewer than 2 samples.
    """
    if not shape or shape[-1] < 2:
        raise ValueError(f"noise of shape {tuple(shape)}: the last axis is time and needs 2 samples or more")
    spectrum = torch.fft.rfft(torch.randn(*shape, generator=generator))
    gain = tilt(shape[-1], exponent)
    gain[0] = 0
    x = torch.fft.irfft(spectrum * gain, n=shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()


def tilt(length: int, exponent: float | torch.Tensor) -> torch.Tensor:
    """Return gains that make the power of a spectrum fall with frequency as `1 / f ** exponent`.

    Parameters
    ----------
    length : int
        Samples of the waveform.
    exponent : float or torch.Tensor [shape=(...)]
        See `coloured`.

    Returns
    -------
    torch.Tensor [shape=(..., length // 2 + 1)]
        A gain for each bin of the waveform's `rfft`.
    """
    f = torch.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    # Power 1/f**a is amplitude 1/f**(a/2). Below 20 Hz nobody hears, but brown noise would have most of its power.
    return f.clamp_min(20.0) ** (-torch.as_tensor(exponent)[..., None] / 2)


def white(shape: Sequence[int], *, generator: torch.Generator) -> torch.Tensor:
    """Draw white noise: the same power at every frequency. See `coloured`."""
    return coloured(shape, exponent=0, generator=generator)


def pink(shape: Sequence[int], *, generator: torch.Generator) -> torch.Tensor:
    """Draw pink noise: the same power in every octave, -3 dB an octave. See `coloured`."""
    return coloured(shape, exponent=1, generator=generator)


def brown(shape: Sequence[int], *, generator: torch.Generator) -> torch.Tensor:
    """Draw brown noise: -6 dB an octave, a random walk above 20 Hz. See `coloured`."""
    return coloured(shape, exponent=2, generator=generator)


def babble(voices: Sequence[torch.Tensor], length: int, *, generator: torch.Generator) -> torch.Tensor:
    """Let several people talk at once: every voice loops from a random place, all at one level.

    Parameters
    ----------
    voices : sequence of torch.Tensor [shape=(..., time)]
        Waveforms of different speakers, of any lengths; 6 or more make a crowd, 2 a quarrel.
    length : int
        Samples wanted.
    generator : torch.Generator
        Source of chance.

    Returns
    -------
    torch.Tensor [shape=(..., length)]
        Babble, at the mean power of one voice.

    Raises
    ------
    ValueError
        If there are no voices or one is silent.
    """
    if not voices:
        raise ValueError("babble needs at least one voice")
    total: torch.Tensor | float = 0.0
    for k, voice in enumerate(voices):
        check_waveform(voice, f"voice {k}")
        power = voice.square().mean()
        if power == 0:
            raise ValueError(f"voice {k} is silent")
        start = int(torch.randint(voice.shape[-1], (), generator=generator))
        total = total + voice[..., (start + torch.arange(length)) % voice.shape[-1]] / power.sqrt()
    level = torch.stack([voice.square().mean().sqrt() for voice in voices]).mean()
    return total * level / len(voices) ** 0.5


def clip(x: torch.Tensor, *, threshold_db: float) -> torch.Tensor:
    """Clip a waveform as an overloaded microphone does: cut off what exceeds a threshold.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.
    threshold_db : float
        Threshold in dB relative to the waveform's own peak; -20 leaves a tenth of its height, 0 changes nothing.

    Returns
    -------
    torch.Tensor [shape=(..., time)]
        Clipped waveform.

    Raises
    ------
    ValueError
        If the threshold is above 0 dB.
    """
    check_waveform(x)
    if threshold_db > 0:
        raise ValueError(f"threshold_db is relative to the peak and at most 0, got {threshold_db}")
    limit = x.abs().amax(-1, keepdim=True) * 10 ** (threshold_db / 20)
    return torch.maximum(torch.minimum(x, limit), -limit)


def reverberate(x: torch.Tensor, rir: torch.Tensor) -> torch.Tensor:
    """Put a voice into a room: convolve it with the room's impulse response.

    The direct sound stays where it was and keeps its level, so that the result lines up with the dry voice. In a batch
    of rooms, each has a direct sound of its own.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Dry waveform.
    rir : torch.Tensor [shape=(..., taps)]
        Room impulse response; its largest peak is the direct sound.

    Returns
    -------
    torch.Tensor [shape=(..., time)]
        Reverberant waveform; the tail beyond the last sample is cut off.

    Raises
    ------
    ValueError
        If one of them is not a waveform, or a response is silent.
    """
    check_waveform(x)
    check_waveform(rir, "rir")
    if not rir.any(-1).all():
        raise ValueError("rir is silent")
    from scipy.fft import next_fast_len  # here, because scipy takes a second to import, in every kernel

    direct = rir.abs().argmax(-1, keepdim=True)  # (..., 1)
    length = x.shape[-1] + rir.shape[-1] - 1
    # Zeros up to a length with small prime factors: else the FFT is up to ten times slower.
    rir = functional.pad(rir / rir.gather(-1, direct), (0, next_fast_len(length, real=True) - length))
    wet = torchaudio.functional.fftconvolve(x, rir)
    kept = direct + torch.arange(x.shape[-1], device=x.device)  # (..., T)
    return wet.gather(-1, kept.expand(*wet.shape[:-1], -1))


def band_limit(x: torch.Tensor, *, low_hz: float | None = None, high_hz: float | None = None,
               sample_rate: int = SAMPLE_RATE) -> torch.Tensor:
    """Keep only a band of frequencies, as a telephone does with 300 to 3400 Hz.

    A linear-phase filter of 32 ms (windowed sinc), its delay removed.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.
    low_hz, high_hz : float, optional
        Edges of the band (-6 dB) in Hz; at least one.
    sample_rate : int
        Samples per second.

    Returns
    -------
    torch.Tensor [shape=(..., time)]
        Filtered waveform.

    Raises
    ------
    ValueError
        If there is no edge, or the edges do not rise between 0 and half the sample rate.
    """
    check_waveform(x)
    edges = [edge for edge in (low_hz, high_hz) if edge is not None]
    if not edges or any(b <= a for a, b in zip([0.0, *edges], [*edges, sample_rate / 2], strict=True)):
        raise ValueError(f"band of {low_hz} to {high_hz} Hz: give low_hz, high_hz or both, rising between 0 and "
                         f"{sample_rate / 2:g} Hz")
    from scipy.signal import firwin  # here, because scipy takes a second to import, in every kernel

    delay = sample_rate * 16 // 1000
    kind = "lowpass" if low_hz is None else "highpass" if high_hz is None else "bandpass"
    taps = torch.as_tensor(firwin(2 * delay + 1, edges, fs=sample_rate, pass_zero=kind), dtype=x.dtype)
    filtered = torchaudio.functional.fftconvolve(x, taps.expand(*x.shape[:-1], -1))
    return filtered[..., delay:delay + x.shape[-1]]


def drop_packets(x: torch.Tensor, *, rate: float, generator: torch.Generator, seconds: float = 0.02) -> torch.Tensor:
    """Lose packets of audio on the way: each one is silenced with the same probability.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.
    rate : float
        Probability that a packet is lost, 0 to 1.
    generator : torch.Generator
        Source of chance.
    seconds : float
        Length of a packet; 20 ms is usual on the internet.

    Returns
    -------
    torch.Tensor [shape=(..., time)]
        Waveform with gaps, the same gaps in every channel and item.

    Raises
    ------
    ValueError
        If the rate is not a probability, or a packet is shorter than one sample.
    """
    check_waveform(x)
    if not 0 <= rate <= 1:
        raise ValueError(f"rate is a probability from 0 to 1, got {rate}")
    packet = round(seconds * SAMPLE_RATE)
    if packet < 1:
        raise ValueError(f"a packet has one sample or more, got {seconds} s")
    count = -(-x.shape[-1] // packet)
    kept = (torch.rand(count, generator=generator) >= rate).repeat_interleave(packet)[:x.shape[-1]]  # (time,)
    return x * kept


def compose(*steps: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[torch.Tensor], torch.Tensor]:
    """Chain degradations: the first is applied first.

    Parameters
    ----------
    *steps : callable
        Each takes a waveform and returns one; bind options with `functools.partial`.

    Returns
    -------
    callable
        From waveform to waveform.
    """
    return lambda x: reduce(lambda value, step: step(value), steps, x)
