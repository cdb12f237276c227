"""Train a network that lesson 10 ships: `python -m autograder.restoration.train denoise --data ../recordings`.

It learns from the embedded corpus and from another one, if there is one: speech and piano. Stopped, it goes on with the
same call; ended, it goes on with `--more`, or with small steps and a loss of its own, `--finish`. Beside the weights,
which are kept with 16 bits each, it writes a log: the losses by step.
"""

import argparse
from pathlib import Path
from typing import Any

import torch

from autograder.lesson import NOTEBOOKS, Lesson
from course_utils import corpus, training, weights
from course_utils.restoration import RATES, Degraded, Pieces

LESSON, KINDS = "10_super_resolution", ("speech", "piano")
STEP, BALANCE, HARM = 8e-4, 2.0, 0.5
"""Of `finish`: the highest learning rate of AdamW, the weight of the LSD relative to the lesson's, and how much more
what a clip loses counts than what it gains."""


def main() -> None:
    """Train, and write the weights and the log."""
    parser = argparse.ArgumentParser(prog="python -m autograder.restoration.train", description=__doc__)
    parser.add_argument("task", choices=list(RATES), help="what the network is to undo")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a corpus beside the embedded one")
    parser.add_argument("--steps", type=int, default=1200, help="how many (%(default)s)")
    parser.add_argument("--seconds", type=float, default=840, help="when to stop all the same (%(default)s)")
    parser.add_argument("--more", action="store_true", help="go on with weights that are there, and with their log")
    parser.add_argument("--finish", action="store_true", help="the same with small steps, so that few clips get worse")
    parser.add_argument("--rate", type=float, default=STEP, help="highest learning rate of --finish (%(default)s)")
    parser.add_argument("--balance", type=float, default=BALANCE,
                        help="weight of the LSD in --finish, relative to the lesson's (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (%(default)s)")
    parser.add_argument("--to", type=Path, metavar="FILE", help="file for the weights; by default the lesson's own")
    options = parser.parse_args()
    to = options.to or NOTEBOOKS / LESSON / "weights" / f"{options.task}.safetensors"
    lesson: dict[str, Any] = Lesson(LESSON).namespace()
    torch.manual_seed(options.seed)
    model = lesson["restorer"]()
    more = options.more or options.finish
    if more:
        weights.load(model, to)
    how: dict[str, Any] = {"task": options.task, "path": to, "steps": options.steps, "seconds": options.seconds,
                           "seed": options.seed}
    how["folders"] = [corpus.EMBEDDED, *([options.data] if options.data else [])]
    if options.finish:
        history = finish(lesson, model, rate=options.rate, balance=options.balance, **how)
    else:
        history = lesson["train"](model, **how)
    weights.save(model.half(), to)
    history.write(to.with_suffix(".csv"), more=more)
    print(f"{to}: {history.step[-1]} steps in {history.seconds:.0f} s, best on val after step {history.best}")


def finish(lesson: dict[str, Any], model: torch.nn.Module, *, task: str, path: Path, folders: list[Path], steps: int,
           seconds: float, rate: float, balance: float, seed: int) -> training.History:
    """Train on with small steps; the loss is what a clip gains on its input, and once more what it loses.

    A network that is good on average can still do harm where there is little to undo: in a dry recording, say, that it
    takes for one with echoes.
    """
    balance *= lesson["BALANCE"][task]

    def measures(x: torch.Tensor, s: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return minus the SNR in units of 10 dB, and the LSD, of waveforms, (B, 1, T): (B, 1) each."""
        error = (x - s).square().sum(-1) / s.square().sum(-1)
        return (error + 1e-6).log10(), (lesson["log_distance"](x, s, 512) + lesson["log_distance"](x, s, 2048)) / 2

    def loss(model: torch.nn.Module, x: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
        """Return the loss of a batch, (B, 1, T) each."""
        snr, lsd = (after - before for after, before in zip(measures(model(x), s), measures(x, s), strict=True))
        return (snr + balance * lsd + HARM * (snr.relu() + balance * lsd.relu())).mean()

    def batches_of(split: str, *kinds: str) -> Any:
        """Return what draws batches: input and target, (4, 1, 16384) each."""
        pieces, degraded = Pieces(split, kinds=kinds, folders=folders), Degraded(task, split, folders=folders)
        return lambda g: lesson["make_pair"](pieces(g), lambda s: degraded(s, g))

    val = [batches_of("val", kind)(torch.Generator().manual_seed(number)) for kind in KINDS for number in range(10)]
    return training.fit(model, loss, batches_of("train", *KINDS), val=val, steps=steps, seconds=seconds, path=path,
                        learning_rate=rate, every=min(100, steps), seed=seed)


if __name__ == "__main__":
    main()
