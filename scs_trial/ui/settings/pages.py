"""The fields of the settings' pages."""

from __future__ import annotations

from collections.abc import Mapping

from scs_trial.domain.clinic import AskAbout
from scs_trial.domain.criteria import Criteria
from scs_trial.ui.widgets.field_form import Field, FieldKind

LETTERHEAD = (
    Field(name="clinic_name", label="Clinic"),
    Field(name="address", label="Address"),
    Field(name="telephone", label="Telephone"),
    Field(name="zone", label="Time zone", hint="e.g. Europe/Berlin; days follow it"),
)
CALLS = (
    Field(
        name="ask_about",
        label="A call asks about",
        kind=FieldKind.CHOICE,
        choices=((AskAbout.YESTERDAY, "yesterday"), (AskAbout.TODAY, "today")),
    ),
    Field(name="cut_off_hour", label="Overdue from", unit="o'clock"),
    Field(
        name="hide_earlier_values",
        label="Earlier values",
        kind=FieldKind.CHOICE,
        choices=(
            ("yes", "hidden until the score is typed (no leading the witness)"),
            ("no", "always shown"),
        ),
    ),
    Field(name="after_removal_call_days", label="Call after removal", unit="days later"),
)


def criteria_fields(library: Mapping[str, Criteria]) -> tuple[Field, ...]:
    """Return the fields of the criteria page."""
    return (
        Field(
            name="default_criteria",
            label="Criteria",
            kind=FieldKind.CHOICE,
            choices=tuple((item.id, f"{item.title} ({item.version})") for item in library.values()),
        ),
        Field(name="default_planned_days", label="Planned days", unit="days"),
    )
