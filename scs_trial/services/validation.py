"""Refusals that several use cases share: texts, values, days, reasons."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

from scs_trial.domain.measures import Catalogue, Measure, Series
from scs_trial.domain.written import MAX_DIGITS, significant_digits
from scs_trial.errors import FieldError, InputError

MAX_TEXT = 200
"""Characters that a name, a number or another single line may have."""
MAX_WORDS = 4000
"""Characters that a note or description may have."""
_LINE_BREAKS = "\n\t"


def refuse(faults: Iterable[FieldError]) -> None:
    """Raise the only fault as it is, several together, and nothing when there is none.

    Raises
    ------
    FieldError, InputError
        The one fault; all of them.
    """
    found = tuple(faults)
    if len(found) == 1:
        raise found[0]
    if found:
        raise InputError(found)


def one_line(text: str) -> str:
    """Return a name or number as it is stored: composed (NFC), outer white space removed."""
    return unicodedata.normalize("NFC", text).strip()


def text_faults(
    field: str, text: str, *, required: bool = False, limit: int = MAX_TEXT, lines: bool = False
) -> list[FieldError]:
    """Return what is wrong with a text.

    Controls are refused (line breaks too, unless ``lines``). Signs that turn the writing direction
    are kept: screens show them.
    """
    if required and not text.strip():
        return [FieldError(field, "This is empty.", "Fill it in.")]
    faults = []
    if len(text) > limit:
        faults.append(FieldError(field, f"This is longer than {limit} characters.", "Shorten it."))
    kept = _LINE_BREAKS if lines else ""
    if any(unicodedata.category(sign) == "Cc" and sign not in kept for sign in text):
        faults.append(FieldError(field, "This holds a control character.", "Type it again."))
    return faults


def require_reason(reason: str) -> str:
    """Return the reason as stored.

    Raises
    ------
    FieldError
        It is empty, too long or holds controls.
    """
    refuse(text_faults("reason", reason, required=True, limit=MAX_WORDS, lines=True))
    return reason.strip()


def value_faults(
    values: Mapping[Series, Decimal], catalogue: Catalogue, regions: Iterable[str]
) -> list[FieldError]:
    """Return a fault for each value that the catalogue or the trial's regions do not allow.

    Parameters
    ----------
    values
        Exact decimals by series.
    catalogue
        Names, ranges and which measures are taken for each region.
    regions
        The trial's other regions; the target region has no name here.
    """
    known = frozenset(regions)
    faults: list[FieldError] = []
    for series, value in values.items():
        measure = catalogue.get(series.code)
        if measure is None:
            faults.append(FieldError(str(series), f"There is no measure {series.code!r}."))
        elif series.item is not None and not measure.per_region:
            faults.append(FieldError(str(series), f"{measure.title} is not taken by region."))
        elif series.item is not None and series.item not in known:
            faults.append(
                FieldError(
                    str(series), "The trial has no such region.", "Add the region to the trial."
                )
            )
        else:
            faults.extend(_number_faults(str(series), value, measure))
    return faults


def _number_faults(field: str, value: Decimal, measure: Measure) -> list[FieldError]:
    if not value.is_finite():
        return [FieldError(field, "This is no number.")]
    if significant_digits(format(value, "f")) > MAX_DIGITS:
        return [FieldError(field, f"This has more than {MAX_DIGITS} digits.")]
    if measure.low <= value <= measure.high:
        return []
    return [FieldError(field, f"{measure.title} lies between {range_text(measure)}.")]


def range_text(measure: Measure) -> str:
    """Return the range as it is said beside a field, e.g. "0 and 1440 min"."""
    return f"{measure.low} and {measure.high} {measure.unit}".strip()
