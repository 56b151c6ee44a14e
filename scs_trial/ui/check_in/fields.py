"""Which answers a check-in asks for: only the measures that the trial asks, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Asked, Catalogue, Measure, Series
from scs_trial.domain.trial import ProgramChange, Trial

_TEN = Decimal(10)
_DURING_STIMULATION = frozenset(
    {"stimulation_hours", "coverage", "comfort", "stated_relief", "procedure_pain"}
)
"""Asked on trial days only: before the placement there is nothing to ask about."""
_GOALS = "goal_"


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
    codes = _codes(trial, settings)
    sub_perception = bool(programs) and programs[-1].paresthesia is False
    wanted = [
        series
        for series in _series_of(trial, codes, catalogue)
        if _is_asked(series.code, trial, catalogue, phase=phase, sub_perception=sub_perception)
    ]
    wanted += [series for series in held if series not in wanted and series.code in catalogue]
    return tuple(_spec(series, catalogue[series.code], trial) for series in wanted)


def _codes(trial: Trial, settings: ClinicSettings) -> list[str]:
    codes = list(trial.measures_asked or settings.measures_asked)
    if trial.pain_measure not in codes:
        codes.insert(0, trial.pain_measure)
    return codes


def _series_of(trial: Trial, codes: Sequence[str], catalogue: Catalogue) -> list[Series]:
    """Return pain first: all of the target region, then the trial's pain of the other regions."""
    known = [code for code in codes if code in catalogue]
    pain = [code for code in known if catalogue[code].per_region]
    pain.sort(key=lambda code: code != trial.pain_measure)
    series = [Series(code) for code in pain]
    series += [Series(trial.pain_measure, region) for region in trial.other_regions]
    return series + [Series(code) for code in known if not catalogue[code].per_region]


def _is_asked(
    code: str, trial: Trial, catalogue: Catalogue, *, phase: Phase, sub_perception: bool
) -> bool:
    if code == "mme" and trial.takes_no_opioids:
        return False
    if code == "coverage" and sub_perception:
        return False
    if code.startswith(_GOALS) and int(code.removeprefix(_GOALS)) > len(trial.goals):
        return False
    asked = catalogue[code].asked
    if phase is Phase.BASELINE:
        return asked is not Asked.END and code not in _DURING_STIMULATION
    return asked is Asked.DAILY


def _spec(series: Series, measure: Measure, trial: Trial) -> FieldSpec:
    is_score = measure.low == 0 and measure.high == _TEN and not measure.unit
    return FieldSpec(
        series=series,
        title=_title(series, measure, trial),
        question=measure.question,
        unit=measure.unit,
        low=measure.low,
        high=measure.high,
        decimals=measure.decimals,
        is_score=is_score and measure.decimals <= 1,
        is_pain=measure.per_region,
    )


def _title(series: Series, measure: Measure, trial: Trial) -> str:
    if series.code.startswith(_GOALS):
        number = int(series.code.removeprefix(_GOALS))
        if number <= len(trial.goals):
            return f"Goal {number}: {trial.goals[number - 1]}"
    region = series.item or trial.target_region
    if not measure.per_region or not region:
        return measure.title
    short = measure.title.removesuffix(" pain").removeprefix("Pain ").lower()
    return f"{region[:1].upper()}{region[1:]}, {short}"
