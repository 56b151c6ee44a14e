"""What a clinic sets for itself, and who works there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.safety import SafetyList


class Role(StrEnum):
    """What an account may do; an account holds one or more."""

    NURSE = "nurse"
    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"


class AskAbout(StrEnum):
    """Which day a call asks about."""

    YESTERDAY = "yesterday"
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person who works with the record."""

    id: UUID
    user_name: str
    display_name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicSettings:
    """Clinical settings; they live in the record and every change is audited.

    ``days_off`` are ISO weekdays (1 Monday .. 7 Sunday) without calls. ``cut_off_hour`` is the
    clinic-local hour after which a due check-in is overdue. ``zone`` is the clinic's IANA zone.
    """

    zone: str
    clinic_name: str = ""
    address: str = ""
    telephone: str = ""
    ask_about: AskAbout = AskAbout.YESTERDAY
    cut_off_hour: int = 14
    days_off: frozenset[int] = frozenset()
    measures_asked: tuple[str, ...] = (
        "pain_average",
        "pain_worst",
        "pain_least",
        "stated_relief",
        "activity_score",
        "walking_minutes",
        "sleep_hours",
        "mme",
    )
    hide_earlier_values: bool = True
    default_criteria: str = "general-50"
    default_planned_days: int = 7
    after_removal_call_days: int = 1
    idle_lock_minutes: int = 10
    """Minutes without a key or the mouse before the screen locks, 1 to 30."""
    safety: SafetyList = field(default_factory=lambda: SafetyList(version="", items=()))
    second_backup_folder: str = ""
    """A folder on another disk or a share that gets a copy of each backup; empty for none."""
    snapshot_folder: str = ""
    """Where a copy for reading in other rooms is put after saving; empty for none."""
