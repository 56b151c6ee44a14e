"""The house: settings, accounts, keys, one's own password, the emergency."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from scs_trial.domain.tone import Tone
from scs_trial.errors import UserError
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.break_glass import break_glass, broken_glass
from scs_trial.services.local_time import to_local
from scs_trial.services.session import Session
from scs_trial.ui.accounts.accounts_dialog import AccountsDialog
from scs_trial.ui.accounts.asking import own_password, own_pin
from scs_trial.ui.accounts.recovery_dialog import RecoveryDialog
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.settings.settings_dialog import SettingsDialog
from scs_trial.ui.tasks import TaskRunner

_EMERGENCY = (
    "Patients can be read for one hour, and nothing can be changed. The reason and every patient"
    " opened stand on the audit trail, and clinicians are told."
)


class HouseDesk(QObject):
    """Opens what is about the clinic and its people, not about a patient.

    Signals
    -------
    settings_changed
        The record holds new settings.
    roles_changed
        One's own roles were changed: the work area is no longer the right one.
    glass_broken
        Patients may be read from now on.
    """

    settings_changed = Signal()
    roles_changed = Signal()
    glass_broken = Signal()

    def __init__(
        self, window: MainWindow, session: Session, *, prompts: Prompts, runner: TaskRunner
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._prompts, self._runner = prompts, runner

    def runs(self) -> Mapping[str, Callable[[], object]]:
        """Return what the commands of the house do."""
        return {
            "view.settings": self.open_settings,
            "view.accounts": self.open_accounts,
            "view.recovery_key": self.open_recovery_key,
            "view.own_password": partial(self._ask_own, own_password),
            "view.own_pin": partial(self._ask_own, own_pin),
            "view.emergency": self.break_glass,
        }

    @Slot()
    def open_settings(self) -> None:
        """Open the settings: the clinic's pages and the doors to everything else."""
        dialog = SettingsDialog(self._session, self._window, commands=self._window.commands)
        dialog.saved.connect(self.settings_changed)
        dialog.open()

    @Slot()
    def open_accounts(self) -> None:
        """Open the list of accounts."""
        prompts, runner = self._prompts, self._runner
        dialog = AccountsDialog(self._session, prompts=prompts, runner=runner, parent=self._window)
        dialog.own_roles_changed.connect(self.roles_changed)
        dialog.open()

    @Slot()
    def open_recovery_key(self) -> None:
        """Make a new recovery key."""
        RecoveryDialog(self._session, runner=self._runner, parent=self._window).open()

    @Slot()
    def break_glass(self) -> None:
        """Ask for the reason of an emergency, then let patients be read."""
        self._prompts.ask_text(
            "Open patients in an emergency?",
            _EMERGENCY,
            label="Reason",
            yes="Open patients",
            on_answer=self._break_glass,
        )

    def tell_of_emergencies(self) -> None:
        """Tell who must know what others read in an emergency since the last log-in."""
        if not is_allowed(self._session.account, Action.READ_AUDIT):
            return
        zone = self._session.zone()
        lines = [
            f"{to_local(held.at, zone):%d %b %H:%M} {held.who}: {held.reason}"
            for held in broken_glass(self._session)
        ]
        if lines:
            self._prompts.tell(
                "Patients were read in an emergency",
                "\n".join((*lines, "The audit trail names the patients who were opened.")),
            )

    def _break_glass(self, reason: str | None) -> None:
        if reason is None:
            return
        try:
            until = break_glass(self._session, reason=reason)
        except UserError as error:
            self._prompts.tell("Patients stay closed", str(error))
            return
        at = to_local(until, self._session.zone())
        self._window.status.set_saved(f"Emergency: reading until {at:%H:%M}", Tone.DANGER)
        self.glass_broken.emit()

    def _ask_own(self, ask: Callable[..., QDialog]) -> None:
        ask(self._session, self._window, runner=self._runner).open()
