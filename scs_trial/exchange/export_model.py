"""What an export is made from: one snapshot of the chosen cases, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from scs_trial.domain.case import Case, CaseTrial
from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Diary
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.result import Evaluation
from scs_trial.domain.signature import Signature
from scs_trial.domain.verdict import Verdict


class ExportForm(StrEnum):
    """Formats of an export."""

    DIARY = "diary"
    LONG = "long"
    XLSX = "xlsx"
    CASE = "case"
    REDCAP = "redcap"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPage:
    """The latest signature of a trial, with the page (PDF) as it was signed.

    ``changed`` is true where the record is not what the signature covers.
    """

    signature: Signature
    page: bytes
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedTrial:
    """One placed trial: whose it is, what was recorded, and what the criteria make of it.

    ``patient`` is the MRN, or the study number of a pseudonymised export. ``diary.days`` and
    ``check_ins`` stand in the same order. ``signed`` is None for a trial that is not signed, and in
    a pseudonymised export, for the page names the patient.
    """

    patient: str
    trial: CaseTrial
    check_ins: tuple[CheckIn, ...]
    diary: Diary
    evaluation: Evaluation | None
    verdict: Verdict | None = None
    signed: SignedPage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportModel:
    """Everything that the writers of an export need.

    ``trials`` leaves out trials entered in error and those without a placement date; ``cases``
    holds them. ``synthetic`` marks a record of made-up patients.
    """

    cases: tuple[Case, ...]
    trials: tuple[ExportedTrial, ...]
    catalogue: Catalogue
    zone: ZoneInfo
    made_on: date
    pseudonymised: bool = False
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One file of an export; the name says nothing about the patient."""

    name: str
    data: bytes
