"""Put the page together: one snapshot in, every text of the page out. Pure and deterministic."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import scs_trial
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.course import Course
from scs_trial.domain.measures import Better
from scs_trial.reports.labels import shortened, time_words
from scs_trial.reports.private import PRIVATE_WORDS, without_identity
from scs_trial.reports.profile_events import decision, patients_words, safety_and_events
from scs_trial.reports.profile_figures import (
    criteria_rows,
    evidence,
    method_rows,
    program_rows,
    trial_days_words,
    verdict_block,
)
from scs_trial.reports.profile_identity import before_the_trial, identity, identity_line
from scs_trial.reports.profile_types import TITLE, Footer, Labelled, ProfileContent
from scs_trial.reports.rule_words import compact_rule
from scs_trial.services.ports import AuditHead
from scs_trial.services.review_trial import TrialReview

_BEFORE_LIMIT = 900
_IDENTITY_LIMIT = 260
_DIGITS_SHOWN = 16
_PROVENANCE = ("letterhead", "printed", "printed_iso", "footer", "content_hash", "private")
_SIGNATURES = ("Clinician", "Date", "Patient")
_CONTINUED = " … (continued in 9)"


def profile_content(
    review: TrialReview,
    *,
    printed_at: datetime,
    printed_by: str,
    private: bool = False,
) -> ProfileContent:
    """Return every text of the page.

    Parameters
    ----------
    review
        The snapshot that the screen shows too; letterhead and audit head come with it.
    printed_at
        Aware instant of printing; shown in the clinic's time zone.
    printed_by
        Display name of who prints.
    private
        Print a study number instead of name, birth date and MRN.

    Returns
    -------
    ProfileContent
        With what is not recorded said to be so ("not documented", "missing").
    """
    review = without_identity(review) if private else review
    zone = ZoneInfo(review.settings.zone)
    local = printed_at.astimezone(zone)
    who, spilled = _kept_short(identity(review, days=trial_days_words(review), private=private))
    before, rest = shortened(" · ".join(before_the_trial(review.trial)), _BEFORE_LIMIT, _CONTINUED)
    content = ProfileContent(
        title=TITLE,
        letterhead=letterhead(review.settings),
        printed=_printed(review, local, printed_by, private=private),
        printed_iso=local.replace(microsecond=0).isoformat(),
        demo=review.demo,
        identity=who,
        before=before,
        before_continued=" · ".join(
            part for part in (*spilled, f"… {rest}" if rest else "") if part
        ),
        evidence=evidence(review),
        verdict=verdict_block(review),
        criteria=criteria_rows(review),
        course=_timeless(review.course),
        course_caption=_caption(review.course),
        methods=method_rows(review),
        programs=program_rows(review),
        words=patients_words(review),
        safety=safety_and_events(review),
        decision=decision(review),
        signatures=_SIGNATURES,
        footer=_footer(review, private=private),
        content_hash="",
        private=private,
    )
    return replace(content, content_hash=content_hash(content))


def _printed(review: TrialReview, local: datetime, by: str, *, private: bool) -> str:
    """Return when and by whom it was printed, from which copy, and what was left out."""
    said = f"printed {time_words(local)} by {by}"
    if review.as_of is not None:
        at = review.as_of.astimezone(local.tzinfo)
        said += f" from a copy for reading as of {time_words(at)}"
    return f"{said} · {PRIVATE_WORDS}" if private else said


def letterhead(settings: ClinicSettings) -> str:
    """Return the clinic's name, address and telephone as one line."""
    parts = (settings.clinic_name, settings.address, settings.telephone)
    return " · ".join(part for part in parts if part) or "clinic not documented"


def content_hash(content: ProfileContent) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of the page's content.

    Left out are who printed when, the letterhead and the foot: the same record gives the same
    hash, whoever prints it.
    """
    fields = {key: value for key, value in asdict(content).items() if key not in _PROVENANCE}
    text = json.dumps(
        fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_exact
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _exact(value: object) -> str:
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def short_digits(digest: str) -> str:
    """Return the first sixteen digits of a digest in groups of four."""
    shown = digest[:_DIGITS_SHOWN]
    return " ".join(shown[i : i + 4] for i in range(0, len(shown), 4))


def _kept_short(entries: tuple[Labelled, ...]) -> tuple[tuple[Labelled, ...], list[str]]:
    """Keep the head of the page short, so that verdict and cautions stay on the first sheet."""
    kept, spilled = [], []
    for entry in entries:
        text, rest = shortened(entry.text, _IDENTITY_LIMIT, _CONTINUED)
        kept.append(Labelled(label=entry.label, text=text))
        spilled += [f"{entry.label}: … {rest}"] if rest else []
    return tuple(kept), spilled


def _timeless(course: Course | None) -> Course | None:
    """Return the course without what only the screen marks: today, and the day being asked."""
    if course is None:
        return None
    columns = tuple(replace(day, is_today=False, is_asked=False) for day in course.columns)
    return replace(course, columns=columns)


def _caption(course: Course | None) -> str:
    """Return what the course shows, and which way is better for the pain that it shows."""
    if course is None or not course.strips:
        return ""
    row = course.strips[0].row
    against = "every day against baseline" if row.baseline is not None else "no baseline value"
    return f"{against}; lower is better for pain" if row.better is Better.LOWER else against


def _footer(review: TrialReview, *, private: bool) -> Footer:
    head: AuditHead = review.audit_head
    return Footer(
        identity=identity_line(review, private=private),
        rule=compact_rule(review.rule_text) or "rule missing",
        program=f"scs-trial {scs_trial.__version__}",
        audit=f"audit {head.seq} {short_digits(head.digest)}",
    )
