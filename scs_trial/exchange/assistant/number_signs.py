"""Decimal and thousands signs: what the numbers of a file show, and reading one exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from scs_trial.domain.written import plain_decimal

_SPACES = "\u00a0\u202f\u2009"
_NUMERIC = re.compile(r"[+\-\u2212]?[0-9][0-9.,'’ \u00a0\u202f\u2009]*|[+\-\u2212]?[.,][0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<sign>[.,' ])[0-9]{3})(?:(?P=sign)[0-9]{3})*")
_MAX_LENGTH = 64
_SHOWN = 3


def looks_numeric(text: str) -> bool:
    """Return whether a text is a number under some choice of signs."""
    text = text.strip()
    return len(text) <= _MAX_LENGTH and _NUMERIC.fullmatch(text) is not None


def _plain(text: str) -> str:
    text = text.strip().replace("\u2212", "-").replace("’", "'")
    for space in _SPACES:
        text = text.replace(space, " ")
    return text


@dataclass(slots=True)
class Signs:
    """Examples of each way to write a number, a few of each."""

    point: list[str] = field(default_factory=list)
    """A point that can only be a decimal sign."""
    comma: list[str] = field(default_factory=list)
    """A comma that can only be a decimal sign."""
    point_groups: list[str] = field(default_factory=list)
    """One point before three digits: either."""
    comma_groups: list[str] = field(default_factory=list)
    """One comma before three digits: either."""
    thousands: dict[str, list[str]] = field(default_factory=dict)
    """A sign that can only part thousands."""
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, text: str) -> None:
        """Note how a number is written."""
        plain = _plain(text).lstrip("+-")
        kind = _kind(plain)
        if not kind:
            return
        self.counts[kind] = self.counts.get(kind, 0) + 1
        held: list[str]
        if kind.startswith("thousands"):
            held = self.thousands.setdefault(kind[-1], [])
        else:
            held = getattr(self, kind)
        if len(held) < _SHOWN and plain not in held:
            held.append(plain)


def _kind(plain: str) -> str:
    points, commas = plain.count("."), plain.count(",")
    grouped = _GROUPED.fullmatch(plain)
    if grouped is not None:
        sign = grouped["sign"]
        if sign in " '" or plain.count(sign) > 1:
            return f"thousands {sign}"
        word = "comma" if sign == "," else "point"
        return word if plain.startswith("0") else f"{word}_groups"
    if points == 1 and plain.rfind(".") > plain.rfind(","):
        return "point"
    return "comma" if commas == 1 and plain.rfind(",") > plain.rfind(".") else ""


def signs_of(texts: Iterable[str]) -> Signs:
    """Return how the numbers among texts are written."""
    signs = Signs()
    for text in texts:
        if looks_numeric(text):
            signs.take(text)
    return signs


def thousands_for(signs: Signs, decimal: str) -> str:
    """Return the thousands sign that goes with a decimal sign; empty where none is used."""
    other = "," if decimal == "." else "."
    groups = signs.comma_groups if decimal == "." else signs.point_groups
    if groups or other in signs.thousands:
        return other
    both = signs.comma if decimal == "," else signs.point
    if any(other in text for text in both):
        return other
    return next((sign for sign in (" ", "'") if sign in signs.thousands), "")


def read_number(text: str, *, decimal: str, thousands: str) -> Decimal | None:
    """Return the exact value of a number written with these signs, or None.

    Groups of thousands must be whole: ``1,23`` is no number where the comma parts thousands.
    """
    plain = _plain(text)
    if len(plain) > _MAX_LENGTH:
        return None
    sign = plain[:1] if plain[:1] in ("+", "-") else ""
    whole, mark, rest = plain.removeprefix(sign).partition(decimal)
    if thousands and thousands in whole:
        grouped = _GROUPED.fullmatch(whole)
        if grouped is None or grouped["sign"] != thousands:
            return None
        whole = whole.replace(thousands, "")
    if decimal != "." and "." in whole + rest:
        return None
    return plain_decimal(f"{sign}{whole}{'.' if mark else ''}{rest}")
