"""Which series a check-in, a paper diary or a call asks for, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Asked, Catalogue, Measure, Series
from scs_trial.domain.trial import ProgramChange, Trial

_DURING_STIMULATION = frozenset(
    {"stimulation_hours", "coverage", "comfort", "stated_relief", "procedure_pain"}
)
"""Asked on trial days only: before the placement there is nothing to ask about."""
_GOALS = "goal_"


def asked_series(
    trial: Trial,
    *,
    catalogue: Catalogue,
    settings: ClinicSettings,
    phase: Phase,
    programs: Sequence[ProgramChange] = (),
) -> tuple[Series, ...]:
    """Return what is asked about one day: pain first, all of the target region before the others.

    Parameters
    ----------
    trial
        Its measures, regions and goals; without measures of its own the clinic's are asked.
    catalogue
        When each measure is asked.
    settings
        The clinic's measures.
    phase
        At baseline nothing about stimulation is asked.
    programs
        The ledger: coverage is not asked while the newest program is sub-perception.
    """
    sub_perception = bool(programs) and programs[-1].paresthesia is False
    return tuple(
        series
        for series in _series_of(trial, _codes(trial, settings), catalogue)
        if _is_asked(series.code, trial, catalogue, phase=phase, sub_perception=sub_perception)
    )


def _codes(trial: Trial, settings: ClinicSettings) -> list[str]:
    codes = list(trial.measures_asked or settings.measures_asked)
    if trial.pain_measure not in codes:
        codes.insert(0, trial.pain_measure)
    return codes


def _series_of(trial: Trial, codes: Sequence[str], catalogue: Catalogue) -> list[Series]:
    known = [code for code in codes if code in catalogue]
    pain = [code for code in known if catalogue[code].per_region]
    pain.sort(key=lambda code: code != trial.pain_measure)
    series = [Series(code) for code in pain]
    series += [Series(trial.pain_measure, region) for region in trial.other_regions]
    return series + [Series(code) for code in known if not catalogue[code].per_region]


def _is_asked(
    code: str, trial: Trial, catalogue: Catalogue, *, phase: Phase, sub_perception: bool
) -> bool:
    if code == "mme" and trial.takes_no_opioids:
        return False
    if code == "coverage" and sub_perception:
        return False
    if code.startswith(_GOALS) and int(code.removeprefix(_GOALS)) > len(trial.goals):
        return False
    asked = catalogue[code].asked
    if phase is Phase.BASELINE:
        return asked is not Asked.END and code not in _DURING_STIMULATION
    return asked is Asked.DAILY


def goal_of(series: Series, trial: Trial) -> str | None:
    """Return the patient's own goal that a series is about; None for every other series."""
    if not series.code.startswith(_GOALS):
        return None
    number = int(series.code.removeprefix(_GOALS))
    return trial.goals[number - 1] if number <= len(trial.goals) else None


def region_of(series: Series, measure: Measure, trial: Trial) -> str:
    """Return the pain region that a series is about; empty where it has none."""
    return (series.item or trial.target_region) if measure.per_region else ""


def asked_title(series: Series, measure: Measure, trial: Trial) -> str:
    """Return what an answer is called, e.g. ``"Low back, worst"``, ``"Goal 1: walk the dog"``."""
    goal = goal_of(series, trial)
    if goal is not None:
        return f"Goal {series.code.removeprefix(_GOALS)}: {goal}"
    region = region_of(series, measure, trial)
    if not region:
        return measure.title
    short = measure.title.removesuffix(" pain").removeprefix("Pain ").lower()
    return f"{region[:1].upper()}{region[1:]}, {short}"
