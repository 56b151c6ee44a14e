"""Text from the record made safe and honest for showing."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtWidgets import QWidget

_LONG_WORD = re.compile(r"\S{31,}")
_PIECE = re.compile(r".{1,12}")
_LINE_BREAKS = {"\n", "\t"}
_DIRECTION_MARKS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def shown(text: str, *, one_line: bool = False) -> str:
    """Return text with its invisible control characters made visible.

    Direction marks could make a name read as another one; they are shown as ``[U+202E]``.

    Parameters
    ----------
    text
        As recorded.
    one_line
        Also turn line breaks into spaces.
    """
    parts = []
    for char in text:
        if char in _LINE_BREAKS:
            parts.append(" " if one_line else char)
        elif char in _DIRECTION_MARKS or unicodedata.category(char) == "Cc":
            parts.append(f"[U+{ord(char):04X}]")
        else:
            parts.append(char)
    return "".join(parts)


def folded(text: str) -> str:
    """Return text for comparing: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def breakable(text: str) -> str:
    """Return text in which very long words may be broken, by signs that take no room."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_PIECE.findall(word.group())), text)


def set_plain_tool_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tool tip that is never taken for HTML; empty text removes it."""
    widget.setToolTip(plain_tool_tip(text))


def plain_tool_tip(text: str) -> str:
    """Return a tool tip that shows text as text, for item models too; empty stays empty."""
    safe = f'<span style="white-space: pre-wrap">{_escaped(shown(text))}</span>'
    return safe if text else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
