"""Numbers as the decimals that somebody wrote, exact and of bounded length.

Source: the evaluation specification, section 2: numbers in criteria files and diaries are read as
the decimals written, up to 18 significant digits, outer zeros not counted.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MAX_DIGITS = 18
"""Significant digits that a number may have, outer zeros not counted."""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_MAX_LENGTH = 64


def significant_digits(text: str) -> int:
    """Return how many digits of a plain decimal count, without the zeros at both ends."""
    return len(text.lstrip("+-").replace(".", "").strip("0"))


def plain_decimal(text: str) -> Decimal | None:
    """Return the exact value of a plain decimal such as ``7``, ``-0.5`` or ``6.859999999999999``.

    Parameters
    ----------
    text
        The number as written, with a point. No exponent, no thousands separator, no NaN.

    Returns
    -------
    Decimal or None
        None when the text is no plain decimal or has more than `MAX_DIGITS` significant digits.
        Zeros are kept as written (``10.0``); a negative zero becomes zero.
    """
    if len(text) > _MAX_LENGTH or _PLAIN.fullmatch(text) is None:
        return None
    if significant_digits(text) > MAX_DIGITS:
        return None
    value = Decimal(text)
    return value if value else abs(value)


def too_many_digits(text: str) -> bool:
    """Return True for a plain decimal that only its length makes unreadable."""
    return _PLAIN.fullmatch(text) is not None and (
        significant_digits(text) > MAX_DIGITS or len(text) > _MAX_LENGTH
    )


def region_name(text: str) -> str:
    """Return the name of a pain region as it is compared: composed (NFC), outer spaces removed."""
    return unicodedata.normalize("NFC", text).strip()
