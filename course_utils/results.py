"""What each method of the course makes of the same six noisy clips, so that a lesson can set its own beside them.

The clips are of the embedded test split, whatever `COURSE_DATA` says: voices and noises that nothing was trained on.
The sounds lie in `data/results/`, one file a method, the clips one after another; `python -m autograder results` makes
them with the solutions of the lessons.
"""

from collections.abc import Iterable

import torch

from course_utils import corpus

FOLDER = corpus.EMBEDDED / "results"
CLIPS = 6

METHODS = {
    "spectral_subtraction": "spectral subtraction",
    "wiener": "Wiener filter",
    "mask_network": "mask network",
    "dense_autoencoder": "dense autoencoder",
    "denoising_autoencoder": "denoising autoencoder",
    "unet": "U-Net",
}
"""The methods in the order of the lessons: name -> title in a table."""


def clips() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the six noisy clips and the clean speech in them.

    Returns
    -------
    noisy, clean : torch.Tensor [shape=(6, 1, time)]
        3 s each, at 0 to 10 dB.

    Examples
    --------
    >>> noisy, clean = clips()
    >>> noisy.shape
    torch.Size([6, 1, 48000])
    """
    return _load("noisy"), _load("clean")


def methods() -> dict[str, torch.Tensor]:
    """Return the noisy clips and what each method makes of them.

    Returns
    -------
    dict of str to torch.Tensor [shape=(6, 1, time)]
        Title -> clips, in the order of the lessons; a method without a file is left out.

    Examples
    --------
    >>> list(methods())[:2]
    ['noisy', 'spectral subtraction']
    """
    return _load_all(METHODS)


def before(method: str) -> dict[str, torch.Tensor]:
    """Return the noisy clips and what the methods of earlier lessons make of them.

    Parameters
    ----------
    method : str
        A name of `METHODS`: those before it are returned.

    Returns
    -------
    dict of str to torch.Tensor [shape=(6, 1, time)]
        As for `methods`.

    Raises
    ------
    ValueError
        If there is no such method.
    """
    if method not in METHODS:
        raise ValueError(f"there is no method {method!r}; there are: {', '.join(METHODS)}")
    return _load_all(list(METHODS)[:list(METHODS).index(method)])


def _load_all(names: Iterable[str]) -> dict[str, torch.Tensor]:
    there = (name for name in names if (FOLDER / f"{name}.flac").is_file())
    return {"noisy": _load("noisy")} | {METHODS[name]: _load(name) for name in there}


def _load(name: str) -> torch.Tensor:
    return corpus.load(FOLDER / f"{name}.flac").reshape(CLIPS, 1, -1)
