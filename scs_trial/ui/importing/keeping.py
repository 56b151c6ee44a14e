"""Keeps the answers of an import for files of the same kind, when a name was given."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.services.import_profiles import keep_profile
from scs_trial.services.session import Session


def keep_answers(session: Session, made: Assessment | None, name: str) -> str:
    """Keep the answers under a name and return in words what came of it; empty without a name."""
    name = name.strip()
    if not name or made is None or made.prepared is None:
        return ""
    answers = made.prepared.answers
    try:
        keep_profile(session, name=name, fingerprint=made.fingerprint, answers=answers)
    except UserError as error:
        return _tr("The answers were not kept: {0}").format(error)
    return _tr("The answers are kept as {0}.").format(name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Keeping", text)
