"""The command: `python -m course_utils.corpus list` and `... fetch NAME --to DIR [--mirror URL] [--hours H]`."""

import argparse
import shlex
import sys
from difflib import get_close_matches
from pathlib import Path

from course_utils.corpus import EMBEDDED, KINDS
from course_utils.fetch.declare import Corpus
from course_utils.fetch.work import fetch, readable


def corpora() -> dict[str, Corpus]:
    """Return all corpora that can be fetched, by name."""
    from course_utils.fetch import noise, piano, rooms, speech, voicebank  # torchaudio's datasets take a second

    found = (speech.LIBRISPEECH, speech.VCTK, voicebank.VOICEBANK_DEMAND, speech.SPEECH_COMMANDS, speech.YESNO,
             noise.MUSAN, noise.ESC50, rooms.RIRS, piano.MAESTRO)
    return {corpus.name: corpus for corpus in found}


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m course_utils.corpus", description=(
        "Fetch public corpora into the course's layout: 16 kHz mono FLAC, split by speaker, recording, room or piece."))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="which corpora there are, what they give, their sizes and licences")
    get = commands.add_parser("fetch", help="fetch a corpus; after an interruption, the same command goes on")
    get.add_argument("name", metavar="NAME", help="as `list` says")
    get.add_argument("--to", metavar="DIR", required=True, help="folder for COURSE_DATA; several corpora "
                     "in one folder complete each other")
    get.add_argument("--mirror", metavar="URL", help="address or folder that holds the archives")
    get.add_argument("--hours", metavar="H", type=_positive, help="keep at most H hours of each kind and split")
    options = parser.parse_args(arguments)
    if options.command == "list":
        print(table())
        return 0
    try:
        run(options)
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on from here", file=sys.stderr)
        return 130
    except ValueError as error:
        print(f"fetch: {error}", file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that cannot be written
        print(f"fetch: {options.to}: {error}. What has come so far is kept: make room, or make the folder one that you "
              "may write, and run the same command again, or name another folder with --to.", file=sys.stderr)
        return 1
    return 0


def run(options: argparse.Namespace) -> None:
    """Fetch what the command line asks for, and say what to do with it."""
    known, top = corpora(), folder(options.to)
    if options.name not in known:
        close = get_close_matches(options.name.lower(), known, 1)
        raise ValueError(f"there is no corpus {options.name!r}; there are: {', '.join(known)}"
                         + (f". Did you mean {close[0]}?" if close else ""))
    corpus = known[options.name]
    print(f"{corpus.title}\nlicence: {corpus.licence} ({corpus.page})\nto cite: {corpus.citation}", flush=True)
    counts = fetch(corpus, top, mirror=options.mirror, hours=options.hours)
    print("\n".join(f"  {place:13} {count:6} files" for place, count in sorted(counts.items())))
    print(f"splits: {corpus.splits}\n{_next(top, known)}")


def folder(to: str) -> Path:
    """Return the folder that `--to` names, if it can hold a corpus."""
    try:
        top = Path(to).expanduser().resolve()
        str(top).encode()
    except (RuntimeError, ValueError) as error:  # ~nobody, links in a circle; not UTF-8
        raise ValueError(f"--to {to!a}: is no folder ({error}). Name another one") from error
    if not to or (top.exists() and not top.is_dir()):
        raise ValueError(f"--to {to or 'nothing'}: a folder is wanted, and this is none. Name another one")
    for parent in (top, *top.parents):
        if parent == EMBEDDED:
            raise ValueError(f"--to {top}: in {parent} is the audio that comes with the course. Name another folder")
        inside = top.relative_to(parent).parts[:1]
        if (parent / ".fetch").is_dir() and inside and inside[0] in (".fetch", *KINDS):
            raise ValueError(f"--to {top}: is inside of a corpus. Fetch into {parent}, for several complete each "
                             "other, or name another folder")
    return top


def _next(top: Path, known: dict[str, Corpus]) -> str:
    """Say how to teach with a folder, or what the lessons still miss in it."""
    for kind in ("speech", "noise", "rir"):
        for split in ("train", "val"):
            if not any((top / kind / split).glob("*.flac")):
                others = [name for name, corpus in known.items() if kind in corpus.gives and name != "yesno"]
                return f"the lessons also need {kind}/{split}: fetch one of {', '.join(others)} into the same folder"
    return f"to teach with it: export COURSE_DATA={shlex.quote(str(top))}"


def table() -> str:
    """Return what there is: name, kinds, bytes to download and on the disk, licence, title."""
    rows = [("name", "gives", "download", "disk", "licence", "")]
    for corpus in corpora().values():
        rows.append((corpus.name, ", ".join(corpus.gives), readable(corpus.size),
                     readable(corpus.size + corpus.unpacked), corpus.licence.split(",")[0], corpus.title))
    widths = [max(len(row[k]) for row in rows) for k in range(6)]
    return "\n".join("  ".join(f"{cell:{widths[k]}}" for k, cell in enumerate(row)).rstrip() for row in rows)


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: hours are a positive number")
    return value
