"""The clinic's own criteria: start from a rule, change its text, see every fault, store it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.describe import describe
from scs_trial.domain.verdict import Tone
from scs_trial.errors import FieldError, InputError, UserError
from scs_trial.services.clinic_settings import own_criteria_files, save_criteria
from scs_trial.services.session import Session
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, Card, Field, PlainLabel
from scs_trial.ui.widgets.choice_box import ChoiceBox

_OWN = "own:"
_SHIPPED = "shipped:"
_ENDING = ".toml"


class CriteriaEditor(Card):
    """Edits one criteria file at a time; what is stored needs a reason.

    Signals
    -------
    stored
        Id of the criteria that the session knows from now on.
    """

    stored = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("The clinic's own criteria")
        self._session = session
        self._banner = Banner(parent=self)
        self._banner.setObjectName("settings.criteria.banner")
        self._start = ChoiceBox()
        self._name = QLineEdit()
        self._name.setPlaceholderText("my-clinic")
        self._text = QPlainTextEdit()
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setMinimumHeight(220)
        self._text.setTabChangesFocus(True)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText("e.g. the payer's text of March")
        self._words = PlainLabel("", role=Colour.MUTED, wrap=True)
        self._words.setObjectName("settings.criteria.words")
        self._store = QPushButton("Store these criteria")
        self._build()
        self._offer_starts()

    def _build(self) -> None:
        self.body.addWidget(self._banner)
        for title, editor, name in (
            ("Start from", self._start, "start"),
            ("Name of the file", self._name, "name"),
            ("Rule", self._text, "text"),
            ("Reason", self._reason, "reason"),
        ):
            editor.setObjectName(f"settings.criteria.{name}")
            editor.setAccessibleName(title)
            self.body.addWidget(Field(title, editor, self))
        self._store.setObjectName("settings.criteria.store")
        self._store.setAccessibleName("Store these criteria")
        self._store.setAutoDefault(False)
        check = QPushButton("Check")
        check.setObjectName("settings.criteria.check")
        check.setAccessibleName("Check the rule and say it in words")
        check.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        row.addWidget(check)
        row.addWidget(self._store)
        column = QVBoxLayout()
        column.addLayout(row)
        column.addWidget(self._words)
        self.body.addLayout(column)
        self._start.currentIndexChanged.connect(self._on_start_changed)
        check.clicked.connect(self._on_check_clicked)
        self._store.clicked.connect(self._on_store_clicked)

    def _offer_starts(self) -> None:
        own = [(_OWN + name, f"{name} (own)") for name in own_criteria_files(self._session)]
        known = [
            (_SHIPPED + item.id, f"a copy of {item.id}") for item in self._session.library.values()
        ]
        self._start.set_choices([("", "Choose a rule to start from"), *own, *known])

    @Slot()
    def _on_start_changed(self) -> None:
        key = self._start.key()
        if key.startswith(_OWN):
            name = key.removeprefix(_OWN)
            self._name.setText(name.removesuffix(_ENDING))
            self._text.setPlainText(own_criteria_files(self._session).get(name, ""))
        elif key.startswith(_SHIPPED):
            criteria_id = key.removeprefix(_SHIPPED)
            text = self._session.library_texts.get(criteria_id, "")
            new = f"my-{criteria_id}"
            self._name.setText(new)
            self._text.setPlainText(text.replace(f'id = "{criteria_id}"', f'id = "{new}"', 1))
        self._words.setText("")
        self._banner.clear()

    @Slot()
    def _on_check_clicked(self) -> None:
        self._check()

    def _check(self) -> bool:
        """Say every fault at once, or the rule in words."""
        reading = read_criteria(
            self._text.toPlainText(), file_name=self._file_name(), catalogue=self._session.catalogue
        )
        if reading.criteria is None or reading.faults:
            self._words.setText("")
            self._refuse([str(fault) for fault in reading.faults])
            return False
        self._banner.clear()
        warnings = "".join(f"Check: {warning}\n" for warning in reading.warnings)
        self._words.setText(warnings + describe(reading.criteria, self._session.catalogue))
        return True

    @Slot()
    def _on_store_clicked(self) -> None:
        if not self._check():
            return
        text = self._text.toPlainText()
        try:
            save_criteria(
                self._session, file_name=self._file_name(), text=text, reason=self._reason.text()
            )
        except UserError as error:
            faults = error.faults if isinstance(error, InputError) else (error,)
            self._refuse([_beside(fault) for fault in faults])
            return
        found = read_criteria(
            text, file_name=self._file_name(), catalogue=self._session.catalogue
        ).criteria
        self._offer_starts()
        self._start.blockSignals(True)
        self._start.choose(_OWN + self._file_name())
        self._start.blockSignals(False)
        self._reason.clear()
        self._banner.show_message("Stored. A new trial can use these criteria.", tone=Tone.GOOD)
        if found is not None:
            self.stored.emit(found.id)

    def _refuse(self, faults: list[str]) -> None:
        count = "One thing is" if len(faults) == 1 else f"{len(faults)} things are"
        self._banner.show_message(
            f"Not stored: {count} wrong.", "\n".join(faults), tone=Tone.DANGER
        )

    def _file_name(self) -> str:
        return self._name.text().strip().removesuffix(_ENDING) + _ENDING


def _beside(fault: UserError) -> str:
    if isinstance(fault, FieldError) and fault.field == "reason":
        return "Reason: say why these criteria are stored."
    return str(fault)
