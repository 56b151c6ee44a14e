"""Random trials and criteria, small enough to be checked by trying everything.

All is drawn from one ``random.Random``, so that a seed alone repeats a failing trial.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.criteria import (
    All,
    AnyOf,
    AtLeast,
    Criteria,
    Evidence,
    Leaf,
    Node,
    Statistic,
    Test,
    leaves,
)
from scs_trial.domain.diary import Diary, DiaryDay, EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.paths import resources

CATALOGUE = load_catalogue(resources("measures.toml").read_text(encoding="utf-8"))
PLACEMENT = date(2026, 3, 29)  # clocks change in Europe on that day
CONFIRMATIONS = ("functional_improvement", "screening")
MEASURES = ("pain", "pain", "pain_average", "pain_vas", "activity_score", "mme", "sleep_hours")
MAX_OPEN_DAYS = 4

T = TypeVar("T")


def pick(rng: Random, options: Sequence[T]) -> T:
    return options[rng.randrange(len(options))]


def chance(rng: Random, percent: int) -> bool:
    return rng.randrange(100) < percent


def score(rng: Random, code: str) -> Decimal:
    """Draw a value in the measure's range: often an end, sometimes with many decimals."""
    measure = CATALOGUE[code]
    kind = rng.randrange(10)
    if kind == 0:
        return measure.low
    if kind == 1:
        return measure.high
    places = 15 if kind == 2 else 1 if kind < 6 else 0
    span = int((measure.high - measure.low) * 10**places)
    return measure.low + Decimal(rng.randrange(span + 1)).scaleb(-places)


def leaf(rng: Random, number: int, *, primary: bool = False) -> Leaf:
    statistic = pick(rng, list(Statistic))
    common = {
        "statistic": statistic,
        "last_n": 1 + rng.randrange(4) if statistic is Statistic.MEAN_LAST else None,
        "min_days": 1 + rng.randrange(4),
        "baseline_zero_is_not_met": chance(rng, 40),
    }
    test = Test.IMPROVEMENT_PERCENT if primary else pick(rng, list(Test))
    name = f"leaf-{number}"
    if test is Test.CONFIRM:
        return Leaf(id=name, test=test, confirm=pick(rng, CONFIRMATIONS))
    measure = pick(rng, MEASURES[:5] if primary else MEASURES)
    if test is not Test.IMPROVEMENT_PERCENT and chance(rng, 15):
        measure = "eq5d_index"
    item = None
    if measure in {"pain", "pain_average"} and chance(rng, 25):
        item = "left leg"
    if test is Test.IMPROVEMENT_PERCENT:
        threshold = Decimal(pick(rng, ["0", "10", "30", "33.3", "50", "50", "100", "-20"]))
    elif test is Test.RECORDED_DAYS_AT_LEAST:
        threshold = Decimal(rng.randrange(7))
    elif test is Test.IMPROVEMENT_POINTS:
        threshold = Decimal(pick(rng, ["0", "2", "-1", "0.3", "5"]))
    else:
        threshold = Decimal(pick(rng, ["0", "4", "5", "7.5", "30", "0.25"]))
    return Leaf(id=name, test=test, measure=measure, item=item, threshold=threshold, **common)


def node(rng: Random, depth: int, count: list[int]) -> Node:
    if depth == 0 or chance(rng, 45):
        count[0] += 1
        return leaf(rng, count[0])
    children = tuple(node(rng, depth - 1, count) for _ in range(1 + rng.randrange(3)))
    kind = rng.randrange(3)
    if kind == 0:
        return All(children=children)
    if kind == 1:
        return AnyOf(children=children)
    return AtLeast(k=1 + rng.randrange(len(children)), children=children)


def criteria(rng: Random) -> Criteria:
    primary = leaf(rng, 0, primary=True)
    in_rule = chance(rng, 70)
    rest = node(rng, 2, [0])
    while len(leaves(rest)) > 6:
        rest = node(rng, 1, [0])
    optional = [None, 4, 7]
    return Criteria(
        id="generated",
        title="Generated",
        version="1",
        source="generated",
        evidence=Evidence.UNCONFIRMED,
        checked_on=date(2026, 11, 22),
        primary=primary,
        primary_in_rule=in_rule,
        rule=All(children=(primary, rest)) if in_rule else rest,
        baseline_window_days=pick(rng, [0, 3, 7, 14]),
        baseline_min_days=1 + rng.randrange(3),
        low_baseline=pick(rng, [None, Decimal(4), Decimal("6.5")]),
        first_day=rng.randrange(3),
        exclude_stimulation_off=chance(rng, 70),
        length_min=pick(rng, optional),
        length_caution_above=pick(rng, optional),
        length_warn_above=pick(rng, [None, 6, 8]),
    )


def values(rng: Random, flat: dict[Series, Decimal]) -> dict[Series, Decimal]:
    """Draw the answers of one day; ``flat`` holds scores that this trial repeats."""
    found = {}
    gaps = pick(rng, [0, 0, 20, 50])
    for series in SERIES:
        if chance(rng, gaps):
            continue
        if series in flat and chance(rng, 60):
            found[series] = flat[series]
        else:
            found[series] = score(rng, series.code)
    return found


SERIES = (
    Series("pain_average"),
    Series("pain_vas"),
    Series("pain_average", "left leg"),
    Series("pain_vas", "left leg"),  # a region of pain where the trial's pain measure is the VAS
    Series("activity_score"),
    Series("mme"),
    Series("sleep_hours"),
    Series("stated_relief"),
    Series("eq5d_index"),
)


def check_in(rng: Random, number: int, phase: Phase, flat: dict[Series, Decimal]) -> DiaryDay:
    day = PLACEMENT + timedelta(days=number)
    if phase is Phase.TRIAL and chance(rng, 12):
        return DiaryDay(day=day, phase=phase, missed=True)
    recorded_at = None
    if chance(rng, 50):
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (clinic-local)
        recorded_at = midnight + timedelta(hours=rng.randrange(80))
    return DiaryDay(
        day=day,
        phase=phase,
        values={} if chance(rng, 8) else values(rng, flat),
        stimulation_off=phase is Phase.TRIAL and chance(rng, 15),
        program=pick(rng, [None, "A", "A", "B"]),
        recorded_at=recorded_at,
    )


def diary(rng: Random, rules: Criteria) -> Diary:
    """Draw a trial with at most ``MAX_OPEN_DAYS`` open days under these criteria."""
    planned = rng.randrange(10)
    ended = PLACEMENT + timedelta(days=rng.randrange(10)) if chance(rng, 55) else None
    awaiting = ended is not None and chance(rng, 50)
    flat = {series: score(rng, series.code) for series in SERIES}
    if chance(rng, 25):
        flat |= {Series("mme"): Decimal(0), Series("pain_average"): Decimal(0)}
    days = [
        check_in(rng, number, Phase.BASELINE, flat)
        for number in (-15, -14, -8, -7, -4, -3, -2, -1, 0)
        if chance(rng, 35)
    ]
    last = planned if ended is None else (ended - PLACEMENT).days
    without = 0
    for number in range(last + 3):
        # A day without a check-in and a check-in without some values both leave days open.
        closed = ended is not None and not awaiting
        drawn = check_in(rng, number, Phase.TRIAL, flat) if chance(rng, 75) else None
        open_for_some = drawn is None or not (drawn.missed or len(drawn.values) == len(SERIES))
        if not closed and rules.first_day <= number <= last and open_for_some:
            without += 1
            if without > MAX_OPEN_DAYS:
                day = PLACEMENT + timedelta(days=number)
                drawn = DiaryDay(day=day, phase=Phase.TRIAL, missed=True)
        if drawn is not None:
            days.append(drawn)
    rng.shuffle(days)
    return Diary(
        trial_start=PLACEMENT,
        planned_days=planned,
        trial_ended=ended,
        end_reason=pick(rng, list(EndReason)) if ended is not None else None,
        awaiting_diary=awaiting,
        pain_measure=pick(rng, ["pain_average", "pain_average", "pain_vas"]),
        days=tuple(days),
        confirmations={name: chance(rng, 50) for name in CONFIRMATIONS if chance(rng, 60)},
        red_flag_open=chance(rng, 10),
    )


def case(rng: Random) -> tuple[Diary, Criteria]:
    """Draw criteria and a trial for them."""
    rules = criteria(rng)
    return diary(rng, rules), rules
