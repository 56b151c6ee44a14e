"""REDCap: which fields an export has, and the data dictionary that declares them.

One record for each patient; the patient's trials are arms 1, 2, ... by placement date. Each arm has
the events baseline and trial; what is said of the trial stands in the form ``trial_setup`` of its
baseline event, each check-in is one instance of the repeating form ``daily_checkin``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from scs_trial.domain.diary import EndReason
from scs_trial.domain.measures import Measure
from scs_trial.exchange.diary_cells import MAX_PLANNED_DAYS, guarded
from scs_trial.exchange.export_model import ExportModel

RECORD = "record_id"
EVENT = "redcap_event_name"
INSTRUMENT = "redcap_repeat_instrument"
INSTANCE = "redcap_repeat_instance"
KEYS = (RECORD, EVENT, INSTRUMENT, INSTANCE)
SETUP = "trial_setup"
CHECK_IN = "daily_checkin"
COMPLETE = "2"
DICTIONARY_COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
"""Heads of a data dictionary, in REDCap's fixed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line of the dictionary."""

    name: str
    form: str
    label: str
    kind: str = "text"
    choices: str = ""
    note: str = ""
    validation: str = ""
    low: str = ""
    high: str = ""
    identifier: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What varies from export to export.

    Attributes
    ----------
    measures
        Measures that any check-in holds, in the order of the catalogue.
    regions, confirmations
        The most regions and confirmations that one trial names.
    """

    measures: tuple[Measure, ...]
    regions: int
    confirmations: int

    def score_fields(self) -> Iterator[tuple[str, Measure, int]]:
        """Yield field name, measure and number of the region; 0 is the target region."""
        for measure in self.measures:
            yield measure.code, measure, 0
            if measure.per_region:
                for number in range(1, self.regions + 1):
                    yield region_field(measure.code, number), measure, number


def layout_of(model: ExportModel) -> Layout:
    """Return the layout that holds every value of an export."""
    diaries = [one.diary for one in model.trials]
    series = {held for diary in diaries for day in diary.days for held in day.values}
    codes = {held.code for held in series}
    items = [{held.item for day in diary.days for held in day.values} for diary in diaries]
    return Layout(
        measures=tuple(measure for code, measure in model.catalogue.items() if code in codes),
        regions=max((len(found - {None}) for found in items), default=0),
        confirmations=max((len(diary.confirmations) for diary in diaries), default=0),
    )


def region_field(code: str, number: int) -> str:
    """Return the field of a measure for one of the other regions."""
    return f"{code}_r{number}"


def fields_of(layout: Layout, *, pseudonymised: bool) -> tuple[Field, ...]:
    """Return every field in the order of dictionary and data."""
    record = Field(
        name=RECORD, form=SETUP, label="Patient", identifier=not pseudonymised, required=True
    )
    return (record, *_setup_fields(layout), *_check_in_fields(layout))


def write_dictionary(layout: Layout, *, pseudonymised: bool) -> str:
    """Return the data dictionary as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(DICTIONARY_COLUMNS)
    for field in fields_of(layout, pseudonymised=pseudonymised):
        line = (
            *(field.name, field.form, "", field.kind, field.label, field.choices, field.note),
            *(field.validation, field.low, field.high, "y" if field.identifier else "", ""),
            *("y" if field.required else "", "", "", "", "", ""),
        )
        writer.writerow([guarded(cell) if field.low != cell else cell for cell in line])
    return out.getvalue()


def _setup_fields(layout: Layout) -> Iterator[Field]:
    yield _day("trial_start", SETUP, "Placement of the trial leads", required=True)
    yield Field(
        name="planned_days",
        form=SETUP,
        label="Last planned day",
        validation="integer",
        low="1",
        high=str(MAX_PLANNED_DAYS),
    )
    yield _day("trial_ended", SETUP, "Last full day of the trial")
    reasons = " | ".join(f"{reason}, {reason.replace('_', ' ')}" for reason in EndReason)
    yield Field(
        name="end_reason", form=SETUP, label="Why it ended", kind="dropdown", choices=reasons
    )
    yield Field(name="awaiting_diary", form=SETUP, label="A diary is awaited", kind="yesno")
    yield Field(name="pain_measure", form=SETUP, label="Pain measure of the trial")
    for number in range(1, layout.regions + 1):
        yield Field(name=f"region_{number}", form=SETUP, label=f"Other pain region {number}")
    for number in range(1, layout.confirmations + 1):
        yield Field(name=f"confirmed_{number}_name", form=SETUP, label=f"Confirmation {number}")
        label = f"Answer to confirmation {number}"
        yield Field(name=f"confirmed_{number}", form=SETUP, label=label, kind="yesno")


def _check_in_fields(layout: Layout) -> Iterator[Field]:
    yield _day("checkin_date", CHECK_IN, "Day that the answers are about", required=True)
    yield Field(name="missed", form=CHECK_IN, label="Declared missed", kind="yesno")
    yield Field(name="stimulation_off", form=CHECK_IN, label="Stimulation was off", kind="yesno")
    yield Field(name="program", form=CHECK_IN, label="Program")
    yield Field(
        name="recorded_at",
        form=CHECK_IN,
        label="Recorded at (clinic's local time)",
        validation="datetime_seconds_ymd",
    )
    yield Field(name="note", form=CHECK_IN, label="Note", kind="notes", identifier=True)
    for name, measure, number in layout.score_fields():
        region = f", region {number}" if number else ""
        yield Field(
            name=name,
            form=CHECK_IN,
            label=f"{measure.title}{region}",
            note=measure.unit,
            validation="number",
            low=str(measure.low),
            high=str(measure.high),
        )


def _day(name: str, form: str, label: str, *, required: bool = False) -> Field:
    return Field(name=name, form=form, label=label, validation="date_ymd", required=required)
