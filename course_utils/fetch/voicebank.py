"""VoiceBank-DEMAND: the noisy and clean speech that most papers on enhancement are measured on.

The course mixes its own pairs, so the corpus is taken apart: the clean recordings are speech, and what the noisy ones
hold beyond them is noise. Their sum is the noisy recording again.
"""

from collections.abc import Iterator
from pathlib import Path

from course_utils.fetch.declare import Archive, Corpus, Recording, shuffled, slug
from course_utils.fetch.speech import vctk_split

URL = "https://datashare.ed.ac.uk/bitstream/handle/10283/2791"


def voicebank_demand(folder: Path) -> Iterator[Recording]:
    """Return the speech, and the noise in kinds that no two splits share."""
    logs = {**_log(folder, "log_trainset_28spk.txt"), **_log(folder, "log_testset.txt")}
    pairs = [(clean, folder / noisy / clean.name)
             for noisy, name in (("noisy_trainset_28spk_wav", "clean_trainset_28spk_wav"),
                                 ("noisy_testset_wav", "clean_testset_wav"))
             for clean in sorted((folder / name).glob("*.wav"))]
    # The training speakers share ten kinds of noise. Two are kept for val, so that no noise is in two splits.
    kept = shuffled(kind for utterance, kind in logs.items() if vctk_split(utterance[:4]) == "val")[:2]
    for clean, noisy in pairs:
        split, kind = vctk_split(clean.stem[:4]), logs.get(clean.stem)
        if noisy.is_file() and kind and (split == "test" or (kind in kept) == (split == "val")):
            yield Recording(noisy, "noise", split, f"voicebank-{slug(kind)}", clean.stem, minus=clean)
    for clean, _ in pairs:  # after all noise, for which it is needed
        speaker, utterance = clean.stem.split("_", 1)
        yield Recording(clean, "speech", vctk_split(speaker), f"vctk-{speaker}", f"demand_{utterance}")


def _log(folder: Path, name: str) -> dict[str, str]:
    """Read which kind of noise is in which recording: lines of name, kind and SNR in dB."""
    found = sorted(folder.rglob(name))
    if not found:
        raise ValueError(f"logfiles.zip holds no {name}: it is not the one of VoiceBank-DEMAND")
    rows = [line.split() for line in found[0].read_text().splitlines()]
    return {row[0]: row[1] for row in rows if len(row) >= 2}


VOICEBANK_DEMAND = Corpus(
    "voicebank-demand", "VoiceBank-DEMAND: 10 hours of speech of 30 speakers, and noise of 15 kinds",
    ("speech", "noise"), "CC BY 4.0",
    "Valentini-Botinhao et al., Investigating RNN-based speech enhancement methods for noise-robust Text-to-Speech, "
    "SSW 2016", "https://doi.org/10.7488/ds/2117",
    (Archive(f"{URL}/clean_trainset_28spk_wav.zip", 2_486_057_279, "md5:d2d5a45ec32f8fcbf201bde0447e20ba",
             wanted=("clean_trainset_28spk_wav/*.wav",)),
     Archive(f"{URL}/noisy_trainset_28spk_wav.zip", 2_830_205_201, "md5:1fca9e8bafb8cd069f6653c6d92f9e9c",
             wanted=("noisy_trainset_28spk_wav/*.wav",)),
     Archive(f"{URL}/clean_testset_wav.zip", 154_300_000, "md5:34eb1c0ba7ef667e9b966866c542fc16",
             wanted=("clean_testset_wav/*.wav",)),
     Archive(f"{URL}/noisy_testset_wav.zip", 170_600_000, "md5:fb1b86caa31e8ba5b506c0c64da9aab5",
             wanted=("noisy_testset_wav/*.wav",)),
     Archive(f"{URL}/logfiles.zip", 115_932, "md5:0d16f5b6afe12d64238d1e4a0e6ff6e8", wanted=("*.txt",),
             into="logfiles")),
    7_200_000_000, 24_000, voicebank_demand,
    "its test set; of the training set p226 and p287 are val, with two kinds of noise that train has not")
