"""The frame of a dialog that keeps what is typed: who is meant, a banner, a page, buttons."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.patient import Patient
from scs_trial.domain.verdict import Tone
from scs_trial.services.session import Session
from scs_trial.ui.check_in.draft_keeper import DraftKeeper
from scs_trial.ui.check_in.page_area import PageArea
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Banner, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog


class DraftedForm(Protocol):
    """A form whose values are kept while they are typed."""

    @property
    def draft_key(self) -> str:
        """Name of the draft."""
        ...

    @property
    def dirty(self) -> bool:
        """True when something was entered that is not on record."""
        ...

    def to_json(self) -> str:
        """Return the values as text."""
        ...


class DraftedDialog(CalmDialog):
    """Keeps drafts of its form, shows one page, and closes without losing anything.

    Parameters
    ----------
    session
        Account and record.
    name
        Begins the object names of banner, page and buttons, e.g. ``end``.
    help_page
        Opened by F1.
    prompts
        Asks for reasons; over this dialog when None.
    """

    def __init__(
        self,
        session: Session,
        name: str,
        *,
        help_page: str,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        add_help_key(self, help_page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self._session = session
        self._prompts = prompts or DialogPrompts(self)
        self._keeper = DraftKeeper(session, self)
        self._banner = Banner(self)
        self._banner.setObjectName(f"{name}.banner")
        self._area = PageArea(f"{name}.area", self)
        self._main = QPushButton(self)
        self._main.setObjectName(f"{name}.save")
        self._main.setProperty("kind", "primary")
        self._main.clicked.connect(self._on_main_clicked)
        self._close = self._button(self.tr("Close"), "close")
        self._close.clicked.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_main_clicked)

    def done(self, result: int) -> None:
        """Keep what was entered before the dialog closes."""
        self._keeper.flush()
        super().done(result)

    def _on_main_clicked(self) -> None:
        """Put the form on record."""
        raise NotImplementedError

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"{self._name}.{name}")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button

    def _lay_out(self, patient: Patient, line: QWidget, *more: QPushButton) -> None:
        """Put who is meant and a line about it above, the buttons below."""
        born = long_day(patient.birth_date) if patient.birth_date else self.tr("birth date ?")
        who = PlainLabel(
            f"{patient.name} · {born} · MRN {patient.mrn}",
            self,
            weight=QFont.Weight.DemiBold,
            wrap=True,
        )
        row = QHBoxLayout()
        for button in more:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._main)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for part in (who, line, self._banner):
            layout.addWidget(part)
        layout.addWidget(self._area, 1)
        layout.addLayout(row)

    def _keep(self, form: DraftedForm, patient_id: UUID) -> None:
        if form.dirty:
            self._keeper.keep(form.draft_key, patient_id, form.to_json)
        else:
            self._keeper.discard(form.draft_key)

    def _tell_brought_back(self) -> None:
        said = self.tr("Brought back: entered before, not on record yet.")
        self._banner.show_message(said, tone=Tone.INFO)
