"""Train the networks that lesson 11 ships: `python -m autograder.adversarial.train --data ../recordings`.

They learn from the embedded corpus and from another one, if there is one. Without a name all are trained, in the order
in which they need each other. Beside the weights, which are kept with 16 bits each, stands a log.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from autograder.lesson import NOTEBOOKS, Lesson
from course_utils import corpus, restoration, training, weights
from course_utils.dice import Dice
from course_utils.muon import Muon
from course_utils.textures import at_level

LESSON = "11_adversarial_enhancement"
SHIPPED = NOTEBOOKS / LESSON / "weights"
BUDGET_DB = 0.6
"""SNR that each model but the first two may spend, compared with `start`."""
STEPS = {"start": 1000, "adversarial": 1000, "least_squares": 1000, "classifier": 600, "autoencoder": 600,
         "deep_feature": 1000, "unsupervised_feature": 1000, "levels": 1000, "levels_450": 450, "no_distance": 200,
         "strong_judge": 200}
"""What there is to train, in order. All models but `start` go on from it for as many steps; only `levels_450` goes on
from `least_squares`, as a student's own training does, and learns from the embedded corpus alone."""
GONE_WRONG: dict[str, dict[str, Any]] = {
    "no_distance": {"weight": 0.0}, "strong_judge": {"weight": 0.1, "rates": (1e-4, 1e-2)}}
"""Adversarial trainings of which only the log is kept: nothing ties the estimate down; the judge is too good."""


class Trainer:
    """Train the networks of the lesson.

    Parameters
    ----------
    to : Path
        Folder for weights and logs.
    folders : sequence of Path
        Corpora to learn from, evenly.
    seed : int
        Source of chance.
    """

    def __init__(self, to: Path, folders: Sequence[Path], *, seed: int = 0):
        self.lesson: Any = Lesson(LESSON).namespace()
        self.to, self.folders, self.seed = to, folders, seed

    def train(self, name: str, steps: int) -> None:
        """Train a network, and write its weights and its log.

        Raises
        ------
        ValueError
            If what it needs was not trained before, or a corpus has no recordings.
        """
        torch.manual_seed(self.seed)
        if name in ("classifier", "autoencoder"):
            model, rows = self._feature_network(name, steps)
        elif name in ("adversarial", *GONE_WRONG):
            model, rows = self._adversarial(steps, GONE_WRONG.get(name, {"budget_db": BUDGET_DB}))
        else:
            model, rows = self._by_distance(name, steps)
        if name not in GONE_WRONG:
            weights.save(model.half(), self._file(name))
        with self._file(name).with_suffix(".csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows({key: value if isinstance(value, int) else f"{value:.4f}" for key, value in row.items()}
                             for row in rows)
        print(f"{name}: {rows[-1]['step']} steps", flush=True)

    def _feature_network(self, name: str, steps: int) -> tuple[nn.Module, list[dict]]:
        """Train the network whose features are to judge: on another task, or on none."""
        if name == "classifier":
            named = named_pieces(0, length=self.lesson["LENGTH"]), named_pieces(1, length=self.lesson["LENGTH"])
            model: nn.Module = self.lesson["Classifier"](len(named_recordings()))
            return model, self._fit(model, classifier_loss, named, steps, optimizer=Muon, learning_rate=0.02)
        draws = self._clean("train"), self._clean("val")

        def autoencoder_loss(model: nn.Module, s: torch.Tensor) -> torch.Tensor:
            return (model(s) - self.lesson["log_spectrum"](s)).square().mean()

        model = self.lesson["Autoencoder"]()
        return model, self._fit(model, autoencoder_loss, draws, steps, optimizer=Muon, learning_rate=0.02)

    def _by_distance(self, name: str, steps: int) -> tuple[nn.Module, list[dict]]:
        """Train a generator by a loss that does not learn itself."""
        lesson = self.lesson
        own = name == "levels_450"  # what a student's own training is compared with
        model = lesson["Generator"]()
        if name != "start":
            self._load("least_squares" if own else "start", model).requires_grad_()
        folders = [corpus.EMBEDDED] if own else self.folders
        draws = tuple(lesson["batch_maker"](split, folders=folders) for split in ("train", "val"))
        if name in ("start", "least_squares"):
            how = {"optimizer": Muon, "learning_rate": 0.01}
            return model, self._fit(model, lesson["least_squares_loss"], draws, steps, **how)
        start, distance = deepcopy(model).eval(), self._distance(name)

        def loss(model: nn.Module, x: torch.Tensor, z: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
            s_hat = model(x, z)  # (B, 1, T)
            with torch.no_grad():
                s_start = start(x, z)  # (B, 1, T)
            return distance(s_hat, s) + lesson["over_budget"](s_hat, s_start, s, BUDGET_DB)

        # Looked at once, it keeps its last weights, as a student's own does, and not the best.
        return model, self._fit(model, loss, draws, steps, learning_rate=1e-3, every=steps if own else min(100, steps))

    def _distance(self, name: str) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
        """Return how a model's estimates are compared with the originals."""
        lesson = self.lesson
        if name in ("levels", "levels_450"):
            return lesson["level_distance"]
        if name == "deep_feature":
            judge: Any = self._load("classifier", lesson["Classifier"](len(named_recordings())))
        else:
            judge = self._load("autoencoder", lesson["Autoencoder"]())
        return lambda s_hat, s: lesson["feature_loss"](judge.listener(s_hat), judge.listener(s))

    def _adversarial(self, steps: int, how: dict[str, Any]) -> tuple[nn.Module, list[dict]]:
        """Train a generator against a discriminator."""
        model = self._load("start", self.lesson["Generator"]())

        def show(history: list[dict]) -> None:
            if len(history) % 10 == 0:
                print(" ".join(f"{name} {value:.3f}" for name, value in history[-1].items()), flush=True)

        return model, self.lesson["train_adversarial"](
            model, self.lesson["batch_maker"]("train", folders=self.folders), steps=steps, seconds=float("inf"),
            seed=self.seed, show=show, **how)

    def _fit(self, model: nn.Module, loss: Callable, draws: tuple, steps: int, **how: Any) -> list[dict]:
        """Train by `training.fit` and return the log."""
        draw, validate = draws
        val = [validate(torch.Generator().manual_seed(number)) for number in range(8)]
        how = {"every": min(100, steps)} | how
        history = training.fit(model, loss, draw, val=val, steps=steps, seed=self.seed, **how)
        return [{"step": step, "training loss": train, "validation loss": on_val}
                for step, train, on_val in zip(history.step, history.train, history.val, strict=True)]

    def _clean(self, split: str) -> Callable[[torch.Generator], tuple[torch.Tensor]]:
        """Return what draws clean pieces at the level 1, (8, 1, T)."""
        pieces = restoration.Pieces(split, batch=8, length=self.lesson["LENGTH"], folders=self.folders)

        def draw(generator: torch.Generator) -> tuple[torch.Tensor]:
            s = pieces(generator)  # (B, 1, T)
            return (s / self.lesson["level_of"](s),)

        return draw

    def _load(self, name: str, model: nn.Module) -> nn.Module:
        weights.load(model, self._file(name))
        return model.eval().requires_grad_(name == "start")

    def _file(self, name: str) -> Path:
        return self.to / f"{name}.safetensors"


def classifier_loss(model: nn.Module, x: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
    """Return the cross entropy of a classifier's scores."""
    return functional.cross_entropy(model(x), label)


def named_recordings() -> dict[str, tuple[list[Path], list[Path]]]:
    """Return the voices, noises and piano pieces of the embedded training split: name -> its recordings.

    The first list is to learn from. The second, to validate, has one recording of each name that has several.
    """
    groups: dict[str, list[Path]] = {}
    for kind in ("speech", "noise", "piano"):
        for path in corpus.files_of(corpus.EMBEDDED, kind, "train"):
            groups.setdefault(corpus.group(path), []).append(path)
    return {name: (paths[:-1], paths[-1:]) if len(paths) > 1 else (paths, []) for name, paths in groups.items()}


def named_pieces(part: int, *, length: int, batch: int = 16) -> Callable[[torch.Generator], tuple]:
    """Return what draws batches of named recordings.

    Parameters
    ----------
    part : {0, 1}
        The recordings to learn from, or those to validate.
    length, batch : int
        Samples of a piece, and pieces of a batch.

    Returns
    -------
    callable
        Draws waveforms (batch, 1, length) at the level 1 and the numbers of their names, (batch,).
    """
    recordings = {number: [corpus.load(path)[0, 0] for path in parts[part]]
                  for number, parts in enumerate(named_recordings().values()) if parts[part]}  # (T,) each

    def draw(generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        dice = Dice(generator)
        labels = [list(recordings)[dice.index(len(recordings))] for _ in range(batch)]
        pieces = [at_level(restoration.piece([recordings[label]], length, dice)) for label in labels]  # (T,) each
        return torch.stack(pieces).unsqueeze(1), torch.tensor(labels)  # (B, 1, T), (B,)

    return draw


def main() -> None:
    """Train what is named, and write weights and logs."""
    parser = argparse.ArgumentParser(prog="python -m autograder.adversarial.train", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(STEPS)}; by default all")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a corpus beside the embedded one")
    parser.add_argument("--steps", type=int, help="how many, for each; by default the lesson's own")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (%(default)s)")
    parser.add_argument("--to", type=Path, default=SHIPPED, metavar="DIR", help="folder for weights and logs")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in STEPS]
    if unknown:
        parser.error(f"there is no {unknown[0]!r}; there are: {', '.join(STEPS)}")
    trainer = Trainer(options.to, [corpus.EMBEDDED, *([options.data] if options.data else [])], seed=options.seed)
    for name in options.names or STEPS:
        trainer.train(name, options.steps or STEPS[name])


if __name__ == "__main__":
    main()
