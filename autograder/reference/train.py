"""Train the reference model: `python -m autograder.reference.train --data ../recordings --seconds 7200`.

It learns from the embedded corpus and from another one, if there is one. Stopped, it goes on with the same call.
Beside the weights it writes a log: the losses by step.
"""

import argparse
from pathlib import Path

import torch

from autograder.methods import NO_END
from autograder.reference import WEIGHTS
from autograder.reference.data import Pairs
from autograder.reference.model import Enhancer, loss
from course_utils import corpus, training
from course_utils.muon import Muon
from course_utils.restoration import read

OTHER = 0.7
"""Share of the other corpus in the draws: recordings of people and places are worth more than synthetic ones."""


def draw_from(folders: list[Path], split: str) -> Pairs:
    """Return what draws pairs, eight of 2 s, from one split of one or two corpora.

    Raises
    ------
    ValueError
        If a corpus has no recordings of a kind, or damaged ones.
    """
    speech, noise, rooms = found = [read(kind, split, folders) for kind in ("speech", "noise", "rir")]
    if any(len(kind) < len(folders) for kind in found):
        raise ValueError(f"{' and '.join(map(str, folders))} have to have recordings each, in speech/{split}, "
                         f"noise/{split} and rir/{split}")
    return Pairs(speech, noise, rooms, shares=[1 - OTHER, OTHER][-len(folders):], batch=8, seconds=2.0)


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
