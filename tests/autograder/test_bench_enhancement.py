"""The table of methods: what it says of delays and of peers that are not there, and where the README shows it."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from autograder.bench import enhancement as bench
from autograder.bench import peers, readme
from autograder.bench.enhancement_table import HEAD, MEASURES, line, page
from autograder.lesson import Lesson
from course_utils import metrics
from course_utils.trial import find_delay, shift


@pytest.fixture(scope="module")
def few():
    """Two clips at each SNR."""
    patch = pytest.MonkeyPatch()
    patch.setattr(bench, "PAIRS", 2)
    found = list(bench.clips())
    patch.undo()
    return found


@pytest.fixture
def table(few, monkeypatch):
    """A table that measures here, and not in other processes."""
    monkeypatch.setattr(bench, "CLEAN", 2)
    threads = torch.get_num_threads()
    with ThreadPoolExecutor(1) as pool:
        yield bench.Table(iter(few), pool)
    torch.set_num_threads(threads)


def test_clips_have_the_snr_they_say_and_begin_with_noise_alone(few):
    assert [snr_db for snr_db, _, _ in few] == [0, 0, 5, 5, 10, 10, 15, 15]
    for snr_db, y, s in few:
        assert float(metrics.snr(y, s)) == pytest.approx(snr_db, abs=0.01)
        assert not s[..., :bench.LEAD].any() and s[..., bench.LEAD:].any()
        assert y[..., :bench.LEAD].any()


def test_a_delay_is_taken_out_and_reported(table):
    table.add("at once", 0.5 * table.noisy, "course")
    table.add("late", torch.stack([shift(y[0], 80)[None] for y in 0.5 * table.noisy]), "course")
    at_once, late = table.rows
    assert (at_once["delay_ms"], late["delay_ms"]) == (0.0, 5.0)
    for name in MEASURES:
        assert late[name] == pytest.approx(at_once[name], abs=0.02), name
    assert at_once["gain_si_sdr"] == pytest.approx(0, abs=1e-3)


def test_a_method_is_measured_on_all_clips_by_snr_and_on_nearly_clean_ones(table):
    table.run("half", lambda y: 0.5 * y, "course", parameters=7)
    (row,) = table.rows
    assert row["n"] == 8 and row["corpus"] == "embedded"
    assert [at["si_sdr"] for at in table.base["by_snr"].values()] == pytest.approx([0, 5, 10, 15], abs=0.5)
    assert row["clean_si_sdr"] == pytest.approx(40, abs=0.6)
    assert row["real_time_factor"] >= 0 and row["parameters"] == 7
    json.dumps([table.base, *table.rows], allow_nan=False)


def test_oracles_are_above_all_and_the_phase_sensitive_one_is_the_ceiling(table):
    for name, s_hat in bench.oracles(table.noisy, table.clean).items():
        table.add(name, s_hat, "oracle")
    table.run("wiener_given_noise", bench.wiener_given_noise(), "course")
    ratio, sensitive, wiener = (row["gain_si_sdr"] for row in table.rows)
    assert sensitive > ratio > wiener > 0


@pytest.mark.parametrize("name", peers.PEERS)
def test_a_peer_keeps_length_and_shape_and_takes_steady_noise_away(name):
    run, why = peers.load(name)
    if run is None:
        pytest.skip(why)
    y = 0.05 * torch.randn(2, 1, 24_001, generator=torch.Generator().manual_seed(1))  # (B, 1, T)
    before = y.clone()
    s_hat = run(y)
    assert s_hat.shape == y.shape and s_hat.dtype == y.dtype
    assert torch.equal(y, before)
    late = s_hat[..., 12_000:].square().mean() / y[..., 12_000:].square().mean()
    assert 10 * torch.log10(late) < -3


@pytest.mark.parametrize("name", peers.PEERS)
def test_a_peers_output_is_the_speech_at_a_delay_below_30_ms(few, name):
    run, why = peers.load(name)
    if run is None:
        pytest.skip(why)
    _, y, s = few[-1]
    made = run(y[None])[0]
    delay = find_delay(made[0], s[0])
    assert 0 <= delay <= 480
    assert float(metrics.estoi(shift(made[0], -delay), s[0])) > float(metrics.estoi(y[0], s[0])) - 0.1


@pytest.mark.parametrize(("name", "module"), [("noisereduce", "noisereduce"), ("rnnoise", "pyrnnoise"),
                                              ("webrtc", "webrtc_noise_gain")])
def test_a_peer_that_is_not_installed_is_a_row_that_says_so(name, module, monkeypatch, table):
    monkeypatch.setitem(sys.modules, module, None)
    run, why = peers.load(name)
    assert run is None and "not installed" in why
    table.miss(name, why, "peer")
    assert f"{peers.PEERS[name][1]} is not installed" in line(table.rows[0])
    assert HEAD[0].count("|") == line(table.rows[0]).count("|")


def test_rows_have_the_columns_of_the_head_and_the_page_has_all_of_them(table):
    table.run("webrtc", lambda y: 0.9 * y, "peer")
    table.miss("rnnoise", "pyrnnoise is not installed", "peer")
    lines = page([table.base, *table.rows])
    assert {text.count("|") for text in lines[:5]} == {HEAD[0].count("|")}
    assert "†" in next(text for text in lines if text.startswith("| WebRTC"))
    assert sum(text.startswith("| WebRTC") for text in lines) == 2  # all clips, and by input SNR


def test_the_readme_gets_table_and_figure_and_keeps_the_rest(table, tmp_path):
    table.run("wiener", Lesson("04_wiener_filtering").namespace()["wiener"], "course")
    written = tmp_path / "README.md"
    written.write_text(f"before\n{readme.MARKS[0]}\nold\n{readme.MARKS[1]}\nbehind\n")
    (tmp_path / readme.FIGURE).parent.mkdir()
    for _ in range(2):
        readme.publish(written, [table.base, *table.rows])
    text = written.read_text()
    assert text.startswith("before\n") and text.endswith(f"{readme.MARKS[1]}\nbehind\n")
    assert "old" not in text and text.count("| Wiener filter |") == 1
    assert (tmp_path / readme.FIGURE).read_bytes().startswith(b"\x89PNG")
    written.write_text("nothing")
    with pytest.raises(ValueError, match="has no lines"):
        readme.publish(written, [table.base])


def test_a_corpus_without_speech_is_named(monkeypatch):
    monkeypatch.setattr(bench, "speaks", lambda s: False)
    monkeypatch.setattr(bench, "PAIRS", 1)
    with pytest.raises(ValueError, match="a corpus of speech at 16 kHz"):
        list(bench.clips())
