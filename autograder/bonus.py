"""Bonus points: from what an enhancer gains on the held-out clips (`course_utils.trial`) to points.

The rules stand in `bonus.toml`, for people to read. Each of three metrics earns in proportion to the gain over the
noisy clips: nothing at what the course's Wiener filter gains, all of it at what its reference model gains. What counts
is the lower end of a bootstrap interval of the mean over the clips: luck with some of them earns nothing. The same
estimates earn the same to the last digit.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course_utils import corpus
from course_utils.trial import MEASURES, Pair

HELDOUT = Path(__file__).parent / "heldout"
RULES = Path(__file__).parent / "bonus.toml"


@dataclass(frozen=True)
class Rules:
    """How gains become points: how many there are, and for each metric the gains that earn nothing and everything."""

    points: float
    zero: dict[str, float]
    full: dict[str, float]


def held_out(half: str) -> tuple[Pair, ...]:
    """Return the pairs of the held-out set.

    Parameters
    ----------
    half : {"hidden", "public"}
        What earns points, or what students may see results of.

    Raises
    ------
    ValueError
        If there are none, or a pair is not one.
    """
    return _read(folder(half))


def folder(half: str) -> Path:
    """Return where the clips of a half lie."""
    return Path(os.environ.get("COURSE_HELDOUT") or HELDOUT) / half


@lru_cache(maxsize=2)
def _read(folder: Path) -> tuple[Pair, ...]:
    """Read pairs once for all submissions that are graded in this process."""
    paths = sorted((folder / "noisy").glob("*.flac"))
    if not paths:
        raise ValueError(f"there is no FLAC file in {folder / 'noisy'}; COURSE_HELDOUT names a folder with "
                         "hidden/noisy, hidden/clean, public/noisy and public/clean")
    pairs = []
    for path in paths:
        y, s = (corpus.load(folder / kind / path.name)[0, 0] for kind in ("noisy", "clean"))
        if len(y) != len(s):
            raise ValueError(f"{path} has {len(y)} samples, and the clean file of this name {len(s)}")
        pairs.append(Pair(y, s))
    return tuple(pairs)


def load_rules(path: Path = RULES) -> Rules:
    """Read the rules.

    Raises
    ------
    ValueError
        If a metric is missing, or earns everything with no more than what earns nothing.
    """
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        rules = Rules(float(found["points"]), *({name: float(found[name][key]) for name in MEASURES}
                                                for key in ("zero", "full")))
    except KeyError as missing:
        raise ValueError(f"{path} says nothing of {missing}") from None
    for name in MEASURES:
        if not rules.zero[name] < rules.full[name]:
            raise ValueError(f"{path}: {name} earns nothing up to {rules.zero[name]:g} and everything from "
                             f"{rules.full[name]:g}; the second has to be larger")
    return rules


def points(gains: Mapping[str, tuple[float, float]], rules: Rules) -> float:
    """Return the bonus points for the intervals of mean gains, by metric; none if one of them is harm."""
    if harm(gains):
        return 0.0
    shares = [(low - rules.zero[name]) / (rules.full[name] - rules.zero[name]) for name, (low, _) in gains.items()]
    return round(rules.points * sum(min(max(share, 0.0), 1.0) for share in shares) / len(shares), 2)


def harm(gains: Mapping[str, tuple[float, float]]) -> list[str]:
    """Return the metrics by which the clips are worse after an enhancer than before: the whole interval is below 0."""
    return [name for name, (_, high) in gains.items() if high < 0]
