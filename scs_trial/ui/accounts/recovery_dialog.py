"""A new recovery key: shown once, printed, two groups asked back, then the old one ends."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.errors import UserError
from scs_trial.services.accounts import propose_recovery_key, take_recovery_key
from scs_trial.services.session import Session
from scs_trial.ui.door.print_key import print_key
from scs_trial.ui.door.recovery_key import RecoveryKeyStep
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.labels import PlainLabel

_GUIDANCE = (
    "The old key stays in force until both groups are right. Then the record is encrypted anew, and"
    " the old key opens it no more; backups made before still open with the old one."
)
_WORKING = "Encrypting the record anew…"


class RecoveryDialog(CalmDialog):
    """Makes a recovery key in the place of the old one."""

    def __init__(
        self, session: Session, *, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("new_recovery_key")
        add_help_key(self, "settings")
        self.setWindowTitle("New recovery key")
        self.setMinimumWidth(560)
        self._session, self._runner = session, runner
        self._key = propose_recovery_key(session)
        self._busy = False
        self._banner = Banner(parent=self)
        self._banner.setObjectName("new_recovery_key.banner")
        self._step = RecoveryKeyStep(self, done="Put this key in force")
        self._step.set_groups(self._key.split("-"))
        self._step.confirmed.connect(self._on_step_confirmed)
        self._step.print_requested.connect(partial(print_key, self))
        self._close = QPushButton("Cancel")
        self._close.setObjectName("new_recovery_key.close")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(self._banner)
        layout.addWidget(PlainLabel(_GUIDANCE, role=Colour.MUTED, wrap=True))
        layout.addWidget(self._step, 1)
        layout.addLayout(buttons)

    @Slot()
    def reject(self) -> None:
        """Leave the old key in force; not while the file is being written."""
        if not self._busy:
            super().reject()

    @Slot()
    def _on_step_confirmed(self) -> None:
        self._set_busy(True)
        self._banner.show_message(_WORKING, dismissable=False)
        self._runner.run_task(
            lambda _progress: take_recovery_key(self._session, self._key),
            on_done=self._done,
            on_error=self._fail,
            title=_WORKING,
        )

    def _done(self, _none: None) -> None:
        self._set_busy(False)
        self._step.hide()
        self._close.setText("Close")
        self._close.setFocus()
        self._banner.show_message(
            "The new recovery key is in force.",
            "Destroy the sheet with the old one; it opens this record no more.",
            tone=Tone.GOOD,
            dismissable=False,
        )

    def _fail(self, error: UserError) -> None:
        self._set_busy(False)
        self._banner.show_message(str(error), tone=Tone.DANGER)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._step.setEnabled(not busy)
        self._close.setEnabled(not busy)
