"""Today: whom to call and what is pending, always derived from the record."""

from __future__ import annotations

from scs_trial.services.authorize import Action, allowed
from scs_trial.services.session import Session
from scs_trial.services.today_facts import TodayFacts, today_facts
from scs_trial.services.today_rows import safety_row, trial_row
from scs_trial.services.today_sections import calling_order, section_of
from scs_trial.services.today_types import DayMark, Section, TodayList, TodayRow

__all__ = ["DayMark", "Section", "TodayList", "TodayRow", "today_list"]


@allowed(Action.READ_LISTS)
def today_list(session: Session) -> TodayList:
    """Derive the start page; evaluates trials in work only. Not audited (it is a list).

    A patient with open safety events stands in the safety section and, where a call is due, in
    that section too: an event never hides a check-in.
    """
    facts = today_facts(session)
    now = facts.now
    sections = {entry.trial.id: section_of(entry, now) for entry in facts.in_work}
    ordered = sorted(facts.in_work, key=lambda entry: calling_order(entry, now))
    rows = _safety_rows(facts)
    for section in Section:
        rows += [
            trial_row(entry, section, now)
            for entry in ordered
            if sections[entry.trial.id] is section
        ]
    return TodayList(
        today=now.today,
        rows=tuple(rows),
        running_trials=sum(
            entry.trial.trial_ended is None
            and entry.trial.trial_start is not None
            and entry.trial.trial_start <= now.today
            for entry in facts.in_work
        ),
    )


def _safety_rows(facts: TodayFacts) -> list[TodayRow]:
    newest = {entry.patient.id: entry for entry in facts.in_work}
    return [
        safety_row(facts.patients[patient_id], events, newest.get(patient_id), facts.now)
        for patient_id, events in facts.open_events.items()
    ]
