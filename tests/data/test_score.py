"""Scores of the pack: how their notation is read, and that what is written in them can be played."""

import struct
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parents[2] / "data"
SCORES = sorted((DATA / "scores").glob("*.txt"))
HEAD = "title: Scale\ncomposer: Anonymous\nyear: 1700\nopus: none\nsplit: train\ntempo: 60\npedal: 0\nclip: 1-2 1-1\n\n"


@pytest.fixture
def score(monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    from builder import score

    return score


@pytest.fixture
def piano(monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    from builder import piano

    return piano


def played(score, bars):
    """Return (start, length, pitch) of every note of the first clip of a score made of the text `bars`."""
    _, clips, by_number = score.read(HEAD + bars)
    notes, _ = score.play([by_number[number] for number in clips[0]])
    return [(float(note.start), float(note.length), note.pitch) for note in notes]


@pytest.mark.parametrize(("name", "number"), [("a4", 69), ("c4", 60), ("b#3", 60), ("cb4", 59), ("f##2", 43),
                                              ("bbb4", 69), ("bb4", 70), ("a0", 21)])  # fmt: skip
def test_names_of_notes(score, name, number):
    assert score.pitch(name) == number


@pytest.mark.parametrize("name", ["h4", "c", "4", "c#b4", "C4", "c4 "])
def test_what_is_no_note_is_named(score, name):
    with pytest.raises(ValueError, match="expected a note"):
        score.pitch(name)


def test_a_clip_plays_its_bars_in_its_order(score):
    assert played(score, "1\nR c4:1 r:1/2 e4+g4:1/2\n2\nL d3:1\n") == [
        (0, 1, 60), (1.5, 0.5, 64), (1.5, 0.5, 67), (2, 1, 50), (3, 1, 60), (4.5, 0.5, 64), (4.5, 0.5, 67),
    ]  # fmt: skip


def test_a_tie_is_one_long_note_also_over_the_bar(score):
    assert played(score, "1\nR c4~:1 c4~+e4:1\n2\nR c4:1 c4:1\n")[:3] == [(0, 3, 60), (1, 1, 64), (3, 1, 60)]


def test_two_voices_on_one_key_strike_it_once_and_let_it_go_before_it_is_struck_again(score):
    assert played(score, "1\nR c4:4\nL c4:1 r:1 c4:1 r:1\n2\nR r:1\n")[:2] == [(0, 2, 60), (2, 1, 60)]


def test_a_grace_note_comes_before_its_note(score):
    (start, length, pitch), after = played(score, "1\nR r:1 d4:0 c4:1\n2\nR r:1\n")[:2]
    assert start + length == after[0] == 1 and (pitch, after[2]) == (62, 60) and length > 0


def test_dynamics_and_tempo_stay_until_the_next(score):
    _, _, bars = score.read(HEAD + "1 p\nR c4:1\n2 90\nR c4:1\n3 f\nR c4:1\n")
    assert [bars[k].tempo for k in (1, 2, 3)] == [60, 90, 90]
    assert bars[1].velocity == bars[2].velocity < bars[3].velocity


@pytest.mark.parametrize("path", SCORES, ids=lambda path: path.stem)
def test_every_score_fits_a_piano_and_its_bars_their_metre(score, path):
    header, clips, bars = score.read(path.read_text(encoding="utf-8"))
    assert {"title", "composer", "year", "opus", "split", "tempo", "pedal", "notes"} <= set(header)
    assert int(header["year"]) < 1925
    lengths = [bar.length for bar in bars.values()]
    full = max(set(lengths), key=lengths.count)
    assert lengths.count(full) > 0.7 * len(lengths)
    assert max(lengths) == full, "a voice is longer than the bar"
    for numbers in clips:
        notes, starts = score.play([bars[number] for number in numbers])
        assert all(21 <= note.pitch <= 108 and note.length > 0 for note in notes)
        gaps = np.diff(sorted({float(note.start) for note in notes} | {float(starts[-1])}))
        assert np.max(gaps) <= 4, "a rest longer than a bar: is a voice missing?"


def test_the_pianist_is_nearly_in_time_and_never_a_machine(score, piano):
    _, _, bars = score.read(HEAD + "1\n" + "R" + 8 * " c4+e4+g4:1" + "\n")
    events, _ = piano.perform([bars[1]] * 4, 0, np.random.default_rng(0))
    keys = sorted((second, *message[1:]) for second, message in events if message[0] == 0x90)
    chords = np.array([second for second, _, _ in keys]).reshape(32, 3)  # seconds of the keys of each chord
    assert 0 < np.max(np.ptp(chords, axis=1)) < 0.05
    pace = np.diff(chords.mean(axis=1))
    assert np.all(np.abs(pace[:24] - 1) < 0.2) and np.std(pace) > 0.005
    assert pace[-1] > 1.25, "the end does not slow down"
    assert len({velocity for *_, velocity in keys}) > 5


def test_every_key_that_goes_down_comes_up(score, piano):
    _, _, bars = score.read(HEAD + "1\nR c4:1/4 c4:1/4 c4:1/2 e4:1\nL c4:2\n")
    events, end = piano.perform([bars[1]] * 3, 1, np.random.default_rng(0))
    down: set[int] = set()
    for _, message in sorted(events):
        if message[0] == 0x90:
            assert message[1] not in down
            down.add(message[1])
        elif message[0] == 0x80:
            down.remove(message[1])
    assert not down and end > 5


def test_midi_is_a_standard_file(piano):
    data = piano.midi([(0.5, bytes([0x90, 60, 64])), (20.0, bytes([0x80, 60, 0]))], 21.0)
    assert data[:4] == b"MThd" and struct.unpack(">IHHH", data[4:14]) == (6, 0, 1, 1000)
    assert data[14:18] == b"MTrk" and struct.unpack(">I", data[18:22])[0] == len(data) - 22
    track = data[22:]
    assert track[:7] == b"\x00\xff\x51\x03\x0f\x42\x40"  # a million microseconds a quarter: 1000 ticks are a second
    assert track[7:12] == b"\x83\x74\x90\x3c\x40"  # 500 ticks, seven bits a byte
    assert track[12:18] == b"\x81\x98\x2c\x80\x3c\x00"  # 19500 ticks
    assert track[18:] == b"\x87\x68\xff\x2f\x00"
