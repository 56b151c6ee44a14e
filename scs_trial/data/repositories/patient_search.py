"""Turns what was typed into indexed queries for patient ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select, text

from scs_trial.data.rows.base import table
from scs_trial.data.rows.patient import LIVE, PatientNamePartRow, PatientRow
from scs_trial.data.search_keys import LAST, mrn_key, name_parts

_T = table(PatientRow)
_PART = table(PatientNamePartRow)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OTHER = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")

Found = Select[Any]
_BY_PART: Found = (
    select(_PART.c.patient_id)
    .where(_PART.c.part >= bindparam("low"), _PART.c.part < bindparam("high"))
    .order_by(_PART.c.part, _PART.c.patient_id)
)


def found_by(query: str) -> Iterator[Found]:
    """Yield queries for patient ids, the most telling first; each uses an index."""
    days = birth_dates(query)
    if days:
        yield select(_T.c.id).where(_T.c.birth_date.in_(days), text(LIVE)).order_by(_T.c.id)
        return
    key = mrn_key(query)
    if any(sign.isdigit() for sign in key):
        by_mrn = select(_T.c.id).where(_starts(_T.c.mrn_key, key), text(LIVE))
        yield by_mrn.order_by(_T.c.mrn_key)
    parts = name_parts(query)
    if parts:
        yield _by_name(parts)


def birth_dates(query: str) -> tuple[date, ...]:
    """Return the dates that a text may mean: ISO, or day and month in either order."""
    text_ = query.strip()
    if match := _ISO.fullmatch(text_):
        year, month, day = (int(part) for part in match.groups())
        return _dates([(year, month, day)])
    if match := _OTHER.fullmatch(text_):
        first, second, year = (int(part) for part in match.groups())
        return _dates([(year, second, first), (year, first, second)])
    return ()


def _dates(candidates: list[tuple[int, int, int]]) -> tuple[date, ...]:
    days = []
    for year, month, day in candidates:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dict.fromkeys(days))


def _by_name(parts: tuple[str, ...]) -> Found:
    """Return the query for a name; that of one part is made once, because each keystroke asks."""
    if len(parts) == 1:
        return _BY_PART.params(low=parts[0], high=parts[0] + LAST)
    longest = max(parts, key=len)
    found = select(_PART.c.patient_id).where(_starts(_PART.c.part, longest))
    for number, part in enumerate(other for other in parts if other != longest):
        more = _PART.alias(f"part_{number}")
        found = found.where(
            exists().where(
                and_(more.c.patient_id == _PART.c.patient_id, _starts(more.c.part, part))
            )
        )
    return found.order_by(_PART.c.part, _PART.c.patient_id)


def _starts(column: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    return and_(column >= beginning, column < beginning + LAST)
