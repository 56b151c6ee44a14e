"""A trial by the other criteria of the library, labelled as such."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.services.also_evaluated import AlsoEvaluated, also_evaluated
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Card, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.labels import TextSize
from scs_trial.ui.widgets.scrolled import scrolled


class AlsoEvaluatedDialog(CalmDialog):
    """One card for each rule; the trial's own verdict stands above them in words."""

    def __init__(
        self, session: Session, review: TrialReview, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("also_evaluated")
        add_help_key(self, "criteria")
        self.setWindowTitle("Also evaluated")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 640)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        for rule in also_evaluated(session, review):
            column.addWidget(_card(rule))
        column.addStretch(1)
        close = QPushButton("Close", self)
        close.setObjectName("also_evaluated.close")
        close.setAccessibleName("Close")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(PlainLabel("Also evaluated", self, size=TextSize.LARGE))
        layout.addWidget(PlainLabel(_own(review), self, role=Colour.MUTED, wrap=True))
        layout.addWidget(scrolled("also_evaluated.rules", "Also evaluated", inner), 1)
        layout.addLayout(row)
        close.setFocus()


def _own(review: TrialReview) -> str:
    said = review.verdict.headline if review.verdict else "not assessable"
    return (
        f"This trial is judged by {review.trial.criteria_id}: {said}. The same days by the other "
        "criteria of the library follow; they decide nothing."
    )


def _card(rule: AlsoEvaluated) -> QWidget:
    card = Card(tone=rule.tone)
    name = f"{rule.title} ({rule.criteria_id} {rule.version}) · also evaluated"
    card.body.addWidget(PlainLabel(name, role=Colour.MUTED, size=TextSize.SMALL, wrap=True))
    said = f"{rule.symbol} {rule.headline}"
    card.body.addWidget(PlainLabel(said, weight=QFont.Weight.DemiBold, wrap=True))
    card.body.addWidget(PlainLabel("\n".join(rule.lines), wrap=True))
    return card
