"""Head of the sheet of several days: whose they are, and how the answers were obtained."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from scs_trial.domain.check_in import HowObtained
from scs_trial.ui.check_in.several_form import WAYS, SeveralForm
from scs_trial.ui.check_in.words import how_words, long_day
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Field, PlainLabel, TextSize
from scs_trial.ui.widgets.choice_box import ChoiceBox

_WAY_LENGTH = 20


class SeveralHead(QWidget):
    """Name, birth date and MRN; asks once for all days how, and whether it is this patient.

    Signals
    -------
    changed
        One of the two was answered.
    """

    changed = Signal()

    def __init__(self, form: SeveralForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._how = self._how_box()
        self._identity = QCheckBox(self._whose(), self)
        self._identity.setObjectName("several_days.identity")
        self._identity.setAccessibleName(self._whose())
        self._identity.toggled.connect(self._on_identity_toggled)
        patient = form.subject.patient
        born = long_day(patient.birth_date) if patient.birth_date else self.tr("birth date ?")
        who = PlainLabel(
            f"{patient.name} · {born} · MRN {patient.mrn}",
            self,
            size=TextSize.LARGE,
            weight=QFont.Weight.DemiBold,
            wrap=True,
        )
        who.setObjectName("several_days.who")
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(Field(self.tr("How obtained, all days"), self._how, self))
        row.addWidget(self._identity, 1, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(who)
        layout.addWidget(PlainLabel(self._guidance(), self, role=Colour.MUTED, wrap=True))
        layout.addLayout(row)

    def editors(self) -> tuple[QWidget, ...]:
        """Return what takes the focus, in the order of Tab."""
        return self._how, self._identity

    def take_focus(self) -> None:
        """Give the focus to what is not answered yet."""
        (self._how if self._form.how is None else self._identity).setFocus()

    def _how_box(self) -> ChoiceBox:
        ways = [(how.value, how_words(how)) for how in WAYS]
        box = ChoiceBox([("", self.tr("Choose…")), *ways], self)
        box.setObjectName("several_days.how")
        box.setAccessibleName(self.tr("How obtained, all days"))
        box.setMinimumContentsLength(_WAY_LENGTH)
        box.currentIndexChanged.connect(self._on_how_changed)
        return box

    def _whose(self) -> str:
        said = self.tr("These are the answers of {name}, name and birth date checked")
        return said.format(name=self._form.subject.patient.name)

    def _guidance(self) -> str:
        text = self.tr(
            "One column for each day. An empty field is no answer, never zero. Safety questions "
            "are not asked here: the days are stored as not asked."
        )
        if any(column.form.safety.offered for column in self._form.columns):
            text += " " + self.tr("The latest day can be opened in the full form to ask them.")
        return text

    def _on_how_changed(self) -> None:
        key = self._how.key()
        self._form.how = HowObtained(key) if key else None
        self.changed.emit()

    def _on_identity_toggled(self, confirmed: bool) -> None:
        self._form.identity_confirmed = confirmed
        self.changed.emit()
