"""What comes after the end: confirmations, the decision with its reason, the outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from scs_trial.domain.trial import ConfirmationAnswer, Decision, DecisionKind, FollowUp
from scs_trial.services.local_time import to_local
from scs_trial.ui.check_in.words import long_day, moment_words
from scs_trial.ui.end_of_trial.words import confirmation_words, decisions
from scs_trial.ui.numbers import decimal_text
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Card, DateField, Field, NumberField, PlainLabel, TextSize, YesNo
from scs_trial.ui.widgets.choice_box import ChoiceBox

MONTHS = (0, 1, 3, 6, 12)


class ConfirmationsCard(Card):
    """What the criteria ask the clinician to confirm; an answer is on record at once."""

    answered = Signal(str, bool)

    def __init__(
        self,
        names: Sequence[str],
        given: Sequence[ConfirmationAnswer],
        parent: QWidget | None = None,
        *,
        accounts: Mapping[UUID, str],
        zone: ZoneInfo,
    ) -> None:
        super().__init__(self.tr("Confirmations"), parent)
        latest = {answer.name: answer for answer in given}
        self._editors: dict[str, YesNo] = {}
        for name in names:
            editor = YesNo(confirmation_words(name), self)
            editor.setObjectName(f"end.confirm.{name}")
            row = QHBoxLayout()
            row.addWidget(PlainLabel(confirmation_words(name), self, wrap=True), 1)
            row.addWidget(editor)
            self.body.addLayout(row)
            if name in latest:
                answer = latest[name]
                editor.set_answer(answer.answer)
                said = f"{accounts.get(answer.by, '')}, {moment_words(to_local(answer.at, zone))}"
                self.body.addWidget(PlainLabel(said, self, role=Colour.MUTED, size=TextSize.SMALL))
            self._editors[name] = editor
            editor.answer_changed.connect(self._on_answer_changed)

    def _on_answer_changed(self, answer: bool | None) -> None:
        for name, editor in self._editors.items():
            if editor is self.sender() and answer is not None:
                self.answered.emit(name, answer)


class DecisionCard(Card):
    """The clinician's decision; an earlier version stays in sight."""

    decided = Signal(object, str)
    """Kind and reason."""
    sign_requested = Signal()

    def __init__(
        self, made: Sequence[Decision], parent: QWidget | None = None, *, zone: ZoneInfo
    ) -> None:
        super().__init__(self.tr("Decision"), parent)
        words = dict(decisions())
        for decision in made:
            when = moment_words(to_local(decision.decided_at, zone))
            said = self.tr("Version {n}: {what}. {reason} ({who}, {when})").format(
                n=decision.version,
                what=words[decision.kind.value],
                reason=decision.reason,
                who=decision.decider,
                when=when,
            )
            self.body.addWidget(PlainLabel(said, self, role=Colour.MUTED, wrap=True))
        self._kind = ChoiceBox([("", self.tr("Choose…")), *decisions()], self)
        self._kind.setObjectName("end.decision")
        self._reason = QLineEdit(self)
        self._reason.setObjectName("end.decision_reason")
        self._fields = [
            Field(self.tr("The clinician decides"), self._kind, self),
            Field(self.tr("Reason"), self._reason, self),
        ]
        for field in self._fields:
            self.body.addWidget(field)
        self._record = QPushButton(self.tr("Record the decision"), self)
        self._record.setObjectName("end.decide")
        self._record.setAutoDefault(False)
        self._record.clicked.connect(self._on_record_clicked)
        self._sign = QPushButton(self.tr("Sign…"), self)
        self._sign.setObjectName("end.sign")
        self._sign.setAccessibleName(self.tr("Sign"))
        self._sign.setAutoDefault(False)
        self._sign.setVisible(bool(made))
        self._sign.clicked.connect(self.sign_requested)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._sign)
        row.addWidget(self._record)
        self.body.addLayout(row)

    def _on_record_clicked(self) -> None:
        key, reason = self._kind.key(), self._reason.text().strip()
        self._fields[0].show_problem("" if key else self.tr("Choose the decision."))
        self._fields[1].show_problem("" if reason else self.tr("Give the reason."))
        if key and reason:
            self.decided.emit(DecisionKind(key), reason)


class FollowUpCard(Card):
    """What followed: the implant date, and the outcome 1, 3, 6 and 12 months later."""

    added = Signal(object)

    def __init__(
        self,
        known: Sequence[FollowUp],
        parent: QWidget | None = None,
        *,
        trial_id: UUID,
        account_id: UUID,
        now: datetime,
        at: datetime,
    ) -> None:
        super().__init__(self.tr("What followed"), parent)
        self._trial_id, self._account_id, self._at = trial_id, account_id, at
        for follow_up in known:
            self.body.addWidget(
                PlainLabel(self._said(follow_up), self, role=Colour.MUTED, wrap=True)
            )
        months = [(str(m), self.tr("{n} months").format(n=m)) for m in MONTHS[1:]]
        self._month = ChoiceBox([("0", self.tr("Implant only")), *months], self)
        self._seen = DateField(self.tr("Seen on"), self, today=now.date, latest=now.date())
        self._implant = DateField(self.tr("Implant date"), self, today=now.date)
        self._pain = NumberField(self.tr("Pain"), self, high=Decimal(10))
        self._outcome = QLineEdit(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        self._fields: dict[str, Field] = {}
        for place, (name, title, editor) in enumerate(
            (
                ("month", self.tr("After"), self._month),
                ("seen", self.tr("Seen on"), self._seen),
                ("implant", self.tr("Implant date"), self._implant),
                ("pain", self.tr("Average pain, 0 to 10"), self._pain),
                ("outcome", self.tr("Outcome, in words"), self._outcome),
            )
        ):
            editor.setObjectName(f"end.follow_up.{name}")
            self._fields[name] = Field(title, editor, self)
            grid.addWidget(self._fields[name], place // 2, place % 2)
        self.body.addLayout(grid)
        self._add = QPushButton(self.tr("Record what followed"), self)
        self._add.setObjectName("end.follow_up.add")
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._on_add_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._add)
        self.body.addLayout(row)

    def _said(self, follow_up: FollowUp) -> str:
        when = self.tr("{n} months").format(n=follow_up.month) if follow_up.month else ""
        implant = ""
        if follow_up.implant_date is not None:
            implant = self.tr("implanted {day}").format(day=long_day(follow_up.implant_date))
        pain = ""
        if follow_up.pain is not None:
            pain = self.tr("pain {value}").format(value=decimal_text(follow_up.pain))
        parts = (long_day(follow_up.seen_on), when, implant, pain, follow_up.outcome)
        return " · ".join(part for part in parts if part)

    def _on_add_clicked(self) -> None:
        seen: date | None = self._seen.value
        self._fields["seen"].show_problem(
            self._seen.problem or ("" if seen else self.tr("Enter the day."))
        )
        if seen is None or self._implant.problem or self._pain.problem:
            return
        self.added.emit(
            FollowUp(
                id=uuid4(),
                trial_id=self._trial_id,
                month=int(self._month.key()),
                seen_on=seen,
                implant_date=self._implant.value,
                pain=self._pain.value,
                outcome=self._outcome.text().strip(),
                by=self._account_id,
                at=self._at,
            )
        )
