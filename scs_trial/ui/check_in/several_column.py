"""One day of the sheet of several days: its fields from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.measures import Series
from scs_trial.ui.check_in.fields import FieldSpec
from scs_trial.ui.check_in.program_field import ProgramField
from scs_trial.ui.check_in.several_form import Column
from scs_trial.ui.check_in.words import short_day
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import NumberField, PlainLabel, TextSize

_WIDTH = 124


def day_title(column: Column) -> str:
    """Return e.g. "Fri 20 · day 5"."""
    number = column.form.subject.day_number(column.day)
    day = short_day(column.day)
    if number is None:
        return day
    said = QCoreApplication.translate("check_in", "{day} · day {number}")
    return said.format(day=day, number=number)


class Cell(QWidget):
    """A field, and beneath it why its value is refused."""

    def __init__(self, editor: NumberField | ProgramField, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = editor
        self._message = PlainLabel("", self, role=Colour.DANGER, size=TextSize.SMALL, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(editor)
        layout.addWidget(self._message)
        layout.addStretch(1)
        editor.setMinimumWidth(_WIDTH)
        editor.problem_changed.connect(self.show_problem)
        self.show_problem(editor.problem)

    @property
    def message(self) -> str:
        """Why the value is refused; empty when it is not."""
        return self._message.text()

    def show_problem(self, problem: str) -> None:
        """Show why the value is refused."""
        self._message.setText(problem)
        self._message.setVisible(bool(problem))


class DayColumn(QObject):
    """Puts the fields of a day into one column of a grid, and hands what is typed to its form.

    Signals
    -------
    changed
        Something was typed or ticked.
    full_form_wanted
        The day is to be opened in the single form.
    """

    changed = Signal()
    full_form_wanted = Signal()

    def __init__(self, column: Column, rows: Sequence[FieldSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self._page = parent
        self._title = day_title(column)
        self._head = PlainLabel(self._title, parent, weight=QFont.Weight.DemiBold)
        self._says = PlainLabel("", parent, size=TextSize.SMALL, wrap=True)
        self._says.setObjectName(self._name("says"))
        self.cells: dict[Series, Cell] = {}
        for spec in rows:
            self.cells[spec.series] = self._cell(spec)
        self.program = self._program()
        self._program_cell = Cell(self.program, parent)
        self.off = self._tick("stimulation_off", self.tr("Off"), self.tr("Stimulation was off"))
        self.missed = self._tick("missed", self.tr("Missed"), self.tr("Missed, no answers"))
        self.full = QPushButton(self.tr("Full form…"), parent)
        self.full.setObjectName(self._name("full"))
        self.full.setAccessibleName(f"{self._title}: {self.full.text()}")
        self.full.setAutoDefault(False)
        self.full.clicked.connect(self.full_form_wanted)
        self.full.setVisible(column.form.safety.offered or column.half_asked)

    def put(self, grid: QGridLayout, place: int) -> None:
        """Place everything, from top to bottom."""
        for row, cell in enumerate(self.cells.values(), start=1):
            grid.addWidget(cell, row, place)
        after = len(self.cells) + 1
        grid.addWidget(self._head, 0, place)
        for row, widget in enumerate(
            (self._program_cell, self.off, self.missed, self._says, self.full), start=after
        ):
            grid.addWidget(widget, row, place)
        grid.setColumnMinimumWidth(place, _WIDTH)
        self.off.setChecked(self.column.form.stimulation_off)
        self._connect()
        self.show_state()

    def editors(self) -> tuple[QWidget, ...]:
        """Return what takes the focus, in the order of Tab."""
        numbers = tuple(cell.editor for cell in self.cells.values())
        return (*numbers, self.program, self.off, self.missed, self.full)

    def show_fault(self, field: str, problem: str) -> bool:
        """Show beneath a field why the record refused it; False where there is no such field."""
        cell = next((c for s, c in self.cells.items() if str(s) == field), None)
        cell = self._program_cell if field == "program" else cell
        if cell is not None:
            cell.show_problem(problem)
        return cell is not None

    def complete(self) -> bool:
        """Take the program that was begun; False where several begin like this."""
        return self.column.missed or self.program.complete()

    def show_state(self) -> None:
        """Say whether the day is stored, or why not; a stored day can't be typed into."""
        column = self.column
        said, role = column.problem, Colour.DANGER
        if column.stored:
            said = self.tr("Missed, stored") if column.missed else self.tr("Stored")
            role = Colour.GOOD
        elif column.half_asked:
            said = self.tr("Safety answers are half typed: finish it in the full form.")
            role = Colour.WARNING
        self._says.set_role(role)
        self._says.setText(said)
        for widget in self.editors():
            widget.setEnabled(widget is self.full or not (column.stored or column.half_asked))

    def _name(self, part: str) -> str:
        return f"several_days.{self.column.day.isoformat()}.{part}"

    def _cell(self, spec: FieldSpec) -> Cell:
        form = self.column.form
        editor = NumberField(
            f"{self._title}: {spec.title}",
            self._page,
            unit=spec.unit,
            low=spec.low,
            high=spec.high,
            decimals=spec.decimals,
        )
        editor.setObjectName(self._name(spec.name))
        refused = form.refused.get(spec.series)
        if refused is not None:
            editor.setText(refused.text)
        else:
            editor.set_value(form.values.get(spec.series))
        return Cell(editor, self._page)

    def _program(self) -> ProgramField:
        form = self.column.form
        program = ProgramField(f"{self._title}: " + self.tr("Program"), self._page)
        program.setObjectName(self._name("program"))
        program.set_known(form.subject.known_programs())
        program.setText(form.program)
        return program

    def _tick(self, part: str, text: str, said: str) -> QCheckBox:
        tick = QCheckBox(text, self._page)
        tick.setObjectName(self._name(part))
        tick.setAccessibleName(f"{self._title}: {said}")
        return tick

    def _connect(self) -> None:
        for cell in self.cells.values():
            cell.editor.textChanged.connect(self._on_editor_text_changed)
        self.program.textChanged.connect(self._on_program_text_changed)
        self.program.editingFinished.connect(self._on_program_editing_finished)
        self.program.returnPressed.connect(self.off.setFocus)
        self.off.toggled.connect(self._on_off_toggled)
        self.missed.toggled.connect(self._on_missed_toggled)

    def _on_editor_text_changed(self, text: str) -> None:
        editor = self.sender()
        series = next(s for s, cell in self.cells.items() if cell.editor is editor)
        cell = self.cells[series]
        assert isinstance(cell.editor, NumberField)
        value: Decimal | None = cell.editor.value
        cell.show_problem(cell.editor.problem)
        if cell.editor.problem:
            self.column.form.refuse(series, text=text, message=cell.editor.problem)
        else:
            self.column.form.set_value(series, value)
        self._say_changed()

    def _on_program_text_changed(self, text: str) -> None:
        self.column.form.program = text
        self._program_cell.show_problem("")
        self._say_changed()

    def _on_program_editing_finished(self) -> None:
        self.program.complete()

    def _on_off_toggled(self, off: bool) -> None:
        self.column.form.stimulation_off = off
        self._say_changed()

    def _on_missed_toggled(self, missed: bool) -> None:
        self.column.missed = missed
        self._say_changed()

    def _say_changed(self) -> None:
        self.column.problem = ""
        self.show_state()
        self.changed.emit()
