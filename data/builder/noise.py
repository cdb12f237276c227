"""The noise of the pack: which kinds go into which split, and babble from the split's own voices."""

from functools import partial
from pathlib import Path

import numpy as np

from builder import textures_events as events
from builder import textures_steady as steady
from builder.sound import RATE, SPLITS, Clip, fade, read_flac, to_level

LEVEL = -30.0  # dBFS root mean square
SECONDS = {"train": 11, "val": 10, "test": 10}

# kind: (texture, clips in train, val, test). A zero keeps the kind out of that split: four kinds are heard
# only in the test split and two only in the validation split, so that a model meets noise new to it.
KINDS = {
    "rain": (steady.rain, 2, 1, 1),
    "fan": (steady.fan, 2, 1, 1),
    "wind": (steady.wind, 2, 0, 1),
    "hum": (steady.hum, 2, 0, 1),
    "stream": (steady.stream, 2, 0, 0),
    "engine": (steady.engine, 2, 0, 0),
    "keyboard": (events.keyboard, 2, 1, 1),
    "traffic": (events.traffic, 2, 1, 1),
    "footsteps": (events.footsteps, 2, 0, 0),
    "aircon": (steady.aircon, 0, 2, 0),
    "washer": (events.washer, 0, 2, 0),
    "cafe": (events.cafe, 0, 0, 2),
    "drill": (events.drill, 0, 0, 2),
    "vacuum": (steady.vacuum, 0, 0, 2),
    "railway": (events.railway, 0, 0, 2),
}
BABBLE = {"train": 3, "val": 1, "test": 2}  # clips
TALKERS = 8


def make_texture(texture, seconds, rng):
    """Synthesise one clip `(seconds * RATE,)` of `texture`, faded at the ends and levelled."""
    return to_level(fade(texture(rng, seconds * RATE), 0.02), LEVEL), ""


def make_babble(speech, seconds, rng):
    """Overlap eight talkers `(seconds * RATE,)`, each a chain of that voice's sentences at its own distance.

    `speech` is the folder of the split's clips. Voices are used in turn: where there are fewer than eight,
    the first ones talk twice, with other sentences.
    """
    n = seconds * RATE
    talkers = {}
    for path in sorted(Path(speech).glob("*.flac")):
        talkers.setdefault(path.stem.rsplit("-", 1)[0], []).append(path)
    if not talkers:
        raise FileNotFoundError(f"{speech}: babble is mixed from speech, build that first (--only speech)")
    names = rng.permutation(sorted(talkers))
    queues = {name: list(rng.permutation(talkers[name])) for name in names}
    out = np.zeros(n)
    for k in range(TALKERS):
        queue, talker = queues[names[k % len(names)]], np.zeros(0)
        while len(talker) < n + RATE:
            path = queue.pop(0)
            queue.append(path)  # a voice with few sentences starts over
            talker = np.concatenate([talker, read_flac(path)])
        start = rng.integers(RATE)
        out += rng.uniform(0.6, 1.3) * talker[start : start + n]
    return to_level(fade(out, 0.02), LEVEL), ""


def plan(voices):
    """List the noise clips of the pack; babble is mixed from the folder `voices` (with train/ val/ test/)."""
    clips = []
    for kind, (texture, *counts) in KINDS.items():
        for split, count in zip(SPLITS, counts, strict=True):
            for number in range(1, count + 1):
                file = f"noise/{split}/{kind}-{number:02d}.flac"
                note = f"synthesised with numpy and scipy: {texture.__doc__.splitlines()[0]}"
                make = partial(make_texture, texture, SECONDS[split])
                clips.append(Clip(file, "noise", split, kind, note, make))
    for split, count in BABBLE.items():
        for number in range(1, count + 1):
            file = f"noise/{split}/babble-{number:02d}.flac"
            note = f"{TALKERS} talkers mixed from speech/{split}"
            make = partial(make_babble, Path(voices) / split, SECONDS[split])
            clips.append(Clip(file, "noise", split, "babble", note, make))
    return clips
