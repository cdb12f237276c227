"""What each method gains on noisy speech, the course's beside the field's: part of `make bench`.

Written to `build/bench/enhancement.json`, `.md` and `.png`; `python -m autograder.bench.readme` copies table and figure
into the README.

All get the same clips of the test split: voices and noises that nothing of the course was trained on, at 0, 5, 10 and
15 dB. (`COURSE_DATA` names another corpus; one without a test split is tested on `val`.) In the first 0.3 s of a clip
nobody speaks; they are there for methods that want to hear the noise alone, and are not measured. The first row is the
noisy clips; below it stand gains over them, with the 95 % bootstrap interval of the mean. Of the LSD less is better.

- Networks of lessons are trained from scratch, in at most 90 s, as in the lesson; the U-Net once more, for 4 minutes.
  Where `python -m autograder train METHOD` has left a checkpoint, that is tried as well. *Wiener filter, given noise*
  is the lesson's decision-directed filter with the noise's power from the first 0.3 s on, frames of 64 ms and a gain
  that is smoothed: it knows and does what noisereduce does.
- Peers are what one would install instead (`peers.py`). RNNoise and WebRTC filter the lowest frequencies
  away and turn the phase of the others, which no ear minds but SI-SDR does: theirs (†) says little.
- Oracles know the clean speech. The phase-sensitive mask is a ceiling for what keeps the noisy phase; the ratio mask is
  none for SI-SDR.

*delay*: how late the output comes; taken out before measuring. *real time*: computing time over the clip's length, on
one thread, the best of five. *weights*: numbers that were learnt; of RNNoise they are not known. *nearly clean*:
PESQ-WB and SI-SDR of what becomes of speech with hardly any noise, at 40 dB. PESQ-WB and (E)STOI come from the packages
pesq and pystoi; the LSD is the course's: n_fft 512, hop 128, log10 of powers, root mean square over frequencies, mean
over frames.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import torch
from torch.nn.functional import avg_pool2d

from autograder import reference
from autograder.bench import peers
from autograder.bench.enhancement_table import HEAD, MEASURES, draw, line, page
from autograder.bench.pages import write_page
from autograder.lesson import Lesson
from autograder.methods import NO_END, Method, checkpoint_of, denoisers, load_method
from course_utils import corpus, metrics
from course_utils.degrade import mix
from course_utils.signal import HOP_LENGTH, SAMPLE_RATE, istft, stft
from course_utils.threads import one_thread
from course_utils.trial import find_delay, interval, shift

TO = Path("build") / "bench" / "enhancement.json"
SNRS_DB, PAIRS, SECONDS, SEED = (0, 5, 10, 15), 16, 3.0, 11
"""Input SNRs, clips at each, the seconds of speech in a clip, and where chance starts."""
LEAD = round(peers.LEAD * SAMPLE_RATE)
LESSONS_SECONDS = 90.0
"""Time that a lesson's training may take; it takes fewer steps where that is not enough."""
LONGER = {"unet": 240.0}
"""Seconds of a second training, for the network that is worth it."""
CLEAN, CLEAN_DB = 12, 40.0
"""Clips with hardly any noise that every method gets, and their SNR."""
RUNS = 5
"""Runs of which the fastest is the real-time factor."""
NO_DENOISERS = {
    "convolutional autoencoder": "it codes clean speech; trained on noisy speech it is the denoising autoencoder",
    "adversarial network": "it restores a band and takes no noise away: see restoration.md"}
"""Networks of the course that are not tried, and why."""
Enhance = Callable[[torch.Tensor], torch.Tensor]


def main() -> None:
    """Measure every method, print the table as it grows and write the files."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        table = Table(clips(), pool)
        for name in denoisers():
            method = load_method(name)
            if method.network is None:
                table.run(name, method.run(), "course")
                continue
            trained(table, name, method, seconds=LESSONS_SECONDS)
            if name in LONGER:
                trained(table, f"{name}_longer", method, steps=NO_END, seconds=LONGER[name])
            if checkpoint_of(name).is_file():
                table.run(f"{name}_checkpoint", method.run(), "course")
        for name, why in NO_DENOISERS.items():
            table.miss(name, why, "course")
        table.run("wiener_given_noise", wiener_given_noise(), "course")
        table.run("log_mmse", load_method("log_mmse").run(), "course")
        size = sum(p.numel() for p in reference.load().parameters())
        table.run("reference", load_method("reference").run(), "course", parameters=size)
        for name in peers.PEERS:
            run, why = peers.load(name)
            if run is None:
                table.miss(name, why, "peer")
            else:
                table.run(name, run, "peer", parameters=None if name == "rnnoise" else 0)
        for name, s_hat in oracles(table.noisy, table.clean).items():
            table.add(name, s_hat, "oracle")
    rows = [table.base, *table.rows]
    write_page(TO, rows, __doc__, page(rows))
    draw(table.rows, TO.with_suffix(".png"))


def trained(table: "Table", name: str, method: Method, **how: Any) -> None:
    """Train a method's network from scratch, and add a row."""
    with TemporaryDirectory() as folder:
        model, history = method.train(Path(folder) / f"{name}.safetensors", **how)
    table.run(name, method.bind(model), "course", parameters=sum(p.numel() for p in model.parameters()),
              steps=history.step[-1], train_seconds=round(history.seconds, 1))


def clips() -> Iterator[tuple[int, torch.Tensor, torch.Tensor]]:
    """Yield clips of the test split: SNR, noisy and clean waveform, (1, T) each; in all of them PESQ hears speech."""
    for number, snr_db in enumerate(SNRS_DB):
        found = 0
        for trial in range(10 * PAIRS):
            generator = torch.Generator().manual_seed((SEED * 100 + number) * 10_007 + trial)
            s = corpus.sample("speech", "test", seconds=SECONDS, generator=generator)  # (1, 1, T')
            n = corpus.sample("noise", "test", seconds=SECONDS + peers.LEAD, generator=generator)  # (1, 1, T)
            if speaks(s[0]):
                s = torch.nn.functional.pad(s, (LEAD, 0))  # (1, 1, T)
                yield snr_db, mix(s, n, snr_db=snr_db)[0], s[0]
                found += 1
            if found == PAIRS:
                break
        if found < PAIRS:
            raise ValueError(f"of {10 * PAIRS} clips of the test split only {found} hold speech that PESQ hears, and "
                             f"{PAIRS} are needed: is {corpus.folder()} a corpus of speech at 16 kHz?")


def speaks(s: torch.Tensor) -> bool:
    """Say whether PESQ hears speech in a clip, (1, T): one without would leave no mean for all of them."""
    try:
        return bool(metrics.pesq_wb(s, s).isfinite())
    except ModuleNotFoundError:
        return True


def measures(pair: tuple[torch.Tensor, torch.Tensor]) -> dict[str, float]:
    """Return all measures of an estimate against the clean speech, (1, T) each."""
    torch.set_num_threads(1)  # this is one of two processes
    found = metrics.evaluate(*pair)
    return {name: found[name] for name in MEASURES}


class Table:
    """What the methods make of the noisy clips, a row each; printed as it grows."""

    def __init__(self, pairs: Iterator[tuple[int, torch.Tensor, torch.Tensor]], pool: ProcessPoolExecutor):
        self.snrs, noisy, clean = zip(*pairs, strict=True)
        self.noisy, self.clean, self.pool = torch.stack(noisy), torch.stack(clean), pool  # (B, 1, T) each
        few = slice(None, None, len(self.clean) // CLEAN)  # of all SNRs
        self.speech = self.clean[few][:CLEAN]  # (CLEAN, 1, T)
        self.nearly_clean = mix(self.speech, (self.noisy - self.clean)[few][:CLEAN], snr_db=CLEAN_DB)  # (CLEAN, 1, T)
        self.corpus = "embedded" if corpus.folder() == corpus.EMBEDDED else corpus.folder().resolve().name
        self.rows: list[dict[str, Any]] = []
        self.before = self._measure(self.noisy, self.clean)
        self.base: dict[str, Any] = {"method": "noisy", "kind": "input", "corpus": self.corpus, "n": len(self.noisy)}
        self.base |= {name: known(fmean(values)) for name, values in self.before.items()}
        self.base |= self._nearly_clean(self.nearly_clean) | {"by_snr": self._by_snr(self.before)}
        print("\n".join([*HEAD, line(self.base)]), flush=True)

    def run(self, method: str, enhance: Enhance, kind: str, *, parameters: int | None = 0, **more: float) -> None:
        """Enhance the clips one by one, then some clean ones, and add a row."""
        with torch.no_grad(), one_thread():
            s_hat = torch.cat([enhance(y[None]) for y in self.noisy])  # (B, 1, T)
            taken = []
            for _ in range(RUNS):
                begin = perf_counter()
                enhance(self.noisy[:1])
                taken.append(perf_counter() - begin)
            kept = torch.cat([enhance(y[None]) for y in self.nearly_clean])  # (CLEAN, 1, T)
        self.add(method, s_hat, kind, parameters=parameters,
                 real_time_factor=round(min(taken) * SAMPLE_RATE / self.noisy.shape[-1], 4),
                 **self._nearly_clean(kept), **more)

    def add(self, method: str, s_hat: torch.Tensor, kind: str, **more: float | None) -> None:
        """Add a row for a method that made `s_hat`, (B, 1, T), of the clips."""
        s_hat, delay = aligned(s_hat, self.clean)
        after = self._measure(s_hat, self.clean)
        gains = {name: [x - y for x, y in zip(after[name], self.before[name], strict=True)] for name in MEASURES}
        row = {"method": method, "kind": kind, "corpus": self.corpus, "n": len(self.noisy)}
        row |= {name: known(fmean(values)) for name, values in after.items()}
        row |= {f"gain_{name}": known(fmean(values)) for name, values in gains.items()}
        row |= {f"gain_{name}_interval": [known(x) for x in interval(values)] for name, values in gains.items()}
        row |= {"by_snr": self._by_snr(gains), "delay_ms": round(1000 * delay / SAMPLE_RATE, 2), **more}
        self.rows.append(row)
        print(line(row), flush=True)

    def miss(self, method: str, why: str, kind: str) -> None:
        """Add a row for a method that could not be tried."""
        self.rows.append({"method": method, "kind": kind, "corpus": self.corpus, "n": 0, "missing": why})
        print(line(self.rows[-1]), flush=True)

    def _nearly_clean(self, s_hat: torch.Tensor) -> dict[str, float | None]:
        """Return what a method leaves of speech with hardly any noise, (CLEAN, 1, T)."""
        found = self._measure(aligned(s_hat, self.speech)[0], self.speech)
        return {f"clean_{name}": known(fmean(found[name])) for name in ("pesq_wb", "si_sdr")}

    def _measure(self, s_hat: torch.Tensor, s: torch.Tensor) -> dict[str, list[float]]:
        """Return the measures of each clip, (B, 1, T), behind its lead."""
        pairs = zip(s_hat[..., LEAD:], s[..., LEAD:], strict=True)
        found = list(self.pool.map(measures, [(x.clone(), x_ref.clone()) for x, x_ref in pairs], chunksize=4))
        return {name: [values[name] for values in found] for name in MEASURES}

    def _by_snr(self, values: dict[str, list[float]]) -> dict[str, dict[str, float | None]]:
        return {str(snr_db): {name: known(fmean(x for x, at in zip(numbers, self.snrs, strict=True) if at == snr_db))
                              for name, numbers in values.items()} for snr_db in SNRS_DB}


def aligned(s_hat: torch.Tensor, s: torch.Tensor) -> tuple[torch.Tensor, int]:
    """Return estimates, (B, 1, T), without the delay that most of them have, and that delay in samples."""
    delay = int(median(find_delay(x[0], x_ref[0]) for x, x_ref in zip(s_hat, s, strict=True)))
    return torch.stack([shift(x[0], -delay)[None] for x in s_hat]), delay


def wiener_given_noise() -> Enhance:
    """Return lesson 04's decision-directed Wiener filter, its noise tracked, and never less than in the first 0.3 s.

    As noisereduce does, it takes frames of 64 ms and smooths the gain, over 47 Hz and 56 ms; the a-priori SNR then
    needs less smoothing. What was heard in 0.3 s counts 1 dB less, for the mean of so few frames is uncertain.
    """
    lesson: Any = Lesson("04_wiener_filtering").namespace()

    def enhance(y: torch.Tensor) -> torch.Tensor:
        Y = stft(y, n_fft=1024)  # (1, 1, F, K)
        P = Y.abs().square()
        heard = P[..., :LEAD // HOP_LENGTH - 1].mean(-1, keepdim=True)  # (1, 1, F, 1)
        N = torch.maximum(lesson["track_noise"](P), 0.8 * heard)  # (1, 1, F, K)
        H = lesson["decision_directed"](P, N, alpha=0.7)
        H = avg_pool2d(H, (3, 7), stride=1, padding=(1, 3), count_include_pad=False)
        return istft(H.clamp_min(0.1) * Y, length=y.shape[-1])

    return enhance


def oracles(noisy: torch.Tensor, clean: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return what ideal masks make of clips, (B, 1, T)."""
    lesson: Any = Lesson("04_wiener_filtering").namespace()
    Y, S = stft(noisy), stft(clean)  # (B, 1, F, K)
    masks = {"oracle_ratio_mask": lesson["wiener_gain"](S.abs().square(), (Y - S).abs().square()),
             "oracle_phase_sensitive_mask": lesson["phase_sensitive_mask"](S, Y)}  # (B, 1, F, K) each
    return {name: istft(H * Y, length=noisy.shape[-1]) for name, H in masks.items()}


def known(value: float) -> float | None:
    """Return a number for JSON, which knows no NaN (PESQ without its package) and no infinity (nothing changed)."""
    return round(float(value), 4) if np.isfinite(value) else None
