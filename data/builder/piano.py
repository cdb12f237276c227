"""Piano: public-domain scores, played with a little freedom and rendered with a sampled grand."""

import subprocess
import tempfile
from bisect import bisect_right
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import soundfile as sf
import soxr

from builder import score
from builder.sound import FLOOR, RATE, Clip, active, fade, to_level, version

SCORES = Path(__file__).parents[1] / "scores"
FONT = Path("/usr/share/sounds/sf2/MuseScore_General_Full.sf2")
PACKAGE = "musescore-general-soundfont-lossless"  # its grand gets brighter when it is struck harder
LEVEL = -26.0  # dBFS of what sounds
BEFORE, AFTER = 0.15, 2.0  # s before the first note, and for the last one to ring
PHRASE = 4  # bars that rise and fall together, in tempo and dynamics
LEGATO = 0.98  # of a note's length, less 30 ms: then its key is up, also where it is struck again


def clock(bars, starts, rng):
    """Return a function from quarter notes to seconds: the score's tempo, and what a player makes of it.

    A phrase is some 5 % faster in its middle than at its ends, the pace drifts by some 2 %, and the last bar slows
    down by a third.
    """
    quarters, seconds, drift = [0.0], [BEFORE], 0.0
    for k, bar in enumerate(bars):
        steps = max(1, round(4 * bar.length))
        for step in range(steps):
            drift = 0.95 * drift + 0.006 * rng.standard_normal()
            pace = 0.97 + 0.05 * arch(k, step / steps) + drift
            if k == len(bars) - 1:
                pace *= 1 - step / steps / 3
            quarters.append(float(starts[k] + bar.length * Fraction(step + 1, steps)))
            seconds.append(seconds[-1] + float(bar.length) / steps * 60 / (bar.tempo * pace))
    return lambda quarter: float(np.interp(float(quarter), quarters, seconds))


def arch(k, place):
    """Return how far bar `k` of a clip, at `place` in [0, 1) of it, is into its phrase: 0 at the ends, 1 midway."""
    return np.sin(np.pi * (k % PHRASE + place) / PHRASE)


def perform(bars, pedal, rng):
    """Play `bars`: return MIDI events (second, bytes), and when the last key comes up.

    The upper note sings, the first of a bar has weight, and no two keys of a chord go down at once. The pedal changes
    every `pedal` quarter notes of a bar; with 0 it is not used.
    """
    notes, starts = score.play(bars)
    at = clock(bars, starts, rng)
    top = {note.start: note.pitch for note in notes}  # they come sorted by pitch: the highest stays
    events, end = [], 0.0
    for note in notes:
        k = bisect_right(starts, note.start) - 1
        velocity = bars[k].velocity + 8 * arch(k, float((note.start - starts[k]) / bars[k].length)) - 4
        velocity += 8 * (note.pitch == top[note.start]) + 4 * (note.start == starts[k]) - 6 * (note.hand == "L")
        velocity = int(np.clip(velocity + 3 * rng.standard_normal(), 20, 120))
        down = at(note.start) + np.clip(0.006 * rng.standard_normal(), -0.015, 0.015)
        up = down + max(0.05, LEGATO * (at(note.start + note.length) - at(note.start)) - 0.03)
        events += [(down, bytes([0x90, note.pitch, velocity])), (up, bytes([0x80, note.pitch, 0]))]
        end = max(end, up)
    for start, bar in zip(starts, bars if pedal else [], strict=False):
        for quarter in np.arange(0, float(bar.length), pedal):
            change = at(float(start) + quarter)
            events += [(change + 0.02, bytes([0xB0, 64, 0])), (change + 0.10, bytes([0xB0, 64, 127]))]
    return [*events, (end + AFTER / 2, bytes([0xB0, 64, 0]))], end


def midi(events, seconds):
    """Return a standard MIDI file of `events`, `seconds` long: one track, one tick a millisecond."""

    def number(n):  # of variable length, seven bits a byte
        return (b"" if n < 128 else bytes([n >> s & 127 | 128 for s in (21, 14, 7) if n >> s])) + bytes([n & 127])

    track, last = b"\x00\xff\x51\x03" + (1_000_000).to_bytes(3, "big"), 0  # microseconds a quarter note
    for when, message in [*sorted(events), (seconds, b"\xff\x2f\x00")]:
        tick = round(1000 * when)
        track += number(tick - last) + message
        last = tick
    header = b"MThd" + (6).to_bytes(4, "big") + b"\x00\x00\x00\x01" + (1000).to_bytes(2, "big")
    return header + b"MTrk" + len(track).to_bytes(4, "big") + track


def render(data):
    """Let fluidsynth play a MIDI file, `data`, with no room around it; return mono `(time,)` and its rate in Hz."""
    if not FONT.exists():
        raise SystemExit(f"{FONT} is missing. On Debian or Ubuntu: apt-get install {PACKAGE}")
    with tempfile.TemporaryDirectory() as folder:
        wav, played = Path(folder) / "piano.wav", Path(folder) / "piano.mid"
        played.write_bytes(data)
        command = ["fluidsynth", "-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "0.5", "-r", "48000", "-O", "float",
                   "-F", str(wav), str(FONT), str(played)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        x, rate = sf.read(wav, dtype="float64")
        return x.mean(axis=1), rate


def make_piano(bars, pedal, rng):
    """Return one clip `(time,)` and what rendered it."""
    facts = f"fluidsynth version {version('fluidsynth')} with the piano of {FONT.name}"
    events, end = perform(bars, pedal, rng)
    x, rate = render(midi(events, end + AFTER))
    x = soxr.resample(x, rate, RATE, quality="VHQ")
    x = fade(x[: round((end + AFTER) * RATE)], 0.1)
    x = to_level(x, LEVEL + 10 * np.log10(np.mean(active(x))))
    return x + 10 ** (FLOOR / 20) * rng.standard_normal(len(x)), facts


def plan():
    """List the piano clips of the pack, by score and in the order of its header."""
    clips = []
    for path in sorted(SCORES.glob("*.txt")):
        header, ranges, bars = score.read(path.read_text(encoding="utf-8"))
        note = f"{header['composer']}, {header['title']} ({header['opus']}, {header['year']})"
        for k, numbers in enumerate(ranges, 1):
            file = f"piano/{header['split']}/{path.stem}-{k:02d}.flac"
            make = partial(make_piano, [bars[number] for number in numbers], float(header["pedal"]))
            clips.append(Clip(file, "piano", header["split"], path.stem, note, make))
    return clips
