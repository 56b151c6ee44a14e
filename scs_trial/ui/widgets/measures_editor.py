"""Tick the measures that are asked each day."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from scs_trial.domain.measures import Asked, Catalogue
from scs_trial.ui.theme import SPACE

_COLUMNS = 2


class MeasuresEditor(QWidget):
    """A tick box for each measure of the catalogue that can be asked daily.

    Parameters
    ----------
    catalogue
        All measures.
    prefix
        Starts the ``objectName`` of each box.
    """

    changed = Signal()

    def __init__(self, catalogue: Catalogue, *, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        daily = [measure for measure in catalogue.values() if measure.asked is Asked.DAILY]
        rows = -(-len(daily) // _COLUMNS)
        for position, measure in enumerate(daily):
            box = QCheckBox(measure.title)
            box.setObjectName(f"{prefix}.measure.{measure.code}")
            box.setAccessibleName(f"Ask {measure.title}")
            box.toggled.connect(self.changed)
            grid.addWidget(box, position % rows, position // rows)
            self._boxes[measure.code] = box

    def codes(self) -> tuple[str, ...]:
        """Return the ticked measures in the order of the catalogue."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_codes(self, codes: Iterable[str]) -> None:
        """Tick these measures without saying that they changed."""
        wanted = set(codes)
        blocked = self.blockSignals(True)
        for code, box in self._boxes.items():
            box.setChecked(code in wanted)
        self.blockSignals(blocked)
