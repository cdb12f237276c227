"""The held-out test set is what its manifest says, and shares nothing with what students have."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

ROOT = Path(__file__).parents[2]
HELDOUT = ROOT / "autograder" / "heldout"
HALVES = ("hidden", "public")


def read_rows(path):
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def rows():
    return read_rows(HELDOUT / "MANIFEST.csv")


@pytest.fixture(scope="module")
def pack():
    """Rows of the pack that students have."""
    return read_rows(ROOT / "data" / "MANIFEST.csv")


@pytest.fixture(scope="module")
def pairs(rows):
    """(row, noisy, clean) of every pair, with what each file says of its form."""
    found = []
    for row in rows:
        sounds = []
        for kind in ("noisy", "clean"):
            path = HELDOUT / row["half"] / kind / f"{row['name']}.flac"
            info = sf.info(path)
            assert (info.samplerate, info.channels, info.format) == (16_000, 1, "FLAC"), path
            sounds.append(sf.read(path, dtype="float64")[0])
        found.append((row, *sounds))
    return found


def values(rows, half, column):
    return {row[column] for row in rows if row["half"] == half} - {""}


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_64_pairs(rows, half):
    names = [f"{number:03d}" for number in range(1, 65)]
    assert [row["name"] for row in rows if row["half"] == half] == names
    for kind in ("noisy", "clean"):
        assert sorted(path.name for path in (HELDOUT / half / kind).iterdir()) == [f"{name}.flac" for name in names]


def test_noisy_and_clean_have_one_length(pairs):
    for row, noisy, clean in pairs:
        assert len(noisy) == len(clean), row
        assert f"{len(clean) / 16_000:.3f}" == row["seconds"], row
        assert 2.4 < float(row["seconds"]) < 4.5, row


def test_snr_is_that_of_the_manifest(pairs):
    for row, noisy, clean in pairs:
        snr = 10 * np.log10(np.mean(clean**2) / np.mean((noisy - clean) ** 2))
        assert abs(snr - float(row["snr_db"])) < 0.1, row


@pytest.mark.parametrize("half", HALVES)
def test_snr_is_spread_evenly(rows, half):
    snr = sorted(float(row["snr_db"]) for row in rows if row["half"] == half)
    np.testing.assert_allclose(snr, np.linspace(0, 15, 64), atol=0.01)


def test_nothing_clips_or_is_silent(pairs):
    for row, noisy, clean in pairs:
        for x in (noisy, clean):
            assert 0.02 < np.max(np.abs(x)) < 0.9, row
            assert 10 * np.log10(np.mean(x**2)) > -45, row


@pytest.mark.parametrize("half", HALVES)
def test_each_half_is_varied(rows, half):
    assert len(values(rows, half, "voice")) >= 6
    assert len(values(rows, half, "noise")) >= 6
    assert len(values(rows, half, "room")) >= 3
    assert len(values(rows, half, "text")) == 64
    assert 12 <= sum(bool(row["room"]) for row in rows if row["half"] == half) <= 20
    meetings = Counter((row["voice"], row["noise"]) for row in rows if row["half"] == half)
    assert set(meetings.values()) == {1}


@pytest.mark.parametrize("column", ["voice", "noise", "room", "text"])
def test_halves_share_nothing(rows, column):
    assert values(rows, "hidden", column).isdisjoint(values(rows, "public", column))


@pytest.mark.parametrize("column,kind", [("voice", "speech"), ("noise", "noise"), ("room", "rir")])
def test_nothing_is_in_the_students_pack(rows, pack, column, kind):
    known = {row["group"] for row in pack if row["kind"] == kind}
    assert known
    assert known.isdisjoint(row[column] for row in rows)


def test_no_variant_speaks_with_another_accent(rows, pack):
    # A voice is named synthesiser-accent_variant; the variant alone makes the speaker.
    sides = [{row["group"] for row in pack if row["kind"] == "speech" and row["group"].startswith("espeak-")}]
    sides += [values(rows, half, "voice") for half in HALVES]
    variants = [voice.split("_", 1)[1].lower() for side in sides for voice in side]
    assert [variant for variant, count in Counter(variants).items() if count > 1] == []


def test_no_sentence_is_in_the_students_pack(rows, pack):
    known = {row["text"].lower() for row in pack if row["text"]}
    known |= set((ROOT / "data" / "sentences.txt").read_text(encoding="utf-8").lower().splitlines())
    assert known.isdisjoint(row["text"].lower() for row in rows)


def test_the_set_is_small():
    assert sum(path.stat().st_size for path in HELDOUT.rglob("*.flac")) < 14e6
