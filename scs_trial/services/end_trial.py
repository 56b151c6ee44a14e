"""End, reopen and extend a trial."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import PatientWish, Trial
from scs_trial.errors import ConflictError, FieldError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.criteria_of import fix_rules, is_fixed
from scs_trial.services.live import live_trial, refuse_signed_check_in
from scs_trial.services.local_time import local_now, local_today, zone_of
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session
from scs_trial.services.trial_rules import MAX_PLANNED_DAYS, planned_days_faults
from scs_trial.services.validation import refuse, require_reason, value_faults

__all__ = [
    "MAX_PLANNED_DAYS",
    "EndTrial",
    "diary_arrived",
    "end_trial",
    "offered_last_full_day",
    "reopen_trial",
]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTrial:
    """End of a trial. ``last_full_day`` counts; the removal is a clinic-local time of its own.

    ``measures`` holds measures asked at the end (PGIC, PEG, ...) by code, exact decimals.
    """

    trial_id: UUID
    version: int
    last_full_day: date
    reason: EndReason
    lead_removed_at: datetime | None = None
    awaiting_diary: bool = False
    patient_wish: PatientWish = PatientWish.NOT_ASKED
    measures: tuple[tuple[str, Decimal], ...] = ()


def offered_last_full_day(trial: Trial, today: date) -> date:
    """Return the last full day to offer: the day before the removal, else the last planned day.

    Never a day that is not over yet, and never before the placement.
    """
    start = trial.trial_start or today
    removal = trial.lead_removed_at or trial.lead_removal_planned_at
    planned = start + timedelta(days=trial.planned_days)
    offered = removal.date() - _DAY if removal is not None else min(planned, today - _DAY)
    return max(start, min(offered, today))


@allowed(Action.END_TRIAL)
def end_trial(session: Session, command: EndTrial) -> Trial:
    """End the trial; measures asked at the end go to the check-in of the last full day.

    Where they are the trial's first values, they fix its criteria as any first value does.

    Raises
    ------
    FieldError, InputError
        A last day before placement or still to come, a removal before it, a value out of range.
    ConflictError
        Somebody else changed the trial in the meantime.
    """
    with session.writing() as work:
        trial = live_trial(work, command.trial_id)
        settings = work.settings.get()
        refuse(_end_faults(session, trial, command, local_today(session.clock, settings)))
        if command.lead_removed_at is not None:
            now = local_now(session.clock, zone_of(settings))
            if command.lead_removed_at > now:
                raise FieldError("lead_removed_at", "The removal is still to come.")
        if command.measures and not is_fixed(trial):
            trial = fix_rules(session, trial)
        stored = work.trials.save(
            replace(
                trial,
                version=command.version,
                trial_ended=command.last_full_day,
                end_reason=command.reason,
                lead_removed_at=command.lead_removed_at,
                awaiting_diary=command.awaiting_diary,
                patient_wish=command.patient_wish,
            ),
            reason="end of trial",
        )
        _store_measures(session, work, command)
        work.commit()
    return stored


@allowed(Action.END_TRIAL)
def reopen_trial(session: Session, trial_id: UUID, *, planned_days: int, reason: str) -> Trial:
    """Take back the end, or extend a running trial; settled verdicts reopen and say so."""
    reason = require_reason(reason)
    refuse(planned_days_faults(planned_days))
    with session.writing() as work:
        trial = live_trial(work, trial_id)
        stored = work.trials.save(
            replace(
                trial,
                planned_days=planned_days,
                trial_ended=None,
                end_reason=None,
                lead_removed_at=None,
                awaiting_diary=False,
            ),
            reason=reason,
        )
        work.commit()
    return stored


@allowed(Action.END_TRIAL)
def diary_arrived(session: Session, trial_id: UUID) -> Trial:
    """Clear "a diary is still awaited", by name and date."""
    with session.writing() as work:
        trial = live_trial(work, trial_id)
        if not trial.awaiting_diary:
            return trial
        today = local_today(session.clock, work.settings.get())
        stored = work.trials.save(
            replace(trial, awaiting_diary=False),
            reason=f"no diary awaited any longer, {session.account.display_name}, {today}",
        )
        work.commit()
    return stored


def _end_faults(session: Session, trial: Trial, command: EndTrial, today: date) -> list[FieldError]:
    faults: list[FieldError] = []
    if trial.trial_start is None:
        faults.append(FieldError("trial_start", "The trial has no placement date yet."))
    elif command.last_full_day < trial.trial_start:
        faults.append(FieldError("last_full_day", "This day is before the placement."))
    if command.last_full_day > today:
        faults.append(FieldError("last_full_day", "This day is still to come."))
    removed = command.lead_removed_at
    if removed is not None and removed.date() < command.last_full_day:
        faults.append(
            FieldError(
                "lead_removed_at",
                "The lead was removed before the last full day.",
                "The last full day is the day before the removal, or that day.",
            )
        )
    values = {Series(code): value for code, value in command.measures}
    return faults + value_faults(values, session.catalogue, ())


def _store_measures(session: Session, work: UnitOfWork, command: EndTrial) -> None:
    """Add the measures asked at the end to the last full day, as a revision or a new check-in."""
    if not command.measures:
        return
    values = {Series(code): value for code, value in command.measures}
    there = work.check_ins.at(command.trial_id, command.last_full_day, Phase.TRIAL)
    now, account = session.clock.now(), session.account.id
    if there is None:
        work.check_ins.add(
            CheckIn(
                id=uuid5(command.trial_id, f"end {command.last_full_day} {now.isoformat()}"),
                trial_id=command.trial_id,
                day=command.last_full_day,
                phase=Phase.TRIAL,
                values=values,
                how_obtained=HowObtained.VISIT,
                recorded_at=now,
                recorded_by=account,
            )
        )
        return
    if there.missed:
        raise ConflictError(
            "The last full day was declared missed, so it can't hold answers of the end.",
            "Correct that day first.",
        )
    merged = {**there.values, **values}
    if merged != dict(there.values):
        refuse_signed_check_in(work, there, by=session.account)
        work.check_ins.revise(
            replace(
                there,
                values=merged,
                revised_at=now,
                revised_by=account,
                reason="asked at the end of the trial",
            )
        )
