"""The ladder of earlier treatments: tick what was tried, with dates and result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from scs_trial.domain.trial import PriorTreatment, TreatmentKind
from scs_trial.ui.new_trial.pages import TREATMENTS
from scs_trial.ui.theme import SPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rung:
    tried: QCheckBox
    from_when: QLineEdit
    to_when: QLineEdit
    result: QLineEdit


class TreatmentsEditor(QWidget):
    """One row for each kind of treatment; its dates are open once it is ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rungs: dict[TreatmentKind, _Rung] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(3, 1)
        for row, (kind, name) in enumerate(TREATMENTS.items()):
            self._rungs[kind] = rung = _make_rung(kind, name)
            grid.addWidget(rung.tried, row, 0)
            grid.addWidget(rung.from_when, row, 1)
            grid.addWidget(rung.to_when, row, 2)
            grid.addWidget(rung.result, row, 3)
            rung.tried.toggled.connect(self.changed)
            for field in (rung.from_when, rung.to_when, rung.result):
                rung.tried.toggled.connect(field.setEnabled)
                field.textEdited.connect(self.changed)

    def treatments(self) -> dict[TreatmentKind, PriorTreatment]:
        """Return the ticked rows."""
        return {
            kind: PriorTreatment(
                kind=kind,
                from_when=rung.from_when.text().strip(),
                to_when=rung.to_when.text().strip(),
                result=rung.result.text().strip(),
            )
            for kind, rung in self._rungs.items()
            if rung.tried.isChecked()
        }

    def set_treatments(self, treatments: Mapping[TreatmentKind, PriorTreatment]) -> None:
        """Fill the rows without saying that they changed."""
        blocked = self.blockSignals(True)
        for kind, rung in self._rungs.items():
            entry = treatments.get(kind)
            rung.tried.setChecked(entry is not None)
            rung.from_when.setText(entry.from_when if entry else "")
            rung.to_when.setText(entry.to_when if entry else "")
            rung.result.setText(entry.result if entry else "")
        self.blockSignals(blocked)


def _make_rung(kind: TreatmentKind, name: str) -> _Rung:
    tried = QCheckBox(name)
    tried.setObjectName(f"new_trial.treatment.{kind}")
    tried.setAccessibleName(name)
    rung = _Rung(tried=tried, from_when=QLineEdit(), to_when=QLineEdit(), result=QLineEdit())
    parts = ((rung.from_when, "from"), (rung.to_when, "until"), (rung.result, "result"))
    for field, what in parts:
        field.setObjectName(f"new_trial.treatment.{kind}.{what}")
        field.setAccessibleName(f"{name}, {what}")
        field.setPlaceholderText(what)
        field.setEnabled(False)
    width = rung.from_when.fontMetrics().horizontalAdvance("0000-00-000") + 2 * SPACE
    rung.from_when.setMaximumWidth(width)
    rung.to_when.setMaximumWidth(width)
    return rung
