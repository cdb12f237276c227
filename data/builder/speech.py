"""Synthetic talkers: two synthesisers, many voices, one sentence never spoken twice."""

import subprocess
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import soundfile as sf
import soxr
from scipy import signal

from builder.sound import FLOOR, RATE, Clip, active, fade, require, to_level, version

SENTENCES = Path(__file__).parents[1] / "sentences.txt"
LEVEL, SPREAD = -26.0, 3.0  # dBFS of the active speech, and how far a clip may be from it
PAUSE = (0.10, 0.30)  # s of near-silence at each end

# espeak-ng: accent + variant, pitch (0 to 99), words a minute, shelf in dB. flite: voice, mean pitch in Hz,
# stretch of durations, shelf. The shelf lowers what is above 1 kHz: most formant voices are brighter than
# people, whose average spectrum falls by some 9 dB from 500 Hz to 2 kHz. A voice and its variant are in one
# split only.
# ("en-gb" cannot be varied: espeak-ng silently ignores the variant of an alias. "en" is the same accent.)
VOICES = {
    "train": {
        "espeak-us_henrique": ("en-us+Henrique", 46, 165, 0),
        "espeak-rp_f2": ("en-gb-x-rp+f2", 50, 160, -8),
        "espeak-scotland_m7": ("en-gb-scotland+m7", 42, 165, -5),
        "espeak-us_belinda": ("en-us+belinda", 42, 165, -6),
        "espeak-lancaster_miguel": ("en-gb-x-gbclan+miguel", 56, 165, -3),
        "espeak-gb_f1": ("en+f1", 46, 160, -8),
        "espeak-caribbean_andy": ("en-029+Andy", 60, 165, -6),
        "espeak-us_aunty": ("en-us+aunty", 40, 165, -8),
        "espeak-nyc_edward": ("en-us-nyc+edward", 50, 170, -4),
        "espeak-gb_steph": ("en+steph", 56, 165, 0),
        "flite-slt": ("slt", 172, 1.0, 0),
        "flite-kal16": ("kal16", 108, 1.0, -3),
    },
    "val": {
        "espeak-gb_diogo": ("en+Diogo", 50, 165, -2),
        "espeak-us_f3": ("en-us+f3", 54, 165, -9),
        "espeak-rp_paul": ("en-gb-x-rp+paul", 44, 160, -4),
        "espeak-scotland_andrea": ("en-gb-scotland+Andrea", 48, 150, -7),
        "espeak-wmids_m6": ("en-gb-x-gbcwmd+m6", 56, 165, -7),
        "flite-rms": ("rms", 96, 0.95, 0),
    },
    "test": {
        "espeak-us_hugo": ("en-us+Hugo", 46, 165, 0),
        "espeak-gb_linda": ("en+linda", 48, 160, -9),
        "espeak-rp_nguyen": ("en-gb-x-rp+Nguyen", 50, 165, -3),
        "espeak-us_anika": ("en-us+anika", 44, 150, 0),
        "espeak-lancaster_travis": ("en-gb-x-gbclan+travis", 44, 160, -3),
        "flite-awb": ("awb", 128, 1.0, 0),
    },
}
TOOLS = {"espeak": "espeak-ng", "flite": "flite"}  # by the first part of a voice's name
SHARES = {"train": 3, "val": 1, "test": 1}  # sentences a voice gets in one round of dealing


def run(command, text):
    """Let the synthesiser `command`, which ends with its option for the output, speak `text`.

    Returns the signal `(time,)` and its sample rate in Hz.
    """
    require(command[0])
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "speech.wav"
        written = Path(folder) / "text.txt"
        written.write_text(text + "\n", encoding="utf-8")
        subprocess.run([*command, str(wav), "-f", str(written)], check=True, capture_output=True)
        return sf.read(wav, dtype="float64")


def synthesise(voice, settings, text, rng):
    """Let `voice` say `text` with a small change of pace and pitch, as no one speaks twice alike."""
    if voice.startswith("espeak-"):
        name, pitch, pace, _ = settings
        pitch, pace = round(pitch + rng.uniform(-4, 4)), round(pace * rng.uniform(0.94, 1.06))
        command = ["espeak-ng", "-v", name, "-p", str(pitch), "-s", str(pace), "-w"]
    else:
        name, pitch, stretch, _ = settings
        pitch, stretch = pitch * rng.uniform(0.95, 1.05), stretch * rng.uniform(0.95, 1.06)
        command = ["flite", "-voice", name, "--setf", f"int_f0_target_mean={pitch:.1f}",
                   "--setf", f"duration_stretch={stretch:.3f}", "-o"]  # fmt: skip
    return run(command, text)


def shelf(x, db, corner=1000.0):
    """Change what lies above `corner` Hz by `db`, gently: a blend of `x` with its first-order low-pass."""
    gain = 10 ** (db / 20)
    low = signal.sosfilt(signal.butter(1, corner, fs=RATE, output="sos"), x)
    return gain * x + (1 - gain) * low


def finish(x, rate, tilt, rng):
    """Bring a synthesiser's output `(time,)` at `rate` Hz to the form of the pack.

    Resampled to 16 kHz, high-passed at 50 Hz, tilted by `tilt` dB above 1 kHz, cut to a short pause at each
    end, levelled by its active part and laid over a faint noise floor.
    """
    x = soxr.resample(x, rate, RATE, quality="VHQ")
    x = signal.sosfilt(signal.butter(4, 50, "highpass", fs=RATE, output="sos"), x)
    x = shelf(x, tilt)
    spoken = np.flatnonzero(active(x))
    before, after = (rng.uniform(*PAUSE, size=2) * RATE).astype(int)
    x = np.concatenate([np.zeros(before), fade(x[spoken[0] : spoken[-1]], 0.005), np.zeros(after)])
    target = LEVEL + rng.uniform(-SPREAD, SPREAD)
    share = np.mean(active(x))  # of the time somebody speaks: pauses must not make the speech louder
    x = to_level(x, target + 10 * np.log10(share))
    return x + 10 ** (FLOOR / 20) * rng.standard_normal(len(x))


def make_speech(voice, settings, text, rng):
    """Return one spoken sentence `(time,)` and the version of the tool that spoke it."""
    samples = finish(*synthesise(voice, settings, text, rng), settings[-1], rng)
    return samples, f"version {version(TOOLS[voice.split('-')[0]])}"


def deal(sentences):
    """Deal the sentences like cards, so that topics mix; yield (split, voice, settings, sentence).

    A sentence added at the end of the file changes nothing before it.
    """
    turns = [
        (split, voice, settings)
        for lap in range(max(SHARES.values()))
        for split, voices in VOICES.items()
        for voice, settings in voices.items()
        if lap < SHARES[split]
    ]
    for k, sentence in enumerate(sentences):
        yield *turns[k % len(turns)], sentence


def plan():
    """List the speech clips of the pack."""
    sentences = [line.strip() for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line.strip()]
    clips, said = [], {}
    for split, voice, settings, text in deal(sentences):
        said[voice] = said.get(voice, 0) + 1
        file = f"speech/{split}/{voice}-{said[voice]:03d}.flac"
        note = f"{TOOLS[voice.split('-')[0]]} voice {settings[0]}"
        make = partial(make_speech, voice, settings, text)
        clips.append(Clip(file, "speech", split, voice, note, make, text))
    return clips
