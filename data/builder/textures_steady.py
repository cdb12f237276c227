"""Noise textures that go on all the time: weather, air and machines that run evenly.

Every texture is `texture(rng, n) -> (n,)`, at any scale, with parameters drawn from `rng`, so that two
clips of one kind differ as two recordings do. The comment in each says what makes the real sound.
"""

import numpy as np
from scipy import signal

from builder.shapes import arrivals, band, coloured, harmonics, narrow, put, ring, slow, tone
from builder.sound import RATE


def rain(rng, n):
    """Rain: thousands of drops a second on stone and leaves."""
    # A far drop is a click of a millisecond with its energy above 1 kHz: many of them are a bright hiss that
    # still crackles. A near drop hits a puddle and closes a bubble, which rings for some ms.
    out = 0.5 * coloured(rng, n, [(100, -25), (1000, -6), (4000, 0), (8000, -5)])
    for _ in range(40):
        kernel = ring([(rng.uniform(1200, 7000), rng.uniform(1e-4, 5e-4), 1.0)], 0.004)
        hits = np.zeros(n)
        times = arrivals(rng, n, rng.uniform(30, 80))
        hits[(times * RATE).astype(int)] = rng.lognormal(0, 0.8, len(times))
        out += 0.6 * signal.fftconvolve(hits, kernel)[:n]
    for at in arrivals(rng, n, rng.uniform(6, 20)):
        bubble = ring([(rng.uniform(500, 2500), rng.uniform(0.004, 0.015), 1.0)], 0.06)
        put(out, bubble, at, rng.uniform(1, 4))
    return out * (1 + 0.12 * slow(rng, n, 0.3))


def fan(rng, n):
    """Desk fan: air through turning blades."""
    # Blades chop the air at (blades x turns a second): a tone with harmonics below a broad hiss.
    # One blade is never quite like the others, so the hiss beats once a turn.
    blades, turns = rng.integers(3, 8), rng.uniform(14, 28)
    speed = turns * (1 + 0.003 * slow(rng, n, 0.5))
    hum = harmonics(blades * speed, rng.uniform(0.3, 1.0, 6) / np.arange(1, 7) ** 1.3)
    knee = rng.uniform(400, 900)
    hiss = coloured(rng, n, [(40, -8), (120, 0), (knee, -3), (3000, -18), (8000, -34)])
    return hiss * (1 + 0.15 * tone(speed)) + 0.5 * hum


def hum(rng, n):
    """Mains hum of 50 or 60 Hz: a transformer and its harmonics."""
    # The core swings with the square of the current, so twice the mains frequency is strongest; saturation
    # adds odd harmonics; loose plates buzz once each half wave. The grid wanders by hundredths of a hertz.
    mains = rng.choice([50.0, 60.0]) + 0.02 * slow(rng, n, 0.2)
    strength = np.exp(-np.arange(70) / rng.uniform(5, 11)) * rng.uniform(0.3, 1.0, 70)
    strength[0] *= 0.8
    strength[1] = 1.4
    plates = band(rng.standard_normal(n), 1500, 5000) * np.maximum(0, tone(2 * mains)) ** 4
    return harmonics(mains, strength) + 0.12 * plates + 0.05 * coloured(rng, n, [(50, 0), (8000, -20)])


def wind(rng, n):
    """Wind at the microphone: gusts, and a howl around an edge."""
    # Turbulence presses on the capsule itself: most energy below 200 Hz, falling steeply. An edge sheds
    # vortices at a frequency proportional to the speed, so the howl rises and falls with the gusts.
    speed = np.clip(1 + 0.45 * slow(rng, n, 0.35) + 0.12 * slow(rng, n, 2.0), 0.35, None)
    buffet = coloured(rng, n, [(25, 0), (70, -1), (200, -10), (1000, -34), (8000, -60)])
    leaves = coloured(rng, n, [(200, -30), (1500, -6), (4000, 0), (8000, -8)])
    howl = narrow(rng, rng.uniform(350, 600) * speed**0.8, 60)
    howl += 0.5 * narrow(rng, rng.uniform(700, 1100) * speed**0.8, 90)
    return speed**2 * buffet + speed**3 * (0.12 * howl + 0.10 * leaves)


def stream(rng, n):
    """Water stream: bubbles that ring."""
    # Running water sounds by the air it takes in. A bubble rings at 3.3 / radius (metre hertz, Minnaert) and
    # rises in pitch as it nears the surface; many sizes at once make the babbling.
    out = 0.25 * coloured(rng, n, [(100, -12), (600, 0), (2500, -6), (8000, -22)])
    for at in arrivals(rng, n, rng.uniform(150, 300)):
        radius = 1e-3 * rng.lognormal(np.log(2.4), 0.55)
        hz = np.clip(3.3 / radius, 250, 6000)
        t = np.arange(int(RATE * min(0.1, 45 / hz))) / RATE
        rise = 1 + rng.uniform(0, 4) * t
        bubble = np.exp(-t * hz / rng.uniform(5, 9)) * np.sin(2 * np.pi * hz * np.cumsum(rise) / RATE)
        put(out, bubble, at, rng.lognormal(-0.3, 0.7) * (800 / hz) ** 0.3)
    return out * (1 + 0.15 * slow(rng, n, 0.8))


def aircon(rng, n):
    """Air conditioner: a compressor behind a duct."""
    # Two motors that slip differently beat slowly against each other; the duct is a pipe, whose
    # resonances colour the rushing air; the outlet's grille adds a soft hiss.
    slip = rng.uniform(0.3, 0.9)
    motors = harmonics(np.full(n, 49.2), [0.5, 1.0, 0.2, 0.5, 0.1, 0.25])
    motors += harmonics(np.full(n, 49.2 - slip), [0.4, 0.8, 0.2, 0.4])
    air = coloured(rng, n, [(30, -6), (150, 0), (500, -8), (2000, -22), (8000, -36)])
    delay = int(RATE / rng.uniform(110, 190))
    loss = 0.6 * signal.windows.hann(13)[1:-1] / 6  # the lining swallows highs: only low resonances are sharp
    duct = signal.lfilter([1], np.r_[1, np.zeros(delay - 6), loss], air)
    hiss = coloured(rng, n, [(500, -30), (2500, 0), (5000, -4), (8000, -10)])
    return 0.8 * duct / duct.std() + 0.35 * motors + 0.10 * hiss * (1 + 0.2 * slow(rng, n, 0.4))


def vacuum(rng, n):
    """Vacuum cleaner: a universal motor at full speed and air through a nozzle."""
    # The motor turns 300 to 400 times a second and its impeller whines at multiples of that; the nozzle,
    # pushed to and fro, opens and closes on the carpet: motor speed and hiss change together. The roller is
    # driven more slowly than the motor and beats the carpet.
    stroke = np.sin(2 * np.pi * rng.uniform(0.45, 0.8) * np.arange(n) / RATE + slow(rng, n, 0.3))
    turns = rng.uniform(300, 400) * (1 + 0.025 * stroke + 0.002 * slow(rng, n, 4))
    whine = harmonics(turns, [0.5, 0.25, 0.12, 0.1, 0.08, 0.2, 0.45, 0.08, 0.06, 0.05, 0.05, 0.04, 0.1, 0.2])
    air = coloured(rng, n, [(60, -14), (300, -3), (900, 0), (3000, -6), (8000, -20)])
    brush = air * np.maximum(0, tone(turns / 7)) ** 2
    return air * (1 + 0.22 * stroke) + 0.8 * whine + 0.35 * brush


def engine(rng, n):
    """Diesel engine idling: four cylinders that fire in turn."""
    # Two explosions a revolution, each an impulse into the exhaust pipe (resonances near 60 to 250 Hz) with
    # a knock of the block (1 to 3 kHz). No two cylinders are equally strong, which gives the lope of an idle.
    turns = rng.uniform(11.5, 15) * (1 + 0.015 * slow(rng, n, 1.0))
    fired = np.flatnonzero(np.diff(np.floor(2 * np.cumsum(turns) / RATE)))
    cylinder = rng.uniform(0.7, 1.2, 4)
    low, middle, high = rng.uniform(55, 80), rng.uniform(110, 170), rng.uniform(220, 300)
    pipe = ring([(low, 0.03, 1.0), (middle, 0.02, 0.8), (high, 0.012, 0.5)], 0.2)
    block = ring([(rng.uniform(900, 3200), rng.uniform(0.002, 0.006), 1.0) for _ in range(6)], 0.03)
    out = np.zeros(n)
    for k, sample in enumerate(fired):
        strength = cylinder[k % 4] * rng.normal(1, 0.12)
        put(out, pipe, sample / RATE, strength)
        put(out, block, sample / RATE + 0.001, 0.22 * strength * rng.uniform(0.5, 1.5))
    belts = coloured(rng, n, [(80, -6), (400, 0), (1500, -6), (4000, -14), (8000, -26)])
    whine = harmonics(turns * 23, [1.0, 0.6])
    return out / out.std() + 0.28 * belts * (1 + 0.4 * tone(turns * 2)) + 0.03 * whine
