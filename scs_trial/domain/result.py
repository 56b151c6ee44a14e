"""What an evaluation answers: statuses, figures, what can still change, cautions.

Figures are exact ``Fraction``; rounding belongs to ``scs_trial.domain.numbers`` alone.
Source: the evaluation specification, sections 4 to 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from scs_trial.domain.criteria import Criteria, Leaf


class Status(StrEnum):
    """Status of a leaf or a rule."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ASSESSABLE = "not_assessable"


class Reason(StrEnum):
    """Why a leaf is not assessable (or not met for a baseline of zero)."""

    NO_BASELINE = "no_baseline"
    TOO_FEW_BASELINE_DAYS = "too_few_baseline_days"
    BASELINE_ZERO = "baseline_zero"
    TOO_FEW_TRIAL_DAYS = "too_few_trial_days"


class Reach(StrEnum):
    """Whether the open days can bring a leaf to its threshold."""

    ASSURED = "assured"
    POSSIBLE = "possible"
    OUT_OF_REACH = "out_of_reach"


class Method(StrEnum):
    """Ways to summarise the trial days that other clinics use, in the order of the page."""

    MEAN_FROM_DAY_0 = "mean_from_day_0"
    MEAN_FROM_DAY_1 = "mean_from_day_1"
    MEAN_FROM_DAY_2 = "mean_from_day_2"
    MEAN_LAST_3 = "mean_last_3"
    LAST_DAY = "last_day"
    BEST_DAY = "best_day"
    MEDIAN = "median"
    LOCF = "locf"
    BASELINE_CARRIED = "baseline_carried"
    STATED = "stated"


class CautionCode(StrEnum):
    """Findings about a verdict, in the order in which they are listed."""

    RED_FLAG_OPEN = "red_flag_open"
    ENDED_FOR_SAFETY = "ended_for_safety"
    BASELINE_OUTSIDE_WINDOW = "baseline_outside_window"
    LOW_BASELINE = "low_baseline"
    FEW_BASELINE_DAYS = "few_baseline_days"
    MISSING_DAYS = "missing_days"
    STIMULATION_OFF = "stimulation_off"
    OUTSIDE_WINDOW = "outside_window"
    BACKFILLED = "backfilled"
    NEAR_THRESHOLD = "near_threshold"
    METHOD_DEPENDENT = "method_dependent"
    STATED_CONFLICT = "stated_conflict"
    REGION_CONFLICT = "region_conflict"
    MEDICATION_INCREASED = "medication_increased"
    PROGRAM_CHANGED = "program_changed"
    SHORT_TRIAL = "short_trial"
    LONG_TRIAL = "long_trial"
    VERY_LONG_TRIAL = "very_long_trial"


class DayState(StrEnum):
    """What is known of one window day for one measure; exactly one holds."""

    RECORDED = "recorded"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """The average over the open days at which the figure equals its threshold.

    ``at_most`` is true where the average may be that much at most, false where it must be that
    much at least: the side to which it is printed (``numbers.needed_text``).
    """

    mean: Fraction
    days: int
    reach: Reach
    at_most: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafResult:
    """One leaf, evaluated.

    ``value`` is the tested figure (percent, points, the trial summary, the baseline mean, or a
    count of days); ``threshold`` is on the same scale, times ten for absolute thresholds on
    ``pain_vas``. For a confirmation every figure is None. ``baseline`` and ``trial`` are the mean
    B and the summary T wherever at least one value exists.
    """

    leaf: Leaf
    status: Status
    possible: tuple[Status, ...]
    value: Fraction | None = None
    threshold: Fraction | None = None
    range: tuple[Fraction, Fraction] | None = None
    needed: Needed | None = None
    recorded_days: int | None = None
    open_days: int | None = None
    reasons: tuple[Reason, ...] = ()
    baseline: Fraction | None = None
    trial: Fraction | None = None
    points: Fraction | None = None
    measure: str | None = None
    """Code of the measure in fact used (``pain`` resolved to the trial's pain measure)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodResult:
    """Relief in percent by one method, and how the primary threshold judges it."""

    method: Method
    value: Fraction | None
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramResult:
    """Days and relief on one stimulation program; figures need two days."""

    program: str
    days: int
    mean: Fraction | None
    value: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One finding with the figures that a screen or page states.

    ``note`` is true for findings that are common in routine care and shown quietly.
    Keys and types of ``figures`` are listed with each code in ``cautions``.
    """

    code: CautionCode
    note: bool
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The whole answer for one trial under one criteria file."""

    criteria: Criteria
    running: bool
    status: Status
    settled: bool
    possible: tuple[Status, ...]
    primary: LeafResult
    leaves: tuple[LeafResult, ...]
    methods: tuple[MethodResult, ...]
    agreement: Mapping[Status, int]
    programs: tuple[ProgramResult, ...]
    cautions: tuple[Caution, ...]
    day_states: Mapping[int, DayState]
    """State of each window day for the primary measure."""
