"""How well gaps are filled: part of `make bench-all`, written to `build/bench/gaps.json` and `.md`.

Gaps of 20, 40, 60 and 80 ms at random places of the test recordings, of the embedded corpus and, where `COURSE_DATA`
names one, of real recordings: of `val` where there is no test split. Places where next to nothing sounds are left out:
30 dB below the mean power of the recording. Four ways to fill them, as the lesson on gaps teaches them:

- *silence*, which has an SNR of 0 dB by definition,
- *repetition* of the last 20 ms,
- *linear prediction* from both sides, 512 coefficients by Burg's method, crossfaded,
- *network*: the shipped one.

SNR over the samples of the gap, in dB. LSD over the frames that reach into the gap: Hann window, n_fft 512, hop 128,
log10 of the power, no factor of ten; the root mean square over frequency, then the mean over frames. Numbers are means
over gaps with 95 % bootstrap intervals; the gain is that of the network over the best of the others, gap by gap.
"""

from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from autograder.bench.pages import spread, write_page
from autograder.bench.restoration import corpora
from autograder.lesson import Lesson
from course_utils import weights
from course_utils.restoration import read
from course_utils.signal import SAMPLE_RATE
from course_utils.trial import interval

LESSON = "09_gap_filling"
TO = Path("build") / "bench" / "gaps.json"
LENGTHS, GAPS, SEED = (20, 40, 60, 80), 150, 23
"""Lengths in ms, gaps of each, and where chance starts."""
SILENT = 1e-3
"""Power of a gap, relative to the recording's mean power, below which there is nothing to fill."""
WAYS = "silence", "repetition", "linear prediction", "network"
HEAD = ("| corpus | gap (ms) | n | " + " | ".join(f"{name} {way}" for name in ("SNR", "LSD") for way in (*WAYS, "gain"))
        + " |\n|---|--:|--:|" + "--:|" * 10)


def main() -> None:
    """Measure every corpus and length, print the table as it grows and write the files."""
    lesson: dict[str, Any] = Lesson(LESSON).namespace()
    model = lesson["GapNet"]().eval()
    weights.load(model, Lesson(LESSON).path.parent / "weights" / "gap_fill.safetensors")
    rows = []
    print(HEAD)
    for sort, what, folder in corpora():
        found = read(what, "test", [folder]) if folder else []
        recordings = [x[None] for one in found for x in one]  # (1, T) each
        for ms in LENGTHS:
            row: dict[str, Any] = {"corpus": f"{sort} {what}", "gap_ms": ms, "n": 0}
            if recordings:
                row |= measure(cut_out(recordings, SAMPLE_RATE * ms // 1000, lesson), model, lesson)
            rows.append(row)
            print(line(rows[-1]), flush=True)
    write_page(TO, rows, __doc__, [HEAD, *map(line, rows)])


def cut_out(recordings: list[torch.Tensor], length: int, lesson: dict[str, Any]) -> tuple[torch.Tensor, ...]:
    """Cut gaps of one length out of recordings: the truth, and what a network sees, (B, 1, WINDOW) each.

    Raises
    ------
    ValueError
        If too little sounds in them, or all are too short.
    """
    context, window = lesson["CONTEXT"], lesson["WINDOW"]
    generator = torch.Generator().manual_seed(SEED + length)
    long = [x for x in recordings if x.shape[-1] >= length + 2 * context]
    wholes, starts = [], []
    for _ in range(20 * GAPS if long else 0):  # most draws are taken; in silence from end to end none would be
        x = long[int(torch.randint(len(long), (), generator=generator))]
        start = context + int(torch.randint(x.shape[-1] - length - 2 * context + 1, (), generator=generator))
        if x[:, start:start + length].square().mean() > SILENT * x.square().mean():
            wholes.append(x)
            starts.append(start)
        if len(starts) == GAPS:
            break
    else:
        raise ValueError(f"{len(starts)} places with sound were found in {len(long)} recordings, and {GAPS} are needed")
    parts = []
    for k in range(0, len(starts), 50):  # a few at a time, for memory
        lead = (window - length) // 2
        s = torch.stack([lesson["cut"](x, start - lead, window)
                         for x, start in zip(wholes[k:k + 50], starts[k:k + 50], strict=True)])  # (B, 1, WINDOW)
        holed = [x.clone() for x in wholes[k:k + 50]]
        for x, start in zip(holed, starts[k:k + 50], strict=True):
            x[:, start:start + length] = 0
        parts.append((s, *lesson["prepare"](holed, starts[k:k + 50], length)))
    return tuple(torch.cat(kind) for kind in zip(*parts, strict=True))


def measure(made: tuple[torch.Tensor, ...], model: torch.nn.Module, lesson: dict[str, Any]) -> dict[str, Any]:
    """Fill gaps in each way, and return means with intervals."""
    s, x, f, b, mask = made
    lead = int(mask[0, 0].argmax())
    gap = slice(lead, lead + int(mask[0].sum()))
    repeated = x.clone()
    repeated[..., gap] = lesson["repeat_fill"](x[..., :lead], gap.stop - lead)
    with torch.no_grad():
        fillings = dict(zip(WAYS, (x * (1 - mask), repeated, x, model(x, f, b, mask)), strict=True))
    row: dict[str, Any] = {"n": len(s)}
    for name, sign in (("snr", 1), ("lsd", -1)):
        values = {way: lesson[f"gap_{name}"](z, s, mask).tolist() for way, z in fillings.items()}
        best = max(WAYS[:-1], key=lambda way: sign * fmean(values[way]))
        gains = [new - old for new, old in zip(values["network"], values[best], strict=True)]
        for way, numbers in (*values.items(), ("gain", gains)):
            low, high = interval(numbers)
            row[f"{name} {way}"] = {"mean": round(fmean(numbers), 4), "low": round(low, 4), "high": round(high, 4)}
    return row


def line(row: dict[str, Any]) -> str:
    """Return a row of the Markdown table."""
    about = f"| {row['corpus']} | {row['gap_ms']} | {row['n']} |"
    if not row["n"]:
        return about + " no recordings |" + " |" * 9
    cells = []
    for key in (f"{name} {way}" for name in ("snr", "lsd") for way in (*WAYS, "gain")):
        value, sign = row[key], "+" if key.endswith("gain") else ""
        cells.append(spread(value["mean"], (value["low"], value["high"]), sign=sign))
    return f"{about} {' | '.join(cells)} |"
