"""One line for each leaf: what is tested, its figure, what can still change, the reasons."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scs_trial.domain.criteria import All, Leaf, Statistic, Test
from scs_trial.domain.diary import Diary
from scs_trial.domain.result import Status
from scs_trial.domain.verdict import VerdictLine
from scs_trial.domain.verdict_text import make_verdict
from scs_trial.domain.wording import beside, exact_text, joined, number_word
from tests.domain.build import Score, columns, diary, evaluated, leaf, on_day, rules
from tests.domain.generate import CATALOGUE

P, A, T = Test.IMPROVEMENT_POINTS, Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST
B, D, C = Test.BASELINE_AT_LEAST, Test.RECORDED_DAYS_AT_LEAST, Test.CONFIRM


def line_of(trial: Diary, tested: Leaf) -> VerdictLine:
    answer = evaluated(trial, rules(All(children=(tested,)), primary=leaf("other")))
    (line,) = make_verdict(answer, catalogue=CATALOGUE).lines
    return line


def running(name: str, before: tuple[Score, ...], after: dict[int, Score]) -> Diary:
    return diary(columns(name, before, after))


def ended(name: str, before: tuple[Score, ...], after: dict[int, Score]) -> Diary:
    return replace(running(name, before, after), trial_ended=on_day(7))


PAIN3: dict[int, Score] = {1: 3, 2: 4, 3: 4}
PAIN7: dict[int, Score] = dict.fromkeys(range(1, 8), 4)


@pytest.mark.parametrize(
    ("trial", "tested", "title", "value", "remark"),
    [
        (
            running("pain_average", (8, 8), PAIN3),
            leaf(),
            "Pain relief ≥ 50 %",
            "54.1 %",
            "can end 8.9 to 80.3 %",
        ),
        (
            running("pain_average", (8, 8), {1: 3}),
            leaf(label="Half the pain"),
            "Half the pain ≥ 50 %",
            "62.5 %",
            "1 of 3 days recorded; can end -12.5 to 94.6 %",
        ),
        (
            running("pain_average", (), PAIN3),
            leaf(),
            "Pain relief ≥ 50 %",
            "–",
            "no baseline value",
        ),
        (
            ended("pain_average", (8, 8), PAIN7),
            leaf(item="left leg"),
            "Pain (left leg): improvement ≥ 50 %",
            "–",
            "no baseline value; 0 of 3 days recorded",
        ),
        (
            ended("pain_average", (8, 8), PAIN7),
            leaf(threshold="50.5"),
            "Pain relief ≥ 50.5 %",
            "50.0 %",
            "",
        ),
        (
            running("mme", (30, 30), {1: 10, 2: 10, 3: 10}),
            leaf(measure="mme"),
            "Opioids: improvement ≥ 50 %",
            "66.6 %",
            "stays met up to 18.7 MME a day on average over 4 days still open",
        ),
        (
            running("mme", (30, 30), {1: 20, 2: 20, 3: 20}),
            leaf(measure="mme"),
            "Opioids: improvement ≥ 50 %",
            "33.3 %",
            "needs 11.2 MME a day or less on average over 4 days still open",
        ),
        (
            running("mme", (0, 0), {1: 0, 2: 0, 3: 0}),
            leaf(measure="mme", test=P, threshold="0"),
            "Opioids not worse",
            "no change",
            "stays met up to 0.0 MME a day on average over 4 days still open",
        ),
        (
            ended("mme", (30, 30), dict.fromkeys(range(1, 8), "30.01")),
            leaf(measure="mme", test=P, threshold="0", label="Opioids not increased"),
            "Opioids not increased",
            "less than 0.1 MME worse",
            "",
        ),
        (
            ended("activity_score", (4,), dict.fromkeys(range(1, 8), "5.96")),
            leaf(measure="activity_score", test=P, threshold="2"),
            "Usual activity: improvement ≥ 2 points",
            "just under 2 points better",
            "",
        ),
        (
            ended("activity_score", (4,), dict.fromkeys(range(1, 8), "2.96")),
            leaf(measure="activity_score", test=P, threshold="-1"),
            "Usual activity: worse by 1 point at most",
            "just over 1 point worse",
            "",
        ),
        (  # a threshold on the other side of no change is none to be near to
            ended("activity_score", (4,), dict.fromkeys(range(1, 8), "2.04")),
            leaf(measure="activity_score", test=P, threshold="2"),
            "Usual activity: improvement ≥ 2 points",
            "2.0 points worse",
            "",
        ),
        (
            ended("activity_score", (4,), dict.fromkeys(range(1, 8), "4.96")),
            leaf(measure="activity_score", test=P, threshold="-1"),
            "Usual activity: worse by 1 point at most",
            "1.0 points better",
            "",
        ),
        (
            running("activity_score", (4,), dict.fromkeys(range(1, 6), 6)),
            leaf(measure="activity_score", test=P, threshold="1"),
            "Usual activity: improvement ≥ 1 point",
            "2.0 points better",
            "can end 0.3 points better to 3.1 points better",
        ),
        (
            running("steps", (), {1: 3000}),
            leaf(measure="steps", test=A, threshold="3000", min_days=1),
            "Steps ≥ 3000 steps",
            "3000.0 steps",
            "stays met from 3000.0 steps a day on average over 6 days still open",
        ),
        (
            running("steps", (), dict.fromkeys(range(1, 7), 3000)),
            leaf(measure="steps", test=A, threshold="3500"),
            "Steps ≥ 3500 steps",
            "3000.0 steps",
            "needs 6500.0 steps a day or more on the open day",
        ),
        (
            running("steps", (), dict.fromkeys(range(1, 6), 3000)),
            leaf(measure="steps", test=A, threshold="3500"),
            "Steps ≥ 3500 steps",
            "3000.0 steps",
            "needs 4750.0 steps a day or more on average over 2 days still open",
        ),
        (
            running("activity_score", (4,), dict.fromkeys(range(1, 8), 5)),
            leaf(measure="activity_score", test=P, threshold="1", label="Activity"),
            "Activity ≥ 1 point",
            "1.0 points better",
            "",
        ),
        (
            running("mme", (), dict.fromkeys(range(1, 7), 30)),
            leaf(measure="mme", test=T, threshold="30", statistic=Statistic.LAST),
            "Opioids ≤ 30 MME",
            "30.0 MME",
            "can end 0.0 to 2000.0 MME a day",
        ),
        (
            ended("pain_average", (), dict.fromkeys(range(1, 8), "4.04")),
            leaf(test=T, threshold="4"),
            "Pain ≤ 4",
            "just over 4",
            "",
        ),
        (
            running("pain_vas", (80,), dict.fromkeys(range(1, 5), 40)),
            leaf(measure="pain_vas", test=T, threshold="40"),
            "Pain (100 mm line) ≤ 40 mm",
            "40.0 mm",
            "can end 22.9 to 65.7 mm",
        ),
        (  # both ends say on which side of the threshold they are: 38.08 / 7 is 5.44
            running("pain_average", (8,), {**dict.fromkeys(range(1, 6), 4), 6: "8.08"}),
            leaf(test=A, threshold="5.42"),
            "Pain ≥ 5.42",
            "4.7",
            "can end 4.0 to just over 5.42",
        ),
        (
            running("activity_score", (0,), {**dict.fromkeys(range(1, 6), 4), 6: "8.08"}),
            leaf(measure="activity_score", test=P, threshold="5.42"),
            "Usual activity: improvement ≥ 5.42 points",
            "4.7 points better",
            "can end 4.0 points better to just over 5.42 points better",
        ),
        (
            running("mme", (), {1: 10}),
            leaf(measure="mme", test=D, threshold="3"),
            "Opioids: days recorded ≥ 3",
            "1 day",
            "can reach 7 days",
        ),
        (
            running("pain_average", (5, 6), PAIN3),
            leaf(test=B, threshold="5"),
            "Pain at baseline ≥ 5",
            "5.5",
            "",
        ),
        (
            running("pain_average", (), PAIN3),
            leaf(test=D, threshold="3"),
            "Pain: days recorded ≥ 3",
            "3 days",
            "settled",
        ),
        (
            running("pain_average", (), {1: 4}),
            leaf(test=D, threshold="3", label="Days recorded"),
            "Days recorded ≥ 3",
            "1 day",
            "can reach 7 days",
        ),
        (
            running("pain_average", (8,), dict.fromkeys(range(1, 7), 1)),
            leaf(),
            "Pain relief ≥ 50 %",
            "87.5 %",
            "settled",
        ),
        (running("pain_average", (8,), PAIN7), leaf(), "Pain relief ≥ 50 %", "50.0 %", ""),
        (
            running("pain_average", (8,), PAIN7),
            leaf(test=C, confirm="trial_at_home"),
            "Confirmed: trial at home",
            "not answered",
            "to be answered",
        ),
        (
            ended("pain_average", (8,), PAIN7),
            leaf(test=C, confirm="trial_at_home", label="At home"),
            "At home",
            "not answered",
            "",
        ),
        (
            replace(running("pain_average", (8,), PAIN7), confirmations={"x": True}),
            leaf(test=C, confirm="x"),
            "Confirmed: x",
            "yes",
            "",
        ),
        (
            replace(running("pain_average", (8,), PAIN7), confirmations={"x": False}),
            leaf(test=C, confirm="x"),
            "Confirmed: x",
            "no",
            "",
        ),
    ],
)
def test_that_a_line_reads(trial: Diary, tested: Leaf, title: str, value: str, remark: str) -> None:
    line = line_of(trial, tested)
    assert (line.title, line.value, line.remark) == (title, value, remark)


@pytest.mark.parametrize(
    ("scores", "tested", "needed"),
    [
        (dict.fromkeys(range(1, 7), 1), leaf(), "stays met whatever the open days bring"),
        (dict.fromkeys(range(1, 7), 8), leaf(), "can no longer be met"),
        (dict.fromkeys(range(1, 7), 5), leaf(test=T, threshold="5"),
         "stays met up to 5.0 on the open day"),
        (dict.fromkeys(range(1, 8), 4), leaf(), ""),
        ({1: 4}, leaf(test=D, threshold="3"), ""),
        ({1: 4}, leaf(test=C, confirm="x"), ""),
    ],
)  # fmt: skip
def test_that_a_line_says_what_the_open_days_must_bring(
    scores: dict[int, Score], tested: Leaf, needed: str
) -> None:
    assert line_of(running("pain_average", (8, 8), scores), tested).needed == needed


def test_that_a_confirmation_has_no_figures() -> None:
    trial = replace(running("pain_average", (8,), PAIN3), confirmations={"x": False})
    assert line_of(trial, leaf("team", test=C, confirm="x")) == VerdictLine(
        leaf_id="team",
        status=Status.NOT_MET,
        symbol="✗",
        title="Confirmed: x",
        value="no",
        remark="",
    )


def test_that_a_line_without_a_bar_has_no_marks_on_it() -> None:
    line = line_of(ended("pain_average", (8, 8), PAIN3), leaf())
    assert (line.bar, line.bar_value, line.bar_threshold) == (None, None, None)


def test_that_too_few_baseline_days_are_said_with_their_number() -> None:
    criteria = rules(baseline_min_days=3)
    answer = evaluated(running("pain_average", (8, 8), PAIN3), criteria)
    (line,) = make_verdict(answer, catalogue=CATALOGUE).lines
    assert line.remark == "fewer than 3 baseline values"


def test_that_a_bounded_scale_gets_a_range_bar_while_it_runs() -> None:
    bar = line_of(running("pain_average", (8, 8), PAIN3), leaf())
    assert bar.bar == (Fraction(250, 28), Fraction(2250, 28))
    assert (bar.bar_value, bar.bar_threshold) == (Fraction(650, 12), Fraction(50))
    assert (bar.baseline, bar.trial) == ("8.0", "3.7")
    assert line_of(ended("pain_average", (8, 8), PAIN3), leaf()).bar is None
    assert line_of(running("mme", (30,), {1: 10}), leaf(measure="mme")).bar is None
    assert line_of(running("pain_average", (8,), PAIN3), leaf(test=D, threshold="3")).bar is None


@pytest.mark.parametrize(
    ("value", "threshold", "text"),
    [
        (Fraction("4.04"), Fraction(4), "just over 4"),
        (Fraction("3.96"), Fraction(4), "just under 4"),
        (Fraction("3.94"), Fraction(4), "3.9"),
        (Fraction(4), Fraction(4), "4.0"),
        (Fraction("4.06"), Fraction(4), "4.1"),
        (Fraction("33.34"), Fraction("33.33"), "just over 33.33"),
        (Fraction("4.04"), None, "4.0"),
    ],
)
def test_that_rounding_never_belies_the_status(
    value: Fraction, threshold: Fraction | None, text: str
) -> None:
    assert beside(value, threshold) == text


def test_that_small_words_are_right() -> None:
    assert [number_word(n) for n in (0, 1, 10, 11)] == ["no", "one", "ten", "11"]
    assert [joined(parts) for parts in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert exact_text(Fraction("33.30")) == "33.3"
    assert exact_text(Fraction(100)) == "100"
