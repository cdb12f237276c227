"""Scores as text: how a file of `data/scores/` is read, and which notes a clip of it plays.

A file has lines `key: value`, an empty line, then the bars. A bar is a line with its number, and where they change
the dynamics (pp to ff) and the tempo in quarter notes a minute; below it stands one line for each voice, `R` or `L`
for the hand and its notes in order: `c#5:1/2` is half a quarter note, `r:1` a rest, `c4+e4:1` a chord, `c4~:2` a note
tied to the next of its pitch, `c4:0` a grace note. c4 is the middle C. A bar lasts as long as its longest voice. Each
line `clip: 1-8 1-8 9-16` is one clip, by the bars that it plays.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
DYNAMICS = {"pp": 60, "p": 70, "mp": 77, "mf": 84, "f": 94, "ff": 104}  # MIDI velocity
GRACE = Fraction(1, 8)  # quarter notes, taken from the note before


@dataclass(frozen=True)
class Note:
    """One note of a score: when it starts and how long it lasts, in quarter notes, and who plays it."""

    start: Fraction
    length: Fraction
    pitch: int  # MIDI number
    hand: str  # "R" or "L"
    tied: bool = False  # to the next note of this pitch


@dataclass(frozen=True)
class Bar:
    """One bar: its notes, counted from its beginning, its length in quarter notes, velocity and tempo."""

    notes: tuple[Note, ...]
    length: Fraction
    velocity: int
    tempo: float  # quarter notes a minute


def pitch(name):
    """Return the MIDI number of a note name: 60 for "c4", 61 for "c#4", 59 for "cb4"."""
    found = re.fullmatch(r"([a-g])(#{0,2}|b{0,2})(\d)", name)
    if not found:
        raise ValueError(f"expected a note such as c#4 or eb5, got {name!r}")
    step, accidental, octave = found.groups()
    return 12 * (int(octave) + 1) + STEPS[step] + accidental.count("#") - accidental.count("b")


def voice(line):
    """Read one voice of a bar; return its notes and its length in quarter notes."""
    hand, *words = line.split()
    if hand not in ("R", "L"):
        raise ValueError(f"a voice starts with R or L, got {line!r}")
    now, notes = Fraction(0), []
    for word in words:
        names, _, length = word.partition(":")
        length = Fraction(length)
        start = now if length else now - GRACE
        for name in names.split("+"):
            if name != "r":
                tied = name.endswith("~")
                notes.append(Note(start, length or GRACE, pitch(name.rstrip("~")), hand, tied))
        now += length
    return notes, now


def read(text):
    """Read the text of a score; return its header, its clips as lists of bar numbers, and its bars by number."""
    head, _, body = text.partition("\n\n")
    header, clips = {}, []
    for line in head.splitlines():
        key, _, value = line.partition(":")
        if key == "clip":
            ranges = [[int(k) for k in part.split("-")] for part in value.split()]
            clips.append([k for first, last in ranges for k in range(first, last + 1)])
        else:
            header[key] = value.strip()
    bars, velocity, tempo = {}, DYNAMICS["mf"], float(header["tempo"])
    for lines in re.split(r"\n(?=\d)", body.strip()):
        top, *voices = lines.splitlines()
        number, *marks = top.split()
        for mark in marks:
            velocity = DYNAMICS.get(mark, velocity)
            tempo = tempo if mark in DYNAMICS else float(mark)
        played = [voice(line) for line in voices]
        notes = tuple(note for part, _ in played for note in part)
        bars[int(number)] = Bar(notes, max(length for _, length in played), velocity, tempo)
    return header, clips, bars


def play(bars):
    """Put bars one behind the other: return their notes, and where each bar starts and the last ends, in quarters.

    Tied notes become one. A pitch that two voices strike together is one key, and a key that is down is let go
    before it is struck again.
    """
    notes, starts, now = [], [], Fraction(0)
    for bar in bars:
        starts.append(now)
        notes += [replace(note, start=max(now + note.start, Fraction(0))) for note in bar.notes]
        now += bar.length
    keys: dict[int, list[Note]] = {}
    for note in sorted(notes, key=lambda note: (note.start, -note.length)):
        key = keys.setdefault(note.pitch, [])
        before = key[-1] if key else None
        if before and before.tied and before.start + before.length == note.start:
            key[-1] = replace(before, length=before.length + note.length, tied=note.tied)
        elif before is None or before.start < note.start:
            if before:
                key[-1] = replace(before, length=min(before.length, note.start - before.start))
            key.append(note)
    played = [note for key in keys.values() for note in key]
    return sorted(played, key=lambda note: (note.start, note.pitch)), [*starts, now]
