"""The weights of a network as a file that nobody need be afraid of.

Checkpoints are `safetensors` files: numbers by name, and no code that could run when they are read, as in a pickle.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn


def save(model: nn.Module, path: str | Path) -> None:
    """Write a model's weights to a `safetensors` file, whole or not at all.

    Parameters
    ----------
    model : nn.Module
        The network.
    path : str or Path
        The file. One that is there is replaced.
    """
    write(model.state_dict(), Path(path), {})


def load(model: nn.Module, path: str | Path) -> None:
    """Read weights into a model of the same architecture.

    Parameters
    ----------
    model : nn.Module
        The network; it is changed only if all fits.
    path : str or Path
        A file that `save` wrote.

    Raises
    ------
    ValueError
        If there is no such file, if it is damaged or no `safetensors` file, if it is of another architecture, or if it
        holds numbers that are not finite.
    """
    values, _ = read(Path(path))
    wanted = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    found = {name: tuple(value.shape) for name, value in values.items()}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            raise ValueError(f"{path}: is of another architecture: {name} has the shape {found.get(name, 'none')}, not "
                             f"{wanted.get(name, 'none')} as in the model. Build the model as it was, or train anew.")
    bad = next((name for name, value in values.items() if not torch.isfinite(value).all()), None)
    if bad:
        raise ValueError(f"{path}: {bad} holds numbers that are NaN or infinite. Train it anew.")
    model.load_state_dict(values)


def write(tensors: Mapping[str, torch.Tensor], path: Path, metadata: dict[str, str]) -> None:
    """Write a file of tensors, whole or not at all.

    Parameters
    ----------
    tensors : mapping of str to torch.Tensor
        Tensors by name; those that share memory are written one by one.
    path : Path
        The file; folders above it are made.
    metadata : dict of str to str
        What the file says about itself.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    save_file({name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}, fresh, metadata)
    os.replace(fresh, path)


def read(path: Path) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """Read a file of tensors and what it says about itself.

    Raises
    ------
    ValueError
        If there is no such file, or if it is damaged or no `safetensors` file.
    """
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file. Train the model first.")
    try:
        with safe_open(path, "pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}  # noqa: SIM118
    except (SafetensorError, OSError, ValueError) as error:
        raise ValueError(f"{path}: is damaged, or no safetensors file ({error}). A pickle (.pt, .pth) is not read, "
                         "because it can run code. Save the model anew with `weights.save`.") from error
