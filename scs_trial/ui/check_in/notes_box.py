"""What helped, what triggered, and a note: in the patient's words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Field


class WordsEdit(QPlainTextEdit):
    """Plain text of a few lines; Tab goes on."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(200, self.fontMetrics().height() * 2 + 22)

    def minimumSizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(80, self.sizeHint().height())


class NotesBox(QWidget):
    """Three texts of the form."""

    changed = Signal()

    def __init__(self, form: CheckInForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self.edits: dict[str, WordsEdit] = {}
        titles = {
            "helped": self.tr("What helped"),
            "triggered": self.tr("What triggered"),
            "note": self.tr("Note"),
        }
        for name, title in titles.items():
            edit = WordsEdit(title, self)
            edit.setObjectName(f"check_in.{name}")
            edit.setPlainText(getattr(form, name))
            edit.setFixedHeight(edit.sizeHint().height())
            edit.textChanged.connect(self._on_edit_text_changed)
            self.edits[name] = edit
            layout.addWidget(Field(title, edit, self))

    def take_focus(self) -> None:
        """Give the focus to the first text."""
        self.edits["helped"].setFocus()

    def _on_edit_text_changed(self) -> None:
        for name, edit in self.edits.items():
            setattr(self._form, name, edit.toPlainText())
        self.changed.emit()
