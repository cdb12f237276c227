"""The table of methods on noisy speech, and its figure, from the rows that `enhancement` measures."""

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

from course_utils import results

MEASURES = {"pesq_wb": "PESQ-WB", "estoi": "ESTOI", "stoi": "STOI", "si_sdr": "SI-SDR (dB)", "lsd": "LSD"}
TITLES = {**results.METHODS, "unet_longer": "U-Net, 4 minutes", "wiener_given_noise": "Wiener filter, given noise",
          "log_mmse": "log-MMSE", "reference": "reference model", "noisereduce": "noisereduce, given noise",
          "noisereduce_defaults": "noisereduce, defaults", "rnnoise": "RNNoise", "webrtc": "WebRTC",
          "oracle_ratio_mask": "oracle: ratio mask", "oracle_phase_sensitive_mask": "oracle: phase-sensitive mask"}
TURNED = "rnnoise", "webrtc"
"""Peers whose high-pass filters turn the phase."""
HEAD = (f"| method | {' | '.join(MEASURES.values())} | delay (ms) | real time | weights | nearly clean |",
        "|---|" + "--:|" * (len(MEASURES) + 4))


def title(row: dict[str, Any]) -> str:
    """Return what a method is called in a table."""
    name = row["method"].removesuffix("_checkpoint")
    return TITLES.get(name, name) + (", checkpoint" if name != row["method"] else "")


def line(row: dict[str, Any]) -> str:
    """Return a row of the Markdown table."""
    if "missing" in row:
        return f"| {title(row)} | not tried: {row['missing']} |" + " |" * (len(MEASURES) + 3)
    cells = [title(row)]
    for name in MEASURES:
        digits = 2 if name in ("si_sdr", "pesq_wb", "lsd") else 3
        if f"gain_{name}" not in row:
            cells.append(number(row[name], digits))
            continue
        low, high = (number(x, digits, sign=True) for x in row[f"gain_{name}_interval"])
        mark = " †" if name == "si_sdr" and row["method"] in TURNED else ""
        cells.append(f"{number(row[f'gain_{name}'], digits, sign=True)} ({low} to {high}){mark}")
    cells += [number(row.get("delay_ms"), 0), number(row.get("real_time_factor"), 3)]
    cells.append(f"{row['parameters']:,}" if row.get("parameters") else "")
    clean = row.get("clean_pesq_wb"), row.get("clean_si_sdr")
    cells.append(f"{number(clean[0], 2)}, {number(clean[1], 1)}" if "clean_si_sdr" in row else "")
    return f"| {' | '.join(cells)} |"


def number(value: float | None, digits: int, *, sign: bool = False) -> str:
    """Return a number as a table shows it; nothing for none."""
    return "" if value is None else f"{value:{'+' if sign else ''}.{digits}f}"


def page(rows: list[dict[str, Any]]) -> list[str]:
    """Return the tables in Markdown: all clips, then the gains by input SNR."""
    lines = [*HEAD, *map(line, rows), "",
             "Gains in PESQ-WB / ESTOI / SI-SDR (dB) by input SNR; the first row is the noisy clips.", "",
             f"| method | {' | '.join(f'{snr_db} dB' for snr_db in rows[0]['by_snr'])} |",
             "|---|" + "--:|" * len(rows[0]["by_snr"])]
    for row in rows:
        if "by_snr" in row:
            sign = row["kind"] != "input"
            cells = [" / ".join(number(at[name], digits, sign=sign) for name, digits in
                                (("pesq_wb", 2), ("estoi", 3), ("si_sdr", 1))) for at in row["by_snr"].values()]
            lines.append(f"| {title(row)} | {' | '.join(cells)} |")
    return lines


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw the gains with their intervals, a panel for each of three measures, into a PNG file."""
    rows = [row for row in rows if "missing" not in row][::-1]
    colours = {"course": "#1f6f8b", "peer": "#c8553d", "oracle": "#8a8a8a"}
    figure, axes = plt.subplots(1, 3, figsize=(10, 0.28 * len(rows) + 1.2), sharey=True, layout="constrained")
    for ax, name in zip(axes, ("pesq_wb", "estoi", "si_sdr"), strict=True):
        for place, row in enumerate(rows):
            if row[f"gain_{name}"] is None:
                continue
            faint = name == "si_sdr" and row["method"] in TURNED
            look: dict[str, Any] = {"color": colours[row["kind"]], "alpha": 0.35 if faint else 1}
            ax.plot(row[f"gain_{name}_interval"], [place, place], **look)
            ax.plot(row[f"gain_{name}"], place, "o", markersize=5, **look)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.grid(axis="x", alpha=0.3)
        ax.set(xlabel=f"gain in {MEASURES[name]}", yticks=range(len(rows)), yticklabels=map(title, rows))
    handles = [plt.Line2D([], [], marker="o", color=colour) for colour in colours.values()]
    figure.legend(handles, ["the course's", "what one would install instead", "knows the clean speech"], ncols=3,
                  loc="outside upper center", frameon=False)
    figure.savefig(path, dpi=110)
    plt.close(figure)
    print(f"written to {path}")
