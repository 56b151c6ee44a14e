"""Several days of one patient typed side by side: a form for each day; without Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.services.jumps import Jump
from scs_trial.services.record_check_in import draft_check_in
from scs_trial.ui.check_in.about import Subject
from scs_trial.ui.check_in.fields import FieldSpec
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.payload import from_payload, identity_of

FEWEST, MOST = 2, 7
"""How many days stand side by side; of more the latest are taken."""

WAYS = (HowObtained.PAPER_DIARY, HowObtained.PHONE, HowObtained.VISIT)
"""How the answers about several days arrive."""


def days_together(subject: Subject, due: Iterable[date] = ()) -> tuple[date, ...]:
    """Return the trial days without a check-in, at most the last seven; none for fewer than two.

    Day 1 to the day that a call asks about, the end of the trial, or the lead's removal; a day
    that is called due stands beside them.
    """
    start, removed = subject.trial.trial_start, subject.trial.lead_removed_at
    ends = [subject.asked_day(), subject.trial.trial_ended, removed.date() if removed else None]
    last = min(end for end in ends if end is not None)
    span = range(1, (last - start).days + 1) if start else range(0)
    days = {start + timedelta(days=number) for number in span if start} | set(due)
    still = [day for day in sorted(days) if subject.at(day, Phase.TRIAL) is None]
    return tuple(still[-MOST:]) if len(still) >= FEWEST else ()


@dataclass(slots=True)
class Column:
    """One day: its form, whether it was missed, and what became of it.

    ``stored`` is set once the record holds the day; ``problem`` says why it does not.
    """

    form: CheckInForm
    missed: bool = False
    stored: bool = False
    problem: str = ""

    @property
    def day(self) -> date:
        """The day that the answers are about."""
        return self.form.day

    @property
    def half_asked(self) -> bool:
        """True where safety answers wait in a draft: they belong to the full form."""
        return self.form.safety.answered > 0

    @property
    def filled(self) -> bool:
        """True where something is to be stored."""
        return not self.stored and not self.half_asked and (self.missed or self.form.dirty)


class SeveralForm:
    """The days of one sheet.

    Parameters
    ----------
    subject
        Patient, trial and what is on record.
    days
        Days without a check-in, in their order.
    new_id
        Makes the identity of a check-in; a retry keeps it.
    draft
        Returns the draft kept under a key, None where there is none. The drafts are those of the
        single form: what is typed here is offered there, and the other way round.
    """

    def __init__(
        self,
        subject: Subject,
        days: Iterable[date],
        *,
        new_id: Callable[[], UUID],
        draft: Callable[[str], str | None] = lambda _key: None,
    ) -> None:
        self.subject = subject
        self.how: HowObtained | None = None
        self.identity_confirmed = False
        self.columns = tuple(_column(subject, day, new_id=new_id, draft=draft) for day in days)

    @property
    def fields(self) -> Sequence[FieldSpec]:
        """The rows: every measure and region that the trial asks, in its order."""
        rows = (spec for column in self.columns for spec in column.form.fields)
        return tuple({spec.series: spec for spec in rows}.values())

    @property
    def filled(self) -> tuple[Column, ...]:
        """The days that would be stored now."""
        return tuple(column for column in self.columns if column.filled)

    def problem(self) -> str:
        """Return why nothing can be stored yet; empty when the filled days can be tried."""
        if not self.filled:
            return "Nothing is answered yet."
        if all(column.missed for column in self.filled):
            return ""
        if self.how is None:
            return "Say how the answers were obtained."
        return "" if self.identity_confirmed else "Confirm whose answers these are."

    def jumps_to_ask(self) -> tuple[tuple[Column, Jump], ...]:
        """Return the jumps not asked about yet; a day is compared with the days typed before it."""
        before = self.subject
        found: list[tuple[Column, Jump]] = []
        for column in self.filled:
            if column.missed:
                continue
            column.form.subject = before
            found += [(column, jump) for jump in column.form.jumps_to_ask()]
            before = before.with_check_in(draft_check_in(column.form.command()))
        return tuple(found)

    def mark_asked(self) -> None:
        """Note that the jumps as they stand were asked about."""
        for column in self.filled:
            column.form.mark_asked()

    def prepare(self, column: Column) -> str:
        """Make a day ready to be stored; return why it can't be, empty when it can."""
        if column.missed:
            return "Ticked as missed, but answers stand in it." if column.form.dirty else ""
        if self.how is not None and self.identity_confirmed:
            column.form.confirm_identity(self.how)
        return next(iter(column.form.problems().values()), "")

    def mark_stored(self, column: Column, check_in: CheckIn | None = None) -> None:
        """Note that the record holds a day; a retry leaves it alone."""
        column.stored, column.problem = True, ""
        if check_in is not None:
            self.subject = self.subject.with_check_in(check_in)


def _column(
    subject: Subject,
    day: date,
    *,
    new_id: Callable[[], UUID],
    draft: Callable[[str], str | None],
) -> Column:
    form = CheckInForm(subject, day=day, phase=Phase.TRIAL, new_id=new_id())
    payload = draft(form.draft_key)
    if payload is not None:
        kept = CheckInForm(
            subject, day=day, phase=Phase.TRIAL, new_id=identity_of(payload) or form.id
        )
        if from_payload(kept, payload):
            return Column(kept)
    return Column(form)
