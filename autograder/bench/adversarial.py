"""What each way of training gains in lesson 11: part of `make bench-all`, in `build/bench/adversarial.json` and `.md`.

Super-resolution from 4 to 16 kHz, low-pass filtered first. All models have one architecture, one start and one number
of steps; only what they learned by differs. Each gets the same clips of the test split of the embedded corpus and,
where `COURSE_DATA` names one, of real recordings (of `val` where there is no test split).

SNR is in dB. LSD is the mean over frames of the root mean square over frequencies of log10 |X|^2 / |X_ref|^2, Hann
window, n_fft 512, hop 128. `share` is the energy above 2 kHz by that of the original. Means over clips, with 95 %
bootstrap intervals; the differences are from least squares, clip by clip.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from autograder.bench.pages import spread, write_page
from autograder.bench.restoration import clips, corpora
from autograder.lesson import NOTEBOOKS, Lesson
from course_utils import metrics, weights
from course_utils.trial import interval

TO = Path("build") / "bench" / "adversarial.json"
LESSON = "11_adversarial_enhancement"
BASE = "least_squares"
MODELS = (BASE, "deep_feature", "unsupervised_feature", "levels", "adversarial")
CUTOFF_HZ = 2000
MEASURES = ("snr", "lsd", "share")
HEAD = ("| model | corpus | n | SNR | lost | LSD | less | share | more |\n|---|---|--:|--:|--:|--:|--:|--:|--:|")


def main() -> None:
    """Measure every model on every corpus, print the table as it grows and write the files."""
    lesson: Any = Lesson(LESSON).namespace()
    models = {"spline": lesson["spline"]} | {name: _restorer(lesson, name) for name in MODELS}
    rows: list[dict[str, Any]] = []
    print(HEAD)
    for sort, what, folder in corpora():
        found = list(clips("super_resolution_x4", "filtered", what, folder)) if folder else []
        values = {name: [measure(model(clip.y), clip.s, lesson["high_band_share"]) for clip in found]
                  for name, model in models.items()}
        for name in models if found else ():
            rows.append({"model": name, "corpus": f"{sort} {what}", **compare(values[name], values[BASE])})
            print(line(rows[-1]), flush=True)
    write_page(TO, rows, __doc__, [HEAD, *map(line, rows)])


def _restorer(lesson: dict[str, Any], name: str) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a shipped model as a function of the low-rate waveform."""
    model = lesson["Generator"]()
    weights.load(model, NOTEBOOKS / LESSON / "weights" / f"{name}.safetensors")
    return lambda y: lesson["restore"](y, model)


def measure(s_hat: torch.Tensor, s: torch.Tensor, share: Callable[..., torch.Tensor]) -> dict[str, float]:
    """Return SNR, LSD and share of one clip, (1, 1, T)."""
    return {"snr": float(metrics.snr(s_hat, s)), "lsd": float(metrics.lsd(s_hat, s)),
            "share": float(share(s_hat, s, cutoff_hz=CUTOFF_HZ))}


def compare(values: list[dict[str, float]], base: list[dict[str, float]]) -> dict[str, Any]:
    """Return means with intervals over clips, and those of the differences from the base."""
    row: dict[str, Any] = {"n": len(values)}
    for name in MEASURES:
        numbers = [value[name] for value in values]
        changes = [value[name] - start[name] for value, start in zip(values, base, strict=True)]
        for key, listed in ((name, numbers), (f"{name}_change", changes)):
            low, high = interval(listed)
            row |= {key: round(fmean(listed), 4), f"{key}_interval": [round(low, 4), round(high, 4)]}
    return row


def line(row: dict[str, Any]) -> str:
    """Return a row of the Markdown table."""
    parts = []
    for name, sign in zip(MEASURES, (-1, -1, 1), strict=True):
        ends = sorted(sign * end for end in row[f"{name}_change_interval"])
        parts += [spread(row[name], row[f"{name}_interval"]), spread(sign * row[f"{name}_change"], ends, sign="+")]
    return f"| {row['model']} | {row['corpus']} | {row['n']} | {' | '.join(parts)} |"
