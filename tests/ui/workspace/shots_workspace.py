"""The workspace for the picture book: as designed, crowded, and at its beginning."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from scs_trial.services.review_trial import Workspace
from scs_trial.ui.workspace.patient_workspace import PatientWorkspace
from tests.domain import sample_diary as sample
from tests.ui import sample_review

_MONTH = "6 5 4 5 3 4 3 2 3 4 6 5 4 5 3 4 3 2 3 4"
_LONG = " ".join(["Wolfeschlegelsteinhausenbergerdorff"] * 6)[:200]
_REGIONS = ("left leg", "right shoulder blade region")


def crowded() -> Workspace:
    """Return a long name, three regions, 28 days, all measures and an open emergency."""
    trial = replace(sample_review.TRIAL, other_regions=_REGIONS, planned_days=28)
    values = {code: _MONTH for code in sample.CATALOGUE if sample.CATALOGUE[code].low >= 0}
    values |= {"pain_average[left leg]": _MONTH, "pain_average[right shoulder blade region]": "8 9"}
    given = sample.diary(values, planned_days=28)
    shown = sample_review.review(
        given,
        trial=trial,
        patient=replace(sample_review.PATIENT, name=_LONG),
        course_settings={
            "today": sample.START + timedelta(days=21),
            "measures_asked": tuple(sample.CATALOGUE),
        },
    )
    return sample_review.workspace(shown, open_red_flags=(sample_review.emergency(),))


def _showing(workspace: Workspace | None, *, every_region: bool = False) -> QWidget:
    page = PatientWorkspace()
    if workspace is None:
        page.show_nobody()
        return page
    page.show_workspace(workspace)
    page.view.course.every_region.setChecked(every_region)
    return page


def _designed() -> QWidget:
    return _showing(sample_review.workspace())


def _crowded() -> QWidget:
    return _showing(crowded(), every_region=True)


def _no_baseline() -> QWidget:
    return _showing(sample_review.workspace(sample_review.review(sample.diary(baseline={}))))


def _nobody() -> QWidget:
    return _showing(None)


SHOTS = {
    "workspace": _designed,
    "workspace_crowded": _crowded,
    "workspace_no_baseline": _no_baseline,
    "workspace_nobody": _nobody,
}
