"""Set up, change, retract and move trials; end them; what is added to them.

Screens import every use case of a trial from here.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from scs_trial.domain.trial import Trial
from scs_trial.errors import FieldError, NotFoundError
from scs_trial.services.authorize import Action, allowed, authorize
from scs_trial.services.criteria_of import fix_rules, is_fixed
from scs_trial.services.end_trial import (
    EndTrial,
    diary_arrived,
    end_trial,
    offered_last_full_day,
    reopen_trial,
)
from scs_trial.services.live import live_patient, live_trial, refuse_signed
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session
from scs_trial.services.trial_notes import (
    answer_confirmation,
    asked_confirmations,
    change_program,
    record_decision,
    record_follow_up,
    record_medication,
)
from scs_trial.services.trial_rules import (
    END_FIELDS,
    FIXED_FIELDS,
    changed_fields,
    clean,
    record_faults,
    set_up_faults,
)
from scs_trial.services.validation import refuse, require_reason

__all__ = [
    "EndTrial",
    "answer_confirmation",
    "asked_confirmations",
    "change_program",
    "diary_arrived",
    "end_trial",
    "move_trial",
    "offered_last_full_day",
    "record_decision",
    "record_follow_up",
    "record_medication",
    "reopen_trial",
    "retract_trial",
    "save_trial",
]


@allowed(Action.EDIT_TRIAL)
def save_trial(session: Session, trial: Trial, *, reason: str = "") -> Trial:
    """Create a trial (it may be half done) or change its set-up.

    Region, pain measure, criteria and version are fixed at the first trial-day value; a change
    after that needs a clinician and a reason.

    Raises
    ------
    FieldError, InputError
        A set-up that can't be; a fixed field changed without a reason.
    AccessDeniedError
        A fixed field changed by somebody who is no clinician.
    ConflictError
        Somebody else changed the trial in the meantime.
    """
    trial = clean(trial)
    with session.writing() as work:
        live_patient(work, trial.patient_id)
        before = _existing(work, trial.id)
        if before is not None:
            live_trial(work, trial.id)
        trial = _with_rules(session, before, trial, reason)
        refuse(
            set_up_faults(trial, criteria=session.library.keys(), measures=session.catalogue.keys())
        )
        if before is not None:
            refuse(record_faults(trial, work.check_ins.of_trial(trial.id)))
        stored = work.trials.save(trial, reason=reason)
        work.commit()
    return stored


@allowed(Action.RETRACT_TRIAL)
def retract_trial(session: Session, trial_id: UUID, *, reason: str) -> None:
    """Mark a trial as entered in error."""
    reason = require_reason(reason)
    with session.writing() as work:
        trial = work.trials.get(trial_id)
        if trial.entered_in_error:
            return
        refuse_signed(work, trial_id)
        work.trials.save(replace(trial, entered_in_error=True), reason=reason)
        work.commit()


@allowed(Action.MOVE_TRIAL)
def move_trial(session: Session, trial_id: UUID, *, to_patient: UUID, reason: str) -> Trial:
    """Move a trial that was entered under the wrong patient, with its safety events."""
    reason = require_reason(reason)
    with session.writing() as work:
        trial = live_trial(work, trial_id)
        live_patient(work, to_patient)
        for event in work.safety.of_patient(trial.patient_id):
            if event.trial_id == trial_id:
                work.safety.save(replace(event, patient_id=to_patient), reason=reason)
        stored = work.trials.save(replace(trial, patient_id=to_patient), reason=reason)
        work.commit()
    return stored


def _with_rules(session: Session, before: Trial | None, trial: Trial, reason: str) -> Trial:
    """Keep what is fixed, or let a clinician change it with a reason."""
    if before is None:
        return replace(trial, criteria_text="", criteria_version="", version=1)
    if trial.patient_id != before.patient_id:
        raise FieldError("patient_id", "A trial is moved to another patient, not edited.")
    if changed_fields(before, trial, END_FIELDS):
        raise FieldError("trial_ended", "The end is recorded by ending or reopening the trial.")
    if not is_fixed(before):
        return replace(trial, criteria_text="", criteria_version="")
    kept = replace(
        trial, criteria_text=before.criteria_text, criteria_version=before.criteria_version
    )
    if changed_fields(before, kept, FIXED_FIELDS):
        authorize(session.account, Action.CHANGE_FIXED_RULES)
        require_reason(reason)
    if kept.planned_days != before.planned_days:
        require_reason(reason)
    return fix_rules(session, kept) if kept.criteria_id != before.criteria_id else kept


def _existing(work: UnitOfWork, trial_id: UUID) -> Trial | None:
    try:
        return work.trials.get(trial_id)
    except NotFoundError:
        return None
