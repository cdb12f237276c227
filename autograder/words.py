"""A record's words as people may read them: without the grader's folders, and flags as a student understands them."""

import re

from autograder.gradebook import LATE
from autograder.record import HAND_GRADING

LONGEST = 1000
"""Characters of a message that are shown: an exception may quote a whole array."""

PATH = re.compile(
    r"""(['"])(?:file://)?/[^'"\n/]+/[^'"\n]*\1"""           # in quotes, with blanks
    r"""|(?:file://|(?<![\w.~/)\]]))(?:/[^\s/'"`<>:,;()\[\]{}]+){2,}/?"""
    r"""|(?<![\w./])/(?:tmp|root|home|Users|var|opt|srv|mnt|etc)\b/?""")
FILE = re.compile(r"[^/]+\.\w{1,12}")


def scrub(text: str) -> str:
    """Return a message without absolute paths: of a file its name stays, of a folder nothing.

    What the student's own code raised may name the grader's folders, and so differ between two runs.

    Examples
    --------
    >>> scrub("FileNotFoundError: '/tmp/staged-x/s001/noisy.wav' of 1/2 m/s")
    "FileNotFoundError: '…/noisy.wav' of 1/2 m/s"
    """
    def short(match: re.Match) -> str:
        quote = match[1] or ""
        last = match[0].strip(quote or None).rpartition("/")[2]
        return f"{quote}…/{last}{quote}" if FILE.fullmatch(last) else f"{quote}…{quote}"

    text = text if len(text) <= LONGEST else text[:LONGEST] + " …"
    return PATH.sub(short, text)


NOTICES = [
    (re.compile(r"copied: (.+)"), "Of {} there was more than one copy. The one that you worked on last was graded."),
    (re.compile(r"edit undone: (.+)"), "You changed {}, which belongs to the lesson. The lesson's version was used."),
    (re.compile(r"extended: (.+)"), "You changed {}, which belongs to the lesson. Yours was run behind the lesson's."),
    (re.compile(r"restored: (.+)"), "{} was missing from your notebook and was put back."),
    (re.compile(r"not used: (.+)"), "{}. It was left out."),
    (re.compile(r"left out: (.+)"), "The file {} was not used: only your notebook, sounds, pictures and weights are."),
    (re.compile(r"(there is no \S+\.ipynb.*)"), "Your work could not be graded: {}."),
    (re.compile(r"(the notebook cannot be read.*)", re.S), "Your work could not be graded: {}."),
    (re.compile(r"(.+ is a link), which is not followed"), "Your work could not be graded: {}. Hand in the file."),
    (re.compile(r"(.+ has \d+ MB, more than \d+)"), "Your work could not be graded: {} are allowed."),
]
"""Flags that are a student's business: pattern -> words. Others are between the grader and a person."""


def notices(flags: list[str]) -> list[str]:
    """Return what of a record's flags a student should know, in words for a student."""
    said = []
    for flag in flags:
        for pattern, words in NOTICES:
            if match := pattern.fullmatch(flag.removeprefix("refused: ")):
                said.append(words.format(scrub(match[1])))
    return said


def penalty(flags: list[str]) -> str:
    """Return the points that a late submission costs, as text; empty if none."""
    return next((flag.removeprefix(LATE).split()[0] for flag in flags if flag.startswith(LATE)), "")


def waiting(flags: list[str]) -> set[str]:
    """Return the cells that a person has yet to read."""
    return {flag.removeprefix(HAND_GRADING) for flag in flags if flag.startswith(HAND_GRADING)}
