"""Votes are kept, and say what they should."""

import math

import numpy as np
import pytest
import torch
from scipy import stats

from course_utils import listen
from course_utils.listen import ratings
from course_utils.listen.ratings import Vote


def tone(level):
    return level * torch.sin(torch.arange(8000) * 0.3)


def vote(version, rating, *, listener="ann", clip="one", page=1, **more):
    return Vote("t", "acr", listener, page, clip, version, rating, **more)


def test_votes_come_back_from_the_file(tmp_path):
    first, second = vote("a, \"b\"\nc", 3.0, pesq_wb=2.5), vote("d", 4.0, listener="Bö")
    ratings.write([first], tmp_path / "deep" / "r.csv")
    ratings.write([second], tmp_path / "deep" / "r.csv")
    found = ratings.read(tmp_path / "deep" / "r.csv")
    assert [(v.version, v.rating, v.listener) for v in found] == [("a, \"b\"\nc", 3.0, "ann"), ("d", 4.0, "Bö")]
    assert found[0].pesq_wb == 2.5 and math.isnan(found[1].estoi) and found[0].time


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", ",".join(ratings.COLUMNS) + "\nt,acr,ann,one,c,v,3,,,\n", "\0"])
def test_a_file_of_something_else_is_refused(tmp_path, text):
    (tmp_path / "r.csv").write_text(text)
    with pytest.raises(ValueError):
        ratings.read(tmp_path / "r.csv")


def test_a_file_that_a_spreadsheet_has_saved_is_read_and_goes_on(tmp_path):
    path = tmp_path / "r.csv"
    ratings.write([vote("a", 3.0)], path)
    path.write_text("\ufeff" + path.read_text())
    ratings.write([vote("b", 4.0)], path)
    assert [v.version for v in ratings.read(path)] == ["a", "b"]


def test_guessing_is_told_from_hearing():
    assert ratings.abx_p_value(12, 16) == pytest.approx(0.0384, abs=1e-4)  # sum of binomial terms by hand: 2517 / 65536
    assert ratings.abx_p_value(8, 16) > 0.5 and ratings.abx_p_value(0, 16) == 1
    with pytest.raises(ValueError, match="17 of 16"):
        ratings.abx_p_value(17, 16)


def test_the_interval_of_a_mean_opinion_holds_it_19_times_of_20():
    dice = np.random.default_rng(1)
    inside = [low < 3.2 < high for low, high in
              (ratings.mean_opinion(dice.normal(3.2, 0.8, 12).tolist())[1:] for _ in range(2000))]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.015)
    mean, low, high = ratings.mean_opinion([4.0])
    assert mean == 4 and math.isnan(low) and math.isnan(high)


def test_who_does_not_hear_the_reference_is_not_counted():
    votes = [vote("clean", 100, clip=str(k)) for k in range(10)] + [vote("anchor", 20, clip=str(k)) for k in range(10)]
    deaf = [vote("clean", 60 if k < 2 else 100, listener="deaf", clip=str(k)) for k in range(10)]
    slip = [vote("clean", 60 if k < 1 else 100, listener="slip", clip=str(k)) for k in range(10)]
    kind = [vote("anchor", 95, listener="kind", clip=str(k)) for k in range(10)]
    left, out = ratings.screened(votes + deaf + slip + kind, reference="clean", anchor="anchor")
    assert out == ["deaf", "kind"] and {v.listener for v in left} == {"ann", "slip"}


def test_correlation_is_that_of_mean_ratings():
    points = {"a": (1.0, 1.1), "b": (2.0, 1.4), "c": (4.0, 3.0)}
    votes = [vote(name, mean + step, listener=f"l{step}", pesq_wb=metric) for name, (mean, metric) in points.items()
             for step in (-0.5, 0.5)]
    means, values = zip(*points.values(), strict=True)
    assert ratings.correlation(votes, "pesq_wb") == pytest.approx(stats.pearsonr(means, values).statistic)
    assert math.isnan(ratings.correlation(votes, "estoi"))


# ---- the tests themselves, without a page

def answer(test, *answers):
    test.answer({"page": test.page["number"], "answers": list(answers)})


def test_abx_counts_what_was_named_and_goes_on_where_it_was(tmp_path):
    def begin():
        return listen.abx(tone(0.1), tone(0.2), name="loud", listener="ann", trials=6, folder=tmp_path)

    test = begin()
    for _ in range(4):
        a, b, x = test.files
        answer(test, 0 if x == a else 1)
    test = begin()
    assert test.page["number"] == 5 and a != b
    answer(test, 0 if test.files[2] != test.files[0] else 1)  # wrong
    answer(test, 0 if test.files[2] == test.files[0] else 1)
    assert test.page["kind"] == "end" and "5 of 6 right" in test.page["lines"][0]
    assert begin().page["kind"] == "end"


def test_what_x_is_cannot_be_counted_out(tmp_path):
    # The p-value is that of independent trials: a guesser who names A as often as B must gain nothing by it.
    counts = [sum(page.versions[2] == "a" for page in
                  listen.abx(tone(0.1), tone(0.2), name="t", listener=str(k), trials=16, folder=tmp_path).pages)
              for k in range(40)]
    assert np.mean(counts) == pytest.approx(8, abs=1) and np.std(counts) == pytest.approx(2, abs=0.7)


def test_what_one_listener_thinks_has_no_interval(tmp_path):
    clips = {str(k): {"noisy": tone(0.1)} for k in range(3)}
    test = listen.acr(clips, name="t", listener="ann", folder=tmp_path)
    for rating in (2, 3, 5):
        answer(test, rating)
    assert test.page["lines"][0] == "noisy: 3.33, mean of your votes for 3 clips"


def test_an_answer_that_comes_twice_counts_once(tmp_path):
    test = listen.acr({"one": {"clean": tone(0.1), "noisy": tone(0.2)}}, name="t", listener="ann", folder=tmp_path)
    message = {"page": 1, "answers": [4]}
    test.answer(message)
    test.answer(message)
    assert len(test.votes) == 1 and test.page["number"] == 2


def test_listeners_hear_other_orders_and_nothing_of_names(tmp_path):
    clips = {str(k): {"clean": tone(0.1), "noisy": tone(0.01 * (k + 1))} for k in range(6)}
    orders = set()
    for listener in ("ann", "bob"):
        test = listen.acr(clips, name="t", listener=listener, folder=tmp_path)
        orders.add(tuple((page.clip, page.versions) for page in test.pages))
        assert "noisy" not in str(test.page) and "clean" not in str(test.page)
    assert len(orders) == 2


def test_mushra_hides_reference_and_anchor(tmp_path):
    clips = {"one": {"clean": tone(0.1) + 0.05 * torch.randn(8000), "noisy": tone(0.2)}}
    test = listen.mushra(clips, name="t", listener="ann", folder=tmp_path)
    assert test.page["sounds"] == ("reference", "version 1", "version 2", "version 3")
    assert test.files[1:].count(test.files[0]) == 1
    answer(test, *(100 if file == test.files[0] else 30 for file in test.files[1:]))
    found = {vote.version: vote.rating for vote in ratings.read(tmp_path / "t.csv")}
    assert found == {"clean": 100, "noisy": 30, "anchor (3.5 kHz)": 30}


@pytest.mark.parametrize("make, says", [
    (lambda: listen.abx(tone(0.1), tone(0.1), name="../x", listener="ann"), "name"),
    (lambda: listen.abx(tone(0.1), tone(0.1), name="x", listener=" "), "listener"),
    (lambda: listen.abx(tone(0.1), tone(0.1), name="x", listener="a", trials=0), "trials"),
    (lambda: listen.acr({}, name="x", listener="ann"), "nothing to rate"),
    (lambda: listen.acr({"one": {"a": tone(math.nan)}}, name="x", listener="ann"), "samples"),
    (lambda: listen.mushra({"one": {"noisy": tone(0.1)}}, name="x", listener="ann"), "no version 'clean'")])
def test_bad_input_is_named(make, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=says):
        make()
