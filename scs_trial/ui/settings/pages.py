"""The fields of the settings' pages."""

from __future__ import annotations

from collections.abc import Mapping

from scs_trial.domain.clinic import AskAbout
from scs_trial.domain.criteria import Criteria
from scs_trial.ui.widgets.field_form import FieldKind, FieldSpec

LETTERHEAD = (
    FieldSpec(name="clinic_name", label="Clinic"),
    FieldSpec(name="address", label="Address"),
    FieldSpec(name="telephone", label="Telephone"),
    FieldSpec(name="zone", label="Time zone", hint="e.g. Europe/Berlin; days follow it"),
)
CALLS = (
    FieldSpec(
        name="ask_about",
        label="A call asks about",
        kind=FieldKind.CHOICE,
        choices=((AskAbout.YESTERDAY, "yesterday"), (AskAbout.TODAY, "today")),
    ),
    FieldSpec(name="cut_off_hour", label="Overdue from", unit="o'clock"),
    FieldSpec(
        name="hide_earlier_values",
        label="Earlier values",
        kind=FieldKind.CHOICE,
        choices=(
            ("yes", "hidden until the score is typed (no leading the witness)"),
            ("no", "always shown"),
        ),
    ),
    FieldSpec(name="after_removal_call_days", label="Call after removal", unit="days later"),
    FieldSpec(
        name="idle_lock_minutes",
        label="Lock the screen after",
        unit="minutes",
        hint="1 to 30 without key or mouse; a call holds it for 20",
    ),
)


def criteria_choices(library: Mapping[str, Criteria]) -> tuple[tuple[str, str], ...]:
    """Return id and name of each rule that a new trial can use."""
    return tuple((item.id, f"{item.title} ({item.id} {item.version})") for item in library.values())


def criteria_fields(library: Mapping[str, Criteria]) -> tuple[FieldSpec, ...]:
    """Return the fields of the criteria page."""
    return (
        FieldSpec(
            name="default_criteria",
            label="Criteria",
            kind=FieldKind.CHOICE,
            choices=criteria_choices(library),
        ),
        FieldSpec(name="default_planned_days", label="Planned days", unit="days"),
    )
