"""The administrator's list of accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.clinic import Role
from scs_trial.domain.verdict import Tone
from scs_trial.errors import AccessDeniedError, UserError
from scs_trial.services.accounts import (
    AccountLine,
    AddedAccount,
    add_account,
    change_account,
    give_one_time_password,
    list_accounts,
    remove_account,
)
from scs_trial.services.session import Session
from scs_trial.ui.accounts.asking import MAKING_KEYS, Store, account_fields, asking
from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_GUIDANCE = (
    "A new person gets a one-time password and chooses an own one at the first log-in. Removing"
    " somebody encrypts the record anew; older backups still open with the old password."
)


class AccountsDialog(QDialog):
    """Lists, adds, changes and removes accounts.

    Signals
    -------
    own_roles_changed
        One's own roles are others than at the log-in.
    """

    own_roles_changed = Signal()

    def __init__(
        self,
        session: Session,
        *,
        prompts: Prompts,
        runner: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("accounts")
        self.setWindowTitle("Accounts")
        self.resize(680, 460)
        self._session = session
        self._prompts = prompts
        self._runner = runner
        self._making_keys = False
        self._lines: tuple[AccountLine, ...] = ()
        self._banner = Banner(parent=self)
        self._banner.setObjectName("accounts.banner")
        self._list = QListWidget()
        self._list.setObjectName("accounts.list")
        self._list.setAccessibleName("Accounts")
        buttons = QHBoxLayout()
        for text, name, slot in (
            ("Add…", "add", self._on_add_clicked),
            ("Name and roles…", "change", self._on_change_clicked),
            ("One-time password…", "one_time", self._on_one_time_clicked),
            ("Remove…", "remove", self._on_remove_clicked),
            ("Close", "close", self.accept),
        ):
            buttons.addWidget(_button(text, f"accounts.{name}", slot))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(PlainLabel("Accounts", size=TextSize.LARGE))
        layout.addWidget(PlainLabel(_GUIDANCE, role=Colour.MUTED, wrap=True))
        layout.addWidget(self._banner)
        layout.addWidget(self._list, 1)
        layout.addLayout(buttons)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what the record says."""
        try:
            self._lines = list_accounts(self._session)
        except AccessDeniedError:  # one's own role was just given away
            self._lines = ()
        row = max(self._list.currentRow(), 0)
        self._list.clear()
        for line in self._lines:
            item = QListWidgetItem(_words(line))
            if line.removed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, len(self._lines) - 1))

    @Slot()
    def _on_add_clicked(self) -> None:
        def store(texts: Mapping[str, str]) -> AddedAccount:
            return add_account(
                self._session,
                user_name=texts["user_name"],
                display_name=texts["display_name"],
                roles=_roles(texts),
            )

        dialog = self._ask("Add an account", new=True, store=store)
        dialog.stored.connect(self._tell_password)

    @Slot()
    def _on_change_clicked(self) -> None:
        line = self._chosen()
        if line is None:
            return

        def store(texts: Mapping[str, str]) -> None:
            change_account(
                self._session,
                line.account.id,
                display_name=texts["display_name"],
                roles=_roles(texts),
                reason=texts["reason"],
            )

        dialog = self._ask("Name and roles", new=False, store=store, line=line)
        dialog.saved.connect(self._look_at_own_roles)

    @Slot()
    def _look_at_own_roles(self) -> None:
        """Leave when one's own roles changed: what is shown is another's work area then."""
        own = self._session.account
        standing = [line.account for line in self._lines if line.account.id == own.id]
        if not standing or standing[0].roles != own.roles:
            self.accept()
            self.own_roles_changed.emit()

    @Slot()
    def _on_one_time_clicked(self) -> None:
        line = self._chosen()
        if line is None or self._making_keys:
            return
        account = line.account

        def tell(given: AddedAccount) -> None:
            self._making_keys = False
            self._banner.clear()
            self._tell_password(given)
            self.reload()

        self._making_keys = True
        self._banner.show_message(MAKING_KEYS, dismissable=False)
        self._runner.run_task(
            lambda _progress: give_one_time_password(self._session, account.id),
            on_done=tell,
            on_error=self._refuse,
            title=MAKING_KEYS,
        )

    @Slot()
    def _on_remove_clicked(self) -> None:
        line = self._chosen()
        if line is None:
            return
        account = line.account

        def remove(answer: bool) -> None:
            if answer:
                self._runner.run_task(
                    lambda _progress: remove_account(self._session, account.id, reason="removed"),
                    on_done=lambda _none: self.reload(),
                    on_error=self._refuse,
                    title="Encrypting the record anew",
                )

        self._prompts.ask(
            f"Remove {account.display_name}?",
            "The password opens nothing any more. What was written stays, with the name.",
            yes="Remove",
            on_answer=remove,
        )

    def _refuse(self, error: UserError) -> None:
        self._making_keys = False
        self.reload()
        self._banner.show_message(str(error), tone=Tone.DANGER)

    def _ask(
        self,
        title: str,
        *,
        new: bool,
        store: Store,
        line: AccountLine | None = None,
    ) -> LedgerDialog:
        dialog = asking(
            "account",
            title,
            "",
            fields=account_fields(new=new),
            store=store,
            runner=self._runner,
            parent=self,
        )
        if line is not None:
            dialog.form.set_text("display_name", line.account.display_name)
            dialog.form.set_text("roles", " ".join(sorted(line.account.roles)))
        dialog.saved.connect(self.reload)
        dialog.open()
        return dialog

    def _chosen(self) -> AccountLine | None:
        row = self._list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    @Slot(object)
    def _tell_password(self, given: AddedAccount) -> None:
        self._prompts.tell(
            f"One-time password of {given.account.display_name}",
            f"{given.one_time_password}\n\nHand it over now; it is not shown again.",
        )


def _roles(texts: Mapping[str, str]) -> tuple[Role, ...]:
    return tuple(Role(word) for word in texts["roles"].split())


def _words(line: AccountLine) -> str:
    state = "removed" if line.removed else ", ".join(sorted(line.account.roles))
    waits = " · one-time password not changed yet" if line.one_time else ""
    return f"{line.account.display_name} ({line.account.user_name}) · {state}{waits}"


def _button(text: str, name: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
