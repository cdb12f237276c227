"""Noise of the held-out set: kinds that the pack in `data/` does not have.

The same interface as the textures in `data/builder`: `texture(rng, n) -> (n,)` at any scale, parameters drawn
from `rng`. The comment in each says what makes the real sound.
"""

import numpy as np
from builder.shapes import arrivals, band, beats, burst, coloured, harmonics, narrow, put, ring, slow, tone
from builder.sound import RATE
from builder.textures_events import room_tone
from scipy import signal


def helicopter(rng, n):
    """Helicopter that hovers: blade slap, tail rotor and turbine."""
    # Each main blade slaps the vortex of the one before it: some twenty low thumps a second. The tail rotor
    # turns five times faster and hums; the turbine's compressor whines above 3 kHz.
    passing = rng.uniform(16, 23) * (1 + 0.01 * slow(rng, n, 0.5))
    low, middle = rng.uniform(50, 80), rng.uniform(110, 190)
    slap = ring([(low, 0.014, 1.0), (middle, 0.009, 0.9), (rng.uniform(300, 500), 0.006, 0.5)], 0.08)
    out = np.zeros(n)
    for sample in np.flatnonzero(np.diff(np.floor(np.cumsum(passing) / RATE))):
        put(out, slap, sample / RATE, rng.normal(1, 0.1))
    wash = coloured(rng, n, [(40, -4), (150, 0), (600, -6), (2500, -18), (8000, -36)])
    tail = harmonics(passing * rng.uniform(4.5, 5.6), [1.0, 0.7, 0.5, 0.3, 0.2])
    turbine = harmonics(rng.uniform(3000, 3900) * (1 + 0.002 * slow(rng, n, 1)), [1.0, 0.4])
    return out / out.std() + 0.6 * wash * (1 + 0.6 * tone(passing)) + 0.25 * tail + 0.05 * turbine


def waterfall(rng, n):
    """Waterfall: a curtain of water on rock and a pool."""
    # Unlike a stream, no bubble is heard alone. Sheets of water hit different rocks, each with its own colour
    # and its own slow surges; the falling mass rumbles below 150 Hz.
    out = 0.8 * coloured(rng, n, [(25, -4), (70, 0), (200, -8), (1000, -24), (8000, -50)])
    for centre in rng.uniform(300, 4500, 6):
        sheet = coloured(rng, n, [(centre / 6, -24), (centre, 0), (min(7900, centre * 4), -16)])
        out += 0.6 * (600 / centre) ** 0.25 * sheet * np.maximum(0.3, 1 + 0.25 * slow(rng, n, 3))
    return out


def crickets(rng, n):
    """Crickets on a summer night: three near ones over a chorus."""
    # A wing scrapes some 60 times a second over its file, each scrape a pulse of an almost pure 3 to 4 kHz.
    # The near ones chirp in groups of pulses, the far ones run together into a trill.
    t = np.arange(n) / RATE
    centre = rng.uniform(2700, 4200)
    out = 0.04 * room_tone(rng, n)
    for _ in range(6):
        pulses = np.maximum(0, tone(rng.uniform(38, 60) * (1 + 0.01 * slow(rng, n, 1)))) ** 2
        out += 0.18 * pulses * narrow(rng, np.full(n, centre * rng.uniform(0.92, 1.1)), 120)
    for gain in (1.0, 0.6, 0.4):
        scrapes, chirps, phase = rng.uniform(50, 68), rng.uniform(2.2, 4.0), rng.uniform()
        singing = 1 / (1 + np.exp(-60 * (np.sin(2 * np.pi * (chirps * t + phase)) - rng.uniform(-0.2, 0.3))))
        wing = np.maximum(0, np.sin(2 * np.pi * scrapes * t)) * singing
        out += gain * wing * tone(np.full(n, centre * rng.uniform(0.95, 1.06)) + 60 * wing)
    return out


def shaver(rng, n):
    """Electric shaver: an oscillating foil that cuts stubble."""
    # The foil swings more than a hundred times a second and knocks at each turn: harmonics up to 6 kHz, with
    # a hump where the case resonates. Hairs crackle; the pressure on the cheek changes load and speed.
    load = slow(rng, n, 1.2)
    swing = rng.uniform(105, 150) * (1 - 0.02 * load)
    k = np.arange(1, 46)
    case, rattle = rng.uniform(4, 8), rng.uniform(18, 28)
    strength = np.exp(-(((k - case) / 4) ** 2)) + 0.5 * np.exp(-(((k - rattle) / 7) ** 2)) + 0.08
    buzz = harmonics(swing, strength * rng.uniform(0.3, 1.0, len(k)))
    air = band(rng.standard_normal(n), 1500, 6500) * (0.3 + np.maximum(0, tone(2 * swing)) ** 2)
    out = buzz / buzz.std() * (1 + 0.12 * load) + 0.35 * air
    for at in arrivals(rng, n, 45):
        put(out, burst(rng, 0.006, 2e-4, 1e-3), at, rng.lognormal(-0.2, 0.6))
    return out


def applause(rng, n):
    """Applause: ninety pairs of hands, a few of them near."""
    # The hollow of two palms is a little resonator (0.7 to 2.5 kHz) struck for some ms. Everybody keeps an own
    # pace, three to five claps a second; the far ones are softer, duller and smeared by the hall.
    out = 0.02 * room_tone(rng, n)
    for clapper in range(90):
        near = clapper < 4
        palms = rng.uniform(700, 2500)
        clap = burst(rng, 0.05, 3e-4, 0.004 if near else rng.uniform(0.006, 0.016))
        clap = band(clap, palms * 0.7, palms * (2.2 if near else 1.5))
        loud = (1.5 if near else 0.6) * rng.lognormal(0, 0.3)
        for at in beats(rng, n, rng.uniform(0.2, 0.34), 0.1):
            put(out, clap, at, loud * rng.lognormal(0, 0.2))
    return out


def siren(rng, n):
    """Ambulance siren with two tones, between houses."""
    # A pressure horn: a low and a high tone, a fourth apart, with many harmonics. The car passes: louder in the
    # middle and lower afterwards (Doppler). Walls give echoes, the road a rumble.
    t = np.arange(n) / RATE
    nearest = rng.uniform(0.2, 0.8) * n / RATE
    away = (t - nearest) / rng.uniform(1.0, 2.0)
    low, hold = rng.uniform(400, 470), rng.uniform(0.5, 0.75)
    high = np.sin(np.pi * (t / hold + rng.uniform(0, 2))) > 0
    glide = signal.filtfilt(*signal.butter(1, 25, fs=RATE), high.astype(float))
    hz = low * (1 + 0.333 * glide) * (1 - 0.035 * np.tanh(away))
    k = np.arange(1, 15)
    horn = harmonics(hz, np.exp(-(((k - 3) / 4) ** 2)) * rng.uniform(0.4, 1.0, len(k)))
    horn = horn / horn.std() * (0.35 + 0.65 / (1 + away**2))
    out = horn + 0.25 * coloured(rng, n, [(30, 0), (150, -4), (900, -14), (8000, -44)])
    for delay, gain in ((0.083, 0.35), (0.147, 0.25), (0.231, 0.15)):
        late = int(delay * rng.uniform(0.8, 1.2) * RATE)
        out[late:] += gain * band(horn[:-late], 200, 2500)
    return out


def typewriter(rng, n):
    """Mechanical typewriter: type bars, a margin bell and a carriage pulled back."""
    # Unlike a computer keyboard: a steel type hits paper on a hard rubber roller, a crack and a dull knock in
    # one, and the whole frame rings. A line ends with a bell and the ratchet of the returning carriage.
    frame = [(rng.uniform(900, 3800), rng.uniform(0.01, 0.03), rng.uniform(0.1, 0.3)) for _ in range(5)]
    body = ring([(rng.uniform(130, 190), 0.018, 1.0), (rng.uniform(380, 560), 0.010, 0.8), *frame], 0.12)
    out = 0.03 * room_tone(rng, n)
    pace = rng.uniform(0.13, 0.2)
    line_end = rng.uniform(0.35, 0.7) * n / RATE
    for at in beats(rng, n, pace, 0.3):
        if line_end < at < line_end + 1.1:  # both hands are at the carriage
            continue
        force = rng.lognormal(0, 0.25)
        put(out, burst(rng, 0.012, 3e-4, 2e-3), max(0, at - 0.035), 0.15 * force)  # the lever
        put(out, body, at, force)
        put(out, burst(rng, 0.02, 1e-4, 2.5e-3), at, 0.8 * force)
    note = rng.uniform(2300, 3100)
    put(out, ring([(note, 0.25, 1.0), (note * 1.009, 0.2, 0.5), (note * 2.3, 0.08, 0.5)], 1.2), line_end, 0.5)
    for click in np.linspace(0.35, 0.85, 22) ** 0.9:
        put(out, burst(rng, 0.01, 2e-4, 1.5e-3), line_end + click, 0.4 * rng.lognormal(0, 0.2))
    put(out, body, line_end + 0.9, 1.8)  # the stop
    return out


def fireplace(rng, n):
    """Fire in a fireplace: crackling wood over flames."""
    # Steam bursts fibres of the wood: clicks of a millisecond, most of them faint, a few loud (their sizes
    # spread over 40 dB), often in small volleys. Flames flutter at 5 to 12 Hz and roar below 300 Hz.
    flame = coloured(rng, n, [(25, -2), (70, 0), (250, -8), (1000, -22), (8000, -44)])
    out = 0.22 * flame * np.maximum(0.2, 1 + 0.5 * slow(rng, n, 8))
    out += 0.03 * coloured(rng, n, [(800, -20), (4000, 0), (8000, -4)])  # sap that hisses
    for at in np.r_[arrivals(rng, n, 5.0), rng.uniform(0.2, 2.0)]:
        for later in np.r_[0, np.abs(rng.normal(0, 0.12, rng.poisson(5)))]:
            snap = ring([(rng.uniform(700, 6500), rng.uniform(4e-4, 2.5e-3), 1.0) for _ in range(3)], 0.015)
            put(out, snap + burst(rng, 0.015, 5e-5, 6e-4), at + later, rng.lognormal(-0.6, 0.9))
    return out


def sea(rng, n):
    """Sea on a shingle beach: waves that break and drain away."""
    # A wave roars as it breaks (a low noise whose upper edge opens within a second), then thousands of bubbles
    # burst as it drains over the stones: a hiss that dies slowly. The next one is already heard outside.
    t = np.arange(n) / RATE
    roar = coloured(rng, n, [(30, -3), (120, 0), (500, -6), (2000, -18), (8000, -38)])
    spray = coloured(rng, n, [(100, -26), (800, -4), (2500, 0), (8000, -10)])
    out = 0.35 * roar + 0.12 * spray
    for breaks in beats(rng, n + 4 * RATE, rng.uniform(3.0, 4.5), 0.2) - 3:
        after = t - breaks
        rise = 1 / (1 + np.exp(-6 * after))
        out += rng.lognormal(0, 0.2) * rise * np.exp(-np.maximum(0, after) / 0.9) * roar
        drain = 1 / (1 + np.exp(-5 * (after - 0.4)))
        out += 0.7 * drain * np.exp(-np.maximum(0, after - 0.4) / 1.6) * spray * (1 + 0.25 * slow(rng, n, 12))
    return out


def mower(rng, n):
    """Petrol lawn mower: one cylinder, and a blade that throws grass."""
    # A four-stroke engine at 3000 turns a minute fires 25 times a second into a small silencer; the two ends of
    # the blade whirl the air under the deck at twice the turns, and grass rattles against the steel.
    turns = rng.uniform(44, 56) * (1 + 0.02 * slow(rng, n, 0.8))
    pipe = ring([(rng.uniform(95, 150), 0.009, 1.0), (rng.uniform(260, 420), 0.007, 1.0),
                 (rng.uniform(700, 1100), 0.004, 0.7), (rng.uniform(1600, 2600), 0.002, 0.4)], 0.06)  # fmt: skip
    out = np.zeros(n)
    for sample in np.flatnonzero(np.diff(np.floor(np.cumsum(turns / 2) / RATE))):
        put(out, pipe, sample / RATE, rng.normal(1, 0.12))
    air = coloured(rng, n, [(60, -8), (250, 0), (900, -5), (3000, -12), (8000, -26)])
    blade = harmonics(2 * turns, [1.0, 0.5, 0.6, 0.3, 0.2])
    out = out / out.std() + 0.55 * air * (1 + 0.5 * tone(2 * turns)) + 0.18 * blade
    for at in arrivals(rng, n, 60):
        put(out, band(burst(rng, 0.02, 3e-4, 3e-3), 1200, 6000), at, 0.6 * rng.lognormal(-0.3, 0.6))
    return out


def hairdryer(rng, n):
    """Hair dryer: a small fan in a hot pipe, held now nearer, now farther."""
    # The air rushes through heater wires (a broad noise around 2 kHz), the pipe resonates below, and seven to
    # eleven blades whistle. The hand that waves it changes how much of the highs arrives.
    wave = np.sin(2 * np.pi * rng.uniform(0.6, 1.1) * np.arange(n) / RATE + rng.uniform(0, 6))
    turns = rng.uniform(150, 190) * (1 + 0.004 * slow(rng, n, 1))
    blades = rng.integers(7, 12)
    rush = coloured(rng, n, [(80, -20), (500, -6), (2000, 0), (4500, -4), (8000, -14)])
    pipe = narrow(rng, np.full(n, rng.uniform(500, 800)), 250)
    whistle = harmonics(blades * turns, [1.0, 0.35, 0.2]) + 0.3 * harmonics(turns, [0.5, 1.0, 0.4])
    return rush * (1 + 0.2 * wave) + 0.35 * pipe + 0.22 * whistle


def sewing(rng, n):
    """Sewing machine: needle, hook and feed in quick rotation."""
    # Each stitch is a cycle of knocks: the needle bar at the bottom, the hook that catches the thread, the feed
    # that drops. Ten to fifteen stitches a second; the motor behind its belt whirs and slows in the curves.
    stitches = rng.uniform(10, 15) * (1 + 0.06 * slow(rng, n, 0.8))
    bed = [(rng.uniform(140, 240), 0.012, 1.0), (rng.uniform(500, 900), 0.006, 0.7)]
    needle = ring([*bed, (rng.uniform(1800, 2600), 0.003, 0.5)], 0.06)
    hook = ring([(rng.uniform(2600, 4500), 0.003, 0.6), (rng.uniform(1100, 1700), 0.005, 0.6)], 0.03)
    out = np.zeros(n)
    for sample in np.flatnonzero(np.diff(np.floor(np.cumsum(stitches) / RATE))):
        at, cycle = sample / RATE, 1 / stitches[sample]
        put(out, needle + burst(rng, 0.06, 2e-4, 2e-3), at, rng.normal(1, 0.08))
        put(out, hook, at + 0.38 * cycle, rng.normal(0.8, 0.08))
        put(out, needle, at + 0.7 * cycle, rng.normal(0.4, 0.05))
    motor = harmonics(stitches * 14, [0.8, 1.0, 0.5, 0.6, 0.3, 0.3, 0.2, 0.15])
    whir = coloured(rng, n, [(100, -12), (700, 0), (2500, -6), (8000, -24)]) * (1 + 0.5 * tone(stitches))
    return out / out.std() + 0.3 * motor + 0.3 * whir


def birds(rng, n):
    """Birds in a garden: sparrows, a blackbird and a trilling finch."""
    # Songs are nearly pure tones that glide. Sparrows: short falls from 5 to 3 kHz; the blackbird: slow flutes
    # near 2 kHz; the finch: one note ten times, quickly. Leaves move behind them.
    def note(start, end, seconds, wobble=0.0):
        t = np.linspace(0, 1, round(seconds * RATE))
        hz = start + (end - start) * t + wobble * np.sin(2 * np.pi * 28 * t * seconds)
        return np.hanning(len(t)) ** 0.7 * (tone(hz) + 0.12 * tone(2 * hz) * (2 * hz < 7800))

    out = 0.05 * coloured(rng, n, [(100, -16), (600, -6), (3000, 0), (8000, -10)])
    out += 0.04 * room_tone(rng, n)
    for at in beats(rng, n, rng.uniform(0.3, 0.45), 0.5):
        top = rng.uniform(4300, 6000)
        put(out, note(top, top * rng.uniform(0.55, 0.75), rng.uniform(0.05, 0.1)), at, rng.lognormal(-0.8, 0.5))
    phrase = rng.uniform(0.0, 0.5)
    while phrase < n / RATE:
        for _ in range(rng.integers(3, 6)):
            start, long = rng.uniform(1500, 2600), rng.uniform(0.1, 0.24)
            put(out, note(start, start * rng.uniform(0.8, 1.3), long, rng.uniform(0, 80)), phrase, 0.8)
            phrase += long + rng.uniform(0.02, 0.08)
        phrase += rng.uniform(0.7, 1.5)
    pitch, trill = rng.uniform(3200, 4200), rng.uniform(0.2, 0.6) * n / RATE
    for k in range(rng.integers(8, 14)):
        put(out, note(pitch, pitch * 1.25, 0.045), trill + 0.065 * k, 0.6)
    return out


def trambell(rng, n):
    """Tram that sets off: its bell, gears and wheels."""
    # A foot gong is a steel bowl: a few inharmonic modes, the deepest rings for half a second, struck twice or
    # thrice in a row. The gears whine upwards as the tram gains speed.
    t = np.arange(n) / RATE
    low = rng.uniform(620, 900)
    bowl = ((1, 1.0), (1.006, 0.6), (2.1, 0.9), (3.35, 0.7), (4.9, 0.5), (6.6, 0.3))
    gong = ring([(low * ratio, 0.5 / ratio**0.8, gain) for ratio, gain in bowl], 1.6)
    speed = 1 + 0.25 * t + 0.01 * slow(rng, n, 2)
    whine = harmonics(rng.uniform(180, 260) * speed, [0.6, 1.0, 0.4, 0.5, 0.2])
    wheels = coloured(rng, n, [(30, 0), (90, 0), (300, -8), (1200, -18), (8000, -44)])
    out = 0.35 * wheels * (1 + 0.2 * slow(rng, n, 1)) + 0.12 * whine
    for call in beats(rng, n, rng.uniform(1.1, 1.5), 0.2):
        gap = rng.uniform(0.17, 0.26)
        for k in range(rng.integers(2, 4)):
            force = rng.lognormal(0, 0.15)
            put(out, gong, call + gap * k, 0.5 * force)
            put(out, burst(rng, 0.02, 2e-4, 3e-3), call + gap * k, 0.4 * force)
    return out


def printer(rng, n):
    """Dot matrix printer: lines of needles, and paper that moves on."""
    # Nine needles hit the ribbon up to a thousand times a second, more or fewer of them from letter to letter:
    # a rasp with gaps between words. The head's motor sings along each line; then the paper is fed with a zip.
    out = 0.02 * room_tone(rng, n)
    columns, head = rng.uniform(800, 1050), rng.uniform(330, 420)
    needle = ring([(rng.uniform(1400, 2200), 0.0012, 1.0), (rng.uniform(2800, 4800), 0.0009, 1.0),
                   (rng.uniform(450, 700), 0.003, 0.6)], 0.012)  # fmt: skip
    at = -rng.uniform(0, 0.7)
    while at < n / RATE:
        length = rng.uniform(0.6, 0.95)
        size = round(length * RATE)
        line = np.zeros(size)
        count = int(length * columns / 10) + 1
        letters = rng.uniform(0.2, 1.0, count) * (rng.random(count) > 0.16)  # about one in six is a space
        for k in range(int(length * columns)):
            if rng.random() < 0.75:
                put(line, needle, k / columns, letters[k // 10] * rng.uniform(0.6, 1.0))
        motor = harmonics(np.full(size, head), [0.5, 0.3, 0.4, 0.2]) * np.hanning(size) ** 0.1
        line = band(line, 150, 7000) + 0.10 * motor
        feed = round(0.12 * RATE)
        zipped = harmonics(np.linspace(150, 210, feed), np.ones(12)) * np.hanning(feed) ** 0.5
        whole = np.r_[line, np.zeros(round(0.03 * RATE)), 0.12 * zipped, np.zeros(round(0.02 * RATE))]
        skipped = max(0, round(-at * RATE))  # the first line has begun before the clip
        put(out, whole[skipped:], max(0, at))
        put(out, ring([(rng.uniform(110, 170), 0.02, 1.0), (640, 0.006, 0.6)], 0.1), max(0, at + length), 0.8)
        at += len(whole) / RATE
    return out


def saw(rng, n):
    """Hand saw in wood: push, pull, and a board that falls quiet between."""
    # The teeth catch the fibres at a rate that follows the speed of the blade, so a stroke is a rasp that rises
    # and falls; the steel sheet rings along. Pushing cuts, pulling only scrapes.
    out = 0.04 * room_tone(rng, n)
    stroke = rng.uniform(0.33, 0.45)
    plate = rng.uniform(900, 1400)
    for k, at in enumerate(beats(rng, n + RATE, stroke, 0.06) - 1):
        long = round(0.85 * stroke * RATE)
        speed = np.sin(np.linspace(0, np.pi, long)) ** 0.8
        teeth = 40 + 190 * speed * (1.0, 1.15)[k % 2] * (1 + 0.05 * slow(rng, long, 10))
        bite = np.maximum(0, tone(teeth)) ** 3 + 0.25
        rasp = band(rng.standard_normal(long), 700, 5500) * bite
        steel = sum(narrow(rng, np.full(long, plate * ratio), 90) for ratio in (1, 1.83, 2.71)) * bite
        wood = band(rng.standard_normal(long), 150, 500) * bite
        piece = speed * (rasp + 0.22 * steel + 0.8 * wood) * (1.0, 0.45)[k % 2] * rng.lognormal(0, 0.12)
        skipped = max(0, round(-at * RATE))
        put(out, piece[skipped:], max(0, at))
    return out
