"""How names, MRNs and user names are compared: without case, accents and blanks."""

from __future__ import annotations

import re
import unicodedata

_SPLIT = re.compile(r"[^\w]+", re.UNICODE)
LAST = "\U0010ffff"
"""Sorts after every text with the same beginning."""


def fold(text: str) -> str:
    """Return a text without case and accents."""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def name_parts(text: str) -> tuple[str, ...]:
    """Return the distinct parts of a name or a query, folded, in their order."""
    return tuple(dict.fromkeys(part for part in _SPLIT.split(fold(text)) if part))


def mrn_key(text: str) -> str:
    """Return an MRN without case, blanks and punctuation."""
    return "".join(name_parts_of(text))


def name_parts_of(text: str) -> list[str]:
    """Return the parts with repetitions."""
    return [part for part in _SPLIT.split(fold(text)) if part]


def user_key(user_name: str) -> str:
    """Return what two spellings of one user name share."""
    return unicodedata.normalize("NFKC", user_name).casefold().strip()
