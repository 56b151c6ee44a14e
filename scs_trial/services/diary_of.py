"""From the clinical record to what the evaluation sees: the same as a diary file would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import ConfirmationAnswer, ProgramChange, Trial
from scs_trial.services.local_time import to_local

MME = Series("mme")


def no_total(day: date) -> Decimal | None:
    """Return None: there is no medication list."""
    del day
    return None


def diary_of(
    trial: Trial,
    check_ins: Iterable[CheckIn],
    *,
    zone: ZoneInfo,
    programs: Sequence[ProgramChange] = (),
    daily_mme: Callable[[date], Decimal | None] = no_total,
    confirmations: Iterable[ConfirmationAnswer] = (),
    events: Iterable[SafetyEvent] = (),
) -> Diary | None:
    """Return the trial as the evaluation sees it, or None while it has no placement date.

    Parameters
    ----------
    trial, check_ins
        The trial with its live check-ins.
    zone
        The clinic's zone: the day of a call is the clinic's.
    programs
        The ledger; a check-in that names no program takes the one in force at the end of its day.
    daily_mme
        The medication list's total of a day, for days where none was entered. "Takes no opioids"
        gives 0.
    confirmations
        All answers, oldest first; the latest of each name counts.
    events
        The patient's safety events.
    """
    if trial.trial_start is None:
        return None
    ledger = sorted(programs, key=lambda change: change.from_when)
    return Diary(
        trial_start=trial.trial_start,
        planned_days=trial.planned_days,
        trial_ended=trial.trial_ended,
        end_reason=trial.end_reason,
        awaiting_diary=trial.awaiting_diary,
        pain_measure=trial.pain_measure,
        days=tuple(
            _day(check_in, trial, zone=zone, ledger=ledger, daily_mme=daily_mme)
            for check_in in check_ins
            if not check_in.entered_in_error
        ),
        confirmations=latest_answers(confirmations),
        red_flag_open=any(event.is_open_red_flag for event in events),
    )


def latest_answers(confirmations: Iterable[ConfirmationAnswer]) -> Mapping[str, bool]:
    """Return the latest answer of each name."""
    in_order = sorted(confirmations, key=lambda answer: answer.at)
    return {answer.name: answer.answer for answer in in_order}


def program_on(ledger: Sequence[ProgramChange], day: date) -> str | None:
    """Return the name of the program in force at the end of a day; the ledger is oldest first."""
    names = [change.name for change in ledger if change.from_when.date() <= day]
    return names[-1] if names else None


def _day(
    check_in: CheckIn,
    trial: Trial,
    *,
    zone: ZoneInfo,
    ledger: Sequence[ProgramChange],
    daily_mme: Callable[[date], Decimal | None],
) -> DiaryDay:
    values = check_in.values
    if not check_in.missed and MME not in values:
        total = Decimal(0) if trial.takes_no_opioids else daily_mme(check_in.day)
        if total is not None:
            values = {**values, MME: total}
    program = check_in.program
    if program is None and check_in.phase is Phase.TRIAL and not check_in.missed:
        program = program_on(ledger, check_in.day)
    recorded_at = check_in.recorded_at
    return DiaryDay(
        day=check_in.day,
        phase=check_in.phase,
        values=values,
        missed=check_in.missed,
        stimulation_off=check_in.stimulation_off,
        program=program,
        recorded_at=None if recorded_at is None else to_local(recorded_at, zone),
        note=check_in.note or None,
    )
