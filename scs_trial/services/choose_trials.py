"""Choose the trials whose pages are wanted: everybody's in a state, or those of named patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import NotFoundError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session

_ALL = 1_000_000_000


class TrialState(StrEnum):
    """How far a trial is, as far as a page is concerned; exactly one holds."""

    NOT_PLACED = "not-placed"
    RUNNING = "running"
    AWAITING_DIARY = "awaiting-diary"
    UNDECIDED = "undecided"
    DECIDED = "decided"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenTrial:
    """One trial of one patient and how far it is."""

    patient: Patient
    trial: Trial
    state: TrialState


@allowed(Action.READ_LISTS)
def trials_in(
    session: Session, states: Sequence[TrialState] = tuple(TrialState)
) -> Sequence[ChosenTrial]:
    """Return every live trial in one of the states, the newest placement first.

    Nothing is read of a trial but its dates, decisions and signatures; it is a list, not audited.
    """
    with session.reading() as work:
        found = [
            (patient, trial)
            for patient in work.patients.recent(limit=_ALL)
            for trial in work.trials.of_patient(patient.id)
        ]
        chosen = _with_states(work, found)
    wanted = [one for one in chosen if one.state in states]
    return sorted(wanted, key=lambda one: one.trial.trial_start or date.max, reverse=True)


@allowed(Action.READ_LISTS)
def newest_trials(session: Session, mrns: Sequence[str]) -> Sequence[ChosenTrial]:
    """Return the newest trial of each patient named, in their order, each once.

    Raises
    ------
    NotFoundError
        No patient has one of the MRNs, or a patient has no trial; which one in the list is said.
    """
    with session.reading() as work:
        found = []
        for place, mrn in enumerate(dict.fromkeys(mrns), start=1):
            patient = work.patients.by_mrn(mrn)
            if patient is None:
                raise NotFoundError(
                    f"No patient has the MRN that is named as number {place}.",
                    "Check it; it must match exactly.",
                )
            trials = work.trials.of_patient(patient.id)
            if not trials:
                raise NotFoundError(f"The patient named as number {place} has no trial.")
            found.append((patient, trials[0]))
        return _with_states(work, found)


def _with_states(work: UnitOfWork, found: Sequence[tuple[Patient, Trial]]) -> Sequence[ChosenTrial]:
    ids = [trial.id for _, trial in found]
    decided = {trial_id for trial_id, held in work.notes.decisions(ids).items() if held}
    signed = {
        trial_id
        for trial_id, held in work.signatures.of_trials(ids).items()
        if any(one.check_in_id is None for one in held)
    }
    return tuple(
        ChosenTrial(patient=patient, trial=trial, state=_state(trial, decided, signed))
        for patient, trial in found
    )


def _state(trial: Trial, decided: set[UUID], signed: set[UUID]) -> TrialState:
    if trial.id in signed:
        return TrialState.SIGNED
    if trial.trial_start is None:
        return TrialState.NOT_PLACED
    if trial.trial_ended is None:
        return TrialState.RUNNING
    if trial.awaiting_diary:
        return TrialState.AWAITING_DIARY
    return TrialState.DECIDED if trial.id in decided else TrialState.UNDECIDED
