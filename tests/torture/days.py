"""Clock, time zone and summer time move no day.

What the civil day is comes from the C library's own tables (``time.localtime``), which take no part
in the program: it uses Python's.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from scs_trial.domain.check_in import CallAttempt, CallOutcome, HowObtained
from scs_trial.domain.clinic import AskAbout, ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError, FieldError
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, note_call, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.today import today_list
from tests.services.clinic import Clinic
from tests.torture.promise import Promise, Reached

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Auckland",
)
FIRST = date(2026, 1, 4)
"""The 400 days from here hold each zone's two changes of the clock."""
DAYS_OF_A_TRIAL = 25
PAIN = Series("pain_average")


def wrong_days(folder: Path, zone: str, *, days: int, first: date = FIRST) -> tuple[int, list[str]]:
    """Return how many check-ins were saved, and what went to a wrong trial day."""
    folder.mkdir(exist_ok=True)
    settings = ClinicSettings(zone=zone, ask_about=AskAbout.TODAY, days_off=frozenset())
    clinic = Clinic(folder, settings=settings, at=f"{first - timedelta(days=3)}T12:00")
    saved, wrong, trial = 0, [], None
    for number in range(days):
        day = first + timedelta(days=number)
        early, late = first_and_last_second(zone, day)
        if number % DAYS_OF_A_TRIAL == 0:
            trial = _new_trial(clinic, day - timedelta(days=1), at=early)
        at = late if number % 2 else early
        wrong += [f"{zone} {day} {fault}" for fault in _save(clinic, trial, day, at=at)]
        for moment in (early, late):
            clinic.clock.move_to(moment)
            listed = today_list(clinic.session)
            rows = [row for row in listed.rows if row.trial_id == trial.id]
            told = (listed.today, rows[0].day_number if rows else None)
            if told != (day, (day - trial.trial_start).days):
                wrong.append(f"{zone} {day} is listed as {told}")
        saved += 1
    clinic.session.records.close()
    return saved, wrong


def first_and_last_second(zone: str, day: date) -> tuple[datetime, datetime]:
    """Return the first and the last second of a civil day, by the C library's tables."""
    with _computer_in(zone):
        noon = int(time.mktime((day.year, day.month, day.day, 12, 0, 0, 0, 0, -1)))
        first, last = noon, noon
        for step in (3600, 900, 60, 1):
            while time.localtime(first - step)[:3] == (day.year, day.month, day.day):
                first -= step
            while time.localtime(last + step)[:3] == (day.year, day.month, day.day):
                last += step
    return datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(last, UTC)


@contextmanager
def _computer_in(zone: str):
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def _new_trial(clinic: Clinic, start: date, *, at: datetime) -> Trial:
    clinic.clock.move_to(at)
    patient = save_patient(clinic.session, Patient(id=uuid4(), name="Day, By", mrn=uuid4().hex[:8]))
    trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=start, planned_days=30)
    return save_trial(clinic.session, trial)


def _save(clinic: Clinic, trial: Trial, day: date, *, at: datetime):
    """Save the day's check-in at a moment of it; yield what is not as it should be."""
    clinic.clock.move_to(at)
    command = RecordCheckIn(
        id=uuid4(),
        trial_id=trial.id,
        day=day,
        phase=Phase.TRIAL,
        values={PAIN: Decimal(4)},
        how_obtained=HowObtained.PHONE,
    )
    tomorrow = replace(command, id=uuid4(), day=day + timedelta(days=1))
    try:
        record_check_in(clinic.session, tomorrow)
        yield "let the day after be entered"
    except FieldError:
        pass
    try:
        record_check_in(clinic.session, command)
    except (FieldError, ConflictError):
        yield "could not be entered"
        return
    note_call(
        clinic.session,
        CallAttempt(
            id=uuid4(),
            trial_id=trial.id,
            about_day=day,
            at=at,
            by=clinic.session.account.id,
            outcome=CallOutcome.NO_ANSWER,
        ),
    )
    with clinic.session.reading() as work:
        stored = work.check_ins.get(command.id)
    if (stored.day, stored.recorded_at) != (day, at):
        yield f"is stored as {stored.day} {stored.recorded_at}"


def run(size: int, seed: int, folder: Path) -> Reached:
    """Save check-ins at the edges of ``size`` days in each zone."""
    saved, wrong = 0, []
    for zone in ZONES:
        done, faults = wrong_days(folder / zone.replace("/", "-"), zone, days=size)
        saved, wrong = saved + done, wrong + faults
    return Reached(
        text=f"{size} days x {len(ZONES)} zones, {saved:,} check-ins at the first or last second"
        f" of their day: {len(wrong)} wrong trial days",
        held=saved == size * len(ZONES) and not wrong,
    )


PROMISE = Promise(
    name="days",
    words="clock, time zone, summer time do not move days",
    figure="400 days x 6 zones, 0 wrong trial days",
    full=400,
    short=6,
    run=run,
)
