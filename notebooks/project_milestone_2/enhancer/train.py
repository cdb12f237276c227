"""Training: `python -m enhancer.train --seconds 600 --out model.safetensors`."""

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from enhancer.data import Pairs
from enhancer.model import Enhancer, loss

### BEGIN SOLUTION
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from course_utils import training
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
        If the file holds no weights of this model: the message names the file.
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
        The loss on `val` each time that it was measured. The last entry is not measured on fewer batches than others.
    """
    ### BEGIN SOLUTION
    def compare(network, y, s):
        return loss(network(y), s)

    history = training.fit(model, compare, draw, val=val, steps=steps, seconds=seconds, seed=seed, every=max(1, min(100, steps // 4)))
    save(model, path)
    return history.val
    ### END SOLUTION


def main() -> None:
    """Train on the course's training split, validate on its validation split; the test split is not touched."""
    from course_utils import corpus  # the corpus that COURSE_DATA names, or the embedded one

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="time that it may take (600)")
    parser.add_argument("--steps", type=int, default=1_000_000, help="steps that it may take")
    parser.add_argument("--out", type=Path, default=Path("model.safetensors"), help="file for the weights")
    parser.add_argument("--seed", type=int, default=0, help="source of chance (0)")
    options = parser.parse_args()

    def recordings(kind: str, split: str) -> list[torch.Tensor]:
        return [corpus.load(path)[0, 0] for path in corpus.files(kind, split)]

    draw = Pairs(recordings("speech", "train"), recordings("noise", "train"))
    validate = Pairs(recordings("speech", "val"), recordings("noise", "val"), snr_db=(0.0, 15.0))
    g = torch.Generator().manual_seed(1)
    torch.manual_seed(options.seed)
    model = Enhancer()
    losses = train(model, draw, [validate(g) for _ in range(8)], steps=options.steps, seconds=options.seconds,
                   path=options.out, seed=options.seed)
    print(f"{options.out}: loss on the validation split {losses[0]:.4f} -> {min(losses):.4f}")


if __name__ == "__main__":
    main()
