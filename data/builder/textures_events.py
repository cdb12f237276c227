"""Noise textures made of events: hands, feet, wheels, tools and crockery.

The same interface as `textures_steady`: `texture(rng, n) -> (n,)` at any scale, parameters drawn from `rng`.
"""

import numpy as np

from builder.shapes import arrivals, band, beats, burst, coloured, harmonics, narrow, put, ring, slow, tone
from builder.sound import RATE


def room_tone(rng, n):
    """Return the soft rumble of a quiet place `(n,)`, so that there is no dead silence between events."""
    return coloured(rng, n, [(40, 0), (200, -6), (1000, -20), (8000, -40)])


def keyboard(rng, n):
    """Typing on a keyboard: bursts of keystrokes."""
    # A stroke is three sounds: the switch clicks (2 to 6 kHz), the cap hits the plate (a thud near 300 Hz),
    # and a tenth of a second later the key springs back, more softly. Every key has its own plate mode.
    keys = [ring([(rng.uniform(180, 420), 0.010, 0.8), (rng.uniform(900, 1800), 0.006, 0.5),
                  (rng.uniform(2200, 3600), 0.004, 0.6), (rng.uniform(4000, 6500), 0.002, 0.5)], 0.05)
            for _ in range(12)]  # fmt: skip
    out = 0.02 * room_tone(rng, n)
    at, typist = rng.uniform(0, 0.3), rng.uniform(0.11, 0.19)
    while at < n / RATE:
        key, force = keys[rng.integers(12)], rng.lognormal(0, 0.25)
        put(out, burst(rng, 0.01, 2e-4, 1.5e-3), at, 0.35 * force)
        put(out, key, at + 0.004, force)
        put(out, key, at + rng.uniform(0.07, 0.12), 0.3 * force)
        at += typist * rng.lognormal(0, 0.35) + (rng.random() < 0.07) * rng.uniform(0.3, 0.9)
    return out


def footsteps(rng, n):
    """Footsteps on gravel: heel, then sole."""
    # The heel thumps the ground (below 150 Hz); stones slip under the rolling sole: a shower of tiny
    # clicks for a fifth of a second, and a weaker one as the toe pushes off. Left and right differ a little.
    out = 0.03 * room_tone(rng, n)
    thump = ring([(rng.uniform(60, 90), 0.03, 1.0), (rng.uniform(110, 160), 0.02, 0.6)], 0.15)
    for k, at in enumerate(beats(rng, n, rng.uniform(0.48, 0.6), 0.05)):
        foot = (1.0, 0.8)[k % 2] * rng.lognormal(0, 0.15)
        put(out, thump, at, 0.9 * foot)
        for start, spread, stones in ((0.02, 0.06, 140), (0.2, 0.04, 60)):
            for slip in np.abs(rng.normal(0, spread, rng.poisson(stones))):
                grain = ring([(rng.uniform(1200, 6500), rng.uniform(3e-4, 2e-3), 1.0)], 0.01)
                put(out, grain, at + start + slip, 0.35 * foot * rng.lognormal(-0.5, 0.8))
    return out


def traffic(rng, n):
    """Road traffic: cars that pass, over a far rumble."""
    # A tyre's tread slaps and pumps air: a hump near 1 kHz. Loudness follows one over the squared distance,
    # so a passing car is a peak whose width is (distance / speed), and far cars lose their highs to the air.
    rumble = coloured(rng, n, [(30, 0), (120, -2), (400, -10), (1500, -20), (8000, -45)])
    out = 0.28 * rumble * (1 + 0.15 * slow(rng, n, 0.3))
    t = np.arange(n) / RATE
    for nearest in beats(rng, n, rng.uniform(2.2, 4.0), 0.4):
        width, size = rng.uniform(0.5, 1.1), rng.lognormal(0, 0.35)
        closeness = 1 / (1 + ((t - nearest) / width) ** 2)
        hump = rng.uniform(700, 1100)
        tyres = coloured(rng, n, [(60, -20), (300, -10), (hump, 0), (2500, -10), (8000, -28)])
        spray = coloured(rng, n, [(500, -25), (3000, 0), (8000, -8)])
        doppler = 1 - 0.045 * np.tanh((t - nearest) / width)
        motor = harmonics(rng.uniform(55, 95) * doppler, [1.0, 0.7, 0.5, 0.3, 0.2, 0.15])
        out += size * (np.sqrt(closeness) * 0.15 + closeness) * (0.55 * tyres + 0.10 * motor)
        out += size * closeness**2 * 0.12 * spray
    return out


def washer(rng, n):
    """Washing machine: a drum that turns, rests and turns back."""
    # The motor whines at its commutator's frequency while the drum turns; at each turn wet linen is lifted
    # and falls: a slosh and a thud. Between two turns the water only drips.
    t = np.arange(n) / RATE
    cycle, drum = rng.uniform(5.0, 6.5), rng.uniform(0.75, 0.95)
    turning = 1 / (1 + np.exp(-14 * (np.sin(2 * np.pi * t / cycle + rng.uniform(0, 6)) + 0.5)))
    speed = (0.4 + 0.6 * turning) * (1 + 0.01 * slow(rng, n, 2))
    motor = harmonics(rng.uniform(240, 330) * speed, [1, 0.5, 0.6, 0.2, 0.3, 0.1])
    water = band(rng.standard_normal(n), 250, 2200) * (1 + 0.8 * tone(np.full(n, drum))) * (0.10 + turning)
    out = 0.25 * motor * turning + 0.7 * water + 0.10 * room_tone(rng, n)
    low, middle = rng.uniform(50, 75), rng.uniform(120, 180)
    thud = ring([(low, 0.06, 1.0), (middle, 0.03, 0.7), (430, 0.012, 0.3)], 0.3)
    for at in beats(rng, n, 1 / drum, 0.06):
        put(out, thud, at, 4.0 * turning[min(n - 1, int(at * RATE))] * rng.uniform(0.6, 1.2))
    return out


def cafe(rng, n):
    """Cafe: crockery, spoons and a steam wand over a murmur without words."""
    # Porcelain rings at a few high inharmonic modes for a tenth of a second, often two or three knocks in a
    # row as a cup settles on its saucer. The murmur has the spectrum and the 4 Hz syllables of speech only.
    murmur = sum(
        coloured(rng, n, [(80, -18), (rng.uniform(180, 500), 0), (1500, -12), (4000, -24), (8000, -38)])
        * np.maximum(0.05, 1 + slow(rng, n, 4)) for _ in range(7)
    )  # fmt: skip
    out = 0.30 * murmur
    for at in arrivals(rng, n, 2.2):
        modes = [(rng.uniform(1700, 4200), 1.0)]
        modes += [(modes[0][0] * ratio, gain) for ratio, gain in ((1.53, 0.7), (2.18, 0.5), (2.9, 0.3))]
        cup = ring([(hz, rng.uniform(0.012, 0.05), gain) for hz, gain in modes if hz < 7800], 0.2)
        force = rng.lognormal(0.3, 0.6)
        for bounce in range(rng.integers(1, 4)):
            put(out, cup, at, 1.6 * force * 0.5**bounce)
            put(out, burst(rng, 0.02, 3e-4, 3e-3), at, 0.3 * force * 0.5**bounce)
            at += rng.uniform(0.05, 0.09)
    begin = rng.uniform(1, n / RATE - 4.5)
    steam = band(burst(rng, 3.5, 0.25, 9.0), 2500, 7000)
    put(out, steam * np.hanning(len(steam)) ** 0.2, begin, 0.7)
    return out


def drill(rng, n):
    """Hammer drill in masonry: pulls of the trigger."""
    # The hammer strikes 40 to 55 times a second; each blow rings the steel bit (1 to 6 kHz) and shakes the
    # wall (100 to 400 Hz). The motor runs up when the trigger is pulled, slows under load and coasts after.
    t = np.arange(n) / RATE
    starts = beats(rng, n, rng.uniform(3.2, 4.2), 0.15)
    pull = np.zeros(n)
    for at in np.r_[starts[0] - 4.0, starts]:
        length = rng.uniform(1.8, 2.8)
        pull += 1 / (1 + np.exp(-22 * (t - at - 0.15))) - 1 / (1 + np.exp(-9 * (t - at - length)))
    pull = np.clip(pull, 0, 1)
    turns = rng.uniform(190, 260) * (0.02 + 0.98 * pull) * (1 + 0.01 * slow(rng, n, 3))
    motor = harmonics(turns, [0.6, 0.3, 0.4, 0.15, 0.2, 0.1, 0.15])
    out = pull * (0.7 * motor + 0.25 * band(rng.standard_normal(n), 800, 6000))
    blows = np.flatnonzero(np.diff(np.floor(np.cumsum(turns / 4.7) / RATE)))
    wall = ring([(rng.uniform(90, 140), 0.014, 1.0), (rng.uniform(220, 380), 0.009, 0.8)], 0.06)
    steel = zip(rng.uniform(1000, 6000, 7), rng.uniform(0.002, 0.007, 7), rng.uniform(0.4, 1, 7), strict=True)
    bit = ring(list(steel), 0.04)
    for sample in blows:
        force = pull[sample] ** 2 * rng.lognormal(0, 0.2)
        put(out, wall, sample / RATE, 2.2 * force)
        put(out, bit + burst(rng, 0.04, 2e-4, 4e-3), sample / RATE, 0.9 * force)
    return out + 0.15 * room_tone(rng, n)


def railway(rng, n):
    """Inside a train: rail joints under two bogies, and wheels that roll."""
    # Each joint is struck by the two axles of a bogie, then by those of the next: da-dum ... da-dum. The car
    # is a box that booms below 150 Hz; rolling steel hisses near 1 kHz, and a curve makes the flange sing.
    speed = rng.uniform(17, 24)  # m/s, over rails of 25 m with axles 2.5 m and bogies 15 m apart
    low, middle, high = rng.uniform(45, 70), rng.uniform(90, 140), rng.uniform(280, 420)
    body = ring([(low, 0.07, 1.0), (middle, 0.045, 0.9), (high, 0.015, 0.5)], 0.4)
    sway = 1 + 0.2 * slow(rng, n, 0.7)
    out = sway * coloured(rng, n, [(30, -2), (80, 0), (250, -9), (800, -14), (1500, -20), (8000, -44)])
    for joint in np.arange(-1, n / RATE * speed / 25 + 1) * 25 / speed + rng.uniform(0, 1):
        for axle in (0.0, 2.5, 15.0, 17.5):
            at, force = joint + axle / speed, rng.lognormal(0, 0.15)
            if at > 0:
                put(out, body, at, 3.2 * force)
                put(out, band(burst(rng, 0.06, 5e-4, 0.012), 600, 3500), at, 2.0 * force)
    curve = np.maximum(0, slow(rng, n, 0.25) - 0.7)
    return out + 0.25 * curve * narrow(rng, rng.uniform(2200, 2900) * (1 + 0.01 * slow(rng, n, 1)), 25)
