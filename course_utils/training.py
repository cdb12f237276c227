"""Train a network: one loop for all lessons.

    history = fit(model, loss, draw, val=batches, steps=600, seconds=90, path="unet.safetensors")

`draw` makes a batch of a random generator, `loss` says how bad the model is on one. Every `every` steps the loop looks
at `val`, which is never trained on; the weights that were best there are what the model has in the end and what `path`
holds. Stop it at any time (the stop button, Ctrl-C): the best weights stay, and the same call goes on where it stopped.

While a notebook is graded (`NBGRADER_EXECUTION=autograde`), nothing is trained in earnest: `fit` loads the checkpoint
that came with the notebook, or takes a few steps if there is none that fits.
"""

import csv
import json
import math
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

import torch
from torch import nn

from course_utils import weights
from course_utils.live import Live

Batch = tuple[torch.Tensor, ...]

WARM_UP = 20
"""Steps in which the learning rate rises: Adam's first steps know little of the gradients' scale."""
MAX_NORM = 5.0
"""Norm that gradients are clipped to, so that one odd batch does not undo the work of many."""
LATE = 0.1
"""How far time has to be ahead of the steps before the learning rate falls by it: no clock shows the same twice."""
FEW = 3
"""Steps that are taken while a notebook is graded and has no checkpoint."""


@dataclass
class History:
    """What happened in a training.

    Attributes
    ----------
    step, train, val : list
        The number of each step at which `val` was looked at, the mean training loss since the look before, and the loss
        on `val`.
    best : int
        The step whose weights were kept.
    seconds, data_seconds : float
        How long it took, and how much of that went into drawing batches.
    """

    step: list[int] = field(default_factory=list)
    train: list[float] = field(default_factory=list)
    val: list[float] = field(default_factory=list)
    best: int = 0
    seconds: float = 0.0
    data_seconds: float = 0.0

    @property
    def steps_per_second(self) -> float:
        """Steps taken in a second."""
        return self.step[-1] / self.seconds if self.step and self.seconds else math.nan

    def write(self, path: str | Path, *, more: bool = False) -> None:
        """Write the losses by step as CSV.

        Parameters
        ----------
        path : str or Path
            The file.
        more : bool
            Keep what it has: this training went on from there.
        """
        rows = [["step", "training loss", "validation loss"]]
        if more:
            with open(path, newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
        first = int(rows[-1][0]) if len(rows) > 1 else 0
        rows += [[str(first + step), f"{train:.4f}", f"{val:.4f}"]
                 for step, train, val in zip(self.step, self.train, self.val, strict=True)]
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


def fit(model: nn.Module, loss: Callable[..., torch.Tensor], draw: Callable[[torch.Generator], Batch], *,
        val: Sequence[Batch], steps: int, seconds: float = math.inf, path: str | Path | None = None,
        learning_rate: float = 1e-3, optimizer: type[torch.optim.Optimizer] = torch.optim.AdamW, every: int = 50,
        patience: int | None = None, seed: int = 0) -> History:
    """Train a model in place, and leave it with the weights that were best on `val`, in evaluation mode.

    On a GPU if there is one; the model comes back to where it was. Two calls with one seed, from the same weights, give
    the same model on the same machine, as long as it is not `seconds` that ends them.

    Parameters
    ----------
    model : nn.Module
        The network.
    loss : callable
        `loss(model, *batch)`, a scalar tensor.
    draw : callable
        Makes a batch, a tuple of tensors, from a `torch.Generator`.
    val : sequence of tuples of tensors
        Batches that are not trained on.
    steps : int
        Steps to take.
    seconds : float
        Time to stop at all the same. The learning rate falls to zero by whichever of the two comes first.
    path : str or Path, optional
        Where the best weights go. `NAME.part.safetensors` beside it is what an unfinished training goes on from.
    learning_rate : float
        The highest: it rises over the first steps and falls along a cosine.
    optimizer : class
        AdamW, or `muon.Muon`, with a learning rate of about 0.04, where a network of convolutions has to learn fast.
    every : int
        Steps between two looks at `val`.
    patience : int, optional
        Looks without improvement after which to stop early.
    seed : int
        Decides the batches, and what is random in the model.

    Returns
    -------
    History
        Losses and times; empty if a checkpoint was loaded instead.

    Raises
    ------
    ValueError
        If `val` is empty, `seconds` or `every` is not positive, or a loss is not one finite number. What was best
        before is kept.
    """
    if seconds <= 0 or every < 1:
        raise ValueError(f"seconds={seconds}, every={every}: both have to be positive")
    if not len(val):
        raise ValueError("val is empty: which weights are best can only be told on batches that are not trained on")
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        if path is not None and Path(path).is_file() and _fits(model, path):
            return History()
        steps, path = min(steps, FEW), None
    home = next(model.parameters()).device
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device)
    run = _Run(model, optimizer(model.parameters(), lr=learning_rate), path,  # type: ignore[call-arg]
               settings=[steps, learning_rate, optimizer.__name__, every, seed])
    history, spent, begin = run.history, run.history.seconds, perf_counter()
    generator, live, losses = torch.Generator(), Live(), []
    try:
        with _stoppable() as stopped, torch.random.fork_rng():
            for step in range(run.step, steps):
                # Seeded anew at each step, so that a training that goes on is one that never stopped.
                torch.manual_seed(seed * 1_000_003 + step)
                drawing = perf_counter()
                batch = draw(generator.manual_seed(seed * 1_000_003 + step))
                history.data_seconds += perf_counter() - drawing
                model.train()
                value = loss(model, *(x.to(device) for x in batch))
                losses.append(_finite(value, "training", step, run))
                run.optimizer.zero_grad()
                value.backward()
                nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
                by_time = min(1.0, (spent + perf_counter() - begin) / seconds)
                for group in run.optimizer.param_groups:
                    group["lr"] = _rate(learning_rate, step, by_steps=step / steps, by_time=by_time)
                run.optimizer.step()
                history.seconds = spent + perf_counter() - begin
                last = step + 1 == steps or history.seconds > seconds or bool(stopped)
                if last or (step + 1) % every == 0:
                    with torch.no_grad():
                        model.eval()
                        on_val = [loss(model, *(x.to(device) for x in batch)) for batch in val]
                    run.look(step + 1, sum(losses) / len(losses),
                             _finite(torch.stack(on_val).mean(), "validation", step, run))
                    losses = []
                    last = last or (patience is not None and run.looks_since_best >= patience)
                live.show(step + 1, history, part=max((step + 1) / steps, history.seconds / seconds), ended=last)
                if last:
                    break
            run.end(stopped=bool(stopped))
    finally:
        run.restore_best()
        model.to(home).eval()
    return history


def _fits(model: nn.Module, path: str | Path) -> bool:
    """Load a checkpoint, or print why it does not fit."""
    try:
        weights.load(model, path)
    except ValueError as error:
        print(f"{error} A few steps are taken instead.")
        return False
    model.eval()
    return True


def _rate(highest: float, step: int, *, by_steps: float, by_time: float) -> float:
    """Return the learning rate of a step: a warm-up, then a cosine (Loshchilov and Hutter, ICLR 2017, eq. 5)."""
    done = by_time if by_time > by_steps + LATE else by_steps
    return highest * min(1.0, (step + 1) / WARM_UP) * (1 + math.cos(math.pi * done)) / 2


class _Run:
    """What a training has reached: its history, its best weights, and the file from which it can go on."""

    def __init__(self, model: nn.Module, optimizer: torch.optim.Optimizer, path: str | Path | None, *,
                 settings: list[float | str]):
        self.model, self.optimizer = model, optimizer
        self.path = None if path is None else Path(path)
        self.part = None if path is None else Path(path).with_suffix(".part.safetensors")
        self.settings = json.dumps(settings)
        self.history = History()
        self.best = self._weights()
        if self.part is not None and self.part.is_file():
            self._resume(self.part)

    @property
    def step(self) -> int:
        """Steps taken."""
        return self.history.step[-1] if self.history.step else 0

    @property
    def looks_since_best(self) -> int:
        """Looks at `val` since the best one."""
        return len(self.history.step) - 1 - self.history.step.index(self.history.best)

    def look(self, step: int, train: float, val: float) -> None:
        """Note what a look at `val` has shown, and keep the weights."""
        better = val < min(self.history.val, default=math.inf)
        self.history.step.append(step)
        self.history.train.append(train)
        self.history.val.append(val)
        if better:
            self.history.best, self.best = step, self._weights()
            if self.path is not None:
                weights.save(self.model, self.path)
        if self.part is not None:
            state = self.optimizer.state_dict()["state"]
            tensors = {f"model/{name}": value for name, value in self._weights().items()}
            tensors |= {f"best/{name}": value for name, value in self.best.items()}
            tensors |= {f"optimizer/{index}/{key}": value for index, values in state.items()
                        for key, value in values.items()}
            weights.write(tensors, self.part, {"settings": self.settings, "history": json.dumps(asdict(self.history))})

    def end(self, *, stopped: bool) -> None:
        """Leave nothing behind to go on from, unless somebody has stopped it."""
        if self.part is not None and not stopped:
            self.part.unlink(missing_ok=True)

    def restore_best(self) -> None:
        """Give the model the weights that were best."""
        self.model.load_state_dict(self.best)

    def _weights(self) -> dict[str, torch.Tensor]:
        return {name: value.detach().clone() for name, value in self.model.state_dict().items()}

    def _resume(self, part: Path) -> None:
        """Go on from a file, if it is of this model and of the same call; else start anew."""
        try:
            tensors, about = weights.read(part)
            if about["settings"] != self.settings:
                raise ValueError("it was another call")
            parts: dict[str, dict[str, torch.Tensor]] = {"model": {}, "best": {}, "optimizer": {}}
            for name, value in tensors.items():
                kind, _, rest = name.partition("/")
                parts[kind][rest] = value
            self.model.load_state_dict(parts["model"])
            state: dict[int, dict[str, torch.Tensor]] = {}
            for name, value in parts["optimizer"].items():
                index, _, key = name.partition("/")
                state.setdefault(int(index), {})[key] = value
            self.optimizer.load_state_dict({**self.optimizer.state_dict(), "state": state})
            self.history, self.best = History(**json.loads(about["history"])), parts["best"]
        except (ValueError, KeyError, RuntimeError):
            self.model.load_state_dict(self.best)
            print(f"{part} is of another training: this one starts anew.")
        else:
            print(f"{part}: goes on from step {self.step}. Delete the file to start anew.")


def _finite(value: torch.Tensor, what: str, step: int, run: _Run) -> float:
    """Return a loss as a number, or say what to do."""
    if not isinstance(value, torch.Tensor) or value.numel() != 1:
        raise ValueError(f"the loss has to be a tensor with one number, got {type(value).__name__} "
                         f"of shape {tuple(getattr(value, 'shape', ()))}: take the mean")
    number = value.item()
    if not math.isfinite(number):
        kept = f"; the weights of step {run.history.best} are kept" if run.history.best else ""
        raise ValueError(f"the {what} loss is {number} at step {step + 1}{kept}. Is there a logarithm or a square root "
                         "of 0, or a division by 0? Otherwise lower the learning rate.")
    return number


@contextmanager
def _stoppable() -> Iterator[list[bool]]:
    """Turn the first interrupt into a request to stop after the step; a second one stops at once."""
    stopped: list[bool] = []
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def ask(*_: object) -> None:
        stopped.append(True)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)
