"""Reading a corpus, drawing from it, and what is said of a damaged one."""

import os
import shutil
import time

import numpy as np
import pytest
import soundfile
import torch

from course_utils import corpus, metrics


def write(path, samples, rate=16000):
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, rate)


@pytest.fixture
def own_corpus(tmp_path, monkeypatch):
    """A corpus of somebody else's, with no manifest and no test split."""
    random = np.random.default_rng(0)
    for split in ("train", "val"):
        for voice in "abc":
            for k in range(2):
                write(tmp_path / "speech" / split / f"{voice}{split}-{k}.flac", 0.1 * random.standard_normal(24000))
        write(tmp_path / "noise" / split / "rain-1.wav", 0.1 * random.standard_normal(4000))
        write(tmp_path / "rir" / split / "hall-1.flac", np.eye(1, 800)[0])
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def test_course_data_replaces_the_embedded_corpus(own_corpus):
    assert [path.name for path in corpus.files("speech", "train")][:2] == ["atrain-0.flac", "atrain-1.flac"]
    assert corpus.load(corpus.files("noise", "train")[0]).shape == (1, 1, 4000)


def test_a_corpus_without_test_split_is_tested_on_val(own_corpus):
    assert corpus.files("speech", "test") == corpus.files("speech", "val")


def test_files_that_come_and_go_are_seen_at_once(own_corpus):
    place = own_corpus / "speech" / "train"
    for age in (0, 100):  # a folder that is being changed, and one that was at rest
        os.utime(place, (time.time() - age,) * 2)
        before = corpus.files("speech", "train")
        shutil.copy(before[0], place / "new-1.flac")
        assert len(corpus.files("speech", "train")) == len(before) + 1
        (place / "new-1.flac").unlink()
        assert corpus.files("speech", "train") == before


def test_any_number_names_a_clip(own_corpus):
    assert torch.equal(corpus.clip("speech", "train", 0), corpus.clip("speech", "train", 6))
    assert corpus.clip("noise", "train", 0, seconds=1.0).shape == (1, 1, 16000)  # repeated: it has 4000


def test_groups_come_from_the_manifest_or_the_name(own_corpus):
    path = corpus.files("speech", "train")[0]
    assert corpus.group(path) == "atrain"
    other = own_corpus.parent / "with_manifest"
    shutil.copytree(own_corpus, other)
    (other / "MANIFEST.csv").write_text("file,group\nspeech/train/atrain-0.flac,Anna\n")
    assert corpus.group(other / "speech" / "train" / "atrain-0.flac") == "Anna"


def test_one_seed_one_draw(own_corpus):
    draws = [corpus.sample("speech", "train", seconds=0.5, generator=generator(seed)) for seed in (1, 1, 2)]
    assert torch.equal(draws[0], draws[1]) and not torch.equal(draws[0], draws[2])
    crowds = [corpus.crowd("train", seconds=0.5, generator=generator(seed)) for seed in (1, 1, 2)]
    assert torch.equal(crowds[0], crowds[1]) and not torch.equal(crowds[0], crowds[2])


def test_silent_pieces_are_drawn_again(own_corpus):
    half_silent = np.concatenate([np.zeros(80000), 0.1 * np.ones(80000)])
    for path in corpus.files("speech", "train"):
        write(path, half_silent)
    for seed in range(10):
        assert corpus.sample("speech", "train", seconds=1, generator=generator(seed)).any()


def test_pairs_have_the_wanted_snr_and_do_not_depend_on_order(own_corpus):
    pairs = corpus.Pairs("train", count=4, seconds=0.5, snr_db=(3.0, 3.0), seed=5)
    backwards = [pairs[k] for k in (3, 2, 1, 0)][::-1]
    for (y, s), (y2, s2) in zip(pairs, backwards, strict=True):
        assert torch.equal(y, y2) and torch.equal(s, s2)
        assert metrics.snr(y, s).item() == pytest.approx(3.0, abs=1e-3)
    assert not torch.equal(pairs[0][0], corpus.Pairs("train", count=4, seconds=0.5, seed=6)[0][0])


def test_pairs_fill_a_loader(own_corpus):
    loader = torch.utils.data.DataLoader(corpus.Pairs("train", count=4, seconds=0.5), batch_size=2)
    assert [y.shape for y, s in loader] == [(2, 1, 8000)] * 2


@pytest.mark.parametrize("samples, rate, words", [
    (np.zeros(0), 16000, "is empty"),
    (np.zeros(100), 8000, "8000 Hz"),
    (np.zeros((100, 2)), 16000, "2 channels"),
    (np.array([0.0, np.nan, np.inf]), 16000, "NaN or infinite"),
])
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path, samples, rate, words):
    path = tmp_path / "bad.wav"
    soundfile.write(path, samples, rate, subtype="FLOAT")
    with pytest.raises(ValueError) as error:
        corpus.load(path)
    assert words in str(error.value) and str(path) in str(error.value)


def test_a_damaged_or_missing_file_is_named(own_corpus):
    path = corpus.files("speech", "train")[0]
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(ValueError, match=r"atrain-0\.flac.*damaged"):
        corpus.load(path)
    path.unlink()
    with pytest.raises(ValueError, match=r"atrain-0\.flac.*no such file"):
        corpus.load(path)


def test_an_incomplete_corpus_is_an_error_that_says_what_is_missing(own_corpus, monkeypatch):
    shutil.rmtree(own_corpus / "noise" / "train")
    with pytest.raises(ValueError, match=r"noise/train"):
        corpus.Pairs("train", count=1)
    with pytest.raises(ValueError, match="kinds are speech"):
        corpus.files("talk", "train")
    with pytest.raises(ValueError, match="splits train"):
        corpus.files("speech", "dev")
    monkeypatch.setenv("COURSE_DATA", str(own_corpus / "nowhere"))
    with pytest.raises(ValueError, match=r"nowhere.*COURSE_DATA"):
        corpus.files("speech", "train")


def test_a_corpus_without_piano_is_lent_the_courses_own(tmp_path, monkeypatch):
    (tmp_path / "speech").mkdir()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert corpus.files("piano", "val") == sorted((corpus.EMBEDDED / "piano" / "val").glob("*.flac"))
    (tmp_path / "piano").mkdir()  # its own, and empty: that is a mistake to be told of
    with pytest.raises(ValueError, match="piano"):
        corpus.files("piano", "val")


def test_what_a_mac_puts_beside_each_recording_is_none(own_corpus):
    before = corpus.files("speech", "train")
    (before[0].parent / f"._{before[0].name}").write_bytes(b"Mac OS X")
    assert corpus.files("speech", "train") == before


@pytest.mark.parametrize("content", [b"name,voice\na.flac,b\n", b"file,group\n\xe9.flac,b\n"])
def test_a_manifest_that_is_no_table_is_named(own_corpus, content):
    (own_corpus / "MANIFEST.csv").write_bytes(content)
    corpus._groups.cache_clear()
    with pytest.raises(ValueError, match=r"MANIFEST\.csv.*file and group"):
        corpus.group(corpus.files("speech", "train")[0])
    corpus._groups.cache_clear()


def test_a_manifest_from_excel_is_read(own_corpus):
    path = corpus.files("speech", "train")[0]
    (own_corpus / "MANIFEST.csv").write_bytes(f"\ufefffile,group\r\nspeech/train/{path.name},me\r\n".encode())
    corpus._groups.cache_clear()
    assert corpus.group(path) == "me"
    corpus._groups.cache_clear()
