"""The course's reference model: what it gains on the held-out clips earns all of the project's bonus."""

from functools import lru_cache
from pathlib import Path

import torch

from autograder.reference.model import Enhancer
from course_utils import weights

WEIGHTS = Path(__file__).parent / "weights.safetensors"


@lru_cache
def load() -> Enhancer:
    """Return the trained model, in evaluation mode."""
    model = Enhancer()
    weights.load(model, WEIGHTS)
    return model.eval()


def enhance(y: torch.Tensor) -> torch.Tensor:
    """Enhance waveforms at 16 kHz, (..., T), each by itself, with the trained model."""
    model = load()
    with torch.no_grad():
        return torch.cat([model(x[None]) for x in y.reshape(-1, y.shape[-1])]).reshape(y.shape)
