"""Build the held-out test set of the project: pairs of noisy and clean speech that students never see.

    python autograder/heldout/build.py [--out DIR]

The same versions of the tools give the same samples.
"""

import argparse
import csv
import shutil
import sys
from pathlib import Path

import numpy as np
from scipy import signal

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "data"))  # the builder of the students' pack: voices, rooms, levels

import textures  # noqa: E402
from builder import rooms, speech  # noqa: E402
from builder.sound import PEAK, RATE, fade, generator, read_flac, write_flac  # noqa: E402

SENTENCES = HERE / "sentences.txt"
COLUMNS = ["half", "name", "voice", "noise", "room", "snr_db", "seconds", "text"]
SNR = (0.0, 15.0)  # dB, spread evenly over the clips of a half
BITS = 14  # as the pack has it; the step lies below the noise floor of the speech

# Voices as in data/builder/speech.py: accent + variant, pitch, words a minute, shelf above 1 kHz in dB.
# Rooms as in data/builder/rooms.py: length, width and height in m, reverberation time aimed at in s.
# Nothing of one half is in the other half or in data/, no variant with another accent either.
HALVES = {
    "hidden": {
        "voices": {
            "espeak-us_m3": ("en-us+m3", 48, 165, -5),
            "espeak-gb_f4": ("en+f4", 50, 160, -7),
            "espeak-rp_gene": ("en-gb-x-rp+Gene", 52, 165, -2),
            "espeak-us_annie": ("en-us+Annie", 40, 160, -8),
            "espeak-scotland_m1": ("en-gb-scotland+m1", 46, 165, -5),
            "espeak-gb_alex": ("en+Alex", 50, 170, -4),
            "espeak-nyc_quincy": ("en-us-nyc+quincy", 54, 165, 0),
            "espeak-caribbean_denis": ("en-029+Denis", 52, 165, -4),
        },
        "noise": ["helicopter", "waterfall", "crickets", "shaver", "applause", "siren", "typewriter", "fireplace"],
        "rooms": {
            "pantry": ((2.6, 2.2, 2.3), 0.23),
            "nursery": ((3.6, 3.1, 2.4), 0.27),
            "workshop": ((6.6, 5.3, 3.0), 0.34),
            "gallery": ((8.1, 5.6, 3.3), 0.36),
        },
    },
    "public": {
        "voices": {
            "espeak-us_m2": ("en-us+m2", 50, 165, -5),
            "espeak-rp_f5": ("en-gb-x-rp+f5", 48, 160, -6),
            "espeak-gb_m4": ("en+m4", 52, 170, -5),
            "espeak-us_alicia": ("en-us+Alicia", 42, 165, -6),
            "espeak-scotland_mike": ("en-gb-scotland+Mike", 52, 165, -4),
            "espeak-gb_shelby": ("en+shelby", 44, 165, -8),
            "espeak-lancaster_michael": ("en-gb-x-gbclan+Michael", 50, 165, -3),
            "espeak-nyc_victor": ("en-us-nyc+victor", 50, 165, -4),
        },
        "noise": ["sea", "mower", "hairdryer", "sewing", "birds", "trambell", "printer", "saw"],
        "rooms": {
            "caravan": ((4.6, 2.3, 2.0), 0.21),
            "attic": ((5.7, 3.0, 2.2), 0.26),
            "clinic": ((3.4, 2.7, 2.7), 0.33),
            "parlour": ((6.9, 4.2, 2.8), 0.33),
        },
    },
}
SIDE = 8  # voices, and kinds of noise, in a half: each voice meets each kind once


def plan(half, texts):
    """List the rows of the manifest of one half, all but the length; `texts` are its 64 sentences."""
    parts, rng = HALVES[half], generator(half)
    voices, kinds, places = list(parts["voices"]), parts["noise"], list(parts["rooms"])
    levels = np.linspace(*SNR, SIDE**2)
    rows, in_rooms = [], 0
    for lap in range(SIDE):  # each lap has all voices, all kinds and one eighth of the range of SNR
        ranks = SIDE * lap + rng.permutation(SIDE)
        for k in range(SIDE):
            room = ""
            if (2 * k + lap) % 4 == 0:  # a quarter of the clips: twice for each voice and each kind
                room = places[in_rooms % len(places)]
                in_rooms += 1
            kind = kinds[(k + lap) % SIDE]
            rows.append({"voice": voices[k], "noise": kind, "room": room, "snr_db": f"{levels[ranks[k]]:.2f}"})
    order = rng.permutation(len(rows))  # so that neither the number nor the sentence says anything
    named = [{"half": half, "name": f"{place:03d}"} | rows[k] for place, k in enumerate(order, 1)]
    return [row | {"text": text} for row, text in zip(named, texts, strict=True)]


def speak(row):
    """Return the clean speech `(time,)` of a row, in its room if it has one, as loud as without."""
    rng = generator(f"{row['half']}/clean/{row['name']}.flac")
    parts = HALVES[row["half"]]
    x, _ = speech.make_speech(row["voice"], parts["voices"][row["voice"]], row["text"], rng)
    if row["room"]:
        response, _ = rooms.make_response(*parts["rooms"][row["room"]], rng)
        wet = signal.fftconvolve(x, response)[: len(x)]
        x = wet * np.sqrt(np.mean(x**2) / np.mean(wet**2))
    return x


def mix(row):
    """Return the noisy and the clean signal `(time,)` of a row; the SNR is over the whole clip."""
    clean = speak(row)
    rng = generator(f"{row['half']}/noisy/{row['name']}.flac")
    noise = fade(getattr(textures, row["noise"])(rng, len(clean)), 0.02)
    wanted = np.mean(clean**2) / 10 ** (float(row["snr_db"]) / 10)
    noisy = clean + noise * np.sqrt(wanted / np.mean(noise**2))
    gain = min(1.0, PEAK / np.max(np.abs(noisy)))  # both, so that the pair stays a pair
    return gain * noisy, gain * clean


def main():
    """Build both halves and their manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the set (default: %(default)s)")
    out = parser.parse_args().out
    texts = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = [*plan("hidden", texts[: SIDE**2]), *plan("public", texts[SIDE**2 :])]
    for half in HALVES:
        shutil.rmtree(out / half, ignore_errors=True)
    for row in rows:
        for kind, samples in zip(("noisy", "clean"), mix(row), strict=True):
            path = out / row["half"] / kind / f"{row['name']}.flac"
            write_flac(path, samples, BITS)
        row["seconds"] = f"{len(read_flac(path)) / RATE:.3f}"
        print(*row.values(), flush=True)
    with (out / "MANIFEST.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
