"""What a check-in is about: whose trial, which day, when it is asked, what was recorded before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import AskAbout, ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.domain.medication import MmeTable
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import MedicationEntry, ProgramChange, Trial
from scs_trial.services.check_in_rules import natural_phase
from scs_trial.services.local_time import local_now
from scs_trial.services.medication_list import daily_mme
from scs_trial.services.review_trial import TrialReview
from scs_trial.services.session import Session

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The last value before a day, and the day that it is from."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Everything that a form knows of the trial before anything is typed.

    ``now`` is the clinic's local date and time (naive).
    """

    patient: Patient
    trial: Trial
    settings: ClinicSettings
    catalogue: Catalogue
    check_ins: tuple[CheckIn, ...]
    programs: tuple[ProgramChange, ...]
    now: datetime
    medication: tuple[MedicationEntry, ...] = ()
    mme_table: MmeTable | None = None

    @classmethod
    def of(cls, session: Session, review: TrialReview) -> Subject:
        """Take what the form needs from an open trial."""
        return cls(
            patient=review.patient,
            trial=review.trial,
            settings=review.settings,
            catalogue=session.catalogue,
            check_ins=tuple(c for c in review.check_ins if not c.entered_in_error),
            programs=tuple(sorted(review.programs, key=lambda change: change.from_when)),
            now=local_now(session.clock, session.zone()),
            medication=review.medication,
            mme_table=session.mme_table,
        )

    @property
    def today(self) -> date:
        """The clinic's civil date."""
        return self.now.date()

    def day_number(self, day: date) -> int | None:
        """Return the day number, None while the trial has no placement date."""
        start = self.trial.trial_start
        return None if start is None else (day - start).days

    def asked_day(self, about: AskAbout | None = None) -> date:
        """Return the day that a call now asks about."""
        ask_about = about or self.settings.ask_about
        return self.today if ask_about is AskAbout.TODAY else self.today - _DAY

    def first_day(self) -> tuple[date, Phase]:
        """Return what to ask about when nothing is due: the asked day, within the trial."""
        start, ended = self.trial.trial_start, self.trial.trial_ended
        day = self.asked_day()
        if start is None or day < start:
            return min(self.today, start or self.today), Phase.BASELINE
        return (day if ended is None else min(day, ended)), Phase.TRIAL

    def neighbour(self, day: date, phase: Phase, *, step: int) -> tuple[date, Phase] | None:
        """Return the next (1) or previous (-1) day; the placement date has both phases.

        None past today and, with the lead out, past the day of its removal.
        """
        start, removed = self.trial.trial_start, self.trial.lead_removed_at
        if day == start and phase is (Phase.BASELINE if step > 0 else Phase.TRIAL):
            return day, Phase.TRIAL if step > 0 else Phase.BASELINE
        other = day + step * _DAY
        last = self.today if removed is None else min(self.today, removed.date())
        if other > last:
            return None
        if start is not None and other == start and step > 0:
            return other, Phase.BASELINE
        return other, self.natural_phase(other)

    def natural_phase(self, day: date) -> Phase:
        """Return the phase that a day has unless another one is chosen."""
        return natural_phase(self.trial.trial_start, day)

    def at(self, day: date, phase: Phase) -> CheckIn | None:
        """Return the check-in of that day and phase."""
        for check_in in self.check_ins:
            if check_in.day == day and check_in.phase is phase:
                return check_in
        return None

    def with_check_in(self, check_in: CheckIn) -> Subject:
        """Return the same with a check-in that was stored just now."""
        others = tuple(c for c in self.check_ins if c.id != check_in.id)
        return replace(self, check_ins=(*others, check_in))

    def entered_late(self, day: date) -> bool:
        """Return whether answers about that day come later than the day after it."""
        return self.today > day + _DAY

    def earlier(self, series: Series, day: date) -> Earlier | None:
        """Return the last value of a series before a day, of either phase."""
        for check_in in self._before(day):
            if series in check_in.values:
                return Earlier(day=check_in.day, value=check_in.values[series])
        return None

    def listed_mme(self, day: date) -> Decimal | None:
        """Return the opioids of a day by the medication list; None where it says no number."""
        if self.mme_table is None:
            return None
        return daily_mme(self.medication, day, table=self.mme_table)

    def earlier_values(self, day: date) -> Mapping[Series, Decimal]:
        """Return the last value before a day for every series that has one."""
        values: dict[Series, Decimal] = {}
        for check_in in self._before(day):
            for series, value in check_in.values.items():
                values.setdefault(series, value)
        return values

    def earlier_program(self, day: date) -> tuple[str, date] | None:
        """Return the program in use before a day: the ledger's newest, or the last answer."""
        answered = next(((c.program, c.day) for c in self._before(day) if c.program), None)
        begun = [p for p in self.programs if p.from_when.date() <= day]
        if not begun:
            return answered
        newest = begun[-1]
        if answered is not None and answered[1] >= newest.from_when.date():
            return answered
        return newest.name, newest.from_when.date()

    def known_programs(self) -> tuple[str, ...]:
        """Return the programs named so far, in the order of their first use."""
        answered = (c.program for c in sorted(self.check_ins, key=lambda c: c.day) if c.program)
        return tuple(dict.fromkeys([*(p.name for p in self.programs), *answered]))

    def _before(self, day: date) -> list[CheckIn]:
        """Return check-ins before a day, the newest first; the trial phase before baseline."""
        before = [c for c in self.check_ins if c.day < day and not c.missed]
        return sorted(before, key=lambda c: (c.day, c.phase is Phase.TRIAL), reverse=True)
