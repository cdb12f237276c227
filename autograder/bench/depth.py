"""Depth 4 against 8, dropout 0.5 against 0.2: part of `make bench-all`, written to `build/bench/depth.json` and `.md`.

The comparison of the semester project behind lesson 10 (Bilat, "Denoising with Generative Models", 2019), with the
lesson's network. Each one is trained for 150 steps on the same batches: super-resolution from 8 to 16 kHz,
windows of 1024 samples, 64 a batch, speech and piano of `corpus.folder()`. It is tried on the test split's clips of
`autograder.bench.restoration`, half of them filtered before samples were left out and half aliased, window by window
with a stride of 512. Low quality is the spline, which is what the network gets. The project's own numbers, in the last
columns, are for music from 5 to 10 kHz after 10 epochs.

LSD: mean over frames of the root mean square over frequencies of log10 |X|^2 / |X_ref|^2; Hann window, n_fft 512, hop
128. (The project does not say which frames it took.)
"""

from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from autograder.bench.pages import spread, write_page
from autograder.bench.restoration import clips, distance
from autograder.lesson import Lesson
from course_utils import corpus
from course_utils.trial import interval

TO = Path("build") / "bench" / "depth.json"
STEPS = 150
PROJECT = {(4, 0.5): (27.42, 1.65, 2.32, 1.39), (8, 0.5): (27.42, 1.65, 2.32, 1.34),
           (4, 0.2): (27.42, 1.65, 2.32, 1.41), (8, 0.2): ()}
"""What the project measured, by depth and dropout: SNR and then LSD, of low quality and improved."""
HEAD = ("| depth | dropout | parameters | SNR low quality | improved | LSD low quality | improved "
        "| project: SNR low quality | improved | LSD low quality | improved |\n"
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")


def main() -> None:
    """Train, measure, print the table and write the files."""
    lesson: Any = Lesson("10_super_resolution").namespace()
    found = [clip for kind in ("filtered", "aliased") for what in ("speech", "piano")
             for clip in clips("super_resolution_x2", kind, what, corpus.folder())]
    rows = []
    print(HEAD)
    for (depth, dropout), project in PROJECT.items():
        torch.manual_seed(0)
        model = lesson["Bottleneck"](depth=depth, dropout=dropout)
        history = lesson["train"](model, task="super_resolution_x2", path=None, steps=STEPS, seconds=float("inf"),
                                  length=1024)
        made = {"spline": [clip.spline for clip in found],
                "out": [lesson["enhance"](clip.spline, model, length=1024, hop=512) for clip in found]}
        row: dict[str, Any] = {"depth": depth, "dropout": dropout, "n": len(found), "steps": STEPS,
                               "parameters": sum(p.numel() for p in model.parameters()),
                               "seconds": round(history.seconds, 1), "project": project}
        for name in ("snr", "lsd"):
            for which, signals in made.items():
                values = [distance(name, x, clip.s) for x, clip in zip(signals, found, strict=True)]
                row[f"{name}_{which}"] = round(fmean(values), 4)
                row[f"{name}_{which}_interval"] = [round(x, 4) for x in interval(values)]
        rows.append(row)
        print(line(row), flush=True)
    write_page(TO, rows, __doc__, [HEAD, *map(line, rows)])


def line(row: dict[str, Any]) -> str:
    """Return a row of the Markdown table."""
    ours = [spread(row[name], row[f"{name}_interval"]) for name in ("snr_spline", "snr_out", "lsd_spline", "lsd_out")]
    project = [f"{x:.2f}" for x in row["project"]] or [""] * 4
    about = [str(row["depth"]), str(row["dropout"]), f"{row['parameters']:,}".replace(",", " ")]
    return f"| {' | '.join(about + ours + project)} |"
