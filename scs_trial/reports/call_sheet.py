"""The call sheet: today's calls with empty boxes, for a nurse without the program at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from scs_trial.domain.asked import asked_series, asked_title
from scs_trial.domain.check_in import CallAttempt, CallOutcome
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.course_text import scale_text
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Asked, Catalogue
from scs_trial.reports.labels import NOT_DOCUMENTED, count_words, date_words, day_words, time_words
from scs_trial.reports.profile_types import Labelled
from scs_trial.reports.typeset import Paper, Printout, digest_of
from scs_trial.services.call_sheet import Call, CallSheet

TITLE = "Call sheet"
_OUTCOMES = {
    CallOutcome.REACHED: "reached",
    CallOutcome.NO_ANSWER: "no answer",
    CallOutcome.MESSAGE_LEFT: "message left",
    CallOutcome.CALL_BACK: "call back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBox:
    """One day to ask about with the names of its empty boxes."""

    title: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """One patient; ``alerts`` stand above everything else."""

    name: str
    born: str
    mrn: str
    reason: str
    alerts: tuple[str, ...]
    reach: tuple[Labelled, ...]
    days: tuple[CallBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallContent:
    """Every text of the sheet; ``safety`` are the questions to read aloud."""

    day: str
    clinic: str
    printed: str
    calls: tuple[CallEntry, ...]
    safety: tuple[str, ...]
    safety_version: str


def call_content(sheet: CallSheet, *, catalogue: Catalogue, printed_by: str) -> CallContent:
    """Return every text of the call sheet, patients in calling order."""
    settings = sheet.settings
    return CallContent(
        day=f"{day_words(sheet.at.date())} {sheet.at.year}",
        clinic=settings.clinic_name,
        printed=f"printed {time_words(sheet.at)} by {printed_by}",
        calls=tuple(_entry(call, sheet, catalogue) for call in sheet.calls),
        safety=tuple(item.question for item in settings.safety.items),
        safety_version=settings.safety.version,
    )


def call_printout(sheet: CallSheet, *, catalogue: Catalogue, printed_by: str) -> Printout:
    """Return the call sheet as something that can be previewed, printed and saved."""
    content = call_content(sheet, catalogue=catalogue, printed_by=printed_by)
    count = count_words(len(content.calls), "call")
    names = ", ".join(call.name for call in content.calls)
    return Printout(
        title=TITLE,
        file_stem="scs-trial-calls",
        description=f"{count} today{': ' if names else ''}{names}",
        template="calls.typ",
        printed_at=sheet.at,
        demo=sheet.demo,
        digest=digest_of(asdict(content)),
        data=partial(_data, content),
    )


def _data(content: CallContent, _paper: Paper) -> dict[str, object]:
    return asdict(content)


def _entry(call: Call, sheet: CallSheet, catalogue: Catalogue) -> CallEntry:
    patient = call.patient
    return CallEntry(
        name=patient.name,
        born=f"born {date_words(patient.birth_date)}",
        mrn=patient.mrn,
        reason=call.reason,
        alerts=tuple(f"Open: {finding}" for finding in call.open_findings),
        reach=tuple(_reach(call, sheet)),
        days=tuple(_day(call, day, sheet.settings, catalogue) for day in call.days),
    )


def _reach(call: Call, sheet: CallSheet) -> Iterator[Labelled]:
    patient = call.patient
    yield Labelled(label="Telephone", text=" · ".join(patient.telephones) or NOT_DOCUMENTED)
    yield Labelled(label="Best time", text=patient.best_time or NOT_DOCUMENTED)
    yield Labelled(label="Who may answer", text=patient.who_may_answer or NOT_DOCUMENTED)
    needs = " · ".join(text for text in (patient.language, patient.communication_needs) if text)
    if needs:
        yield Labelled(label="Language, needs", text=needs)
    if call.last_call is not None:
        yield Labelled(label="Last call", text=_last(call.last_call, sheet))


def _last(call: CallAttempt, sheet: CallSheet) -> str:
    zone = sheet.at.tzinfo
    words = f"{time_words(call.at.astimezone(zone))}, {_OUTCOMES[call.outcome]}"
    if call.call_back_at is not None:
        words += f" at {time_words(call.call_back_at.astimezone(zone))}"
    return words + (f": {call.note}" if call.note else "")


def _day(call: Call, day: date, settings: ClinicSettings, catalogue: Catalogue) -> CallBox:
    start = call.trial.trial_start
    number = f", day {(day - start).days}" if start is not None else ""
    asked = asked_series(
        call.trial,
        catalogue=catalogue,
        settings=settings,
        phase=Phase.TRIAL,
        programs=call.programs,
    )
    return CallBox(
        title=f"About {day_words(day)}{number}",
        boxes=tuple(
            _box(asked_title(series, catalogue[series.code], call.trial), catalogue, series.code)
            for series in asked
            if catalogue[series.code].asked is Asked.DAILY
        ),
    )


def _box(title: str, catalogue: Catalogue, code: str) -> str:
    measure = catalogue[code]
    return f"{title}, {measure.unit or scale_text(measure)}"
