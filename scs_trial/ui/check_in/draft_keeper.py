"""Keeps every keystroke as an encrypted draft, at most 0.3 s after it was typed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from scs_trial.errors import UserError
from scs_trial.services.keep_draft import discard_draft, drafts, keep_draft
from scs_trial.services.ports import Draft
from scs_trial.services.session import Session

DELAY_MS = 300
"""Pause after a keystroke before it is stored; the promise is half a second."""


class DraftKeeper(QObject):
    """Stores the drafts of one form at a time.

    The pause does not start anew with each keystroke: continuous typing is stored all the same.
    """

    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pending: tuple[str, UUID | None, Callable[[], str]] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)

    def keep(self, key: str, patient_id: UUID | None, payload: Callable[[], str]) -> None:
        """Store a draft soon; ``payload`` is asked for then."""
        if self._pending is not None and self._pending[0] != key:
            self.flush()
        self._pending = (key, patient_id, payload)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Store what waits, now: before hiding, closing, locking."""
        self._timer.stop()
        if self._pending is None:
            return
        (key, patient_id, payload), self._pending = self._pending, None
        try:
            keep_draft(self._session, key=key, patient_id=patient_id, payload=payload())
        except UserError as error:
            self.failed.emit(str(error))

    def hold(self) -> None:
        """Store nothing while the form is being saved."""
        self._timer.stop()

    def resume(self) -> None:
        """Go on: the save failed."""
        if self._pending is not None:
            self._timer.start()

    def forget(self) -> None:
        """Store nothing more of what waits: the form was saved."""
        self._timer.stop()
        self._pending = None

    def discard(self, key: str) -> None:
        """Delete a draft."""
        self.forget()
        try:
            discard_draft(self._session, key)
        except UserError as error:
            self.failed.emit(str(error))

    def find(self, key: str) -> Draft | None:
        """Return a draft of this account."""
        return next((draft for draft in self.of_prefix(key) if draft.key == key), None)

    def of_prefix(self, prefix: str) -> list[Draft]:
        """Return this account's drafts whose key begins like this, newest first."""
        try:
            return [d for d in drafts(self._session) if d.key.startswith(prefix)]
        except UserError as error:
            self.failed.emit(str(error))
            return []
