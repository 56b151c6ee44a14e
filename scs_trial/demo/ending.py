"""How trials of the demo end: removal, the call after it, decision, what followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from scs_trial.demo.stage import Stage, made_id
from scs_trial.demo.story import Story
from scs_trial.domain.check_in import CallAttempt, CallOutcome
from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import DecisionKind, FollowUp, PatientWish, Trial
from scs_trial.services.manage_trial import (
    EndTrial,
    answer_confirmation,
    end_trial,
    record_decision,
    record_follow_up,
)
from scs_trial.services.record_check_in import note_call
from scs_trial.services.session import Session


def plan_end(stage: Stage, story: Story, trial: Trial) -> None:
    """Put the end of a trial, and what came after it, on the stage."""
    end = story.told.get("end")
    if end is None:
        return
    removal = story.day(end["day"] + 1)
    stage.at(removal, "12:00", partial(_end, story=story, trial=trial, end=end))
    if end.get("called_after"):
        called_on = removal + timedelta(days=1)
        call = CallAttempt(
            id=made_id(story.shows, "call after removal"),
            trial_id=trial.id,
            about_day=removal,
            at=stage.instant(stage.moment(called_on, "11:30")),
            by=made_id("account"),
            outcome=CallOutcome.REACHED,
            note="Wound dry, no fever.",
        )
        stage.at(called_on, "11:30", lambda session: note_call(session, call))
    for name, answer in story.told.get("confirm", {}).items():
        step = partial(_confirm, trial=trial, name=name, answer=answer)
        stage.at(removal, "12:30", step)
    _plan_decision(stage, story, trial, end["day"])


def _plan_decision(stage: Stage, story: Story, trial: Trial, last_day: int) -> None:
    decision = story.told.get("decision")
    if decision is not None:
        decided_on = story.day(last_day + decision["days_after"])
        stage.at(decided_on, "15:00", partial(_decide, trial=trial, decision=decision))
    outcome = story.told.get("follow_up")
    if outcome is None:
        return
    seen_on = story.day(last_day + outcome["days_after"])
    follow_up = FollowUp(
        id=made_id(story.shows, "follow-up", outcome["month"]),
        trial_id=trial.id,
        month=outcome["month"],
        seen_on=seen_on,
        implant_date=story.day(last_day + outcome["implant_days_after"]),
        pain=Decimal(outcome["pain"]),
        outcome=outcome["outcome"],
        by=made_id("account"),
        at=stage.instant(stage.moment(seen_on, "14:00")),
    )
    stage.at(seen_on, "14:00", lambda session: record_follow_up(session, follow_up))


def _end(session: Session, *, story: Story, trial: Trial, end: Mapping[str, Any]) -> None:
    with session.reading() as work:
        version = work.trials.get(trial.id).version
    end_trial(
        session,
        EndTrial(
            trial_id=trial.id,
            version=version,
            last_full_day=story.day(end["day"]),
            reason=EndReason(end["reason"]),
            lead_removed_at=datetime.combine(story.day(end["day"] + 1), time(9, 30)),
            awaiting_diary=end.get("awaiting_diary", False),
            patient_wish=PatientWish(end["wish"]),
            measures=tuple(
                (code, Decimal(value)) for code, value in end.get("measures", {}).items()
            ),
        ),
    )


def _confirm(session: Session, *, trial: Trial, name: str, answer: bool) -> None:
    answer_confirmation(session, trial.id, name=name, answer=answer)


def _decide(session: Session, *, trial: Trial, decision: Mapping[str, Any]) -> None:
    kind = DecisionKind(decision["kind"])
    record_decision(session, trial.id, kind=kind, reason=decision["reason"])
