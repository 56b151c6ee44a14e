"""Dates as files write them, and in which order their parts stand: by evidence, or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from scs_trial.exchange.assistant.synonyms import plain_words, shipped_synonyms

_TIME = (
    r"(?:[ T,]+(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"\s*(?P<ap>[ap]\.?\s?m\.?)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_NUMERIC = re.compile(
    r"(?P<a>[0-9]{1,4})(?P<sep>[-/. ])(?P<b>[0-9]{1,2})(?P=sep)(?P<c>[0-9]{1,4})\.?" + _TIME,
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<mo>[0-9]{2})(?P<d>[0-9]{2})")
_NAMED = re.compile(
    r"(?P<d>[0-9]{1,2})\.?[ -]*(?:de )?[ -]*(?P<mo>[^\W\d]{3,12})\.?[ ,-]*(?:de )?(?P<y>[0-9]{4})"
    + _TIME,
    re.IGNORECASE,
)
_MAX_LENGTH = 64
_NOON = 12
_ENOUGH = 3
ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
"""Orders of the parts of a date, by the text of their answer."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: three numbers, a style, and the time of day if there is one.

    ``known`` is the order where the text itself tells it (a year of four digits in front, a month
    by name). ``padded`` says whether numbers below 10 have a leading zero; None: there are none.
    """

    parts: tuple[int, int, int]
    style: str
    clock: tuple[int, int, int] | None
    known: str = ""
    padded: bool | None = None

    def under(self, order: str) -> datetime | None:
        """Return the moment under an order (midnight without a time), or None: no such day."""
        order = self.known or order
        if len(order) != len(self.parts):
            return None
        named = dict(zip(order, self.parts, strict=True))
        year = named["y"]
        hour, minute, second = self.clock or (0, 0, 0)
        try:
            day = date(2000 + year if year < 100 else year, named["m"], named["d"])
            return datetime.combine(day, time(hour, minute, second))
        except ValueError:
            return None


def read_written(text: str) -> Written | None:
    """Return a date as it is written, or None where the text is none."""
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        return None
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        return _numeric(found)
    found = _COMPACT.fullmatch(text)
    if found is not None:
        return Written(_ints(found, "y", "mo", "d"), "compact", None, "ymd")
    found = _NAMED.fullmatch(text)
    if found is not None:
        month = shipped_synonyms().months.get(plain_words(found["mo"]))
        if month is not None:
            parts = (int(found["d"]), month, int(found["y"]))
            return Written(parts, "named", _time(found), "dmy")
    return None


def _ints(found: re.Match[str], *names: str) -> tuple[int, int, int]:
    first, second, third = (int(found[name]) for name in names)
    return first, second, third


def _numeric(found: re.Match[str]) -> Written | None:
    first, last = found["a"], found["c"]
    if len(first) == 3 or len(last) == 3 or (len(first) > 2 and len(last) > 2):
        return None
    clock = _time(found)
    style = found["sep"] + ("" if clock is None else "seconds" if found["s"] else "minutes")
    known = "ymd" if len(first) > 2 else ""
    small = [part for part in (first, found["b"]) if int(part) < 10]
    padded = any(part.startswith("0") for part in small) if small else None
    return Written(_ints(found, "a", "b", "c"), style, clock, known, padded)


def _time(found: re.Match[str]) -> tuple[int, int, int] | None:
    if found["h"] is None:
        return None
    hour = int(found["h"])
    if found["ap"]:
        hour = hour % _NOON + (_NOON if found["ap"].lower().startswith("p") else 0)
    return hour, int(found["m"]), int(found["s"] or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvidence:
    """What a column of dates says of its order.

    Attributes
    ----------
    order
        The order where the evidence settles it, empty where it must be asked.
    words
        The evidence in sentences.
    impossible
        Cells that are no day, by order.
    dates
        How many cells are dates.
    """

    order: str
    words: str
    impossible: Mapping[str, int]
    dates: int


def order_evidence(texts: Sequence[str]) -> OrderEvidence:
    """Return what the cells of a column, in the order of the rows, say of the order."""
    written = [found for text in texts if (found := read_written(text)) is not None]
    open_ones = [one for one in written if not one.known]
    if not open_ones:
        words = "Every date begins with the year or names its month." if written else "No dates."
        return OrderEvidence(order="ymd", words=words, impossible={}, dates=len(written))
    impossible = {order: sum(one.under(order) is None for one in open_ones) for order in ORDERS}
    back = {order: _steps_back(written, order) for order in ("dmy", "mdy")}
    same = all(one.under("dmy") == one.under("mdy") for one in open_ones)
    order = "dmy" if same else _settled(open_ones, written, impossible, back)
    words = _words(open_ones, texts, impossible, back, same=same)
    return OrderEvidence(order=order, words=words, impossible=impossible, dates=len(written))


def _settled(
    open_ones: Sequence[Written],
    written: Sequence[Written],
    impossible: Mapping[str, int],
    back: Mapping[str, int],
) -> str:
    possible = [order for order in ("dmy", "mdy") if not impossible[order]]
    if len(possible) == 1:
        order = possible[0]
        if not _mixed(open_ones):
            return order
        return order if not back[order] and _mixed_back(written, order) else ""
    if len(possible) == 2:
        first, other = sorted(possible, key=lambda one: back[one])
        return first if not back[first] and back[other] >= _ENOUGH else ""
    return ""


def _mixed(open_ones: Sequence[Written]) -> bool:
    """Return whether the dates of a column come from more than one way to write them."""
    paddings = {one.padded for one in open_ones} - {None}
    return len(paddings) > 1 or len({one.style for one in open_ones}) > 1


def _steps_back(written: Sequence[Written], order: str) -> int:
    """Return how often a date lies before the row above it; a falling file counts the other way."""
    return _steps(one.under(order) for one in written)


def _mixed_back(written: Sequence[Written], order: str) -> int:
    """Return the steps back if the days up to 12 stood in the other order than the rest."""
    other = "mdy" if order == "dmy" else "dmy"
    return _steps(one.under(other) or one.under(order) for one in written)


def _steps(moments: Iterable[datetime | None]) -> int:
    known = [moment for moment in moments if moment is not None]
    pairs = list(pairwise(known))
    falls = sum(later < earlier for earlier, later in pairs)
    rises = sum(later > earlier for earlier, later in pairs)
    return min(falls, rises)


def _words(
    open_ones: Sequence[Written],
    texts: Sequence[str],
    impossible: Mapping[str, int],
    back: Mapping[str, int],
    *,
    same: bool,
) -> str:
    if same:
        return "Day and month are the same number in every date."
    total = len(open_ones)
    said = [
        f"Read as {ORDERS[order]}: {impossible[order]} of {total} are no day, "
        f"{back[order]} steps against the order of the rows."
        for order in ("dmy", "mdy")
    ]
    if _mixed(open_ones):
        samples: dict[object, str] = {}
        for text in texts:
            found = read_written(text)
            if found is not None and not found.known and found.padded is not None:
                samples.setdefault((found.style, found.padded), text.strip())
        ways = ", ".join(list(samples.values())[:3])
        said.append(f"They are written in more than one way: {ways}.")
        possible = [order for order in ("dmy", "mdy") if not impossible[order]]
        if len(possible) == 1:
            mixed = _mixed_back(open_ones, possible[0])
            said.append(
                f"If days up to 12 stood in the other order: {mixed} steps against the rows."
            )
    return " ".join(said)
