"""Tick the days of the week without calls."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from scs_trial.ui.settings.form import WEEKDAYS
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.labels import PlainLabel


class DaysEditor(QWidget):
    """Seven tick boxes; values are ISO weekdays, 1 for Monday."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.addWidget(PlainLabel("No calls on"))
        row = QHBoxLayout()
        row.setSpacing(round(1.5 * SPACE))
        column.addLayout(row)
        self._boxes: dict[int, QCheckBox] = {}
        for number, name in enumerate(WEEKDAYS, start=1):
            box = QCheckBox(name[:3])
            box.setObjectName(f"settings.day_off.{number}")
            box.setAccessibleName(f"No calls on {name}")
            row.addWidget(box)
            self._boxes[number] = box
        row.addStretch(1)

    def days(self) -> frozenset[int]:
        """Return the ticked days."""
        return frozenset(number for number, box in self._boxes.items() if box.isChecked())

    def set_days(self, days: Iterable[int]) -> None:
        """Tick these days."""
        wanted = set(days)
        for number, box in self._boxes.items():
            box.setChecked(number in wanted)
