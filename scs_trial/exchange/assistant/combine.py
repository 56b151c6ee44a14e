"""Several rows of one day become one day: mean, last or first, as was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.model import CellFault, Choice, Page
from scs_trial.exchange.assistant.placing import Placed
from scs_trial.exchange.assistant.prepared import PreparedDay, PreparedTrial
from scs_trial.exchange.assistant.scales import LINE

MEAN_DECIMALS = Decimal("0.000001")
"""A mean of several rows is rounded to six decimals, half to even."""
_PAIN = "pain_average"
Place = tuple[str, date, date, Phase]


def combine(
    placed: Sequence[Placed], asking: Asking, faults: list[CellFault]
) -> tuple[PreparedTrial, ...]:
    """Return the trials; asks what to do with several values of one day and series."""
    days: dict[Place, list[Placed]] = {}
    for one in placed:
        days.setdefault((one.entry.patient, one.start, one.day, one.phase), []).append(one)
    double = [group for group in days.values() if _doubles(group)]
    how = _ask(double, asking) if double else "last"
    if how == "fault":
        faulty = {id(group) for group in double}
        for group in double:
            faults += [_second(one) for one in group]
        days = {place: group for place, group in days.items() if id(group) not in faulty}
    trials: dict[tuple[str, date], list[PreparedDay]] = {}
    for (patient, start, day, phase), group in days.items():
        made = _day(day, phase, group, how or "last")
        trials.setdefault((patient, start), []).append(made)
    return tuple(
        PreparedTrial(
            patient=patient, trial_start=start, pain_measure=_pain(held), days=tuple(held)
        )
        for (patient, start), held in trials.items()
    )


def _doubles(group: Sequence[Placed]) -> bool:
    seen = [series for one in group for series, _ in one.entry.values]
    return len(seen) != len(set(seen))


def _second(one: Placed) -> CellFault:
    reason = f"one of several rows of {one.day}"
    return CellFault(row=one.entry.row, column=one.entry.day_column, value="", reason=reason)


def _ask(double: Sequence[Sequence[Placed]], asking: Asking) -> str | None:
    first = double[0]
    rows = ", ".join(str(one.entry.row) for one in first[:4])
    return asking.ask(
        "several",
        "Which value counts where a day has several rows?",
        page=Page.MEANING,
        choices=(
            Choice(value="mean", words="their mean, rounded to six decimals"),
            Choice(value="last", words="the last one"),
            Choice(value="first", words="the first one"),
            Choice(value="fault", words="none: such days are faults"),
        ),
        evidence=f"{len(double)} days have several values, e.g. {first[0].day} in rows {rows}.",
    )


def _day(day: date, phase: Phase, group: Sequence[Placed], how: str) -> PreparedDay:
    ordered = sorted(group, key=_order)
    values: dict[Series, list[Decimal]] = {}
    for one in ordered:
        for series, value in one.entry.values:
            values.setdefault(series, []).append(value)
    notes = dict.fromkeys(note for one in ordered for note in one.entry.notes)
    moments = [one.entry.recorded_at for one in ordered if one.entry.recorded_at is not None]
    return PreparedDay(
        day=day,
        phase=phase,
        values={series: _one_of(held, how) for series, held in values.items()},
        rows=tuple(dict.fromkeys(one.entry.row for one in group)),
        note="\n".join(notes),
        recorded_at=max(moments, default=None),
    )


def _order(one: Placed) -> tuple[str, int]:
    moment = one.entry.recorded_at
    return "" if moment is None else moment.isoformat(), one.entry.row


def _one_of(values: Sequence[Decimal], how: str) -> Decimal:
    if len(values) == 1 or how == "last":
        return values[-1]
    if how == "first":
        return values[0]
    mean = sum(values, Decimal(0)) / len(values)
    rounded = mean.quantize(MEAN_DECIMALS)
    whole = rounded == rounded.to_integral_value()
    return rounded.quantize(Decimal(1)) if whole else rounded.normalize()


def _pain(days: Sequence[PreparedDay]) -> str:
    """Return the trial's pain measure: the line where pain is given on it and not as a rating."""
    codes = {series.code for day in days for series in day.values}
    return LINE if LINE in codes and _PAIN not in codes else _PAIN
