"""Train the reference model: `python -m autograder.reference.train --data ../recordings --seconds 7200`.

It learns from the embedded corpus and from another one, if there is one. Stopped, it goes on with the same call.
Beside the weights it writes a log: the losses by step.
"""

import argparse
from pathlib import Path

import torch

from autograder.reference import WEIGHTS
from autograder.reference.data import Pairs
from autograder.reference.model import Enhancer, loss
from course_utils import corpus, training
from course_utils.muon import Muon

NO_END = 1_000_000
"""Steps of a training that its time ends."""
OTHER = 0.7
"""Share of the other corpus in the draws: recordings of people and places are worth more than synthetic ones."""


def draw_from(folders: list[Path], split: str, *, batch: int = 8, seconds: float = 2.0) -> Pairs:
    """Return a provider of pairs from one split of one or two corpora.

    Raises
    ------
    ValueError
        If a corpus has no recordings of a kind, or damaged ones.
    """
    def read(kind: str) -> list[list[torch.Tensor]]:
        paths = [sorted((folder / kind / split).glob("*.flac")) for folder in folders]
        for folder, found in zip(folders, paths, strict=True):
            if not found:
                raise ValueError(f"there are no FLAC files in {folder / kind / split}")
        return [[corpus.load(path)[0, 0] for path in found] for found in paths]

    return Pairs(read("speech"), read("noise"), read("rir"), shares=[1 - OTHER, OTHER][-len(folders):],
                 batch=batch, seconds=seconds)


def main() -> None:
    """Train, and write the weights and the log."""
    parser = argparse.ArgumentParser(prog="python -m autograder.reference.train", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="a corpus beside the embedded one")
    parser.add_argument("--seconds", type=float, default=7200, help="how long (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (%(default)s)")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="file for the weights")
    options = parser.parse_args()
    folders = [corpus.EMBEDDED, *([options.data] if options.data else [])]
    draw, validate = (draw_from(folders, split) for split in ("train", "val"))
    torch.manual_seed(options.seed)
    model = Enhancer()
    history = training.fit(
        model, lambda model, y, s: loss(model(y), s), draw, steps=NO_END, seconds=options.seconds, path=options.to,
        val=[validate(torch.Generator().manual_seed(number)) for number in range(8)], every=100,
        optimizer=Muon, learning_rate=0.01, seed=options.seed)
    history.write(options.to.with_suffix(".csv"))
    print(f"{options.to}: {history.step[-1]} steps in {history.seconds:.0f} s, {history.data_seconds:.0f} s of it for "
          f"the data; best on val after step {history.best}")


if __name__ == "__main__":
    main()
