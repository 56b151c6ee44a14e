"""Writing the diary CSV so that reading it gives back the same trials, digit by digit.

Source: the evaluation specification, section 9. Text that a spreadsheet would take for a formula is
preceded by an apostrophe, which the reader takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.exchange.diary_cells import guarded
from scs_trial.exchange.diary_columns import CONFIRM_PREFIX, DAY_COLUMNS, REQUIRED, TRIAL_COLUMNS
from scs_trial.exchange.diary_trials import PatientDiary


def write_diary(trials: Iterable[PatientDiary], *, catalogue: Catalogue) -> str:
    """Return the diary CSV of some trials.

    Parameters
    ----------
    trials
        Patients and their trials. One without check-ins gets an empty row on the placement date.
    catalogue
        Gives the order of the measure columns.

    Returns
    -------
    str
        Comma-separated, CRLF line ends, a column for each measure, region and confirmation that
        any trial holds. Numbers keep the digits with which they were recorded.
    """
    held = list(trials)
    series = _series(held, catalogue)
    confirmations = sorted({name for _, diary in held for name in diary.confirmations})
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        [
            *REQUIRED,
            *TRIAL_COLUMNS,
            *DAY_COLUMNS,
            *map(str, series),
            *(f"{CONFIRM_PREFIX}{name}" for name in confirmations),
        ]
    )
    for patient, diary in held:
        empty = DiaryDay(day=diary.trial_start, phase=Phase.TRIAL)
        for place, day in enumerate(diary.days or (empty,)):
            answers = [_answer(diary, name) if place == 0 else "" for name in confirmations]
            writer.writerow([*_row(patient, diary, day, series), *answers])
    return out.getvalue()


def _series(trials: Sequence[PatientDiary], catalogue: Catalogue) -> list[Series]:
    found = {series for _, diary in trials for day in diary.days for series in day.values}
    return catalogue.in_order(found)


def _row(patient: str, diary: Diary, day: DiaryDay, series: Sequence[Series]) -> list[str]:
    numbers = (day.values.get(one) for one in series)
    return [
        guarded(patient),
        diary.trial_start.isoformat(),
        day.day.isoformat(),
        str(diary.planned_days),
        _iso(diary.trial_ended),
        diary.end_reason or "",
        "yes" if diary.awaiting_diary else "",
        diary.pain_measure,
        day.phase,
        "yes" if day.missed else "",
        "yes" if day.stimulation_off else "",
        guarded(day.program or ""),
        _iso(day.recorded_at),
        guarded(day.note or ""),
        *("" if number is None else format(number, "f") for number in numbers),
    ]


def _iso(moment: date | None) -> str:
    return "" if moment is None else moment.isoformat()


def _answer(diary: Diary, name: str) -> str:
    answer = diary.confirmations.get(name)
    return "" if answer is None else ("yes" if answer else "no")
