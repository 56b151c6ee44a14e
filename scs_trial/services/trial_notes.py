"""What is only ever added to a trial: programs, medication, confirmations, decision, outcomes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid5

from scs_trial.domain.criteria import Criteria, leaves
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    Decision,
    DecisionKind,
    FollowUp,
    MedicationEntry,
    ProgramChange,
)
from scs_trial.errors import FieldError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.criteria_of import criteria_of
from scs_trial.services.live import live_trial
from scs_trial.services.session import Session
from scs_trial.services.validation import (
    MAX_WORDS,
    one_line,
    refuse,
    require_reason,
    text_faults,
)

AMPLITUDE_UNITS = ("mA", "V")
MEDICATION_UNITS = ("mg", "mcg/h")
_MONTHS = 120
_PAIN_MAX = Decimal(10)


@allowed(Action.RECORD_PROGRAM)
def change_program(session: Session, change: ProgramChange) -> None:
    """Add a line to the program ledger.

    Raises
    ------
    FieldError, InputError
        No name; an amplitude in another unit than mA or V; a figure that is not above zero.
    """
    change = replace(change, name=one_line(change.name), by=one_line(change.by))
    faults = text_faults("name", change.name, required=True)
    faults += text_faults("by", change.by)
    faults += text_faults("waveform", change.waveform)
    faults += text_faults("reason", change.reason, limit=MAX_WORDS, lines=True)
    if change.amplitude_unit not in AMPLITUDE_UNITS:
        faults.append(FieldError("amplitude_unit", "An amplitude is given in mA or V."))
    faults += _positive("amplitude", change.amplitude)
    faults += _positive("pulse_width_us", change.pulse_width_us)
    faults += _positive("frequency_hz", change.frequency_hz)
    refuse(faults)
    with session.writing() as work:
        live_trial(work, change.trial_id)
        work.notes.add_program(change)
        work.commit()


@allowed(Action.RECORD_MEDICATION)
def record_medication(session: Session, entry: MedicationEntry) -> None:
    """Add an opioid to the medication list, or end it.

    Raises
    ------
    FieldError, InputError
        No drug; an unknown unit; an amount below zero; an end before its begin.
    """
    entry = replace(entry, drug=one_line(entry.drug))
    faults = text_faults("drug", entry.drug, required=True)
    faults += text_faults("note", entry.note, limit=MAX_WORDS, lines=True)
    if entry.unit not in MEDICATION_UNITS:
        faults.append(FieldError("unit", "An amount is given in mg or mcg/h."))
    faults += _positive("amount", entry.amount)
    if entry.to_day is not None and entry.to_day < entry.from_day:
        faults.append(FieldError("to_day", "The last day is before the first."))
    refuse(faults)
    with session.writing() as work:
        live_trial(work, entry.trial_id)
        work.notes.add_medication(entry)
        work.commit()


@allowed(Action.CONFIRM)
def answer_confirmation(
    session: Session, trial_id: UUID, *, name: str, answer: bool, note: str = ""
) -> None:
    """Answer a confirmation that the criteria ask (clinicians only)."""
    refuse(text_faults("note", note, limit=MAX_WORDS, lines=True))
    with session.writing() as work:
        trial = live_trial(work, trial_id)
        if name not in asked_confirmations(criteria_of(session, trial)):
            raise FieldError("name", "The criteria of this trial do not ask this.")
        work.notes.add_confirmation(
            ConfirmationAnswer(
                trial_id=trial_id,
                name=name,
                answer=answer,
                by=session.account.id,
                at=session.clock.now(),
                note=note,
            )
        )
        work.commit()


def asked_confirmations(criteria: Criteria | None) -> tuple[str, ...]:
    """Return the names of the confirmations that criteria ask, each once."""
    if criteria is None:
        return ()
    asked = (leaf.confirm for leaf in leaves(criteria.rule))
    return tuple(dict.fromkeys(name for name in asked if name is not None))


@allowed(Action.DECIDE)
def record_decision(
    session: Session, trial_id: UUID, *, kind: DecisionKind, reason: str
) -> Decision:
    """Record the clinician's decision; an earlier version stays."""
    reason = require_reason(reason)
    now = session.clock.now()
    with session.writing() as work:
        live_trial(work, trial_id)
        version = len(work.notes.decisions([trial_id]).get(trial_id, ())) + 1
        decision = Decision(
            id=uuid5(trial_id, f"decision {version} {now.isoformat()}"),
            trial_id=trial_id,
            version=version,
            kind=kind,
            reason=reason,
            decider=session.account.display_name,
            decided_at=now,
            by=session.account.id,
        )
        work.notes.add_decision(decision)
        work.commit()
    return decision


@allowed(Action.RECORD_FOLLOW_UP)
def record_follow_up(session: Session, follow_up: FollowUp) -> None:
    """Record what followed the trial.

    Raises
    ------
    FieldError, InputError
        A month outside 0 to 120; pain outside 0 to 10.
    """
    faults = text_faults("outcome", follow_up.outcome, limit=MAX_WORDS, lines=True)
    if not 0 <= follow_up.month <= _MONTHS:
        faults.append(FieldError("month", f"The month lies between 0 and {_MONTHS}."))
    if follow_up.pain is not None and not 0 <= follow_up.pain <= _PAIN_MAX:
        faults.append(FieldError("pain", "Pain lies between 0 and 10."))
    refuse(faults)
    with session.writing() as work:
        live_trial(work, follow_up.trial_id, signed_too=True)
        work.notes.add_follow_up(replace(follow_up, by=session.account.id, at=session.clock.now()))
        work.commit()


def _positive(field: str, value: Decimal | None) -> list[FieldError]:
    if value is None or (value.is_finite() and value >= 0):
        return []
    return [FieldError(field, "This is not below zero.")]
