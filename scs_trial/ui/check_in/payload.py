"""A half-typed check-in as JSON text, and back: exact decimals, every keystroke."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.measures import Series
from scs_trial.ui.check_in.form import CheckInForm

VERSION = 1
_TEXTS = ("program", "helped", "triggered", "note")


def to_payload(form: CheckInForm) -> str:
    """Return the draft of a form."""
    kept: dict[str, Any] = {
        "version": VERSION,
        "id": str(form.id),
        "revision": form.recorded.revision if form.recorded else None,
        "values": [[s.code, s.item, str(value)] for s, value in form.values.items()],
        "refused": [[s.code, s.item, refused.text] for s, refused in form.refused.items()],
        "stimulation_off": form.stimulation_off,
        "how_obtained": form.how_obtained.value if form.how_obtained else None,
        "safety": form.safety.to_json(),
    }
    kept.update({name: getattr(form, name) for name in _TEXTS})
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def identity_of(payload: str) -> UUID | None:
    """Return the id of the check-in that a draft belongs to, None for an unreadable draft."""
    kept = _read(payload)
    try:
        return UUID(str(kept.get("id")))
    except ValueError:
        return None


def from_payload(form: CheckInForm, payload: str) -> bool:
    """Take a draft over into a form that was just made; False for an unreadable draft.

    Who answers is confirmed anew. Values of measures that are no longer asked are left out, so is
    a draft of a check-in that was revised in the meantime.
    """
    kept = _read(payload)
    revision = form.recorded.revision if form.recorded else None
    if not kept or kept.get("revision") != revision:
        return False
    asked = {spec.series for spec in form.fields}
    for code, item, text in _triples(kept.get("values")):
        series, value = Series(code, item), _decimal(text)
        if series in asked and value is not None:
            form.set_value(series, value)
    for code, item, text in _triples(kept.get("refused")):
        series = Series(code, item)
        if series in asked:
            form.refuse(series, text=text, message=form.field(series).range_message)
    for name in _TEXTS:
        setattr(form, name, str(kept.get(name) or ""))
    form.stimulation_off = kept.get("stimulation_off") is True
    how = kept.get("how_obtained")
    form.how_obtained = HowObtained(how) if how in set(HowObtained) else None
    safety = kept.get("safety")
    if isinstance(safety, dict):
        form.safety.from_json(safety)
    return True


def _read(payload: str) -> dict[str, Any]:
    try:
        kept = json.loads(payload)
    except ValueError:
        return {}
    if not isinstance(kept, dict) or kept.get("version") != VERSION:
        return {}
    return kept


def _triples(kept: object) -> list[tuple[str, str | None, str]]:
    if not isinstance(kept, list):
        return []
    rows = [row for row in kept if isinstance(row, list) and len(row) == 3]
    return [(str(code), None if item is None else str(item), str(t)) for code, item, t in rows]


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
