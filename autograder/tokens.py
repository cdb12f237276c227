"""Code as rows of tokens, without what a copy changes first: comments, layout, brackets, names, docstrings, imports.

Python's own tokenizer gives up where code has a mistake, and behind a magic that ends with three quotes it takes
everything for text. This one never gives up. It reads a magic's line on its own, and long strings as code too, since
`exec` may be waiting for them.
"""

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterator, Sequence
from string import ascii_letters

Row = list[tuple[str, int]]
"""Tokens, and the line that each is in."""

LONG = 60
"""Characters of a string that is read as code too."""
SHORT = 3
"""Tokens of a statement that is left out: `pass` and `unused = 0` can be put between any two others."""

KEPT = {*keyword.kwlist, *dir(builtins)}

PROMPT = r"[^\S\n]*+(?:>>>|\.{3,}:?|In[ ]\[\d+\]:)"
TOKEN = re.compile(rf"""
    (?P<magic> ^(?:{PROMPT})?[^\S\n]*+(?:%%?\w*|[!?,;/]) | =[^\S\n]*[%!])
  | (?P<space> ^{PROMPT} | [^\S\n]+ | \\\n | \#[^\n]*)
  | (?P<string> [A-Za-z]{{0,2}}(?: '''(?:[^'\\]|\\.?|'(?!''))*+(?:''')? | \"""(?:[^"\\]|\\.?|"(?!""))*+(?:\""")?
                                 | '(?:[^'\\\n]|\\.?)*+'? | "(?:[^"\\\n]|\\.?)*+"?))
  | (?P<number> \.?\d(?:[\w.]|(?<=[eE])[-+](?=\d))*+)
  | (?P<name> \w+)
  | (?P<end> \n)
  | (?P<sign> \*\*=? | //=? | >>=? | <<=? | -> | [-+*/%&|^@=!<>:]= | \S)
""", re.VERBOSE | re.MULTILINE | re.DOTALL)
LINE = re.compile(r"(?:[^\\\n]|\\.?)*+", re.DOTALL)


def rows(cells: Sequence[str]) -> list[Row]:
    """Return the tokens of cells that run one after the other, and behind them those within each long string.

    Lines are counted through all cells. A mistake in one of them spoils no other.
    """
    main: Row = []
    inner: list[Row] = []
    line = 1
    for source in cells:
        main += _row(source, line, inner)
        line += source.count("\n") + 1
    return [main, *inner]


def _row(source: str, line: int, inner: list[Row] | None) -> Row:
    """Return the tokens of one source; what its long strings hold goes to `inner`, unless that is None."""
    row: Row = []
    begin, imports, before = 0, False, ""
    for kind, text, place in _lexemes(source, line):
        if kind == "end":
            if imports or len(row) - begin <= SHORT:
                del row[begin:]
            begin, imports, before = len(row), False, ""
            continue
        imports = imports or (not before and text in ("import", "from"))
        if kind == "string":
            if len(text) > LONG and inner is not None:
                last = place + text.count("\n")
                inside = text.lstrip(ascii_letters).strip("'\"").replace("\\n", "\n")
                inner.append([(token, min(at, last)) for token, at in _row(inside, place, None)])
            text = "text"
        elif kind == "name":
            text = unicodedata.normalize("NFKC", text)  # as Python reads it
            text = text if before == "." or text in KEPT else "name"
        if text not in ("(", ")"):
            row.append((text, place))
        before = text
    return row


def _lexemes(source: str, line: int) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and line of everything but space; of the kind "end" is what ends a statement."""
    position, end, depth, alone = 0, len(source), 0, False
    while match := TOKEN.match(source, position, end):
        kind, text, position = match.lastgroup or "", match[0], match.end()
        if kind == "magic" and (depth or alone):  # it is an operator, in an expression of several lines
            text = text.lstrip()[0]
            kind, position = "sign", source.index(text, match.start()) + 1
        elif kind == "magic":  # no string and no bracket of its line reaches beyond it
            end, alone = LINE.match(source, position).end(), True  # type: ignore[union-attr]  # it matches anything
            kind, text = ("sign", "=") if text[0] == "=" else ("space", text)
        depth = max(0, depth + (text in "([{") - (text in ")]}"))
        if kind == "end" or text == ";":
            if not depth:
                yield "end", text, line
        elif kind != "space":
            yield kind, text, line
        line += text.count("\n")
        if position == end:
            end, depth, alone = len(source), 0, False
    yield "end", "", line
