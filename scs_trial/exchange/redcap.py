"""REDCap data: a row for each trial, and one instance of a repeating form for each check-in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.diary_cells import guarded
from scs_trial.exchange.export_model import ExportModel
from scs_trial.exchange.redcap_fields import (
    CHECK_IN,
    COMPLETE,
    EVENT,
    INSTANCE,
    INSTRUMENT,
    KEYS,
    RECORD,
    SETUP,
    Layout,
    fields_of,
    layout_of,
)

OUTSIDE = 1000
"""Instances from here on are days that the event does not count from 1 (the placement date)."""
Row = Mapping[str, str]


def columns_of(layout: Layout) -> tuple[str, ...]:
    """Return the heads of the data, each form followed by its status."""
    fields = fields_of(layout, pseudonymised=True)[1:]
    setup = [field.name for field in fields if field.form == SETUP]
    check_in = [field.name for field in fields if field.form == CHECK_IN]
    return (*KEYS, *setup, f"{SETUP}_complete", *check_in, f"{CHECK_IN}_complete")


def write_data(model: ExportModel) -> str:
    """Return the data as CSV, to be imported after its dictionary."""
    layout = layout_of(model)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns_of(layout), restval="")
    writer.writeheader()
    arms: Counter[str] = Counter()
    for one in model.trials:
        arms[one.patient] += 1
        for row in _trial_rows(guarded(one.patient), one.diary, arm=arms[one.patient]):
            writer.writerow(row)
    return out.getvalue()


def instance_of(day_number: int, phase: Phase) -> int:
    """Return the instance: the trial day, or the days before placement of a baseline check-in."""
    distance = day_number if phase is Phase.TRIAL else -day_number
    return distance if distance >= 1 else OUTSIDE - distance


def _trial_rows(patient: str, diary: Diary, *, arm: int) -> Iterator[Row]:
    regions = sorted({held.item for day in diary.days for held in day.values if held.item})
    event = f"baseline_arm_{arm}"
    yield {RECORD: patient, EVENT: event, **_setup(diary, regions), f"{SETUP}_complete": COMPLETE}
    for day in sorted(diary.days, key=lambda day: (day.phase, day.day)):
        if says_something(day):
            yield {
                RECORD: patient,
                EVENT: f"{day.phase}_arm_{arm}",
                INSTRUMENT: CHECK_IN,
                INSTANCE: str(instance_of(diary.day_number(day.day), day.phase)),
                **_check_in(day, regions),
                f"{CHECK_IN}_complete": COMPLETE,
            }


def says_something(day: DiaryDay) -> bool:
    """Return whether a check-in holds anything that a diary holds."""
    return bool(day.values or day.missed or day.stimulation_off or day.program or day.note)


def _setup(diary: Diary, regions: list[str]) -> dict[str, str]:
    cells = {
        "trial_start": diary.trial_start.isoformat(),
        "planned_days": str(diary.planned_days),
        "trial_ended": _day(diary.trial_ended),
        "end_reason": diary.end_reason or "",
        "awaiting_diary": "1" if diary.awaiting_diary else "0",
        "pain_measure": diary.pain_measure,
    }
    for number, region in enumerate(regions, 1):
        cells[f"region_{number}"] = guarded(region)
    for number, (name, answer) in enumerate(sorted(diary.confirmations.items()), 1):
        cells[f"confirmed_{number}_name"] = guarded(name)
        cells[f"confirmed_{number}"] = "1" if answer else "0"
    return cells


def _check_in(day: DiaryDay, regions: list[str]) -> dict[str, str]:
    cells = {
        "checkin_date": day.day.isoformat(),
        "missed": "1" if day.missed else "0",
        "stimulation_off": "" if day.phase is Phase.BASELINE else str(int(day.stimulation_off)),
        "program": guarded(day.program or ""),
        "recorded_at": _moment(day.recorded_at),
        "note": guarded(day.note or ""),
    }
    for series, value in day.values.items():
        cells[_field(series, regions)] = format(value, "f")
    return cells


def _field(series: Series, regions: list[str]) -> str:
    if series.item is None:
        return series.code
    return f"{series.code}_r{regions.index(series.item) + 1}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.replace(microsecond=0).isoformat(" ")
