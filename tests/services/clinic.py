"""A clinic with a real encrypted record and a clock that the test moves.

The placement date of every trial is Sunday 15 November 2026 unless given: day 1 is Monday 16.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from scs_trial.clock import FixedClock
from scs_trial.domain.check_in import CallAttempt, CallOutcome, CheckIn, HowObtained
from scs_trial.domain.clinic import ClinicSettings, Role
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.clinic_settings import clinic_settings
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, note_call, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.review_trial import TrialReview, reload_workspace
from scs_trial.services.session import Session
from scs_trial.services.today import Section, TodayRow, today_list
from tests.records import make_session

START = date(2026, 11, 15)
ZONE = "Europe/Berlin"


def day(number: int) -> date:
    """Return the date of a day number."""
    return START + timedelta(days=number)


def pain(value: str | int, **others: str | int) -> dict[Series, Decimal]:
    """Return values with an average pain, and others by code."""
    codes = {"pain_average": value, **others}
    return {Series(code): Decimal(str(given)) for code, given in codes.items()}


class Clinic:
    """Shortcuts for tests; everything goes through the services."""

    def __init__(
        self, folder: Path, *, settings: ClinicSettings | None = None, at: str = "2026-11-15T09:00"
    ) -> None:
        self.settings = settings or ClinicSettings(zone=ZONE)
        self.clock = FixedClock(self.instant(at))
        self.session = make_session(folder, clock=self.clock, settings=self.settings)

    def instant(self, local: str) -> datetime:
        """Return the instant of a clinic-local time."""
        return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(self.settings.zone))

    def at(self, local: str) -> Clinic:
        """Move the clock to a clinic-local time."""
        self.clock.move_to(self.instant(local))
        return self

    def on(self, number: int, time: str = "09:00") -> Clinic:
        """Move the clock to a time of a day number."""
        return self.at(f"{day(number)}T{time}")

    def as_role(self, *roles: Role) -> Session:
        """Return the session of the same person with other roles."""
        account = replace(self.session.account, roles=frozenset(roles))
        return replace(self.session, account=account)

    def patient(self, name: str = "Okafor, Grace", mrn: str = "", **fields: Any) -> Patient:
        """Register a patient."""
        return save_patient(
            self.session, Patient(id=uuid4(), name=name, mrn=mrn or uuid4().hex[:8], **fields)
        )

    def trial(self, patient: Patient | None = None, **fields: Any) -> Trial:
        """Set up a trial."""
        patient = patient or self.patient()
        given = {"trial_start": START, **fields}
        return save_trial(self.session, Trial(id=uuid4(), patient_id=patient.id, **given))

    def baseline(self, trial: Trial, *values: str | int) -> None:
        """Record baseline values, the last one on the day before placement."""
        for back, value in enumerate(reversed(values), start=1):
            self.check_in(trial, -back, pain(value), phase=Phase.BASELINE)

    def check_in(
        self,
        trial: Trial,
        number: int,
        values: dict[Series, Decimal] | None = None,
        *,
        phase: Phase = Phase.TRIAL,
        **fields: Any,
    ) -> CheckIn:
        """Record a check-in about a day number, now."""
        return record_check_in(self.session, command(trial, number, values, phase=phase, **fields))

    def call(self, trial: Trial, outcome: CallOutcome, *, about: int = 1, back: str = "") -> None:
        """Note a call, now."""
        note_call(
            self.session,
            CallAttempt(
                id=uuid4(),
                trial_id=trial.id,
                about_day=day(about),
                at=self.clock.now(),
                by=self.session.account.id,
                outcome=outcome,
                call_back_at=self.instant(back) if back else None,
            ),
        )

    def row(self, trial: Trial) -> TodayRow | None:
        """Return the trial's row outside the safety section."""
        rows = [
            row
            for row in today_list(self.session).rows
            if row.trial_id == trial.id and row.section is not Section.SAFETY
        ]
        assert len(rows) <= 1
        return rows[0] if rows else None

    def section(self, trial: Trial) -> Section | None:
        """Return the trial's section, or None where it is not on the list."""
        row = self.row(trial)
        return row.section if row else None

    def review(self, trial: Trial) -> TrialReview:
        """Return the trial's review."""
        patient_id = self.stored(trial).patient_id
        review = reload_workspace(self.session, patient_id, trial_id=trial.id).review
        assert review is not None
        return review

    def stored(self, trial: Trial) -> Trial:
        """Return the trial as it is stored now."""
        with self.session.reading() as work:
            return work.trials.get(trial.id)

    def change_settings(self, **changes: Any) -> None:
        """Change clinic settings without a use case's checks."""
        settings = replace(clinic_settings(self.session), **changes)
        with self.session.writing() as work:
            work.settings.save(settings)
            work.commit()

    def actions(self, patient_id: UUID) -> list[tuple[str, str]]:
        """Return action and entity of the patient's audit rows, oldest first."""
        with self.session.reading() as work:
            return [(row.action, row.entity) for row in work.audit.of_patient(patient_id)][::-1]


def command(
    trial: Trial,
    number: int,
    values: dict[Series, Decimal] | None = None,
    *,
    phase: Phase = Phase.TRIAL,
    **fields: Any,
) -> RecordCheckIn:
    """Return a filled form about a day number."""
    fields = {"id": uuid4(), "how_obtained": HowObtained.PHONE, **fields}
    return RecordCheckIn(
        trial_id=trial.id,
        day=day(number),
        phase=phase,
        values=pain(4) if values is None else values,
        **fields,
    )
