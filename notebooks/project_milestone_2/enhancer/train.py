"""Training: `python -m enhancer.train --seconds 600 --out model.safetensors`."""

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from course_utils import textures
from course_utils.batches import recolour
from enhancer.data import SAMPLE_RATE, Pairs
from enhancer.model import Enhancer, loss

### BEGIN SOLUTION
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from course_utils import training
from course_utils.muon import Muon
### END SOLUTION


def save(model: nn.Module, path: str | Path) -> None:
    """Write a model's weights, and nothing else, as safetensors.

    Parameters
    ----------
    model : nn.Module
        Whose parameters and buffers are written. It is not changed.
    path : str or Path
        A file, usually `model.safetensors`.
    """
    ### BEGIN SOLUTION
    save_file({name: value.detach().clone().contiguous() for name, value in model.state_dict().items()}, str(path))
    ### END SOLUTION


def load(path: str | Path) -> Enhancer:
    """Return an `Enhancer` with the weights of a file, in evaluation mode.

    Parameters
    ----------
    path : str or Path
        What `save` wrote.

    Raises
    ------
    ValueError
        If there is no such file, or it holds no weights of this model: the message names the file.
    """
    ### BEGIN SOLUTION
    model = Enhancer()
    try:
        model.load_state_dict(load_file(str(path)))
    except (RuntimeError, SafetensorError, FileNotFoundError) as error:
        raise ValueError(f"{path} holds no weights of this model: {error}") from None
    return model.eval()
    ### END SOLUTION


def train(model: nn.Module, draw: Callable, val: list, *, steps: int, seconds: float = float("inf"),
          path: str | Path = "model.safetensors", seed: int = 0) -> list[float]:
    """Train a model in place, leave it with the weights that were best on `val`, and save them.

    Parameters
    ----------
    model : nn.Module
        From noisy to enhanced waveforms.
    draw : callable
        From a `torch.Generator` to a batch (noisy, clean), each (B, 1, T); a `Pairs`.
    val : list of (noisy, clean)
        Batches to validate on. They are never trained on.
    steps : int
        Steps to take at most.
    seconds : float
        Time to take at most.
    path : str or Path
        File for the best weights.
    seed : int
        Source of chance: the same seed and the same untrained model give the same weights.

    Returns
    -------
    list of float
        The loss on `val` each time that it was measured, each a mean over all of its batches.
    """
    ### BEGIN SOLUTION
    def compare(network, y, s):
        return loss(network(y), s)

    history = training.fit(model, compare, draw, val=val, steps=steps, seconds=seconds, seed=seed, every=max(1, min(100, steps // 4)),
                           optimizer=Muon, learning_rate=0.01, path=path)
    save(model, path)
    return history.val
    ### END SOLUTION


def more_noise(noise: list[torch.Tensor], speech: list[torch.Tensor], *, count: int = 120,
               generator: torch.Generator) -> list[torch.Tensor]:
    """Return noises that nobody recorded, 8 s each: recordings through an equaliser, many voices, hiss, strokes, hum.

    A network learns a few recordings by heart. With these it hears that noise can sound in many ways.
    """
    length, dice, made = 8 * SAMPLE_RATE, textures.Dice(generator), []

    def piece(recordings: list[torch.Tensor]) -> torch.Tensor:
        x = recordings[dice.index(len(recordings))]
        x = x.repeat(-(-2 * length // len(x)))
        start = dice.index(len(x) - length + 1)
        return x[start:start + length]

    makers = [lambda: piece(noise), lambda: torch.stack([piece(speech) for _ in range(3 + dice.index(5))]).sum(0),
              lambda: textures.hiss(length, dice), lambda: textures.strokes(length, dice),
              lambda: textures.hum(length, dice)]
    for number in range(count):
        x = recolour(makers[number % len(makers)]()[None], generator=generator)[0]
        made.append(x / x.abs().max().clamp_min(1e-6))
    return [x for x in made if x.any()]


def main() -> None:
    """Train on the course's training split, validate on its validation split; the test split is not touched."""
    from course_utils import corpus  # the corpus that COURSE_DATA names, or the embedded one

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="time that it may take (600)")
    parser.add_argument("--steps", type=int, default=1_000_000, help="steps that it may take")
    parser.add_argument("--out", type=Path, default=Path("model.safetensors"), help="file for the weights")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (0)")
    options = parser.parse_args()
    if options.out.exists():
        parser.error(f"there is a {options.out} already: give another name with --out, or move it away")
    print(f"training for at most {options.seconds:.0f} s; there is a line for each look at the validation split")

    def recordings(kind: str, split: str) -> list[torch.Tensor]:
        return [corpus.load(path)[0, 0] for path in corpus.files(kind, split)]

    speech, noise = recordings("speech", "train"), recordings("noise", "train")
    draw = Pairs(speech, noise + more_noise(noise, speech, generator=torch.Generator().manual_seed(options.seed)))
    validate = Pairs(recordings("speech", "val"), recordings("noise", "val"), snr_db=(0.0, 15.0))
    g = torch.Generator().manual_seed(1)
    torch.manual_seed(options.seed)
    model = Enhancer()
    losses = train(model, draw, [validate(g) for _ in range(8)], steps=options.steps, seconds=options.seconds,
                   path=options.out, seed=options.seed)
    log = "".join(f"{look},{value:.5f}\n" for look, value in enumerate(losses))
    options.out.with_suffix(".csv").write_text(f"look,loss on val\n{log}")
    print(f"{options.out}: loss on the validation split {', '.join(f'{loss:.4f}' for loss in losses[-5:])}")


if __name__ == "__main__":
    main()
