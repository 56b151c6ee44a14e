"""Fixed layout in plain text: widths as a terminal shows them, wrapped lines, columns, symbols."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scs_trial.reports.glyphs import visible

WIDTH = 75
"""Longest line: under 76 columns, as hospital records take it."""
_SYMBOLS = {
    "→": "->", "–": "-", "—": "--", "−": "-", "…": "...", "“": '"', "”": '"', "„": '"', "‘": "'",
    "’": "'", "≥": ">=", "≤": "<=", "×": "x", "✓": "+", "✗": "x", "µ": "u", "μ": "u",
    "°": "", "⚠": "!", "▲": "^", "±": "+/-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_IN_WORDS = frozenset("’‘–·")
"""Symbols that belong to a name when a letter stands on both sides: O’Brien, Col·lell."""
_EDGE = "\n"
_SOFT_HYPHEN = "\u00ad"
_GLUED = re.compile(r"(?<=\d) (?=%|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)")
"""A figure and its per cent sign, a day and its month, stay on one line."""
_NO_BREAK = "\u00a0"


def ascii_symbols(words: str) -> str:
    """Return the words with typographic symbols replaced; letters of any script are kept.

    Names are never spelled otherwise: an accent tells one person from another.
    """
    padded = f"{_EDGE}{words}{_EDGE}"
    return "".join(_plain(padded[index - 1 : index + 2]) for index in range(1, len(padded) - 1))


def _plain(three: str) -> str:
    """Return what stands for the middle one of three characters."""
    before, symbol, after = three[0], three[1], three[2]
    if symbol in _IN_WORDS and before.isalpha() and after.isalpha():
        return symbol
    if symbol == "·":
        return "/" if before == after == " " else "."
    return _SYMBOLS.get(symbol, symbol)


def width(words: str) -> int:
    """Return how many columns a text takes: two for a wide character, none for a mark on it."""
    return sum(_columns(character) for character in words)


def _columns(character: str) -> int:
    if character == _SOFT_HYPHEN:
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(words: str, limit: int) -> list[str]:
    """Return the words on lines of at most ``limit`` columns; at least one line.

    Lines break at spaces, and inside a word only where it is longer than a whole line.
    """
    lines = [""]
    for word in _GLUED.sub(_NO_BREAK, visible(words)).split(" "):
        for part in _parts(word, limit):
            joined = f"{lines[-1]} {part}" if lines[-1] else part
            if width(joined) <= limit:
                lines[-1] = joined
            else:
                lines.append(part)
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _parts(word: str, limit: int) -> Iterator[str]:
    """Cut a word that is longer than a line; a mark stays with its letter."""
    part, taken = "", 0
    for character in word:
        columns = _columns(character)
        if part and taken + columns > limit:
            yield part
            part, taken = "", 0
        part, taken = part + character, taken + columns
    if part:
        yield part


def paragraph(words: str, *, first: str = "  ", rest: str | None = None) -> list[str]:
    """Return a wrapped paragraph; ``first`` begins its first line, ``rest`` the others."""
    others = " " * width(first) if rest is None else rest
    lines = wrapped(words, WIDTH - max(width(first), width(others)))
    return [f"{others if number else first}{line}".rstrip() for number, line in enumerate(lines)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    columns: int
    right: bool = False


def table_lines(
    rows: Sequence[Sequence[str]], columns: Sequence[Column], *, indent: str = "  "
) -> list[str]:
    """Return rows under one another; a cell that is too long goes on in its column."""
    return [line for row in rows for line in _row_lines(row, columns, indent)]


def _row_lines(row: Sequence[str], columns: Sequence[Column], indent: str) -> Iterator[str]:
    cells = [wrapped(cell, column.columns) for cell, column in zip(row, columns, strict=True)]
    for number in range(max(len(lines) for lines in cells)):
        texts = [lines[number] if number < len(lines) else "" for lines in cells]
        padded = (_padded(text, column) for text, column in zip(texts, columns, strict=True))
        yield (indent + " ".join(padded)).rstrip()


def _padded(text: str, column: Column) -> str:
    space = " " * (column.columns - width(text))
    return space + text if column.right else text + space
