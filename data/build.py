"""Build the embedded audio pack.

    python data/build.py [--out DIR] [--only speech|rir|noise|piano] [--match PATTERN ...]

The same versions of the tools give the same samples. Without arguments everything in `data/` is made again.
"""

import argparse
import csv
import fnmatch
import hashlib
from pathlib import Path

from builder import noise, piano, rooms, speech
from builder.sound import BITS, RATE, generator, read_flac, write_flac

HERE = Path(__file__).resolve().parent
COLUMNS = ["file", "kind", "split", "group", "seconds", "sample_rate", "sha256", "licence"]
COLUMNS += ["provenance", "text"]  # text: what is said, for speech
LICENCE = "CC0-1.0"


def build(clip, out):
    """Make one clip, write it under `out` and return its row of the manifest."""
    path = out / clip.file
    samples, facts = clip.make(generator(clip.file))
    write_flac(path, samples, BITS[clip.kind])
    return {
        "file": clip.file,
        "kind": clip.kind,
        "split": clip.split,
        "group": clip.group,
        "seconds": f"{len(read_flac(path)) / RATE:.3f}",
        "sample_rate": str(RATE),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": LICENCE,
        "provenance": "; ".join(filter(None, [clip.provenance, facts])),
        "text": clip.text,
    }


def read_manifest(path):
    """Return the rows of a manifest by file name; none where there is no manifest yet."""
    if not path.exists():
        return {}
    with path.open(newline="", encoding="utf-8") as handle:
        return {row["file"]: row for row in csv.DictReader(handle)}


def write_manifest(path, rows):
    """Write `rows` (by file name) sorted, so that a rebuild gives the same manifest."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[file] for file in sorted(rows))


def main():
    """Read the command line, build what it asks for and bring the manifest up to date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the pack (default: %(default)s)")
    parser.add_argument("--only", choices=["speech", "rir", "noise", "piano"], help="build one part only")
    parser.add_argument(
        "--match", nargs="+", default=["*"], help="only files that fit, as 'noise/test/rain-*'"
    )
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)

    # Speech comes first, because babble is mixed from it.
    voices = out / "speech" if (out / "speech").exists() or arguments.only is None else HERE / "speech"
    parts = {"speech": speech.plan(), "rir": rooms.plan(), "noise": noise.plan(voices), "piano": piano.plan()}
    clips = [clip for kind, part in parts.items() if arguments.only in (None, kind) for clip in part]
    rows = read_manifest(out / "MANIFEST.csv")
    for clip in clips:
        if any(fnmatch.fnmatch(clip.file, pattern) for pattern in arguments.match):
            rows[clip.file] = build(clip, out)
            print(clip.file, flush=True)
    # What a part no longer holds goes, after all of it was built; rows of parts not asked for stay.
    kinds, planned = {clip.kind for clip in clips}, {clip.file for clip in clips}
    for file in [file for file, row in rows.items() if row["kind"] in kinds and file not in planned]:
        del rows[file]
        (out / file).unlink(missing_ok=True)
    write_manifest(out / "MANIFEST.csv", rows)


if __name__ == "__main__":
    main()
