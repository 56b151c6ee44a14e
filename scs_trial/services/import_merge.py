"""How what a diary file says of a trial or a day goes with what the record holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Diary
from scs_trial.domain.trial import Trial
from scs_trial.services.criteria_of import is_fixed

_SAID_OF_A_TRIAL: Mapping[str, object] = {
    "planned_days": 7,
    "trial_ended": None,
    "end_reason": None,
    "awaiting_diary": False,
    "pain_measure": "pain_average",
}
"""Columns of a trial with what a file without them means."""


def merge_trial(before: Trial | None, diary: Diary, *, new: Trial) -> tuple[Trial, list[str]]:
    """Return the trial as it will stand, and what the file contradicts.

    A column that the file leaves at its default changes nothing; one that the record leaves at its
    default is filled, but for the pain measure of a trial whose rules are fixed.

    Parameters
    ----------
    before
        The trial in the record, or None.
    diary
        What the file says.
    new
        The trial to begin with where the record has none.
    """
    trial = before or new
    clashes: list[str] = []
    changes: dict[str, object] = {}
    for column, default in _SAID_OF_A_TRIAL.items():
        held, said = getattr(trial, column), getattr(diary, column)
        if said in (held, default):
            continue
        fixed = column == "pain_measure" and is_fixed(trial)
        if held == default and not fixed:
            changes[column] = said
        else:
            clashes.append(f"{column} is {said}, the record holds {held}.")
    items = {series.item for day in diary.days for series in day.values} - {None}
    regions = [item for item in sorted(map(str, items)) if item not in trial.other_regions]
    if regions:
        changes["other_regions"] = (*trial.other_regions, *regions)
    return (replace(trial, **changes) if changes else trial), clashes  # type: ignore[arg-type]


def same_check_in(stored: CheckIn, made: CheckIn) -> bool:
    """Return whether the record says what the file says; a time that the file leaves out agrees."""
    captured = made.recorded_at is None or stored.recorded_at == made.recorded_at
    return captured and _answers(stored) == _answers(made)


def _answers(check_in: CheckIn) -> tuple[object, ...]:
    return (
        dict(check_in.values),
        check_in.missed,
        check_in.stimulation_off,
        check_in.program,
        check_in.note,
    )
