"""The end of a trial while it is entered; without Qt.

Source: the evaluation specification, section 1: the trial ends with its last full day that counts;
the lead's removal is a time of its own and never drags a half day into the mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import EndReason
from scs_trial.domain.measures import Asked, Catalogue, Measure
from scs_trial.domain.trial import PatientWish, Trial
from scs_trial.services.end_trial import EndTrial, offered_last_full_day

_DAY = timedelta(days=1)
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?")
_ALWAYS = ("pgic",)
VERSION = 1


def parse_time(text: str) -> time | None:
    """Return the time that was typed ("9:30", "0930", "9"), None when it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def end_measures(
    trial: Trial, settings: ClinicSettings, catalogue: Catalogue
) -> tuple[Measure, ...]:
    """Return what is asked at the end: PGIC, and the trial's instruments of baseline and end."""
    asked = (*(trial.measures_asked or settings.measures_asked), *_ALWAYS)
    codes = [code for code in catalogue if code in asked]
    return tuple(catalogue[code] for code in codes if catalogue[code].asked is not Asked.DAILY)


class EndForm:
    """Everything that the end of a trial asks; nothing is chosen for the clinician.

    The last full day is offered: the day before the removal. It follows the removal until it is
    changed by hand.

    Parameters
    ----------
    trial
        The trial; one that has ended shows what is on record.
    settings, catalogue
        For the measures asked at the end.
    now
        The clinic's local date and time (naive).
    """

    def __init__(
        self, trial: Trial, *, settings: ClinicSettings, catalogue: Catalogue, now: datetime
    ) -> None:
        self.trial = trial
        self.measures = end_measures(trial, settings, catalogue)
        self._now = now
        self._chosen_by_hand = trial.trial_ended is not None
        removal = trial.lead_removed_at
        self.removed_on: date | None = removal.date() if removal else None
        self.removed_time = removal.strftime("%H:%M") if removal else ""
        self.last_full_day: date | None = trial.trial_ended or offered_last_full_day(
            trial, now.date()
        )
        self.reason: EndReason | None = trial.end_reason
        self.awaiting_diary: bool | None = trial.awaiting_diary if trial.trial_ended else None
        self.wish = trial.patient_wish
        self.values: dict[str, Decimal] = {}
        self.refused: dict[str, str] = {}
        self._initial = self.to_json()

    @property
    def draft_key(self) -> str:
        """Name under which the draft is kept."""
        return f"end_of_trial:{self.trial.id}"

    @property
    def dirty(self) -> bool:
        """True while something differs from what is on record."""
        return self.to_json() != self._initial

    @property
    def last_day_number(self) -> int | None:
        """Number of the last full day; None without it or without a placement date."""
        if self.last_full_day is None or self.trial.trial_start is None:
            return None
        return (self.last_full_day - self.trial.trial_start).days

    def remove_on(self, day: date | None) -> None:
        """Say when the lead was removed; the last full day follows unless it was chosen."""
        self.removed_on = day
        if day is None or self._chosen_by_hand:
            return
        start = self.trial.trial_start or day
        self.last_full_day = max(start, day - _DAY)

    def end_on(self, day: date | None) -> None:
        """Choose the last full day by hand."""
        self.last_full_day = day
        self._chosen_by_hand = True

    def set_value(self, code: str, value: Decimal | None, *, problem: str = "") -> None:
        """Answer one of the measures asked at the end."""
        self.values.pop(code, None)
        self.refused.pop(code, None)
        if problem:
            self.refused[code] = problem
        elif value is not None:
            self.values[code] = value

    @property
    def removed_at(self) -> datetime | None:
        """The removal as a clinic-local time; None while either part is missing."""
        at = parse_time(self.removed_time)
        if self.removed_on is None or at is None:
            return None
        return datetime.combine(self.removed_on, at)

    def problems(self) -> Mapping[str, str]:
        """Return why the trial can't be ended yet, by field; empty when it can."""
        found = dict(self.refused)
        if self.last_full_day is None:
            found["last_full_day"] = "Enter the last full day that counts."
        elif self.last_full_day > self._now.date():
            found["last_full_day"] = "This day is still to come."
        if self.reason is None:
            found["reason"] = "Choose why the trial ends."
        if self.awaiting_diary is None:
            found["awaiting_diary"] = "Say whether a diary is still to come."
        if self.removed_on is None and self.removed_time.strip():
            found["removed_on"] = "Enter the day of the removal."
        if self.removed_on is not None and parse_time(self.removed_time) is None:
            found["removed_time"] = "Enter the time of the removal, like 09:30."
        removed = self.removed_at
        if removed is not None and removed > self._now:
            found["removed_time"] = "The removal is still to come."
        return found

    def command(self) -> EndTrial:
        """Return what is stored; only for a form without problems."""
        assert self.last_full_day is not None
        assert self.reason is not None
        return EndTrial(
            trial_id=self.trial.id,
            version=self.trial.version,
            last_full_day=self.last_full_day,
            reason=self.reason,
            lead_removed_at=self.removed_at,
            awaiting_diary=self.awaiting_diary is True,
            patient_wish=self.wish,
            measures=tuple(self.values.items()),
        )

    def to_json(self) -> str:
        """Return the draft."""
        kept = {
            "version": VERSION,
            "trial_version": self.trial.version,
            "last_full_day": _iso(self.last_full_day),
            "by_hand": self._chosen_by_hand,
            "removed_on": _iso(self.removed_on),
            "removed_time": self.removed_time,
            "reason": self.reason.value if self.reason else None,
            "awaiting_diary": self.awaiting_diary,
            "wish": self.wish.value,
            "values": {code: str(value) for code, value in self.values.items()},
        }
        return json.dumps(kept, sort_keys=True)

    def from_json(self, payload: str) -> bool:
        """Take a draft over; False for an unreadable one or one of an older state of the trial."""
        try:
            kept = json.loads(payload)
            if kept["version"] != VERSION or kept["trial_version"] != self.trial.version:
                return False
            self._take(kept)
        except (ValueError, KeyError, TypeError, InvalidOperation):
            return False
        return True

    def _take(self, kept: dict[str, Any]) -> None:
        days = {key: _day(kept[key]) for key in ("last_full_day", "removed_on")}
        reason = EndReason(kept["reason"]) if kept["reason"] else None
        wish = PatientWish(kept["wish"])
        asked = {measure.code for measure in self.measures}
        values = {code: Decimal(text) for code, text in kept["values"].items() if code in asked}
        self.last_full_day, self.removed_on = days["last_full_day"], days["removed_on"]
        self.removed_time = str(kept["removed_time"])
        self._chosen_by_hand = kept["by_hand"] is True
        self.reason, self.wish, self.values = reason, wish, values
        awaiting = kept["awaiting_diary"]
        self.awaiting_diary = awaiting if isinstance(awaiting, bool) else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
