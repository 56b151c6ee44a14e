"""In which section of the start page a trial stands, and in which order its patient is called."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from scs_trial.domain.check_in import CallAttempt, CallOutcome
from scs_trial.services.due_days import next_clinic_day
from scs_trial.services.local_time import to_local
from scs_trial.services.today_facts import AFTER_REMOVAL_LOOKBACK, InWork, Now
from scs_trial.services.today_types import Section

DIARY_ASKED_AGAIN_AFTER = timedelta(days=3)
_DAY = timedelta(days=1)


def section_of(entry: InWork, now: Now) -> Section | None:
    """Return the first section that applies; a trial stands in one (beside open events)."""
    applies = (
        (Section.OVERDUE, bool(entry.due.overdue)),
        (Section.DUE, bool(entry.due.due)),
        (Section.ENDING, is_ending(entry, now)),
        (Section.AFTER_REMOVAL, after_removal_call_due(entry, now)),
        (Section.AWAITING, entry.trial.awaiting_diary or entry.awaits_decision),
        (Section.DONE, checked_in_today(entry, now)),
    )
    return next((section for section, holds in applies if holds), None)


def last_day_date(entry: InWork) -> date:
    """Return the civil date of the last day that counts."""
    diary = entry.judgement.diary
    assert diary is not None  # trials without a placement date are not in work
    return diary.trial_start + timedelta(days=diary.last_day)


def is_ending(entry: InWork, now: Now) -> bool:
    """Return whether the last day, or the lead's removal, is within a day, or has passed."""
    if entry.trial.trial_ended is not None:
        return False
    planned = entry.trial.lead_removal_planned_at
    first = min(last_day_date(entry), planned.date()) if planned else last_day_date(entry)
    return first <= now.today + _DAY


def after_removal_call_due(entry: InWork, now: Now) -> bool:
    """Return whether the call after the lead's removal is due and nobody was reached since."""
    removed = entry.trial.lead_removed_at
    if removed is None or removed.date() < now.today - AFTER_REMOVAL_LOOKBACK:
        return False
    due_on = removed.date() + timedelta(days=now.settings.after_removal_call_days)
    if next_clinic_day(due_on, now.settings) > now.today:
        return False
    return not any(
        call.outcome is CallOutcome.REACHED and now.day_of(call.at) >= due_on
        for call in entry.calls
    )


def diary_to_ask_again(entry: InWork, now: Now) -> bool:
    """Return whether three days went by since the end, or since the last call about the diary."""
    ended = entry.trial.trial_ended
    if ended is None or not entry.trial.awaiting_diary:
        return False
    asked = [ended, *(now.day_of(call.at) for call in entry.calls)]
    return now.today - max(asked) >= DIARY_ASKED_AGAIN_AFTER


def checked_in_today(entry: InWork, now: Now) -> bool:
    """Return whether answers were recorded on the clinic's present day."""
    return any(
        check_in.recorded_at is not None
        and not check_in.missed
        and now.day_of(check_in.recorded_at) == now.today
        for check_in in entry.check_ins
    )


def call_of_today(entry: InWork, now: Now) -> CallAttempt | None:
    """Return the latest call if it was today, or asked to be called back today or later."""
    call = entry.last_call
    if call is None:
        return None
    wanted = call.call_back_at or call.at
    return call if now.day_of(max(call.at, wanted)) >= now.today else None


def calling_order(entry: InWork, now: Now) -> tuple[int, datetime, date, str]:
    """Return the place of a patient among those to call.

    First who asked to be called back by now, by time; then who was not tried today, the longest
    waiting first; then "no answer" and "message left", the first tried first; last who is to be
    called back later today, by time.
    """
    call = call_of_today(entry, now)
    rank, moment = 1, now.local
    if call is not None and call.call_back_at is not None:
        moment = to_local(call.call_back_at, now.zone)
        rank = 0 if moment <= now.local else 3
    elif call is not None and call.outcome is not CallOutcome.REACHED:
        moment = to_local(call.at, now.zone)
        rank = 2
    since = entry.due.due[0] if entry.due.due else last_day_date(entry)
    return rank, moment, since, entry.patient.name.casefold()
