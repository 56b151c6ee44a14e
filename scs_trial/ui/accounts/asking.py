"""Small forms about passwords, PINs and accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations

from PySide6.QtWidgets import QLineEdit, QWidget

from scs_trial.domain.clinic import Role
from scs_trial.errors import FieldError
from scs_trial.services.own_keys import change_own_password, set_own_pin
from scs_trial.services.session import Session
from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.widgets.field_form import FieldKind, FieldSpec

Store = Callable[[Mapping[str, str]], object]
MAKING_KEYS = "Making the keys…"
ROLES = tuple(
    (" ".join(sorted(roles)), ", ".join(sorted(roles)))
    for count in (1, 2, 3)
    for roles in combinations(Role, count)
)
_NEW = (
    FieldSpec(name="new", label="New password", hint="15 characters or more; a sentence is fine."),
    FieldSpec(name="again", label="The same again"),
)
_SECRET = frozenset({"old", "new", "again", "digits", "password"})


def asking(
    name: str,
    title: str,
    guidance: str,
    *,
    fields: tuple[FieldSpec, ...],
    store: Store,
    runner: TaskRunner,
    parent: QWidget | None,
) -> LedgerDialog:
    """Return a form whose passwords are typed unseen and typed twice alike."""

    def checked(texts: Mapping[str, str]) -> object:
        if texts.get("new", "") != texts.get("again", texts.get("new", "")):
            raise FieldError("again", "The two passwords differ; type the same one twice.")
        return store(texts)

    dialog = LedgerDialog(
        name,
        title,
        guidance,
        fields=fields,
        store=checked,
        today=lambda: date.min,
        verbatim=_SECRET,
        runner=runner,
        busy=MAKING_KEYS,
        parent=parent,
    )
    for key in dialog.form.names():
        editor = dialog.form.editor(key)
        if key in _SECRET and isinstance(editor, QLineEdit):
            editor.setEchoMode(QLineEdit.EchoMode.Password)
    return dialog


def new_password(store: Store, parent: QWidget | None, *, runner: TaskRunner) -> LedgerDialog:
    """Ask for the password that takes the place of a one-time one."""
    return asking(
        "new_password",
        "Choose your own password",
        "The password that you were given opens the record only after you have changed it.",
        fields=_NEW,
        store=store,
        runner=runner,
        parent=parent,
    )


def recovery(
    store: Store, parent: QWidget | None, *, name: str, runner: TaskRunner
) -> LedgerDialog:
    """Ask for the recovery key and a new password."""
    return asking(
        "recovery",
        f"New password for {name}",
        "Type the printed recovery key of the record, and the password that counts from now on.",
        fields=(FieldSpec(name="key", label="Recovery key"), *_NEW),
        store=store,
        runner=runner,
        parent=parent,
    )


def own_password(session: Session, parent: QWidget | None, *, runner: TaskRunner) -> LedgerDialog:
    """Ask for the old and the new password."""
    return asking(
        "own_password",
        "Change your password",
        "It counts from the next log-in. A backup made before opens with the old one. Your PIN ends"
        " with the old password; set it again.",
        fields=(FieldSpec(name="old", label="Present password"), *_NEW),
        store=lambda t: change_own_password(session, old=t["old"], new=t["new"]),
        runner=runner,
        parent=parent,
    )


def own_pin(session: Session, parent: QWidget | None, *, runner: TaskRunner) -> LedgerDialog:
    """Ask for a PIN."""
    return asking(
        "own_pin",
        "Set your PIN",
        "It unlocks the screen within 15 minutes after it was locked, until the password changes.",
        fields=(
            FieldSpec(name="password", label="Password"),
            FieldSpec(name="digits", label="PIN", hint="Six digits."),
        ),
        store=lambda t: set_own_pin(session, password=t["password"], digits=t["digits"]),
        runner=runner,
        parent=parent,
    )


def account_fields(*, new: bool) -> tuple[FieldSpec, ...]:
    """Return the fields of an account."""
    names = (
        FieldSpec(name="display_name", label="Name", hint="As printed, e.g. RN Alvarez."),
        FieldSpec(name="roles", label="Roles", kind=FieldKind.CHOICE, choices=ROLES),
    )
    if new:
        return (FieldSpec(name="user_name", label="User name"), *names)
    return (*names, FieldSpec(name="reason", label="Reason"))
