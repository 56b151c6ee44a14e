"""Findings that could change how a verdict is read, and quiet notes.

Source: the evaluation specification, section 7. Each finding carries its figures for the screen:

=========================== ==================================================================
code                        figures
=========================== ==================================================================
red_flag_open               none
ended_for_safety            ``day``: L
baseline_outside_window     ``left_out``, ``used``: values; ``window_days``
low_baseline                ``baseline``, ``low``: Fraction in the measure's unit
few_baseline_days           ``values``: how many there are
missing_days                ``days``: tuple of day numbers; ``through``: E
stimulation_off             ``days``
outside_window              ``days``; ``last_day``: L
backfilled                  ``days``
near_threshold              ``value``, ``threshold``: Fraction, percent
method_dependent            ``lowest``, ``highest``: Fraction over the counted methods that have a
                            value; ``met``, ``not_met``: how many
stated_conflict             ``stated``, ``value``, ``threshold``: Fraction, percent
region_conflict             ``regions``: tuple of (item or None for the target, Fraction percent);
                            ``value``, ``threshold``
medication_increased        ``baseline``, ``trial``: Fraction, MME
program_changed             ``programs``: tuple of names
short_trial                 ``days``: L; ``least``: the criteria's length
long_trial, very_long_trial ``days``: L; ``above``: the criteria's length
=========================== ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.days import SeriesDays, TrialDays
from scs_trial.domain.diary import Diary, EndReason
from scs_trial.domain.leaf import NRS_TO_VAS, PAIN_VAS
from scs_trial.domain.methods import NOT_COUNTED, through_day
from scs_trial.domain.ratio import Ratio, at_least, exact
from scs_trial.domain.result import (
    Caution,
    CautionCode,
    LeafResult,
    Method,
    MethodResult,
    Status,
)
from scs_trial.domain.summaries import mean

PAIN_MEASURES = frozenset({"pain_average", "pain_worst", "pain_least", "pain_now", PAIN_VAS})
"""Measures of the pain that is treated; procedure pain is kept apart."""

NEAR_POINTS = 5
"""Percentage points from the threshold, included, that count as near."""

FEW_BASELINE_VALUES = 3
"""Fewer baseline values than this raise a finding."""

_NOTES = frozenset(
    {
        CautionCode.FEW_BASELINE_DAYS,
        CautionCode.MISSING_DAYS,
        CautionCode.BACKFILLED,
        CautionCode.PROGRAM_CHANGED,
        CautionCode.LONG_TRIAL,
    }
)

Figures = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the cautions look at: the trial, its primary, and what was worked out on the way.

    ``regions`` holds the improvement in percent of each other region of the primary's measure,
    ``programs`` the program names on days recorded for the primary.
    """

    diary: Diary
    criteria: Criteria
    days: TrialDays
    primary: LeafResult
    series: SeriesDays
    mme: SeriesDays
    methods: Sequence[MethodResult]
    regions: Sequence[tuple[str | None, Ratio]]
    programs: Sequence[str]


def cautions_of(found: Findings) -> tuple[Caution, ...]:
    """Return every finding in the order of the specification."""
    raised = {
        code: figures
        for part in (_safety, _baseline, _days, _verdict, _course, _length)
        for code, figures in part(found)
    }
    return tuple(
        Caution(code=code, note=_is_note(code, found), figures=raised[code])
        for code in CautionCode
        if code in raised
    )


def _is_note(code: CautionCode, found: Findings) -> bool:
    if code is CautionCode.BASELINE_OUTSIDE_WINDOW:
        return len(found.series.baseline) >= FEW_BASELINE_VALUES
    return code in _NOTES


_Raised = Iterator[tuple[CautionCode, Figures]]


def _safety(found: Findings) -> _Raised:
    if found.diary.red_flag_open:
        yield CautionCode.RED_FLAG_OPEN, {}
    if found.diary.end_reason is EndReason.SAFETY:
        yield CautionCode.ENDED_FOR_SAFETY, {"day": found.days.last_day}


def _baseline(found: Findings) -> _Raised:
    series, criteria, primary = found.series, found.criteria, found.primary
    values = len(series.baseline)
    if series.older:
        yield (
            CautionCode.BASELINE_OUTSIDE_WINDOW,
            {
                "left_out": series.older,
                "used": values,
                "window_days": criteria.baseline_window_days,
            },
        )
    if (
        criteria.low_baseline is not None
        and primary.baseline is not None
        and primary.measure in PAIN_MEASURES
    ):
        low = Fraction(criteria.low_baseline)
        if primary.measure == PAIN_VAS:
            low *= NRS_TO_VAS
        if primary.baseline < low:
            yield CautionCode.LOW_BASELINE, {"baseline": primary.baseline, "low": low}
    if values < FEW_BASELINE_VALUES:
        yield CautionCode.FEW_BASELINE_DAYS, {"values": values}


def _days(found: Findings) -> _Raised:
    days, series = found.days, found.series
    recorded = {number for number, _ in series.recorded}
    through = through_day(days, series)
    if through is not None:
        missing = tuple(
            number
            for number in range(days.first_day, through + 1)
            if number not in recorded and number not in days.excluded
        )
        if missing:
            yield CautionCode.MISSING_DAYS, {"days": missing, "through": through}
    off = tuple(number for number, _ in days.window if number in days.excluded)
    if off:
        yield CautionCode.STIMULATION_OFF, {"days": off}
    outside = tuple(number for number, day in days.late if day.values)
    if outside:
        yield CautionCode.OUTSIDE_WINDOW, {"days": outside, "last_day": days.last_day}
    late_entry = tuple(
        number
        for number, day in days.window
        if number in recorded
        and day.recorded_at is not None
        and day.recorded_at.date() > day.day + timedelta(days=1)
    )
    if late_entry:
        yield CautionCode.BACKFILLED, {"days": late_entry}


def _verdict(found: Findings) -> _Raised:
    primary = found.primary
    counted = [result for result in found.methods if result.method not in NOT_COUNTED]
    sides = {result.status for result in counted} - {Status.NOT_ASSESSABLE}
    values = [result.value for result in counted if result.value is not None]
    if len(sides) > 1 or (primary.status is not Status.NOT_ASSESSABLE and sides - {primary.status}):
        met = sum(result.status is Status.MET for result in counted)
        yield (
            CautionCode.METHOD_DEPENDENT,
            {
                "lowest": min(values),
                "highest": max(values),
                "met": met,
                "not_met": len(values) - met,
            },
        )
    value, threshold = primary.value, primary.threshold
    if primary.status is Status.NOT_ASSESSABLE or value is None or threshold is None:
        return
    shown: Figures = {"value": value, "threshold": threshold}
    if abs(value - threshold) <= NEAR_POINTS:
        yield CautionCode.NEAR_THRESHOLD, shown
    met_by_value = value >= threshold
    for result in found.methods:
        if (
            result.method is Method.STATED
            and result.value is not None
            and (result.value >= threshold) is not met_by_value
        ):
            yield CautionCode.STATED_CONFLICT, {"stated": result.value, **shown}
    other_side = tuple(
        (item, region)
        for item, region in ((item, exact(value)) for item, value in found.regions)
        if (region >= threshold) is not met_by_value
    )
    if other_side:
        yield CautionCode.REGION_CONFLICT, {"regions": other_side, **shown}


def _course(found: Findings) -> _Raised:
    mme = found.mme
    baseline = mme.baseline_mean
    if mme.recorded and baseline is not None:
        trial = mme.real(mean(mme.values))
        if not at_least(baseline, trial):
            yield (
                CautionCode.MEDICATION_INCREASED,
                {"baseline": exact(baseline), "trial": exact(trial)},
            )
    if len(found.programs) > 1:
        yield CautionCode.PROGRAM_CHANGED, {"programs": tuple(found.programs)}


def _length(found: Findings) -> _Raised:
    criteria, last = found.criteria, found.days.last_day
    least, caution, warn = (
        criteria.length_min,
        criteria.length_caution_above,
        criteria.length_warn_above,
    )
    if least is not None and found.diary.trial_ended is not None and last < least:
        yield CautionCode.SHORT_TRIAL, {"days": last, "least": least}
    if warn is not None and last > warn:
        yield CautionCode.VERY_LONG_TRIAL, {"days": last, "above": warn}
    elif caution is not None and last > caution:
        yield CautionCode.LONG_TRIAL, {"days": last, "above": caution}
