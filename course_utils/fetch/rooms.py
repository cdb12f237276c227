"""Room impulse responses: what OpenSLR 28 collected from the Aachen, RWCP and REVERB databases."""

import re
from collections.abc import Iterator
from pathlib import Path

from course_utils.fetch.declare import Archive, Corpus, Recording, deal, slug

ROOMS = (
    ("air", re.compile(r"air_type\d_air_(?:binaural_|phone_)?(?:bt_)?(aula_carolina|[a-z]+)")),
    ("reverb", re.compile(r"RVB2014_type\d_rir_([a-z]+room\d)")),
    ("rwcp", re.compile(r"RWCP_type\d_rir_[a-z]+_([a-z]+\d?)[a-c]?_imp")),  # e1a to e1c: one room, other panels
    ("rwcp", re.compile(r"RWCP_(type4)_rir")),
)


def rirs(folder: Path) -> Iterator[Recording]:
    """Return the measured responses; noises that lie beside them have other names."""
    found = {path: room for path in sorted((folder / "RIRS_NOISES" / "real_rirs_isotropic_noises").glob("*.wav"))
             if (room := _room(path.stem))}
    splits = deal(found.values())
    for path, room in found.items():
        yield Recording(path, "rir", splits[room], room, slug(path.stem))


def _room(name: str) -> str | None:
    """Return the room of a response, None for what is none."""
    for database, pattern in ROOMS:
        if match := pattern.match(name):
            return f"{database}-{match[1]}"
    return None


RIRS = Corpus(
    "rirs", "Room impulse responses of OpenSLR 28: the 325 measured ones", ("rir",), "Apache 2.0",
    "Ko et al., A study on data augmentation of reverberant speech for robust speech recognition, ICASSP 2017",
    "https://www.openslr.org/28",
    (Archive("https://www.openslr.org/resources/28/rirs_noises.zip", 1_311_166_223,
             "md5:e6f48e257286e05de56413b4779d8ffb",
             wanted=("RIRS_NOISES/real_rirs_isotropic_noises/*.wav",)),),
    1_500_000_000, 62_000, rirs, "none of its own; by room, a tenth each for val and test")
