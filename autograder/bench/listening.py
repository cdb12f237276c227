"""What the listening benches of the lessons cost: part of `make bench-all`, written to `build/bench/listening.json`.

A knob of `listen.mix` should be heard and seen within 200 ms: this is the part of the kernel, from the new value to the
sounds and metrics that are sent. Five clips of ten seconds in `listen.compare` should make at most 2 MB of a notebook.
"""

from pathlib import Path
from statistics import median
from time import perf_counter

import torch

from autograder.bench.pages import write_numbers
from course_utils import corpus, degrade, listen
from course_utils.listen.bench import bench
from course_utils.listen.mixing import QUICK
from course_utils.signal import SAMPLE_RATE

TO = Path("build") / "bench" / "listening.json"
TURNS = 20


def knob(seconds: float) -> float:
    """Return the seconds, the median of many, that a turn of the SNR's knob takes for a clip of this length."""
    s = corpus.clip("speech", "test", 0, seconds=seconds)  # (1, 1, T)
    n = degrade.white(s.shape, generator=torch.Generator().manual_seed(1))  # (1, 1, T)
    taken = []
    for turn in range(TURNS):
        begin = perf_counter()
        bench({"clean": s, "noisy": degrade.mix(s, n, snr_db=turn - 5.0)}, clean="clean", caption="",
              sample_rate=SAMPLE_RATE, shown=QUICK)
        taken.append(perf_counter() - begin)
    return median(taken)


def page() -> tuple[float, float]:
    """Return the MB that five clips of ten seconds make, four of them noisy, and the seconds that takes."""
    s = torch.cat([corpus.clip("speech", "test", k) for k in range(8)], -1)[..., :160_000]  # (1, 1, T)
    n = degrade.pink(s.shape, generator=torch.Generator().manual_seed(1))  # (1, 1, T)
    clips = {"clean": s} | {f"{snr_db} dB": degrade.mix(s, n, snr_db=float(snr_db)) for snr_db in (15, 10, 5, 0)}
    begin = perf_counter()
    shown = listen.compare(clips).data
    return len(shown) / 1e6, perf_counter() - begin


def main() -> None:
    """Measure, print and write the file."""
    size, made = page()
    results = {"knob_seconds": {f"{seconds:g} s": round(knob(seconds), 3) for seconds in (2.0, 3.0, 5.0)},
               "five_clips_of_10_s": {"mb": round(size, 2), "seconds": round(made, 3)}}
    print(f"five clips of 10 s on a bench: {size:.2f} MB, made in {made:.2f} s")
    for length, seconds in results["knob_seconds"].items():
        print(f"a knob turned, with a clip of {length}: {1000 * seconds:.0f} ms")
    write_numbers(TO, results)
