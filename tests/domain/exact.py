"""An evaluation as plain data with exact figures, to be compared with the oracle's."""

from __future__ import annotations

from typing import Any

from scs_trial.domain.result import Evaluation, LeafResult


def leaf(result: LeafResult) -> dict[str, Any]:
    needed = result.needed
    return {
        "id": result.leaf.id,
        "status": result.status.value,
        "possible": [status.value for status in result.possible],
        "value": result.value,
        "threshold": result.threshold,
        "range": None if result.range is None else list(result.range),
        "recorded_days": result.recorded_days,
        "open_days": result.open_days,
        "needed": None
        if needed is None
        else {"mean": needed.mean, "days": needed.days, "reach": needed.reach.value},
        "reasons": [reason.value for reason in result.reasons],
    }


def exact(result: Evaluation) -> dict[str, Any]:
    """Return everything that the oracle also answers."""
    primary = result.primary
    return {
        "running": result.running,
        "status": result.status.value,
        "settled": result.settled,
        "possible": [status.value for status in result.possible],
        "primary": {
            "baseline": primary.baseline,
            "trial": primary.trial,
            "points": primary.points,
            "value": primary.value,
            "threshold": primary.threshold,
            "status": primary.status.value,
            "possible": [status.value for status in primary.possible],
        },
        "leaves": [leaf(each) for each in result.leaves],
        "methods": [
            {"method": m.method.value, "value": m.value, "status": m.status.value}
            for m in result.methods
        ],
        "agreement": {status.value: count for status, count in result.agreement.items()},
        "programs": [
            {"program": p.program, "days": p.days, "mean": p.mean, "value": p.value}
            for p in result.programs
        ],
        "cautions": [caution.code.value for caution in result.cautions],
    }
