"""Words of the page for coded entries, dates and times: the same in every locale."""

from __future__ import annotations

from datetime import date, datetime

from scs_trial.domain.course_text import date_text
from scs_trial.domain.measures import Series
from scs_trial.domain.result import Status
from scs_trial.domain.trial import (
    DecisionKind,
    Indication,
    LeadKind,
    Maker,
    PatientWish,
    TreatmentKind,
)

NOT_DOCUMENTED = "not documented"

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

INDICATIONS = {
    Indication.PSPS_TYPE_2: "PSPS type 2",
    Indication.PSPS_TYPE_1: "PSPS type 1",
    Indication.NECK_OR_ARM: "neck or arm pain",
    Indication.CRPS_1: "CRPS I",
    Indication.CRPS_2: "CRPS II",
    Indication.PAINFUL_DIABETIC_NEUROPATHY: "painful diabetic neuropathy",
    Indication.SMALL_FIBRE_NEUROPATHY: "small-fibre neuropathy",
    Indication.POST_HERPETIC_NEURALGIA: "post-herpetic neuralgia",
    Indication.PHANTOM_OR_STUMP_PAIN: "phantom or stump pain",
    Indication.ARACHNOIDITIS: "arachnoiditis",
    Indication.PERIPHERAL_NERVE_INJURY: "peripheral nerve injury",
    Indication.ANGINA: "angina",
    Indication.LIMB_ISCHAEMIA: "limb ischaemia",
    Indication.OTHER: "other indication",
}
LEAD_KINDS = {
    LeadKind.PERCUTANEOUS_TEMPORARY: "percutaneous",
    LeadKind.PERCUTANEOUS_ANCHORED: "percutaneous, anchored",
    LeadKind.SURGICAL: "surgical",
}
MAKERS = {
    Maker.ABBOTT: "Abbott",
    Maker.BOSTON_SCIENTIFIC: "Boston Scientific",
    Maker.MEDTRONIC: "Medtronic",
    Maker.NEVRO: "Nevro",
    Maker.SALUDA: "Saluda",
    Maker.BIOTRONIK: "Biotronik",
    Maker.NALU: "Nalu",
    Maker.OTHER: "other maker",
}
TREATMENTS = {
    TreatmentKind.PHYSICAL_THERAPY: "physical therapy",
    TreatmentKind.EXERCISE: "exercise",
    TreatmentKind.ANTI_INFLAMMATORIES: "anti-inflammatories",
    TreatmentKind.MUSCLE_RELAXANTS: "muscle relaxants",
    TreatmentKind.NEUROPATHIC_AGENTS: "neuropathic agents",
    TreatmentKind.OPIOIDS: "opioids",
    TreatmentKind.INJECTIONS: "injections",
    TreatmentKind.RADIOFREQUENCY: "radiofrequency",
    TreatmentKind.SURGERY: "surgery",
    TreatmentKind.PSYCHOLOGICAL_THERAPY: "psychological therapy",
    TreatmentKind.NUTRITION_AND_LIFESTYLE: "nutrition and lifestyle",
}
DECISIONS = {
    DecisionKind.PERMANENT_IMPLANT: "Permanent implant",
    DecisionKind.NO_IMPLANT: "No implant",
    DecisionKind.EXTEND: "Extend the trial",
    DecisionKind.REPEAT: "Repeat the trial (other waveform or lead)",
    DecisionKind.OTHER_TARGET: "Other target",
    DecisionKind.TARGETED_DRUG_DELIVERY: "Evaluation for targeted drug delivery",
    DecisionKind.UNDECIDED: "Undecided",
}
WISHES = {
    PatientWish.YES: "yes",
    PatientWish.NO: "no",
    PatientWish.UNSURE: "unsure",
    PatientWish.NOT_ASKED: "not asked",
}
STATUSES = {
    Status.MET: "met",
    Status.NOT_MET: "not met",
    Status.NOT_ASSESSABLE: "not assessable",
}
PGIC = Series("pgic")
PGIC_WORDS = (
    "very much improved",
    "much improved",
    "minimally improved",
    "no change",
    "minimally worse",
    "much worse",
    "very much worse",
)
"""Answers 1 to 7 of the patient's global impression of change."""


def date_words(day: date | None) -> str:
    """Return a date as printed, e.g. ``"14 Mar 1968"``; "not documented" for None."""
    if day is None:
        return NOT_DOCUMENTED
    return f"{date_text(day)} {day.year}"


def weekday_words(day: date) -> str:
    """Return the short weekday, e.g. ``"Mon"``."""
    return _WEEKDAYS[day.weekday()]


def day_words(day: date) -> str:
    """Return weekday and date without the year, e.g. ``"Wed 18 Nov"``."""
    return f"{weekday_words(day)} {date_text(day)}"


def time_words(at: datetime) -> str:
    """Return date and time of day as they stand in ``at``, e.g. ``"23 Nov 2026 10:12"``."""
    return f"{date_words(at.date())} {at:%H:%M}"


def months_words(months: int) -> str:
    """Return a span of months, in whole years where it is some, e.g. ``"4 years"``."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{years} year{'' if years == 1 else 's'}"


def count_words(count: int, thing: str) -> str:
    """Return a count with its noun, e.g. ``"1 day"``, ``"2 days"``."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def shortened(text: str, limit: int, sign: str) -> tuple[str, str]:
    """Return what fits in its place, with a sign where it goes on, and the rest.

    It is cut at a space; nothing is lost between the two parts.
    """
    if len(text) <= limit:
        return text, ""
    cut = text.rfind(" ", 0, limit)
    cut = cut if cut > 0 else limit
    return text[:cut] + sign, text[cut:].strip()
