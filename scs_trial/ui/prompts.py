"""Questions and file choice: one place, plain text, nothing that blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.field import Field
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_WIDTH = 420


class Prompts(Protocol):
    """Asks the person; screens take one as a constructor argument, tests a scripted one."""

    def ask(
        self, title: str, text: str, *, yes: str, no: str = "", on_answer: Callable[[bool], None]
    ) -> None:
        """Ask for a decision; closing the box is a no."""
        ...

    def choose(
        self,
        title: str,
        text: str,
        *,
        choices: Sequence[tuple[str, str]],
        on_answer: Callable[[str | None], None],
    ) -> None:
        """Offer (key, text) choices; the answer is a key, or None when the box is closed."""
        ...

    def ask_text(
        self,
        title: str,
        text: str,
        *,
        label: str,
        yes: str,
        on_answer: Callable[[str | None], None],
    ) -> None:
        """Ask for a short text such as a reason; None when the box is closed."""
        ...

    def tell(self, title: str, text: str) -> None:
        """Say something that must not be missed."""
        ...

    def open_file(
        self, title: str, *, filters: Sequence[str], on_chosen: Callable[[Path | None], None]
    ) -> None:
        """Ask for an existing file; None when the box is closed."""
        ...

    def save_file(
        self,
        title: str,
        *,
        name: str,
        filters: Sequence[str],
        on_chosen: Callable[[Path | None], None],
    ) -> None:
        """Ask where to write a file; None when the box is closed."""
        ...

    def open_folder(self, title: str, *, on_chosen: Callable[[Path | None], None]) -> None:
        """Ask for a folder; None when the box is closed."""
        ...


class QuestionBox(QDialog):
    """A small box with a headline, a text, buttons and, at choice, one line to fill in."""

    answered = Signal(str)
    """Key of the button that was pressed."""

    def __init__(
        self,
        title: str,
        text: str,
        parent: QWidget | None,
        *,
        buttons: Sequence[tuple[str, str]],
        label: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("question")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.setSpacing(int(1.5 * SPACE))
        heading = PlainLabel(
            title, self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True
        )
        layout.addWidget(heading)
        layout.addWidget(PlainLabel(text, self, wrap=True))
        self._line = QLineEdit(self)
        self._line.setObjectName("question.text")
        self._line.setAccessibleName(label or title)
        self._field = Field(label, self._line, self)
        self._field.setVisible(bool(label))
        layout.addWidget(self._field)
        layout.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        layout.addLayout(self._row)
        self._add_buttons(buttons)
        if label:
            self._line.setFocus()

    @property
    def text(self) -> str:
        """What was filled in."""
        return self._line.text().strip()

    def _add_buttons(self, buttons: Sequence[tuple[str, str]]) -> None:
        for index, (key, caption) in enumerate(buttons):
            button = QPushButton(caption.replace("&", "&&"), self)
            button.setObjectName(f"question.{key}")
            button.setAccessibleName(caption)
            button.setProperty("key", key)
            if index == 0:
                button.setProperty("kind", "primary")
                button.setDefault(True)
                button.setFocus()
            button.clicked.connect(self._on_button_clicked)
            self._row.addWidget(button)

    def _on_button_clicked(self) -> None:
        self.answered.emit(str(self.sender().property("key")))
        self.accept()


class DialogPrompts:
    """Asks with boxes over a window.

    Parameters
    ----------
    window
        The window that the boxes belong to.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask(
        self, title: str, text: str, *, yes: str, no: str = "", on_answer: Callable[[bool], None]
    ) -> None:
        """Ask for a decision; closing the box is a no."""
        cancel = no or self._window.tr("Cancel")
        box = self._box(title, text, buttons=[("yes", yes), ("no", cancel)])
        _when_closed(box, lambda key: on_answer(key == "yes"))

    def choose(
        self,
        title: str,
        text: str,
        *,
        choices: Sequence[tuple[str, str]],
        on_answer: Callable[[str | None], None],
    ) -> None:
        """Offer (key, text) choices; the answer is a key, or None when the box is closed."""
        _when_closed(self._box(title, text, buttons=choices), on_answer)

    def ask_text(
        self,
        title: str,
        text: str,
        *,
        label: str,
        yes: str,
        on_answer: Callable[[str | None], None],
    ) -> None:
        """Ask for a short text such as a reason; None when the box is closed."""
        buttons = [("yes", yes), ("no", self._window.tr("Cancel"))]
        box = self._box(title, text, buttons=buttons, label=label)
        _when_closed(box, lambda key: on_answer(box.text if key == "yes" else None))

    def tell(self, title: str, text: str) -> None:
        """Say something that must not be missed."""
        self._box(title, text, buttons=[("ok", self._window.tr("OK"))]).open()

    def open_file(
        self, title: str, *, filters: Sequence[str], on_chosen: Callable[[Path | None], None]
    ) -> None:
        """Ask for an existing file; None when the box is closed."""
        self._file_box(title, QFileDialog.FileMode.ExistingFile, filters, on_chosen)

    def save_file(
        self,
        title: str,
        *,
        name: str,
        filters: Sequence[str],
        on_chosen: Callable[[Path | None], None],
    ) -> None:
        """Ask where to write a file; None when the box is closed."""
        self._file_box(title, QFileDialog.FileMode.AnyFile, filters, on_chosen, name=name)

    def open_folder(self, title: str, *, on_chosen: Callable[[Path | None], None]) -> None:
        """Ask for a folder; None when the box is closed."""
        self._file_box(title, QFileDialog.FileMode.Directory, (), on_chosen)

    def _box(
        self, title: str, text: str, *, buttons: Sequence[tuple[str, str]], label: str = ""
    ) -> QuestionBox:
        return QuestionBox(title, text, self._window, buttons=buttons, label=label)

    def _file_box(
        self,
        title: str,
        mode: QFileDialog.FileMode,
        filters: Sequence[str],
        on_chosen: Callable[[Path | None], None],
        *,
        name: str = "",
    ) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName("file_choice")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.AnyFile:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        if filters:
            dialog.setNameFilters(list(filters))
        if name:
            dialog.selectFile(name)

        def closed(result: int) -> None:
            chosen = dialog.selectedFiles() if result == QDialog.DialogCode.Accepted else []
            _forget_folders(dialog)
            on_chosen(Path(chosen[0]) if chosen else None)

        dialog.finished.connect(closed)
        dialog.open()


def _forget_folders(dialog: QFileDialog) -> None:
    """Keep Qt from writing where the box was into its settings: folders may be named after people.

    Qt stores the history and the last folder when the box is deleted.
    """
    dialog.setDirectory(QDir.homePath())
    dialog.setHistory([])


def _when_closed(box: QuestionBox, on_key: Callable[[str | None], None]) -> None:
    """Open a box and pass on the key of its button, or None, exactly once."""
    pressed: list[str] = []
    box.answered.connect(pressed.append)
    box.finished.connect(lambda _result: on_key(pressed[0] if pressed else None))
    box.open()
