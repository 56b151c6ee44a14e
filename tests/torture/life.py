"""A life at a workstation, lived in a process of its own until it is killed.

It registers a patient, and then saves, corrects, signs and backs up through the shipped services,
saying each thing as it begins and once it is done. What it says counts from then on.
"""

from __future__ import annotations

import itertools
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from scs_trial.clock import FixedClock
from scs_trial.data.backup import BackupFolder, Plan, folder_of
from scs_trial.data.unit_of_work import SqlUnitOfWork
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.check_in import HowObtained, SafetyAnswer, SafetyCheck
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.keep_draft import keep_draft
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, correct_check_in, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import sign_check_ins
from tests.data import children
from tests.records import PASSWORD, options, session_on

PLACED = date(2026, 3, 2)
LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)
BETWEEN_LIVES = timedelta(hours=6)
"""So that older backups are thinned as they are in a clinic."""
TOO_EARLY = "acknowledged before the commit"
NO_TRANSACTION = "no transaction"
"""Protections that a test takes away in the process that is killed."""
_taken_away: set[str] = set()
ACTS = ("save", "sign", "back up")
SCORES = {
    Series("pain_average"): Decimal("4.5"),
    Series("pain_worst"): Decimal(7),
    Series("walking_minutes"): Decimal(25),
}
ANSWERS = SafetyCheck(
    answers=(SafetyAnswer(item_id="fever", answer=False), SafetyAnswer(item_id="rash", answer=None))
)


def live(say: children.Say, path: Path, number: int, act: str, planted: str = "") -> None:
    """Do ``act`` for ever, with what it needs before it."""
    PLANTS[planted]()
    opened = children.open_record(path, "anna", PASSWORD, options=options(_clock(number)))
    session = session_on(opened.records, opened.account, clock=_clock(number))
    trial = _set_up(session, number)
    signed: list[tuple[UUID, int]] = []
    for day in itertools.count(1):
        if act == "back up":
            _back_up(say, session, number, day)
            continue
        if act == "sign":
            stored = _save(lambda _: None, session, trial, day)
            signed.append((stored.id, stored.revision))
            _sign(say, session, trial, signed)
            continue
        _save(say, session, trial, day)


def _clock(number: int) -> FixedClock:
    return FixedClock(LATER + number * BETWEEN_LIVES)


def _set_up(session: Session, number: int) -> Trial:
    mrn = f"{number} {uuid4().hex[:6]}"
    patient = save_patient(session, Patient(id=uuid4(), name="Kill, Life", mrn=mrn))
    trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=PLACED)
    return save_trial(session, trial)


def _save(say: children.Say, session: Session, trial: Trial, day: int):
    """Save the check-in of a day, then correct it; one is the draft's, one the revision's."""
    command = RecordCheckIn(
        id=uuid4(),
        trial_id=trial.id,
        day=PLACED + timedelta(days=day),
        phase=Phase.TRIAL,
        values=SCORES,
        how_obtained=HowObtained.PHONE,
        safety=ANSWERS,
        note="n" * 200,
        draft_key=f"check_in:{day}",
    )
    keep_draft(session, key=command.draft_key, patient_id=trial.patient_id, payload="{}")
    say(("begins", "save"))
    if TOO_EARLY in _taken_away:
        say(("save", command.id, 1))
        time.sleep(0.05)
    stored = record_check_in(session, command)
    say(("save", stored.id, 1))
    say(("begins", "save"))
    stored = correct_check_in(session, command, revision=1, reason="misheard")
    say(("save", stored.id, 2))
    return stored


def _sign(say: children.Say, session: Session, trial: Trial, check_ins) -> None:
    def check(user_name: str, password: str) -> None:
        assert (user_name, password) == ("anna", PASSWORD)

    say(("begins", "sign"))
    for made in sign_check_ins(session, trial.id, check_ins, password=PASSWORD, check=check):
        say(("sign", made.id, made.content_digest))


def _back_up(say: children.Say, session: Session, number: int, minute: int) -> None:
    keys = session.records.keys
    at = _clock(number).now() + timedelta(minutes=minute)
    plan = Plan(at=at, reason=BackupReason.CHANGED, zone=ZoneInfo("UTC"))
    folder = BackupFolder(folder_of(keys.path), stem=keys.path.stem)
    say(("begins", "back up"))
    made = folder.make(keys.path, keys.data_key, plan).backup
    say(("back up", made.name, made.sha256))


def _write_without_a_transaction() -> None:
    begin = SqlUnitOfWork.__enter__

    def enter(self):
        begin(self)
        if self._writer is not None:  # from here on each statement is a commit of its own
            self._connection.connection.driver_connection.execute("COMMIT")
        return self

    SqlUnitOfWork.__enter__ = enter


PLANTS = {
    "": lambda: None,
    TOO_EARLY: lambda: _taken_away.add(TOO_EARLY),
    NO_TRANSACTION: _write_without_a_transaction,
}
