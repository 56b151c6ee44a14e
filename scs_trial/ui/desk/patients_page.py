"""Patients: find anybody, in a trial or not, by name, MRN or birth date."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from scs_trial.services.register_patient import PatientHit
from scs_trial.ui.models.row_table import Index, RowTable
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.date_field import date_text
from scs_trial.ui.widgets.labels import PlainLabel, TextSize


class PatientsModel(RowTable[PatientHit]):
    """The patients found, one in a row; the name stands out."""

    COLUMNS = ("Name", "MRN", "Born", "Placed")

    def texts(self, row: PatientHit) -> tuple[str, ...]:
        """Return the text of each column."""
        born, placed = row.patient.birth_date, row.trial_start
        return (
            shown(row.patient.name, one_line=True),
            shown(row.patient.mrn, one_line=True),
            date_text(born) if born else "",
            date_text(placed) if placed else "",
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, or the font of a name."""
        if role == Qt.ItemDataRole.FontRole and index.isValid() and index.column() == 0:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return super().data(index, role)


class PatientsPage(QWidget):
    """A box to type into and everybody found beneath it.

    Signals
    -------
    chosen
        The `PatientHit` that was opened.

    Parameters
    ----------
    find
        Finds patients; an empty text gives the recent ones.
    """

    chosen = Signal(object)

    def __init__(
        self, find: Callable[[str], Sequence[PatientHit]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("patients")
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._find = find
        self._model = PatientsModel()
        self._field = QLineEdit()
        self._field.setObjectName("patients.search")
        self._field.setAccessibleName("Name, MRN or birth date")
        self._field.setPlaceholderText("Name, MRN or birth date")
        self._field.setClearButtonEnabled(True)
        self._view = QTableView()
        self._view.setObjectName("patients.table")
        self._view.setAccessibleName("Patients")
        self._view.setModel(self._model)
        self._view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setTabKeyNavigation(False)
        self._view.setShowGrid(False)
        self._view.verticalHeader().hide()
        self._view.setFrameShape(QTableView.Shape.NoFrame)
        header = self._view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(PlainLabel("Patients", size=TextSize.TITLE))
        layout.addWidget(self._field)
        layout.addWidget(self._view, 1)
        self._field.textEdited.connect(self._on_field_edited)
        self._field.returnPressed.connect(self._on_field_return_pressed)
        self._view.activated.connect(self._on_view_activated)

    def reload(self) -> None:
        """Search again with what stands in the box."""
        self._on_field_edited(self._field.text())
        self._field.setFocus()

    @Slot(str)
    def _on_field_edited(self, text: str) -> None:
        self._model.set_rows(self._find(text))

    @Slot()
    def _on_field_return_pressed(self) -> None:
        self._choose(0)

    @Slot(QModelIndex)
    def _on_view_activated(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        hit = self._model.row(row)
        if hit is not None:
            self.chosen.emit(hit)
