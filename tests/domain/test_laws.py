"""The laws hold on random trials, and each finds a fault that was planted for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scs_trial.domain import days, evaluation, leaf, methods, possible, rule
from scs_trial.domain.days import SeriesDays
from scs_trial.domain.ratio import Ratio
from scs_trial.domain.result import DayState, Status
from tests.domain import laws
from tests.domain.generate import case
from tests.domain.laws import Law

Plant = Callable[[pytest.MonkeyPatch], None]


def hold(law: Law) -> None:
    """Try a law on random trials; raises what the law raises.

    Hypothesis chooses seeds rather than every draw: a trial takes hundreds of draws, and 500 of
    them would take minutes for each law.
    """

    @settings(
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(st.integers(min_value=0, max_value=2**64))
    def run(seed: int) -> None:
        law(Random(seed))

    run()


def absolute_improvement(patch: pytest.MonkeyPatch) -> None:
    """Worsening counts as improvement."""
    real = methods.percent

    def faulty(*args: Any, **more: Any) -> Ratio | None:
        value = real(*args, **more)
        return None if value is None else (abs(value[0]), value[1])

    patch.setattr(methods, "percent", faulty)


def unsorted_days(patch: pytest.MonkeyPatch) -> None:
    """Check-ins are taken as they come."""
    patch.setattr(days, "sorted", lambda entries, key: list(entries), raising=False)


def open_days_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What can still change looks at recorded days alone."""
    real = possible.extremes

    def faulty(series: SeriesDays, *args: Any, **more: Any) -> tuple[Ratio, Ratio]:
        if not series.recorded:
            return real(series, *args, **more)
        return real(replace(series, slots=series.values), *args, **more)

    patch.setattr(leaf, "extremes", faulty)


def range_short_of_its_end(patch: pytest.MonkeyPatch) -> None:
    """The range stops at a value that some completion exceeds."""
    _shift_high_end(patch, lambda series: (series.low + series.high) // 2)


def range_beyond_its_end(patch: pytest.MonkeyPatch) -> None:
    """The range promises a value that no completion reaches."""
    _shift_high_end(patch, lambda series: series.high + 1)


def _shift_high_end(patch: pytest.MonkeyPatch, high: Callable[[SeriesDays], int]) -> None:
    real = possible.extremes

    def faulty(series: SeriesDays, *args: Any, **more: Any) -> tuple[Ratio, Ratio]:
        return real(replace(series, high=high(series)), *args, **more)

    patch.setattr(leaf, "extremes", faulty)


def not_assessable_ends_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A node with an open child is taken to end assessable."""
    real = rule.at_least

    def faulty(k: int, children: Sequence[int]) -> int:
        result = real(k, children)
        return result & 3 or result

    patch.setattr(rule, "at_least", faulty)


def need_by_recorded_days(patch: pytest.MonkeyPatch) -> None:
    """The needed average is spread over one day too few."""
    real = possible.times

    def faulty(value: Ratio, factor: int) -> Ratio:
        return real(value, max(1, factor - 1))

    patch.setattr(possible, "times", faulty)


def closed_days_taken_as_open(patch: pytest.MonkeyPatch) -> None:
    """Missed days may still bring a value."""
    real = evaluation.day_states

    def faulty(*args: Any) -> dict[int, DayState]:
        states = real(*args)
        return {
            day: DayState.OPEN if state is DayState.CLOSED else state
            for day, state in states.items()
        }

    patch.setattr(evaluation, "day_states", faulty)


def best_day_counted(patch: pytest.MonkeyPatch) -> None:
    """The flattering method is counted too."""
    patch.setattr(methods, "NOT_COUNTED", frozenset())


PLANTED: list[tuple[Law, Plant]] = [
    (laws.worse_pain_never_raises_relief, absolute_improvement),
    (laws.order_of_rows_does_not_matter, unsorted_days),
    (laws.settled_never_flips, open_days_forgotten),
    (laws.ranges_are_reached_and_never_exceeded, range_short_of_its_end),
    (laws.ranges_are_reached_and_never_exceeded, range_beyond_its_end),
    (laws.possible_sets_equal_brute_force, open_days_forgotten),
    (laws.possible_sets_equal_brute_force, not_assessable_ends_forgotten),
    (laws.a_need_is_where_the_figure_meets_its_threshold, need_by_recorded_days),
    (laws.each_day_has_one_state, closed_days_taken_as_open),
    (laws.agreement_counts_the_counted_methods, best_day_counted),
]

LAWS = list(dict.fromkeys(law for law, _ in PLANTED))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_that_the_law_holds(law: Law) -> None:
    hold(law)


@pytest.mark.parametrize(
    ("law", "plant"), PLANTED, ids=[f"{law.__name__}-{plant.__name__}" for law, plant in PLANTED]
)
def test_that_the_law_finds_a_planted_fault(
    law: Law, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        hold(law)


def test_that_a_settled_trial_exists_among_the_random_ones() -> None:
    """The law of settled trials would be empty without them."""
    answers = [laws.evaluate(*case(Random(seed))) for seed in range(200)]
    settled = [a for a in answers if a.running and a.settled]
    assert {Status.MET, Status.NOT_MET} <= {a.status for a in settled}
