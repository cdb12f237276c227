"""Waveforms, frames and spectrograms: the ground that the rest of the course stands on.

Axes: a waveform is `(batch, channel, time)`, its spectrogram `(batch, channel, frequency, frame)`. Only the last
axis of a waveform (the last two of a spectrogram) matters to these functions; the axes before it are free.

The course's short-time Fourier transform (STFT) has a Hann window of 512 samples (32 ms at 16 kHz), a hop of 128
samples (8 ms) and frames centred on their time with zeros beyond the ends, so that a waveform of T samples gives
257 frequencies and 1 + T // 128 frames: `(1, 1, 24800)` becomes `(1, 1, 257, 194)`.
"""

import torch
import torchaudio

SAMPLE_RATE = 16_000
"""Samples per second of every signal in the course."""
LOWEST_RATE, HIGHEST_RATE = 4000, 768_000
"""Hz, of recordings that are taken in. At 1 Hz a few samples would fill the memory; the filter for a gigahertz takes
ten seconds."""
N_FFT = 512
"""Samples in a frame of the STFT."""
HOP_LENGTH = 128
"""Samples from one frame of the STFT to the next."""


def check_waveform(x: torch.Tensor, name: str = "waveform") -> None:
    """Check that a value is a waveform: a real, finite, non-empty tensor whose last axis is time.

    Parameters
    ----------
    x : torch.Tensor
        The value.
    name : str
        How the message calls it.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not isinstance(x, torch.Tensor) or not x.is_floating_point():
        kind = x.dtype if isinstance(x, torch.Tensor) else type(x).__name__
        raise ValueError(f"{name}: expected a tensor of floats (batch, channel, time), got {kind}")
    if x.ndim == 0 or x.shape[-1] == 0:
        raise ValueError(f"{name}: expected shape (batch, channel, time) with time > 0, got {tuple(x.shape)}")
    if not torch.isfinite(x).all():
        raise ValueError(f"{name}: {int((~torch.isfinite(x)).sum())} of its samples are NaN or infinite")


def stft(x: torch.Tensor, *, n_fft: int = N_FFT, hop_length: int = HOP_LENGTH) -> torch.Tensor:
    """Compute the short-time Fourier transform of a waveform.

    The inverse is `istft`: `istft(stft(x), length=x.shape[-1])` equals `x`.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.
    n_fft : int
        Samples in a frame, and in its Hann window; even.
    hop_length : int
        Samples from one frame to the next.

    Returns
    -------
    torch.Tensor [shape=(..., 1 + n_fft // 2, 1 + time // hop_length)]
        Complex spectrogram.

    Raises
    ------
    ValueError
        If `x` is not a waveform.

    Examples
    --------
    >>> stft(torch.zeros(1, 1, 24800)).shape
    torch.Size([1, 1, 257, 194])
    """
    check_waveform(x)
    window = torch.hann_window(n_fft, dtype=x.dtype, device=x.device)
    return torchaudio.functional.spectrogram(
        x, pad=0, window=window, n_fft=n_fft, hop_length=hop_length, win_length=n_fft, power=None,
        normalized=False, center=True, pad_mode="constant")


def istft(X: torch.Tensor, *, length: int, hop_length: int = HOP_LENGTH) -> torch.Tensor:
    """Turn a complex spectrogram back into the waveform that fits it best.

    Inverse of `stft`. If no waveform has this spectrogram, as after changing its magnitudes, the result is the
    waveform whose STFT is nearest in the least-squares sense [1]_.

    Parameters
    ----------
    X : torch.Tensor [shape=(..., frequency, frame)]
        Complex spectrogram.
    length : int
        Samples of the waveform.
    hop_length : int
        Samples from one frame to the next, as in `stft`.

    Returns
    -------
    torch.Tensor [shape=(..., length)]
        Waveform.

    Raises
    ------
    ValueError
        If `X` is not a complex spectrogram, or has too few frames for `length`.

    References
    ----------
    .. [1] Griffin and Lim, "Signal estimation from modified short-time Fourier transform", IEEE TASSP 32(2),
       1984, eq. 6.
    """
    if not isinstance(X, torch.Tensor) or not X.is_complex() or X.ndim < 2:
        kind = f"{X.dtype} {tuple(X.shape)}" if isinstance(X, torch.Tensor) else type(X).__name__
        raise ValueError(f"spectrogram: expected a complex tensor (..., frequency, frame), got {kind}")
    n_fft = 2 * (X.shape[-2] - 1)
    if X.shape[-1] != 1 + length // hop_length:
        raise ValueError(f"spectrogram: {length} samples at a hop of {hop_length} have {1 + length // hop_length} "
                         f"frames, got {X.shape[-1]}")
    window = torch.hann_window(n_fft, dtype=X.real.dtype, device=X.device)
    return torchaudio.functional.inverse_spectrogram(
        X, length=length, pad=0, window=window, n_fft=n_fft, hop_length=hop_length, win_length=n_fft,
        normalized=False, center=True, pad_mode="constant")


def frames(x: torch.Tensor, *, frame_length: int, hop_length: int) -> torch.Tensor:
    """Cut a waveform into overlapping frames, one a column, from its first sample on.

    Samples at the end that do not fill a frame are left out; nothing is padded.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.
    frame_length, hop_length : int
        Samples in a frame, and from one frame to the next.

    Returns
    -------
    torch.Tensor [shape=(..., frame_length, 1 + (time - frame_length) // hop_length)]
        Frames, a copy.

    Raises
    ------
    ValueError
        If the waveform is shorter than one frame, or a frame or a hop than one sample.

    Examples
    --------
    >>> frames(torch.arange(5.0), frame_length=3, hop_length=2)
    tensor([[0., 2.],
            [1., 3.],
            [2., 4.]])
    """
    check_waveform(x)
    if frame_length < 1 or hop_length < 1:
        raise ValueError(f"frames of {frame_length} samples every {hop_length}: both have to be positive")
    if x.shape[-1] < frame_length:
        raise ValueError(f"waveform: {x.shape[-1]} samples are fewer than one frame of {frame_length}")
    return x.unfold(-1, frame_length, hop_length).transpose(-1, -2).clone()


def overlap_add(pieces: torch.Tensor, *, hop_length: int) -> torch.Tensor:
    """Add overlapping frames up to one waveform; where the frames' windows sum to 1, `frames` is undone.

    Parameters
    ----------
    pieces : torch.Tensor [shape=(..., frame_length, frame)]
        Frames, one a column.
    hop_length : int
        Samples from one frame to the next.

    Returns
    -------
    torch.Tensor [shape=(..., frame_length + (frame - 1) * hop_length)]
        Waveform.

    Raises
    ------
    ValueError
        If there are fewer than two axes.

    Examples
    --------
    >>> overlap_add(torch.ones(3, 2), hop_length=2)
    tensor([1., 1., 2., 1., 1.])
    """
    if pieces.ndim < 2:
        raise ValueError(f"frames: expected shape (..., frame_length, frame), got {tuple(pieces.shape)}")
    frame_length, count = pieces.shape[-2:]
    length = frame_length + (count - 1) * hop_length
    flat = pieces.reshape(-1, frame_length, count)  # (N, W, K)
    x = torch.nn.functional.fold(flat, (1, length), (1, frame_length), stride=(1, hop_length))  # (N, 1, 1, T)
    return x.reshape(*pieces.shape[:-2], length)


def power_to_db(power: torch.Tensor, *, floor_db: float = -100.0) -> torch.Tensor:
    """Convert power to decibels, `10 log10(power)`, with 0 dB at a power of 1.

    Parameters
    ----------
    power : torch.Tensor
        Power, at least 0, of any shape.
    floor_db : float
        Lowest value returned, so that silence is not minus infinity.

    Returns
    -------
    torch.Tensor
        Level in dB, of the same shape.

    Raises
    ------
    ValueError
        If a power is negative or the tensor is complex.

    Examples
    --------
    >>> power_to_db(torch.tensor([1.0, 100.0, 0.0]))
    tensor([   0.,   20., -100.])
    """
    if power.is_complex() or bool((power < 0).any()):
        raise ValueError("power: expected real values of at least 0; the power of a spectrogram X is X.abs() ** 2")
    return 10 * power.clamp_min(10 ** (floor_db / 10)).log10()


def level_db(x: torch.Tensor) -> torch.Tensor:
    """Return the level of a waveform in dB relative to full scale: its mean power, 0 dB for a constant 1.

    Parameters
    ----------
    x : torch.Tensor [shape=(..., time)]
        Waveform.

    Returns
    -------
    torch.Tensor [shape=(...)]
        Level in dB, at least -100.

    Raises
    ------
    ValueError
        If `x` is not a waveform.
    """
    check_waveform(x)
    return power_to_db(x.square().mean(-1))
