"""What a part of the benchmark leaves in `build/bench/`: its numbers as JSON, and mostly a page with their table."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def write_numbers(to: Path, numbers: Any) -> None:
    """Write numbers as JSON."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    print(f"written to {to}")


def write_page(to: Path, rows: list[dict[str, Any]], about: str | None, lines: Sequence[str]) -> None:
    """Write rows as JSON and, beside it, their table in Markdown below what a module says about them."""
    write_numbers(to, rows)
    page = [(about or "").split("\n\n", 1)[1], *lines]
    to.with_suffix(".md").write_text("\n".join(page) + "\n", encoding="utf-8")
    print(f"written to {to.with_suffix('.md')}")


def spread(mean: float, interval: Sequence[float], *, sign: str = "") -> str:
    """Return a mean with its interval, as a table shows them; with `sign` "+" as changes."""
    low, high = interval
    return f"{mean:{sign}.2f} ({low:{sign}.2f} to {high:{sign}.2f})"
