"""The clinic's own settings: letterhead, measures, days, safety list, criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from scs_trial.clock import time_zone
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.criteria_library import MAX_BYTES
from scs_trial.domain.safety import SafetyList
from scs_trial.errors import FieldError
from scs_trial.services.authorize import Action, allowed, authorize
from scs_trial.services.session import Session
from scs_trial.services.trial_rules import planned_days_faults
from scs_trial.services.validation import MAX_WORDS, refuse, require_reason, text_faults

_LAST_HOUR = 23
_WEEKDAYS = frozenset(range(1, 8))
_AFTER_REMOVAL_DAYS = 14
_LONGEST_IDLE = 30


@allowed(Action.READ_SETTINGS)
def clinic_settings(session: Session) -> ClinicSettings:
    """Return the settings in force."""
    return session.settings()


@allowed(Action.READ_SETTINGS)
def save_settings(session: Session, settings: ClinicSettings, *, reason: str = "") -> None:
    """Replace the settings (administrators; the safety list needs a clinician).

    Raises
    ------
    AccessDeniedError
        A part was changed that the account may not change.
    FieldError, InputError
        Settings that can't be.
    """
    with session.writing() as work:
        before = work.settings.get()
        if settings == before:
            return
        if settings.safety != before.safety:
            authorize(session.account, Action.EDIT_SAFETY_LIST)
            refuse(_safety_faults(settings.safety))
        if _without_safety(settings) != _without_safety(before):
            authorize(session.account, Action.EDIT_SETTINGS)
        refuse(_faults(session, settings))
        time_zone(settings.zone)
        work.settings.save(settings, reason=reason)
        work.commit()


@allowed(Action.EDIT_CRITERIA)
def save_criteria(session: Session, *, file_name: str, text: str, reason: str) -> None:
    """Add or replace one of the clinic's own criteria files; faults are refused, all at once.

    Trials that have begun keep the text that was fixed to them. The session offers the criteria
    from then on.
    """
    reason = require_reason(reason)
    name = PurePath(file_name).name
    if not name.endswith(".toml") or name != file_name:
        raise FieldError("file_name", "A criteria file is named like my-clinic.toml.")
    if len(text.encode()) > MAX_BYTES:
        raise FieldError("text", f"The file is larger than {MAX_BYTES // 1024} KB.")
    reading = read_criteria(text, file_name=name, catalogue=session.catalogue)
    refuse(FieldError("text", str(fault)) for fault in reading.faults)
    with session.writing() as work:
        others = {key: held for key, held in work.settings.criteria_files().items() if key != name}
        own = {
            found.id
            for key, held in others.items()
            if (found := read_criteria(held, file_name=key, catalogue=session.catalogue).criteria)
        }
        if reading.criteria is not None and reading.criteria.id in own:
            raise FieldError("text", "Another file of the clinic has these criteria's id.")
        work.settings.save_criteria_file(name, text, reason=reason)
        work.commit()
    if reading.criteria is not None:
        session.learn(reading.criteria, text)


@allowed(Action.READ_SETTINGS)
def own_criteria_files(session: Session) -> Mapping[str, str]:
    """Return the text of each of the clinic's own criteria files, by file name."""
    with session.reading() as work:
        return work.settings.criteria_files()


def _without_safety(settings: ClinicSettings) -> ClinicSettings:
    return replace(settings, safety=SafetyList(version="", items=()))


def _safety_faults(safety: SafetyList) -> list[FieldError]:
    """Return why these questions can't be asked; an id names one question for ever."""
    faults = []
    if len({item.id for item in safety.items}) < len(safety.items):
        faults.append(FieldError("safety", "Two safety questions have the same id."))
    if not all(item.question.strip() and item.finding.strip() for item in safety.items):
        faults.append(
            FieldError("safety", "Each safety question needs its words and its name in lists.")
        )
    return faults


def _folder_faults(field: str, text: str) -> list[FieldError]:
    if text and not Path(text).is_absolute():
        return [FieldError(field, "Give the whole path of the folder, or leave it empty.")]
    return list(text_faults(field, text, limit=MAX_WORDS))


def _faults(session: Session, settings: ClinicSettings) -> list[FieldError]:
    faults = [
        *text_faults("clinic_name", settings.clinic_name),
        *text_faults("address", settings.address, limit=MAX_WORDS, lines=True),
        *text_faults("telephone", settings.telephone),
        *_folder_faults("second_backup_folder", settings.second_backup_folder),
        *_folder_faults("snapshot_folder", settings.snapshot_folder),
    ]
    if not 0 <= settings.cut_off_hour <= _LAST_HOUR:
        faults.append(FieldError("cut_off_hour", "The cut-off hour lies between 0 and 23."))
    if not settings.days_off < _WEEKDAYS:
        faults.append(FieldError("days_off", "At least one weekday has calls."))
    if not 0 <= settings.after_removal_call_days <= _AFTER_REMOVAL_DAYS:
        faults.append(
            FieldError("after_removal_call_days", "The call is due within 14 days after removal.")
        )
    if not 1 <= settings.idle_lock_minutes <= _LONGEST_IDLE:
        faults.append(FieldError("idle_lock_minutes", "The screen locks after 1 to 30 minutes."))
    unknown = [code for code in settings.measures_asked if code not in session.catalogue]
    faults += [FieldError("measures_asked", f"There is no measure {code!r}.") for code in unknown]
    if settings.default_criteria not in session.library:
        faults.append(FieldError("default_criteria", "There are no such criteria."))
    return faults + planned_days_faults(settings.default_planned_days)
