"""JSON text in one spelling, with decimals in the digits in which they were recorded.

FHIR R4 keeps the precision of a decimal ("4.50" is not "4.5"), which a float would lose.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

Json = Mapping[str, "JsonValue"]
JsonValue = str | bool | int | Decimal | Json | Sequence["JsonValue"]


def json_text(value: JsonValue, *, level: int = 0) -> str:
    """Return a value as indented JSON; keys stand in their order, nothing is ever null.

    Raises
    ------
    TypeError
        For any other type: a float is refused, for it may not be what was recorded.
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        parts = (
            f"{json_text(key)}: {json_text(held, level=level + 1)}" for key, held in value.items()
        )
        return _framed("{}", list(parts), level)
    if isinstance(value, Sequence):
        return _framed("[]", [json_text(held, level=level + 1) for held in value], level)
    raise TypeError(type(value).__name__)


def _framed(marks: str, parts: Sequence[str], level: int) -> str:
    inner, outer = "\n" + " " * (level + 1), "\n" + " " * level
    return marks[0] + inner + f",{inner}".join(parts) + outer + marks[1]
