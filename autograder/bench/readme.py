"""Put the table and the figure of `make bench` into the README: `python -m autograder.bench.readme`."""

import json
from pathlib import Path
from typing import Any

from autograder.bench.enhancement import TO
from autograder.bench.enhancement_table import HEAD, draw, line

README = Path(__file__).parents[2] / "README.md"
FIGURE, MARKS = Path("autograder") / "benchmark.png", ("<!-- benchmark -->", "<!-- end of benchmark -->")
"""The README's figure, and the lines between which its table stands."""


def publish(readme: Path, rows: list[dict[str, Any]]) -> None:
    """Put the table and the figure where the README shows them.

    Raises
    ------
    ValueError
        If the README has no place for the table.
    """
    text = readme.read_text(encoding="utf-8")
    begin, end = text.find(MARKS[0]), text.find(MARKS[1])
    if not 0 <= begin < end:
        raise ValueError(f"{readme} has no lines {MARKS[0]} and {MARKS[1]}: the table goes between them")
    lines = [MARKS[0], "", *HEAD, *map(line, rows), "", ""]
    readme.write_text(text[:begin] + "\n".join(lines) + text[end:], encoding="utf-8")
    draw([row for row in rows if row["kind"] != "input"], readme.parent / FIGURE)


if __name__ == "__main__":
    if not TO.is_file():
        raise SystemExit(f"there is no {TO}: run `make bench` first")
    publish(README, json.loads(TO.read_text(encoding="utf-8")))
