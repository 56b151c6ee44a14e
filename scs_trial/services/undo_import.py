"""Take an import back by reversal: retract what it made, restore what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from scs_trial.domain.imports import ImportRun
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.session import Session


@allowed(Action.IMPORT_DIARY)
def list_imports(session: Session) -> Sequence[ImportRun]:
    """Return the imports through the assistant, newest first, the undone ones too."""
    raise NotImplementedError


@allowed(Action.UNDO_IMPORT)
def undo_import(session: Session, import_id: UUID, *, reason: str) -> ImportRun:
    """Take an import back in one transaction: all of it, or nothing.

    What it made is marked as entered in error; what it changed gets its former answers as a new
    revision. Everything stays in the audit trail.

    Raises
    ------
    InputError
        Something was edited, added or signed since; each reason names what.
    ConflictError
        The import was undone before.
    NotFoundError
        There is no such import.
    """
    raise NotImplementedError
