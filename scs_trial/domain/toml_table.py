"""Reading TOML tables key by key, noting every fault instead of stopping at the first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from scs_trial.domain.written import MAX_DIGITS

_MAX_MAGNITUDE = 18


class Fault(NamedTuple):
    """One thing that is wrong with a file, or worth a warning.

    ``key`` is the path of the key, list places counted from 1: ``rule.all[2].measure``.
    """

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        """Return the fault as one line of text."""
        return (
            f"{self.file}: {self.key}: {self.reason}" if self.key else f"{self.file}: {self.reason}"
        )


@dataclass(slots=True)
class Findings:
    """Faults and warnings of one file, in the order in which they were met."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(self, key: str, reason: str) -> None:
        """Note a fault: the file is refused."""
        self.faults.append(Fault(self.file, key, reason))

    def warn(self, key: str, reason: str) -> None:
        """Note a warning: the file is read."""
        self.warnings.append(Fault(self.file, key, reason))


@dataclass(frozen=True, slots=True)
class UnreadableNumber:
    """A TOML number that is no usable decimal; the reason says why."""

    reason: str


def _exact(text: str) -> Decimal | UnreadableNumber:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return UnreadableNumber(f"{text} is out of bounds")
    return _bounded(value, text)


def _bounded(value: Decimal, text: str) -> Decimal | UnreadableNumber:
    if not value.is_finite():
        return UnreadableNumber(f"{text} is not a number")
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    if len(digits) > MAX_DIGITS:
        return UnreadableNumber(f"has more than {MAX_DIGITS} significant digits")
    if value and abs(value.adjusted()) > _MAX_MAGNITUDE:
        return UnreadableNumber(f"{text} is out of bounds")
    return value


def parse_toml(text: str) -> dict[str, object]:
    """Return the tables of a TOML text, fractions as exact decimals.

    Raises
    ------
    ValueError, RecursionError
        When the text is no TOML (``tomllib.TOMLDecodeError`` is a ValueError).
    """
    return tomllib.loads(text, parse_float=_exact)


def describe_type(value: object) -> str:
    """Return what a TOML value is, for messages."""
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        ((int, Decimal, UnreadableNumber), "a number"),
        (Mapping, "a table"),
        (list, "a list"),
        (date, "a date"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "a time")


class Table:
    """One TOML table: keys are taken out one by one, what is left over is unknown.

    Parameters
    ----------
    data
        The table.
    path
        Key path of the table, empty for the root.
    findings
        Where faults and warnings are noted.
    """

    def __init__(self, data: Mapping[str, object], path: str, findings: Findings) -> None:
        self._data = dict(data)
        self._path = path
        self.findings = findings

    def key_path(self, key: str) -> str:
        """Return the full path of a key of this table."""
        return ".".join(part for part in (self._path, key) if part)

    def fault(self, key: str, reason: str) -> None:
        """Note a fault at a key of this table (at the table itself when the key is empty)."""
        self.findings.fault(self.key_path(key), reason)

    def warn(self, key: str, reason: str) -> None:
        """Note a warning at a key of this table."""
        self.findings.warn(self.key_path(key), reason)

    def left(self) -> tuple[str, ...]:
        """Return the keys that were not taken yet."""
        return tuple(self._data)

    def __contains__(self, key: str) -> bool:
        """Return True while the key is there and was not taken."""
        return key in self._data

    def take(self, key: str) -> object:
        """Take a value out; None when there is none."""
        return self._data.pop(key, None)

    def _required(self, key: str) -> object:
        if key not in self._data:
            self.fault(key, "is missing")
        return self.take(key)

    def _wrong(self, key: str, wanted: str, value: object) -> None:
        self.fault(key, f"must be {wanted}, not {describe_type(value)}")

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None when the key is absent or faulty."""
        return self.text(key) if key in self._data else None

    def text(self, key: str, *, empty: bool = False) -> str | None:
        """Return a required text on one line, outer spaces removed; None when faulty."""
        value = self._required(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong(key, "a text", value)
            return None
        value = value.strip()
        if not value and not empty:
            self.fault(key, "is empty")
            return None
        if not value.isprintable():
            self.fault(key, "holds a control character or a line break")
            return None
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false; the default when absent or faulty."""
        if key not in self._data:
            return default
        value = self.take(key)
        if not isinstance(value, bool):
            self._wrong(key, "true or false", value)
            return default
        return value

    def whole(self, key: str, *, low: int, high: int = 10**6, required: bool = True) -> int | None:
        """Return a whole number within bounds; None when absent or faulty."""
        if key not in self._data and not required:
            return None
        value = self._required(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            wanted = "a whole number"
            if isinstance(value, Decimal | UnreadableNumber):
                self.fault(key, f"must be {wanted}")
            else:
                self._wrong(key, wanted, value)
            return None
        if not low <= value <= high:
            self.fault(key, f"must be at least {low}" if value < low else f"must be at most {high}")
            return None
        return value

    def number(self, key: str) -> Decimal | None:
        """Return a required number exactly as written; None when faulty."""
        value = self._required(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = _bounded(Decimal(value), "the number")
        if isinstance(value, UnreadableNumber):
            self.fault(key, value.reason)
            return None
        if not isinstance(value, Decimal):
            self._wrong(key, "a number", value)
            return None
        return value

    def choice(self, key: str, names: Sequence[str]) -> str | None:
        """Return a required text that is one of several; None when faulty."""
        value = self.text(key)
        if value is not None and value not in names:
            self.fault(key, f"{value!r} is none of {', '.join(names)}")
            return None
        return value

    def day(self, key: str) -> date | None:
        """Return a required date (``2026-11-22``, without quotes); None when faulty."""
        value = self._required(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self._wrong(key, "a date such as 2026-11-22, without quotes and time", value)
            return None
        return value

    def table(self, key: str, *, required: bool = True) -> Table | None:
        """Return a sub-table; None when absent or faulty."""
        if key not in self._data and not required:
            return None
        value = self._required(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(key, "a table", value)
            return None
        return Table(value, self.key_path(key), self.findings)

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a list (``[[key]]``); faulty entries are noted and left out."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(key, "a list of tables", value)
            return []
        found = []
        for place, entry in enumerate(value, 1):
            path = f"{key}[{place}]"
            if isinstance(entry, dict):
                found.append(Table(entry, self.key_path(path), self.findings))
            else:
                self._wrong(path, "a table", entry)
        return found

    def finish(self) -> None:
        """Note every key that nobody took as unknown."""
        for key in self._data:
            self.fault(key, "is an unknown key")
        self._data.clear()
