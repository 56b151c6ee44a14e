"""What the criteria ask the clinician to confirm."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from scs_trial.domain.criteria import Leaf, Test, leaves
from scs_trial.domain.describe import confirmation_text
from scs_trial.services.local_time import zone_of
from scs_trial.services.review_trial import TrialReview
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Card, PlainLabel, TextSize, YesNo
from scs_trial.ui.workspace.words import clinic_moment


class ConfirmationsCard(Card):
    """One question with Yes and No for each confirmation; unanswered until a clinician answers."""

    answered = Signal(str, bool)
    """Name of the confirmation and the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("For the clinician to confirm"), parent)
        self.setObjectName("workspace.confirmations")
        self._fields: dict[str, YesNo] = {}
        self._said: dict[str, PlainLabel] = {}
        self._recorded: dict[str, bool] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.hide()

    def show_review(self, review: TrialReview, *, allowed: bool) -> None:
        """Show the questions of the trial's criteria with the answers on record.

        Parameters
        ----------
        review
            The trial.
        allowed
            Whether this account may answer (clinicians).
        """
        asked = confirmations_asked(review)
        if list(self._fields) != [leaf.confirm for leaf in asked]:
            self._make(asked)
        self._recorded = {given.name: given.answer for given in review.confirmations}
        for name, field in self._fields.items():
            with QSignalBlocker(field):
                field.set_answer(self._recorded.get(name))
            field.setEnabled(allowed)
            self._said[name].setText(self._who_said(review, name, allowed=allowed))
        self.setVisible(bool(asked))

    def _make(self, asked: list[Leaf]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields, self._said = {}, {}
        for row, leaf in enumerate(asked):
            name = leaf.confirm or ""
            question = leaf.label or confirmation_text(name)
            field = YesNo(question, self)
            field.setObjectName(f"workspace.confirmations.{name}")
            field.setProperty("confirmation", name)
            field.answer_changed.connect(self._on_answer_changed)
            said = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
            asks = PlainLabel(question, self, wrap=True)
            self._grid.addWidget(asks, 2 * row, 0)
            self._grid.addWidget(field, 2 * row, 1)
            self._grid.addWidget(said, 2 * row + 1, 0, 1, 2)
            for widget in (asks, field, said):
                widget.show()
            self._fields[name], self._said[name] = field, said

    def _who_said(self, review: TrialReview, name: str, *, allowed: bool) -> str:
        for given in review.confirmations:
            if given.name == name:
                who = review.account_names.get(given.by, "")
                note = f" · {given.note}" if given.note else ""
                when = clinic_moment(given.at, zone_of(review.settings))
                return self.tr("answered by {0}, {1}").format(who, when) + note
        if allowed:
            return self.tr("not answered")
        return self.tr("not answered; a clinician answers this")

    @Slot(object)
    def _on_answer_changed(self, answer: bool | None) -> None:
        field = self.sender()
        if not isinstance(field, YesNo):
            return
        name = str(field.property("confirmation"))
        if answer is None:  # an answer on record can be changed, not taken back
            with QSignalBlocker(field):
                field.set_answer(self._recorded.get(name))
            return
        self.answered.emit(name, answer)


def confirmations_asked(review: TrialReview) -> list[Leaf]:
    """Return the confirmation leaves of the trial's criteria, each name once."""
    if review.evaluation is None:
        return []
    found = {
        leaf.confirm: leaf
        for leaf in leaves(review.evaluation.criteria.rule)
        if leaf.test is Test.CONFIRM
    }
    return list(found.values())
