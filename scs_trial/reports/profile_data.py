"""The page for a computer: the entries as printed, by name, as JSON; never more than the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from scs_trial.domain.course import Cell, Course, CourseRow, PainStrip
from scs_trial.reports.profile_types import Labelled, ProfileContent
from scs_trial.reports.typeset import Attachment

FORMAT = "scs-trial-profile"
FORMAT_VERSION = 1
DATA_NAME = "scs-trial-profile.json"


def data_attachment(content: ProfileContent) -> Attachment:
    """Return the entries of a page as a file to go with it; its name tells nothing."""
    return Attachment(
        name=DATA_NAME,
        description="The entries of this page for a computer",
        mime_type="application/json",
        text=data_text(content),
    )


def data_text(content: ProfileContent) -> str:
    """Return the entries of a page as JSON (UTF-8, sorted keys, two spaces).

    Every text is the text that the page prints; values of the course are exact decimals as text.
    None is missing and never zero.
    """
    return json.dumps(_entries(content), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _entries(content: ProfileContent) -> dict[str, object]:
    verdict = content.verdict
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "title": content.title,
        "synthetic": content.demo,
        "without_identity": content.private,
        "letterhead": content.letterhead,
        "printed": {"text": content.printed, "at": content.printed_iso},
        "identity": _labelled(content.identity),
        "before_the_trial": {"text": content.before, "continued": content.before_continued},
        "evidence": _labelled(content.evidence),
        "verdict": asdict(verdict),
        "criteria": [asdict(row) for row in content.criteria],
        "course": _course(content.course),
        "methods": [asdict(row) for row in content.methods],
        "programs": [asdict(row) for row in content.programs],
        "patients_words": list(content.words),
        "safety_and_events": list(content.safety),
        "decision": list(content.decision),
        "foot": asdict(content.footer),
        "content_sha256": content.content_hash,
    }


def _labelled(entries: Sequence[Labelled]) -> list[dict[str, object]]:
    return [asdict(entry) for entry in entries]


def _course(course: Course | None) -> dict[str, object] | None:
    if course is None:
        return None
    return {
        "summary": course.summary,
        "days": [
            {"number": day.day_number, "date": day.day.isoformat(), "kind": day.kind.value}
            for day in course.columns
        ],
        "baseline_dates": course.baseline_label,
        "rows": [_row(row) for row in course.rows],
        "plots": [_strip(strip) for strip in course.strips],
        "programs": [
            {"label": band.label or band.name, "days": [band.first_day, band.last_day]}
            for band in course.bands
        ],
    }


def _row(row: CourseRow) -> dict[str, object]:
    return {
        "title": row.title,
        "baseline": row.baseline_text,
        "days": [_cell(cell) for cell in row.cells],
        "mean": row.mean_text,
        "change": row.change_text,
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {"text": cell.text, "state": cell.state.value, "value": _figure(cell.value)}


def _strip(strip: PainStrip) -> dict[str, object]:
    points = [
        {"date": point.day.isoformat(), "value": _figure(point.value), "counted": point.used}
        for point in strip.row.baseline_points
    ]
    return {"title": strip.title, "threshold": strip.threshold_text, "baseline_days": points}


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
