"""Adds a line to the program ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from scs_trial.domain.trial import ProgramChange
from scs_trial.services.local_time import local_now
from scs_trial.services.manage_trial import change_program
from scs_trial.services.session import Session
from scs_trial.ui.ledgers.entry import clock_time, day, number, required
from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog
from scs_trial.ui.widgets.field_form import FieldKind, FieldSpec

_SENSATION = {"": None, "yes": True, "no": False}
_FIELDS = (
    FieldSpec(name="day", label="From", kind=FieldKind.DATE),
    FieldSpec(name="time", label="Time", hint="e.g. 10:15"),
    FieldSpec(name="name", label="Program", hint="Short name, e.g. P2 burst"),
    FieldSpec(name="waveform", label="Waveform", hint="e.g. tonic, burst, high frequency"),
    FieldSpec(name="amplitude", label="Amplitude"),
    FieldSpec(
        name="amplitude_unit",
        label="in",
        kind=FieldKind.CHOICE,
        choices=(("mA", "mA"), ("V", "V")),
    ),
    FieldSpec(name="pulse_width_us", label="Pulse width", unit="µs"),
    FieldSpec(name="frequency_hz", label="Frequency", unit="Hz"),
    FieldSpec(
        name="paresthesia",
        label="Sensation",
        kind=FieldKind.CHOICE,
        choices=(("", "Not documented"), ("yes", "Paresthesia"), ("no", "Sub-perception")),
    ),
    FieldSpec(name="by", label="Changed by"),
    FieldSpec(name="reason", label="Reason"),
)


def program_change(texts: Mapping[str, str], trial_id: UUID) -> ProgramChange:
    """Return the line that the typed texts describe; raise ``FieldError`` for a faulty one."""
    from_day = day(texts, "day")
    return ProgramChange(
        id=uuid4(),
        trial_id=trial_id,
        from_when=clock_time(texts, "time", on=from_day),
        by=required(texts, "by", "who changed the program"),
        name=required(texts, "name", "the program's name"),
        waveform=texts["waveform"],
        amplitude=number(texts, "amplitude", high=100),
        amplitude_unit=texts["amplitude_unit"],
        pulse_width_us=number(texts, "pulse_width_us", high=5000),
        frequency_hz=number(texts, "frequency_hz", high=20000),
        paresthesia=_SENSATION[texts["paresthesia"]],
        reason=texts["reason"],
    )


def program_dialog(session: Session, trial_id: UUID, parent: QWidget | None = None) -> LedgerDialog:
    """Return the form for a program change of a trial."""

    def now() -> datetime:
        return local_now(session.clock, session.zone())

    def today() -> date:
        return now().date()

    def store(texts: Mapping[str, str]) -> None:
        change_program(session, program_change(texts, trial_id))

    dialog = LedgerDialog(
        "program",
        "Program change",
        "From then on the days belong to this program. The program describes; it recommends no"
        " settings.",
        fields=_FIELDS,
        store=store,
        today=today,
        parent=parent,
    )
    dialog.form.set_text("day", today().isoformat())
    dialog.form.set_text("time", now().strftime("%H:%M"))
    dialog.form.set_text("by", session.account.display_name)
    return dialog
