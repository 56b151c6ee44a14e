"""The small parts of FHIR resources: references, codes, quantities, periods.

Every builder leaves out what is not recorded: FHIR knows no empty text, list or object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from scs_trial.domain.canonical import instant_text
from scs_trial.exchange.fhir.code_map import UCUM, Code, CodeMap

Element = dict[str, Any]
"""One JSON object of FHIR: texts, numbers, booleans, lists and objects."""


def element(**parts: Any) -> Element:
    """Return the parts that say something; a trailing underscore of a name is taken off."""
    return {
        name.rstrip("_"): part
        for name, part in parts.items()
        if part is not None and part not in ("", [], {}, ())
    }


def resource(kind: str, own: UUID, **parts: Any) -> Element:
    """Return a resource with its id."""
    return element(resourceType=kind, id=str(own), **parts)


def link(own: UUID) -> str:
    """Return the address of a resource inside its Bundle."""
    return f"urn:uuid:{own}"


def reference(own: UUID, kind: str) -> Element:
    """Return a reference to another resource of the Bundle."""
    return element(reference=link(own), type=kind)


def named(display: str) -> Element | None:
    """Return a reference to someone of whom only the name is known; None without a name."""
    return element(display=display) or None


def coding(code: Code) -> Element:
    """Return one Coding."""
    return element(system=code.system, code=code.code, display=code.display)


def concept(*codes: Code, text: str = "") -> Element:
    """Return a CodeableConcept."""
    return element(coding=[coding(code) for code in codes], text=text)


def quantity(value: Decimal, unit: str, codes: CodeMap) -> Element:
    """Return a Quantity with UCUM system and code; the unit is the catalogue's."""
    code = codes.unit[unit]
    return element(value=value, unit=unit or "points on its scale", system=UCUM, code=code)


def period(start: date | None, end: date | None) -> Element:
    """Return a Period of civil dates."""
    return element(start=day_text(start), end=day_text(end))


def day_text(day: date | None) -> str:
    """Return a civil date; empty for None."""
    return "" if day is None else day.isoformat()


def instant(moment: datetime | None) -> str:
    """Return an aware instant in UTC; empty for None."""
    return "" if moment is None else instant_text(moment)


def notes(*texts: str) -> Sequence[Mapping[str, str]]:
    """Return Annotations of the texts that are not empty."""
    return [{"text": text} for text in texts if text.strip()]
