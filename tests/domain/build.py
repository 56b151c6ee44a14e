"""Short ways to write trials and criteria in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from scs_trial.domain.criteria import All, Criteria, Evidence, Leaf, Node, Test
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Series
from scs_trial.domain.result import Evaluation, LeafResult
from tests.domain.generate import CATALOGUE

START = date(2026, 3, 10)

Score = str | int | None


def on_day(number: int) -> date:
    return START + timedelta(days=number)


def captured(number: int, hour: int = 9) -> datetime:
    return datetime.combine(on_day(number), datetime.min.time()) + timedelta(hours=hour)


def series(name: str) -> Series:
    code, _, item = name.partition("[")
    return Series(code, item.removesuffix("]") or None)


def check_in(
    number: int,
    scores: Mapping[str, Score],
    *,
    phase: Phase | None = None,
    **more: Any,
) -> DiaryDay:
    """Write one check-in; a score of None is left out."""
    return DiaryDay(
        day=on_day(number),
        phase=phase or (Phase.BASELINE if number < 0 else Phase.TRIAL),
        values={series(n): Decimal(v) for n, v in scores.items() if v is not None},
        **more,
    )


def columns(
    name: str, baseline: Sequence[Score], trial: Mapping[int, Score]
) -> dict[int, dict[str, Score]]:
    """Write one measure: baseline ending on day -1, and trial days by number."""
    days: dict[int, dict[str, Score]] = {
        number - len(baseline): {name: value} for number, value in enumerate(baseline)
    }
    return days | {number: {name: value} for number, value in trial.items()}


def diary(
    *parts: Mapping[int, Mapping[str, Score]],
    extra: Sequence[DiaryDay] = (),
    ended: int | None = None,
    **more: Any,
) -> Diary:
    """Write a trial from columns; ``extra`` check-ins take the place of a day that they name."""
    days: dict[int, dict[str, Score]] = {}
    for part in parts:
        for number, scores in part.items():
            days.setdefault(number, {}).update(scores)
    named = {(day.day, day.phase) for day in extra}
    written = [check_in(number, scores) for number, scores in days.items()]
    kept = [day for day in written if (day.day, day.phase) not in named]
    return Diary(
        trial_start=START,
        trial_ended=None if ended is None else on_day(ended),
        days=(*kept, *extra),
        **more,
    )


def leaf(name: str = "pain", **more: Any) -> Leaf:
    """Write a leaf; pain by half unless told otherwise."""
    fields: dict[str, Any] = {
        "test": Test.IMPROVEMENT_PERCENT,
        "measure": "pain",
        "threshold": "50",
    }
    fields |= more
    if fields["test"] is Test.CONFIRM:
        fields |= {"measure": None, "threshold": None}
    if fields["threshold"] is not None:
        fields["threshold"] = Decimal(fields["threshold"])
    return Leaf(id=name, **fields)


def rules(rule: Node | None = None, *, primary: Leaf | None = None, **more: Any) -> Criteria:
    """Write criteria; by default the one leaf "pain by half", as in ``general-50``."""
    if rule is None:
        rule = All(children=(primary or leaf(),))
    fields: dict[str, Any] = {
        "low_baseline": Decimal(4),
        "length_min": None,
        "length_caution_above": 7,
        "length_warn_above": 10,
    }
    return Criteria(
        id="test",
        title="Test",
        version="1",
        source="a test",
        evidence=Evidence.UNCONFIRMED,
        checked_on=date(2026, 11, 22),
        primary=primary or leaf(),
        rule=rule,
        **{"primary_in_rule": primary is None, **fields, **more},
    )


def evaluated(trial: Diary, criteria: Criteria | None = None) -> Evaluation:
    return evaluate(trial, criteria or rules(), CATALOGUE)


def leaf_result(trial: Diary, tested_leaf: Leaf, **more: Any) -> LeafResult:
    """Return the result of one leaf that stands alone in a rule."""
    answer = evaluated(trial, rules(All(children=(tested_leaf,)), **more))
    return answer.leaves[0]


def codes(answer: Evaluation) -> list[str]:
    return [caution.code.value for caution in answer.cautions]


def figures(answer: Evaluation, code: str) -> Mapping[str, object]:
    return next(c.figures for c in answer.cautions if c.code.value == code)
