"""A safety event while it is reported: what, how urgent, in whose words; without Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.services.report_safety import ReportSafetyEvent

VERSION = 1


class ReportForm:
    """A finding that is not on record yet.

    Choosing a question takes over its finding and urgency; both may be changed. Nothing is chosen
    at first.

    Parameters
    ----------
    questions
        The clinic's list.
    event_id
        Identity of the event, made once, so that a retry is the same event.
    patient_id, trial_id
        Whose event it is; a patient without a trial may have one.
    day
        Day that it belongs to, None for an event of its own.
    """

    def __init__(
        self,
        questions: SafetyList,
        *,
        event_id: UUID,
        patient_id: UUID,
        trial_id: UUID | None,
        day: date | None = None,
    ) -> None:
        self.questions = questions
        self.event_id = event_id
        self.patient_id = patient_id
        self.trial_id = trial_id
        self.day = day
        self.item: SafetyItem | None = None
        self.finding = ""
        self.urgency: Urgency | None = None
        self.description = ""

    @property
    def dirty(self) -> bool:
        """True once anything was entered."""
        return bool(self.item or self.finding.strip() or self.description.strip() or self.urgency)

    @property
    def instruction(self) -> str:
        """The clinic's instruction for the chosen question; empty for own words."""
        return "" if self.item is None else self.item.instruction or self.item.says

    @property
    def number(self) -> str:
        """The number to call for the chosen question."""
        return "" if self.item is None else self.item.number

    def choose(self, item_id: str) -> None:
        """Choose a question; empty text is own words."""
        before = self.item
        self.item = next((item for item in self.questions.items if item.id == item_id), None)
        if self.item is not None:
            self.finding, self.urgency = self.item.finding, self.item.urgency
        elif before is not None and self.finding == before.finding:
            self.finding, self.urgency = "", None

    @property
    def draft_key(self) -> str:
        """Name under which the draft is kept."""
        return f"safety_event:{self.patient_id}"

    def to_json(self) -> str:
        """Return the draft."""
        kept = {
            "version": VERSION,
            "id": str(self.event_id),
            "item": self.item.id if self.item else "",
            "finding": self.finding,
            "urgency": self.urgency.value if self.urgency else None,
            "description": self.description,
        }
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    def from_json(self, payload: str) -> bool:
        """Take a draft over; False for an unreadable one."""
        try:
            kept = json.loads(payload)
            if kept["version"] != VERSION:
                return False
            event_id = UUID(kept["id"])
            urgency = Urgency(kept["urgency"]) if kept["urgency"] else None
            texts = str(kept["finding"]), str(kept["description"])
            self.choose(str(kept["item"]))
        except (ValueError, KeyError, TypeError):
            return False
        self.event_id, self.urgency = event_id, urgency
        self.finding, self.description = texts
        return True

    def problems(self) -> Mapping[str, str]:
        """Return why it can't be put on record, by field; empty when it can."""
        found = {}
        if not self.finding.strip():
            found["finding"] = "Say what was reported."
        if self.urgency is None:
            found["urgency"] = "Choose how urgent it is."
        return found

    def command(self) -> ReportSafetyEvent:
        """Return what is stored."""
        return ReportSafetyEvent(
            id=self.event_id,
            patient_id=self.patient_id,
            trial_id=self.trial_id,
            item_id=self.item.id if self.item else None,
            finding=self.finding.strip(),
            description=self.description.strip(),
            urgency=self.urgency,
            check_in_day=self.day,
        )
