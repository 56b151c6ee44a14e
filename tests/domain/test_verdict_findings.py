"""Each caution and note as a sentence with its figures.

Source: the evaluation specification, section 7.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scs_trial.domain.diary import Diary, DiaryDay, EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.result import Caution, CautionCode
from scs_trial.domain.verdict_findings import findings
from scs_trial.domain.verdict_text import make_verdict
from tests.domain.build import captured, check_in, columns, diary, evaluated, leaf, on_day, rules
from tests.domain.generate import CATALOGUE

PAIN = "pain_average"
LEFT = "pain_average[left leg]"
FOURS = dict.fromkeys(range(1, 8), 4)
PLAIN = diary(columns(PAIN, (8, 8, 8), FOURS), ended=7)


def texts(trial: Diary, **more: object) -> dict[str, str]:
    answer = evaluated(trial, rules(**more))
    verdict = make_verdict(answer, catalogue=CATALOGUE, target_region="low back")
    return {found.code: found.text for found in (*verdict.cautions, *verdict.notes)}


def older(*numbers: int) -> tuple[DiaryDay, ...]:
    return tuple(check_in(-number, {PAIN: 8}) for number in numbers)


def renamed(trial: Diary, programs: dict[int, str]) -> Diary:
    names = {on_day(number): name for number, name in programs.items()}
    days = [
        replace(day, program=names.get(day.day)) if day.phase is Phase.TRIAL else day
        for day in trial.days
    ]
    return replace(trial, days=tuple(days))


@pytest.mark.parametrize(
    ("trial", "code", "text"),
    [
        (
            replace(PLAIN, red_flag_open=True),
            "red_flag_open",
            "An emergency, urgent or same-day safety finding is not resolved.",
        ),
        (
            replace(PLAIN, end_reason=EndReason.SAFETY),
            "ended_for_safety",
            "The trial was ended for safety on day 7.",
        ),
        (
            replace(PLAIN, days=(*PLAIN.days, *older(15))),
            "baseline_outside_window",
            "One baseline value of more than 14 days before placement left out; three are used.",
        ),
        (
            diary(columns(PAIN, (8,), FOURS), extra=older(20), ended=7),
            "baseline_outside_window",
            "One baseline value of more than 14 days before placement left out; one is used.",
        ),
        (
            diary(columns(PAIN, (), FOURS), extra=older(20, 30), ended=7),
            "baseline_outside_window",
            "Two baseline values of more than 14 days before placement left out; none is used.",
        ),
        (
            diary(columns(PAIN, (3, "3.5"), FOURS), ended=7),
            "low_baseline",
            "The baseline of 3.2 is below 4: a small change is a large percentage.",
        ),
        (
            diary(columns(PAIN, ("3.99",), FOURS), ended=7),
            "low_baseline",
            "The baseline of just under 4 is below 4: a small change is a large percentage.",
        ),
        (
            diary(columns("pain_vas", (35,), {1: 10}), ended=7, pain_measure="pain_vas"),
            "low_baseline",
            "The baseline of 35.0 mm is below 40 mm: a small change is a large percentage.",
        ),
        (
            diary(columns(PAIN, (), FOURS), ended=7),
            "few_baseline_days",
            "No baseline value is recorded.",
        ),
        (
            diary(columns(PAIN, (8,), FOURS), ended=7),
            "few_baseline_days",
            "The baseline is one value only.",
        ),
        (
            diary(columns(PAIN, (8, 8), FOURS), ended=7),
            "few_baseline_days",
            "The baseline is two values only.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), {1: 4, 3: 4, 4: 4}), ended=4),
            "missing_days",
            "Day 2 is not recorded.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), {1: 4, 3: 4}), ended=5),
            "missing_days",
            "Days 2, 4 and 5 are not recorded.",
        ),
        (
            diary(
                columns(PAIN, (8, 8, 8), FOURS),
                extra=[check_in(n, {PAIN: 4}, stimulation_off=True) for n in (2, 3)],
                ended=7,
            ),
            "stimulation_off",
            "Stimulation was off on days 2 and 3, which are left out.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), FOURS), ended=6),
            "outside_window",
            "Values of day 7 lie after the last day that counts (day 6) and are not used.",
        ),
        (
            diary(
                columns(PAIN, (8, 8, 8), FOURS),
                extra=[check_in(2, {PAIN: 4}, recorded_at=captured(5))],
                ended=7,
            ),
            "backfilled",
            "Day 2 was entered later than the day after.",
        ),
        (
            diary(
                columns(PAIN, (8, 8, 8), FOURS),
                extra=[check_in(n, {PAIN: 4}, recorded_at=captured(5)) for n in (2, 3)],
                ended=7,
            ),
            "backfilled",
            "Days 2 and 3 were entered later than the day after.",
        ),
        (
            PLAIN,
            "near_threshold",
            "50.0 % is within 5 percentage points of 50 %.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), {0: 8, 1: 5, 2: 4, 3: 3}), ended=3),
            "method_dependent",
            "The answer depends on the method: 37.5 to 62.5 %; seven of eight methods reach 50 %.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), {0: 8, 1: 8, 2: 6, 3: 3}), ended=3),
            "method_dependent",
            "The answer depends on the method: 21.8 to 62.5 %; one of eight methods reaches 50 %.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), FOURS), columns("stated_relief", (), {7: 40}), ended=7),
            "stated_conflict",
            "The patient states 40 %, the scores give 50.0 %: on different sides of 50 %.",
        ),
        (
            diary(
                columns(PAIN, (8, 8, 8), FOURS),
                columns(LEFT, (8,), {1: 6}),
                ended=7,
            ),
            "region_conflict",
            "Left leg 25.0 %, against 50.0 % for low back: on different sides of 50 %.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), FOURS), columns("mme", (30,), {1: 45}), ended=7),
            "medication_increased",
            "Opioids rose from 30.0 to 45.0 MME a day.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), FOURS), columns("mme", (30,), {1: "30.01"}), ended=7),
            "medication_increased",
            "Opioids rose by less than 0.1 from 30.0 MME a day.",
        ),
        (
            renamed(PLAIN, {1: "A", 2: "B", 3: "<b>C</b>"}),
            "program_changed",
            "The program changed: A, B and <b>C</b>.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), {1: 4, 2: 4, 3: 4}), ended=3),
            "short_trial",
            "The last full day was day 3; the criteria want 5 days or more.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), FOURS), planned_days=8),
            "long_trial",
            "The last day, day 8, lies beyond day 7.",
        ),
        (
            diary(columns(PAIN, (8, 8, 8), FOURS), planned_days=11),
            "very_long_trial",
            "The last day, day 11, lies beyond day 10. Infection reached 24.1 % in trials over "
            "10 days, against 1.4 % (PROMISE).",
        ),
    ],
)
def test_that_a_finding_is_said_with_its_figures(trial: Diary, code: str, text: str) -> None:
    assert texts(trial, length_min=5)[code] == text


@pytest.mark.parametrize(
    ("met", "not_met", "text"),
    [
        (0, 8, "the others (40.0 to 49.9 %) do not reach 50 %, the main figure does."),
        (8, 0, "the others (40.0 to 49.9 %) reach 50 %, the main figure does not."),
    ],
)
def test_that_methods_all_on_the_other_side_are_said_so(met: int, not_met: int, text: str) -> None:
    figures = {
        "lowest": Fraction(40),
        "highest": Fraction("49.99"),
        "met": met,
        "not_met": not_met,
    }
    caution = Caution(code=CautionCode.METHOD_DEPENDENT, note=False, figures=figures)
    answer = replace(evaluated(PLAIN), cautions=(caution,))
    ((found,), _) = findings(answer, CATALOGUE[PAIN])
    assert found.text == f"The answer depends on the method: {text}"


def test_that_one_value_of_all_methods_is_said_once() -> None:
    figures = {"lowest": Fraction(40), "highest": Fraction(40), "met": 1, "not_met": 1}
    caution = Caution(code=CautionCode.METHOD_DEPENDENT, note=False, figures=figures)
    ((found,), _) = findings(replace(evaluated(PLAIN), cautions=(caution,)), CATALOGUE[PAIN])
    assert found.text.startswith("The answer depends on the method: 40.0 %; one of two")


def test_that_the_target_counts_as_another_region_of_an_item() -> None:
    trial = diary(columns(PAIN, (8,), {1: 6}), columns(LEFT, (8, 8, 8), FOURS), ended=7)
    answer = evaluated(trial, rules(primary=leaf(item="left leg")))
    (cautions, _) = findings(answer, CATALOGUE[PAIN])
    found = {caution.code: caution.text for caution in cautions}
    assert found["region_conflict"] == (
        "The target region 25.0 %, against 50.0 % for left leg: on different sides of 50 %."
    )


def test_that_notes_stand_apart_from_cautions() -> None:
    cautions, notes = findings(
        evaluated(diary(columns(PAIN, (8,), {1: 4, 3: 4, 4: 4}), ended=4)), CATALOGUE[PAIN]
    )
    assert [caution.code for caution in cautions] == ["near_threshold", "method_dependent"]
    assert [note.code for note in notes] == ["few_baseline_days", "missing_days"]


def test_that_every_code_has_a_sentence() -> None:
    """A code without one would fail for a patient; the table above holds each of them."""
    marks = test_that_a_finding_is_said_with_its_figures.pytestmark  # type: ignore[attr-defined]
    assert {parameters[1] for parameters in marks[0].args[1]} == set(CautionCode)
    assert Series(PAIN) in PLAIN.days[0].values
    assert PLAIN.days[0].values[Series(PAIN)] == Decimal(8)
