"""Rows of a diary file become trials: what was said of each trial, and its check-ins.

Source: the evaluation specification, sections 1 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from scs_trial.domain.diary import Diary, DiaryDay, EndReason, Phase
from scs_trial.exchange.diary_columns import RowFault

DEFAULT_PLANNED_DAYS = 7
DEFAULT_PAIN_MEASURE = "pain_average"


CheckInPlace = tuple[str, date, date, Phase]
"""Patient, placement date, day and phase: where a check-in of a file belongs."""


class PatientDiary(NamedTuple):
    """One trial of one patient, as a diary file tells it."""

    patient: str
    diary: Diary


class Said(NamedTuple):
    """A statement about a trial and the row on which it stood first."""

    value: object
    row: int


def _told(value: object) -> str:
    """Return a statement as a diary writes it: yes or no for a truth value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


@dataclass(slots=True)
class TrialRows:
    """The rows of one trial while the file is being read."""

    patient: str
    start: date
    statements: dict[str, Said] = field(default_factory=dict)
    last_cells: tuple[str, ...] = ()
    taken: dict[tuple[date, Phase], int] = field(default_factory=dict)
    days: list[DiaryDay] = field(default_factory=list)
    confirmations: dict[str, bool] = field(default_factory=dict)
    faulty: bool = False

    def state(self, column: str, value: object, row: int) -> RowFault | None:
        """Note what a row says of the trial; return a fault when another row said otherwise."""
        said = self.statements.setdefault(column, Said(value, row))
        if said.value == value:
            return None
        self.faulty = True
        return RowFault(
            row,
            column,
            f"{_told(value)} contradicts {_told(said.value)} in row {said.row} of the same trial",
        )

    def final_faults(self) -> list[RowFault]:
        """Return the faults that only all rows together show."""
        faults = []
        ended = self.statements.get("trial_ended")
        if ended is not None and isinstance(ended.value, date) and ended.value < self.start:
            reason = f"{ended.value} lies before the placement on {self.start}"
            faults.append(RowFault(ended.row, "trial_ended", reason))
        reason_said = self.statements.get("end_reason")
        if reason_said is not None and ended is None:
            reason = "needs trial_ended, which no row of the trial states"
            faults.append(RowFault(reason_said.row, "end_reason", reason))
        self.faulty = self.faulty or bool(faults)
        return faults

    def diary(self) -> PatientDiary:
        """Return the trial, days in file order."""
        values = {column: said.value for column, said in self.statements.items()}
        planned = values.get("planned_days")
        ended = values.get("trial_ended")
        reason = values.get("end_reason")
        pain = values.get("pain_measure")
        return PatientDiary(
            self.patient,
            Diary(
                trial_start=self.start,
                planned_days=planned if isinstance(planned, int) else DEFAULT_PLANNED_DAYS,
                trial_ended=ended if isinstance(ended, date) else None,
                end_reason=reason if isinstance(reason, EndReason) else None,
                awaiting_diary=values.get("awaiting_diary") is True,
                pain_measure=pain if isinstance(pain, str) else DEFAULT_PAIN_MEASURE,
                days=tuple(self.days),
                confirmations=self.confirmations,
            ),
        )
