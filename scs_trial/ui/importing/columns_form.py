"""What becomes of each column of the file: proposed by name, changed by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.assistant.model import Column
from scs_trial.exchange.assistant.targets import (
    WORDS,
    Role,
    Target,
    read_target,
    target_words,
)
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import SectionTitle, TextSize

ANSWER = "role:"
_NAME_SHARE, _SAMPLE_SHARE, _BECOMES_SHARE, _REGION_SHARE = 3, 3, 4, 2


class ColumnsForm(QWidget):
    """A line for each column: name, samples, what it becomes, region, why.

    Signals
    -------
    answered
        Id of the answer (``role:COLUMN``), and the role.
    """

    answered = Signal(str, str)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._lines: dict[str, _Line] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE)
        for column, share in enumerate((_NAME_SHARE, _SAMPLE_SHARE, _BECOMES_SHARE, _REGION_SHARE)):
            self._grid.setColumnStretch(column, share)
        titles = (self.tr("Column"), self.tr("Holds"), self.tr("Becomes"), self.tr("Region"))
        for column, title in enumerate(titles):
            self._grid.addWidget(SectionTitle(title, self), 0, column)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show the columns; lines that stand already are only brought up to date."""
        names = [column.name for column in columns]
        if list(self._lines) != names:
            self._clear()
            for row, column in enumerate(columns, 1):
                line = _Line(column, self._catalogue, self)
                line.put_into(self._grid, 2 * row - 1)
                line.region.editingFinished.connect(self._on_region_finished)
                line.box.activated.connect(self._on_box_activated)
                self._lines[column.name] = line
        for column in columns:
            self._lines[column.name].show_column(column)

    def _clear(self) -> None:
        for line in self._lines.values():
            line.remove()
        self._lines = {}

    def _on_box_activated(self, _index: int) -> None:
        for name, line in self._lines.items():
            if line.box is self.sender():
                self.answered.emit(f"{ANSWER}{name}", line.target())

    def _on_region_finished(self) -> None:
        for name, line in self._lines.items():
            if line.region is self.sender() and line.region_changed():
                self.answered.emit(f"{ANSWER}{name}", line.target())


class _Line:
    """The widgets of one column."""

    def __init__(self, column: Column, catalogue: Catalogue, parent: QWidget) -> None:
        self._catalogue = catalogue
        self._shown = ""
        self.name = PlainLabel(column.name, parent)
        samples = ", ".join(column.samples) or "—"
        self.samples = PlainLabel(samples, parent, role=Colour.MUTED)
        self.box = ChoiceBox(_choices(catalogue), parent)
        self.box.setObjectName(f"import.column.{column.name}")
        self.box.setAccessibleName(column.name)
        self.region = QLineEdit(parent)
        self.region.setObjectName(f"import.region.{column.name}")
        self.region.setAccessibleName(f"{column.name}: {parent.tr('region')}")
        self.region.setPlaceholderText(parent.tr("main region"))
        self.why = PlainLabel("", parent, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)

    def put_into(self, grid: QGridLayout, row: int) -> None:
        for column, part in enumerate((self.name, self.samples, self.box, self.region)):
            grid.addWidget(part, row, column)
        grid.addWidget(self.why, row + 1, 2, 1, 2)

    def remove(self) -> None:
        for part in (self.name, self.samples, self.box, self.region, self.why):
            part.hide()
            part.deleteLater()

    def show_column(self, column: Column) -> None:
        target = read_target(column.target, self._catalogue)
        region = target.series.item if target is not None and target.series else None
        self._shown = region or ""
        key = column.target
        if target is not None and target.series is not None and target.phase is None:
            key = target.series.code
        if self.box.findData(key) < 0:
            self.box.addItem(shown(column.words or key, one_line=True), key)
        self.box.choose(key)
        self.region.setVisible(self._per_region())
        if not self.region.hasFocus():
            self.region.setText(self._shown)
        self.why.setText(column.why)
        self.why.setVisible(bool(column.why))

    def region_changed(self) -> bool:
        return self.region.text().strip() != self._shown

    def target(self) -> str:
        region = self.region.text().strip() if self._per_region() else ""
        return f"{self.box.key()}[{region}]" if region else self.box.key()

    def _per_region(self) -> bool:
        measure = self._catalogue.get(self.box.key())
        return measure is not None and measure.per_region


def _choices(catalogue: Catalogue) -> list[tuple[str, str]]:
    roles = [
        (role.value, WORDS[role]) for role in Role if role in WORDS and role is not Role.IGNORE
    ]
    measures = [
        (code, target_words(target, catalogue))
        for code in catalogue
        if (target := read_target(code, catalogue)) is not None
    ]
    left_out = Target(role=Role.IGNORE)
    return [(str(left_out), WORDS[Role.IGNORE]), *measures, *roles]
