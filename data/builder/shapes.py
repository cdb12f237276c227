"""What all noise textures are built of: coloured noise, slow curves, ringing bodies, events in time."""

import numpy as np
from scipy import signal

from builder.sound import RATE


def coloured(rng, n, corners):
    """Draw Gaussian noise whose spectrum follows `corners`, (Hz, dB) joined by straight lines over log Hz.

    Returns `(n,)` with unit root mean square. The shape is applied in the frequency domain, so it is exact.
    """
    hz, db = np.array(corners, dtype=float).T
    bins = np.fft.rfftfreq(n, 1 / RATE)
    bins[0] = bins[1]
    gain = 10 ** (np.interp(np.log(bins), np.log(hz), db) / 20)
    gain[bins < 20] = 0.0  # nothing below hearing: it would only eat headroom
    x = np.fft.irfft(np.fft.rfft(rng.standard_normal(n)) * gain, n)
    return x / np.sqrt(np.mean(x**2))


def band(x, low, high):
    """Band-pass `x` `(n,)` between `low` and `high` Hz (Butterworth, 12 dB an octave each side)."""
    return signal.sosfilt(signal.butter(2, [low, high], "bandpass", fs=RATE, output="sos"), x)


def slow(rng, n, hz):
    """Draw a slowly wandering curve `(n,)`, zero mean and unit deviation, nothing faster than about `hz`."""
    knots = rng.standard_normal(int(n / RATE * hz * 2) + 8)
    at = np.linspace(2, len(knots) - 4, n)
    curve = signal.resample_poly(knots, 8, 1)  # smooths between the knots
    curve = np.interp(at * 8, np.arange(len(curve)), curve)
    return (curve - curve.mean()) / curve.std()


def tone(hz):
    """Return a sine `(n,)` of the momentary frequency `hz` `(n,)`."""
    return np.sin(2 * np.pi * np.cumsum(hz) / RATE)


def harmonics(hz, amplitudes):
    """Sum the harmonics 1, 2, ... of the momentary frequency `hz` `(n,)` with the given amplitudes."""
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    top = np.max(hz)
    return sum(a * np.sin(k * phase + k * k) for k, a in enumerate(amplitudes, 1) if k * top < RATE / 2)


def narrow(rng, hz, width):
    """Draw noise `(n,)` in a band of `width` Hz whose centre follows `hz` `(n,)`, as a whistle does."""
    n = len(hz)
    sos = signal.butter(2, width / 2, fs=RATE, output="sos")
    envelope = signal.sosfilt(sos, rng.standard_normal((2, n)), axis=-1)
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    x = envelope[0] * np.cos(phase) - envelope[1] * np.sin(phase)
    return x / x.std()


def ring(modes, seconds):
    """Return the impulse response of a struck body: a sum of dying sines.

    Parameters
    ----------
    modes : list of (frequency in Hz, time constant in seconds, amplitude).
    seconds : length.

    Returns
    -------
    `(seconds * RATE,)`; each mode starts at zero (a sine), so that the strike makes no step.
    """
    t = np.arange(round(seconds * RATE)) / RATE
    return sum(a * np.exp(-t / tau) * np.sin(2 * np.pi * hz * t) for hz, tau, a in modes)


def burst(rng, seconds, attack, decay):
    """Draw white noise `(seconds * RATE,)` that rises in `attack` s and falls exponentially in `decay` s."""
    t = np.arange(round(seconds * RATE)) / RATE
    return rng.standard_normal(len(t)) * (1 - np.exp(-t / attack)) * np.exp(-t / decay)


def put(out, event, seconds, gain=1.0):
    """Add `event` into `out` at a time in seconds, in place; what runs past the end is cut."""
    start = int(seconds * RATE)
    if start < len(out):
        piece = event[: len(out) - start]
        out[start : start + len(piece)] += gain * piece


def arrivals(rng, n, rate):
    """Draw the times in seconds, sorted, of a Poisson process of `rate` events a second over `n` samples."""
    return np.sort(rng.uniform(0, n / RATE, rng.poisson(rate * n / RATE)))


def beats(rng, n, period, jitter):
    """Draw the times in seconds of a beat of `period` s whose intervals vary by the fraction `jitter`."""
    count = int(n / RATE / period * 1.5) + 4
    intervals = period * np.maximum(0.3, 1 + jitter * rng.standard_normal(count))
    times = rng.uniform(0, period) + np.cumsum(intervals) - intervals[0]
    return times[times < n / RATE]
