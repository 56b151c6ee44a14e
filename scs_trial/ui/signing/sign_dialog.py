"""Sign a trial with its decision: meaning, password, and the check-ins that were reviewed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.signature import Meaning, Signature
from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.services.door import DEMO_PASSWORD
from scs_trial.services.review_trial import TrialReview, reload_workspace
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import (
    PasswordCheck,
    SignDecision,
    amend_trial,
    sign_check_ins,
    sign_decision,
)
from scs_trial.services.signed_content import content_digest, unreviewed
from scs_trial.services.timeline import DECISION_WORDS
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.signing.words import amends, meanings, state_words
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, Card, Field, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.named_button import named_button

_WIDTH = 560
TRIAL, CHECK_INS = "trial", "check_ins"


class SignDialog(CalmDialog):
    """Asks for the meaning and the password, and signs in the background.

    Parameters
    ----------
    session
        Who signs.
    review
        What is signed: the record as it is on the screen.
    check
        Checks the password.
    runner
        Derives the key and sets the page in the background.
    prompts
        Asks for the reason of an amendment.

    Signals
    -------
    signed
        The record holds a new signature or amendment.
    copy_requested
        The `Signature` whose page is to be shown.
    """

    signed = Signal()
    copy_requested = Signal(object)

    def __init__(
        self,
        session: Session,
        review: TrialReview,
        *,
        check: PasswordCheck,
        runner: TaskRunner,
        prompts: Prompts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sign")
        add_help_key(self, "end_of_trial")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sign"))
        self.setMinimumWidth(_WIDTH)
        self._session, self._review = session, review
        self._check, self._runner, self._prompts = check, runner, prompts
        self._busy = False
        self._build()
        self._show()

    def reject(self) -> None:
        """Close, but not while a signature is being made."""
        if not self._busy:
            super().reject()

    def _build(self) -> None:
        self._who = PlainLabel("", self, weight=QFont.Weight.DemiBold, wrap=True)
        self._state = PlainLabel("", self, wrap=True)
        self._state.setObjectName("sign.state")
        self._banner = Banner(self)
        self._banner.setObjectName("sign.banner")
        self._what = ChoiceBox((), self)
        self._what.setObjectName("sign.what")
        self._what.currentIndexChanged.connect(self._on_what_changed)
        self._meaning = ChoiceBox((), self)
        self._meaning.setObjectName("sign.meaning")
        self._reason = QLineEdit(self)
        self._reason.setObjectName("sign.reason")
        self._password = QLineEdit(self)
        self._password.setObjectName("sign.password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._on_sign_clicked)
        hint = self.tr("In the demo it is: {0}").format(DEMO_PASSWORD)
        self._fields = {
            "what": Field(self.tr("I sign"), self._what, self),
            "meaning": Field(self.tr("Meaning"), self._meaning, self),
            "reason": Field(self.tr("Reason of the amendment"), self._reason, self),
            "password": Field(
                self.tr("My password"),
                self._password,
                self,
                hint=hint if self._review.demo else "",
            ),
        }
        card = Card(self.tr("Signature"), self)
        self._as = PlainLabel("", card, role=Colour.MUTED, wrap=True)
        card.body.addWidget(self._as)
        for field in self._fields.values():
            card.body.addWidget(field)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for part in (self._who, self._state, self._banner, card):
            layout.addWidget(part)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self._amend = self._button(self.tr("Amend…"), "amend")
        self._amend.clicked.connect(self._on_amend_clicked)
        self._copy = self._button(self.tr("Page as signed…"), "copy")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close = self._button(self.tr("Close"), "close")
        self._close.clicked.connect(self.reject)
        self._sign = self._button(self.tr("Sign"), "sign")
        self._sign.setProperty("kind", "primary")
        self._sign.clicked.connect(self._on_sign_clicked)
        row = QHBoxLayout()
        row.addWidget(self._amend)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._sign)
        return row

    def _button(self, text: str, name: str) -> QPushButton:
        return named_button(text, f"sign.{name}", self)

    def _show(self) -> None:
        review = self._review
        patient = review.patient
        born = long_day(patient.birth_date) if patient.birth_date else self.tr("birth date ?")
        self._who.setText(f"{patient.name} · {born} · MRN {patient.mrn}")
        self._state.setText(state_words(review) or self.tr("Not signed."))
        account = self._session.account.display_name
        self._as.setText(self.tr("{0}, clinician. {1}").format(account, self._result()))
        what = [(TRIAL, self.tr("The trial with its decision"))] if self._may_sign_trial() else []
        unread = len(unreviewed(self._review))
        if unread:
            words = self.tr("{0} check-ins as reviewed").format(unread)
            what.append((CHECK_INS, words))
        self._what.set_choices(what)
        choose = [] if amends(review) else [("", self.tr("Choose…"))]
        self._meaning.set_choices([*choose, *meanings(amends=amends(review))])
        self._reason.setText(review.amendment.reason if review.amendment else "")
        signed = review.signature is not None
        self._copy.setVisible(signed)
        self._amend.setVisible(signed and not amends(review))
        self._sign.setEnabled(bool(what))
        self._password.setEnabled(bool(what))
        self._on_what_changed()
        (self._password if what else self._close).setFocus()

    def _result(self) -> str:
        verdict, decisions = self._review.verdict, self._review.decisions
        parts = [verdict.headline] if verdict is not None else []
        if decisions:
            last = max(decisions, key=lambda made: made.version)
            parts.append(self.tr("Decision: {0}").format(DECISION_WORDS[last.kind]))
        else:
            parts.append(self.tr("No decision is recorded yet"))
        return ". ".join(parts) + "."

    def _may_sign_trial(self) -> bool:
        return self._review.trial.trial_ended is not None and bool(self._review.decisions)

    @Slot()
    def _on_what_changed(self) -> None:
        trial = self._what.key() == TRIAL
        self._fields["meaning"].setVisible(trial)
        self._fields["reason"].setVisible(trial and amends(self._review))

    @Slot()
    def _on_sign_clicked(self) -> None:
        unsaid = self._what.key() == TRIAL and not self._meaning.key()
        self._fields["meaning"].show_problem(self.tr("Choose the meaning.") if unsaid else "")
        if unsaid:
            self._meaning.setFocus()
            return
        password = self._password.text()
        self._password.clear()
        self._fields["password"].show_problem("" if password else self.tr("Type your password."))
        if not password or self._busy or not self._sign.isEnabled():
            self._password.setFocus()
            return
        self._set_busy(True)
        if self._what.key() == TRIAL:
            self._sign_trial(password)
        else:
            self._sign_check_ins(password)

    def _sign_trial(self, password: str) -> None:
        from scs_trial.reports.signed_copy import signed_page  # noqa: PLC0415  (start-up time)

        command = SignDecision(
            trial_id=self._review.trial.id,
            meaning=Meaning(self._meaning.key()),
            content_digest=content_digest(self._review),
            password=password,
            reason=self._reason.text().strip(),
        )
        session, check = self._session, self._check

        def sign(_progress: Progress) -> Signature:
            return sign_decision(session, command, check=check, set_page=signed_page)

        self._run(sign)

    def _sign_check_ins(self, password: str) -> None:
        session, check, trial_id = self._session, self._check, self._review.trial.id
        read = unreviewed(self._review)

        def sign(_progress: Progress) -> Sequence[Signature]:
            return sign_check_ins(session, trial_id, read, password=password, check=check)

        self._run(sign)

    def _run(self, sign: Callable[[Progress], object]) -> None:
        self._runner.run_task(
            sign, on_done=self._finish, on_error=self._refuse, title=self.tr("Signing")
        )

    def _finish(self, _signed: object) -> None:
        self._set_busy(False)
        self.signed.emit()
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self._set_busy(False)
        self._banner.show_message(
            self.tr("Nothing was signed."), str(error), tone=Tone.DANGER, dismissable=False
        )
        self._password.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._sign.setText(self.tr("Signing…") if busy else self.tr("Sign"))
        for widget in (*self._fields.values(), self._sign, self._close, self._amend, self._copy):
            widget.setEnabled(not busy)

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self._review.signature is not None:
            self.copy_requested.emit(self._review.signature)

    @Slot()
    def _on_amend_clicked(self) -> None:
        self._prompts.ask_text(
            self.tr("Amend the signed record"),
            self.tr("It can be changed until it is signed again. The page says so meanwhile."),
            label=self.tr("Reason"),
            yes=self.tr("Amend"),
            on_answer=self._amend_for,
        )

    def _amend_for(self, reason: str | None) -> None:
        if reason is None:
            return
        trial_id = self._review.trial.id
        try:
            amend_trial(self._session, trial_id, reason=reason)
            workspace = reload_workspace(self._session, self._review.patient.id, trial_id=trial_id)
        except UserError as error:
            self._banner.show_message(
                self.tr("Nothing was changed."), str(error), tone=Tone.DANGER, dismissable=False
            )
            return
        self.signed.emit()
        self._review = workspace.review or self._review
        self._show()
