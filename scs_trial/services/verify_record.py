"""Check that a record is whole: the chain, its guards, the file, signatures, printed anchors.

A cut tail, or a chain that somebody made anew, shows only against an anchor that was printed
before: the record is tamper-evident up to the last printed anchor, and no further.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from scs_trial.domain.anchor import Anchor
from scs_trial.domain.canonical import canonical
from scs_trial.domain.signature import Signature, faults_of
from scs_trial.errors import NotFoundError, UserError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.ports import AuditEntry, UnitOfWork
from scs_trial.services.session import Session

PROMISE = "The record is tamper-evident up to the last printed anchor."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked; ``text`` names no patient."""

    holds: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a check found."""

    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """True when everything holds."""
        return all(finding.holds for finding in self.findings)


@allowed(Action.VERIFY_RECORD)
def verify_record(session: Session, *, anchors: Sequence[Anchor] = ()) -> Verification:
    """Check the whole record; may take seconds. The check is noted in the audit trail."""
    findings = [*_chain(session), _file(session)]
    with session.reading() as work:
        findings += [_content(work), _signatures(work), *_anchors(work, anchors)]
    made = Verification(findings=tuple(findings))
    with session.writing() as work:
        work.audit.note(
            "verify",
            entity="record",
            entity_id="",
            new={"holds": made.holds, "anchors": [str(anchor) for anchor in anchors]},
        )
        work.commit()
    return made


def _chain(session: Session) -> Iterator[Finding]:
    state = session.records.chain_state()
    if state.broken_at is None:
        yield Finding(holds=True, text=f"Audit chain: all {state.rows} rows fit.")
    else:
        yield Finding(holds=False, text=f"Audit chain: broken at row {state.broken_at}.")
    off = ", ".join(state.guards_off)
    yield Finding(
        holds=not off,
        text=f"Guards: those of {off} were taken away or changed." if off else "Guards: all stand.",
    )


def _file(session: Session) -> Finding:
    try:
        session.records.check()
    except UserError as error:
        return Finding(holds=False, text=f"File: {error}")
    return Finding(holds=True, text="File: every page, its code and every link hold.")


def _content(work: UnitOfWork) -> Finding:
    """Compare each row, and each revision, with the change that the trail tells of it."""
    wrong = {f"{name} (rows that the trail does not tell)" for name in work.audit.unaudited()}
    checked = 0
    for entry in work.audit.latest_changes():
        checked += 1
        if not _stands(work, entry):
            wrong.add(f"{entry.entity} (audit row {entry.seq})")
    if wrong:
        return Finding(
            holds=False, text=f"Content: not as the audit trail tells: {', '.join(sorted(wrong))}."
        )
    return Finding(holds=True, text=f"Content: {checked} rows stand as the audit trail tells.")


def _stands(work: UnitOfWork, entry: AuditEntry) -> bool:
    told = json.loads(entry.new or "{}")
    try:
        standing = _standing(work, entry.entity, entry.entity_id, told)
    except (NotFoundError, ValueError, KeyError):
        return False
    if standing is None:
        return True
    held = json.loads(canonical(standing))
    return all(held.get(name) == value for name, value in told.items())


def _standing(work: UnitOfWork, entity: str, entity_id: str, told: dict[str, str]) -> object:
    """Return what stands now; None for what is checked elsewhere."""
    by_id: dict[str, Callable[[UUID], object]] = {
        "patient": work.patients.get,
        "trial": work.trials.get,
        "safety_event": work.safety.get,
        "import_run": work.imports.get,
    }
    if entity in by_id:
        return by_id[entity](UUID(entity_id))
    if entity == "check_in":
        history = work.check_ins.history(UUID(entity_id))
        return _found(held for held in history if str(held.revision) == told["revision"])
    if entity in _OF_THE_CLINIC:
        return _of_the_clinic(work, entity, entity_id, told)
    listed = _listed(work)
    if entity not in listed:
        return None
    for held in listed[entity](UUID(told["trial_id"])):
        whole = entity == "confirmation"  # it has no id of its own
        if json.loads(canonical(held)) == told if whole else _id_of(held) == entity_id:
            return held
    return _found(())


_OF_THE_CLINIC = ("account", "clinic_settings", "criteria_file", "record_info", "import_profile")


def _of_the_clinic(work: UnitOfWork, entity: str, entity_id: str, told: dict[str, str]) -> object:
    """Return what stands of the clinic's own rows; versions are compared with the trail's."""
    if entity == "account":
        return _found(held for held in work.accounts.all() if _id_of(held) == entity_id)
    if entity == "clinic_settings":
        return work.settings.get()
    if entity == "import_profile":
        return _found(held for held in work.imports.profiles() if held.name == entity_id)
    if entity == "criteria_file":
        return {**told, "text": work.settings.criteria_files().get(entity_id)}
    return {**told, "value": work.settings.record_info(entity_id)}


def _found(held: Iterable[object]) -> object:
    for first in held:
        return first
    raise NotFoundError("A row is not in the record any more.")


def _listed(work: UnitOfWork) -> dict[str, Callable[[UUID], Iterable[object]]]:
    notes, signatures = work.notes, work.signatures
    return {
        "call": lambda trial: notes.calls([trial]).get(trial, ()),
        "program_change": notes.programs,
        "medication": notes.medication,
        "confirmation": lambda trial: notes.confirmations([trial]).get(trial, ()),
        "decision": lambda trial: notes.decisions([trial]).get(trial, ()),
        "follow_up": notes.follow_ups,
        "signature": lambda trial: signatures.of_trials([trial]).get(trial, ()),
        "amendment": lambda trial: signatures.amendments([trial]).get(trial, ()),
    }


def _id_of(held: object) -> str:
    return str(getattr(held, "id", ""))


def _signatures(work: UnitOfWork) -> Finding:
    signatures = work.signatures.all()
    wrong = [text for signature in signatures for text in _faults(work, signature)]
    if wrong:
        return Finding(holds=False, text=f"Signatures: {'; '.join(wrong)}.")
    return Finding(holds=True, text=f"Signatures: all {len(signatures)} hold.")


def _faults(work: UnitOfWork, signature: Signature) -> Iterator[str]:
    name = f"signature {signature.digest[:16]}"
    for what in faults_of(signature, work.signatures.document(signature.id)):
        yield f"{name}: {what} is not what was signed"
    if work.audit.digest_at(signature.audit_seq) != signature.audit_digest:
        yield f"{name}: the audit trail is not the one that was signed"


def _anchors(work: UnitOfWork, anchors: Sequence[Anchor]) -> Iterator[Finding]:
    for anchor in anchors:
        if anchor.fits(work.audit.digest_at(anchor.seq)):
            yield Finding(
                holds=True,
                text=f"Anchor {anchor}: found. Nothing up to it was changed since it was printed.",
            )
        else:
            yield Finding(
                holds=False,
                text=f"Anchor {anchor}: not found. The record was cut back or made anew since it "
                "was printed, or the anchor is of another record.",
            )
