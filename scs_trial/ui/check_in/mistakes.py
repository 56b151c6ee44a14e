"""Putting right what was entered wrongly: retract a check-in or an event, move to the right one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from scs_trial.domain.safety import SafetyEvent
from scs_trial.errors import UserError
from scs_trial.services.record_check_in import retract_check_in
from scs_trial.services.session import Session
from scs_trial.ui.check_in.findings import Findings
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.move_dialog import MoveDialog
from scs_trial.ui.prompts import Prompts


class Mistakes:
    """Asks for the reason, then retracts or moves; nothing is deleted."""

    def __init__(
        self,
        session: Session,
        prompts: Prompts,
        parent: QWidget,
        *,
        on_done: Callable[[str], None],
        on_error: Callable[[UserError], None],
    ) -> None:
        self._session = session
        self._prompts = prompts
        self._parent = parent
        self._on_done = on_done
        self._on_error = on_error

    def retract(self, form: CheckInForm) -> None:
        """Mark the check-in as entered in error, with a reason."""
        recorded = form.recorded
        if recorded is None:
            return
        self._with_reason(
            _tr("Entered in error"),
            _tr(
                "This check-in leaves every list and evaluation. It stays in the audit, and the"
                " day opens again."
            ),
            lambda reason: retract_check_in(self._session, recorded.id, reason=reason),
            done=_tr("Marked as entered in error."),
        )

    def retract_event(
        self, findings: Findings, event: SafetyEvent, *, on_retracted: Callable[[str], None]
    ) -> None:
        """Mark a safety event as entered in error, with a reason."""

        def run(reason: str) -> None:
            findings.retract(event, reason=reason)
            on_retracted(event.item_id or "")

        self._with_reason(
            _tr("Safety event entered in error"),
            _tr("The event leaves every list. It stays in the audit."),
            run,
            done=_tr("The safety event is marked as entered in error."),
        )

    def move(self, form: CheckInForm) -> None:
        """Move the check-in to the right patient or day."""
        if form.recorded is None:
            return
        dialog = MoveDialog(self._session, form.recorded, self._parent)
        dialog.moved.connect(self._on_moved)
        dialog.open()

    def _on_moved(self, _trial_id: UUID) -> None:
        self._on_done(_tr("Moved."))

    def _with_reason(self, title: str, text: str, run: Callable[[str], None], *, done: str) -> None:
        def answered(reason: str | None) -> None:
            if reason is None:
                return
            try:
                run(reason)
            except UserError as error:
                self._on_error(error)
            else:
                self._on_done(done)

        self._prompts.ask_text(
            title, text, label=_tr("Reason"), yes=_tr("Mark it"), on_answer=answered
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("check_in", text)
