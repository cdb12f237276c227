"""Train a network that lesson 10 ships: `python -m autograder.restoration.train denoise --data ../recordings`.

It learns from the embedded corpus and from another one, if there is one: speech and piano. Stopped, it goes on with the
same call; ended, it goes on with `--more`. Beside the weights, which are kept with 16 bits each, it writes a log: the
losses by step.
"""

import argparse
from pathlib import Path
from typing import Any

import torch

from autograder.lesson import NOTEBOOKS, Lesson
from course_utils import corpus, weights
from course_utils.restoration import RATES

LESSON = "10_super_resolution"


def main() -> None:
    """Train, and write the weights and the log."""
    parser = argparse.ArgumentParser(prog="python -m autograder.restoration.train", description=__doc__)
    parser.add_argument("task", choices=list(RATES), help="what the network is to undo")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a corpus beside the embedded one")
    parser.add_argument("--steps", type=int, default=1200, help="how many (%(default)s)")
    parser.add_argument("--seconds", type=float, default=840, help="when to stop all the same (%(default)s)")
    parser.add_argument("--more", action="store_true", help="go on with weights that are there, and with their log")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (%(default)s)")
    parser.add_argument("--to", type=Path, metavar="FILE", help="file for the weights; by default the lesson's own")
    options = parser.parse_args()
    to = options.to or NOTEBOOKS / LESSON / "weights" / f"{options.task}.safetensors"
    lesson: dict[str, Any] = Lesson(LESSON).namespace()
    torch.manual_seed(options.seed)
    model = lesson["restorer"]()
    if options.more:
        weights.load(model, to)
    history = lesson["train"](
        model, task=options.task, path=to, steps=options.steps, seconds=options.seconds, seed=options.seed,
        folders=[corpus.EMBEDDED, *([options.data] if options.data else [])])
    weights.save(model.half(), to)
    history.write(to.with_suffix(".csv"), more=options.more)
    print(f"{to}: {history.step[-1]} steps in {history.seconds:.0f} s, best on val after step {history.best}")


if __name__ == "__main__":
    main()
