"""Piano: MAESTRO, recorded at ten years of a competition."""

import csv
from collections.abc import Iterator
from pathlib import Path

from course_utils.fetch.declare import Archive, Corpus, Recording, slug

SPLITS = {"train": "train", "validation": "val", "test": "test"}


def maestro(folder: Path) -> Iterator[Recording]:
    """Return the performances, split by MAESTRO's table: a piece is in one split, whoever plays it."""
    table = folder / "maestro-v3.0.0" / "maestro-v3.0.0.csv"
    if not table.is_file():
        raise ValueError("the archive holds no maestro-v3.0.0.csv: it is not MAESTRO 3.0.0")
    with table.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            piece = slug(f"{row['canonical_composer']} {row['canonical_title']}")
            path = Path(row["audio_filename"])
            yield Recording(table.parent / row["year"] / path.name, "piano", SPLITS[row["split"]], f"maestro-{piece}",
                            slug(path.stem))


MAESTRO = Corpus(
    "maestro", "MAESTRO 3.0.0: 199 hours of piano, 1276 performances", ("piano",), "CC BY-NC-SA 4.0",
    "Hawthorne et al., Enabling Factorized Piano Music Modeling and Generation with the MAESTRO Dataset, ICLR 2019",
    "https://magenta.tensorflow.org/datasets/maestro",
    (Archive("https://storage.googleapis.com/magentadata/datasets/maestro/v3.0.0/maestro-v3.0.0.zip", 108_445_099_632,
             "sha256:6680fea5be2339ea15091a249fbd70e49551246ddbd5ca50f1b2352c08c95291",
             wanted=("*.wav", "*.csv")),),
    130_000_000_000, 2_600, maestro, "its table's, by piece")
