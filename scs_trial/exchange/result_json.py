"""The machine-readable result of an evaluation.

Source: the evaluation specification, section 9. Numbers are rounded half-even to six decimals;
only ``status`` decides, for a rounded value may read 50 where the exact one is below.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from scs_trial.domain.numbers import json_number, percent_text
from scs_trial.domain.result import Evaluation, LeafResult, Needed

Json = Mapping[str, object]


def result_json(patient: str, trial_start: date, result: Evaluation) -> Json:
    """Return the JSON object of one trial; a figure that does not exist is None.

    Parameters
    ----------
    patient
        The patient as the diary names them.
    trial_start
        Placement date.
    result
        The evaluation of that trial.
    """
    return {
        "patient": patient,
        "trial_start": trial_start.isoformat(),
        "criteria": result.criteria.id,
        "criteria_version": result.criteria.version,
        "running": result.running,
        "status": result.status.value,
        "settled": result.settled,
        "possible": [status.value for status in result.possible],
        "primary": _primary(result.primary),
        "leaves": [_leaf(leaf) for leaf in result.leaves],
        "methods": [
            {
                "method": method.method.value,
                "value": _number(method.value),
                "status": method.status.value,
            }
            for method in result.methods
        ],
        "agreement": {status.value: count for status, count in result.agreement.items()},
        "programs": [
            {
                "program": program.program,
                "days": program.days,
                "mean": _number(program.mean),
                "value": _number(program.value),
            }
            for program in result.programs
        ],
        "cautions": [caution.code.value for caution in result.cautions],
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else json_number(value)


def _primary(leaf: LeafResult) -> Json:
    return {
        "baseline": _number(leaf.baseline),
        "trial": _number(leaf.trial),
        "value": _number(leaf.value),
        "points": _number(leaf.points),
        "display": None if leaf.value is None else percent_text(leaf.value),
        "threshold": _number(leaf.threshold),
        "status": leaf.status.value,
        "possible": [status.value for status in leaf.possible],
    }


def _leaf(leaf: LeafResult) -> Json:
    return {
        "id": leaf.leaf.id,
        "status": leaf.status.value,
        "possible": [status.value for status in leaf.possible],
        "value": _number(leaf.value),
        "threshold": _number(leaf.threshold),
        "range": None if leaf.range is None else [json_number(end) for end in leaf.range],
        "recorded_days": leaf.recorded_days,
        "open_days": leaf.open_days,
        "needed": _needed(leaf.needed),
        "reasons": [reason.value for reason in leaf.reasons],
    }


def _needed(needed: Needed | None) -> Json | None:
    if needed is None:
        return None
    return {
        "mean": json_number(needed.mean),
        "days": needed.days,
        "reach": needed.reach.value,
    }
