"""The embedded audio pack is what its manifest and README promise, and its builder makes it again."""

import csv
import hashlib
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

DATA = Path(__file__).parents[2] / "data"
SPLITS = ("train", "val", "test")
MINUTES = {"train": 20.5, "val": 3.2, "test": 3.2}  # of speech, at least
MUSIC = {"train": 8.0, "val": 1.0, "test": 1.0}  # minutes of piano, at least
FONT = Path("/usr/share/sounds/sf2/MuseScore_General_Full.sf2")
ROUNDING = 4 / 32768  # one step of the pack's 14 bits


@pytest.fixture(scope="module")
def rows():
    with (DATA / "MANIFEST.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def groups(rows):
    """Sets of groups by (kind, split): voices, noise kinds, rooms."""
    found = defaultdict(set)
    for row in rows:
        found[row["kind"], row["split"]].add(row["group"])
    return found


def test_manifest_and_folder_hold_the_same_files(rows):
    listed = [row["file"] for row in rows]
    on_disk = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.flac") if path.parent.name != "results"}
    assert len(listed) == len(set(listed))
    assert set(listed) == on_disk


def test_names_say_kind_split_and_group(rows):
    for row in rows:
        folder, split, name = row["file"].split("/")
        assert (folder, split) == (row["kind"], row["split"]), row["file"]
        assert name.rsplit("-", 1)[0] == row["group"], row["file"]


def test_checksums(rows):
    wrong = [
        r["file"] for r in rows if hashlib.sha256((DATA / r["file"]).read_bytes()).hexdigest() != r["sha256"]
    ]
    assert wrong == []


def test_every_row_says_where_it_comes_from(rows):
    for row in rows:
        assert row["licence"] and row["provenance"], row["file"]
        assert bool(row["text"]) == (row["kind"] == "speech"), row["file"]


def test_samples_are_usable(rows):
    for row in rows:
        x, rate = sf.read(DATA / row["file"], dtype="float32", always_2d=True)
        info = sf.info(DATA / row["file"])
        assert (rate, x.shape[1], info.subtype) == (16_000, 1, "PCM_16"), row["file"]
        assert row["sample_rate"] == "16000" and abs(float(row["seconds"]) - len(x) / rate) < 1e-3, row[
            "file"
        ]
        assert np.all(np.isfinite(x)), row["file"]
        assert np.max(np.abs(x)) < 0.95, f"{row['file']} is clipped"
        assert np.sqrt(np.mean(x**2)) > 1e-3, f"{row['file']} is silent"


def test_pauses_are_not_digital_silence(rows):
    for row in rows:
        if row["kind"] == "speech":
            x, _ = sf.read(DATA / row["file"], frames=1600)  # the pause before the first word
            assert 1e-5 < np.std(x) < 1e-2, row["file"]


def test_the_direct_sound_comes_first_and_is_the_loudest(rows):
    for row in rows:
        if row["kind"] == "rir":
            x, _ = sf.read(DATA / row["file"])
            assert np.argmax(np.abs(x)) < 48, row["file"]
            assert np.max(np.abs(x)) == pytest.approx(0.9, abs=1e-3), row["file"]
            assert "RT60" in row["provenance"] and " m" in row["provenance"], row["file"]


def piano(rows):
    """Yield the row and the samples of each piece of music."""
    for row in rows:
        if row["kind"] == "piano":
            yield row, sf.read(DATA / row["file"])[0]


def test_piano_is_as_loud_as_speech_and_never_digitally_silent(rows):
    for row, x in piano(rows):
        power = np.mean(x[: len(x) // 320 * 320].reshape(-1, 320) ** 2, axis=1)  # of 20 ms each
        sounding = power[power > 1e-4 * np.max(power)]
        assert 10 * np.log10(np.mean(sounding)) == pytest.approx(-26, abs=0.5), row["file"]
        assert len(sounding) > 0.9 * len(power), f"{row['file']} is mostly rests"
        assert 20 <= len(x) / 16_000 <= 60, row["file"]
        silent = np.diff(np.flatnonzero(np.concatenate([[1], x, [1]])))
        assert np.max(silent) < 80, f"{row['file']} has 5 ms of zeros"


def test_piano_is_as_bright_as_a_grand(rows):
    # Recordings of a concert grand have, relative to all of it, -22 to -31 dB in 2 to 4 kHz and -39 to -56 dB in
    # 4 to 6 kHz; -80 dBFS of white noise, the floor under the music, is at -60 dB in 4 to 6 kHz.
    for row, x in piano(rows):
        frames = x[: len(x) // 1024 * 1024].reshape(-1, 1024) * np.hanning(1024)
        power = np.mean(np.abs(np.fft.rfft(frames)) ** 2, axis=0)
        level = {low: 10 * np.log10(np.sum(power[low * 64 : (low + 2) * 64]) / np.sum(power)) for low in (2, 4)}
        assert -28 < level[2] < -18 and -50 < level[4] < -33, f"{row['file']}: {level}"


def test_piano_reaches_the_top_of_the_band_where_keys_are_struck(rows):
    floor = -80 + 10 * np.log10(1 / 8)  # dBFS in one of eight kHz
    for row, x in piano(rows):
        frames = x[: len(x) // 512 * 512].reshape(-1, 512) * np.hanning(512)
        spectrum = 2 * np.abs(np.fft.rfft(frames)) ** 2 / (512 * np.sum(np.hanning(512) ** 2))  # power of each bin
        struck = 10 * np.log10(np.percentile(np.sum(spectrum[:, 224:], axis=1), 99))  # 7 to 8 kHz, loudest frames
        assert struck > floor + 3, f"{row['file']}: {struck}"


@pytest.mark.parametrize("split", SPLITS)
def test_enough_music(rows, split):
    assert sum(float(r["seconds"]) for r in rows if (r["kind"], r["split"]) == ("piano", split)) / 60 >= MUSIC[split]


def test_no_composer_is_in_two_splits_and_every_score_names_hers_or_his(rows):
    splits = defaultdict(set)
    for row in rows:
        if row["kind"] == "piano":
            score = (DATA / "scores" / f"{row['group']}.txt").read_text(encoding="utf-8")
            composer = re.search("^composer: (.+)$", score, re.MULTILINE)[1]
            assert composer in row["provenance"] and re.search(r"^notes: \S", score, re.MULTILINE), row["file"]
            splits[composer].add(row["split"])
    assert len(splits) >= 6
    assert [composer for composer, found in splits.items() if len(found) > 1] == []


@pytest.mark.parametrize("split", SPLITS)
def test_enough_speech_and_both_synthesisers_in_each_split(rows, groups, split):
    seconds = sum(float(r["seconds"]) for r in rows if r["kind"] == "speech" and r["split"] == split)
    assert seconds / 60 >= MINUTES[split]
    assert {voice.split("-")[0] for voice in groups["speech", split]} == {"espeak", "flite"}


def test_enough_voices_kinds_and_rooms(groups):
    count = {
        kind: len(set().union(*(groups[kind, s] for s in SPLITS))) for kind in ("speech", "noise", "rir")
    }
    assert count["speech"] >= 14
    assert count["noise"] >= 10 + 1  # and babble
    assert count["rir"] >= 14
    assert [len(groups["rir", s]) >= least for s, least in zip(SPLITS, (8, 3, 3), strict=True)] == [True] * 3


@pytest.mark.parametrize("kind", ["speech", "rir", "piano"])
def test_voices_rooms_and_pieces_are_in_one_split_only(groups, kind):
    splits = [groups[kind, split] for split in SPLITS]
    assert sum(map(len, splits)) == len(set().union(*splits))


def test_voice_variants_are_in_one_split_only(groups):
    # "espeak-us_m7" and "espeak-gb_m7" would be one larynx with two accents
    variants = [{re.split("[-_]", voice)[-1] for voice in groups["speech", split]} for split in SPLITS]
    assert sum(map(len, variants)) == len(set().union(*variants))


def test_some_noise_kinds_are_kept_for_validation_and_test(groups):
    train, val, test = (groups["noise", split] for split in SPLITS)
    assert len(test - train - val) >= 3
    assert len(val - train - test) >= 1
    assert train & test - {"babble"}, "some kinds are shared, so that known and new noise can be compared"


def test_no_clip_is_in_two_places_and_no_sentence_is_said_twice(rows):
    said = [re.sub("[^a-z ]", "", row["text"].lower()) for row in rows if row["kind"] == "speech"]
    assert len(said) == len(set(said))
    assert len({row["sha256"] for row in rows}) == len(rows)


def test_the_pack_is_small():
    size = sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert size <= 40e6


@pytest.fixture(scope="module")
def rebuilt(rows, tmp_path_factory):
    """Build one clip of each part again, where its tool is here, and return the folder."""
    files = ["noise/train/rain-01.flac"]
    if find_spec("pyroomacoustics"):
        files.append("rir/train/studio-01.flac")
    if shutil.which("espeak-ng"):
        files.append(spoken_by_espeak(rows)["file"])
    if shutil.which("fluidsynth") and FONT.exists():
        files.append("piano/test/mozart_sonata_facile-01.flac")
    folder = tmp_path_factory.mktemp("pack")
    command = [sys.executable, str(DATA / "build.py"), "--out", str(folder), "--match", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def spoken_by_espeak(rows):
    return next(row for row in rows if row["file"].startswith("speech/val/espeak-"))


def assert_same(folder, file):
    new, shipped = sf.read(folder / file)[0], sf.read(DATA / file)[0]
    assert new.shape == shipped.shape
    assert np.max(np.abs(new - shipped)) <= ROUNDING  # another processor may round a sample the other way


def test_the_builder_makes_the_same_noise(rebuilt):
    assert_same(rebuilt, "noise/train/rain-01.flac")


@pytest.mark.skipif(find_spec("pyroomacoustics") is None, reason="pyroomacoustics is not installed")
def test_the_builder_makes_the_same_room(rebuilt):
    assert_same(rebuilt, "rir/train/studio-01.flac")


@pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed (Debian: espeak-ng)"
)
def test_the_builder_makes_the_same_speech(rows, rebuilt):
    row = spoken_by_espeak(rows)
    version = row["provenance"].split("version ")[1]
    said = subprocess.run(["espeak-ng", "--version"], capture_output=True, text=True, check=True).stdout
    if version not in said:
        pytest.skip(f"the pack was spoken by espeak-ng {version}, here is {said.strip()}")
    assert_same(rebuilt, row["file"])


@pytest.mark.skipif(
    not (shutil.which("fluidsynth") and FONT.exists()),
    reason="no piano is installed (Debian: fluidsynth and musescore-general-soundfont-lossless)",
)
def test_the_builder_plays_the_same_piano(rows, rebuilt):
    row = next(row for row in rows if row["file"] == "piano/test/mozart_sonata_facile-01.flac")
    version = re.search(r"version ([\d.]+)", row["provenance"])[1]
    said = subprocess.run(["fluidsynth", "--version"], capture_output=True, text=True, check=True).stdout
    if version not in said:
        pytest.skip(f"the pack was played by fluidsynth {version}, here is {said.strip()}")
    assert_same(rebuilt, row["file"])


@pytest.mark.parametrize(("part", "package"), [("speech", "espeak-ng"), ("piano", "fluidsynth")])
def test_a_missing_synthesiser_is_named_with_its_package(tmp_path, part, package):
    command = [sys.executable, str(DATA / "build.py"), "--only", part, "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    assert done.returncode != 0
    assert f"apt-get install {package}" in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.flac"))
