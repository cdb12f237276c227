"""Corpora of speech: LibriSpeech, VCTK, Speech Commands and YESNO.

The archives are checked and unpacked by us; what is in them is read by the dataset classes of `torchaudio`, which know
each corpus's layout, its speakers and its gaps. They are asked for paths only, for torchaudio 2.11 reads no audio.
"""

from collections.abc import Iterator
from pathlib import Path

from torchaudio import datasets

from course_utils.fetch.declare import Archive, Corpus, Recording, slug

VAL_SPEAKERS = ("p226", "p287")
TEST_SPEAKERS = ("p232", "p257")
"""Of VCTK: the test set of VoiceBank-DEMAND, and the two that most who train on it keep for validation."""
LIBRISPEECH_FILES = ("LibriSpeech/*.flac", "LibriSpeech/*.trans.txt")  # each archive has the same README.TXT and others


def librispeech(folder: Path) -> Iterator[Recording]:
    """Return the recordings of LibriSpeech, whose parts share no speaker."""
    for part, split in (("train-clean-100", "train"), ("dev-clean", "val"), ("test-clean", "test")):
        read = datasets.LIBRISPEECH(folder, part)
        for k in range(len(read)):
            path, _, _, speaker, chapter, utterance = read.get_metadata(k)
            yield Recording(folder / "LibriSpeech" / path, "speech", split, f"librispeech-{speaker}",
                            f"{chapter}_{utterance:04}")


def vctk(folder: Path) -> Iterator[Recording]:
    """Return the recordings of VCTK's second microphone."""
    read = datasets.VCTK_092(str(folder))  # mic2: where it has none, the class leaves the speaker out
    for speaker, utterance in read._sample_ids:  # no public way that does not read audio
        path = folder / "VCTK-Corpus-0.92/wav48_silence_trimmed" / speaker / f"{speaker}_{utterance}_mic2.flac"
        if path.is_file():
            yield Recording(path, "speech", vctk_split(speaker), f"vctk-{speaker}", utterance)


def vctk_split(speaker: str) -> str:
    """Return the split of a speaker of VCTK, here and in VoiceBank-DEMAND, which was made of it."""
    return "val" if speaker in VAL_SPEAKERS else "test" if speaker in TEST_SPEAKERS else "train"


def speech_commands(folder: Path) -> Iterator[Recording]:
    """Return the words of Speech Commands, split by its own lists, by speaker."""
    for subset, split in (("training", "train"), ("validation", "val"), ("testing", "test")):
        read = datasets.SPEECHCOMMANDS(folder, subset=subset)
        for k in range(len(read)):
            path, _, word, speaker, number = read.get_metadata(k)
            yield Recording(folder / "SpeechCommands" / path, "speech", split, f"commands-{slug(speaker)}",
                            f"{slug(word)}_{number}")


def yesno(folder: Path) -> Iterator[Recording]:
    """Return the recordings of YESNO, all for training, for one man speaks them all."""
    read = datasets.YESNO(folder)
    for name in read._walker:  # no public way that does not read audio
        yield Recording(folder / "waves_yesno" / f"{name}.wav", "speech", "train", "yesno-1", name)


LIBRISPEECH = Corpus(
    "librispeech", "LibriSpeech: 100 hours of read English, 331 speakers", ("speech",), "CC BY 4.0",
    "Panayotov et al., LibriSpeech: an ASR corpus based on public domain audio books, ICASSP 2015",
    "https://www.openslr.org/12",
    (Archive("https://www.openslr.org/resources/12/train-clean-100.tar.gz", 6_387_309_499,
             "sha256:d4ddd1d5a6ab303066f14971d768ee43278a5f2a0aa43dc716b0e64ecbbbf6e2", wanted=LIBRISPEECH_FILES),
     Archive("https://www.openslr.org/resources/12/dev-clean.tar.gz", 337_926_286,
             "sha256:76f87d090650617fca0cac8f88b9416e0ebf80350acb97b343a85fa903728ab3", wanted=LIBRISPEECH_FILES),
     Archive("https://www.openslr.org/resources/12/test-clean.tar.gz", 346_663_984,
             "sha256:39fde525e59672dc6d1551919b1478f724438a95aa55f874b576be21967e6c23", wanted=LIBRISPEECH_FILES)),
    7_300_000_000, 31_000, librispeech, "its parts train-clean-100, dev-clean and test-clean")

VCTK = Corpus(
    "vctk", "VCTK 0.92: 44 hours of read English, 110 speakers, many accents", ("speech",), "CC BY 4.0",
    "Yamagishi, Veaux, MacDonald: CSTR VCTK Corpus, version 0.92, University of Edinburgh, 2019",
    "https://doi.org/10.7488/ds/2645",
    (Archive("https://datashare.ed.ac.uk/bitstream/handle/10283/3443/VCTK-Corpus-0.92.zip", 11_747_302_977,
             "sha256:f96258be9fdc2cbff6559541aae7ea4f59df3fcaf5cf963aae5ca647357e359c",
             wanted=("txt/*", "wav48_silence_trimmed/*_mic2.flac"), into="VCTK-Corpus-0.92"),),
    6_500_000_000, 134_000, vctk, "none of its own; p226 and p287 are val, p232 and p257 test, as in VoiceBank-DEMAND")

SPEECH_COMMANDS = Corpus(
    "speech-commands", "Speech Commands 0.02: 35 words, 105829 clips of a second, 2618 speakers", ("speech",),
    "CC BY 4.0",
    "Warden: Speech Commands: A Dataset for Limited-Vocabulary Speech Recognition, arXiv:1804.03209, 2018",
    "https://arxiv.org/abs/1804.03209",
    (Archive("https://download.tensorflow.org/data/speech_commands_v0.02.tar.gz", 2_428_923_189,
             "sha256:af14739ee7dc311471de98f5f9d2c9191b18aedfe957f4a6ff791c709868ff58",
             wanted=("*_nohash_*.wav", "*_list.txt"), into="SpeechCommands/speech_commands_v0.02"),),
    3_400_000_000, 106_000, speech_commands, "its lists of files for validation and testing")

YESNO = Corpus(
    "yesno", "YESNO: 60 recordings of one man, Hebrew, at 8 kHz: to try the command", ("speech",),
    "see its page", "Kaldi project: YESNO, OpenSLR 1", "https://www.openslr.org/1",
    (Archive("https://www.openslr.org/resources/1/waves_yesno.tar.gz", 4_703_754,
             "sha256:c3f49e0cca421f96b75b41640749167b52118f232498667ca7a5f9416aef8e73"),),
    8_000_000, 70, yesno, "train only: there is one speaker")
