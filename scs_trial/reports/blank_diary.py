"""The blank diary: sheets on which the patient writes, one a week, in plain words and large type.

Only what this trial asks stands on it, with the clinic's safety questions and telephone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from scs_trial.domain.asked import asked_series, goal_of, region_of
from scs_trial.domain.course_text import date_text, scale_text
from scs_trial.domain.diary import Phase
from scs_trial.domain.leaf import PAIN_VAS
from scs_trial.domain.measures import Asked, Catalogue, Series
from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.domain.trial import Trial
from scs_trial.reports.diary_words import PLAIN_WORDS
from scs_trial.reports.labels import weekday_words
from scs_trial.reports.typeset import Paper, Printout, digest_of
from scs_trial.services.review_types import TrialReview

TITLE = "My diary"
_DAYS_ON_SHEET = 7
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AT_ONCE = "Call us at once"
_GROUPS = (
    (_AT_ONCE, frozenset({Urgency.EMERGENCY})),
    ("Call us the same day", frozenset({Urgency.URGENT, Urgency.SAME_DAY})),
    ("Tell us at the next call", frozenset({Urgency.ROUTINE, Urgency.NOTE})),
)
_NOTES = {_AT_ONCE: "Nobody answers? Call your emergency number."}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryAsk:
    """One line to fill in; ``scale`` says what the ends of its scale mean, or its unit."""

    words: str
    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryWeek:
    """One sheet. A day without a date has no text; ``lines`` name regions with a 100 mm line."""

    title: str
    days: tuple[tuple[str, str], ...]
    asks: tuple[DiaryAsk, ...]
    lines: tuple[str, ...]
    with_safety: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyGroup:
    """Safety questions of one urgency with their letters and the telephones to call."""

    title: str
    note: str
    telephones: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryContent:
    """Every text of the diary."""

    name: str
    mrn: str
    clinic: str
    telephone: str
    weeks: tuple[DiaryWeek, ...]
    safety: tuple[SafetyGroup, ...]
    safety_version: str
    """Which wording it is, and that the clinic has not approved it where that is so."""


def diary_content(review: TrialReview, *, catalogue: Catalogue, today: date) -> DiaryContent:
    """Return every text of the diary.

    Parameters
    ----------
    review
        The trial with patient and the clinic's settings.
    catalogue
        Scales and units.
    today
        The clinic's civil date: before the placement a sheet for the baseline comes first.
    """
    patient, settings, trial = review.patient, review.settings, review.trial
    before = trial.trial_start is None or today < trial.trial_start
    return DiaryContent(
        name=patient.name,
        mrn=patient.mrn,
        clinic=settings.clinic_name,
        telephone=settings.telephone,
        weeks=(
            *([_baseline_week(review, catalogue)] if before else []),
            *_trial_weeks(review, catalogue),
        ),
        safety=tuple(_safety_groups(settings.safety.items, settings.telephone)),
        safety_version=_version(settings.safety),
    )


def blank_diary(review: TrialReview, *, catalogue: Catalogue, printed_at: datetime) -> Printout:
    """Return the diary as something that can be previewed, printed and saved.

    Parameters
    ----------
    review, catalogue
        As for ``diary_content``.
    printed_at
        Aware instant.
    """
    local = printed_at.astimezone(ZoneInfo(review.settings.zone))
    content = diary_content(review, catalogue=catalogue, today=local.date())
    return Printout(
        title=TITLE,
        file_stem="scs-trial-diary",
        description=_description(content),
        template="diary.typ",
        printed_at=local,
        demo=review.demo,
        digest=digest_of(asdict(content)),
        data=partial(_data, content),
    )


def _data(content: DiaryContent, _paper: Paper) -> dict[str, object]:
    return asdict(content)


def _description(content: DiaryContent) -> str:
    asked = "; ".join(ask.words for ask in content.weeks[-1].asks)
    sheets = len(content.weeks)
    return f"Blank diary, {sheets} sheet{'' if sheets == 1 else 's'}. It asks: {asked}."


def _baseline_week(review: TrialReview, catalogue: Catalogue) -> DiaryWeek:
    asks, lines = _asked(review, catalogue, Phase.BASELINE)
    days = (("", ""),) * _DAYS_ON_SHEET
    return DiaryWeek(title="Before the trial", days=days, asks=asks, lines=lines, with_safety=False)


def _trial_weeks(review: TrialReview, catalogue: Catalogue) -> Iterator[DiaryWeek]:
    asks, lines = _asked(review, catalogue, Phase.TRIAL)
    every = tuple(_days(review.trial))
    weeks = [every[at : at + _DAYS_ON_SHEET] for at in range(0, len(every), _DAYS_ON_SHEET)]
    for number, days in enumerate(weeks, start=1):
        of_many = f", week {number} of {len(weeks)}" if len(weeks) > 1 else ""
        yield DiaryWeek(
            title=f"During the trial{of_many}",
            days=days,
            asks=asks,
            lines=lines,
            with_safety=bool(review.settings.safety.items),
        )


def _days(trial: Trial) -> Iterator[tuple[str, str]]:
    for number in range(1, trial.planned_days + 1):
        if trial.trial_start is None:
            yield "", f"day {number}"
        else:
            day = trial.trial_start + timedelta(days=number)
            yield f"{weekday_words(day)} {date_text(day)}", f"day {number}"


def _asked(
    review: TrialReview, catalogue: Catalogue, phase: Phase
) -> tuple[tuple[DiaryAsk, ...], tuple[str, ...]]:
    """Return the lines to fill in, and the regions whose pain is marked on a line."""
    trial = review.trial
    wanted = [
        series
        for series in asked_series(
            trial,
            catalogue=catalogue,
            settings=review.settings,
            phase=phase,
            programs=review.programs,
        )
        if catalogue[series.code].asked is Asked.DAILY
    ]
    asks = tuple(_ask(series, trial, catalogue) for series in wanted if series.code != PAIN_VAS)
    lines = tuple(
        region_of(series, catalogue[series.code], trial)
        for series in wanted
        if series.code == PAIN_VAS
    )
    return asks, lines


def _ask(series: Series, trial: Trial, catalogue: Catalogue) -> DiaryAsk:
    measure = catalogue[series.code]
    words, scale = PLAIN_WORDS.get(
        series.code, (measure.title, measure.unit or scale_text(measure))
    )
    goal = goal_of(series, trial)
    region = region_of(series, measure, trial)
    if goal is not None:
        words = f"My goal: {goal}"
    elif region:
        words = f"{words} – {region}"
    return DiaryAsk(words=words, scale=scale)


def _safety_groups(items: Sequence[SafetyItem], telephone: str) -> Iterator[SafetyGroup]:
    ordered = [
        (title, item) for title, urgencies in _GROUPS for item in items if item.urgency in urgencies
    ]
    lettered = [(title, _letter(index), item) for index, (title, item) in enumerate(ordered)]
    for title, _ in _GROUPS:
        found = [(letter, item) for group, letter, item in lettered if group == title]
        if found:
            numbers = dict.fromkeys(item.number or telephone for _, item in found)
            yield SafetyGroup(
                title=title,
                note=_NOTES.get(title, ""),
                telephones=tuple(number for number in numbers if number),
                questions=tuple((letter, item.question) for letter, item in found),
            )


def _letter(index: int) -> str:
    """Return A to Z, then A2 and so on."""
    rounds, place = divmod(index, len(_LETTERS))
    return _LETTERS[place] + (str(rounds + 1) if rounds else "")


def _version(safety: SafetyList) -> str:
    if not safety.items:
        return ""
    approved = "" if safety.approved_by else ", an example that the clinic has not approved"
    return f"safety questions {safety.version}{approved}"
