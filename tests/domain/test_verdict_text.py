"""The verdict in words.

Source: the evaluation specification, section 11 (words), 5 (what can still change), 6 (methods).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_trial.domain.criteria import All, Leaf, Statistic, Test
from scs_trial.domain.diary import Diary, DiaryDay, EndReason, Phase
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Series
from scs_trial.domain.result import DayState, Evaluation, Reach, Status
from scs_trial.domain.verdict import Tone, Verdict
from scs_trial.domain.verdict_text import make_verdict, methods_sentence
from tests.domain.build import columns, diary, evaluated, leaf, on_day, rules
from tests.domain.generate import CATALOGUE, case

PAIN = "pain_average"
EIGHTS = (8, 8, 8)
CONFIRM = leaf("team", test=Test.CONFIRM, confirm="team", label="Team confirms")


def pain(scores: dict[int, int | str | None], baseline: tuple[int | str, ...] = EIGHTS) -> Diary:
    return diary(columns(PAIN, baseline, scores))


def said(trial: Diary, *rule: Leaf, **more: object) -> Verdict:
    criteria = rules(All(children=(leaf(), *rule)), **more) if rule else rules(**more)
    return make_verdict(evaluated(trial, criteria), catalogue=CATALOGUE)


def with_primary(primary: Leaf, trial: Diary) -> Verdict:
    tree = All(children=(primary,))
    criteria = replace(rules(tree), primary=primary, primary_in_rule=True)
    return make_verdict(evaluated(trial, criteria), catalogue=CATALOGUE)


ENDED = {"ended": 7}
FOURS = dict.fromkeys(range(1, 8), 4)


@pytest.mark.parametrize(
    ("trial", "word", "headline", "symbol", "tone", "so_far"),
    [
        (
            pain({1: 3, 2: 3, 3: 3}),
            "on track",
            "On track: criteria met so far",
            "✓",
            Tone.GOOD,
            True,
        ),
        (
            pain(dict.fromkeys(range(1, 7), 1)),
            "met, settled",
            "Met, settled: nothing still open can change it",
            "✓",
            Tone.GOOD,
            True,
        ),
        (
            pain(dict.fromkeys(range(1, 7), 8)),
            "out of reach",
            "Out of reach: nothing still open can meet the criteria",
            "✗",
            Tone.DANGER,
            True,
        ),
        (
            pain({1: 6, 2: 6, 3: 6}),
            "at risk",
            "At risk: criteria not met so far",
            "!",
            Tone.WARNING,
            True,
        ),
        (
            pain({1: 3}),
            "too early",
            "Too early: criteria not assessable so far",
            "…",
            Tone.INFO,
            True,
        ),
        (
            replace(pain(FOURS), trial_ended=on_day(7)),
            "criteria met",
            "Criteria met",
            "✓",
            Tone.GOOD,
            False,
        ),
        (
            replace(pain({**FOURS, 1: 5}), trial_ended=on_day(7)),
            "criteria not met",
            "Criteria not met",
            "✗",
            Tone.DANGER,
            False,
        ),
        (
            replace(pain({1: 4}), trial_ended=on_day(7)),
            "not assessable",
            "Criteria not assessable",
            "?",
            Tone.NEUTRAL,
            False,
        ),
        (
            replace(pain(FOURS), trial_ended=on_day(7), awaiting_diary=True),
            "met, settled",
            "Met, settled: nothing still open can change it",
            "✓",
            Tone.GOOD,
            True,
        ),
        (
            replace(
                pain({1: 4, 2: 4, 3: 4}), trial_ended=on_day(3), end_reason=EndReason.SAFETY
            ),
            "criteria met",
            "Ended for safety on day 3: criteria met so far",
            "!",
            Tone.DANGER,
            True,
        ),
        (
            replace(pain({1: 4}), trial_ended=on_day(0), end_reason=EndReason.SAFETY),
            "not assessable",
            "Ended for safety on day 0: criteria not assessable so far",
            "!",
            Tone.DANGER,
            True,
        ),
    ],
)  # fmt: skip
def test_that_a_status_is_said_in_the_words_of_the_specification(
    trial: Diary, word: str, headline: str, symbol: str, tone: Tone, *, so_far: bool
) -> None:
    verdict = said(trial)
    assert (verdict.status_word, verdict.headline) == (word, headline)
    assert (verdict.symbol, verdict.tone, verdict.so_far) == (symbol, tone, so_far)


@pytest.mark.parametrize(
    ("trial", "figure", "caption"),
    [
        (pain({1: 4, 2: 4, 3: 3}), "54.1 %", "Mean pain relief so far, 3 of 7 days recorded"),
        (pain({1: 4, 2: 4}), "50.0 %", "Mean pain relief so far; 2 of 3 days recorded"),
        (pain({}), "–", "Mean pain relief so far; 0 of 3 days recorded"),
        (
            diary(columns(PAIN, (), FOURS)),
            "–",
            "Mean pain relief so far, 7 of 7 days recorded; no baseline value",
        ),
        (
            pain(FOURS, (0, 0, 0)),
            "–",
            "Mean pain relief so far, 7 of 7 days recorded; "
            "the baseline is 0, so there is no percentage of it",
        ),
        (
            replace(pain(FOURS), trial_ended=on_day(7)),
            "50.0 %",
            "Mean pain relief, 7 of 7 days recorded",
        ),
    ],
)
def test_that_the_main_figure_says_what_it_is(trial: Diary, figure: str, caption: str) -> None:
    verdict = said(trial)
    assert (verdict.figure, verdict.figure_caption) == (figure, caption)


@pytest.mark.parametrize(
    ("primary", "caption"),
    [
        (
            leaf(statistic=Statistic.MEDIAN),
            "Median pain relief so far, 3 of 7 days recorded",
        ),
        (
            leaf(statistic=Statistic.LAST),
            "Pain relief, last recorded day so far, 3 of 7 days recorded",
        ),
        (
            leaf(statistic=Statistic.BEST),
            "Pain relief, best recorded day so far, 3 of 7 days recorded",
        ),
        (
            leaf(statistic=Statistic.MEAN_LAST, last_n=2),
            "Pain relief, mean of the last 2 recorded days so far, 3 of 7 days recorded",
        ),
        (
            leaf(measure="activity_score"),
            "Mean improvement of usual activity so far; no baseline value; 0 of 3 days recorded",
        ),
        (
            leaf(item="left leg"),
            "Mean pain relief (left leg) so far; no baseline value; 0 of 3 days recorded",
        ),
    ],
)
def test_that_other_statistics_and_measures_are_named(primary: Leaf, caption: str) -> None:
    assert with_primary(primary, pain({1: 3, 2: 3, 3: 3})).figure_caption == caption


def test_that_the_target_region_is_named_where_it_is_known() -> None:
    answer = evaluated(pain({1: 3, 2: 3, 3: 3}))
    verdict = make_verdict(answer, catalogue=CATALOGUE, target_region="low back")
    assert verdict.figure_caption.startswith("Mean pain relief (low back) so far")


def test_that_only_pain_is_said_of_the_target_region() -> None:
    primary = leaf(measure="activity_score")
    criteria = replace(rules(All(children=(primary,))), primary=primary)
    answer = evaluated(diary(columns("activity_score", (4, 4), {1: 6, 2: 6, 3: 6})), criteria)
    verdict = make_verdict(answer, catalogue=CATALOGUE, target_region="low back")
    assert verdict.figure_caption == (
        "Mean improvement of usual activity so far, 3 of 7 days recorded"
    )


def test_that_the_main_figure_says_how_many_baseline_values_are_asked() -> None:
    verdict = said(pain({1: 3, 2: 3, 3: 3}, (8, 8)), baseline_min_days=3)
    assert verdict.figure_caption == (
        "Mean pain relief so far, 3 of 7 days recorded; fewer than 3 baseline values"
    )


SUBJECT = "pain relief of 50 %"


@pytest.mark.parametrize(
    ("trial", "sentence"),
    [
        (
            pain({1: 5, 2: 4, 3: 4, 4: 4}),
            f"For {SUBJECT}: three open days at 4, 4 and 3 would do; 4, 4 and 4 would not.",
        ),
        (
            pain({1: 4, 2: 4, 3: 4, 4: 3, 5: 4, 6: 4}),
            f"For {SUBJECT}: one open day at 5 would still do; 6 would not.",
        ),
        (
            pain({1: 4, 2: 4, 3: 3}),
            f"For {SUBJECT}: four open days at 5, 4, 4 and 4 would still do; "
            "5, 5, 4 and 4 would not.",
        ),
        (
            pain({1: "3.5", 2: 4}),
            f"For {SUBJECT}: five open days at 4.1 on average would do; 4.2 would not.",
        ),
        (
            pain(dict.fromkeys(range(1, 7), 1)),
            f"Whatever the open day will bring, {SUBJECT} stays reached.",
        ),
        (
            pain(dict.fromkeys(range(1, 6), 8)),
            f"Nothing that the 2 days still open can bring would reach {SUBJECT}.",
        ),
        (pain(FOURS), ""),
        (replace(pain({1: 4, 2: 4, 3: 4}), trial_ended=on_day(7)), ""),
        (diary(columns(PAIN, (), {1: 4})), ""),
    ],
)
def test_that_the_sentence_can_be_checked_with_a_pencil(trial: Diary, sentence: str) -> None:
    assert said(trial).sentence == sentence


def test_that_there_is_no_such_sentence_for_another_statistic() -> None:
    assert with_primary(leaf(statistic=Statistic.LAST), pain({1: 3, 2: 3, 3: 3})).sentence == ""


def test_that_higher_is_better_turns_the_sentence_round() -> None:
    trial = diary(columns("activity_score", (4, 4, 4), {1: 6, 2: 6, 3: 6, 4: 6, 5: 6}))
    assert with_primary(leaf(measure="activity_score"), trial).sentence == (
        "For improvement of usual activity of 50 %: two open days at 6 and 6 would still do; "
        "5 and 6 would not."
    )


def test_that_many_open_days_are_said_by_their_average_where_higher_is_better() -> None:
    """(5 + 6 * 37 / 6) / 7 is 6, half above 4: 6.166667 is rounded to the side that does."""
    trial = diary(columns("activity_score", (4, 4, 4), {1: 5}))
    assert with_primary(leaf(measure="activity_score"), trial).sentence == (
        "For improvement of usual activity of 50 %: six open days at 6.2 on average would do; "
        "6.1 would not."
    )


def test_that_values_assured_but_days_missing_is_not_called_reached() -> None:
    """Any values would do, but fewer than ``min_days`` would not be assessable."""
    trial = replace(
        diary(columns("activity_score", (1, 1), {1: 10, 2: 10})),
        planned_days=3,
    )
    verdict = with_primary(leaf(measure="activity_score", threshold="50"), trial)
    assert verdict.sentence == ""
    assert verdict.lines[0].needed == "met by any values once enough days are recorded"


def fill(trial: Diary, answer: Evaluation, values: list[str]) -> Status:
    """Record values of the primary on the open days and evaluate for real."""
    series = Series(answer.primary.measure or "", answer.primary.leaf.item)
    days = {(day.day, day.phase): day for day in trial.days}
    numbers = [n for n, state in answer.day_states.items() if state is DayState.OPEN]
    for number, value in zip(numbers, values, strict=True):
        key = (trial.trial_start + (on_day(number) - on_day(0)), Phase.TRIAL)
        old = days.get(key, DiaryDay(day=key[0], phase=Phase.TRIAL))
        days[key] = replace(old, values={**old.values, series: Decimal(value)})
    filled = replace(trial, days=tuple(days.values()))
    return evaluate(filled, answer.criteria, CATALOGUE).primary.status


LISTED = re.compile(
    r": \w+ open days? at ([-\d, and]+?)(?: mm)? would (?:still )?do; (.+) would not"
)
AVERAGE = re.compile(
    r"open days at ([-\d.]+)(?: mm)? on average would (?:still )?do; ([-\d.]+) would"
)


@given(st.integers(0, 10**9))
def test_that_each_checkable_sentence_is_true(seed: int) -> None:
    """Fill the open days with the values of the sentence, and evaluate for real."""
    rng = Random(seed)
    trial, criteria = case(rng)
    primary = replace(
        criteria.primary, statistic=Statistic.MEAN, last_n=None, min_days=rng.randint(1, 3)
    )
    criteria = replace(
        criteria, primary=primary, primary_in_rule=False, rule=All(children=(CONFIRM,))
    )
    trial = replace(trial, trial_ended=None, end_reason=None, planned_days=rng.randint(1, 9))
    answer = evaluate(trial, criteria, CATALOGUE)
    verdict = make_verdict(answer, catalogue=CATALOGUE)
    listed, average = LISTED.search(verdict.sentence), AVERAGE.search(verdict.sentence)
    needed = answer.primary.needed
    if listed is not None:
        enough, too_little = (re.findall(r"-?\d+", text) for text in listed.groups())
        assert fill(trial, answer, enough) is Status.MET
        assert fill(trial, answer, too_little) is Status.NOT_MET
        assert abs(sum(map(int, enough)) - sum(map(int, too_little))) == 1
    elif average is not None:
        assert needed is not None
        measure = CATALOGUE[answer.primary.measure or ""]
        for text, status in zip(average.groups(), (Status.MET, Status.NOT_MET), strict=True):
            if measure.low <= Decimal(text) <= measure.high:
                assert fill(trial, answer, [text] * needed.days) is status
    elif verdict.sentence.startswith("Whatever"):
        assert answer.primary.possible == (Status.MET,)
    elif verdict.sentence:
        assert verdict.sentence.startswith("Nothing")
        assert Status.MET not in answer.primary.possible
    else:
        assert needed is None or needed.reach is Reach.ASSURED


@pytest.mark.parametrize(
    ("trial", "text"),
    [
        (
            replace(pain({0: 8, 1: 6, 2: 5, 3: 4, 4: 3, 5: 3}), trial_ended=on_day(5)),
            "Other methods 39.5 to 62.5 %: four of eight at 50 % or more.",
        ),
        (
            replace(pain({0: 8, 1: 4, 2: 4, 3: 4}), trial_ended=on_day(3)),
            "Other methods 37.5 to 50.0 %: one of eight below 50 %.",
        ),
        (
            replace(pain({1: 3, 2: 4, 3: 4}), trial_ended=on_day(3)),
            "Other methods 50.0 to 54.1 %: none below 50 %.",
        ),
        (
            replace(pain({1: 3}), trial_ended=on_day(1)),
            "Other methods 62.5 %: none below 50 %.",
        ),
        (
            replace(pain({1: 6}), trial_ended=on_day(1)),
            "Other methods 25.0 %: none at 50 % or more.",
        ),
        (diary(columns(PAIN, (), {1: 4})), ""),
        (
            diary(columns("stated_relief", (), {1: 60})),
            "Patient states 60 %.",
        ),
        (
            diary(columns("stated_relief", (), {1: "62.5"})),
            "Patient states 62.5 %.",
        ),
        (
            diary(columns("stated_relief", (), {1: "62.04"})),
            "Patient states 62.0 %.",
        ),
        (
            replace(
                diary(columns(PAIN, EIGHTS, {1: 3}), columns("stated_relief", (), {1: 60})),
                trial_ended=on_day(1),
            ),
            "Other methods 62.5 %: none below 50 %. Patient states 60 %.",
        ),
    ],
)
def test_that_other_methods_are_said_with_their_span(trial: Diary, text: str) -> None:
    assert methods_sentence(evaluated(trial)) == text


@given(st.integers(0, 10**9))
def test_that_every_trial_can_be_put_into_words(seed: int) -> None:
    """Never "8 of 8"; no empty text; a symbol and a word for each status; one line a leaf."""
    trial, criteria = case(Random(seed))
    answer = evaluate(trial, criteria, CATALOGUE)
    verdict = make_verdict(answer, catalogue=CATALOGUE)
    assert [line.leaf_id for line in verdict.lines] == [r.leaf.id for r in answer.leaves]
    for line in verdict.lines:
        assert line.title
        assert line.value
        assert line.symbol in ("✓", "✗", "?")
        assert "None" not in f"{line.title}{line.value}{line.remark}{line.needed}"
    for finding in (*verdict.cautions, *verdict.notes):
        assert finding.text.endswith(".")
        assert "None" not in finding.text
        assert "Fraction" not in finding.text
    assert not re.search(r"(\w+) of \1 ", verdict.methods)
    assert len(verdict.cautions) + len(verdict.notes) == len(answer.cautions)
    assert verdict.so_far is (answer.running or verdict.headline.startswith("Ended for safety"))
