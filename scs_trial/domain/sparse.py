"""The form of an entity that a signature covers: what is stated, not what is left at its default.

A field that a later version of the program adds, and that nobody filled in, changes no signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any


def sparse(value: object, *, without: frozenset[str] = frozenset()) -> Any:
    """Return dataclasses as mappings of the fields that differ from their defaults.

    Parameters
    ----------
    value
        An entity, or anything that `scs_trial.domain.canonical` spells.
    without
        Names of fields that are left out wherever they occur.
    """
    if is_dataclass(value) and not isinstance(value, type):
        held = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: sparse(given, without=without)
            for field, given in held
            if field.name not in without and not _is_default(field, given)
        }
    if isinstance(value, Mapping):
        return {str(key): sparse(given, without=without) for key, given in value.items()}
    if isinstance(value, (set, frozenset)):
        return value
    if isinstance(value, (tuple, list)):
        return [sparse(given, without=without) for given in value]
    return value


def _is_default(field: Field[Any], given: object) -> bool:
    if field.default is not MISSING:
        return bool(given == field.default)
    return field.default_factory is not MISSING and bool(given == field.default_factory())
