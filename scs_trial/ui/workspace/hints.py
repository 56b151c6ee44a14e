"""What to do next, where a patient's record is not far enough to show a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from scs_trial.domain.diary import Phase
from scs_trial.services.review_trial import TrialReview


class Step(StrEnum):
    """The next thing to do."""

    SET_UP = "set_up"
    BASELINE = "baseline"
    FIRST_DAY = "first_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A step with the words that ask for it."""

    step: Step
    headline: str
    text: str
    button: str


def next_step(review: TrialReview) -> Hint | None:
    """Return the hint of a trial, None where there is enough to look at."""
    if review.diary is None:
        return Hint(
            step=Step.SET_UP,
            headline=_tr("The set-up is half done"),
            text=_tr("The placement date is missing: days and verdict start with it."),
            button=_tr("Continue set-up…"),
        )
    pain = {
        day.phase
        for day in review.diary.days
        if any(series.code == review.diary.pain_measure for series in day.values)
    }
    if Phase.BASELINE not in pain:
        return Hint(
            step=Step.BASELINE,
            headline=_tr("No baseline yet"),
            text=_tr("Relief can't be assessed without pain scores from before the placement."),
            button=_tr("Enter baseline…"),
        )
    runs = review.trial.trial_ended is None
    if not any(day.phase is Phase.TRIAL for day in review.diary.days):
        return Hint(
            step=Step.FIRST_DAY,
            headline=_tr("No day recorded yet") if runs else _tr("No day was recorded"),
            text=_tr("The first check-in is about day 1, the day after the placement.")
            if runs
            else _tr("The trial ended; a diary that turns up can still be entered."),
            button=_tr("Enter a check-in…"),
        )
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorkspaceHints", text)
