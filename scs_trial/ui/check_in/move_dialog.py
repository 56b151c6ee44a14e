"""Moves a check-in that was entered for the wrong patient or day."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Phase
from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.services.local_time import local_now
from scs_trial.services.record_check_in import move_check_in
from scs_trial.services.register_patient import find_patients
from scs_trial.services.session import Session
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Banner, DateField, Field
from scs_trial.ui.widgets.calm_dialog import CalmDialog

W = TypeVar("W", bound=QWidget)
_TRIAL = Qt.ItemDataRole.UserRole


class MoveDialog(CalmDialog):
    """Right patient, right day, and the reason; the check-in keeps its history."""

    moved = Signal(object)
    """Id of the trial that it was moved to."""

    def __init__(self, session: Session, check_in: CheckIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("move_check_in")
        self.setWindowTitle(self.tr("Move a check-in"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        self._session = session
        self._check_in = check_in
        self._banner = Banner(self)
        self._search = self._named(QLineEdit(self), "search", self.tr("Right patient"))
        self._hits = self._named(QListWidget(self), "patients", self.tr("Patients found"))
        now = local_now(session.clock, session.zone())
        self._day = self._named(
            DateField(self.tr("Day"), self, today=now.date, latest=now.date()),
            "day",
            self.tr("Day that the answers are about"),
        )
        self._day.set_value(check_in.day)
        self._phase = self._named(QComboBox(self), "phase", self.tr("Phase"))
        for text, phase in ((self.tr("Trial"), Phase.TRIAL), (self.tr("Baseline"), Phase.BASELINE)):
            self._phase.addItem(text, phase.value)
        self._phase.setCurrentIndex(self._phase.findData(check_in.phase.value))
        self._reason = self._named(QLineEdit(self), "reason", self.tr("Reason"))
        self._build()
        self._search.textChanged.connect(self._on_search_text_changed)
        self._on_search_text_changed("")

    def _build(self) -> None:
        box = QDialogButtonBox(self)
        move = box.addButton(self.tr("Move it"), QDialogButtonBox.ButtonRole.AcceptRole)
        move.setObjectName("move_check_in.move")
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self._on_move_clicked)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self._banner)
        for title, editor in (
            (self.tr("Right patient: name, MRN or birth date"), self._search),
            (self.tr("Patients"), self._hits),
            (self.tr("Day that the answers are about"), self._day),
            (self.tr("Phase"), self._phase),
            (self.tr("Reason"), self._reason),
        ):
            layout.addWidget(Field(title, editor, self))
        layout.addWidget(box)

    def _on_search_text_changed(self, text: str) -> None:
        self._hits.clear()
        try:
            hits = find_patients(self._session, text)
        except UserError as error:
            self._refuse(error)
            return
        for hit in hits:
            if hit.trial_id is None:
                continue
            born = long_day(hit.patient.birth_date) if hit.patient.birth_date else "?"
            line = f"{hit.patient.name} · {born} · MRN {hit.patient.mrn}"
            item = QListWidgetItem(shown(line, one_line=True))
            item.setData(_TRIAL, str(hit.trial_id))
            self._hits.addItem(item)
            if hit.trial_id == self._check_in.trial_id or self._hits.count() == 1:
                self._hits.setCurrentItem(item)

    def _on_move_clicked(self) -> None:
        item, day = self._hits.currentItem(), self._day.value
        if item is None or day is None:
            self._banner.show_message(self.tr("Choose the patient and the day."), tone=Tone.WARNING)
            return
        try:
            stored = move_check_in(
                self._session,
                self._check_in.id,
                to_trial=UUID(str(item.data(_TRIAL))),
                day=day,
                phase=Phase(self._phase.currentData()),
                reason=self._reason.text(),
            )
        except UserError as error:
            self._refuse(error)
            return
        self.moved.emit(stored.trial_id)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self._banner.show_message(error.what, error.to_do, tone=Tone.DANGER)

    @staticmethod
    def _named(widget: W, name: str, said: str) -> W:
        widget.setObjectName(f"move_check_in.{name}")
        widget.setAccessibleName(said)
        return widget
