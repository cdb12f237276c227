"""Functions and classes of PyTorch and its like by name, so that a test can give them to a student's function."""

import importlib
import sys

ROOTS = {"builtins", "cmath", "course_utils", "math", "numpy", "operator", "scipy", "torch", "torchaudio"}
PLACES = ("torch", "torch.nn.functional", "torch.linalg", "torch.fft", "torch.special", "numpy", "numpy.linalg",
          "numpy.fft", "math", "builtins")
"""Where functions are looked for that do not know where they are from, as those that are written in C."""


def name_of(value: object) -> tuple[str, str] | None:
    """Return the module and the name in it of a function, a class or a module, or None."""
    if type(value) is type(sys) and value.__name__.split(".")[0] in ROOTS:
        parent, _, last = value.__name__.rpartition(".")
        return (parent, last) if parent else None
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    module = getattr(value, "__module__", None)
    if not isinstance(name, str) or not callable(value):
        return None
    places = [module] if isinstance(module, str) and module.split(".")[0] in ROOTS else []
    for place in [*places, *PLACES]:
        for path in {name, name.split(".")[-1]}:
            if _find(place, path) is value:
                return place, path
    return None


def _find(module: str, path: str) -> object:
    try:
        found: object = importlib.import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
    except (ImportError, AttributeError):
        return None
    return found
