"""Rows to entities and back, all in one place.

A column has its field's name; the fields of candidacy and procedure have theirs as a prefix.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from scs_trial.data.search_keys import fold, mrn_key, user_key
from scs_trial.domain.check_in import CallAttempt, CheckIn, SafetyAnswer, SafetyCheck
from scs_trial.domain.clinic import Account, AskAbout, ClinicSettings, Role
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent, SafetyItem, SafetyList, Urgency
from scs_trial.domain.trial import (
    Candidacy,
    ConfirmationAnswer,
    Decision,
    DecisionKind,
    FollowUp,
    MedicationEntry,
    PriorTreatment,
    Procedure,
    ProgramChange,
    TreatmentKind,
    Trial,
)
from scs_trial.services.ports import Draft

Values = dict[str, Any]
Held = Mapping[str, Any]
Entity = TypeVar("Entity")


def _names(kind: Any, *left_out: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in left_out)


_NESTED: dict[str, Any] = {"candidacy": Candidacy, "procedure": Procedure}
_NESTED_FIELDS = {prefix: _names(kind) for prefix, kind in _NESTED.items()}
_PATIENT = _names(Patient)
_TRIAL = _names(Trial, "candidacy", "procedure", "prior_treatments")
_CHECK_IN = _names(CheckIn, "id", "values", "safety")
_SAFETY = _names(SafetyCheck, "answers")
_CONFIRMATION = _names(ConfirmationAnswer)
_DECISION = _names(Decision)
_FLAT: dict[type, tuple[str, ...]] = {
    kind: _names(kind)
    for kind in (SafetyEvent, CallAttempt, ProgramChange, MedicationEntry, FollowUp, Draft)
}


def flat_values(entity: Any) -> Values:
    """Return the columns of an entity whose fields are columns as they are."""
    return {name: getattr(entity, name) for name in _FLAT[type(entity)]}


def flat_entity(kind: type[Entity], held: Held) -> Entity:
    """Return such an entity."""
    return kind(**{name: held[name] for name in _FLAT[kind]})


def patient_values(patient: Patient, *, changed_seq: int) -> Values:
    """Return the columns of a patient, derived ones included."""
    values = {name: getattr(patient, name) for name in _PATIENT}
    return values | {
        "name_key": fold(patient.name),
        "mrn_key": mrn_key(patient.mrn),
        "changed_seq": changed_seq,
    }


def patient_entity(held: Held) -> Patient:
    """Return the patient of a row."""
    return Patient(**{name: held[name] for name in _PATIENT})


def trial_values(trial: Trial, *, decided: bool) -> Values:
    """Return the columns of a trial, derived ones included."""
    values = {name: getattr(trial, name) for name in _TRIAL}
    for prefix, names in _NESTED_FIELDS.items():
        part = getattr(trial, prefix)
        values |= {f"{prefix}_{name}": getattr(part, name) for name in names}
    values["prior_treatments"] = json.dumps(
        [
            {"kind": rung.kind, "from_when": rung.from_when, "to_when": rung.to_when}
            | {"result": rung.result}
            for rung in trial.prior_treatments
        ],
        ensure_ascii=False,
    )
    return values | {
        "decided": decided,
        "in_work": in_work(trial, decided=decided),
        "over_on": _over_on(trial),
    }


def in_work(trial: Trial, *, decided: bool) -> bool:
    """Return whether the trial belongs to the lists of work."""
    closed = trial.trial_start is not None and trial.trial_ended is not None
    waiting = not closed or trial.awaiting_diary or not decided
    return waiting and not trial.entered_in_error


def closes(kind: DecisionKind) -> bool:
    """Return whether a decision of that kind takes a trial out of work."""
    return kind.closes_trial


def trial_entity(held: Held) -> Trial:
    """Return the trial of a row."""
    nested = {
        prefix: _NESTED[prefix](**{name: held[f"{prefix}_{name}"] for name in names})
        for prefix, names in _NESTED_FIELDS.items()
    }
    ladder = tuple(
        PriorTreatment(**{**rung, "kind": TreatmentKind(rung["kind"])})
        for rung in json.loads(held["prior_treatments"])
    )
    return Trial(**{name: held[name] for name in _TRIAL}, **nested, prior_treatments=ladder)


def _over_on(trial: Trial) -> date | None:
    removed = trial.lead_removed_at.date() if trial.lead_removed_at else None
    return max((day for day in (trial.trial_ended, removed) if day), default=None)


def check_in_values(check_in: CheckIn) -> Values:
    """Return the columns of where a check-in stands now."""
    return {
        "id": check_in.id,
        "trial_id": check_in.trial_id,
        "day": check_in.day,
        "phase": check_in.phase,
        "version": check_in.revision,
        "entered_in_error": check_in.entered_in_error,
    }


def revision_values(check_in: CheckIn) -> Values:
    """Return the columns of a revision, but for its number."""
    values = {name: getattr(check_in, name) for name in _CHECK_IN}
    values["check_in_id"] = check_in.id
    values["scores"] = len(check_in.values)
    values["safety_answers"] = len(check_in.safety.answers)
    for name in _SAFETY:
        values[name] = getattr(check_in.safety, name)
    return values


def score_values(check_in: CheckIn, revision_id: int) -> list[Values]:
    """Return the rows of the scores of a revision."""
    return [
        {
            "revision_id": revision_id,
            "measure": series.code,
            "item": series.item or "",
            "value": value,
        }
        for series, value in check_in.values.items()
    ]


def answer_values(check_in: CheckIn, revision_id: int) -> list[Values]:
    """Return the rows of the safety answers of a revision."""
    return [
        {
            "revision_id": revision_id,
            "position": position,
            "item_id": given.item_id,
            "answer": given.answer,
        }
        for position, given in enumerate(check_in.safety.answers)
    ]


def check_in_entity(
    held: Held, scores: Mapping[Series, Decimal], answers: tuple[SafetyAnswer, ...]
) -> CheckIn:
    """Return the check-in of a revision with its scores and answers."""
    safety = SafetyCheck(answers=answers, **{name: held[name] for name in _SAFETY})
    return CheckIn(
        id=held["check_in_id"],
        values=scores,
        safety=safety,
        **{name: held[name] for name in _CHECK_IN},
    )


def series_of(measure: str, item: str) -> Series:
    """Return the series of a score."""
    return Series(measure, item or None)


def answer_of(item_id: str, answer: int | None) -> SafetyAnswer:
    """Return the safety answer of a row as the database gives it."""
    return SafetyAnswer(item_id=item_id, answer=None if answer is None else bool(answer))


def confirmation_entity(held: Held) -> ConfirmationAnswer:
    """Return the answer of a row."""
    return ConfirmationAnswer(**{name: held[name] for name in _CONFIRMATION})


def confirmation_values(answer: ConfirmationAnswer) -> Values:
    """Return the columns of an answer, but for its id and number."""
    return {name: getattr(answer, name) for name in _CONFIRMATION}


def decision_values(decision: Decision) -> Values:
    """Return the columns of a decision; its version is called number there."""
    values = {name: getattr(decision, name) for name in _DECISION}
    values["number"] = values.pop("version")
    return values


def decision_entity(held: Held) -> Decision:
    """Return the decision of a row."""
    return Decision(
        version=held["number"], **{name: held[name] for name in _DECISION if name != "version"}
    )


def account_values(account: Account, *, version: int) -> Values:
    """Return the columns of an account."""
    return {
        "id": account.id,
        "user_name": account.user_name,
        "user_key": user_key(account.user_name),
        "display_name": account.display_name,
        "roles": tuple(sorted(account.roles)),
        "version": version,
    }


def account_entity(held: Held) -> Account:
    """Return the account of a row."""
    return Account(
        id=held["id"],
        user_name=held["user_name"],
        display_name=held["display_name"],
        roles=frozenset(Role(role) for role in held["roles"]),
    )


def settings_text(settings: ClinicSettings) -> str:
    """Return the settings as JSON text."""
    return json.dumps(asdict(settings), ensure_ascii=False, default=_json)


@lru_cache(maxsize=4)  # every reading asks, and they hardly ever change
def settings_entity(text: str) -> ClinicSettings:
    """Return the settings of such a text; fields that it lacks have their defaults."""
    held = json.loads(text)
    safety = held["safety"]
    approved = safety["approved_on"]
    safety["items"] = tuple(
        SafetyItem(**{**item, "urgency": Urgency(item["urgency"])}) for item in safety["items"]
    )
    safety["approved_on"] = date.fromisoformat(approved) if approved else None
    held["safety"] = SafetyList(**safety)
    held["ask_about"] = AskAbout(held["ask_about"])
    held["days_off"] = frozenset(held["days_off"])
    held["measures_asked"] = tuple(held["measures_asked"])
    return ClinicSettings(**held)


def _json(value: object) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
