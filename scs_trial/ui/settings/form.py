"""The settings form without a window."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import available_timezones

from scs_trial.domain.clinic import AskAbout, ClinicSettings
from scs_trial.domain.safety import SafetyItem, SafetyList
from scs_trial.ui.numbers import whole_number

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(kw_only=True)
class SettingsForm:
    """What was typed, starting from the settings in force."""

    settings: ClinicSettings
    texts: dict[str, str] = field(default_factory=dict)
    measures_asked: tuple[str, ...] = ()
    days_off: frozenset[int] = frozenset()
    items: tuple[SafetyItem, ...] = ()

    @classmethod
    def of(cls, settings: ClinicSettings) -> SettingsForm:
        """Return the form that shows these settings."""
        return cls(
            settings=settings,
            texts={
                "clinic_name": settings.clinic_name,
                "address": settings.address,
                "telephone": settings.telephone,
                "zone": settings.zone,
                "ask_about": settings.ask_about,
                "cut_off_hour": str(settings.cut_off_hour),
                "default_criteria": settings.default_criteria,
                "default_planned_days": str(settings.default_planned_days),
                "after_removal_call_days": str(settings.after_removal_call_days),
                "idle_lock_minutes": str(settings.idle_lock_minutes),
                "hide_earlier_values": "yes" if settings.hide_earlier_values else "no",
            },
            measures_asked=settings.measures_asked,
            days_off=settings.days_off,
            items=settings.safety.items,
        )

    def problems(self) -> dict[str, str]:
        """Return what keeps the settings from being saved, by field."""
        found = {}
        for name, low, high in _NUMBERS:
            if whole_number(self.texts[name], low, high) is None:
                found[name] = f"Enter a whole number from {low} to {high}."
        if self.texts["zone"] not in available_timezones():
            found["zone"] = "Choose a time zone such as Europe/Berlin."
        if not self.measures_asked:
            found["measures_asked"] = "Ask at least one measure."
        if len(self.days_off) == len(WEEKDAYS):
            found["days_off"] = "Leave at least one day of the week for calls."
        if not all(item.question.strip() and item.finding.strip() for item in self.items):
            found["safety"] = "Each safety question needs its words and its name in lists."
        return found

    def to_settings(self) -> ClinicSettings:
        """Return the settings; call it without `problems` only.

        A changed safety list loses its approval: the clinic approves the new wording.
        """
        text = self.texts
        return replace(
            self.settings,
            clinic_name=text["clinic_name"].strip(),
            address=text["address"].strip(),
            telephone=text["telephone"].strip(),
            zone=text["zone"],
            ask_about=AskAbout(text["ask_about"]),
            cut_off_hour=int(text["cut_off_hour"]),
            default_criteria=text["default_criteria"],
            default_planned_days=int(text["default_planned_days"]),
            after_removal_call_days=int(text["after_removal_call_days"]),
            idle_lock_minutes=int(text["idle_lock_minutes"]),
            hide_earlier_values=text["hide_earlier_values"] == "yes",
            measures_asked=self.measures_asked,
            days_off=self.days_off,
            safety=self._safety(),
        )

    def approve_safety(self, *, by: str, on: date) -> None:
        """Approve the safety list as it stands, by name and date."""
        version = f"{on.isoformat()} {_wording(self.items)}"
        safety = SafetyList(version=version, items=self.items, approved_by=by, approved_on=on)
        self.settings = replace(self.settings, safety=safety)

    def replace_item(self, changed: SafetyItem) -> None:
        """Change one safety question."""
        self.items = tuple(changed if item.id == changed.id else item for item in self.items)

    def _safety(self) -> SafetyList:
        safety = self.settings.safety
        if safety.items == self.items:
            return safety
        return SafetyList(version=f"not approved {_wording(self.items)}", items=self.items)


_NUMBERS = (
    ("cut_off_hour", 0, 23),
    ("default_planned_days", 1, 60),
    ("after_removal_call_days", 0, 30),
    ("idle_lock_minutes", 1, 30),
)


def _wording(items: tuple[SafetyItem, ...]) -> str:
    """Return a short fingerprint of the wording, so that each check-in names what was asked."""
    words = "\n".join(f"{item.id}|{item.urgency}|{item.question}" for item in items)
    return hashlib.sha256(words.encode()).hexdigest()[:8]
