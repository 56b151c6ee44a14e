"""Values of the record as plain JSON and back: every field, one spelling for each value.

What is read must be spelled as it would be written, so that nothing is lost or guessed.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import ProgramChange, Trial

T = TypeVar("T")

LONGEST_TEXT = 1_000_000
"""Characters of one text."""
LONGEST_PAGE = 16_000_000
"""Signs of one page as signed, in base 64."""
LARGEST_NUMBER = 10**9
_LONGEST_DECIMAL = 60
_LEFT_OUT: Mapping[type, frozenset[str]] = {
    Patient: frozenset(("version", "merged_into", "entered_in_error")),
    Trial: frozenset(("version",)),
    SafetyEvent: frozenset(("version",)),
}
"""Counters that guard against two people editing at once, and marks of patients in no list."""
_LOCAL: Mapping[type, frozenset[str]] = {
    Trial: frozenset(("lead_removal_planned_at", "lead_removed_at")),
    ProgramChange: frozenset(("from_when",)),
}
"""Clinic-local times; every other time is an instant."""


class CodecError(ValueError):
    """A value that can't be read.

    Parameters
    ----------
    path
        Where it stands, e.g. ``trials[0].trial.planned_days``; holds no value.
    reason
        What is wrong, for the person with the file.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


def encode(value: Any) -> Any:  # noqa: PLR0911  (one return for each kind of value)
    """Return a value of the domain as plain JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo is None else _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return [_score(series, number) for series, number in sorted(value.items(), key=_by_name)]
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, (UUID, Decimal, StrEnum)):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def decode(kind: type[T], raw: Any, path: str = "") -> T:
    """Return the dataclass that plain JSON describes.

    Raises
    ------
    CodecError
        A field is missing, unknown, of another type or spelled otherwise.
    """
    made: T = _decode(kind, raw, path)
    return made


def _decode(kind: Any, raw: Any, path: str) -> Any:
    names = _names(kind)
    if not isinstance(raw, dict):
        raise CodecError(path, "is no object")
    for name in (*(name for name in names if name not in raw), *(raw.keys() - set(names))):
        reason = "is missing" if name not in raw else "is unknown"
        raise CodecError(_join(path, name), reason)
    hints = _hints(kind)
    local = _LOCAL.get(kind, frozenset())
    return kind(
        **{
            name: _value(hints[name], raw[name], _join(path, name), local=name in local)
            for name in names
        }
    )


def _value(  # noqa: PLR0911  (one return for each kind of value)
    hint: Any, raw: Any, path: str, *, local: bool
) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        return None if raw is None else _value(inner, raw, path, local=local)
    if origin is tuple:
        inner = get_args(hint)[0]
        return tuple(
            _value(inner, one, f"{path}[{place}]", local=local)
            for place, one in enumerate(_list(raw, path))
        )
    if origin is Mapping:
        return _scores(raw, path)
    if is_dataclass(hint):
        return _decode(hint, raw, path)
    if hint is datetime:
        return _moment(raw, path, local=local)
    if issubclass(hint, StrEnum):
        return _spelled(hint, raw, path, "is none of the known words")
    return _SCALARS[hint](raw, path)


def _text(raw: Any, path: str) -> str:
    if type(raw) is not str:
        raise CodecError(path, "is no text")
    if len(raw) > LONGEST_TEXT:
        raise CodecError(path, f"is longer than {LONGEST_TEXT} characters")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in raw):
        raise CodecError(path, "holds a control character")
    return raw


def _integer(raw: Any, path: str) -> int:
    if type(raw) is not int or abs(raw) > LARGEST_NUMBER:
        raise CodecError(path, "is no whole number of a reasonable size")
    return raw


def _truth(raw: Any, path: str) -> bool:
    if type(raw) is not bool:
        raise CodecError(path, "is neither true nor false")
    return raw


def _decimal(raw: Any, path: str) -> Decimal:
    number: Decimal = _spelled(Decimal, raw, path, "is no decimal number written as a text")
    if not number.is_finite() or len(raw) > _LONGEST_DECIMAL:
        raise CodecError(path, "is no decimal number of a reasonable size")
    return number


def _page(raw: Any, path: str) -> bytes:
    reason = "is no page in base 64"
    if type(raw) is not str or len(raw) > LONGEST_PAGE:
        raise CodecError(path, reason)
    try:
        page = base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CodecError(path, reason) from error
    if encode(page) != raw:
        raise CodecError(path, f"{reason}, or is not in its usual form")
    return page


def _identity(raw: Any, path: str) -> UUID:
    identity: UUID = _spelled(UUID, raw, path, "is no id")
    return identity


def _day(raw: Any, path: str) -> date:
    day: date = _spelled(date.fromisoformat, raw, path, "is no date such as 2026-11-22")
    return day


_SCALARS: Mapping[type, Callable[[Any, str], Any]] = {
    str: _text,
    int: _integer,
    bool: _truth,
    Decimal: _decimal,
    UUID: _identity,
    date: _day,
    bytes: _page,
}


def _moment(raw: Any, path: str, *, local: bool) -> datetime:
    moment: datetime = _spelled(datetime.fromisoformat, raw, path, "is no time in ISO 8601")
    if (moment.tzinfo is None) is not local:
        raise CodecError(path, "needs no zone" if local else "needs the zone Z")
    return moment


def _spelled(read: Callable[[str], Any], raw: Any, path: str, reason: str) -> Any:
    if type(raw) is not str or len(raw) > LONGEST_TEXT:
        raise CodecError(path, reason)
    try:
        value = read(raw)
        same = encode(value) == raw
    except (ValueError, InvalidOperation, OverflowError) as error:
        raise CodecError(path, reason) from error
    if not same:
        raise CodecError(path, f"{reason}, or is not in its usual form")
    return value


def _scores(raw: Any, path: str) -> dict[Series, Decimal]:
    values: dict[Series, Decimal] = {}
    for place, one in enumerate(_list(raw, path)):
        here = f"{path}[{place}]"
        if not isinstance(one, dict) or one.keys() != {"measure", "item", "value"}:
            raise CodecError(here, "needs measure, item and value")
        item = None if one["item"] is None else _text(one["item"], f"{here}.item")
        series = Series(_text(one["measure"], f"{here}.measure"), item)
        if series in values or item == "":
            raise CodecError(here, "stands twice or has an empty item")
        values[series] = _decimal(one["value"], f"{here}.value")
    return values


def _score(series: Series, number: Decimal) -> dict[str, str | None]:
    return {"measure": series.code, "item": series.item, "value": str(number)}


def _by_name(entry: tuple[Series, Decimal]) -> tuple[str, str]:
    return entry[0].code, entry[0].item or ""


def _list(raw: Any, path: str) -> list[Any]:
    if not isinstance(raw, list):
        raise CodecError(path, "is no list")
    return raw


def _join(path: str, name: str) -> str:
    shown = name if name.isidentifier() and len(name) < 40 else "?"
    return f"{path}.{shown}" if path else shown


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@cache
def _names(kind: Any) -> tuple[str, ...]:
    left_out = _LEFT_OUT.get(kind, frozenset())
    return tuple(field.name for field in fields(kind) if field.name not in left_out)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
