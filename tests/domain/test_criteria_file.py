"""Source: the evaluation specification, section 3, sentence by sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scs_trial.domain.criteria import (
    All,
    AnyOf,
    AtLeast,
    ChecklistItem,
    Criteria,
    Evidence,
    Leaf,
    Statistic,
    Test,
    leaves,
)
from scs_trial.domain.criteria_file import CriteriaReading, read_criteria
from tests.domain.generate import CATALOGUE

EXAMPLE = """
id = "example"
title = "Half the pain, with less medication or better function"
version = "2026.1"
source = "where the rule comes from"
evidence = "primary"
checked_on = 2026-11-22
primary = "pain"

[baseline]
window_days = 14
min_days = 1
low = 4

[trial]
first_day = 1
statistic = "mean"
min_days = 3
exclude_stimulation_off = true

[length]
min = 5
caution_above = 7
warn_above = 10

[rule]
all = [
  { id = "pain", measure = "pain", improvement_percent = 50 },
  { any = [
    { id = "analgesic", measure = "mme", improvement_percent = 50, baseline_zero = "not_met" },
    { id = "function", confirm = "functional_improvement" },
  ] },
]

[[checklist]]
id = "psychological-screening"
text = "Psychological screening with date and by whom"
"""
HEAD = EXAMPLE.partition("[baseline]")[0]
PAIN_LEAF = '{ id = "pain", measure = "pain", improvement_percent = 50 }'


def read(text: str) -> CriteriaReading:
    return read_criteria(text, file_name="x.toml", catalogue=CATALOGUE)


def good(text: str) -> Criteria:
    reading = read(text)
    assert reading.criteria is not None, [str(fault) for fault in reading.faults]
    return reading.criteria


def faults(text: str) -> list[str]:
    reading = read(text)
    assert (reading.criteria is None) is bool(reading.faults)
    return [f"{fault.key}: {fault.reason}" for fault in reading.faults]


def with_leaf(leaf: str) -> str:
    return f"{HEAD}\n[rule]\nall = [ {PAIN_LEAF},\n{leaf} ]\n"


def test_that_the_example_is_read_in_full() -> None:
    criteria = good(EXAMPLE)
    assert criteria == Criteria(
        id="example",
        title="Half the pain, with less medication or better function",
        version="2026.1",
        source="where the rule comes from",
        evidence=Evidence.PRIMARY,
        checked_on=date(2026, 11, 22),
        primary=leaves(criteria.rule)[0],
        primary_in_rule=True,
        rule=All(
            children=(
                Leaf(
                    id="pain",
                    test=Test.IMPROVEMENT_PERCENT,
                    measure="pain",
                    threshold=Decimal(50),
                ),
                AnyOf(
                    children=(
                        Leaf(
                            id="analgesic",
                            test=Test.IMPROVEMENT_PERCENT,
                            measure="mme",
                            threshold=Decimal(50),
                            baseline_zero_is_not_met=True,
                        ),
                        Leaf(id="function", test=Test.CONFIRM, confirm="functional_improvement"),
                    )
                ),
            )
        ),
        baseline_window_days=14,
        baseline_min_days=1,
        low_baseline=Decimal(4),
        first_day=1,
        statistic=Statistic.MEAN,
        min_days=3,
        exclude_stimulation_off=True,
        length_min=5,
        length_caution_above=7,
        length_warn_above=10,
        checklist=(
            ChecklistItem(
                id="psychological-screening", text="Psychological screening with date and by whom"
            ),
        ),
    )


def test_that_left_out_keys_take_their_defaults() -> None:
    criteria = good(f"{HEAD}\n[rule]\nall = [{PAIN_LEAF}]")
    assert criteria.baseline_window_days == 14
    assert criteria.baseline_min_days == 1
    assert criteria.first_day == 1
    assert criteria.statistic is Statistic.MEAN
    assert criteria.min_days == 3
    assert criteria.exclude_stimulation_off is True
    assert criteria.low_baseline is None
    assert (criteria.length_min, criteria.length_caution_above, criteria.length_warn_above) == (
        None,
        None,
        None,
    )
    assert criteria.checklist == ()
    assert criteria.primary.min_days == 3


def test_that_a_leaf_takes_the_defaults_of_its_file_or_its_own() -> None:
    text = (
        f'{HEAD}\n[trial]\nstatistic = "mean_last_4"\nmin_days = 2\n[rule]\n'
        f'all = [ {PAIN_LEAF}, {{ id = "peg", label = "PEG", measure = "peg", '
        'improvement_points = 1.5, statistic = "last", min_days = 1 } ]'
    )
    criteria = good(text)
    assert (criteria.statistic, criteria.last_n, criteria.min_days) == (Statistic.MEAN_LAST, 4, 2)
    pain, peg = leaves(criteria.rule)
    assert (pain.statistic, pain.last_n, pain.min_days) == (Statistic.MEAN_LAST, 4, 2)
    assert (peg.statistic, peg.last_n, peg.min_days) == (Statistic.LAST, None, 1)
    assert (peg.label, peg.threshold) == ("PEG", Decimal("1.5"))


def test_that_a_primary_of_its_own_is_no_part_of_the_rule() -> None:
    head = HEAD.replace('primary = "pain"', f"primary = {PAIN_LEAF}")
    criteria = good(f'{head}\n[rule]\nall = [{{ id = "team", confirm = "team" }}]')
    assert criteria.primary.id == "pain"
    assert criteria.primary_in_rule is False
    assert [leaf.id for leaf in leaves(criteria.rule)] == ["team"]


@pytest.mark.parametrize(
    "leaf",
    [
        '{ id = "a", measure = "mme", improvement_points = 0 }',
        '{ id = "a", measure = "mme", trial_at_most = 50 }',
        '{ id = "a", measure = "steps", trial_at_least = 3000, statistic = "median" }',
        '{ id = "a", measure = "pain", baseline_at_least = 5 }',
        '{ id = "a", measure = "pain", recorded_days_at_least = 3 }',
        '{ id = "a", measure = "pain", item = "left leg", improvement_percent = 30 }',
        '{ id = "a", measure = "pain_vas", trial_at_most = 40, statistic = "best" }',
        '{ id = "a", measure = "stimulation_hours", trial_at_least = 8 }',
        '{ id = "a", measure = "eq5d_index", improvement_points = 0.074 }',
        '{ id = "a", measure = "mme", improvement_percent = -1000 }',
        '{ id = "a", measure = "odi", improvement_points = 100 }',
        '{ id = "a", measure = "mme", improvement_percent = 100 }',
        '{ id = "a", measure = "pain", trial_at_most = 10 }',
        '{ id = "a", measure = "pain", trial_at_most = 0 }',
        '{ id = "a", measure = "pain", trial_at_most = 1.23456789012345678 }',
        '{ id = "a", measure = "activity_score", improvement_percent = 1000 }',
        '{ at_least = 2, of = [ { id = "a", confirm = "b" }, { id = "c", confirm = "d" } ] }',
    ],
)
def test_that_each_test_of_the_table_is_read_without_fault_or_warning(leaf: str) -> None:
    reading = read(with_leaf(leaf))
    assert (reading.faults, reading.warnings) == ((), ())


def test_that_a_confirmation_keeps_its_label() -> None:
    rule = good(with_leaf('{ id = "a", label = "At home", confirm = "trial_at_home" }')).rule
    assert leaves(rule)[1] == Leaf(
        id="a", label="At home", test=Test.CONFIRM, confirm="trial_at_home"
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("measure", '"mme"'),
        ("item", '"left leg"'),
        ("statistic", '"last"'),
        ("min_days", "1"),
        ("baseline_zero", '"not_met"'),
    ],
)
def test_that_what_belongs_to_a_figure_is_refused_of_a_confirmation(key: str, value: str) -> None:
    assert faults(with_leaf(f'{{ id = "a", confirm = "x", {key} = {value} }}')) == [
        f"{TWO}.{key}: has no meaning for a confirmation"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("low = 4", "low = 0"),
        ("low = 4", "low = 0.5"),
        ("low = 4", "low = 10"),
        ("warn_above = 10", "warn_above = 7"),
    ],
)
def test_that_the_ends_of_what_is_sensible_are_not_warned_of(old: str, new: str) -> None:
    reading = read(EXAMPLE.replace(old, new))
    assert (reading.faults, reading.warnings) == ((), ())


def test_that_at_least_and_items_are_read() -> None:
    rule = good(
        with_leaf(
            '{ at_least = 1, of = [ { id = "a", measure = "pain", item = " left leg ", '
            "improvement_percent = 33.3 } ] }"
        )
    ).rule
    assert isinstance(rule, All)
    node = rule.children[1]
    assert isinstance(node, AtLeast)
    leaf = node.children[0]
    assert isinstance(leaf, Leaf)
    assert (node.k, leaf.item, leaf.threshold) == (1, "left leg", Decimal("33.3"))


def test_that_a_rule_may_be_one_leaf() -> None:
    text = f'{HEAD}\n[rule]\nid = "pain"\nmeasure = "pain"\nimprovement_percent = 50.0'
    assert good(text).rule == good(text).primary


def test_that_a_byte_order_mark_does_no_harm() -> None:
    assert good("\ufeff" + EXAMPLE) == good(EXAMPLE)


TWO = "rule.all[2]"
LEAF_FAULTS = [
    ('{ id = "a", measure = "mme" }', "has no test; a leaf has exactly one of improvement_percent,"
     " improvement_points, trial_at_least, trial_at_most, baseline_at_least,"
     " recorded_days_at_least, confirm", ""),
    ('{ id = "a", measure = "mme", trial_at_most = 1, improvement_points = 1 }',
     "has 2 tests (improvement_points, trial_at_most); a leaf has exactly one", ""),
    ('{ id = "a", measure = "mme", trial_at_most = 1, foo = 1 }', "is an unknown key", ".foo"),
    ('{ id = "a", measure = "mme", trial_atmost = 1 }', "is an unknown key", ".trial_atmost"),
    ('{ measure = "mme", trial_at_most = 1 }', "is missing", ".id"),
    ('{ id = "", measure = "mme", trial_at_most = 1 }', "is empty", ".id"),
    ('{ id = 5, measure = "mme", trial_at_most = 1 }', "must be a text, not a number", ".id"),
    ('{ id = "a\\u0007", measure = "mme", trial_at_most = 1 }',
     "holds a control character or a line break", ".id"),
    ('{ id = "pain", measure = "mme", trial_at_most = 1 }',
     "'pain' is used twice, first at rule.all[1].id", ".id"),
    ('{ id = "a", trial_at_most = 1 }', "is missing", ".measure"),
    ('{ id = "a", measure = "mood", trial_at_most = 1 }',
     "'mood' is no measure of the catalogue", ".measure"),
    ('{ id = "a", measure = "mme", trial_at_most = "1" }', "must be a number, not a text",
     ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = true }',
     "must be a number, not true or false", ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = nan }', "nan is not a number", ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = inf }', "inf is not a number", ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = 1e19 }', "1e19 is out of bounds",
     ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = 1e9999999999999999999 }',
     "1e9999999999999999999 is out of bounds", ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = 10000000000000000000 }',
     "the number is out of bounds", ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = 1.234567890123456789 }',
     "has more than 18 significant digits", ".trial_at_most"),
    ('{ id = "a", measure = "mme", trial_at_most = 1234567890123456789 }',
     "has more than 18 significant digits", ".trial_at_most"),
    ('{ id = "a", measure = "mme", improvement_percent = 1000.1 }',
     "must lie between -1000 and 1000", ".improvement_percent"),
    ('{ id = "a", measure = "mme", improvement_percent = -1001 }',
     "must lie between -1000 and 1000", ".improvement_percent"),
    ('{ id = "a", measure = "mme", trial_at_most = 1, min_days = 0 }', "must be at least 1",
     ".min_days"),
    ('{ id = "a", measure = "mme", trial_at_most = 1, min_days = 1.0 }',
     "must be a whole number", ".min_days"),
    ('{ id = "a", measure = "mme", trial_at_most = 1, min_days = true }',
     "must be a whole number, not true or false", ".min_days"),
    ('{ id = "a", measure = "mme", trial_at_most = 1, statistic = "avg" }',
     "'avg' is none of mean, median, last, best, mean_last_N", ".statistic"),
    ('{ id = "a", measure = "mme", trial_at_most = 1, statistic = "mean_last" }',
     "'mean_last' is none of mean, median, last, best, mean_last_N", ".statistic"),
    ('{ id = "a", measure = "mme", trial_at_most = 1, statistic = 3 }',
     "must be a text, not a number", ".statistic"),
    ('{ id = "a", measure = "mme", improvement_percent = 5, baseline_zero = "met" }',
     "'met' is none of not_met", ".baseline_zero"),
    ('{ id = "a", measure = "mme", item = "left leg", trial_at_most = 1 }',
     "mme is not asked by region", ".item"),
    ('{ id = "a", measure = "pain", item = " ", trial_at_most = 1 }', "is empty", ".item"),
    ('{ id = "a", measure = "pain", item = "Target", trial_at_most = 1 }',
     "the target region can't be named as an item: leave the key out", ".item"),
    ('{ id = "a", confirm = "x", measure = "mme" }', "has no meaning for a confirmation",
     ".measure"),
    ('{ id = "a", confirm = "x", min_days = 1 }', "has no meaning for a confirmation",
     ".min_days"),
    ('{ id = "a", confirm = "" }', "is empty", ".confirm"),
    ('{ id = "a", label = "", confirm = "x" }', "is empty", ".label"),
    ('{ id = "a", measure = "mme", recorded_days_at_least = 2.0 }', "must be a whole number",
     ".recorded_days_at_least"),
    ('{ id = "a", measure = "mme", recorded_days_at_least = -1 }', "must be at least 0",
     ".recorded_days_at_least"),
    ('{ id = "a", measure = "stimulation_hours", improvement_points = 1 }',
     "stimulation_hours is neither better higher nor lower", ".improvement_points"),
    ('{ id = "a", measure = "stimulation_hours", improvement_percent = 1 }',
     "stimulation_hours is neither better higher nor lower", ".improvement_percent"),
    ('{ id = "a", measure = "stimulation_hours", trial_at_least = 1, statistic = "best" }',
     "stimulation_hours is neither better higher nor lower: no best", ".statistic"),
    ('{ all = [] }', "is an empty list", ".all"),
    ('{ any = [] }', "is an empty list", ".any"),
    ('{ all = 5 }', "must be a list, not a number", ".all"),
    ('{ all = [ { id = "a", confirm = "b" } ], any = [ ] }', "is an unknown key", ".any"),
    ('{ at_least = 1 }', "is missing", ".of"),
    ('{ of = [ { id = "a", confirm = "b" } ] }', "is missing", ".at_least"),
    ('{ at_least = 0, of = [ { id = "a", confirm = "b" } ] }', "must be at least 1", ".at_least"),
    ('{ at_least = 2, of = [ { id = "a", confirm = "b" } ] }', "must be at most 1", ".at_least"),
    ('{ at_least = 1, of = [] }', "is an empty list", ".of"),
    ('5', "must be a table, not a number", ""),
    ('"x"', "must be a table, not a text", ""),
    ('[]', "must be a table, not a list", ""),
    ('2026-01-01', "must be a table, not a date", ""),
    ('07:00:00', "must be a table, not a time", ""),
]  # fmt: skip


@pytest.mark.parametrize(("leaf", "reason", "key"), LEAF_FAULTS)
def test_that_a_faulty_leaf_is_refused_with_key_and_reason(
    leaf: str, reason: str, key: str
) -> None:
    assert f"{TWO}{key}: {reason}" in faults(with_leaf(leaf))


@pytest.mark.parametrize("code", ["eq5d_index", "pgic", "promis_pi", "promis_pf"])
def test_that_a_percentage_of_a_scale_without_zero_is_refused(code: str) -> None:
    leaf = f'{{ id = "a", measure = "{code}", improvement_percent = 10 }}'
    assert faults(with_leaf(leaf)) == [
        f"{TWO}.improvement_percent: a percentage of {code} has no meaning: no true zero"
    ]


def test_that_a_neutral_measure_refuses_the_inherited_best_where_it_counts() -> None:
    text = (
        '{HEAD}\n[trial]\nstatistic = "best"\n[rule]\nall = [ {PAIN},'
        '{{ id = "a", measure = "stimulation_hours", {test} = 4 }} ]'
    )
    summary = text.format(HEAD=HEAD, PAIN=PAIN_LEAF, test="trial_at_least")
    count = text.format(HEAD=HEAD, PAIN=PAIN_LEAF, test="recorded_days_at_least")
    assert faults(summary) == [
        f"{TWO}.statistic: stimulation_hours is neither better higher nor lower: no best"
    ]
    assert faults(count) == []


ONLY = "letters, digits, point, hyphen and underscore only"
FILE_FAULTS = [
    ('id = "example"', "", "id: is missing"),
    ('id = "example"', 'id = "a b"', f"id: 'a b': {ONLY}"),
    ('id = "example"', 'id = "../x"', f"id: '../x': {ONLY}"),
    ('title = "Half the pain, with less medication or better function"', "title = 1",
     "title: must be a text, not a number"),
    ('version = "2026.1"', "version = 2026.1", "version: must be a text, not a number"),
    ('source = "where the rule comes from"', 'source = ""', "source: is empty"),
    ('evidence = "primary"', 'evidence = "good"',
     "evidence: 'good' is none of primary, secondary, unconfirmed"),
    ("checked_on = 2026-11-22", 'checked_on = "2026-11-22"',
     "checked_on: must be a date such as 2026-11-22, without quotes and time, not a text"),
    ("checked_on = 2026-11-22", "checked_on = 2026-11-22T10:00:00",
     "checked_on: must be a date such as 2026-11-22, without quotes and time, not a date"),
    ('primary = "pain"', "", "primary: is missing"),
    ('primary = "pain"', 'primary = "x"', "primary: 'x' is the id of no leaf of the rule"),
    ('primary = "pain"', "primary = 5",
     "primary: must be the id of a leaf or a leaf, not a number"),
    ('primary = "pain"', 'primary = "function"',
     "primary: must test improvement_percent, not confirm"),
    ('primary = "pain"', f"primary = {PAIN_LEAF}",
     "primary.id: 'pain' is used twice, first at rule.all[1].id"),
    ('primary = "pain"', 'primary = { id = "p", measure = "pain", improvement_points = 2 }',
     "primary: must test improvement_percent, not improvement_points"),
    ("window_days = 14", "window_days = -1", "baseline.window_days: must be at least 0"),
    ("min_days = 1", "min_days = 0", "baseline.min_days: must be at least 1"),
    ("low = 4", 'low = "4"', "baseline.low: must be a number, not a text"),
    ("first_day = 1", "first_day = -1", "trial.first_day: must be at least 0"),
    ("min_days = 3", "min_days = 0", "trial.min_days: must be at least 1"),
    ('statistic = "mean"', 'statistic = "sum"',
     "trial.statistic: 'sum' is none of mean, median, last, best, mean_last_N"),
    ("exclude_stimulation_off = true", "exclude_stimulation_off = 1",
     "trial.exclude_stimulation_off: must be true or false, not a number"),
    ("min = 5", "min = -1", "length.min: must be at least 0"),
    ("caution_above = 7", "caution_above = 7.5", "length.caution_above: must be a whole number"),
    ("warn_above = 10", "warn = 10", "length.warn: is an unknown key"),
    ("[baseline]", "[basline]", "basline: is an unknown key"),
    ("low = 4", "lo = 4", "baseline.lo: is an unknown key"),
    ("[trial]\n", "[trial]\nfoo = 1\n", "trial.foo: is an unknown key"),
    ('id = "psychological-screening"', "", "checklist[1].id: is missing"),
    ("[[checklist]]", "[checklist]", "checklist: must be a list of tables, not a table"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault"), FILE_FAULTS)
def test_that_a_faulty_file_is_refused_with_key_and_reason(old: str, new: str, fault: str) -> None:
    assert old in EXAMPLE
    assert fault in faults(EXAMPLE.replace(old, new, 1))


def test_that_a_missing_rule_is_refused() -> None:
    assert faults(HEAD) == ["rule: is missing"]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("checklist = [1]", "checklist[1]: must be a table, not a number"),
        (
            'checklist = [{ id = "a", text = "b" }, { id = "a", text = "c" }]',
            "checklist[2].id: 'a' is used twice",
        ),
        ('checklist = [{ id = "a", text = "b", by = 1 }]', "checklist[1].by: is an unknown key"),
        ("baseline = 5", "baseline: must be a table, not a number"),
    ],
)
def test_that_a_faulty_table_is_refused(lines: str, fault: str) -> None:
    assert faults(f"{HEAD}{lines}\n[rule]\nall = [{PAIN_LEAF}]") == [fault]


def test_that_every_fault_is_reported_at_once() -> None:
    text = (
        EXAMPLE.replace("low = 4", "lo = 4")
        .replace('"mme"', '"mood"')
        .replace("min_days = 3", "min_days = 0")
    )
    assert faults(text) == [
        "baseline.lo: is an unknown key",
        "trial.min_days: must be at least 1",
        "rule.all[2].any[1].measure: 'mood' is no measure of the catalogue",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = ", "is not TOML: "),
        ('id = "a"\nid = "b"', "is not TOML: "),
        ("x = " + "9" * 5000, "is not TOML: "),
        ("x = " + "[" * 100_000, "is nested too deeply"),
    ],
)
def test_that_a_text_that_is_no_toml_is_refused(text: str, reason: str) -> None:
    (fault,) = read(text).faults
    assert (fault.file, fault.key) == ("x.toml", "")
    assert fault.reason.startswith(reason)
    assert str(fault).startswith("x.toml: is ")


@pytest.mark.parametrize(("levels", "refused"), [(18, False), (19, True)])
def test_that_a_rule_deeper_than_twenty_levels_is_refused(levels: int, *, refused: bool) -> None:
    """The rule's own ``all`` is the first level, the leaf the last."""
    deep = '{ id = "z", confirm = "z" }'
    for _ in range(levels):
        deep = f"{{ all = [ {deep} ] }}"
    found = any(fault.endswith("lies deeper than 20 levels") for fault in faults(with_leaf(deep)))
    assert found is refused


WARNINGS = [
    ('{ id = "a", measure = "pain", trial_at_most = 11 }', "trial_at_most",
     "11 lies outside what pain_average can reach (range 0 to 10)"),
    ('{ id = "a", measure = "pain_vas", baseline_at_least = 101 }', "baseline_at_least",
     "101 lies outside what pain_vas can reach (range 0 to 100)"),
    ('{ id = "a", measure = "sleep_hours", trial_at_least = -1 }', "trial_at_least",
     "-1 lies outside what sleep_hours can reach (range 0 to 24)"),
    ('{ id = "a", measure = "odi", improvement_points = 101 }', "improvement_points",
     "101 lies outside what odi can reach (range 0 to 100)"),
    ('{ id = "a", measure = "mme", improvement_percent = 100.5 }', "improvement_percent",
     "100.5 lies outside what mme can reach (range 0 to 2000)"),
    ('{ id = "a", measure = "mme", recorded_days_at_least = 0 }', "recorded_days_at_least",
     "0 days always holds"),
    ('{ id = "a", measure = "mme", recorded_days_at_least = 1, min_days = 1 }', "min_days",
     "has no effect on recorded_days_at_least"),
    ('{ id = "a", measure = "mme", baseline_at_least = 1, statistic = "last" }', "statistic",
     "has no effect on baseline_at_least"),
    ('{ id = "a", measure = "mme", improvement_points = 1, baseline_zero = "not_met" }',
     "baseline_zero", "has no effect on improvement_points"),
]  # fmt: skip


@pytest.mark.parametrize(("leaf", "key", "reason"), WARNINGS)
def test_that_a_doubtful_leaf_is_warned_of_and_read(leaf: str, key: str, reason: str) -> None:
    reading = read(with_leaf(leaf))
    assert reading.criteria is not None
    assert [(w.key, w.reason) for w in reading.warnings] == [(f"{TWO}.{key}", reason)]


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("low = 4", "low = 11", "baseline.low",
         "11 lies outside the range of NRS points (0 to 10)"),
        ("warn_above = 10", "warn_above = 6", "length.warn_above",
         "6 is less than caution_above (7)"),
    ],
)  # fmt: skip
def test_that_a_doubtful_file_is_warned_of_and_read(
    old: str, new: str, key: str, reason: str
) -> None:
    reading = read(EXAMPLE.replace(old, new))
    assert reading.criteria is not None
    assert [(w.key, w.reason) for w in reading.warnings] == [(key, reason)]


def test_that_a_fraction_is_read_as_the_decimal_written() -> None:
    criteria = good(EXAMPLE.replace("improvement_percent = 50 }", "improvement_percent = 49.96 }"))
    assert criteria.primary.threshold == Decimal("49.96")
