"""Safety questions and events of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from scs_trial.demo.stage import Stage, made_id
from scs_trial.demo.story import Story
from scs_trial.domain.check_in import SafetyAnswer, SafetyCheck
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.trial import Trial
from scs_trial.services.report_safety import (
    ReportSafetyEvent,
    acknowledge_event,
    record_told,
    report_safety_event,
    resolve_event,
)
from scs_trial.services.session import Session


def clear_check(settings: ClinicSettings, *, asked_at: datetime) -> SafetyCheck:
    """Return all safety questions asked and answered no."""
    return SafetyCheck(
        answers=tuple(
            SafetyAnswer(item_id=item.id, answer=False) for item in settings.safety.items
        ),
        wording_version=settings.safety.version,
        asked_by="Demo",
        asked_at=asked_at,
    )


def plan_events(stage: Stage, story: Story, trial: Trial) -> None:
    """Put the safety events of a story on the stage."""
    for entry in story.told.get("event", ()):
        day = story.day(entry["day"])
        command = ReportSafetyEvent(
            id=made_id(story.shows, "event", entry["item"]),
            patient_id=trial.patient_id,
            trial_id=trial.id,
            item_id=entry["item"],
            description=entry["description"],
            check_in_day=day,
        )
        stage.at(day, "09:30", partial(_report, command=command))
        stage.at(day, "09:40", partial(_handle, event_id=command.id, entry=entry))


def _report(session: Session, *, command: ReportSafetyEvent) -> None:
    report_safety_event(session, command)


def _handle(session: Session, *, event_id: UUID, entry: Mapping[str, Any]) -> None:
    if "told" in entry:
        record_told(session, event_id, who=entry["told"])
    if entry.get("acknowledge"):
        acknowledge_event(session, event_id)
    if "resolution" in entry:
        resolve_event(session, event_id, resolution=entry["resolution"])
