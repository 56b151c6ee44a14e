"""From a row of the file to what it says: who, which day, which values, or which cell is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.exchange.assistant.dates import Dates
from scs_trial.exchange.assistant.map_columns import Mapped
from scs_trial.exchange.assistant.meaning import Item
from scs_trial.exchange.assistant.model import CellFault
from scs_trial.exchange.assistant.prepared import LeftOut
from scs_trial.exchange.assistant.scales import Scale
from scs_trial.exchange.assistant.signs import NumberSigns
from scs_trial.exchange.assistant.table import Cell, Row, brief, cell_text, is_error
from scs_trial.exchange.assistant.targets import Role
from scs_trial.exchange.diary_cells import Bad, read_name, read_note

_PARTS = (Role.YEAR, Role.MONTH, Role.DAY)
_MOST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that is settled about the cells of a table."""

    mapped: Sequence[Mapped]
    catalogue: Catalogue
    signs: NumberSigns
    dates: Mapping[str, Dates]
    scales: Mapping[str, Scale]
    items: Mapping[str, Item]
    missing: frozenset[str]
    phases: Mapping[str, str]
    kept: Mapping[int, str]
    patient: str

    def first(self, role: Role) -> Mapped | None:
        """Return the column that has a role, or None."""
        return next((one for one in self.mapped if one.target.role is role), None)


@dataclass(slots=True, kw_only=True)
class Entry:
    """What one row says of one day, before the day's place in a trial is known."""

    row: int
    patient: str
    day: date | None = None
    number: int | None = None
    phase: Phase | None = None
    start: date | None = None
    values: list[tuple[Series, Decimal]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    recorded_at: datetime | None = None
    day_column: str = ""


class RowReader:
    """Reads rows one by one and keeps entries, faults and what was left out.

    Parameters
    ----------
    reading
        What is settled about the cells.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._one = {role: reading.first(role) for role in Role}
        self._measures = [one for one in reading.mapped if one.target.role is Role.MEASURE]
        self._note_columns = [one for one in reading.mapped if one.target.role is Role.NOTE]
        self._faults_here: list[CellFault] = []
        self.entries: list[Entry] = []
        self.faults: list[CellFault] = []
        self.left_out: dict[LeftOut, int] = {}

    def read(self, row: Row) -> None:
        """Take one row."""
        if any(cell_text(row.cells[i]) != text for i, text in self._reading.kept.items()):
            self.leave(LeftOut.KEEP)
            return
        self._faults_here = []
        phase, by_date = self._phase(row)
        if phase is None and not by_date:
            if self._faults_here:
                self.faults += self._faults_here
            else:
                self.leave(LeftOut.PHASE)
            return
        item = self._item(row)
        if item is not None and item.ignore:
            self.leave(LeftOut.ITEM)
            return
        base = self._base(row, phase)
        entries = self._entries(row, base, item)
        if self._faults_here:
            self.faults += self._faults_here
        elif any(entry.values or entry.notes for entry in entries):
            self.entries += entries
        else:
            self.leave(LeftOut.EMPTY)

    def leave(self, why: LeftOut) -> None:
        """Count a row that is left out."""
        self.left_out[why] = self.left_out.get(why, 0) + 1

    def _fault(self, row: Row, column: Mapped, reason: str) -> None:
        cell = brief(row.cells[column.index])
        self._faults_here.append(
            CellFault(row=row.number, column=column.name, value=cell, reason=reason)
        )

    def _cell(self, row: Row, column: Mapped) -> Cell:
        """Return a cell; an error of the spreadsheet is noted and reads blank."""
        cell = row.cells[column.index]
        if isinstance(cell, str) and is_error(cell.strip()):
            self._fault(row, column, f"holds the spreadsheet error {brief(cell)}")
            return ""
        return cell

    def _phase(self, row: Row) -> tuple[Phase | None, bool]:
        """Return the stated phase, and whether the date gives it."""
        column = self._one[Role.PHASE]
        if column is None:
            return None, True
        cell = self._cell(row, column)
        answer = self._reading.phases.get(cell_text(cell), "")
        if answer in tuple(Phase):
            return Phase(answer), False
        return None, answer == "by_date"

    def _item(self, row: Row) -> Item | None:
        column = self._one[Role.ITEM]
        if column is None:
            return None
        return self._reading.items.get(cell_text(row.cells[column.index]))

    def _base(self, row: Row, phase: Phase | None) -> Entry:
        entry = Entry(row=row.number, patient=self._patient(row), phase=phase)
        start = self._one[Role.TRIAL_START]
        if start is not None:
            moment = self._moment(row, start, required=True)
            entry.start = None if moment is None else moment.date()
        self._day(row, entry)
        recorded = self._one[Role.RECORDED_AT]
        if recorded is not None:
            entry.recorded_at = self._moment(row, recorded, required=False)
        return entry

    def _patient(self, row: Row) -> str:
        column = self._one[Role.PATIENT]
        if column is None:
            return self._reading.patient
        text = cell_text(self._cell(row, column))
        name = read_name(text)
        if isinstance(name, Bad):
            self._fault(row, column, name.reason)
        elif not text:
            self._fault(row, column, "is empty")
        else:
            return name
        return ""

    def _moment(self, row: Row, column: Mapped, *, required: bool) -> datetime | None:
        cell = self._cell(row, column)
        if cell_text(cell) == "":
            if required:
                self._fault(row, column, "is empty")
            return None
        moment = self._reading.dates[column.name].read(cell)
        if moment is None:
            self._fault(row, column, f"'{brief(cell)}' is no date in the order of this column")
        return moment

    def _day(self, row: Row, entry: Entry) -> None:
        dated = self._one[Role.DATE]
        parts = [column for role in _PARTS if (column := self._one[role]) is not None]
        numbered = self._one[Role.DAY_NUMBER]
        if dated is not None:
            entry.day_column = dated.name
            moment = self._moment(row, dated, required=True)
            if moment is not None:
                entry.day = moment.date()
                entry.recorded_at = None if moment.time() == time() else moment
        elif len(parts) == len(_PARTS):
            entry.day_column = parts[-1].name
            entry.day = self._three(row, parts)
        elif numbered is not None:
            entry.day_column = numbered.name
            entry.number = self._whole(row, numbered)

    def _three(self, row: Row, columns: Sequence[Mapped]) -> date | None:
        numbers = [self._whole(row, column) for column in columns]
        year, month, day = numbers
        if year is None or month is None or day is None:
            return None
        try:
            return date(2000 + year if 0 <= year < 100 else year, month, day)
        except (ValueError, OverflowError):
            self._fault(row, columns[-1], f"{year}-{month}-{day} is no day")
            return None

    def _whole(self, row: Row, column: Mapped) -> int | None:
        cell = self._cell(row, column)
        if cell_text(cell) == "":
            self._fault(row, column, "is empty")
            return None
        number = self._reading.signs.read(cell)
        if number is None or number % 1 or abs(number) > _MOST_DAYS:
            self._fault(row, column, f"'{brief(cell)}' is no whole number")
            return None
        return int(number)

    def _entries(self, row: Row, base: Entry, item: Item | None) -> list[Entry]:
        """Return what the row says: one entry, of a wide file one for each day."""
        wide: dict[tuple[Phase, int], Entry] = {}
        for column in self._measures:
            entry = base
            target = column.target
            if target.phase is not None and target.day_number is not None:
                entry = wide.setdefault(
                    (target.phase, target.day_number),
                    Entry(
                        row=row.number,
                        patient=base.patient,
                        phase=target.phase,
                        number=target.day_number,
                        start=base.start,
                        day_column=column.name,
                    ),
                )
            self._take(row, column, self._reading.scales.get(column.name), entry, column.name)
        value = self._one[Role.VALUE]
        if value is not None and item is not None:
            name = self._one[Role.ITEM]
            label = "" if name is None else cell_text(row.cells[name.index])
            if item.note:
                self._take(row, value, Scale(answer="note", series=None), base, label)
            else:
                self._take(row, value, item.scale, base, label)
        for column in self._note_columns:
            text = cell_text(self._cell(row, column))
            note = read_note(text)
            if isinstance(note, Bad):
                self._fault(row, column, note.reason)
            elif note:
                base.notes.append(note)
        return list(_said((base, *wide.values())))

    def _take(
        self, row: Row, column: Mapped, scale: Scale | None, entry: Entry, label: str
    ) -> None:
        """Add a number to an entry, or note why it can't be."""
        if scale is None or scale.answer == "ignore":
            return
        cell = self._cell(row, column)
        text = cell_text(cell)
        if not text or text in self._reading.missing:
            return
        if scale.as_note:
            note = read_note(f"{label}: {text} (the file's own scale)")
            if isinstance(note, str):
                entry.notes.append(note)
            else:
                self._fault(row, column, note.reason)
            return
        number = self._reading.signs.read(cell)
        if number is None or scale.series is None:
            self._fault(row, column, f"'{brief(cell)}' is not a number")
            return
        measure = self._reading.catalogue[scale.series.code]
        value = scale.convert(number)
        if not measure.low <= value <= measure.high:
            self._fault(row, column, f"{value:f} lies outside {measure.low} to {measure.high}")
            return
        entry.values.append((scale.series, value))


def _said(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if entry.values or entry.notes:
            yield entry
