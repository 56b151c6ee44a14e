"""Source: the clinical facts, "Measures"; codes, units, ranges, decimals, directions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.measures import Asked, Better
from scs_trial.errors import UserError
from scs_trial.paths import resources
from tests.domain.generate import CATALOGUE

L, H, N = Better.LOWER, Better.HIGHER, Better.NEUTRAL
DAILY, ENDS, END = Asked.DAILY, Asked.BASELINE_AND_END, Asked.END

# code, unit, low, high, decimals, better, asked, regions, LOINC
TABLE = [
    ("pain_average", "", 0, 10, 1, L, DAILY, True, None),
    ("pain_worst", "", 0, 10, 1, L, DAILY, True, None),
    ("pain_least", "", 0, 10, 1, L, DAILY, True, None),
    ("pain_now", "", 0, 10, 1, L, DAILY, True, "72514-3"),
    ("pain_vas", "mm", 0, 100, 0, L, DAILY, True, None),
    ("procedure_pain", "", 0, 10, 1, L, DAILY, False, None),
    ("stated_relief", "%", 0, 100, 0, H, DAILY, False, None),
    ("activity_score", "", 0, 10, 1, H, DAILY, False, None),
    ("walking_minutes", "min", 0, 1440, 0, H, DAILY, False, None),
    ("standing_minutes", "min", 0, 1440, 0, H, DAILY, False, None),
    ("sitting_minutes", "min", 0, 1440, 0, H, DAILY, False, None),
    ("steps", "steps", 0, 100000, 0, H, DAILY, False, "41950-7"),
    ("goal_1", "", 0, 10, 1, H, DAILY, False, None),
    ("goal_2", "", 0, 10, 1, H, DAILY, False, None),
    ("goal_3", "", 0, 10, 1, H, DAILY, False, None),
    ("sleep_hours", "h", 0, 24, 1, H, DAILY, False, "93832-4"),
    ("sleep_quality", "", 0, 10, 1, H, DAILY, False, None),
    ("awakenings", "times", 0, 50, 0, L, DAILY, False, None),
    ("mme", "MME", 0, 2000, 1, L, DAILY, False, None),
    ("stimulation_hours", "h", 0, 24, 1, N, DAILY, False, None),
    ("coverage", "%", 0, 100, 0, H, DAILY, False, None),
    ("comfort", "", 0, 10, 1, H, DAILY, False, None),
    ("peg", "", 0, 10, 2, L, ENDS, False, "91147-9"),
    ("pgic", "", 1, 7, 0, L, END, False, None),
    ("odi", "%", 0, 100, 1, L, ENDS, False, None),
    ("psqi", "", 0, 21, 0, L, ENDS, False, None),
    ("bpi_interference", "", 0, 10, 2, L, ENDS, False, None),
    ("promis_pi", "T", 10, 90, 1, L, ENDS, False, None),
    ("promis_pf", "T", 10, 90, 1, H, ENDS, False, None),
    ("eq5d_index", "", -1, 1, 3, H, ENDS, False, None),
    ("six_minute_walk", "m", 0, 1200, 0, H, ENDS, False, None),
]


def test_that_the_shipped_catalogue_holds_each_measure_in_order() -> None:
    found = [
        (
            measure.code,
            measure.unit,
            measure.low,
            measure.high,
            measure.decimals,
            measure.better,
            measure.asked,
            measure.per_region,
            measure.loinc,
        )
        for measure in CATALOGUE.values()
    ]
    assert found == TABLE


def test_that_four_measures_have_no_true_zero() -> None:
    """Source: the evaluation specification, section 3, refused percentages."""
    found = {code for code, measure in CATALOGUE.items() if not measure.ratio_scale}
    assert found == {"eq5d_index", "pgic", "promis_pi", "promis_pf"}


def test_that_each_question_can_be_read_aloud() -> None:
    for measure in CATALOGUE.values():
        assert measure.question.endswith("?"), measure.code
        assert not measure.title[0].islower(), measure.code


GOOD = """
version = "1"
[measure.x]
title = "X"
question = "How much?"
unit = ""
low = 0
high = 2.5
decimals = 1
better = "lower"
asked = "daily"
"""


def test_that_a_bound_is_read_as_the_decimal_written() -> None:
    assert load_catalogue(GOOD)["x"].high == Decimal("2.5")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('version = "1"', "", "measures.toml: version: is missing"),
        ("decimals = 1", "decimals = -1", "measures.toml: measure.x.decimals: must be at least 0"),
        ("decimals = 1", "decimals = 10", "measures.toml: measure.x.decimals: must be at most 9"),
        ("low = 0", "", "measures.toml: measure.x.low: is missing"),
        ("low = 0", "low = 2.5", "measures.toml: measure.x.high: must lie above low"),
        ("low = 0", "low = 3", "measures.toml: measure.x.high: must lie above low"),
        (
            '"daily"',
            '"weekly"',
            "measures.toml: measure.x.asked: 'weekly' is none of daily, baseline_and_end, end",
        ),
        (
            "[measure.x]",
            "[measure.X-1]",
            "measures.toml: measure.X-1: 'X-1' is no code: small letters, digits and underscores",
        ),
        (
            'unit = ""',
            'unit = ""\nloinc = "abc"',
            "measures.toml: measure.x.loinc: 'abc' is no LOINC code",
        ),
        ('unit = ""', "", "measures.toml: measure.x.unit: is missing"),
        ('unit = ""', 'unit = ""\nfoo = 1', "measures.toml: measure.x.foo: is an unknown key"),
        ('version = "1"', 'version = "1"\nfoo = 1', "measures.toml: foo: is an unknown key"),
        ("version", "measure = 5\nversion2", "is not TOML"),
        ("[measure.x]", "x = 1 1", "is not TOML"),
    ],
)
def test_that_a_faulty_catalogue_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        load_catalogue(GOOD.replace(old, new, 1))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('version = "1"\n[measure]', "measure: holds no measure"),
        ('version = "1"', "measure: is missing"),
        ('version = "1"\nmeasure = 5', "measure: must be a table, not a number"),
        ('version = "1"\n[measure]\nx = 5', "measure.x: must be a table, not a number"),
        ("x = " + "[" * 100_000, "is not TOML"),
    ],
)
def test_that_a_catalogue_without_measures_is_refused(text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        load_catalogue(text)
    assert message in str(caught.value)


def test_that_the_shipped_file_is_read() -> None:
    assert load_catalogue(resources("measures.toml").read_text("utf-8")) == dict(CATALOGUE)
