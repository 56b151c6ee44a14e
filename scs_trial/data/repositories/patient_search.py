"""Turns what was typed into indexed queries for patients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, select, text

from scs_trial.data.rows.base import table
from scs_trial.data.rows.patient import LIVE, PatientNamePartRow, PatientRow
from scs_trial.data.search_keys import LAST, mrn_key, name_parts

_T = table(PatientRow)
_PART = table(PatientNamePartRow)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OTHER = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")

Found = tuple[Select[Any], dict[str, Any]]
"""A statement that a module keeps, and its values."""


def _starts(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return and_(column >= bindparam(f"{name}_low"), column < bindparam(f"{name}_high"))


def _beginning(name: str, text_: str) -> dict[str, str]:
    return {f"{name}_low": text_, f"{name}_high": text_ + LAST}


_MOST: BindParameter[int] = bindparam("most")
_BY_DAY = (
    select(_T)
    .where(_T.c.birth_date.in_(bindparam("days", expanding=True)), text(LIVE))
    .order_by(_T.c.id)
    .limit(_MOST)
)
_BY_MRN = (
    select(_T).where(_starts(_T.c.mrn_key, "mrn"), text(LIVE)).order_by(_T.c.mrn_key).limit(_MOST)
)


def found_by(query: str, *, limit: int) -> Iterator[Found]:
    """Yield queries for patients, the most telling first; each uses an index."""
    most = {"most": limit}
    if days := birth_dates(query):
        yield _BY_DAY, {"days": list(days), **most}
        return
    key = mrn_key(query)
    if any(sign.isdigit() for sign in key):
        yield _BY_MRN, _beginning("mrn", key) | most
    if parts := name_parts(query):
        longest = max(parts, key=len)
        others = [part for part in parts if part != longest]
        values = _beginning("part", longest) | most
        for number, part in enumerate(others):
            values |= _beginning(f"part_{number}", part)
        yield _by_name(len(others)), values


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


@cache
def _by_name(others: int) -> Select[Any]:
    """Return the statement for a name of so many parts beside the longest."""
    found = select(_T).join(_PART, _PART.c.patient_id == _T.c.id)
    found = found.where(_starts(_PART.c.part, "part"))
    for number in range(others):
        name = f"part_{number}"
        more = _PART.alias(name)
        same = more.c.patient_id == _PART.c.patient_id
        found = found.where(exists().where(and_(same, _starts(more.c.part, name))))
    return found.order_by(_PART.c.part, _PART.c.patient_id).limit(_MOST)
