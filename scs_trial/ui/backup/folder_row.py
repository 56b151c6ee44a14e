"""One folder that can be named or left out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from scs_trial.ui.prompts import Prompts
from scs_trial.ui.widgets.labels import PlainLabel


class FolderRow(QWidget):
    """Says which folder is named, with a button to choose one and a button for none.

    Signals
    -------
    chosen
        The folder's path, or an empty text.
    """

    chosen = Signal(str)

    def __init__(self, title: str, name: str, folder: str, prompts: Prompts) -> None:
        super().__init__()
        self._title = title
        self._prompts = prompts
        self._label = PlainLabel("", wrap=True)
        self._label.setObjectName(name)
        choose = QPushButton("Choose…")
        choose.setObjectName(f"{name}.choose")
        choose.setAccessibleName(f"Choose: {title}")
        choose.clicked.connect(self._on_choose)
        self._none = QPushButton("None")
        self._none.setObjectName(f"{name}.none")
        self._none.setAccessibleName(f"No folder: {title}")
        self._none.clicked.connect(self._on_none)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label, 1)
        for button in (choose, self._none):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._show(folder)

    def _show(self, folder: str) -> None:
        self._label.setText(f"{self._title}: {folder or 'none named'}")
        self._none.setEnabled(bool(folder))

    @Slot()
    def _on_choose(self) -> None:
        self._prompts.open_folder(self._title, on_chosen=self._take)

    def _take(self, folder: Path | None) -> None:
        if folder is not None:
            self._show(str(folder))
            self.chosen.emit(str(folder))

    @Slot()
    def _on_none(self) -> None:
        self._show("")
        self.chosen.emit("")
