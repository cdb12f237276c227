"""Say how far a round of grading is."""

import sys
from time import monotonic

from tqdm import tqdm


class Progress:
    """How far it is: a bar with the time left on a terminal, else a line now and then."""

    EVERY = 30

    def __init__(self, assignment: str, total: int) -> None:
        self._bar = tqdm(total=total, desc=assignment, unit="submission", leave=False, disable=None)
        self._total, self._done, self._begin, self._said = total, 0, monotonic(), monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def step(self) -> None:
        """Count one."""
        self._done += 1
        self._bar.update()
        now = monotonic()
        if self._bar.disable and now - self._said > self.EVERY:
            self._said = now
            left = (now - self._begin) / self._done * (self._total - self._done)
            print(f"{self._done} of {self._total} graded, about {left / 60:.0f} min left", file=sys.stderr, flush=True)
