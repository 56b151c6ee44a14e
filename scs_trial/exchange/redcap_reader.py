"""Reading REDCap data back: each row becomes a row of a diary file, which is then read as one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.diary_columns import (
    CONFIRM_PREFIX,
    DAY_COLUMNS,
    REQUIRED,
    TRIAL_COLUMNS,
    RowFault,
)
from scs_trial.exchange.diary_csv import IMPORT_LIMIT_BYTES, DiaryFile, read_diary
from scs_trial.exchange.redcap_fields import CHECK_IN, EVENT, INSTRUMENT, KEYS, RECORD

_EVENT = re.compile(r"(baseline|trial)_arm_([1-9][0-9]{0,3})")
_REGION = re.compile(r"(?P<code>.+)_r(?P<number>[1-9][0-9]?)")
_CONFIRMED = re.compile(r"confirmed_([1-9][0-9]?)")

Row = Mapping[str, str]


class _Placed(NamedTuple):
    """A row of the file with its number, its phase and the arm of its record."""

    number: int
    phase: str
    arm: tuple[str, str]
    cells: Row


def looks_like_redcap(data: bytes) -> bool:
    """Return whether the first two columns are those of a longitudinal REDCap export."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(f"{KEYS[0]},{KEYS[1]},".encode())


def read_redcap(data: bytes, *, catalogue: Catalogue) -> DiaryFile:
    """Return the diaries of REDCap data as `scs_trial.exchange.redcap` writes it.

    Faults name the row of the REDCap file and the diary column that its field stands for.
    """
    if len(data) > IMPORT_LIMIT_BYTES:
        return read_diary(io.BytesIO(data), catalogue=catalogue, limit_bytes=IMPORT_LIMIT_BYTES)
    try:
        rows, faults = _placed(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, csv.Error) as error:
        reason = f"The file can't be read as CSV in UTF-8 ({type(error).__name__})."
        return DiaryFile(faults=(RowFault(0, "", reason),), readable=False)
    setups = {row.arm: row.cells for row in rows if not row.cells.get(INSTRUMENT)}
    faults += [
        RowFault(row.number, EVENT, "has no row with the placement date of its trial")
        for row in rows
        if row.arm not in setups
    ]
    if faults:
        return DiaryFile(faults=tuple(faults), readable=False)
    days = [row for row in rows if row.cells.get(INSTRUMENT)]
    with_days = {row.arm for row in days}
    days += [row for row in rows if row.arm not in with_days]
    made = [_diary_row(row, setups[row.arm], catalogue) for row in days]
    return _read(made, [row.number for row in days], catalogue)


def _placed(text: str) -> tuple[list[_Placed], list[RowFault]]:
    rows: list[_Placed] = []
    faults: list[RowFault] = []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = reader.fieldnames or ()
    if not set(KEYS) <= set(names) or len(set(names)) != len(names):
        return [], [RowFault(1, "", f"needs the columns {', '.join(KEYS)}, each column once")]
    for number, cells in enumerate(reader, 2):
        if None in cells or None in cells.values():
            faults.append(RowFault(number, "", "has not as many cells as the header"))
            continue
        event = _EVENT.fullmatch(cells[EVENT])
        if event is None:
            faults.append(RowFault(number, EVENT, "is no event such as trial_arm_1"))
        elif cells.get(INSTRUMENT, "") not in ("", CHECK_IN):
            faults.append(RowFault(number, INSTRUMENT, f"is not {CHECK_IN}"))
        else:
            arm = (cells[RECORD], event[2])
            rows.append(_Placed(number, event[1], arm, cells))
    return rows, faults


def _diary_row(row: _Placed, setup: Row, catalogue: Catalogue) -> dict[str, str]:
    cells = row.cells
    made = {name: setup[name] for name in TRIAL_COLUMNS if name in setup}
    made |= {"patient": cells[RECORD], "trial_start": setup.get("trial_start", "")}
    made |= _confirmations(setup)
    if not cells.get(INSTRUMENT):
        return made | {"date": made["trial_start"], "phase": Phase.TRIAL}
    made |= {"date": cells.get("checkin_date", ""), "phase": row.phase}
    for name, cell in cells.items():
        if cell and name in DAY_COLUMNS:
            made[name] = cell
        elif cell and (column := _series(name, setup, catalogue)):
            made[column] = cell
    return made


def _series(name: str, setup: Row, catalogue: Catalogue) -> str:
    """Return the diary column of a score's field; empty for every other field."""
    if name in catalogue:
        return name
    found = _REGION.fullmatch(name)
    if found is None or found["code"] not in catalogue:
        return ""
    region = setup.get(f"region_{found['number']}", "")
    return f"{found['code']}[{region}]"


def _confirmations(setup: Row) -> dict[str, str]:
    made = {}
    for field, cell in setup.items():
        found = _CONFIRMED.fullmatch(field)
        name = setup.get(f"{field}_name", "")
        if found is not None and name:
            made[f"{CONFIRM_PREFIX}{name}"] = cell
    return made


def _read(rows: Iterable[Mapping[str, str]], numbers: list[int], catalogue: Catalogue) -> DiaryFile:
    """Read the rows as a diary file and name the rows of the REDCap file again."""
    held = list(rows)
    known = (*REQUIRED, *TRIAL_COLUMNS, *DAY_COLUMNS)
    more = {name: None for row in held for name in row if name not in known}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, (*known, *more), restval="")
    writer.writeheader()
    writer.writerows(held)
    found = read_diary(io.BytesIO(out.getvalue().encode()), catalogue=catalogue)

    def original(row: int) -> int:
        return numbers[row - 2] if 2 <= row < len(numbers) + 2 else 0

    return DiaryFile(
        trials=found.trials,
        faults=tuple(fault._replace(row=original(fault.row)) for fault in found.faults),
        readable=found.readable,
        rows=found.rows,
        dropped_rows=found.dropped_rows,
        check_in_rows={place: original(row) for place, row in found.check_in_rows.items()},
    )
