"""What a check-in may be: its day and phase, its values, its words.

Source: the evaluation specification, section 1.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import Account
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.trial import Trial
from scs_trial.errors import FieldError
from scs_trial.services.validation import MAX_WORDS, text_faults, value_faults

TYPING_ERROR = "typing error"
"""The reason that one key gives for a short while after saving."""
TYPING_ERROR_WITHIN = timedelta(minutes=15)


def natural_phase(trial_start: date | None, day: date) -> Phase:
    """Return the phase of a date for which none is stated: baseline before the placement date."""
    return Phase.BASELINE if trial_start is None or day < trial_start else Phase.TRIAL


def day_faults(trial: Trial, *, day: date, phase: Phase, today: date) -> list[FieldError]:
    """Return why answers about this day can't belong to this phase of the trial.

    A baseline day may be entered before the placement date is known. The placement date may carry
    both phases. A day after the last one is kept, and raises a caution; one after the lead's
    removal is not about the trial.
    """
    start, removed = trial.trial_start, trial.lead_removed_at
    what = ""
    if day > today:
        what = "This day is still to come."
    elif phase is Phase.BASELINE:
        if start is not None and day > start:
            what = "A baseline day is not after the placement date."
    elif start is None:
        what = "The trial has no placement date yet."
    elif day < start:
        what = "A trial day is not before the placement date."
    elif removed is not None and day > removed.date():
        what = "The lead had been removed before this day."
    return [FieldError("day", what)] if what else []


def check_in_faults(
    check_in: CheckIn, trial: Trial, *, catalogue: Catalogue, today: date
) -> list[FieldError]:
    """Return everything that is wrong with a check-in, at once."""
    faults = day_faults(trial, day=check_in.day, phase=check_in.phase, today=today)
    faults += value_faults(check_in.values, catalogue, trial.other_regions)
    if check_in.phase is Phase.BASELINE:
        if check_in.stimulation_off:
            faults.append(FieldError("stimulation_off", "There is no stimulation at baseline."))
        if check_in.missed:
            faults.append(FieldError("missed", "Only trial days are declared missed."))
    if check_in.missed and check_in.values:
        faults.append(FieldError("missed", "A missed day holds no values."))
    if check_in.program is not None:
        faults += text_faults("program", check_in.program, required=True)
    for field in ("helped", "triggered", "note"):
        faults += text_faults(field, getattr(check_in, field), limit=MAX_WORDS, lines=True)
    if is_empty(check_in):
        faults.append(FieldError("values", "Nothing was answered.", "Enter at least one answer."))
    return faults


def is_empty(check_in: CheckIn) -> bool:
    """Return whether a check-in says nothing at all of its day."""
    said = (
        check_in.values,
        check_in.missed,
        check_in.stimulation_off,
        check_in.safety.answers,
        check_in.helped.strip(),
        check_in.triggered.strip(),
        check_in.note.strip(),
    )
    return not any(said)


def may_say_typing_error(check_in: CheckIn, account: Account, now: datetime) -> bool:
    """Return whether "typing error" is reason enough: same account, within 15 minutes."""
    saved_by = check_in.revised_by or check_in.recorded_by
    saved_at = check_in.revised_at or check_in.recorded_at
    if saved_by != account.id or saved_at is None:
        return False
    return timedelta(0) <= now - saved_at <= TYPING_ERROR_WITHIN
