"""Which characters the page's fonts can print, and what stands for the others.

Reads the character map of an OpenType font (``cmap`` table, formats 4 and 12; OpenType
specification 1.9, chapter "cmap"). A missing glyph would make the export fail, for a page that
declares PDF/UA must not hold a character that nobody can read.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_UNICODE = {(0, 3), (0, 4), (0, 5), (0, 6), (3, 1), (3, 10)}
_JOINERS = frozenset("\u200c\u200d\u200e\u200f\u00ad")
"""Invisible, harmless and needed by some scripts: kept as they are."""
_SPACES = frozenset("\t\n\r\v\f\u0085\u2028\u2029")


@cache
def covered(path: Path) -> frozenset[int]:
    """Return the code points that a font file has a glyph for."""
    data = path.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if tag == b"cmap":
            return frozenset(_cmap(data, offset))
    return frozenset()


def _cmap(data: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, start + 2)[0]
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * index)
        if (platform, encoding) not in _UNICODE:
            continue
        layout = struct.unpack_from(">H", data, start + offset)[0]
        if layout == 4:
            yield from _segments(data, start + offset)
        elif layout == 12:
            yield from _groups(data, start + offset)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Yield the code points of a format 4 table."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    ranges_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, ranges_at)
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offsets[index]:
                place = ranges_at + 2 * index + offsets[index] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0] if place + 2 <= len(data) else 0
                glyph = glyph and glyph + deltas[index]
            else:
                glyph += deltas[index]
            if glyph % 65536:
                yield code


def _groups(data: bytes, at: int) -> Iterator[int]:
    """Yield the code points of a format 12 table."""
    count = struct.unpack_from(">L", data, at + 12)[0]
    for index in range(count):
        first, last, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * index)
        yield from range(first if glyph else first + 1, last + 1)


def font_files(folder: Path) -> tuple[Path, ...]:
    """Return the font files of a folder, by name."""
    return tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() in {".otf", ".ttf"}))


def is_hidden(character: str) -> bool:
    """Tell whether a character can't be seen, or turns the writing direction.

    Joiners and marks that some scripts need are no hidden characters.
    """
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"}
    return hidden and character not in _JOINERS


def code_text(character: str) -> str:
    """Return what stands for a character that can't be shown, e.g. ``[U+202E]``."""
    return f"[U+{ord(character):04X}]"


def visible(words: str) -> str:
    """Return composed text on one line, with ``[U+XXXX]`` for every hidden character."""
    composed = unicodedata.normalize("NFC", words)
    spaced = "".join(" " if character in _SPACES else character for character in composed)
    return "".join(code_text(c) if is_hidden(c) else c for c in spaced)


class Printable:
    """Turns any text into text that the fonts can print.

    Parameters
    ----------
    fonts
        Font files that the page may use. A character counts as covered when every weight of some
        family has it; families are told apart by the file name before the hyphen.
    """

    def __init__(self, fonts: tuple[Path, ...]) -> None:
        families: dict[str, frozenset[int]] = {}
        for path in fonts:
            family = path.stem.partition("-")[0]
            families[family] = families.get(family, covered(path)) & covered(path)
        self._covered = frozenset().union(*families.values())

    def text(self, words: str) -> str:
        """Return the words with ``[U+XXXX]`` for every character without a glyph.

        So are control characters and those that reverse the order of what follows: they could
        make one name look like another.
        """
        return "".join(self._character(character) for character in visible(words))

    def missing(self, words: str) -> set[str]:
        """Return the visible characters of a text that no font has a glyph for."""
        shown = {character for character in words if not is_hidden(character)}
        return {one for one in shown - _SPACES - _JOINERS if ord(one) not in self._covered}

    def _character(self, character: str) -> str:
        if character in _JOINERS or ord(character) in self._covered:
            return character
        return code_text(character)
