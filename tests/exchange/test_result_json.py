"""The machine-readable result: the evaluation specification, section 9."""

from __future__ import annotations

import json

from scs_trial.domain.criteria import All, Test
from scs_trial.exchange.result_json import result_json
from tests.domain.build import START, check_in, columns, diary, evaluated, leaf, rules

PAIN = "pain_average"


def test_that_the_object_is_written_as_in_the_specification() -> None:
    """The keys, their order, nulls and rounding of section 9; figures by hand."""
    trial = diary(
        columns(PAIN, [8, 7, 8], {}),
        extra=[
            check_in(1, {PAIN: 4}, program="P1"),
            check_in(2, {PAIN: 3}, program="P1"),
            check_in(3, {PAIN: 5}, program="P2"),
        ],
        planned_days=4,
    )
    confirm = leaf("function", test=Test.CONFIRM, confirm="functional_improvement")
    answer = evaluated(trial, rules(All(children=(leaf(), confirm))))
    text = json.dumps(result_json("P1", START, answer))
    assert text == json.dumps(
        {
            "patient": "P1",
            "trial_start": "2026-03-10",
            "criteria": "test",
            "criteria_version": "1",
            "running": True,
            "status": "not_met",
            "settled": False,
            "possible": ["met", "not_met", "not_assessable"],
            "primary": {
                "baseline": 7.666667,
                "trial": 4.0,
                "value": 47.826087,
                "points": 3.666667,
                "display": "47.8 %",
                "threshold": 50.0,
                "status": "not_met",
                "possible": ["met", "not_met"],
            },
            "leaves": [
                {
                    "id": "pain",
                    "status": "not_met",
                    "possible": ["met", "not_met"],
                    "value": 47.826087,
                    "threshold": 50.0,
                    "range": [28.26087, 60.869565],
                    "recorded_days": 3,
                    "open_days": 1,
                    "needed": {"mean": 3.333333, "days": 1, "reach": "possible"},
                    "reasons": [],
                },
                {
                    "id": "function",
                    "status": "not_assessable",
                    "possible": ["met", "not_met", "not_assessable"],
                    "value": None,
                    "threshold": None,
                    "range": None,
                    "recorded_days": None,
                    "open_days": None,
                    "needed": None,
                    "reasons": [],
                },
            ],
            "methods": [
                {"method": "mean_from_day_0", "value": 47.826087, "status": "not_met"},
                {"method": "mean_from_day_1", "value": 47.826087, "status": "not_met"},
                {"method": "mean_from_day_2", "value": 47.826087, "status": "not_met"},
                {"method": "mean_last_3", "value": 47.826087, "status": "not_met"},
                {"method": "last_day", "value": 34.782609, "status": "not_met"},
                {"method": "best_day", "value": 60.869565, "status": "met"},
                {"method": "median", "value": 47.826087, "status": "not_met"},
                {"method": "locf", "value": 47.826087, "status": "not_met"},
                {"method": "baseline_carried", "value": 47.826087, "status": "not_met"},
                {"method": "stated", "value": None, "status": "not_assessable"},
            ],
            "agreement": {"met": 0, "not_met": 8, "not_assessable": 0},
            "programs": [
                {"program": "P1", "days": 2, "mean": 3.5, "value": 54.347826},
                {"program": "P2", "days": 1, "mean": None, "value": None},
            ],
            "cautions": ["near_threshold", "program_changed"],
        }
    )


def test_that_an_empty_trial_is_all_null() -> None:
    written = result_json("P2", START, evaluated(diary()))
    assert written["primary"] == {
        "baseline": None,
        "trial": None,
        "value": None,
        "points": None,
        "display": None,
        "threshold": 50.0,
        "status": "not_assessable",
        "possible": ["not_assessable"],
    }
    assert written["programs"] == []
    assert written["cautions"] == ["few_baseline_days"]


def test_that_the_display_is_rounded_down_where_the_value_is_not() -> None:
    """Section 2: a failing 49.96 % prints as 49.9 %."""
    trial = diary(columns(PAIN, [10], dict.fromkeys((1, 2, 3), "5.004")), ended=3)
    primary = result_json("P3", START, evaluated(trial))["primary"]
    assert isinstance(primary, dict)
    assert (primary["value"], primary["display"]) == (49.96, "49.9 %")
    assert primary["status"] == "not_met"
