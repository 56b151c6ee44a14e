"""Whose trial, and which day of it: patient, placement date, day numbers, period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scs_trial.domain.diary import Phase
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.entries import Entry
from scs_trial.exchange.assistant.model import CellFault, Choice, Kind, Page
from scs_trial.exchange.assistant.prepared import Context, LeftOut
from scs_trial.exchange.assistant.target_of import NO_PERIOD, first_days, read_period
from scs_trial.exchange.diary_cells import read_date

_LONG = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry with its place."""

    entry: Entry
    start: date
    day: date
    phase: Phase


class Placer:
    """Finds the place of each entry, or the question that it needs.

    Parameters
    ----------
    entries
        What the rows say.
    has_start
        A column says the placement date.
    context
        What the record knows.
    asking
        Takes questions.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        has_start: bool,
        context: Context,
        asking: Asking,
    ) -> None:
        self._entries = entries
        self._has_start = has_start
        self._context = context
        self._asking = asking
        self._starts: dict[str, date] = {}
        self._rule = ""
        self._period: tuple[date, date] | None = None
        self._last_baseline = max(
            (e.number for e in entries if e.phase is Phase.BASELINE and e.number is not None),
            default=0,
        )
        self.faults: list[CellFault] = []
        self.left_out: dict[LeftOut, set[int]] = {}

    def place(self) -> list[Placed]:
        """Return the entries that have a place; questions may stay open."""
        numbered = any(entry.number is not None for entry in self._entries)
        self._ask_period()
        self._ask_start(numbered=numbered)
        after, before = self._ask_numbers() if numbered else (0, 0)
        found: list[Placed] = []
        unsaid: list[Placed] = []
        for entry in self._entries:
            start = self._start(entry)
            day = entry.day
            if start is None:
                continue
            if day is None and entry.number is not None:
                day = self._numbered(entry, start, after=after, before=before)
            if day is None:
                continue
            if self._period is not None and not self._period[0] <= day <= self._period[1]:
                self.left_out.setdefault(LeftOut.PERIOD, set()).add(entry.row)
                continue
            phase = entry.phase or (Phase.BASELINE if day < start else Phase.TRIAL)
            placed = Placed(entry=entry, start=start, day=day, phase=phase)
            if entry.phase is None and day == start:
                unsaid.append(placed)
            elif self._possible(placed):
                found.append(placed)
        return [*found, *self._on_placement(unsaid)]

    def _ask_period(self) -> None:
        by_patient: dict[str, list[date]] = {}
        for entry in self._entries:
            if entry.day is not None:
                by_patient.setdefault(entry.patient, []).append(entry.day)
        spans = [(max(days) - min(days)).days for days in by_patient.values()]
        asked = bool(self._asking.given("period")[0])
        if not spans or not (asked or max(spans) > _LONG):
            return
        first = min(min(days) for days in by_patient.values())
        last = max(max(days) for days in by_patient.values())
        answer = self._asking.ask(
            "period",
            "Which period belongs to the trial? Give first and last day, baseline included.",
            page=Page.TARGET,
            kind=Kind.PERIOD,
            choices=(Choice(value="all", words="all rows"),),
            evidence=f"The rows reach from {first} to {last}; {max(spans)} days of one patient.",
            objection=lambda text: "" if text == "all" or read_period(text) else NO_PERIOD,
        )
        self._period = read_period(answer or "")

    def _ask_start(self, *, numbered: bool) -> None:
        if self._has_start:
            return
        known = {entry.patient for entry in self._entries} & self._context.trial_starts.keys()
        choices = [
            Choice(value=start.isoformat(), words=f"trial of {start} in the record")
            for patient in sorted(known)
            for start in self._context.trial_starts[patient]
            if len({entry.patient for entry in self._entries}) == 1
        ]
        if known:
            choices.append(Choice(value="record", words="as the record holds it, by patient"))
        if not numbered:
            choices.append(Choice(value="first_row", words="the day of the patient's first row"))
            if any(entry.phase is Phase.BASELINE for entry in self._entries):
                words = "the day of the patient's first baseline row"
                choices.append(Choice(value="first_baseline", words=words))
        values = [choice.value for choice in choices]

        def objection(answer: str) -> str:
            fits = answer in values or isinstance(read_date(answer), date)
            return "" if fits else f"Give a date such as 2026-11-15, or {', '.join(values)}."

        answer = self._asking.ask(
            "trial_start",
            "On which date were the trial leads placed?",
            page=Page.TARGET,
            kind=Kind.DATE,
            choices=choices,
            evidence="No column says it.",
            objection=objection,
        )
        if answer is None:
            return
        self._rule = answer
        if answer in ("first_row", "first_baseline"):
            self._starts = first_days(
                self._entries, self._period, baseline=answer == "first_baseline"
            )
        elif answer == "record":
            self._starts = {
                patient: starts[0]
                for patient, starts in self._context.trial_starts.items()
                if len(starts) == 1
            }

    def _start(self, entry: Entry) -> date | None:
        if entry.start is not None:
            return entry.start
        given = read_date(self._rule)
        if isinstance(given, date):
            return given
        start = self._starts.get(entry.patient)
        if start is None and self._rule:
            what = {
                "record": "the record does not hold exactly one trial of this patient",
                "first_baseline": "this patient has no baseline row to take the placement from",
            }.get(self._rule, "this patient's placement date is not known")
            outside = entry.day is not None and self._outside(entry.day)
            if outside:
                self.left_out.setdefault(LeftOut.PERIOD, set()).add(entry.row)
            else:
                self._fault(entry, what)
        return start

    def _outside(self, day: date) -> bool:
        return self._period is not None and not self._period[0] <= day <= self._period[1]

    def _ask_numbers(self) -> tuple[int, int]:
        """Return how many days day 1 lies after, and the last baseline day before, the start."""
        after = before = 0
        if any(e.number is not None and e.phase is not Phase.BASELINE for e in self._entries):
            answer = self._asking.ask(
                "day_one",
                "Which day is day 1 of the file's trial days?",
                page=Page.TARGET,
                choices=(
                    Choice(value="day_after", words="the day after the placement"),
                    Choice(value="placement", words="the placement date itself"),
                ),
            )
            after = 1 if answer == "day_after" else 0
        if self._last_baseline:
            answer = self._asking.ask(
                "baseline_end",
                f"Which day is baseline day {self._last_baseline}, the last one of the file?",
                page=Page.TARGET,
                choices=(
                    Choice(value="day_before", words="the day before the placement"),
                    Choice(value="placement", words="the placement date itself"),
                ),
            )
            before = 1 if answer == "day_before" else 0
        return after, before

    def _numbered(self, entry: Entry, start: date, *, after: int, before: int) -> date | None:
        number = entry.number or 0
        if entry.phase is Phase.BASELINE and number > 0:
            back = self._last_baseline - number + before
        elif number > 0:
            back = 1 - number - after
        else:
            back = -number
        try:
            return start - back * _DAY
        except OverflowError:
            self._fault(entry, "is no day of a trial")
            return None

    def _possible(self, placed: Placed) -> bool:
        today = self._context.today
        if placed.phase is Phase.BASELINE and placed.day > placed.start:
            self._fault(
                placed.entry, f"{placed.day} is baseline after the placement {placed.start}"
            )
        elif placed.phase is Phase.TRIAL and placed.day < placed.start:
            self._fault(placed.entry, f"{placed.day} is trial before the placement {placed.start}")
        elif today is not None and placed.day > today:
            self._fault(placed.entry, f"{placed.day} is still to come")
        else:
            return True
        return False

    def _on_placement(self, unsaid: Sequence[Placed]) -> Iterable[Placed]:
        """Ask to which phase rows of the placement date belong that do not say it."""
        if not unsaid:
            return ()
        answer = self._asking.ask(
            "placement_day",
            "To which phase do the rows of the placement date belong?",
            page=Page.TARGET,
            choices=(
                Choice(value="baseline", words="baseline"),
                Choice(value="trial", words="trial"),
                Choice(value="leave_out", words="to none: leave them out"),
            ),
            evidence=f"{len(unsaid)} rows are of that date, first row {unsaid[0].entry.row}.",
        )
        if answer == "leave_out":
            rows = {placed.entry.row for placed in unsaid}
            self.left_out.setdefault(LeftOut.PHASE, set()).update(rows)
        if answer not in tuple(Phase):
            return ()
        phase = Phase(answer)
        moved = [
            Placed(entry=one.entry, start=one.start, day=one.day, phase=phase) for one in unsaid
        ]
        return [one for one in moved if self._possible(one)]

    def _fault(self, entry: Entry, reason: str) -> None:
        self.faults.append(
            CellFault(row=entry.row, column=entry.day_column, value="", reason=reason)
        )
