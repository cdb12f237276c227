"""Train the network of the lesson on gaps: `python -m autograder.gap_filling.train --data ../recordings --steps 6000`.

It learns speech and piano of the embedded corpus and of another one, if there is one, each recording at three speeds.
The windows with their fillings by linear prediction are made once and kept in `build/gap_filling/`, because making them
takes longer than a step; for other corpora, or another code of the lesson, they are made anew. Stopped, it goes on with
the same call. Beside the weights it writes a log: the losses by step.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torchaudio.functional import resample
from tqdm import tqdm

from autograder.lesson import NOTEBOOKS, Lesson
from course_utils import corpus, restoration, training, weights
from course_utils.signal import SAMPLE_RATE

LESSON = "09_gap_filling"
WEIGHTS = NOTEBOOKS / LESSON / "weights" / "gap_fill.safetensors"
CACHE = Path("build") / "gap_filling"
SPEEDS = 0.87, 1.0, 1.15
"""At which recordings are played: other speeds are other voices and other keys."""
KINDS = "speech", "piano", "speech", "piano", "speech"
"""What the groups of windows are made of, in turn."""
GROUP = 50
"""Windows that are made at a time, of one length and one corpus."""


def recordings(folders: list[Path], kind: str, split: str, *, speeds: tuple[float, ...]) -> list[list[torch.Tensor]]:
    """Return the recordings of a kind, (1, T) each, by corpus; a corpus that has none of the kind is left out.

    Raises
    ------
    ValueError
        If no corpus has any, or one is damaged.
    """
    found = restoration.read(kind, split, folders)
    if not found:
        raise ValueError(f"there are no recordings {kind}/{split} in {', '.join(map(str, folders))}")
    return [[resample(x[None], round(SAMPLE_RATE * speed / 100) * 100, SAMPLE_RATE) for x in whole for speed in speeds]
            for whole in found]


def windows(lesson: dict[str, Any], folders: list[Path], split: str, count: int, *, seed: int,
            speeds: tuple[float, ...] = SPEEDS) -> tuple[torch.Tensor, ...]:
    """Return windows as the lesson's `windows` makes them, in half precision, each corpus as often as the other."""
    size = lesson["LONGEST"] + 2 * lesson["CONTEXT"]
    generator = torch.Generator().manual_seed(seed)
    by_kind = {kind: [[x for x in one if x.shape[-1] >= size]
                      for one in recordings(folders, kind, split, speeds=speeds)] for kind in set(KINDS)}
    parts = []
    for number in tqdm(range(-(-count // GROUP)), desc=f"{split} windows", disable=None):
        corpora = by_kind[KINDS[number % len(KINDS)]]
        made = lesson["windows"](corpora[number // len(KINDS) % len(corpora)], GROUP, generator=generator)
        parts.append(tuple(z.half() for z in made))
    return tuple(torch.cat(kind)[:count] for kind in zip(*parts, strict=True))


def cached(path: Path, of: str, make: Callable[[], tuple[torch.Tensor, ...]]) -> tuple[torch.Tensor, ...]:
    """Return windows, from a file if they were made before of the same, which `of` says."""
    names = "s", "x", "f", "b", "mask"
    if path.is_file():
        tensors, about = weights.read(path)
        if about.get("of") == of:
            return tuple(tensors[name] for name in names)
    made = make()
    weights.write(dict(zip(names, made, strict=True)), path, {"of": of})
    return made


def main(arguments: list[str] | None = None) -> None:
    """Train, and write the weights and the log."""
    parser = argparse.ArgumentParser(prog="python -m autograder.gap_filling.train", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="a corpus beside the embedded one")
    parser.add_argument("--steps", type=int, default=6000, help="how many (%(default)s)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="time after which to stop at all the same")
    parser.add_argument("--count", type=int, default=12000, help="windows to learn from (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (%(default)s)")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="file for the weights")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for the windows (%(default)s)")
    options = parser.parse_args(arguments)
    source = Lesson(LESSON)
    lesson: dict[str, Any] = source.namespace()
    folders = [corpus.EMBEDDED, *([options.data] if options.data else [])]
    of = json.dumps([[str(folder.resolve()) for folder in folders], source.code])
    made = cached(options.cache / f"train-{options.count}-{options.seed}.safetensors", of, lambda: windows(
        lesson, folders, "train", options.count, seed=options.seed))
    val = cached(options.cache / f"val-{options.count}-{options.seed}.safetensors", of, lambda: windows(
        lesson, folders, "val", max(40, options.count // 24), seed=options.seed + 1, speeds=(1.0,)))
    torch.manual_seed(options.seed)
    history = training.fit(
        lesson["GapNet"](), lesson["fill_loss"], lesson["Batches"](made, 16), steps=options.steps,
        seconds=options.seconds, path=options.to,
        val=[tuple(z[k:k + 100].float() for z in val) for k in range(0, len(val[0]), 100)],
        every=min(200, options.steps), learning_rate=2e-3, seed=options.seed)
    history.write(options.to.with_suffix(".csv"))
    print(f"{options.to}: {history.step[-1]} steps in {history.seconds:.0f} s, {history.data_seconds:.0f} s of it for "
          f"the data; best on val after step {history.best}")


if __name__ == "__main__":
    main()
