"""The networks of lesson 11: their training, and what the lesson says of those that come with it."""

import csv

import pytest
import torch

from autograder.adversarial.train import GONE_WRONG, LESSON, SHIPPED, STEPS, Trainer, named_pieces, named_recordings
from autograder.bench.adversarial import MODELS, compare, measure
from autograder.lesson import Lesson
from course_utils import corpus, restoration, weights


@pytest.fixture(scope="module")
def lesson():
    return Lesson(LESSON).namespace()


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with all networks, each trained for two steps."""
    trainer = Trainer(tmp_path_factory.mktemp("weights"), [corpus.EMBEDDED])
    for name in STEPS:
        trainer.train(name, 2)
    return trainer.to


def log(path):
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def network(lesson, name):
    if name == "classifier":
        return lesson["Classifier"](len(named_recordings()))
    return lesson["Autoencoder"]() if name == "autoencoder" else lesson["Generator"]()


def test_every_training_leaves_weights_that_fit_and_a_log(trained, lesson):
    for name in STEPS:
        assert log(trained / f"{name}.csv")[-1]["step"] == "2"
        path = trained / f"{name}.safetensors"
        assert path.is_file() != (name in GONE_WRONG)
        if path.is_file():
            weights.load(network(lesson, name), path)
            assert {value.dtype for value in weights.read(path)[0].values()} == {torch.float16}


def test_models_go_on_from_the_start_and_differ(trained):
    def last(name):
        return weights.read(trained / f"{name}.safetensors")[0]["last.weight"].float()

    names = [name for name in MODELS if name != "start"]
    for name in names:
        assert 0 < (last(name) - last("start")).abs().max() < 0.1, name
    assert all(not torch.equal(last(a), last(b)) for k, a in enumerate(names) for b in names[:k])


def test_without_its_start_a_training_says_what_is_missing(tmp_path):
    with pytest.raises(ValueError, match=r"start\.safetensors: there is no such file\. Train"):
        Trainer(tmp_path, [corpus.EMBEDDED]).train("adversarial", 1)


def test_the_classifier_is_tried_on_recordings_that_it_has_not_learned():
    parts = list(named_recordings().values())
    assert len(parts) > 20 and all(learned and not set(learned) & set(kept) for learned, kept in parts)
    assert sum(bool(kept) for _, kept in parts) > 20
    draws = [named_pieces(part, length=4000, batch=64) for part in (0, 1)]
    for draw in draws:
        x, labels = draw(torch.Generator().manual_seed(1))  # (64, 1, T), (64,)
        assert x.shape == (64, 1, 4000) and len(set(labels.tolist())) > 10 and int(labels.max()) < len(parts)
        torch.testing.assert_close(x.square().mean(-1).sqrt(), torch.ones(64, 1))
        assert torch.equal(x, draw(torch.Generator().manual_seed(1))[0])


def test_shipped_networks_fit_are_small_and_had_as_many_steps(lesson):
    ends = {}
    for name in STEPS:
        ends[name] = int(log(SHIPPED / f"{name}.csv")[-1]["step"])
        if name not in GONE_WRONG:
            path = SHIPPED / f"{name}.safetensors"
            assert path.stat().st_size < 5e6
            weights.load(network(lesson, name), path)
    assert {ends[name] for name in MODELS} == {STEPS["adversarial"]}


@pytest.mark.parametrize("kind", ["speech", "piano"])
def test_shipped_adversarial_model_is_brighter_and_nearly_as_faithful(lesson, kind):
    recordings = [x for found in restoration.read(kind, "test", [corpus.EMBEDDED]) for x in found]  # (T,) each
    pieces = [x[16000:64000] for x in recordings if len(x) > 64000]  # 3 s
    if kind == "piano":
        pieces = [piece for x in recordings for piece in x.split(48000)[:-1]]
    s = torch.stack(pieces[:12]).unsqueeze(1)  # (12, 1, T)
    y = restoration.low_rate(s, 4, aliased=False)  # (12, 1, T / 4)
    found = {}
    for name in ("least_squares", "adversarial"):
        model = network(lesson, name)
        weights.load(model, SHIPPED / f"{name}.safetensors")
        found[name] = [measure(lesson["restore"](y[k:k + 1], model), s[k:k + 1], lesson["high_band_share"])
                       for k in range(len(s))]
    change = compare(found["adversarial"], found["least_squares"])
    assert change["snr_change"] > -1
    assert change["lsd_change"] < 0
    assert change["share_change"] > 0


def test_changes_are_taken_clip_by_clip():
    base = [{"snr": 10.0, "lsd": 2.0, "share": 0.0}, {"snr": 20.0, "lsd": 1.0, "share": 0.1}]
    row = compare([{key: value - 0.5 for key, value in clip.items()} for clip in base], base)
    assert row["n"] == 2 and row["snr"] == 14.5 and row["snr_interval"][0] < 14.5 < row["snr_interval"][1]
    assert row["snr_change"] == row["lsd_change"] == -0.5
    assert row["snr_change_interval"] == [-0.5, -0.5]
