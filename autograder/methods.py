"""The enhancement methods of the course, as the solutions of its lessons define them, and the networks in them.

A lesson names its methods in its notebook's metadata, {"course": {"methods": {METHOD: {"enhance": ..., ...}}}}:
`enhance` is the function that runs it, waveform (..., time) in and out. If that needs a network, which it gets as its
second argument, `network` makes an untrained one, and `train(model, *, path, steps, seconds)` trains it and keeps the
best weights in `path`.

A lesson may ship the weights: `weights` is a file in its folder. They are used unless another file is named. A method
that has a `rate` (2, 4, or 1 for one that fills gaps) works on a recording's own samples, whatever their sampling rate,
and returns `rate` times as many; one without gets recordings at the course's 16 kHz.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.lesson import NOTEBOOKS, Lesson, lesson_names

if TYPE_CHECKING:
    from torch import nn

    from course_utils.training import History

CHECKPOINTS = Path("build") / "checkpoints"
"""Where the weights of trained networks lie, METHOD.safetensors."""

UNTAUGHT = "log_mmse", "reference"
"""Methods that no lesson teaches: a classical one, and the course's own model."""

NO_END = 1_000_000
"""Steps of a training that is to be ended by its time."""


@dataclass(frozen=True)
class Method:
    """A method: its name, and the functions of the lesson that teaches it."""

    name: str
    enhance: Callable
    network: "Callable[[], nn.Module] | None" = None
    fit: "Callable[..., History] | None" = None
    weights: Path | None = None
    rate: int | None = None

    def run(self, checkpoint: Path | None = None) -> Callable:
        """Return the method as a function, waveform (..., time) in and out; (..., rate * time) out, if it has a rate.

        Parameters
        ----------
        checkpoint : Path, optional
            Weights of its network, if it has one; by default those that its lesson ships, else those that were trained.

        Raises
        ------
        ValueError
            If there is no such checkpoint, or it does not fit.
        """
        if self.network is None:
            return self.enhance
        from course_utils import weights

        path = checkpoint or self.weights or checkpoint_of(self.name)
        if not path.is_file():
            to = f" --to {path}" if path == self.weights else ""
            raise ValueError(f"{self.name} needs a trained network, and there is no {path}: make one with "
                             f"`python -m autograder train {self.name}{to}`, or name another with --checkpoint")
        model = self.network()
        weights.load(model, path)
        return self.bind(model)

    def bind(self, model: "nn.Module") -> Callable:
        """Return the method with this network in it."""
        model.eval()
        return lambda y: self.enhance(y, model)

    def train(self, path: Path, *, seed: int = 0, **how: Any) -> "tuple[nn.Module, History]":
        """Train a fresh network of the method, for as long as the lesson does or as `steps` and `seconds` say.

        Raises
        ------
        ValueError
            If it has none.
        """
        if self.network is None or self.fit is None:
            raise ValueError(f"{self.name} has no network: there is nothing to train")
        import torch

        torch.manual_seed(seed)
        model = self.network()
        path.parent.mkdir(parents=True, exist_ok=True)
        return model, self.fit(model, path=path, **how)


def checkpoint_of(name: str) -> Path:
    """Return where the weights of a method lie that was trained."""
    return CHECKPOINTS / f"{name}.safetensors"


def methods(folder: Path = NOTEBOOKS) -> dict[str, str]:
    """Return the methods of the course: name -> lesson that teaches it."""
    return {method: name for name in lesson_names(folder)
            for method in Lesson(name, folder=folder).notebook.metadata.get("course", {}).get("methods", {})}


def denoisers() -> list[str]:
    """Return the methods that the tables of noisy speech compare, in their order: those of lessons 03 to 08."""
    from course_utils import results

    known = methods()
    return [name for name in results.METHODS if name in known]


def load_method(name: str, *, folder: Path = NOTEBOOKS) -> Method:
    """Return a method of the course: the solution of the lesson that teaches it, or one that none teaches.

    Raises
    ------
    ValueError
        If there is no such method.
    """
    if name == "log_mmse":
        from autograder.log_mmse import log_mmse

        return Method(name, log_mmse)
    if name == "reference":
        from autograder import reference

        return Method(name, reference.enhance)
    known = methods(folder)
    if name not in known:
        raise ValueError(f"there is no method {name!r}; there are: {', '.join([*known, *UNTAUGHT])}")
    lesson = Lesson(known[name], folder=folder)
    about, names = lesson.notebook.metadata.course.methods[name], lesson.namespace()
    enhance, network, fit = (names[about[key]] if key in about else None for key in ("enhance", "network", "train"))
    weights = lesson.path.parent / about["weights"] if "weights" in about else None
    return Method(name, enhance, network, fit, weights, about.get("rate"))  # type: ignore[arg-type]


def train(name: str, *, seconds: float, to: Path | None = None) -> Path:
    """Train the network of a method for some time, and return the file with its weights.

    Interrupted, it keeps the best weights so far; the same call goes on from there.

    Raises
    ------
    ValueError
        If there is no such method, or it has no network.
    """
    path = to or checkpoint_of(name)
    method = load_method(name)
    _, history = method.train(path, steps=NO_END, seconds=seconds)
    print(f"{history.step[-1]} steps in {history.seconds:.0f} s ({history.steps_per_second:.1f} a second), "
          f"{history.data_seconds / history.seconds:.0%} of it for the data; best on val after step {history.best}")
    if method.weights not in (None, path):
        print(f"`enhance {name}` takes the weights that come with the lesson; for these, add --checkpoint {path}")
    return path


def write_results() -> list[Path]:
    """Write what each denoiser makes of the course's six clips, for the tables of later lessons, and return the files.

    Raises
    ------
    ValueError
        If a network has no checkpoint.
    """
    import soundfile
    import torch

    from course_utils import results, signal

    noisy, _ = results.clips()  # (6, 1, T)
    ready = {name: load_method(name).run() for name in denoisers()}  # all of them, before anything is written
    written = []
    for name, run in ready.items():
        with torch.no_grad():
            s_hat = run(noisy)  # (6, 1, T)
        written.append(results.FOLDER / f"{name}.flac")
        soundfile.write(written[-1], s_hat.reshape(-1).numpy(), signal.SAMPLE_RATE, subtype="PCM_16")
    return written
