"""Where the parts of the import assistant stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.assistant.model import Page
from scs_trial.ui.importing.check_page import CheckPage
from scs_trial.ui.importing.preview_table import preview_table
from scs_trial.ui.importing.step_page import StepPage
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Banner, PlainLabel
from scs_trial.ui.widgets.labels import TextSize
from scs_trial.ui.widgets.named_button import named_button
from scs_trial.ui.widgets.scrolled import scrolled

_RAIL_CHARACTERS = 22
_STEP_HEIGHT, _PREVIEW_HEIGHT = 400, 170


class ImportView(QWidget):
    """Steps on the left; on the right the step, and under it the file as it is understood."""

    def __init__(
        self, catalogue: Catalogue, parent: QWidget | None, *, today: Callable[[], date]
    ) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", self, size=TextSize.LARGE)
        self.banner = Banner(self)
        self.banner.setObjectName("import.banner")
        self.steps = QListWidget(self)
        self.steps.setObjectName("import.steps")
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.setFixedWidth(self.fontMetrics().averageCharWidth() * _RAIL_CHARACTERS)
        self.pages = {page: StepPage(page, catalogue, self, today=today) for page in Page}
        self.check = CheckPage(self)
        self.stack = QStackedWidget(self)
        for page, widget in self.pages.items():
            self.stack.addWidget(scrolled(f"import.page.{page.value}", page.value, widget))
        self.stack.addWidget(self.check)
        self.preview = preview_table(self)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("import.progress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setRange(0, 0)
        self.bar.hide()
        self.cancel = self._button("cancel", self.tr("Cancel"))
        self.cancel.hide()
        self.close_button = self._button("close", self.tr("Close"))
        self.back = self._button("back", self.tr("&Back"))
        self.next = self._button("next", self.tr("&Next"))
        self.run = self._button("run", self.tr("&Import"))
        self.run.setProperty("kind", "primary")
        self.undo = self._button("undo", self.tr("&Take this import back…"))
        self._lay_out()

    def _button(self, name: str, text: str) -> QPushButton:
        return named_button(text, f"import.{name}", self)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("import.split")
        split.setChildrenCollapsible(False)
        split.addWidget(self.stack)
        split.addWidget(self.preview)
        split.setSizes([_STEP_HEIGHT, _PREVIEW_HEIGHT])
        middle = QHBoxLayout()
        middle.setSpacing(2 * SPACE)
        middle.addWidget(self.steps)
        middle.addWidget(split, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.bar, 1)
        buttons.addStretch(1)
        for button in (self.undo, self.cancel, self.close_button, self.back, self.next, self.run):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self.title, self.banner):
            column.addWidget(part)
        column.addLayout(middle, 1)
        column.addLayout(buttons)
