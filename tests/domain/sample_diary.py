"""A made-up trial: the patient of the design's picture (synthetic), and variations of her."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.course import Course
from scs_trial.domain.course_builder import CourseSettings, build_course
from scs_trial.domain.criteria import Criteria
from scs_trial.domain.criteria_library import load_library
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.domain.trial import ProgramChange
from scs_trial.paths import resources

START = date(2026, 11, 15)
TODAY = date(2026, 11, 21)
ASKED = (
    "pain_average",
    "pain_worst",
    "activity_score",
    "walking_minutes",
    "sleep_hours",
    "mme",
)
CATALOGUE: Catalogue = load_catalogue(resources("measures.toml").read_text(encoding="utf-8"))

_BASELINE = {
    "pain_average": "8 7 8 8 7.5",
    "pain_worst": "9 8 9 9 9",
    "pain_average[left leg]": "7 7 7 7 7",
    "activity_score": "3 3 3 3 3",
    "walking_minutes": "10 12 14 12 12",
    "sleep_hours": "4 5 4.5 4.5 4.5",
    "mme": "45 45 45 45 45",
}
_TRIAL = {
    "pain_average": "5 4 3 3",
    "pain_worst": "8 6 5 4",
    "pain_least": "4 3 2 2",
    "pain_average[left leg]": "5 4 3 2",
    "activity_score": "2 4 5 6",
    "walking_minutes": "10 18 25 35",
    "sleep_hours": "5 5.5 6 6.5",
    "mme": "45 30 30 15",
}


def series(column: str) -> Series:
    """Read a column name such as ``pain_average[left leg]``."""
    code, _, item = column.rstrip("]").partition("[")
    return Series(code, item or None)


def days(
    columns: Mapping[str, str], *, first: int, phase: Phase, programs: Sequence[str] = ()
) -> tuple[DiaryDay, ...]:
    """Return consecutive days; ``-`` is no value and ``missed`` a missed day."""
    split = {series(name): text.split() for name, text in columns.items()}
    count = max((len(cells) for cells in split.values()), default=0)
    made = []
    for index in range(count):
        cells = {key: texts[index] for key, texts in split.items() if index < len(texts)}
        made.append(
            DiaryDay(
                day=START + timedelta(days=first + index),
                phase=phase,
                values={k: Decimal(v) for k, v in cells.items() if v not in ("-", "missed")},
                missed="missed" in cells.values(),
                program=programs[index] if index < len(programs) else None,
            )
        )
    return tuple(made)


def diary(
    trial: Mapping[str, str] | None = None,
    *,
    baseline: Mapping[str, str] | None = None,
    programs: Sequence[str] = ("P1", "P1", "P2", "P2"),
    **changes: object,
) -> Diary:
    """Return the trial of the picture, or one with other values."""
    answers = _BASELINE if baseline is None else baseline
    longest = max((len(text.split()) for text in answers.values()), default=0)
    before = days(answers, first=-longest, phase=Phase.BASELINE)
    answers = _TRIAL if trial is None else trial
    during = days(answers, first=1, phase=Phase.TRIAL, programs=programs)
    return Diary(trial_start=START, days=before + during, **changes)  # type: ignore[arg-type]


def criteria(name: str = "relief-and-stable") -> Criteria:
    """Return a shipped criteria file."""
    return load_library(resources("criteria"), catalogue=CATALOGUE).criteria[name]


def ledger() -> tuple[ProgramChange, ...]:
    """Return the program ledger of the picture."""
    common = {"trial_id": UUID(int=1), "by": "device rep"}
    return (
        ProgramChange(
            id=UUID(int=11),
            from_when=datetime(2026, 11, 16, 9, 0),  # noqa: DTZ001  (clinic-local)
            name="P1",
            waveform="tonic",
            frequency_hz=Decimal(50),
            **common,  # type: ignore[arg-type]
        ),
        ProgramChange(
            id=UUID(int=12),
            from_when=datetime(2026, 11, 18, 10, 15),  # noqa: DTZ001  (clinic-local)
            name="P2",
            waveform="burst",
            **common,  # type: ignore[arg-type]
        ),
    )


def settings(**changes: object) -> CourseSettings:
    """Return what the record of the picture says beside the diary."""
    values: dict[str, object] = {
        "today": TODAY,
        "target_region": "low back",
        "other_regions": ("left leg",),
        "measures_asked": ASKED,
        "programs": ledger(),
        "asked_day": date(2026, 11, 20),
    }
    return CourseSettings(**{**values, **changes})  # type: ignore[arg-type]


def course(given: Diary | None = None, **changes: object) -> Course:
    """Build the course of a diary under a shipped criteria file."""
    trial = diary() if given is None else given
    rule = criteria(str(changes.pop("criteria", "relief-and-stable")))
    return build_course(
        trial, evaluate(trial, rule, CATALOGUE), CATALOGUE, settings=settings(**changes)
    )


def diary_with(given: Diary, *more: DiaryDay, days: tuple[DiaryDay, ...] | None = None) -> Diary:
    """Return the same trial with further days, or with others."""
    return replace(given, days=(given.days if days is None else days) + more)
