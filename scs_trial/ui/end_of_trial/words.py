"""Reasons, wishes, decisions and impressions in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import DecisionKind, PatientWish


def _tr(text: str) -> str:
    return QCoreApplication.translate("end_of_trial", text)


def reasons() -> list[tuple[str, str]]:
    """Return (key, words) of every reason."""
    words = {
        EndReason.PLANNED: _tr("As planned"),
        EndReason.SAFETY: _tr("For safety"),
        EndReason.NO_BENEFIT: _tr("No benefit"),
        EndReason.PATIENT_WISH: _tr("The patient's wish"),
        EndReason.TECHNICAL: _tr("Technical"),
        EndReason.OTHER: _tr("Other"),
    }
    return [(reason.value, words[reason]) for reason in EndReason]


def wishes() -> list[tuple[str, str]]:
    """Return (key, words) of every wish."""
    words = {
        PatientWish.NOT_ASKED: _tr("Not asked"),
        PatientWish.YES: _tr("Yes, wishes to proceed"),
        PatientWish.NO: _tr("No"),
        PatientWish.UNSURE: _tr("Unsure"),
    }
    return [(wish.value, text) for wish, text in words.items()]


def decisions() -> list[tuple[str, str]]:
    """Return (key, words) of every decision; the program records it and never recommends it."""
    words = {
        DecisionKind.PERMANENT_IMPLANT: _tr("Permanent implant"),
        DecisionKind.NO_IMPLANT: _tr("No implant"),
        DecisionKind.EXTEND: _tr("Extend the trial"),
        DecisionKind.REPEAT: _tr("Repeat, other waveform or lead"),
        DecisionKind.OTHER_TARGET: _tr("Other target"),
        DecisionKind.TARGETED_DRUG_DELIVERY: _tr("Evaluate targeted drug delivery"),
        DecisionKind.UNDECIDED: _tr("Undecided"),
    }
    return [(kind.value, words[kind]) for kind in DecisionKind]


def impressions() -> list[tuple[str, str]]:
    """Return (score, words) of the patient's global impression of change, 1 to 7."""
    words = (
        _tr("very much improved"),
        _tr("much improved"),
        _tr("minimally improved"),
        _tr("no change"),
        _tr("minimally worse"),
        _tr("much worse"),
        _tr("very much worse"),
    )
    return [(str(score), f"{score}  {text}") for score, text in enumerate(words, 1)]


def confirmation_words(name: str) -> str:
    """Return the name of a confirmation as a sentence, e.g. "Functional improvement"."""
    return name.replace("_", " ").capitalize()
