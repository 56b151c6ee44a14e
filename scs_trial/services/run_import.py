"""Dry run and import of what the assistant prepared: one transaction, or nothing."""

from __future__ import annotations

from scs_trial.exchange.assistant.prepared import Context, Prepared
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.import_types import DryRun, ImportDone
from scs_trial.services.session import Session


@allowed(Action.IMPORT_DIARY)
def import_context(session: Session) -> Context:
    """Return what the assistant's engine may know of the record: today, and placement dates."""
    raise NotImplementedError


@allowed(Action.IMPORT_DIARY)
def dry_run(session: Session, prepared: Prepared, *, criteria_id: str | None = None) -> DryRun:
    """Return what an import would do, without writing anything.

    Parameters
    ----------
    session
        Who asks, on which record.
    prepared
        What the file holds, from `assess.assess`.
    criteria_id
        Criteria of new trials; the clinic's default where it is None.
    """
    raise NotImplementedError


@allowed(Action.IMPORT_DIARY)
def run_import(
    session: Session,
    prepared: Prepared,
    *,
    skip_faulty: bool = False,
    apply_changes: bool = False,
    criteria_id: str | None = None,
) -> ImportDone:
    """Import in one transaction, with the audit rows and the record of the import.

    Parameters
    ----------
    session
        Who imports, into which record.
    prepared
        What the file holds, from `assess.assess`.
    skip_faulty
        Leave the faulty rows out; the record says which.
    apply_changes
        Give days that the record holds with other answers a new revision. Only the series and the
        note that the file holds change.
    criteria_id
        Criteria of new trials; the clinic's default where it is None.

    Raises
    ------
    InputError
        Rows are rejected, or days would change, and that was not chosen; nothing was imported.
    """
    raise NotImplementedError
