"""The long table: one row for each patient, trial, phase, date, measure and region."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import DiaryDay
from scs_trial.exchange.diary_cells import guarded
from scs_trial.exchange.export_model import ExportedTrial, ExportModel

DERIVED = "derived"
"""How a value was obtained that nobody entered: MME from the medication list."""
LONG_COLUMNS = (
    "patient",
    "trial_start",
    "phase",
    "date",
    "day_number",
    "measure",
    "item",
    "value",
    "unit",
    "how_obtained",
    "recorded_at",
)
Cell = str | int | date | datetime | Decimal | None


def long_rows(model: ExportModel) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows under `LONG_COLUMNS`; a missing score has no row."""
    for one in model.trials:
        for day, check_in in zip(one.diary.days, one.check_ins, strict=True):
            for held in model.catalogue.in_order(day.values):
                entered = held in check_in.values
                yield (
                    *_place(one, day),
                    held.code,
                    held.item or "",
                    day.values[held],
                    model.catalogue[held.code].unit,
                    _how(check_in) if entered else DERIVED,
                    day.recorded_at if entered else None,
                )


DAY_COLUMNS = (
    *LONG_COLUMNS[:5],
    "missed",
    "stimulation_off",
    "program",
    "how_obtained",
    "recorded_at",
    "helped",
    "triggered",
    "note",
)


def day_rows(model: ExportModel) -> Iterator[tuple[Cell, ...]]:
    """Yield a row under `DAY_COLUMNS` for each check-in, with what is no score."""
    for one in model.trials:
        for day, check_in in zip(one.diary.days, one.check_ins, strict=True):
            yield (
                *_place(one, day),
                "yes" if day.missed else "",
                "yes" if day.stimulation_off else "",
                day.program or "",
                _how(check_in),
                day.recorded_at,
                check_in.helped,
                check_in.triggered,
                check_in.note,
            )


def write_long(model: ExportModel) -> str:
    """Return the long table as CSV: comma, CRLF, numbers with the digits that were recorded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(LONG_COLUMNS)
    writer.writerows([_text(cell) for cell in row] for row in long_rows(model))
    return out.getvalue()


def _place(one: ExportedTrial, day: DiaryDay) -> tuple[Cell, ...]:
    start = one.diary.trial_start
    return (one.patient, start, day.phase.value, day.day, one.diary.day_number(day.day))


def _how(check_in: CheckIn) -> str:
    return "" if check_in.how_obtained is None else check_in.how_obtained.value


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else guarded(cell) if isinstance(cell, str) else str(cell)
