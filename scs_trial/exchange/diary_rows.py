"""One row of the diary CSV after the other: the fast way while all is well, then the exact fault.

Source: the evaluation specification, sections 1 and 9.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter

from scs_trial.domain.diary import DiaryDay, Phase
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.exchange import diary_cells as cells_of
from scs_trial.exchange.diary_cells import Bad, CellCache
from scs_trial.exchange.diary_columns import DAY_COLUMNS, TRIAL_COLUMNS, Columns, RowFault
from scs_trial.exchange.diary_trials import CheckInPlace, PatientDiary, TrialRows


class RowReader:
    """Takes rows one by one and keeps trials and faults.

    Parameters
    ----------
    columns
        Places of the columns.
    catalogue
        Measures and their ranges.
    decimal_comma
        True in files with semicolons.
    """

    def __init__(self, columns: Columns, catalogue: Catalogue, *, decimal_comma: bool) -> None:
        self._columns = columns
        self._width = len(columns.names)
        self.rows = 0
        self._dropped = 0
        self._faults: list[RowFault] = []
        self._trials: dict[tuple[str, date], TrialRows] = {}
        self._by_cells: dict[tuple[str, str], TrialRows] = {}
        self._patients = CellCache(cells_of.read_name)
        self._dates = CellCache(cells_of.read_date)
        self._phases = CellCache(cells_of.read_phase)
        self._yes_no = CellCache(cells_of.read_yes_no)
        self._programs = CellCache(cells_of.read_name)
        self._moments = CellCache(cells_of.read_moment)
        self._statements = {
            "planned_days": CellCache[object](cells_of.read_planned_days),
            "trial_ended": CellCache[object](cells_of.read_date),
            "end_reason": CellCache[object](cells_of.read_end_reason),
            "awaiting_diary": CellCache[object](cells_of.read_yes_no),
            "pain_measure": CellCache[object](cells_of.read_pain_measure(catalogue)),
        }
        self._numbers = tuple(
            (
                series,
                place,
                CellCache(cells_of.number_in(catalogue[series.code], decimal_comma=decimal_comma)),
            )
            for series, place in columns.series
        )
        places = columns.places
        self._trial_cells = itemgetter(*(places[name] for name in TRIAL_COLUMNS))
        self._key_cells = itemgetter(places["patient"], places["trial_start"])
        self._day_cells = itemgetter(places["date"], *(places[name] for name in DAY_COLUMNS))

    def read(self, row: int, cells: list[str]) -> None:
        """Take one row; ``row`` is its number as a spreadsheet shows it."""
        width = self._width
        if len(cells) != width:
            if not any(cells):
                return
            if len(cells) > width:
                self.rows += 1
                self._dropped += 1
                reason = f"has {len(cells)} cells, the header has {width}"
                self._faults.append(RowFault(row, "", reason))
                return
            cells.extend([""] * (width - len(cells)))
        cells.append("")
        trial = self._by_cells.get(self._key_cells(cells))
        faults: list[RowFault] = []
        if trial is None:
            if not any(cell.strip() for cell in cells):
                return
            trial = self._open_trial(row, cells, faults)
        self.rows += 1
        if trial is None:
            self._day(row, cells, None, faults)
        else:
            self._read_trial(row, cells, trial, faults)
            self._day(row, cells, trial, faults)
        if faults:
            self._dropped += 1
            self._faults += faults

    def _place(self, fault: RowFault) -> tuple[int, int]:
        names = self._columns.names
        return fault.row, names.index(fault.column) if fault.column in names else -1

    def finish(self) -> tuple[list[PatientDiary], list[RowFault], int]:
        """Return the trials, all faults by row, and how many rows were left out."""
        dropped = self._dropped
        for trial in self._trials.values():
            self._faults += trial.final_faults()
            if trial.faulty:
                dropped += len(trial.days)
        trials = [
            trial.diary() for trial in self._trials.values() if trial.days and not trial.faulty
        ]
        self._faults.sort(key=self._place)
        return trials, self._faults, dropped

    def check_in_rows(self) -> dict[CheckInPlace, int]:
        """Return the row on which each check-in stands."""
        return {
            (trial.patient, trial.start, day, phase): row
            for trial in self._trials.values()
            for (day, phase), row in trial.taken.items()
        }

    def _open_trial(self, row: int, cells: list[str], faults: list[RowFault]) -> TrialRows | None:
        patient_cell, start_cell = self._key_cells(cells)
        patient, start = self._patients[patient_cell], self._dates[start_cell]
        for column, value in (("patient", patient), ("trial_start", start)):
            if value is None:
                faults.append(RowFault(row, column, "is empty"))
            elif isinstance(value, Bad):
                faults.append(RowFault(row, column, value.reason))
        if not isinstance(patient, str) or not isinstance(start, date):
            return None
        trial = self._trials.setdefault((patient, start), TrialRows(patient=patient, start=start))
        self._by_cells[patient_cell, start_cell] = trial
        return trial

    def _read_trial(
        self, row: int, cells: list[str], trial: TrialRows, faults: list[RowFault]
    ) -> None:
        """Note what the row says of the trial as a whole."""
        said = self._trial_cells(cells)
        if said != trial.last_cells:
            trial.last_cells = said
            for column, cell in zip(TRIAL_COLUMNS, said, strict=True):
                value = self._statements[column][cell]
                if isinstance(value, Bad):
                    faults.append(RowFault(row, column, value.reason))
                    trial.last_cells = ()
                elif value is not None:
                    fault = trial.state(column, value, row)
                    if fault is not None:
                        faults.append(fault)
                        trial.last_cells = ()
        for name, place in self._columns.confirmations:
            if cells[place]:
                answer = self._yes_no[cells[place]]
                if isinstance(answer, Bad):
                    faults.append(RowFault(row, self._columns.names[place], answer.reason))
                elif answer is not None:
                    trial.confirmations[name] = answer

    def _day(
        self, row: int, cells: list[str], trial: TrialRows | None, faults: list[RowFault]
    ) -> None:
        """Add the check-in of the row to its trial, or note why it can't be."""
        day_cell, phase_cell, missed_cell, off_cell, program_cell, at_cell, note_cell = (
            self._day_cells(cells)
        )
        day = self._dates[day_cell]
        phase = self._phases[phase_cell]
        missed = self._yes_no[missed_cell]
        off = self._yes_no[off_cell]
        program = self._programs[program_cell]
        moment = self._moments[at_cell]
        note = cells_of.read_note(note_cell) if note_cell else None
        values = self._values(row, cells, faults)
        parts = (day, phase, missed, off, program, moment, note)
        if day is None or Bad in map(type, parts):
            self._note_parts(row, parts, faults)
        if missed is True and values:
            first = next(iter(values))
            faults.append(RowFault(row, "missed", f"declared missed, yet {first} holds a value"))
        if trial is None or not isinstance(day, date) or isinstance(phase, Bad):
            return
        settled = self._phase(row, trial, day, phase, faults)
        if settled is None:
            return
        if settled is Phase.BASELINE and (missed is True or off is True):
            self._note_idle(row, {"missed": missed, "stimulation_off": off}, faults)
        first_row = trial.taken.setdefault((day, settled), row)
        if first_row != row:
            reason = f"second {settled} row for {day}, the first is row {first_row}"
            faults.append(RowFault(row, "date", reason))
        if not faults:
            trial.days.append(
                DiaryDay(
                    day=day,
                    phase=settled,
                    values=values,
                    missed=missed is True,
                    stimulation_off=off is True,
                    program=program if isinstance(program, str) else None,
                    recorded_at=moment if isinstance(moment, datetime) else None,
                    note=note if isinstance(note, str) else None,
                )
            )

    def _values(self, row: int, cells: list[str], faults: list[RowFault]) -> dict[Series, Decimal]:
        """Return the scores of a row; this loop runs once for each cell of the file."""
        values: dict[Series, Decimal] = {}
        for series, place, numbers in self._numbers:
            cell = cells[place]
            if cell:
                number = numbers[cell]
                if isinstance(number, Decimal):
                    values[series] = number
                elif number is not None:
                    faults.append(RowFault(row, self._columns.names[place], number.reason))
        return values

    @staticmethod
    def _note_parts(row: int, parts: tuple[object, ...], faults: list[RowFault]) -> None:
        for column, value in zip(("date", *DAY_COLUMNS), parts, strict=True):
            if isinstance(value, Bad):
                faults.append(RowFault(row, column, value.reason))
            elif value is None and column == "date":
                faults.append(RowFault(row, column, "is empty"))

    @staticmethod
    def _note_idle(row: int, flags: dict[str, object], faults: list[RowFault]) -> None:
        for column, flag in flags.items():
            if flag is True:
                faults.append(RowFault(row, column, "has no meaning in the baseline phase"))

    @staticmethod
    def _phase(
        row: int, trial: TrialRows, day: date, stated: Phase | None, faults: list[RowFault]
    ) -> Phase | None:
        """Return the phase of a row, or None after noting why it has none."""
        start = trial.start
        if stated is None:
            if day == start:
                reason = "a row on the placement date must name its phase, baseline or trial"
                faults.append(RowFault(row, "phase", reason))
                return None
            return Phase.BASELINE if day < start else Phase.TRIAL
        if stated is Phase.BASELINE and day > start:
            faults.append(RowFault(row, "phase", f"baseline after the placement on {start}"))
            return None
        if stated is Phase.TRIAL and day < start:
            faults.append(RowFault(row, "phase", f"trial before the placement on {start}"))
            return None
        return stated
