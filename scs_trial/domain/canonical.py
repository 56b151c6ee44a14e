"""One spelling for everything that the audit trail and signatures hash or compare."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any
from uuid import UUID

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def instant_text(value: datetime) -> str:
    """Return an aware instant as UTC text of fixed width with microseconds."""
    if value.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def canonical(value: object) -> str:
    """Return JSON text: sorted keys, no blanks, numbers as decimal strings, texts in NFC."""
    return unicodedata.normalize("NFC", _ENCODER.encode(_plain(value)))


def _plain(value: Any) -> Any:
    kind = type(value)
    spell = _SPELL.get(kind)
    if spell is None:
        spell = _SPELL[kind] = _learn(kind)
    return spell(value)


def _as_it_is(value: Any) -> Any:
    return value


def _moment(value: datetime) -> str:
    return instant_text(value) if value.tzinfo else value.isoformat(timespec="microseconds")


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): _plain(held) for key, held in value.items()}


def _list(value: Any) -> list[Any]:
    return [_plain(held) for held in value]


def _set(value: Any) -> list[Any]:
    return sorted(_plain(held) for held in value)


_SPELL: dict[type, Callable[[Any], Any]] = {
    type(None): _as_it_is,
    bool: _as_it_is,
    str: _as_it_is,
    int: str,
    Decimal: str,
    Fraction: str,
    UUID: str,
    datetime: _moment,
    date: date.isoformat,
}
"""How each type is spelled; learned once for enumerations, dataclasses and containers."""


def _learn(kind: type) -> Callable[[Any], Any]:
    if issubclass(kind, (str, int)):  # an enumeration gives its value
        return str
    if is_dataclass(kind):
        return _by_fields(kind)
    for group, spell in ((Mapping, _mapping), ((tuple, list), _list), ((set, frozenset), _set)):
        if issubclass(kind, group):
            return spell
    raise TypeError(f"no canonical form for {kind.__name__}")


def _by_fields(kind: Any) -> Callable[[Any], Any]:
    getters = [(field.name, attrgetter(field.name)) for field in fields(kind)]
    return lambda value: {name: _plain(get(value)) for name, get in getters}
