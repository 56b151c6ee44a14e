"""One spelling for everything that the audit trail hashes or compares."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from scs_trial.data.types import instant_text


def canonical(value: object) -> str:
    """Return JSON text: sorted keys, no blanks, numbers as decimal strings, texts in NFC."""
    text = json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return unicodedata.normalize("NFC", text)


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (str, int, Decimal, UUID)):  # a StrEnum gives its value
        return str(value)
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return _plain_group(value)


def _plain_group(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(held) for held in value)
    if isinstance(value, (tuple, list)):
        return [_plain(held) for held in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")
