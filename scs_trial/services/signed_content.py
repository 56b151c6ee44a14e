"""What the signature of a trial covers: one canonical text, made anew from the record at any time.

Covered are who the patient is, the trial, every live check-in, programs, medication, the answers
to confirmations, every version of the decision, the trial's safety events, the criteria as text and
version, and the result. Contact data, calls and what followed the trial are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from scs_trial.domain.canonical import canonical
from scs_trial.domain.patient import Patient
from scs_trial.domain.signature import of_check_in, sha256
from scs_trial.domain.sparse import sparse
from scs_trial.services.review_types import TrialReview

_FORM = "1"
_CONTACT = frozenset(
    {
        "version",
        "telephones",
        "best_time",
        "who_may_answer",
        "language",
        "communication_needs",
    }
)
_TRIAL = frozenset({"version"})
_RESULT = frozenset({"criteria"})


def signed_content(review: TrialReview) -> str:
    """Return the canonical text of a trial with its result."""
    return canonical(
        {
            "form": _FORM,
            "patient": _patient(review.patient),
            "trial": sparse(review.trial, without=_TRIAL),
            "check_ins": _in_order(review.check_ins),
            "programs": _in_order(review.programs),
            "medication": _in_order(review.medication),
            "confirmations": sparse(
                sorted(review.confirmations, key=lambda answer: (answer.name, answer.at))
            ),
            "decisions": sparse(sorted(review.decisions, key=lambda made: made.version)),
            "events": _in_order(_events(review)),
            "criteria": criteria_words(review),
            "result": sparse(review.evaluation, without=_RESULT),
        }
    )


def content_digest(review: TrialReview) -> str:
    """Return the SHA-256 of that text."""
    return sha256(signed_content(review))


def criteria_words(review: TrialReview) -> str:
    """Return id and version of the criteria in force."""
    if review.evaluation is None:
        return review.trial.criteria_id
    criteria = review.evaluation.criteria
    return f"{criteria.id} {criteria.version}".strip()


def check_in_content(review: TrialReview, check_in_id: UUID) -> str:
    """Return the canonical text of one check-in as it stands, with whose it is."""
    (found,) = (held for held in review.check_ins if held.id == check_in_id)
    return canonical(
        {"form": _FORM, "patient": _patient(review.patient), "check_in": sparse(found)}
    )


def unreviewed(review: TrialReview) -> list[tuple[UUID, int]]:
    """Return id and revision of the live check-ins that no signature covers as they stand."""
    found = []
    for held in review.check_ins:
        signed = of_check_in(review.signatures, held.id)
        covered = signed is not None and signed.check_in_revision == held.revision
        if not held.entered_in_error and not covered:
            found.append((held.id, held.revision))
    return found


def _patient(patient: Patient) -> object:
    return sparse(patient, without=_CONTACT)


def _in_order(entities: Iterable[object]) -> list[Any]:
    held = [sparse(entity, without=_TRIAL) for entity in entities]
    return sorted(held, key=lambda entity: str(entity["id"]))


def _events(review: TrialReview) -> list[object]:
    return [event for event in review.events if event.trial_id in (review.trial.id, None)]
