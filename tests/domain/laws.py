"""Laws of the evaluation: each takes a source of randomness and fails if it finds a breach.

They are stated apart from the tests so that ``test_laws`` can run them twice: on the program as
it is, and on the program with a fault planted, which each must find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from scs_trial.domain import evaluation
from scs_trial.domain.criteria import Criteria, Leaf, leaves
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Better, Series
from scs_trial.domain.result import DayState, Evaluation, LeafResult
from tests.domain.generate import CATALOGUE, case, chance, score
from tests.domain.oracle import Oracle

Law = Callable[[Random], None]


def evaluate(diary: Diary, criteria: Criteria) -> Evaluation:
    return evaluation.evaluate(diary, criteria, CATALOGUE)


def series_of(leaf: Leaf, diary: Diary) -> Series:
    assert leaf.measure is not None
    return Series(diary.pain_measure if leaf.measure == "pain" else leaf.measure, leaf.item)


def worse(series: Series, value: Decimal, rng: Random) -> Decimal:
    """Return a value that is as bad or worse, within the range."""
    measure = CATALOGUE[series.code]
    worst = measure.high if measure.better is Better.LOWER else measure.low
    return value + (worst - value) * Decimal(rng.randrange(5)) / 4


def worse_pain_never_raises_relief(rng: Random) -> None:
    """Making any trial day of the primary worse lowers relief or leaves it, by every method."""
    diary, criteria = case(rng)
    series = series_of(criteria.primary, diary)
    days = [
        replace(day, values={**day.values, series: worse(series, day.values[series], rng)})
        if day.phase is Phase.TRIAL and series in day.values
        else day
        for day in diary.days
    ]
    before = evaluate(diary, criteria)
    after = evaluate(replace(diary, days=tuple(days)), criteria)
    pairs = [(before.primary.value, after.primary.value)]
    pairs += [
        (old.value, new.value)
        for old, new in zip(before.methods[:-1], after.methods[:-1], strict=True)
    ]
    for old, new in pairs:
        assert (old is None) == (new is None)
        assert old is None or new is None or new <= old


def order_of_rows_does_not_matter(rng: Random) -> None:
    """Any order of the same check-ins gives the same answer."""
    diary, criteria = case(rng)
    shuffled = list(diary.days)
    rng.shuffle(shuffled)
    ours = evaluate(diary, criteria)
    for order in (shuffled, sorted(diary.days, key=lambda day: (day.day, day.phase))):
        assert evaluate(replace(diary, days=tuple(order)), criteria) == ours


def complete(rng: Random, diary: Diary, criteria: Criteria) -> Diary:
    """Close every open day at random: with values, with some, or without; answer all questions."""
    by_key = {(day.day, day.phase): day for day in diary.days}
    used = {series_of(leaf, diary) for leaf in leaves(criteria.rule) if leaf.measure is not None}
    for number in range(criteria.first_day, diary.last_day + 1):
        date = diary.trial_start + timedelta(days=number)
        key = (date, Phase.TRIAL)
        day = by_key.get(key, DiaryDay(day=date, phase=Phase.TRIAL))
        if day.missed or (day.stimulation_off and criteria.exclude_stimulation_off):
            continue
        values = dict(day.values)
        for series in sorted(used, key=str):
            if series not in values and chance(rng, 65):
                values[series] = score(rng, series.code)
        by_key[key] = replace(day, values=values)
    answers = {
        leaf.confirm: chance(rng, 50)
        for leaf in leaves(criteria.rule)
        if leaf.confirm is not None and chance(rng, 80)
    }
    return replace(
        diary,
        days=tuple(by_key.values()),
        trial_ended=diary.trial_start + timedelta(days=diary.last_day),
        awaiting_diary=False,
        confirmations={**answers, **diary.confirmations},
    )


def settled_never_flips(rng: Random) -> None:
    """However a running trial is completed, it ends with a status that was called possible."""
    diary, criteria = case(rng)
    if not diary.running:
        diary = replace(diary, trial_ended=None)
    now = evaluate(diary, criteria)
    for _ in range(4):
        final = evaluate(complete(rng, diary, criteria), criteria)
        assert final.status in now.possible
        if now.settled:
            assert final.status is now.status
        for early, late in zip(now.leaves, final.leaves, strict=True):
            assert late.status in early.possible


def _expected(diary: Diary, criteria: Criteria) -> list[tuple[LeafResult, dict[str, object]]]:
    """Pair each leaf's result with what trying every completion gives."""
    oracle = Oracle(diary, criteria, CATALOGUE)
    found = evaluate(diary, criteria)
    return [(result, oracle.leaf(result.leaf)) for result in found.leaves]


def ranges_are_reached_and_never_exceeded(rng: Random) -> None:
    """The range is exactly that of every completion written out."""
    for result, expected in _expected(*case(rng)):
        ends = None if result.range is None else list(result.range)
        assert ends == expected["range"]


def possible_sets_equal_brute_force(rng: Random) -> None:
    """What a leaf and the rule can end with is what they do end with in some completion."""
    diary, criteria = case(rng)
    found = evaluate(diary, criteria)
    whole = Oracle(diary, criteria, CATALOGUE).result()
    for result, expected in zip(found.leaves, whole["leaves"], strict=True):
        assert [status.value for status in result.possible] == expected["possible"]
    assert [status.value for status in found.possible] == whole["possible"]
    assert found.settled == whole["settled"]


def a_need_is_where_the_figure_meets_its_threshold(rng: Random) -> None:
    """With every open day recorded at the needed average the figure equals the threshold."""
    for result, expected in _expected(*case(rng)):
        needed = result.needed
        found = needed and {
            "mean": needed.mean,
            "days": needed.days,
            "reach": needed.reach.value,
        }
        assert found == expected["needed"]


def each_day_has_one_state(rng: Random) -> None:
    """Recorded and open days are counted as the states say."""
    diary, criteria = case(rng)
    answer = evaluate(diary, criteria)
    states = list(answer.day_states.values())
    assert states.count(DayState.RECORDED) == answer.primary.recorded_days
    assert states.count(DayState.OPEN) == answer.primary.open_days
    assert len(states) == max(0, diary.last_day - criteria.first_day + 1)
    if not diary.running:
        assert DayState.OPEN not in states


def agreement_counts_the_counted_methods(rng: Random) -> None:
    """Eight methods are counted, each once."""
    answer = evaluate(*case(rng))
    assert sum(answer.agreement.values()) == 8
    assert len(answer.methods) == 10
