"""Which answers a check-in asks for: only the measures that the trial asks, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_trial.domain.asked import asked_series, asked_title
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue, Measure, Series
from scs_trial.domain.trial import ProgramChange, Trial

_TEN = Decimal(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One answer of the form.

    ``is_score`` marks a 0-10 scale, which is answered on a strip; everything else is a number
    with its unit. ``decimals`` are those that may be typed; imported values keep their own.
    """

    series: Series
    title: str
    question: str
    unit: str
    low: Decimal
    high: Decimal
    decimals: int
    is_score: bool
    is_pain: bool = False

    @property
    def name(self) -> str:
        """Name of the field, as services name it in a `FieldError`."""
        return str(self.series)

    @property
    def range_message(self) -> str:
        """What stands beside the field when a value is outside the range."""
        return f"Allowed: {self.low} to {self.high} {self.unit}".strip() + "."


def fields_for(
    trial: Trial,
    *,
    catalogue: Catalogue,
    settings: ClinicSettings,
    phase: Phase,
    programs: Sequence[ProgramChange] = (),
    held: Iterable[Series] = (),
) -> tuple[FieldSpec, ...]:
    """Return the fields of a check-in.

    Parameters
    ----------
    trial
        Its measures, regions and goals; without measures of its own the clinic's are asked.
    catalogue
        Titles, ranges and decimals.
    settings
        The clinic's measures.
    phase
        At baseline nothing about stimulation is asked.
    programs
        The ledger: coverage is not asked while the newest program is sub-perception.
    held
        Series that the check-in holds already; they are always shown.
    """
    asked = asked_series(
        trial, catalogue=catalogue, settings=settings, phase=phase, programs=programs
    )
    wanted = list(asked)
    wanted += [series for series in held if series not in wanted and series.code in catalogue]
    return tuple(_spec(series, catalogue[series.code], trial) for series in wanted)


def _spec(series: Series, measure: Measure, trial: Trial) -> FieldSpec:
    is_score = measure.low == 0 and measure.high == _TEN and not measure.unit
    return FieldSpec(
        series=series,
        title=asked_title(series, measure, trial),
        question=measure.question,
        unit=measure.unit,
        low=measure.low,
        high=measure.high,
        decimals=measure.decimals,
        is_score=is_score and measure.decimals <= 1,
        is_pain=measure.per_region,
    )
