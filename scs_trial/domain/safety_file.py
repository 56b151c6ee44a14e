"""Reads the safety questions as shipped (``resources/safety.toml``)."""

from __future__ import annotations

import tomllib
from typing import Any

from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency


def load_safety_list(text: str) -> SafetyList:
    """Return the safety questions of a file, not approved by anybody yet.

    Raises
    ------
    KeyError, ValueError
        The shipped file lacks a key or names an unknown urgency: a defect of the program.
    """
    held = tomllib.loads(text)
    return SafetyList(version=held["version"], items=tuple(_item(entry) for entry in held["item"]))


def _item(entry: dict[str, Any]) -> SafetyItem:
    return SafetyItem(
        id=entry["id"],
        question=entry["question"],
        finding=entry["finding"],
        urgency=Urgency(entry["urgency"]),
        says=entry["says"],
        instruction=entry["instruction"],
    )
