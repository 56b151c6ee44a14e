"""Whom a file is about: the names that the record knows behind the file's numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from scs_trial.exchange.assistant.prepared import Prepared
from scs_trial.services.session import Session
from scs_trial.ui.check_in.words import long_day

_MOST = 4


def whom_words(session: Session, prepared: Prepared) -> str:
    """Return for the first patients of a file who they are in the record."""
    numbers = list(dict.fromkeys(trial.patient for trial in prepared.trials))
    words = []
    with session.reading() as work:
        for number in numbers[:_MOST]:
            patient = work.patients.by_mrn(number)
            if patient is None:
                words.append(_tr("{0}: not in the record, a new patient").format(number))
                continue
            born = long_day(patient.birth_date) if patient.birth_date else _tr("birth date ?")
            words.append(_tr("{0} is {1}, born {2}").format(number, patient.name, born))
    more = len(numbers) - _MOST
    if more > 0:
        words.append(_tr("and {0} more").format(more))
    return " · ".join(words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Whom", text)
