"""A rule in words; the shipped rules as a whole are in ``fixtures/expected/criteria``."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scs_trial.domain.criteria import AnyOf, AtLeast, Leaf, Statistic, Test
from scs_trial.domain.describe import describe, leaf_text, number_text, rule_lines
from tests.domain.build import leaf, rules
from tests.domain.generate import CATALOGUE

P, A, T = Test.IMPROVEMENT_POINTS, Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST


@pytest.mark.parametrize(
    ("tested", "words"),
    [
        (leaf(), "Pain: falls by 50 % or more against baseline"),
        (leaf(label="Relief"), "Relief - Pain: falls by 50 % or more against baseline"),
        (
            leaf(item="left leg", threshold="33.30"),
            "Pain (left leg): falls by 33.3 % or more against baseline",
        ),
        (leaf(threshold="0.5"), "Pain: falls by 0.5 % or more against baseline"),
        (leaf(threshold="0"), "Pain: does not rise against baseline"),
        (leaf(threshold="-20"), "Pain: rises by 20 % at most against baseline"),
        (
            leaf(measure="activity_score", threshold="-1", test=P),
            "Usual activity: falls by 1 point at most against baseline",
        ),
        (
            leaf(measure="activity_score", threshold="0", test=P),
            "Usual activity: does not fall against baseline",
        ),
        (
            leaf(measure="mme", threshold="10", test=P),
            "Opioids: falls by 10 MME or more against baseline",
        ),
        (
            leaf(threshold="2", test=P),
            "Pain: falls by 2 points (of 0-10; ten times that in mm) or more against baseline",
        ),
        (
            leaf(measure="activity_score", threshold="1", test=A),
            "Usual activity: 1 point or more in the trial",
        ),
        (
            leaf(measure="activity_score", threshold="2", test=A),
            "Usual activity: 2 points or more in the trial",
        ),
        (leaf(measure="steps", threshold="3000", test=A), "Steps: 3000 steps or more in the trial"),
        (leaf(measure="mme", threshold="50", test=T), "Opioids: 50 MME or less in the trial"),
        (
            leaf(measure="mme", threshold="50", test=T, statistic=Statistic.LAST, min_days=1),
            "Opioids: 50 MME or less in the trial (last recorded day, at least 1 recorded day)",
        ),
        (
            leaf(statistic=Statistic.MEAN_LAST, last_n=3),
            "Pain: falls by 50 % or more against baseline "
            "(mean of the last 3 recorded days, at least 3 recorded days)",
        ),
        (
            leaf(statistic=Statistic.MEDIAN, min_days=2, baseline_zero_is_not_met=True),
            "Pain: falls by 50 % or more against baseline "
            "(median, at least 2 recorded days; a baseline of 0 counts as not met)",
        ),
        (
            leaf(statistic=Statistic.BEST),
            "Pain: falls by 50 % or more against baseline "
            "(best recorded day, at least 3 recorded days)",
        ),
        (
            leaf(test=Test.CONFIRM, confirm="trial_at_home"),
            "The clinician confirms: trial at home",
        ),
        (
            leaf(test=Test.RECORDED_DAYS_AT_LEAST, threshold="3", min_days=1),
            "Pain: recorded on 3 or more days",
        ),
    ],
)
def test_that_a_leaf_reads_as_a_sentence(tested: Leaf, words: str) -> None:
    assert leaf_text(tested, rules(), CATALOGUE) == words


def test_that_nested_rules_are_indented() -> None:
    a, b, c = (leaf(name, test=Test.CONFIRM, confirm=name) for name in "abc")
    tree = AnyOf(children=(a, AtLeast(k=1, children=(b, c)), AnyOf(children=(c,))))
    lines = [f"{'.' * line.depth}{line.text}" for line in rule_lines(rules(tree), CATALOGUE)]
    assert lines == [
        "At least one of these:",
        ".The clinician confirms: a",
        ".At least 1 of these 2:",
        "..The clinician confirms: b",
        "..The clinician confirms: c",
        ".The clinician confirms: c",
    ]


def test_that_options_left_out_are_said_or_not_mentioned() -> None:
    text = describe(
        rules(
            low_baseline=None,
            length_caution_above=None,
            length_warn_above=None,
            exclude_stimulation_off=False,
            baseline_min_days=2,
        ),
        CATALOGUE,
    )
    assert "Caution" not in text
    assert "Note" not in text
    assert "Days with stimulation off count like others." in text
    assert "at least 2 values" in text


def test_that_the_statistic_of_the_file_is_said_in_full() -> None:
    text = describe(rules(statistic=Statistic.MEAN_LAST, last_n=4, min_days=2), CATALOGUE)
    assert (
        "Trial: mean of the last 4 recorded days from day 1 to the last full day, "
        "at least 2 recorded days, unless said otherwise." in text
    )


@pytest.mark.parametrize(
    ("number", "text"), [("50", "50"), ("50.0", "50"), ("33.30", "33.3"), ("100", "100")]
)
def test_that_numbers_lose_needless_zeros_only(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text
