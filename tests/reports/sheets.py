"""Printouts of made-up trials beside the page: diary, checklist, call sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from scs_trial.assemble import first_settings
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.reports.blank_diary import blank_diary
from scs_trial.reports.call_sheet import call_printout
from scs_trial.reports.coverage import coverage_sheet
from scs_trial.reports.typeset import Printout
from scs_trial.services.call_sheet import Call, CallSheet
from scs_trial.services.review_trial import TrialReview
from tests.reports import samples

TELEPHONE = "+44 20 7946 0000"
SETTINGS = replace(
    first_settings("Europe/Berlin"), clinic_name="Example Pain Clinic", telephone=TELEPHONE
)
CALLED = replace(
    samples.PATIENT,
    telephones=("+44 7700 900123", "+44 20 7946 0111"),
    best_time="after ten",
    who_may_answer="daughter Ada",
    language="English",
)


LONG_REGIONS = tuple(f"{number} {samples.LONG_NAME}"[:200] for number in range(6))


def with_clinic(review: TrialReview) -> TrialReview:
    return replace(review, settings=SETTINGS)


def diary(review: TrialReview, settings: ClinicSettings = SETTINGS) -> Printout:
    return blank_diary(
        replace(review, settings=settings),
        catalogue=samples.catalogue(),
        printed_at=samples.PRINTED_AT,
    )


def checklist(review: TrialReview, criteria_id: str = "medicare-style") -> Printout:
    trial = replace(review.trial, criteria_id=criteria_id)
    judged = review
    if review.diary is not None:
        judged = samples.review(
            review.check_ins, trial=trial, patient=review.patient, demo=review.demo
        )
    return coverage_sheet(
        judged,
        samples.library().criteria[criteria_id],
        samples.catalogue(),
        printed_at=samples.PRINTED_AT,
        printed_by="Dr B. Stone",
    )


def trial_days(*numbers: int) -> tuple[date, ...]:
    return tuple(samples.PLACED + timedelta(days=number) for number in numbers)


def call(
    patient: Patient = CALLED, trial: Trial = samples.SETUP, *numbers: int, reason: str = "due"
) -> Call:
    return Call(
        patient=patient,
        trial=trial,
        days=trial_days(*numbers),
        reason=reason,
        programs=(),
        open_findings=(),
        last_call=None,
    )


def calls(*listed: Call, demo: bool = False) -> Printout:
    at = samples.PRINTED_AT.astimezone(ZoneInfo("Europe/Berlin"))
    sheet = CallSheet(at=at, calls=listed, settings=SETTINGS, demo=demo)
    return call_printout(sheet, catalogue=samples.catalogue(), printed_by="Nurse Ada")


def every_call() -> Sequence[Call]:
    """Return usual calls, many days, long and hostile names, and a call without a day."""
    everything = replace(samples.SETUP, measures_asked=tuple(samples.catalogue()))
    return (
        call(CALLED, samples.SETUP, 3),
        call(replace(CALLED, name="Lindqvist, Per"), everything, 1, 2, 3, 4),
        call(replace(CALLED, name="N" * 200), samples.long_names().trial, 4),
        call(CALLED, replace(samples.long_names().trial, other_regions=LONG_REGIONS), 1, 2, 3),
        call(replace(CALLED, name=samples.HOSTILE), samples.hostile().trial, 4),
        call(replace(CALLED, name="Removed, Lead"), samples.SETUP, reason="After-removal call"),
    )
