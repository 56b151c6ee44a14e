"""The patient: who is meant, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Sex(StrEnum):
    """Sex as printed beside the birth date."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One person. Empty text means "not recorded".

    ``version`` grows with every change and guards against two people editing at once.
    ``merged_into`` is set on a duplicate that was merged away.
    """

    id: UUID
    name: str
    mrn: str
    birth_date: date | None = None
    sex: Sex = Sex.NOT_RECORDED
    telephones: tuple[str, ...] = ()
    best_time: str = ""
    who_may_answer: str = ""
    language: str = ""
    communication_needs: str = ""
    version: int = 1
    merged_into: UUID | None = None
    entered_in_error: bool = False
