"""Whose file it is and which time of it counts: asked where no column says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scs_trial.domain.diary import Phase
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.entries import Entry
from scs_trial.exchange.assistant.model import Kind, Page
from scs_trial.exchange.diary_cells import Bad, read_date, read_name

NO_PERIOD = "Give two dates such as 2026-11-01..2026-11-20, or all."
"""What a period must look like."""


def ask_patient(asking: Asking) -> str | None:
    """Ask whose file this is, where no column says it."""

    def objection(answer: str) -> str:
        name = read_name(answer)
        if isinstance(name, Bad):
            return name.reason
        return "" if name.strip() else "Give the patient's number."

    return asking.ask(
        "patient",
        "Which patient is this file about? Give the number (MRN or study number).",
        page=Page.TARGET,
        kind=Kind.TEXT,
        evidence="No column names the patient.",
        objection=objection,
    )


def read_period(text: str) -> tuple[date, date] | None:
    """Return first and last day of a text such as ``2026-11-01..2026-11-20``, or None."""
    first, dots, last = text.partition("..")
    if not dots:
        return None
    begin, end = read_date(first.strip()), read_date(last.strip())
    if isinstance(begin, Bad) or isinstance(end, Bad) or begin > end:
        return None
    return begin, end


def first_days(
    entries: Iterable[Entry], period: tuple[date, date] | None, *, baseline: bool
) -> dict[str, date]:
    """Return each patient's first day within the period, of all rows or the baseline ones."""
    found: dict[str, date] = {}
    for entry in entries:
        if entry.day is None or (baseline and entry.phase is not Phase.BASELINE):
            continue
        if period is not None and not period[0] <= entry.day <= period[1]:
            continue
        found[entry.patient] = min(entry.day, found.get(entry.patient, entry.day))
    return found
