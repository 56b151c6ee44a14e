"""Shortcuts for tests of the engine."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from scs_trial.exchange.assistant.assess import Assessment, assess
from scs_trial.exchange.assistant.prepared import Context, Profile
from scs_trial.exchange.assistant.source import source_of
from tests.records import shipped_catalogue


def look(
    data: str | bytes,
    answers: Mapping[str, str] | None = None,
    *,
    profile: Profile | None = None,
    today: date | None = None,
) -> Assessment:
    """Return what the engine says of a made-up file."""
    raw = data.encode() if isinstance(data, str) else data
    return assess(
        source_of("made up", raw),
        answers=answers or {},
        catalogue=shipped_catalogue(),
        profile=profile,
        context=Context(today=today),
    )


def settled(found: Assessment) -> dict[str, str]:
    """Return what is settled, by id."""
    return {finding.id: finding.value for finding in found.findings}


def targets(found: Assessment) -> dict[str, str]:
    """Return what becomes of each column that is taken."""
    return {one.name: one.target for one in found.columns if one.target != "ignore"}


def open_ids(found: Assessment) -> set[str]:
    """Return the ids of the open questions."""
    return {question.id for question in found.open_questions}


def workbook(*rows: Sequence[Any], sheets: int = 1) -> bytes:
    """Return a made-up workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for _ in range(sheets - 1):
        book.create_sheet()
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
