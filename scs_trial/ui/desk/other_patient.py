"""Chooses another patient and asks why: for merging, and for a trial of the wrong patient."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.services.register_patient import PatientHit, find_patients
from scs_trial.services.session import Session
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, Field, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.date_field import date_text

W = TypeVar("W", bound=QWidget)
_PATIENT = Qt.ItemDataRole.UserRole
Run = Callable[[UUID, str], None]
"""Stores it for the chosen patient and the reason; raises `UserError` where it can't be."""


class OtherPatientDialog(CalmDialog):
    """The other patient and the reason; what is refused is said here and stays typed.

    Parameters
    ----------
    session
        Account and record.
    patient_id
        The open patient, who is not offered.
    words
        Heading, what will happen, and the button that does it.
    run
        Called with the chosen patient's id and the reason.
    """

    def __init__(
        self,
        session: Session,
        patient_id: UUID,
        *,
        words: tuple[str, str, str],
        run: Run,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title, text, yes = words
        self.setObjectName("other_patient")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._session = session
        self._patient_id = patient_id
        self._run = run
        self._banner = Banner(parent=self)
        self._search = _named(QLineEdit(self), "search", "Name, MRN or birth date")
        self._search.setPlaceholderText("Name, MRN or birth date")
        self._hits = _named(QListWidget(self), "patients", "Patients found")
        self._reason = _named(QLineEdit(self), "reason", "Reason")
        self._do = _named(QPushButton(f"{yes}  Ctrl+Enter", self), "do", yes)
        self._do.setProperty("kind", "primary")
        self._build(text)
        self._search.textChanged.connect(self._on_search_text_changed)
        self._on_search_text_changed("")

    def _build(self, text: str) -> None:
        cancel = _named(QPushButton("Cancel", self), "cancel", "Cancel")
        cancel.clicked.connect(self.reject)
        self._do.clicked.connect(self._on_do_clicked)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_do_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(self._banner)
        layout.addWidget(PlainLabel(text, self, role=Colour.MUTED, wrap=True))
        layout.addWidget(Field("The other patient", self._search, self))
        layout.addWidget(self._hits)
        layout.addWidget(Field("Reason", self._reason, self))
        layout.addLayout(row)

    @Slot(str)
    def _on_search_text_changed(self, text: str) -> None:
        self._hits.clear()
        for hit in find_patients(self._session, text):
            if hit.patient.id != self._patient_id:
                item = QListWidgetItem(_line(hit))
                item.setData(_PATIENT, str(hit.patient.id))
                self._hits.addItem(item)

    @Slot()
    def _on_do_clicked(self) -> None:
        item, reason = self._hits.currentItem(), self._reason.text().strip()
        if item is None or not reason:
            missing = "Choose the other patient." if item is None else "Say why."
            self._banner.show_message(missing, tone=Tone.WARNING)
            (self._hits if item is None else self._reason).setFocus()
            return
        try:
            self._run(UUID(str(item.data(_PATIENT))), reason)
        except UserError as error:
            self._banner.show_message(str(error), tone=Tone.DANGER)
            return
        self.accept()


def _line(hit: PatientHit) -> str:
    born = date_text(hit.patient.birth_date) if hit.patient.birth_date else "birth date ?"
    return shown(f"{hit.patient.name} · {born} · MRN {hit.patient.mrn}", one_line=True)


def _named(widget: W, name: str, said: str) -> W:
    widget.setObjectName(f"other_patient.{name}")
    widget.setAccessibleName(said)
    return widget
