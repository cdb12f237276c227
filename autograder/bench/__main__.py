"""Measurements: `make bench` prints two tables, `make bench-all` everything; all is written to `build/bench/`.

    .venv/bin/python -m autograder.bench lessons gaps  # only these

`enhancement` says what every method gains on noisy speech, the course's beside the field's, and `restoration` what the
shipped models of super-resolution, denoising and dereverberation gain. The others: how long each of the `lessons` takes
and how much memory it needs, what `listening` costs, what `depth` and dropout do to restoration, how well `gaps` are
filled, what each way of `adversarial` training gains, and how fast a class is graded (`grading`).
"""

import argparse

from autograder.bench import adversarial, depth, enhancement, gaps, grading, lessons, listening, restoration

PARTS = {"enhancement": enhancement, "restoration": restoration, "lessons": lessons, "listening": listening,
         "depth": depth, "gaps": gaps, "adversarial": adversarial, "grading": grading}
"""What can be measured, in this order."""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m autograder.bench", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; by default all of them")
    chosen = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    for name, part in PARTS.items():
        if name in (chosen or PARTS):
            part.main()


if __name__ == "__main__":
    main()
