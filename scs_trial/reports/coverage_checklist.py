"""What the record holds for the points of a payer's checklist, by the point's id.

A point that a clinic adds under another id is answered with what the record can't know: it is to be
shown on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.numbers import score_text
from scs_trial.domain.trial import PriorTreatment
from scs_trial.reports.labels import INDICATIONS, TREATMENTS, count_words, date_words, months_words
from scs_trial.reports.profile_identity import treatment_words
from scs_trial.services.review_types import TrialReview

_OUTSIDE: Final = "the record has no place for this: show it on paper"
_ODI = Series("odi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the record holds in words, and what it lacks; both may be empty."""

    words: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def held_for(point: str, review: TrialReview) -> Held:
    """Return what the record holds for a point of a checklist."""
    found = _POINTS.get(point)
    return Held(missing=(_OUTSIDE,)) if found is None else found(review)


def _screening(review: TrialReview) -> Held:
    candidacy = review.trial.candidacy
    words, missing = [], []
    if candidacy.screening_on is None:
        missing.append("the date")
    else:
        words.append(f"screening {date_words(candidacy.screening_on)}")
    if candidacy.screening_by:
        words.append(f"by {candidacy.screening_by}")
    else:
        missing.append("by whom")
    return Held(words=tuple(words), missing=tuple(missing))


def _clearance(review: TrialReview) -> Held:
    """Return the screening; that it cleared the patient is no field of the record."""
    found = _screening(review)
    return Held(words=found.words, missing=(*found.missing, "the result: show it on paper"))


def _education(review: TrialReview) -> Held:
    candidacy = review.trial.candidacy
    words, missing = [], []
    for what, day in (("education", candidacy.education_on), ("consent", candidacy.consent_on)):
        if day is None:
            missing.append(f"the date of {what}")
        elif review.trial.trial_start is not None and day > review.trial.trial_start:
            words.append(f"{what} {date_words(day)}")
            missing.append(f"{what} before the placement")
        else:
            words.append(f"{what} {date_words(day)}")
    return Held(words=tuple(words), missing=tuple(missing))


def _conservative_care(review: TrialReview) -> Held:
    candidacy, treatments = review.trial.candidacy, review.trial.prior_treatments
    said = {True: ("completed",), False: ("not completed",), None: ()}
    words = (
        *said[candidacy.conservative_care_completed],
        *(treatment_words(treatment) for treatment in treatments),
    )
    missing = []
    if candidacy.conservative_care_completed is None:
        missing.append("whether it was completed")
    elif not candidacy.conservative_care_completed:
        missing.append("its completion")
    if not treatments:
        missing.append("the treatments with dates")
    missing += [
        f"dates of {TREATMENTS[treatment.kind]}" for treatment in treatments if _undated(treatment)
    ]
    missing += ["its length: read it off the dates"] if treatments else []
    return Held(words=words, missing=tuple(missing))


def _undated(treatment: PriorTreatment) -> bool:
    return not treatment.from_when and not treatment.to_when


def _late_option(review: TrialReview) -> Held:
    treatments = review.trial.prior_treatments
    words = tuple(treatment_words(treatment) for treatment in treatments)
    missing = [] if treatments else ["other treatments, tried, unsuitable or refused"]
    missing += [
        f"result of {TREATMENTS[treatment.kind]}"
        for treatment in treatments
        if not treatment.result
    ]
    return Held(words=words, missing=tuple(missing))


def _target_pain(review: TrialReview) -> Held:
    trial = review.trial
    words, missing = [], []
    if trial.target_region:
        words.append(f"felt in: {trial.target_region}")
    else:
        missing.append("where it is felt")
    if trial.indication is not None:
        words.append(f"indication: {INDICATIONS[trial.indication]}")
    else:
        missing.append("the indication")
    if trial.candidacy.pain_months is not None:
        words.append(f"for {months_words(trial.candidacy.pain_months)}")
    if trial.history:
        words.append(f"history: {trial.history}")
    else:
        missing.append("its cause (history)")
    return Held(words=tuple(words), missing=tuple(missing))


def _odi(review: TrialReview) -> Held:
    found = [
        (check_in.day, check_in.values[_ODI])
        for check_in in review.check_ins
        if check_in.phase is Phase.BASELINE
        and not check_in.entered_in_error
        and _ODI in check_in.values
    ]
    if not found:
        return Held(missing=("an ODI total before the trial",))
    day, total = max(found)
    words = f"ODI {score_text(total, decimals=1)} % on {date_words(day)}"
    earlier = f"of {count_words(len(found), 'total')}, the latest" if len(found) > 1 else ""
    return Held(words=(f"{words}{f', {earlier}' if earlier else ''}",))


_POINTS: Mapping[str, Callable[[TrialReview], Held]] = {
    "psychological-screening": _screening,
    "behavioural-health": _screening,
    "mental-health": _clearance,
    "patient-education": _education,
    "conservative-care": _conservative_care,
    "late-option": _late_option,
    "target-pain": _target_pain,
    "odi": _odi,
}
