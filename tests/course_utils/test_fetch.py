"""Public corpora, fetched by the command line from a server on this machine that has them in their own layouts."""

import csv
import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import mirror
import numpy as np
import pooch
import pytest
import soundfile
import torch

from course_utils import corpus
from course_utils.fetch import archive, cli, convert, download, work
from course_utils.fetch.declare import Recording, deal

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the archives of all corpora."""
    folder = tmp_path_factory.mktemp("site")
    mirror.build(folder)
    return folder


@pytest.fixture
def fetch(site, monkeypatch, capsys):
    """Run the command with the checksums of these archives; return its status and what it says."""
    monkeypatch.setattr(cli, "corpora", lambda: mirror.declared(site))
    monkeypatch.setattr(download, "WAIT", 0.01)

    def run(name, to, where=site, *options):
        status = cli.main(["fetch", name, "--to", str(to), "--mirror", str(where), *options])
        said = capsys.readouterr()
        return status, said.out + said.err
    return run


def rows(top):
    with (top / "MANIFEST.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def sounds(top):
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*.flac")
            if ".fetch" not in path.parts}


FILES = {
    "librispeech": {"speech/train": 6, "speech/val": 2, "speech/test": 2},
    "vctk": {"speech/train": 2, "speech/val": 4, "speech/test": 4},
    "voicebank-demand": {"speech/train": 4, "speech/val": 8, "speech/test": 2, "noise/train": 2, "noise/val": 4,
                         "noise/test": 2},
    "speech-commands": {"speech/train": 8, "speech/val": 4, "speech/test": 4},
    "yesno": {"speech/train": 3},
    "musan": {"noise/train": 11, "noise/val": 1, "noise/test": 1},
    "esc50": {"noise/train": 6, "noise/val": 2, "noise/test": 2},
    "rirs": {"rir/train": 9, "rir/val": 1, "rir/test": 1},
    "maestro": {"piano/train": 5, "piano/val": 1, "piano/test": 1},
}
"""What the tiny archives give. 65 s make three files."""


@pytest.mark.parametrize("name", mirror.CORPORA)
def test_each_corpus_arrives_in_the_layout_of_the_course(name, fetch, site, tmp_path, monkeypatch):
    with mirror.serving(site) as server:
        status, said = fetch(name, tmp_path, server.address)
    assert status == 0, said
    counts = {}
    for file in sounds(tmp_path):
        counts[file.rsplit("/", 1)[0]] = counts.get(file.rsplit("/", 1)[0], 0) + 1
    if name in ("musan", "maestro", "rirs"):  # chance decides where the long recording or the room of two goes
        assert counts.keys() == FILES[name].keys() and sum(counts.values()) >= sum(FILES[name].values()) - 1
    else:
        assert counts == FILES[name]
    found = rows(tmp_path)
    assert sorted(row["file"] for row in found) == sorted(sounds(tmp_path))
    declared = mirror.REAL()[name]
    for row in found:
        path = tmp_path / row["file"]
        info = soundfile.info(path)
        assert (info.samplerate, info.channels, info.format, info.subtype) == (16000, 1, "FLAC", "PCM_16")
        assert info.duration == pytest.approx(float(row["seconds"]), abs=1e-3) and 0.04 < info.duration <= 30
        assert pooch.file_hash(path) == row["sha256"]
        assert row["licence"] == declared.licence and row["corpus"] == name and row["source"]
        assert corpus.group(path) == row["group"] == path.stem.rsplit("-", 1)[0]
        assert corpus.load(path).abs().max() > 1e-3
    if name != "esc50":  # groups noise by its kind, of which each split has other recordings
        splits = {}
        for row in found:
            splits.setdefault(row["group"], set()).add(row["split"])
        assert all(len(places) == 1 for places in splits.values()), splits
    assert not (tmp_path / ".fetch" / name).exists(), "what is not needed any more is left"
    assert declared.licence in said and declared.citation in said


def test_the_speakers_are_where_the_corpora_have_them(fetch, tmp_path):
    for name in ("librispeech", "vctk", "voicebank-demand", "speech-commands"):
        assert fetch(name, tmp_path)[0] == 0
    groups = {split: {row["group"] for row in rows(tmp_path) if (row["kind"], row["split"]) == ("speech", split)}
              for split in corpus.SPLITS}
    assert groups == {
        "train": {"librispeech-19", "librispeech-26", "vctk-p225", "vctk-p228", "commands-0a7c2a8d",
                  "commands-1b4c9b89"},
        "val": {"librispeech-84", "vctk-p226", "vctk-p287", "commands-2c6d3924"},
        "test": {"librispeech-61", "vctk-p232", "vctk-p257", "commands-3d53244b"}}


def test_no_recording_of_esc50_is_in_two_splits(fetch, tmp_path):
    fetch("esc50", tmp_path)
    splits = {}
    for row in rows(tmp_path):
        splits.setdefault(row["source"].split("/")[-1].split("-")[1], set()).add(row["split"])
    assert splits == {"101": {"train"}, "102": {"train"}, "103": {"train"}, "104": {"val"}, "105": {"test"}}


def test_speech_and_noise_of_voicebank_demand_add_up_to_its_noisy_recordings(fetch, site, tmp_path):
    fetch("voicebank-demand", tmp_path)
    archive.unpack(site / "noisy_testset_wav.zip", tmp_path / "noisy", wanted=("noisy*",), most_bytes=10 ** 7,
                   most_members=100)
    s = corpus.load(tmp_path / "speech/test/vctk-p232-demand_001.flac")
    n = corpus.load(tmp_path / "noise/test/voicebank-bus-p232_001.flac")
    y, _ = soundfile.read(tmp_path / "noisy/noisy_testset_wav/p232_001.wav", dtype="float32")
    y = torch.from_numpy(convert._resampled(y, 48000))
    assert (s + n - y).abs().max() < 1e-3 and n.abs().max() > 0.01


def test_the_lessons_draw_from_corpora_that_complete_each_other(fetch, tmp_path, monkeypatch):
    for name, missing in (("librispeech", "noise/train"), ("musan", "rir/train"), ("rirs", None)):
        status, said = fetch(name, tmp_path)
        assert status == 0 and (missing or f"COURSE_DATA={tmp_path}") in said
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    from course_utils import batches
    for split in corpus.SPLITS:
        y, s = corpus.Pairs(split, count=2, seconds=0.5)[1]
        assert y.shape == s.shape == (1, 8000) and not torch.equal(y, s)
        assert corpus.clip("rir", split, 108).abs().max() == pytest.approx(0.9, abs=1e-3)
    y, s = batches.NoisySpeech("train", batch=2, seconds=0.5)(torch.Generator().manual_seed(1))
    assert y.shape == (2, 1, 8000) and y.isfinite().all()
    assert corpus.crowd("train", voices=2, seconds=0.5, generator=torch.Generator().manual_seed(1)).any()


def test_what_else_is_in_the_folder_stays(fetch, tmp_path):
    own = tmp_path / "noise/train/own-1.flac"
    own.parent.mkdir(parents=True)
    soundfile.write(own, np.ones(100) / 2, 16000)
    (tmp_path / "MANIFEST.csv").write_text("file,group,microphone\nnoise/train/own-1.flac,own,A\n")
    before = own.read_bytes()
    assert fetch("yesno", tmp_path)[0] == fetch("esc50", tmp_path)[0] == 0
    assert own.read_bytes() == before
    assert [row["microphone"] for row in rows(tmp_path) if row["file"] == "noise/train/own-1.flac"] == ["A"]
    assert {row["corpus"] for row in rows(tmp_path)} == {"", "yesno", "esc50"}


def test_a_second_run_does_nothing_and_says_so(fetch, site, tmp_path):
    fetch("yesno", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    with mirror.serving(site) as server:
        status, said = fetch("yesno", tmp_path, server.address)
    assert status == 0 and "there already" in said and server.asked == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before
    next((tmp_path / "speech/train").glob("yesno*")).unlink()
    assert "done, 3 files" in fetch("yesno", tmp_path)[1]  # but a lost file is fetched again


def test_hours_keep_a_part_of_each_kind_and_split(fetch, site, tmp_path):
    status, _ = fetch("librispeech", tmp_path, site, "--hours", "0.0001")  # 0.36 s
    assert status == 0
    assert {row["split"]: row["source"] for row in rows(tmp_path)}.keys() == {"train", "val", "test"}
    recordings = {row["source"] for row in rows(tmp_path)}
    assert len(recordings) == 3  # one of each split
    with pytest.raises(SystemExit):
        fetch("librispeech", tmp_path, "", "--hours", "-1")


def test_other_hours_later_leave_no_files_of_the_earlier_ones(fetch, site, tmp_path):
    fetch("esc50", tmp_path)
    fetch("vctk", tmp_path)
    assert "delete" in fetch("vctk", tmp_path, site, "--hours", "0.0001")[1] and len(sounds(tmp_path)) == 20
    (tmp_path / ".fetch/vctk.json").unlink()
    assert fetch("vctk", tmp_path, site, "--hours", "0.0001")[0] == 0
    assert sorted(sounds(tmp_path)) == [row["file"] for row in rows(tmp_path)] and len(sounds(tmp_path)) == 13


def test_a_fetch_that_has_begun_is_not_finished_with_other_hours(fetch, site, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(work, "_hand_over", None)
        with pytest.raises(TypeError):
            fetch("vctk", tmp_path)
    status, said = fetch("vctk", tmp_path, site, "--hours", "1")
    assert status == 1 and "without --hours" in said and "delete" in said
    assert fetch("vctk", tmp_path)[0] == 0


# What can go wrong on the way.

def test_a_connection_that_is_cut_is_gone_on_with(fetch, site, tmp_path):
    whole = (site / "musan.tar.gz").stat().st_size
    with mirror.serving(site, cut=whole // 3) as server:
        status, said = fetch("musan", tmp_path, server.address)
    assert status == 0, said
    starts = [int((asked or "bytes=0-")[6:-1]) for command, _, asked in server.asked if command == "GET"]
    assert 3 <= len(starts) <= 5
    np.testing.assert_allclose(np.diff(starts), whole // 3, atol=download.CHUNK)


def test_an_interrupted_download_goes_on_in_the_next_run(fetch, site, tmp_path):
    whole = (site / "waves_yesno.tar.gz").read_bytes()
    part = tmp_path / ".fetch/yesno/waves_yesno.tar.gz.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(whole[:5000])
    with mirror.serving(site) as server:
        assert fetch("yesno", tmp_path, server.address)[0] == 0
    assert [asked for command, _, asked in server.asked if command == "GET"] == ["bytes=5000-"]


@pytest.mark.parametrize("part", [b"x" * 5000, b"x" * 10 ** 6], ids=["of another file", "longer than the file"])
@pytest.mark.parametrize("manners", [{"no_range": True}, {"no_length": True, "no_range": True}, {}], ids=str)
def test_a_server_without_ranges_or_lengths_will_do(fetch, site, tmp_path, part, manners):
    at = tmp_path / ".fetch/yesno/waves_yesno.tar.gz.part"
    at.parent.mkdir(parents=True)
    at.write_bytes(part)
    with mirror.serving(site, **manners) as server:
        status, said = fetch("yesno", tmp_path, server.address)
        if status:  # the server went on behind wrong bytes, which the checksum tells
            assert "its sha256 is" in said and len(part) == 5000 and not manners
            status, said = fetch("yesno", tmp_path, server.address)
    assert status == 0, said


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip"])
def test_a_server_that_calls_an_archive_a_compressed_tar(fetch, site, tmp_path, encoding):
    with mirror.serving(site, encoding=encoding) as server:
        status, said = fetch("yesno", tmp_path, server.address)
    assert status == 0, said


def test_a_server_that_brings_nothing_is_given_up(fetch, site, tmp_path):
    with mirror.serving(site, cut=0) as server:
        status, said = fetch("yesno", tmp_path, server.address)
    assert status == 1 and "waves_yesno.tar.gz" in said and "run the same command again" in said
    assert sum(command == "GET" for command, *_ in server.asked) == download.TRIES
    with mirror.serving(site, status=503) as server:
        status, said = fetch("yesno", tmp_path, server.address)
    assert status == 1 and "503" in said
    status, said = fetch("yesno", tmp_path, "http://127.0.0.1:9")  # nobody there
    assert status == 1 and "127.0.0.1" in said


def test_a_mirror_without_the_file(fetch, site, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with mirror.serving(empty) as server:
        status, said = fetch("yesno", tmp_path / "to", server.address)
    assert status == 1 and "404" in said and "waves_yesno.tar.gz" in said and "--mirror" in said
    assert sum(command == "GET" for command, *_ in server.asked) == 1  # it would not come by asking again
    status, said = fetch("yesno", tmp_path / "to", empty)
    assert status == 1 and str(empty / "waves_yesno.tar.gz") in said and "www.openslr.org" in said
    status, said = fetch("yesno", tmp_path / "to", "ftp://example.org/pub")
    assert status == 1 and "http" in said


def test_a_folder_may_be_the_mirror_and_is_only_read(fetch, site, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in site.iterdir()}
    assert fetch("yesno", tmp_path / "a", site)[0] == fetch("yesno", tmp_path / "b", site.as_uri())[0] == 0
    assert {path: path.stat().st_mtime_ns for path in site.iterdir()} == before
    assert sounds(tmp_path / "a") == sounds(tmp_path / "b")


@pytest.mark.parametrize("by", ["address", "folder"])
def test_a_wrong_checksum_is_told_and_nothing_is_unpacked(fetch, site, tmp_path, by):
    bad = tmp_path / "bad"
    bad.mkdir()
    content = bytearray((site / "waves_yesno.tar.gz").read_bytes())
    content[2000] ^= 1
    (bad / "waves_yesno.tar.gz").write_bytes(content)
    with mirror.serving(bad) as server:
        status, said = fetch("yesno", tmp_path / "to", server.address if by == "address" else bad)
    assert status == 1 and "waves_yesno.tar.gz" in said and "sha256" in said.lower()
    assert not any(path.is_file() for path in (tmp_path / "to/.fetch/yesno").rglob("*"))
    assert (bad / "waves_yesno.tar.gz").is_file()
    assert fetch("yesno", tmp_path / "to", site)[0] == 0


def test_the_published_checksum_holds_for_the_command_itself(site, tmp_path):
    done = subprocess.run([sys.executable, "-m", "course_utils.corpus", "fetch", "yesno", "--to", tmp_path / "to",
                           "--mirror", site], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "c3f49e0cca421f96b75b41640749167b52118f232498667ca7a5f9416aef8e73" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_download_pins_what_has_no_published_checksum(fetch, site, tmp_path):
    status, said = fetch("esc50", tmp_path / "to")
    checksum = pooch.file_hash(site / "ESC-50.zip")
    record = tmp_path / "to/.fetch/ESC-50.zip.sha256"
    assert status == 0 and checksum in said and str(record) in said
    assert record.read_text() == f"{checksum}  ESC-50.zip\n"
    other = tmp_path / "other"
    other.mkdir()
    (other / "ESC-50.zip").write_bytes(mirror.zipped({"ESC-50-master/meta/esc50.csv": b"filename"}))
    (tmp_path / "to/.fetch/esc50.json").unlink()
    with mirror.serving(other) as server:
        status, said = fetch("esc50", tmp_path / "to", server.address)
    assert status == 1 and checksum in said


def test_a_page_instead_of_an_archive_is_not_pinned(fetch, site, tmp_path):
    portal = tmp_path / "portal"
    portal.mkdir()
    (portal / "ESC-50.zip").write_text("<html>Please log in</html>")
    with mirror.serving(portal) as server:
        status, said = fetch("esc50", tmp_path / "to", server.address)
    assert status == 1 and "ESC-50.zip" in said and "no archive" in said and "Please log in" in said
    status, said = fetch("esc50", tmp_path / "to", portal)
    assert status == 1 and "ESC-50.zip" in said and "neither zip nor tar.gz" in said
    with mirror.serving(site) as server:
        assert fetch("esc50", tmp_path / "to", server.address)[0] == 0


def test_a_server_that_sends_without_end_is_stopped(fetch, site, tmp_path):
    endless = tmp_path / "endless"
    endless.mkdir()
    with (endless / "waves_yesno.tar.gz").open("wb") as file:
        file.write(download.MAGIC[1])
        file.truncate(20_000_000)
    with mirror.serving(endless, no_length=True) as server:
        status, said = fetch("yesno", tmp_path / "to", server.address)
    assert status == 1 and "twice as many" in said
    assert not any(path.is_file() for path in (tmp_path / "to/.fetch/yesno").iterdir())


@pytest.fixture
def part(site, tmp_path):
    """The first 15000 bytes of YESNO, as an interrupted download has left them."""
    part = tmp_path / "to/.fetch/yesno/waves_yesno.tar.gz.part"
    part.parent.mkdir(parents=True)
    part.write_bytes((site / "waves_yesno.tar.gz").read_bytes()[:15_000])
    return part


@pytest.mark.parametrize("manners", [
    {"no_range": True, "cut": 5000}, {"nothing_behind": True, "cut": 5000}, {"another_piece": 100, "cut": 5000},
    {"status": 503}, {"status": 416}, {"status": 404}, {"redirect": "file:///etc/passwd", "no_range": True},
    {"redirect": "/\xff", "no_range": True}, {"cut": 0}], ids=str)
def test_no_answer_of_a_server_costs_what_is_there(fetch, site, part, tmp_path, manners):
    before = part.read_bytes()
    with mirror.serving(site, **manners) as server:
        status, said = fetch("yesno", tmp_path / "to", server.address)
    assert status == 1 and server.address in said and ("--mirror" in said or "address" in said), said
    assert part.read_bytes() == before
    with mirror.serving(site) as server:
        assert fetch("yesno", tmp_path / "to", server.address)[0] == 0
    assert "bytes=15000-" in [asked for *_, asked in server.asked]


def test_a_page_to_log_in_costs_nothing_of_what_is_there(fetch, site, part, tmp_path):
    portal = tmp_path / "portal"
    portal.mkdir()
    (portal / "waves_yesno.tar.gz").write_text("<html>Please log in</html>")
    with mirror.serving(portal, no_range=True) as server:
        status, said = fetch("yesno", tmp_path / "to", server.address)
    assert status == 1 and "Please log in" in said and part.stat().st_size == 15_000


@pytest.mark.parametrize("manners", [
    {"piece": 2000}, {"nothing_behind": True}, {"another_piece": 100}, {"no_length": True, "cut": 5000},
    {"length": "many"}, {"length": "many", "no_range": True}], ids=str)
def test_servers_with_strange_answers_will_do(fetch, site, part, tmp_path, manners):
    with mirror.serving(site, **manners) as server:
        status, said = fetch("yesno", tmp_path / "to", server.address)
    assert status == 0, said
    assert len(sounds(tmp_path / "to")) == 3


def test_stopped_at_the_checksum_the_download_is_kept(fetch, site, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt
    with monkeypatch.context() as patch, mirror.serving(site) as server:
        patch.setattr(pooch, "file_hash", interrupted)
        assert fetch("yesno", tmp_path, server.address)[0] == 130
        monkeypatch.undo()
    with mirror.serving(site) as server:
        monkeypatch.setattr(cli, "corpora", lambda: mirror.declared(site))
        assert fetch("yesno", tmp_path, server.address)[0] == 0
    assert [command for command, *_ in server.asked] == ["HEAD"]


@pytest.mark.parametrize("length", ["many", "0", "-1", "9" * 17])
def test_what_a_server_says_of_its_size_is_not_believed(site, length):
    archive = cli.corpora()["yesno"].archives[0]
    with mirror.serving(site, length=length) as server:
        assert download.size(archive, server.address) == archive.size


@pytest.mark.parametrize("members", [
    {}, {"README": b"Nothing"}, {"top/meta/esc50.csv": b"filename,fold\n1-2-A-0.wav,9\n"},
    {"top/meta/esc50.csv": b"filename,fold,category,src_file,take\na.wav,1,dog,1,A\n", "top/audio/a.wav": b"no sound"}],
    ids=["empty", "another", "no such fold", "damaged"])
def test_after_a_wrong_archive_the_right_one_is_taken(fetch, site, tmp_path, members):
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "ESC-50.zip").write_bytes(mirror.zipped(members))
    for address in (wrong, None):
        with mirror.serving(wrong) as server:
            status, said = fetch("esc50", tmp_path / "to", address or server.address)
        assert status == 1 and "esc50" in said and "run the command again" in said
    with mirror.serving(site) as server:
        status, said = fetch("esc50", tmp_path / "to", server.address)
    assert status == 0, said
    assert (tmp_path / "to/.fetch/ESC-50.zip.sha256").read_text().split()[0] == pooch.file_hash(site / "ESC-50.zip")


def test_a_table_cannot_name_files_outside_of_its_archive(fetch, site, tmp_path, monkeypatch):
    mine = tmp_path / "mine.wav"
    mine.write_bytes(mirror.encoded(mirror.sound("speech", 0), 16000))
    found = mirror.declared(site)
    monkeypatch.setattr(cli, "corpora", lambda: found | {"yesno": replace(found["yesno"], recordings=lambda folder: [
        Recording(folder / "../../../../mine.wav", "speech", "train", "a", "b")])})
    status, said = fetch("yesno", tmp_path / "to")
    assert status == 1 and "outside" in said and mine.is_file()
    assert not sounds(tmp_path / "to")


@pytest.mark.parametrize("name, content", [("yesno.json", ""), ("yesno.json", "7"), ("yesno/plan.json", "{"),
                                           ("ESC-50.zip.sha256", "")])
def test_notes_that_were_lost_with_the_power_are_made_again(fetch, tmp_path, name, content):
    corpora = "esc50" if "ESC" in name else "yesno"
    assert fetch(corpora, tmp_path)[0] == 0
    (tmp_path / ".fetch/yesno").mkdir(exist_ok=True)
    for done in (tmp_path / ".fetch").glob("*.json"):
        done.unlink()
    (tmp_path / ".fetch" / name).write_text(content)
    status, said = fetch(corpora, tmp_path)
    assert status == 0 and "done" in said, said


def test_what_a_stopped_run_has_not_tidied_up_goes_with_the_next(fetch, tmp_path):
    fetch("yesno", tmp_path)
    (tmp_path / ".fetch/yesno/unpacked").mkdir(parents=True)
    status, said = fetch("yesno", tmp_path)
    assert status == 0 and "nothing to do" in said
    assert not (tmp_path / ".fetch/yesno").exists()


@pytest.mark.parametrize("content, word", [
    (b"file,group\n\xe9.flac,x\n", "UTF-8"), (b"file\n" + b"x" * 140_000, "UTF-8"),
    (b"file,group\na.flac,b,c\n", "row 2"), (b"group,file\na\n", "row 2")])
def test_a_manifest_that_is_no_table_is_told_before_anything_is_fetched(fetch, site, tmp_path, content, word):
    (tmp_path / "MANIFEST.csv").write_bytes(content)
    with mirror.serving(site) as server:
        status, said = fetch("yesno", tmp_path, server.address)
    assert status == 1 and "MANIFEST.csv" in said and word in said and not server.asked
    assert (tmp_path / "MANIFEST.csv").read_bytes() == content


def test_a_manifest_from_excel_is_added_to_and_names_nothing_outside(fetch, tmp_path):
    victim = tmp_path / "victim.flac"
    victim.write_text("mine")
    (tmp_path / "to").mkdir()
    (tmp_path / "to/MANIFEST.csv").write_bytes(b"\xef\xbb\xbffile,corpus\r\na.flac,mine\r\n../victim.flac,yesno\r\n")
    assert fetch("yesno", tmp_path / "to")[0] == 0
    assert victim.is_file() and {row["file"] for row in rows(tmp_path / "to")} >= {"a.flac"}


def test_killed_at_any_time_the_same_command_goes_on(site, tmp_path):
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, ROOT / "tests/mirror.py", site, "fetch", "speech-commands", "--to", tmp_path / "to",
               "--mirror", site]
    stops = [tmp_path / "to/.fetch/speech-commands/unpacked.new", tmp_path / "to/.fetch/speech-commands/rows.jsonl"]
    for sign in stops:
        running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while running.poll() is None and not (sign.exists() and (sign.is_dir() or sign.stat().st_size > 2000)):
            time.sleep(0.001)
        running.send_signal(signal.SIGKILL)
        running.wait()
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "to")) == len(sounds(tmp_path / "to")) == 16
    assert not (tmp_path / "to/.fetch/speech-commands").exists()


@pytest.mark.parametrize("where", ["_plan", "_hand_over", "convert", "_manifest"])
def test_what_was_made_before_an_interruption_is_the_same_after(fetch, tmp_path, monkeypatch, where):
    fetch("vctk", tmp_path / "whole")
    real = getattr(work, where)
    journal = tmp_path / "to/.fetch/vctk/rows.jsonl"
    for _ in range(2):
        calls = iter([False, False, False, True] if where == "convert" else [True])

        def interrupted(*arguments, calls=calls):
            if next(calls):
                raise KeyboardInterrupt
            return real(*arguments)
        with monkeypatch.context() as patch:
            patch.setattr(work, where, interrupted)
            status, said = fetch("vctk", tmp_path / "to")
            assert status == 130 and "goes on" in said
        if journal.is_file():
            with journal.open("a") as file:
                file.write('["speech", "VCTK')  # as of a line that was being written when the power failed
    status, said = fetch("vctk", tmp_path / "to")
    assert status == 0 and "left out" not in said
    assert sounds(tmp_path / "to") == sounds(tmp_path / "whole")
    assert (tmp_path / "to/MANIFEST.csv").read_text() == (tmp_path / "whole/MANIFEST.csv").read_text()


def test_a_small_disk_is_told_before_anything_is_fetched(fetch, site, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=30_000))
    with mirror.serving(site) as server:
        status, said = fetch("yesno", tmp_path, server.address)
    assert status == 1 and "30 kB" in said and str(tmp_path) in said
    assert all(command == "HEAD" for command, *_ in server.asked)


def test_a_disk_that_fills_up_loses_nothing(site, tmp_path):
    command = [sys.executable, ROOT / "tests/mirror.py", site, "fetch", "yesno", "--to", tmp_path]
    with mirror.serving(site) as server:
        full = subprocess.run(["bash", "-c", 'ulimit -f 8; trap "" XFSZ; exec "$@"', "-", *command, "--mirror",
                               server.address], capture_output=True, text=True)
        assert full.returncode == 1 and "run the same command again" in full.stderr, full.stderr
        assert "Traceback" not in full.stderr
        there = (tmp_path / ".fetch/yesno/waves_yesno.tar.gz.part").stat().st_size
        done = subprocess.run([*command, "--mirror", server.address], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert there > 0 and f"bytes={there}-" in [asked for *_, asked in server.asked]


def test_bad_commands_name_the_way_out(fetch, tmp_path):
    status, said = fetch("librispeach", tmp_path)
    assert status == 1 and "librispeach" in said and "librispeech, vctk" in said
    status, said = fetch("yesno", corpus.EMBEDDED)
    assert status == 1 and "--to" in said
    status, said = fetch("YESNO", tmp_path)
    assert status == 1 and "Did you mean yesno?" in said
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "a/.fetch").mkdir(parents=True)
    for to in ("", "~nobody-of-this-name/x", tmp_path / "loop", corpus.EMBEDDED / "speech", tmp_path / "a/speech",
               tmp_path / "a/.fetch/x", os.fsdecode(os.fsencode(tmp_path) + b"/\xff")):
        status, said = fetch("yesno", to)
        assert status == 1 and "--to" in said and "ame another" in said, said
    for place in ("", "http://[::1", "http://", "localhost:8000", "~nobody-of-this-name/x", tmp_path / "none"):
        status, said = fetch("yesno", tmp_path / "b", place)
        assert status == 1 and f"--mirror {place}: a mirror is an address" in said, said
    (tmp_path / "file").write_text("")
    status, said = fetch("yesno", tmp_path / "file")
    assert status == 1 and str(tmp_path / "file") in said
    (tmp_path / "MANIFEST.csv").write_text("a,b\n1,2\n")
    status, said = fetch("yesno", tmp_path)
    assert status == 1 and "MANIFEST.csv" in said and "Rename" in said


def test_a_folder_that_cannot_be_written(site, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir(mode=0o500)
    reading, writing = os.pipe()
    cli.corpora()  # reads modules, which another user may not
    if not (child := os.fork()):
        if os.getuid() == 0:
            os.setuid(65534)  # root may write anywhere
        sys.stderr = os.fdopen(writing, "w", buffering=1)
        os._exit(cli.main(["fetch", "yesno", "--to", str(folder), "--mirror", str(site)]))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    os.close(writing)
    said = os.fdopen(reading).read()
    assert "Permission denied" in said and str(tmp_path) in said


def test_two_at_once_do_not_get_in_each_others_way(fetch, tmp_path):
    (tmp_path / ".fetch").mkdir()
    with work._alone(tmp_path):
        status, said = fetch("yesno", tmp_path)
    assert status == 1 and "another fetch" in said
    assert fetch("yesno", tmp_path)[0] == 0


def test_the_list_names_sizes_licences_and_kinds(capsys):
    assert cli.main(["list"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines.keys() == {"name", *mirror.CORPORA}
    for name, declared in mirror.REAL().items():
        assert declared.licence.split(",")[0] in lines[name] and work.readable(declared.size) in lines[name]
        assert all(kind in lines[name] for kind in declared.gives)
    done = subprocess.run([sys.executable, "-m", "course_utils.corpus", "list"], cwd=ROOT, capture_output=True,
                          text=True)
    assert done.returncode == 0 and done.stdout.splitlines() == list(lines.values()) and done.stderr == ""


def test_torchaudio_knows_the_same_checksums():
    from torchaudio.datasets import librispeech, speechcommands, vctk, yesno
    published = {url.rsplit("/", 1)[1]: checksum for url, checksum in
                 (librispeech._CHECKSUMS | speechcommands._CHECKSUMS | vctk._CHECKSUMS).items()}
    published["waves_yesno.tar.gz"] = yesno._RELEASE_CONFIGS["release1"]["checksum"]
    ours = [one for name in ("librispeech", "vctk", "speech-commands", "yesno") for one in mirror.REAL()[name].archives]
    assert len(ours) == 6
    for one in ours:
        assert one.checksum == f"sha256:{published[one.name]}"


# What is done to the sound.

def recording(path, kind="speech", **more):
    return Recording(path, kind, "train", "group", "name", **more)


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000])
def test_a_tone_keeps_its_pitch_and_level_and_no_alias_comes(tmp_path, rate):
    t = np.arange(rate) / rate
    x = 0.5 * np.sin(2 * np.pi * 1000 * t)
    if rate > 32000:
        x += 0.4 * np.sin(2 * np.pi * 9000 * t)  # not to be heard at 16 kHz, where it would be at 7 kHz
    soundfile.write(tmp_path / "tone.wav", np.stack([x, x], 1), rate)
    convert.convert(recording(tmp_path / "tone.wav"), tmp_path)
    y, _ = soundfile.read(tmp_path / "speech/train/group-name.flac")
    inner = slice(1600, 14400)  # away from the filter's ends
    expected = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(len(y)) / 16000)
    assert len(y) == 16000 and np.abs(y - expected)[inner].max() < 2e-3


def test_channels_are_averaged(tmp_path):
    x = 0.5 * np.sin(np.arange(16000))
    soundfile.write(tmp_path / "stereo.wav", np.stack([x, np.zeros(16000)], 1), 16000)
    convert.convert(recording(tmp_path / "stereo.wav"), tmp_path)
    np.testing.assert_allclose(soundfile.read(tmp_path / "speech/train/group-name.flac")[0], x / 2, atol=1e-4)


def test_nothing_is_clipped(tmp_path):
    x = np.sign(np.sin(2 * np.pi * 440 * np.arange(48000) / 48000))  # overshoots when its high partials go
    soundfile.write(tmp_path / "square.wav", x, 48000, subtype="FLOAT")
    convert.convert(recording(tmp_path / "square.wav"), tmp_path)
    y = convert._resampled(x.astype(np.float32), 48000)
    assert np.abs(y).max() > 1.05
    np.testing.assert_allclose(soundfile.read(tmp_path / "speech/train/group-name.flac")[0], y / np.abs(y).max(),
                               atol=1e-4)


@pytest.mark.parametrize("kind, seconds", [("noise", 0.5), ("speech", 1.0)])
def test_noise_loses_the_zeros_that_it_is_filled_up_with(tmp_path, kind, seconds):
    x = np.zeros(16000)
    x[4000:12000] = 0.1
    soundfile.write(tmp_path / "filled.wav", x, 16000)
    (row,) = convert.convert(recording(tmp_path / "filled.wav", kind), tmp_path)
    assert float(row["seconds"]) == seconds


def test_long_recordings_are_cut_in_pauses_and_nothing_is_lost(tmp_path):
    random = np.random.default_rng(0)
    x = 0.2 * random.standard_normal(70 * 16000)
    for pause in (24, 47):
        x[pause * 16000:pause * 16000 + 3200] *= 1e-3
    soundfile.write(tmp_path / "long.wav", x, 16000)
    found = convert.convert(recording(tmp_path / "long.wav"), tmp_path)
    y = [soundfile.read(tmp_path / row["file"])[0] for row in found]
    cuts = np.cumsum([len(piece) for piece in y])[:-1] / 16000
    assert len(y) == 3 and 24 <= cuts[0] <= 24.2 and 47 <= cuts[1] <= 47.2
    np.testing.assert_array_equal(np.concatenate(y), soundfile.read(tmp_path / "long.wav")[0])


def test_a_response_begins_with_its_direct_sound(tmp_path):
    h = np.zeros((48000 * 5, 2))
    h[4800, 0], h[6000, 0] = -0.5, 0.2  # after 0.1 s, and 25 ms later
    h[4810, 1] = 0.5
    soundfile.write(tmp_path / "room.wav", h, 48000)
    (row,) = convert.convert(recording(tmp_path / "room.wav", "rir"), tmp_path)
    y, _ = soundfile.read(tmp_path / row["file"])
    assert len(y) == 3 * 16000 and np.abs(y).argmax() == 16 and y[16] == pytest.approx(-0.9, abs=1e-3)
    assert y[416] / y[16] == pytest.approx(-0.4, abs=0.01)


def test_silent_recordings_are_left_out_and_damaged_ones_named(tmp_path):
    soundfile.write(tmp_path / "silent.wav", np.zeros(1000), 16000)
    soundfile.write(tmp_path / "nan.wav", np.array([0.1, np.nan]), 16000, subtype="FLOAT")
    (tmp_path / "text.wav").write_text("no audio")
    for kind in ("speech", "noise", "rir"):
        assert convert.convert(recording(tmp_path / "silent.wav", kind), tmp_path) == []
        for name in ("nan.wav", "text.wav", "gone.wav"):
            with pytest.raises(ValueError, match=name):
                convert.convert(recording(tmp_path / name, kind), tmp_path)


def test_a_corpus_without_splits_is_dealt_by_group():
    splits = deal(f"room{k}" for k in range(50))
    assert {split: list(splits.values()).count(split) for split in corpus.SPLITS} == {"train": 40, "val": 5, "test": 5}
    assert set(deal("abc").values()) == set(corpus.SPLITS)
    assert splits == deal(f"room{k}" for k in reversed(range(50)))


@pytest.mark.parametrize("rate", [1, 19, 15_999, 191_999])
def test_a_rate_of_no_recorder_is_damage_and_costs_no_memory(tmp_path, rate):
    content = bytearray(mirror.encoded(mirror.sound("speech", 0, seconds=40), 16000))
    content[24:28] = rate.to_bytes(4, "little")
    (tmp_path / "in.wav").write_bytes(content)
    with pytest.raises(ValueError, match=rf"in\.wav.*sampled at {rate} Hz"):
        convert.convert(Recording(tmp_path / "in.wav", "speech", "train", "a", "b"), tmp_path)


def test_what_is_over_at_once_is_left_out(tmp_path):
    soundfile.write(tmp_path / "in.wav", np.full(1, 0.5), 16000)
    assert convert.convert(Recording(tmp_path / "in.wav", "speech", "train", "a", "b"), tmp_path) == []


def test_the_command_to_teach_with_it_can_be_copied(tmp_path):
    top = tmp_path / "my 'own' corpus"
    for kind in ("speech", "noise", "rir"):
        for split in ("train", "val"):
            (top / kind / split).mkdir(parents=True)
            (top / kind / split / "a-1.flac").write_bytes(b"")
    command = cli._next(top, {}).split(": ", 1)[1]
    told = subprocess.run(["sh", "-c", f'{command}; printf %s "$COURSE_DATA"'], capture_output=True, text=True)
    assert told.stdout == str(top)


def test_a_disk_that_is_full_while_converting_is_no_damage(tmp_path):
    soundfile.write(tmp_path / "in.wav", mirror.sound("speech", 0, seconds=2), 16000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            convert.convert(Recording(tmp_path / "in.wav", "speech", "train", "a", "b"), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_of_any_kind_of_zip_is_told(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as made:
        made.writestr("a.wav", mirror.encoded(mirror.sound("speech", 0), 16000))
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[50:300] = bytes(250)
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.zip.*damaged"):
        archive.unpack(tmp_path / "a.zip", tmp_path / "to", wanted=("*",), most_bytes=10 ** 6, most_members=9)


@pytest.mark.parametrize("name", ["\xe9\xe9.wav", "/".join(["a" * 200] * 25)], ids=["not UTF-8", "long"])
def test_names_that_cannot_be_written_are_told_with_the_archive(tmp_path, name):
    content = mirror.zipped({name: b"sound"}).replace("\xe9\xe9".encode(), b"\xff\xfe\xff\xfe")
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.zip"):
        archive.unpack(tmp_path / "a.zip", tmp_path / "to", wanted=("*",), most_bytes=10 ** 6, most_members=9)
    assert not list((tmp_path / "to").iterdir())


def test_a_table_of_contents_of_any_length_is_not_read(tmp_path):
    content = mirror.zipped({"a": b""})
    start, end = content.index(b"PK\1\2"), content.rindex(b"PK\5\6")
    many = 60_000
    table = content[start:end] * many
    ending = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, many, many, len(table), start, 0)
    (tmp_path / "a.zip").write_bytes(content[:start] + table + ending)
    with pytest.raises(ValueError, match=r"a\.zip.*header of \d{7} bytes"):
        archive.unpack(tmp_path / "a.zip", tmp_path / "to", wanted=("*",), most_bytes=10 ** 6, most_members=100)
