"""What each method of the course gains: part of `make bench`, written to `build/bench/enhancement.json`.

Every network is trained from scratch, as its lesson does, and tried on the test split: voices and noises that it was
not trained on, at 0 to 10 dB. Where `python -m autograder train METHOD` has left a checkpoint, that is tried as well,
as METHOD_checkpoint. The last rows are the oracles, which know the clean speech. `COURSE_DATA` names another corpus.
"""

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import torch

from autograder.lesson import Lesson
from autograder.methods import checkpoint_of, denoisers, load_method
from course_utils import corpus, metrics
from course_utils.signal import SAMPLE_RATE, istft, stft

TO = Path("build") / "bench" / "enhancement.json"
PAIRS, SECONDS, SNR_DB, SEED = 60, 3.0, (0.0, 10.0), 11
MEASURES = ("pesq_wb", "estoi", "si_sdr", "lsd")
LESSONS_SECONDS = 90.0
"""Time that a lesson's training may take; it takes fewer steps where that is not enough."""


def main() -> None:
    """Train, measure, print the table and write the file."""
    noisy, clean = _test_pairs()
    table = Table(noisy, clean)
    for name in denoisers():
        method = load_method(name)
        if method.network is None:
            table.run(name, method.enhance)
            continue
        with TemporaryDirectory() as folder:
            model, history = method.train(Path(folder) / f"{name}.safetensors", seconds=LESSONS_SECONDS)
        share = history.data_seconds / history.seconds
        print(f"{name}: {history.step[-1]} steps in {history.seconds:.0f} s, {history.steps_per_second:.1f} a second; "
              f"data {share:.1%} of the time")
        size = sum(p.numel() for p in model.parameters())
        table.run(name, method.bind(model), parameters=size,
                  steps_per_second=round(history.steps_per_second, 2), data_share=round(share, 4))
        if checkpoint_of(name).is_file():
            table.run(f"{name}_checkpoint", method.run(), parameters=size)
    for name, s_hat in _oracles(noisy, clean).items():
        table.add(name, s_hat)
    TO.parent.mkdir(parents=True, exist_ok=True)
    # PESQ is NaN where its package is missing, and JSON knows no NaN.
    rows = [{key: None if value != value else value for key, value in row.items()} for row in table.rows]
    TO.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(f"written to {TO}")


def _test_pairs() -> tuple[torch.Tensor, torch.Tensor]:
    """Return noisy and clean clips of the test split, (60, 1, T) each, without those that fall into a pause."""
    pairs = corpus.Pairs("test", count=10 * PAIRS, seconds=SECONDS, snr_db=SNR_DB, seed=SEED)
    spoken = list(islice(((y, s) for y, s in (pairs[index] for index in range(len(pairs))) if _speaks(s)), PAIRS))
    if len(spoken) < PAIRS:
        raise ValueError(f"of {len(pairs)} clips of the test split only {len(spoken)} hold speech that PESQ hears, and "
                         f"{PAIRS} are needed: is {corpus.folder()} a corpus of speech at 16 kHz?")
    noisy, clean = zip(*spoken, strict=True)
    return torch.stack(noisy), torch.stack(clean)


def _speaks(s: torch.Tensor) -> bool:
    """Say whether PESQ hears speech in a clip: one without would leave no mean for all of them."""
    try:
        return bool(metrics.pesq_wb(s, s).isfinite())
    except ModuleNotFoundError:
        return True


class Table:
    """What the methods make of noisy clips, (B, 1, T), a row each; printed as it grows."""

    def __init__(self, noisy: torch.Tensor, clean: torch.Tensor):
        self.noisy, self.clean = noisy, clean
        self.rows: list[dict] = []
        self.baseline = self._measure(noisy)
        print(f"{'':32} " + " ".join(f"{name:>8}" for name in MEASURES) + "   gains over noisy")
        self.add("noisy", noisy)

    def run(self, method: str, enhance: Callable[[torch.Tensor], torch.Tensor], **more: Any) -> None:
        """Enhance the clips one by one, and add a row."""
        begin = perf_counter()
        with torch.no_grad():
            s_hat = torch.cat([enhance(y[None]) for y in self.noisy])  # (B, 1, T)
        factor = (perf_counter() - begin) / (self.noisy.numel() / SAMPLE_RATE)
        self.add(method, s_hat, real_time_factor=round(factor, 4), **more)

    def add(self, method: str, s_hat: torch.Tensor, *, real_time_factor: float = 0.0, parameters: int = 0,
            **more: float) -> None:
        """Add a row for a method that made `s_hat` of the clips."""
        values = self._measure(s_hat)
        gains = {f"gain_{name}": round(values[name] - self.baseline[name], 4) for name in MEASURES}
        where = "embedded" if corpus.folder() == corpus.EMBEDDED else corpus.folder().resolve().name
        self.rows.append({"method": method, "corpus": where, "n": len(self.noisy), **values, **gains,
                          "real_time_factor": real_time_factor, "parameters": parameters, **more})
        print(f"{method:32} " + " ".join(f"{values[name]:8.3f}" for name in MEASURES) + "  "
              + " ".join(f"{gains[f'gain_{name}']:+8.3f}" for name in MEASURES), flush=True)

    def _measure(self, s_hat: torch.Tensor) -> dict[str, float]:
        found = metrics.evaluate(s_hat, self.clean)
        return {name: round(found[name], 4) for name in MEASURES}


def _oracles(noisy: torch.Tensor, clean: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return what ideal masks make of clips, (B, 1, T): the ceiling of all methods that keep the noisy phase."""
    lesson: Any = Lesson("04_wiener_filtering").namespace()
    Y, S = stft(noisy), stft(clean)  # (B, 1, F, K)
    masks = {"oracle_ratio_mask": lesson["wiener_gain"](S.abs().square(), (Y - S).abs().square()),
             "oracle_phase_sensitive_mask": lesson["phase_sensitive_mask"](S, Y)}  # (B, 1, F, K) each
    return {name: istft(H * Y, length=noisy.shape[-1]) for name, H in masks.items()}


if __name__ == "__main__":
    main()
