"""Statements that are spelled once and then go straight to the driver.

SQLAlchemy's cost for each execution (0.1 to 0.2 ms) is several times what the database itself needs
for a small indexed read or insert. A `Prepared` statement is written with the tables like any
other, compiled once, and run on the driver's own connection inside the transaction that is open.
Values go through the column types both ways, and errors are translated as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Select, UpdateBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlcipher3 import dbapi2

from scs_trial.data import faults

Process = Callable[[Any], Any]
Row = dict[str, Any]
Statement = Select[Any] | UpdateBase
Values = Mapping[str, Any]
_KEPT = 512
"""Statements; the program has fewer."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value of the caller goes; ``at`` counts within a list."""

    name: str
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """The SQL text for one set of names and list lengths, and how its marks are filled."""

    text: str
    marks: tuple[tuple[_Slot | None, Any, Process | None], ...]
    """Slot (None: a constant), the constant, and what turns the value into the stored one."""

    def filled(self, values: Values) -> list[Any]:
        """Return the values in the order of the marks."""
        given = []
        for slot, constant, process in self.marks:
            if slot is None:
                value = constant
            elif slot.at is None:
                value = values[slot.name]
            else:
                value = values[slot.name][slot.at]
            given.append(value if process is None else process(value))
        return given


@dataclass(slots=True)
class Prepared:
    """A statement with everything that is known of it before its values are."""

    statement: Statement
    _spellings: dict[tuple[Any, ...], _Spelling] = field(default_factory=dict)
    _names: tuple[str, ...] | None = None
    _converted: tuple[tuple[int, Process], ...] = ()

    def rows(self, connection: Connection, values: Values) -> list[Row]:
        """Return every row by column name."""
        names = self._columns(connection.dialect)
        found = self._run(connection, values).fetchall()
        if not self._converted:
            return [dict(zip(names, row, strict=True)) for row in found]
        return [dict(zip(names, self._read(row), strict=True)) for row in found]

    def tuples(self, connection: Connection, values: Values) -> list[list[Any]]:
        """Return every row as a list of its columns."""
        self._columns(connection.dialect)
        return [self._read(row) for row in self._run(connection, values).fetchall()]

    def write(self, connection: Connection, values: Values) -> int:
        """Insert or change one row; return the number that the database gave a new one."""
        return int(self._run(connection, values).lastrowid or 0)

    def write_all(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Insert rows that all have the same columns."""
        spelling = self._spelling(connection.dialect, rows[0])
        _driven(connection, spelling.text, [spelling.filled(row) for row in rows], many=True)

    def _run(self, connection: Connection, values: Values) -> Any:
        values = {
            name: _padded(value) if type(value) is list else value for name, value in values.items()
        }
        spelling = self._spelling(connection.dialect, values)
        return _driven(connection, spelling.text, spelling.filled(values))

    def _read(self, row: Sequence[Any]) -> list[Any]:
        read = list(row)
        for at, process in self._converted:
            if read[at] is not None:
                read[at] = process(read[at])
        return read

    def _columns(self, dialect: Dialect) -> tuple[str, ...]:
        if self._names is None:
            columns = cast("Select[Any]", self.statement).selected_columns
            processes = [_result(column.type, dialect) for column in columns]
            self._converted = tuple((at, held) for at, held in enumerate(processes) if held)
            self._names = tuple(str(column.key) for column in columns)
        return self._names

    def _spelling(self, dialect: Dialect, values: Values) -> _Spelling:
        key = tuple(
            (name, len(value)) if type(value) is list else name for name, value in values.items()
        )
        spelling = self._spellings.get(key)
        if spelling is None:
            spelling = self._spellings[key] = _spell(self.statement, dialect, values)
        return spelling


@lru_cache(maxsize=_KEPT)
def prepared(statement: Statement) -> Prepared:
    """Return the one prepared form of a statement that a module keeps.

    For statements that stand in a module; one that is built for a call would be compiled each time.
    """
    return Prepared(statement)


def drive(connection: Connection, text: str) -> list[Any]:
    """Run SQL text without values and return its rows as the database gives them."""
    return cast("list[Any]", _driven(connection, text, ()).fetchall())


def _driven(connection: Connection, text: str, values: Iterable[Any], *, many: bool = False) -> Any:
    driver: Any = connection.connection.driver_connection
    try:
        return driver.executemany(text, values) if many else driver.execute(text, values)
    except (dbapi2.Error, UnicodeEncodeError) as error:
        better = faults.translate(error)
        if better is None:
            better = DBAPIError.instance(text, None, error, dbapi2.Error, hide_parameters=True)
        raise better from None  # the original may quote values


def _spell(statement: Statement, dialect: Dialect, values: Values) -> _Spelling:
    slots: dict[str, Any] = {
        name: [_Slot(name, at) for at in range(len(value))] if type(value) is list else _Slot(name)
        for name, value in values.items()
    }
    names = None if isinstance(statement, Select) else list(values)
    compiled = statement.compile(dialect=dialect, column_keys=names)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only a statement with rows or values can be prepared")
    state = compiled.construct_expanded_state(slots)
    types = {name: bind.type for name, bind in compiled.binds.items()}
    marks = []
    for name, held in zip(state.positiontup or (), state.positional_parameters, strict=True):
        slot = held if isinstance(held, _Slot) else None
        kind = types.get(name) or types[cast(_Slot, slot).name]
        marks.append((slot, held, _bind(kind, dialect)))
    return _Spelling(text=state.statement, marks=tuple(marks))


def _bind(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    inner = kind.impl_instance if isinstance(kind, TypeDecorator) else None
    if inner is None or inner.dialect_impl(dialect).bind_processor(dialect) is not None:
        return kind.dialect_impl(dialect).bind_processor(dialect)
    store = cast("TypeDecorator[Any]", kind).process_bind_param
    return lambda value: store(value, dialect)  # one call less for each value


def _result(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    inner = kind.impl_instance if isinstance(kind, TypeDecorator) else None
    if inner is None or inner.dialect_impl(dialect).result_processor(dialect, None) is not None:
        return kind.dialect_impl(dialect).result_processor(dialect, None)
    read = cast("TypeDecorator[Any]", kind).process_result_value
    return lambda value: read(value, dialect)


def _padded(values: list[Any]) -> list[Any]:
    """Repeat the last id up to a power of two: few spellings, and the same rows are found."""
    missing = (1 << (len(values) - 1).bit_length()) - len(values) if values else 0
    return values + values[-1:] * missing
