"""What the set-up of a trial may be, and what is fixed once a trial day has a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Phase
from scs_trial.domain.trial import Trial
from scs_trial.domain.written import region_name
from scs_trial.errors import FieldError
from scs_trial.services.validation import MAX_WORDS, one_line, text_faults

MAX_PLANNED_DAYS = 60
PAIN_MEASURES = ("pain_average", "pain_vas")
"""Measures that a trial can declare as its pain measure."""
FIXED_FIELDS = ("target_region", "pain_measure", "criteria_id", "criteria_version", "trial_start")
"""Fixed at the first trial-day value; a later change needs a clinician and a reason."""
END_FIELDS = ("trial_ended", "end_reason", "lead_removed_at", "awaiting_diary")
"""Set by ending and reopening a trial alone."""


def clean(trial: Trial) -> Trial:
    """Return the trial with its texts as they are stored."""
    return replace(
        trial,
        target_region=region_name(trial.target_region),
        other_regions=tuple(
            dict.fromkeys(name for name in map(region_name, trial.other_regions) if name)
        ),
        goals=tuple(one_line(goal) for goal in trial.goals),
    )


def planned_days_faults(days: int) -> list[FieldError]:
    """Return why a trial can't be planned for so many days."""
    if 1 <= days <= MAX_PLANNED_DAYS:
        return []
    return [FieldError("planned_days", f"A trial is planned for 1 to {MAX_PLANNED_DAYS} days.")]


def set_up_faults(
    trial: Trial, *, criteria: Collection[str], measures: Collection[str]
) -> list[FieldError]:
    """Return everything that is wrong with a set-up; what is left out is no fault.

    Parameters
    ----------
    trial
        The set-up, its texts cleaned.
    criteria, measures
        Ids and codes that exist.
    """
    faults = planned_days_faults(trial.planned_days)
    faults += text_faults("target_region", trial.target_region)
    for name in trial.other_regions:
        faults += text_faults("other_regions", name)
        if name == trial.target_region:
            faults.append(FieldError("other_regions", "The target region is named twice."))
    for goal in trial.goals:
        faults += text_faults("goals", goal)
    faults += text_faults("history", trial.history, limit=MAX_WORDS, lines=True)
    if trial.pain_measure not in PAIN_MEASURES:
        faults.append(FieldError("pain_measure", "This is no pain measure of a trial."))
    if not trial.criteria_text and trial.criteria_id not in criteria:
        faults.append(
            FieldError("criteria_id", f"There are no criteria named {trial.criteria_id!r}.")
        )
    unknown = [code for code in trial.measures_asked if code not in measures]
    faults += [FieldError("measures_asked", f"There is no measure {code!r}.") for code in unknown]
    return faults


def changed_fields(before: Trial, after: Trial, names: Iterable[str]) -> list[str]:
    """Return which of the named fields differ."""
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def record_faults(trial: Trial, check_ins: Iterable[CheckIn]) -> list[FieldError]:
    """Return why the check-ins that exist do not fit a changed set-up."""
    faults = []
    live = [entry for entry in check_ins if not entry.entered_in_error]
    start = trial.trial_start
    misplaced = [
        entry
        for entry in live
        if (start is None and entry.phase is Phase.TRIAL)
        or (start is not None and entry.phase is Phase.TRIAL and entry.day < start)
        or (start is not None and entry.phase is Phase.BASELINE and entry.day > start)
    ]
    if misplaced:
        faults.append(
            FieldError(
                "trial_start",
                f"With this placement date {len(misplaced)} check-ins would stand in the wrong "
                "phase.",
                "Move or retract them first.",
            )
        )
    used = {series.item for entry in live for series in entry.values if series.item is not None}
    faults += [
        FieldError("other_regions", "A region with recorded values can't be left out.")
        for _ in used - set(trial.other_regions)
    ][:1]
    return faults
