"""Hand out the page: find the trial that is meant, and note in the audit trail what left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.trial import Trial
from scs_trial.errors import NotFoundError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session

PROFILE = "profile"
PRIVATE_PROFILE = "profile-private"
"""The page without name, birth date and MRN."""


class HandedOut(StrEnum):
    """How a page left the program; the value is the audit row's action."""

    EXPORTED = "export_page"
    PRINTED = "print_page"
    COPIED = "copy_page"


@allowed(Action.OPEN_PATIENT)
def review_for_page(session: Session, *, mrn: str, trial_start: date | None = None) -> TrialReview:
    """Return the review of the trial that is meant; the reading is audited.

    Parameters
    ----------
    session
        Who asks.
    mrn
        The patient's exact MRN.
    trial_start
        Placement date; None means the newest trial.

    Raises
    ------
    NotFoundError
        No such patient, no trial, or none (or several) with that placement date.
    """
    with session.reading() as work:
        patient = work.patients.by_mrn(mrn)
        if patient is None:
            raise NotFoundError("No patient has this MRN.", "Check it; it must match exactly.")
        trials = work.trials.of_patient(patient.id)
    chosen = _chosen(trials, trial_start)
    review = open_workspace(session, patient.id, trial_id=chosen.id).review
    if review is None:
        raise NotFoundError("This patient has no trial.", "Set one up first.")
    return review


def _chosen(trials: Sequence[Trial], trial_start: date | None) -> Trial:
    if not trials:
        raise NotFoundError("This patient has no trial.", "Set one up first.")
    if trial_start is None:
        return trials[0]
    found = [trial for trial in trials if trial.trial_start == trial_start]
    if len(found) != 1:
        raise NotFoundError(
            f"{len(found) or 'No'} trials of this patient were placed on that date.",
            "Check the placement date, or leave it out for the newest trial.",
        )
    return found[0]


@allowed(Action.OPEN_PATIENT)
def note_page(
    session: Session,
    *,
    patient_id: UUID,
    trial_id: UUID,
    content_hash: str,
    how: HandedOut,
    private: bool = False,
) -> None:
    """Note in the audit trail that a page left the program, and how, with its content's hash.

    ``private`` tells that it left without name, birth date and MRN.
    """
    what = PRIVATE_PROFILE if private else PROFILE
    note_sheet(session, what, [(patient_id, trial_id)], content_hash=content_hash, how=how)


@allowed(Action.OPEN_PATIENT)
def note_sheet(
    session: Session,
    what: str,
    about: Sequence[tuple[UUID, UUID]],
    *,
    content_hash: str,
    how: HandedOut,
) -> None:
    """Note for every patient on a sheet that it left the program.

    Parameters
    ----------
    session
        Who hands it out.
    what
        Kind of sheet, e.g. ``"call-sheet"``.
    about
        Patient id and trial id of everybody who stands on it.
    content_hash
        SHA-256 (hex) of its content.
    how
        Exported, printed or copied.
    """
    with session.writing() as work:
        for patient_id, trial_id in about:
            work.audit.note(
                how.value,
                entity="trial",
                entity_id=str(trial_id),
                patient_id=patient_id,
                new={"content_hash": content_hash, "what": what},
            )
        work.commit()
