"""Open a patient: everything that the workspace and the page show, as one snapshot."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import NotFoundError
from scs_trial.services.authorize import Action, allowed, is_allowed
from scs_trial.services.build_review import build_review, with_draft
from scs_trial.services.local_time import local_today
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.record_check_in import RecordCheckIn, draft_check_in
from scs_trial.services.register_patient import similar_in_trials
from scs_trial.services.review_types import TimelineEntry, TrialReview, Workspace
from scs_trial.services.session import Session

__all__ = [
    "TimelineEntry",
    "TrialReview",
    "Workspace",
    "open_workspace",
    "preview_check_in",
    "reload_workspace",
]


@allowed(Action.OPEN_PATIENT)
def open_workspace(
    session: Session, patient_id: UUID, *, trial_id: UUID | None = None
) -> Workspace:
    """Open a patient; the reading is audited in the same call.

    Raises
    ------
    NotFoundError
        The patient was entered in error, or the trial is not this patient's.
    """
    with session.writing() as work:
        patient = _live(work, patient_id)
        if trial_id is not None and work.trials.get(trial_id).patient_id != patient.id:
            raise NotFoundError("This patient has no such trial.", "Open the patient again.")
        by_role = is_allowed(session.account, Action.OPEN_PATIENT)
        work.audit.note(
            "open",
            entity="patient",
            entity_id=str(patient_id),
            patient_id=patient_id,
            new=None if by_role else {"in_emergency": True},
        )
        # Read where the note was written: other connections forget their pages at each commit.
        workspace = _load(session, work, patient, trial_id)
        work.commit()
    return workspace


@allowed(Action.OPEN_PATIENT)
def reload_workspace(
    session: Session, patient_id: UUID, *, trial_id: UUID | None = None
) -> Workspace:
    """Load the same again after a change, without a new audit row.

    A trial that was retracted or moved in the meantime gives way to the newest one.

    Raises
    ------
    NotFoundError
        The patient was entered in error.
    """
    with session.reading() as work:
        return _load(session, work, _live(work, patient_id), trial_id)


@allowed(Action.OPEN_PATIENT, as_it_stands=False)
def preview_check_in(session: Session, review: TrialReview, command: RecordCheckIn) -> TrialReview:
    """Return the review as it would be with the draft saved (nothing is stored).

    Evaluation, verdict and course are recomputed; the course marks the draft day as a draft. The
    record is not read: typing moves the plot at once.
    """
    draft = draft_check_in(command)
    before = next((entry for entry in review.check_ins if entry.id == draft.id), None)
    captured = None if before is None or before.missed else before.recorded_at
    return with_draft(session, review, replace(draft, recorded_at=captured or session.clock.now()))


def _load(session: Session, work: UnitOfWork, patient: Patient, trial_id: UUID | None) -> Workspace:
    trials = tuple(work.trials.of_patient(patient.id))
    chosen = _chosen(trials, trial_id)
    review = build_review(session, work, patient, chosen) if chosen else None
    events = review.events if review else work.safety.of_patient(patient.id)
    settings = review.settings if review else work.settings.get()
    return Workspace(
        patient=patient,
        trials=trials,
        review=review,
        open_red_flags=tuple(event for event in events if event.is_open_red_flag),
        similar=_similar(work, patient.name, patient.id, trials),
        today=local_today(session.clock, settings),
    )


def _live(work: UnitOfWork, patient_id: UUID) -> Patient:
    """Return the patient, or the one whom a merged duplicate became."""
    patient = work.patients.get(patient_id)
    while patient.merged_into is not None:
        patient = work.patients.get(patient.merged_into)
    if patient.entered_in_error:
        raise NotFoundError("This patient was entered in error.", "Search again.")
    return patient


def _chosen(trials: tuple[Trial, ...], trial_id: UUID | None) -> Trial | None:
    newest = trials[0] if trials else None
    return next((trial for trial in trials if trial.id == trial_id), newest)


def _similar(
    work: UnitOfWork, name: str, patient_id: UUID, trials: tuple[Trial, ...]
) -> tuple[Patient, ...]:
    """Return the name alert: only where this patient is in a running trial too."""
    if all(trial.trial_ended is not None for trial in trials):
        return ()
    return similar_in_trials(work, name, excluding=patient_id)
