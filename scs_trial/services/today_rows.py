"""One row of the start page in words and marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from scs_trial.domain.check_in import CallOutcome
from scs_trial.domain.diary import Diary, EndReason, Phase
from scs_trial.domain.numbers import floor_percent
from scs_trial.domain.patient import Patient
from scs_trial.domain.result import Evaluation, Reason
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.services.local_time import to_local
from scs_trial.services.today_facts import InWork, Now
from scs_trial.services.today_sections import call_of_today, diary_to_ask_again, last_day_date
from scs_trial.services.today_types import DayMark, Section, TodayRow
from scs_trial.services.words import OUTCOME_WORDS, age_on, day_words, state_words

URGENCY_WORDS = {
    Urgency.EMERGENCY: ("Emergency", "danger"),
    Urgency.URGENT: ("Urgent", "danger"),
    Urgency.SAME_DAY: ("Same day", "warning"),
    Urgency.ROUTINE: ("Routine", "info"),
    Urgency.NOTE: ("Note", "neutral"),
}
_DOT = " · "
_TO_ASK = frozenset({Section.DUE, Section.OVERDUE})


def safety_row(
    patient: Patient, events: Sequence[SafetyEvent], entry: InWork | None, now: Now
) -> TodayRow:
    """Return the row of a patient with open events, the most urgent first."""
    badge, role = URGENCY_WORDS[events[0].urgency]
    more = f" and {len(events) - 1} more" if len(events) > 1 else ""
    return TodayRow(
        section=Section.SAFETY,
        patient=patient,
        trial_id=entry.trial.id if entry else events[0].trial_id,
        badge=badge,
        badge_role=role,
        detail=_DOT.join([f"MRN {patient.mrn}", events[0].finding + more]),
        age=age_on(patient.birth_date, now.today),
        verdict=entry.judgement.verdict if entry else None,
        events=tuple(events),
        last_call=call_of_today(entry, now) if entry else None,
        call=_call(entry, now) if entry else "",
        day_number=_day_number(entry, now) if entry else None,
        last_day=_last_day(entry) if entry else None,
        marks=day_marks(entry) if entry else (),
        due_days=entry.due.due if entry else (),
    )


def trial_row(entry: InWork, section: Section, now: Now) -> TodayRow:
    """Return the row of a trial in its section."""
    badge, role = _badge(entry, section, now)
    return TodayRow(
        section=section,
        patient=entry.patient,
        trial_id=entry.trial.id,
        day_number=_day_number(entry, now),
        last_day=_last_day(entry),
        marks=day_marks(entry),
        due_days=entry.due.due,
        badge=badge,
        badge_role=role,
        figure=_figure(entry.judgement.evaluation, section),
        detail=_detail(entry, section, now),
        age=age_on(entry.patient.birth_date, now.today),
        verdict=entry.judgement.verdict,
        last_call=call_of_today(entry, now),
        call=_call(entry, now),
    )


def day_marks(entry: InWork) -> tuple[DayMark, ...]:
    """Return one mark for each window day."""
    diary, criteria = entry.judgement.diary, entry.judgement.criteria
    if diary is None:
        return ()
    states = {
        check_in.day: DayMark.MISSED if check_in.missed else DayMark.RECORDED
        for check_in in entry.check_ins
        if check_in.phase is Phase.TRIAL
    }
    without = DayMark.OPEN if diary.running else DayMark.MISSED
    first = criteria.first_day if criteria else 1
    days = (_date(diary, number) for number in range(first, diary.last_day + 1))
    return tuple(
        DayMark.OVERDUE if day in entry.due.overdue else states.get(day, without) for day in days
    )


def _date(diary: Diary, number: int) -> date:
    return diary.trial_start + timedelta(days=number)


def _day_number(entry: InWork, now: Now) -> int | None:
    diary = entry.judgement.diary
    return diary.day_number(now.today) if diary else None


def _last_day(entry: InWork) -> int | None:
    return entry.judgement.diary.last_day if entry.judgement.diary else None


def _badge(entry: InWork, section: Section, now: Now) -> tuple[str, str]:
    if section in _TO_ASK:
        return _due_badge(entry, overdue=section is Section.OVERDUE)
    if section is Section.ENDING:
        return _ending_words(entry, now), "info"
    if section is Section.AFTER_REMOVAL:
        return "After-removal call", "info"
    if entry.trial.awaiting_diary:
        again = diary_to_ask_again(entry, now)
        return ("Ask for diary", "warning") if again else ("Diary awaited", "neutral")
    if entry.trial.end_reason is EndReason.SAFETY:
        return "Ended for safety", "danger"
    evaluation = entry.judgement.evaluation
    return state_words(evaluation) if evaluation else ("No criteria", "neutral")


def _due_badge(entry: InWork, *, overdue: bool) -> tuple[str, str]:
    days, diary = entry.due.due, entry.judgement.diary
    assert diary is not None  # nothing is due without a placement date
    if overdue:
        many = "day" if len(days) == 1 else "days"
        return f"{len(days)} {many} missing", "danger"
    first, last = diary.day_number(days[0]), diary.day_number(days[-1])
    if first == last:
        return f"Day {first} due", "warning"
    if last - first == len(days) - 1:
        return f"Days {first}–{last} due", "warning"
    return f"{len(days)} days due", "warning"


def _ending_words(entry: InWork, now: Now) -> str:
    """Return what ends when: the lead's removal where it is planned, else the last day."""
    planned = entry.trial.lead_removal_planned_at
    if planned is not None and planned.date() <= now.today + timedelta(days=1):
        return f"Lead out {_removal_words(planned, now)}"
    last = last_day_date(entry)
    if last < now.today:
        return "End to record"
    return f"Last day {_near_day(last, now)}"


def _removal_words(planned: datetime, now: Now) -> str:
    """Return when the lead is to be removed, short enough for a badge."""
    day = "today" if planned.date() == now.today else day_words(planned.date(), now.today)
    return f"{day} {planned:%H:%M}"


def _near_day(day: date, now: Now) -> str:
    names = {0: "today", 1: "tomorrow"}
    return names.get((day - now.today).days, day_words(day, now.today))


def _call(entry: InWork, now: Now) -> str:
    """Return what came of the last call and when, or when to call back; empty once reached."""
    call = call_of_today(entry, now)
    if call is None or call.outcome is CallOutcome.REACHED:
        return ""
    at = to_local(call.call_back_at or call.at, now.zone)
    day = "" if at.date() == now.today else f"{day_words(at.date(), now.today)} "
    return f"{OUTCOME_WORDS[call.outcome]} {day}{at:%H:%M}"


def _detail(entry: InWork, section: Section, now: Now) -> str:
    parts = [f"MRN {entry.patient.mrn}"]
    ended, diary = entry.trial.trial_ended, entry.judgement.diary
    removed: datetime | None = entry.trial.lead_removed_at
    if section is Section.AFTER_REMOVAL and removed is not None:
        parts.append(f"lead out {day_words(removed.date(), now.today)}")
    elif ended is not None:
        parts.append(f"ended {day_words(ended, now.today)}")
    elif diary is not None:
        parts.append(f"day {diary.day_number(now.today)} of {diary.last_day}")
        planned = entry.trial.lead_removal_planned_at
        if section in _TO_ASK and planned and planned.date() <= now.today + timedelta(days=1):
            parts.append(f"lead out {_removal_words(planned, now)}")
    return _DOT.join(parts)


def _figure(evaluation: Evaluation | None, section: Section) -> str:
    """Return relief so far; its range where days are overdue; a word where there is none."""
    if evaluation is None:
        return ""
    primary = evaluation.primary
    if section is Section.OVERDUE and primary.range is not None:
        low, high = (floor_percent(bound) for bound in primary.range)
        if low < high:
            return f"▼ {low}–{high} %" if low >= 0 else f"{low} to {high} %"
    if primary.value is None or primary.reasons:
        return _no_figure(evaluation)
    percent = floor_percent(primary.value)
    return f"▼ {percent} %" if percent >= 0 else f"▲ {-percent} %"


def _no_figure(evaluation: Evaluation) -> str:
    """Return why there is no figure; "too early" only where more days would give one."""
    reasons = evaluation.primary.reasons
    if Reason.NO_BASELINE in reasons:
        return "no baseline"
    only_days = all(reason is Reason.TOO_FEW_TRIAL_DAYS for reason in reasons)
    return "too early" if evaluation.running and only_days else "not assessable"
