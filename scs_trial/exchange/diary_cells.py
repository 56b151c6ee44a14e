"""Cells of the diary CSV: each distinct text is read once, a faulty one gives its reason.

Source: the evaluation specification, sections 2 and 9.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Catalogue, Measure
from scs_trial.domain.written import MAX_DIGITS, plain_decimal, too_many_digits

T = TypeVar("T")

MAX_PLANNED_DAYS = 365
"""Longest planned trial that is taken for no slip of the pen."""

_YES = frozenset(("yes", "true", "1"))
_NO = frozenset(("no", "false", "0"))
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that can't be read, and why."""

    reason: str


class CellCache(dict[str, "T | Bad | None"], Generic[T]):
    """Meaning of each distinct cell text of a kind; None for a blank cell.

    Parameters
    ----------
    parse
        Reads a text that is not blank, outer spaces removed.
    """

    __slots__ = ("_parse",)

    def __init__(self, parse: Callable[[str], T | Bad]) -> None:
        super().__init__({"": None})
        self._parse = parse

    def __missing__(self, cell: str) -> T | Bad | None:
        """Read a text that was not met before."""
        text = cell.strip()
        value = self._parse(text) if text else None
        self[cell] = value
        return value


def shown(text: str) -> str:
    """Return a cell's text for a message: short, control characters and stray bytes escaped."""
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)


def number_in(measure: Measure, *, decimal_comma: bool) -> Callable[[str], Decimal | Bad]:
    """Return the reader of a measure's column.

    Parameters
    ----------
    measure
        Gives the range.
    decimal_comma
        True in files with semicolons: ``4,5`` is accepted besides ``4.5``. Numbers carry no
        thousands separator: ``1,500`` is one and a half.
    """

    def parse(text: str) -> Decimal | Bad:
        plain = text.replace(",", ".") if decimal_comma and "." not in text else text
        value = plain_decimal(plain)
        if value is None:
            if too_many_digits(plain):
                return Bad(f"has more than {MAX_DIGITS} significant digits")
            return Bad(f"'{shown(text)}' is not a number")
        if not measure.low <= value <= measure.high:
            return Bad(f"{shown(text)} lies outside {measure.low} to {measure.high}")
        return value

    return parse


def read_date(text: str) -> date | Bad:
    """Return an ISO 8601 date such as ``2026-11-22``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Bad(f"'{shown(text)}' is no date such as 2026-11-22")


def read_moment(text: str) -> datetime | Bad:
    """Return an ISO 8601 local date and time; an offset is dropped."""
    try:
        if "T" in text or " " in text:
            return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    return Bad(f"'{shown(text)}' is no date and time such as 2026-11-22T09:41")


def read_yes_no(text: str) -> bool | Bad:
    """Return True for yes, true, 1 and False for no, false, 0, in any case."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    return Bad(f"'{shown(text)}' is neither yes nor no")


def read_phase(text: str) -> Phase | Bad:
    """Return the phase that a cell names."""
    if text in tuple(Phase):
        return Phase(text)
    return Bad(f"'{shown(text)}' is none of {', '.join(Phase)}")


def read_end_reason(text: str) -> EndReason | Bad:
    """Return the reason for the end of a trial."""
    if text in tuple(EndReason):
        return EndReason(text)
    return Bad(f"'{shown(text)}' is none of {', '.join(EndReason)}")


def read_planned_days(text: str) -> int | Bad:
    """Return the number of the last planned day, 1 to `MAX_PLANNED_DAYS`."""
    if re.fullmatch(r"[0-9]{1,4}", text) is None:
        return Bad(f"'{shown(text)}' is no whole number of days")
    days = int(text)
    if not 1 <= days <= MAX_PLANNED_DAYS:
        return Bad(f"{days} lies outside 1 to {MAX_PLANNED_DAYS}")
    return days


def read_pain_measure(catalogue: Catalogue) -> Callable[[str], str | Bad]:
    """Return the reader of the trial's own pain measure."""
    names = tuple(code for code, measure in catalogue.items() if measure.per_region)

    def parse(text: str) -> str | Bad:
        return text if text in names else Bad(f"'{shown(text)}' is none of {', '.join(names)}")

    return parse


def read_name(text: str) -> str | Bad:
    """Return a name on one line (patient, program), composed (NFC)."""
    return _unguarded(unicodedata.normalize("NFC", text)) if text.isprintable() else _odd(text, "")


def read_note(text: str) -> str | Bad:
    """Return free text; line breaks and tabs are allowed."""
    return _unguarded(text) if text.isprintable() else _odd(text, "\n\r\t")


def _odd(text: str, allowed: str) -> str | Bad:
    for place, letter in enumerate(text, 1):
        if "\udc80" <= letter <= "\udcff":
            return Bad(f"is not UTF-8 (byte {ord(letter) - 0xDC00:02X} at character {place})")
        if unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed:
            return Bad(f"holds a control character (at character {place})")
    return _unguarded(text)


def _unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; reading it gives it back."""
    return f"'{text}" if _FORMULA.match(text) else text
