"""Corpora of noise: MUSAN and ESC-50."""

import csv
from collections.abc import Iterator
from pathlib import Path

from course_utils.fetch.declare import Archive, Corpus, Recording, deal, slug

ESC50_COMMIT = "33c8ce9eb2cf0b1c2f8bcf322eb349b6be34dbb6"
FOLDS = {"1": "train", "2": "train", "3": "train", "4": "val", "5": "test"}


def musan(folder: Path) -> Iterator[Recording]:
    """Return the noises of MUSAN; its music and its speech are not unpacked."""
    paths = sorted((folder / "musan" / "noise").rglob("*.wav"))
    splits = deal(path.stem for path in paths)
    for path in paths:
        yield Recording(path, "noise", splits[path.stem], f"musan-{slug(path.stem)}", "0")


def esc50(folder: Path) -> Iterator[Recording]:
    """Return the clips of ESC-50; those cut from one recording are in one fold, and so in one split."""
    tables = sorted(folder.glob("*/meta/esc50.csv"))
    if not tables:
        raise ValueError("the archive holds no meta/esc50.csv: it is not ESC-50")
    with tables[0].open(newline="") as lines:
        for row in csv.DictReader(lines):
            yield Recording(tables[0].parent.parent / "audio" / Path(row["filename"]).name, "noise", FOLDS[row["fold"]],
                            f"esc50-{slug(row['category'])}", slug(f"{row['src_file']}_{row['take']}"))


MUSAN = Corpus(
    "musan", "MUSAN: 6 hours of noise in 930 recordings", ("noise",), "CC BY 4.0, each file's own in its LICENSE",
    "Snyder, Chen, Povey: MUSAN: A Music, Speech, and Noise Corpus, arXiv:1510.08484, 2015",
    "https://www.openslr.org/17",
    (Archive("https://www.openslr.org/resources/17/musan.tar.gz", 11_086_114_085,
             "md5:0c472d4fc0c5141eca47ad1ffeb2a7df", wanted=("musan/noise/*.wav",)),),
    1_000_000_000, 2_100, musan, "none of its own; by recording, a tenth each for val and test")

ESC50 = Corpus(
    "esc50", "ESC-50: 2.8 hours of noise of 50 kinds, clips of 5 s", ("noise",), "CC BY-NC 3.0",
    "Piczak: ESC: Dataset for Environmental Sound Classification, ACM Multimedia 2015",
    "https://github.com/karolpiczak/ESC-50",
    (Archive(f"https://github.com/karolpiczak/ESC-50/archive/{ESC50_COMMIT}.zip", 645_832_161, None,
             wanted=("*/audio/*.wav", "*/meta/esc50.csv"), file="ESC-50.zip"),),
    900_000_000, 2_100, esc50, "its folds: 1 to 3 are train, 4 is val, 5 is test")
