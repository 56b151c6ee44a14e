"""Layout of the export of several pages: which trials, how, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from scs_trial.services.choose_trials import TrialState
from scs_trial.ui.page.pages_model import STATE_WORDS, PagesModel
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.named_button import named_button

ALL = "all"
PDF_A4, PDF_LETTER, TEXT = "a4", "letter", "text"


class PagesView(QWidget):
    """The widgets of the dialog; it decides nothing."""

    def __init__(self, model: PagesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.state = self._choice(
            "state",
            self.tr("Show trials"),
            [(ALL, self.tr("Every trial"))]
            + [(state.value, STATE_WORDS[state].capitalize()) for state in TrialState],
        )
        forms = [(PDF_A4, "PDF, A4"), (PDF_LETTER, "PDF, Letter"), (TEXT, self.tr("Plain text"))]
        self.form = self._choice("form", self.tr("Format"), forms)
        self.table = self._table(model)
        self.private = self._check("private", self.tr("Study number instead of the name"))
        self.with_data = self._check("with_data", self.tr("Data attached"))
        self.banner = Banner(self)
        self.banner.setObjectName("pages.banner")
        self.chosen = PlainLabel("", self, role=Colour.MUTED)
        self.chosen.setObjectName("pages.chosen")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("pages.progress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.close_button = self._button("close", self.tr("Close"))
        self.cancel = self._button("cancel", self.tr("Cancel"))
        self.cancel.hide()
        self.export = self._button("export", self.tr("&Export…"))
        self.export.setProperty("kind", "primary")
        self._lay_out()

    def _lay_out(self) -> None:
        top, options, bottom = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Pages of several trials"), self, size=TextSize.LARGE), 1)
        top.addWidget(self.state)
        for part in (self.form, self.private, self.with_data):
            options.addWidget(part)
        options.addStretch(1)
        bottom.addWidget(self.chosen)
        bottom.addWidget(self.bar, 1)
        bottom.addStretch(1)
        for button in (self.close_button, self.cancel, self.export):
            bottom.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addLayout(top)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        layout.addLayout(options)
        layout.addLayout(bottom)

    def _table(self, model: PagesModel) -> QTableView:
        table = QTableView(self)
        table.setObjectName("pages.table")
        table.setAccessibleName(self.tr("Trials; the selected ones are exported"))
        table.setModel(model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _choice(self, name: str, spoken: str, choices: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(choices, self)
        box.setObjectName(f"pages.{name}")
        box.setAccessibleName(spoken)
        return box

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(f"pages.{name}")
        box.setAccessibleName(text)
        return box

    def _button(self, name: str, text: str) -> QPushButton:
        return named_button(text, f"pages.{name}", self)
