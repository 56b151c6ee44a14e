"""Record, correct, retract and move check-ins; declare days missed; note calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from scs_trial.domain.check_in import CallAttempt, CallOutcome, CheckIn, HowObtained, SafetyCheck
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError, FieldError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.check_in_rules import (
    TYPING_ERROR,
    check_in_faults,
    day_faults,
    may_say_typing_error,
)
from scs_trial.services.criteria_of import fix_rules, fixes_rules
from scs_trial.services.live import is_signed, live_check_in, live_trial
from scs_trial.services.local_time import local_today
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session
from scs_trial.services.validation import (
    MAX_WORDS,
    one_line,
    refuse,
    require_reason,
    text_faults,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheckIn:
    """A filled form. ``id`` is made by the form, so that a retry after a crash is the same one.

    ``draft_key`` names the draft that the same transaction deletes. ``values`` hold confirmed
    answers only: a grey suggestion that was not confirmed is no value.
    """

    id: UUID
    trial_id: UUID
    day: date
    phase: Phase
    values: Mapping[Series, Decimal] = field(default_factory=dict)
    stimulation_off: bool = False
    program: str | None = None
    how_obtained: HowObtained | None = None
    identity_confirmed: bool = False
    safety: SafetyCheck = field(default_factory=SafetyCheck)
    helped: str = ""
    triggered: str = ""
    note: str = ""
    draft_key: str = ""


@allowed(Action.RECORD_CHECK_IN)
def record_check_in(session: Session, command: RecordCheckIn) -> CheckIn:
    """Store a check-in durably with its audit row, in one commit.

    The first value of a trial day fixes the trial's criteria in the same commit, which also
    deletes the form's draft. Safety events were stored before, each by itself.

    Raises
    ------
    FieldError, InputError
        A value out of its range, an unknown measure or region, a day outside the trial; all
        faults at once where there are several.
    ConflictError
        The day already has a check-in of that phase with another id.
    """
    with session.writing() as work:
        trial = live_trial(work, command.trial_id)
        there = work.check_ins.at(trial.id, command.day, command.phase)
        if there is not None and there.id != command.id:
            raise _occupied(there)
        check_in = replace(
            draft_check_in(command),
            recorded_at=session.clock.now(),
            recorded_by=session.account.id,
        )
        _refuse_faults(session, work, check_in, trial)
        stored = work.check_ins.add(check_in)
        _after_write(session, work, trial, stored, draft_key=command.draft_key)
        work.commit()
    return stored


def draft_check_in(command: RecordCheckIn) -> CheckIn:
    """Return the check-in that the form would store, without who and when."""
    program = one_line(command.program or "")
    return CheckIn(
        id=command.id,
        trial_id=command.trial_id,
        day=command.day,
        phase=command.phase,
        values=MappingProxyType(dict(command.values)),
        stimulation_off=command.stimulation_off,
        program=program or None,
        how_obtained=command.how_obtained,
        identity_confirmed=command.identity_confirmed,
        safety=command.safety,
        helped=command.helped,
        triggered=command.triggered,
        note=command.note,
    )


@allowed(Action.CORRECT_CHECK_IN)
def correct_check_in(
    session: Session, command: RecordCheckIn, *, revision: int, reason: str
) -> CheckIn:
    """Replace the answers by a new revision; ``revision`` is the one that was read.

    The call's time stays, but for a day that was declared missed: its answers were captured now.

    Raises
    ------
    FieldError, InputError
        As `record_check_in`; no reason; "typing error" by somebody else or after 15 minutes.
    ConflictError
        Somebody else revised the check-in in the meantime.
    """
    reason = require_reason(reason)
    now = session.clock.now()
    with session.writing() as work:
        before = live_check_in(work, command.id, by=session.account)
        may = may_say_typing_error(before, session.account, now) and not is_signed(work, before)
        if reason == TYPING_ERROR and not may:
            raise FieldError(
                "reason",
                "A typing error is one within 15 minutes, by the same person, unsigned.",
                "Say what was wrong.",
            )
        if (command.trial_id, command.day, command.phase) != (
            before.trial_id,
            before.day,
            before.phase,
        ):
            raise FieldError("day", "A correction keeps day and patient.", "Move the check-in.")
        trial = live_trial(work, before.trial_id)
        check_in = replace(
            draft_check_in(command),
            recorded_at=now if before.missed else before.recorded_at,
            recorded_by=session.account.id if before.missed else before.recorded_by,
            **_revision(session, revision=revision, reason=reason),
        )
        _refuse_faults(session, work, check_in, trial)
        stored = work.check_ins.revise(check_in)
        _after_write(session, work, trial, stored, draft_key=command.draft_key)
        work.commit()
    return stored


@allowed(Action.RETRACT_CHECK_IN)
def retract_check_in(session: Session, check_in_id: UUID, *, reason: str) -> None:
    """Mark a check-in as entered in error: out of every list, kept in the audit."""
    reason = require_reason(reason)
    with session.writing() as work:
        before = work.check_ins.get(check_in_id)
        if before.entered_in_error:
            return
        live_check_in(work, check_in_id, by=session.account)
        marks = _revision(session, revision=before.revision, reason=reason)
        work.check_ins.revise(replace(before, entered_in_error=True, **marks))
        work.commit()


@allowed(Action.MOVE_CHECK_IN)
def move_check_in(
    session: Session, check_in_id: UUID, *, to_trial: UUID, day: date, phase: Phase, reason: str
) -> CheckIn:
    """Move a check-in to the right patient's trial, or to the right day.

    Raises
    ------
    FieldError, InputError
        The day or a region does not fit the other trial.
    ConflictError
        The day already has a check-in there.
    """
    reason = require_reason(reason)
    with session.writing() as work:
        before = live_check_in(work, check_in_id, by=session.account)
        trial = live_trial(work, to_trial)
        there = work.check_ins.at(to_trial, day, phase)
        if there is not None:
            raise _occupied(there)
        marks = _revision(session, revision=before.revision, reason=reason)
        moved = replace(before, trial_id=to_trial, day=day, phase=phase, **marks)
        _refuse_faults(session, work, moved, trial)
        stored = work.check_ins.revise(moved)
        _after_write(session, work, trial, stored)
        work.commit()
    return stored


@allowed(Action.RECORD_CHECK_IN)
def declare_missed(session: Session, trial_id: UUID, days: Sequence[date]) -> None:
    """Declare trial days missed (they close); a later answer is a correction.

    Raises
    ------
    FieldError, InputError
        A day outside the trial or still to come.
    ConflictError
        A day has a check-in.
    """
    now = session.clock.now()
    with session.writing() as work:
        trial = live_trial(work, trial_id)
        today = local_today(session.clock, work.settings.get())
        refuse(
            fault
            for day in days
            for fault in day_faults(trial, day=day, phase=Phase.TRIAL, today=today)
        )
        for day in sorted(set(days)):
            there = work.check_ins.at(trial_id, day, Phase.TRIAL)
            if there is not None and there.missed:
                continue
            if there is not None:
                raise _occupied(there)
            work.check_ins.add(
                CheckIn(
                    id=uuid5(trial_id, f"missed {day} {now.isoformat()}"),
                    trial_id=trial_id,
                    day=day,
                    phase=Phase.TRIAL,
                    missed=True,
                    recorded_at=now,
                    recorded_by=session.account.id,
                )
            )
        work.commit()


@allowed(Action.NOTE_CALL)
def note_call(session: Session, call: CallAttempt) -> None:
    """Note a call attempt; the day stays open.

    Raises
    ------
    FieldError, InputError
        A call-back without its time, words that are too long.
    """
    faults = text_faults("note", call.note, limit=MAX_WORDS, lines=True)
    if (call.outcome is CallOutcome.CALL_BACK) is (call.call_back_at is None):
        faults.append(FieldError("call_back_at", "A call-back, and only that, has a time."))
    refuse(faults)
    with session.writing() as work:
        live_trial(work, call.trial_id, signed_too=True)
        work.notes.add_call(replace(call, by=session.account.id))
        work.commit()


@allowed(Action.OPEN_PATIENT)
def check_in_history(session: Session, check_in_id: UUID) -> Sequence[CheckIn]:
    """Return every revision, oldest first."""
    with session.reading() as work:
        return work.check_ins.history(check_in_id)


def _revision(session: Session, *, revision: int, reason: str) -> dict[str, Any]:
    """Return who makes this revision, when and why."""
    return {
        "revision": revision,
        "revised_at": session.clock.now(),
        "revised_by": session.account.id,
        "reason": reason,
    }


def _refuse_faults(session: Session, work: UnitOfWork, check_in: CheckIn, trial: Trial) -> None:
    today = local_today(session.clock, work.settings.get())
    refuse(check_in_faults(check_in, trial, catalogue=session.catalogue, today=today))


def _after_write(
    session: Session, work: UnitOfWork, trial: Trial, check_in: CheckIn, *, draft_key: str = ""
) -> None:
    """Fix the rules at the first trial-day value and drop the draft, in the same transaction."""
    if fixes_rules(trial, check_in):
        work.trials.save(fix_rules(session, trial), reason="first value of a trial day")
    if draft_key:
        work.drafts.discard(session.account.id, draft_key)


def _occupied(there: CheckIn) -> ConflictError:
    what = "was declared missed" if there.missed else "already has a check-in"
    return ConflictError(f"This day {what}.", "Open it and correct it with a reason.")
