"""A clinic at work on one record through the shipped services, told step by step by the harness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from scs_trial.clock import FixedClock
from scs_trial.data.open import open_record
from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.signature import Meaning
from scs_trial.domain.trial import Trial
from scs_trial.errors import UserError
from scs_trial.safekeeper import kept_session
from scs_trial.services.keep_draft import keep_draft
from scs_trial.services.log_in import DoorEvent, note_door
from scs_trial.services.record_check_in import RecordCheckIn, record_check_in
from scs_trial.services.review_trial import reload_workspace
from scs_trial.services.safekeeping import back_up
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import SignDecision, sign_check_ins, sign_decision
from scs_trial.services.signed_content import content_digest
from tests.records import PASSWORD, options
from tests.services.clinic import ZONE, command, pain

NOW = datetime(2028, 1, 10, 9, 0, tzinfo=ZoneInfo(ZONE))
"""Long after the days that are recorded, so that a trial that runs takes any of them."""
PAGE = b"%PDF-1.7 a signed page"
Say = Callable[[str, str], None]
"""Told what was acknowledged: its kind and which."""


def nobody(_kind: str, _which: str) -> None:
    """Listen to nothing."""


def check_in_id(number: int) -> UUID:
    """Return the id of the check-in of a day number."""
    return uuid5(NAMESPACE_OID, f"check-in {number}")


def form(trial: Trial, number: int) -> RecordCheckIn:
    """Return the filled form about a day number; what it holds follows from the number."""
    return command(
        trial,
        number,
        pain(number % 11),
        id=check_in_id(number),
        note=f"what day {number} was like. " * 20,
        draft_key=f"check_in:{number}",
    )


def whole(check_in: CheckIn, trial: Trial, number: int) -> bool:
    """Return whether a stored check-in holds what its form held."""
    sent = form(trial, number)
    return (check_in.day, dict(check_in.values), check_in.note) == (
        sent.day,
        dict(sent.values),
        sent.note,
    )


def refuse_wrong(user_name: str, password: str) -> None:
    """Check the signer's password as the log-in does, without its files."""
    if (user_name, password) != ("anna", PASSWORD):
        raise UserError("The password is wrong.", "Try again.")


class Desk:
    """One running program on one record.

    Parameters
    ----------
    path
        The record.
    say
        Told everything that was acknowledged.
    too_early
        As a planted fault, acknowledge before the service has done it.
    """

    def __init__(self, path: Path, say: Say = nobody, *, too_early: bool = False) -> None:
        self.path = path
        self.clock = FixedClock(NOW)
        self._say = say
        self._too_early = too_early
        self.saved: set[int] = set()
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session of the open record."""
        assert self._session is not None
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether the record is open."""
        return self._session is not None

    def open(self) -> None:
        """Open the record and note who came in, as the log-in does."""
        opened = open_record(self.path, "anna", PASSWORD, options=options(self.clock))
        self._session = kept_session(opened.records, opened.account, clock=self.clock)
        try:
            note_door(self._session, DoorEvent.LOG_IN)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the record."""
        session, self._session = self._session, None
        if session is not None:
            session.records.close()

    def acknowledge(self, kind: str, which: object, do: Callable[[], object]) -> None:
        """Do something and say so."""
        if self._too_early:
            self._say(kind, str(which))
        done = do()
        self._say(kind, str(done if which is None else which))

    def save(self, number: int) -> None:
        """Keep a draft and save the check-in of a day number."""
        trial = self.running()

        def do() -> None:
            keep_draft(self.session, key=f"check_in:{number}", patient_id=None, payload="{}")
            record_check_in(self.session, form(trial, number))

        self.acknowledge("check_in", number, do)
        self.saved.add(number)

    def sign_check_in(self, number: int) -> None:
        """Sign the check-in of a day number as reviewed."""
        trial = self.running()

        def do() -> UUID:
            revision = self._check_in(trial, number).revision
            (made,) = sign_check_ins(
                self.session,
                trial.id,
                [(check_in_id(number), revision)],
                password=PASSWORD,
                check=refuse_wrong,
            )
            return made.id

        self.acknowledge("signature", None, do)

    def sign_decision(self) -> None:
        """Sign the trial that has ended."""
        trial = self.ended()

        def do() -> UUID:
            review = reload_workspace(self.session, trial.patient_id, trial_id=trial.id).review
            assert review is not None
            signing = SignDecision(
                trial_id=trial.id,
                meaning=Meaning.APPROVED,
                content_digest=content_digest(review),
                password=PASSWORD,
            )
            return sign_decision(
                self.session, signing, check=refuse_wrong, set_page=lambda _: PAGE
            ).id

        self.acknowledge("signature", None, do)

    def back_up(self) -> None:
        """Make a backup on demand."""
        self.acknowledge("backup", None, lambda: back_up(self.session).backup.name)

    def running(self) -> Trial:
        """Return the trial that runs."""
        return next(trial for trial in self._trials() if trial.trial_ended is None)

    def ended(self) -> Trial:
        """Return the trial that has ended."""
        return next(trial for trial in self._trials() if trial.trial_ended is not None)

    def _trials(self) -> list[Trial]:
        with self.session.reading() as work:
            return [
                trial
                for patient in work.patients.recent()
                for trial in work.trials.of_patient(patient.id)
            ]

    def _check_in(self, trial: Trial, number: int) -> CheckIn:
        with self.session.reading() as work:
            return work.check_ins.get(check_in_id(number))
