"""Adds an opioid to the medication list of a trial."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from scs_trial.domain.trial import MedicationEntry
from scs_trial.errors import FieldError
from scs_trial.services.manage_trial import record_medication
from scs_trial.services.session import Session
from scs_trial.ui.ledgers.entry import day, number, required
from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog
from scs_trial.ui.widgets.field_form import FieldKind, FieldSpec

_HIGHEST = 5000
_OTHER = "other"


def medication_entry(texts: Mapping[str, str], trial_id: UUID) -> MedicationEntry:
    """Return the line that the typed texts describe; raise ``FieldError`` for a faulty one."""
    amount = number(texts, "amount", high=_HIGHEST, required=True)
    if amount is None:
        raise FieldError("amount", f"Enter a number from 0 to {_HIGHEST}.")
    return MedicationEntry(
        id=uuid4(),
        trial_id=trial_id,
        drug=required(texts, "other", "its name") if texts["drug"] == _OTHER else texts["drug"],
        amount=amount,
        unit=texts["unit"],
        from_day=day(texts, "from_day"),
        to_day=day(texts, "to_day") if texts["to_day"] else None,
        note=texts["note"],
    )


def medication_dialog(
    session: Session, trial_id: UUID, parent: QWidget | None = None
) -> LedgerDialog:
    """Return the form for one opioid of a trial."""
    table = session.mme_table
    fields = (
        FieldSpec(
            name="drug",
            label="Opioid",
            kind=FieldKind.CHOICE,
            choices=(
                *((drug.id, drug.title) for drug in table.drugs.values()),
                (_OTHER, "Another one, named below"),
            ),
        ),
        FieldSpec(
            name="other",
            label="Another opioid",
            hint="It has no factor; the day's total is then incomplete, never a number",
        ),
        FieldSpec(name="amount", label="Amount in 24 hours"),
        FieldSpec(
            name="unit",
            label="in",
            kind=FieldKind.CHOICE,
            choices=(("mg", "mg a day"), ("mcg/h", "mcg/h (patch)")),
        ),
        FieldSpec(name="from_day", label="From", kind=FieldKind.DATE),
        FieldSpec(name="to_day", label="Until", kind=FieldKind.DATE, hint="Empty while it goes on"),
        FieldSpec(name="note", label="Note"),
    )

    def today() -> date:
        return session.clock.today(session.zone())

    def store(texts: Mapping[str, str]) -> None:
        record_medication(session, medication_entry(texts, trial_id))

    dialog = LedgerDialog(
        "medication",
        "Opioid medication",
        f"Converted by {table.title}, version {table.version}: an estimate, never for switching"
        " opioids.",
        fields=fields,
        store=store,
        today=today,
        parent=parent,
    )
    dialog.form.set_text("from_day", today().isoformat())
    return dialog
