"""A real record with the longest of everything, for pictures."""

import tempfile
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import uuid4

from scs_trial.assemble import first_settings
from scs_trial.clock import FixedClock
from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event
from tests.records import make_session
from tests.ui.demo_clinic import MORNING

LONG = ("Wolfeschlegelsteinhausenbergerdorff " * 6)[:200].strip()
REGIONS = ("left leg and foot", "right shoulder blade region")
PLANNED = 28
DONE = 24


@cache
def crowded_session():
    """Make the record; it is closed when the process ends."""
    folder = Path(tempfile.mkdtemp())
    session = make_session(folder, clock=FixedClock(MORNING), settings=first_settings("UTC"))
    patient = save_patient(
        session,
        Patient(id=uuid4(), name=LONG, mrn="M" * 60, telephones=("+1 555 0142",) * 3),
    )
    daily = tuple(code for code, measure in session.catalogue.items() if measure.asked == "daily")
    start = MORNING.date() - timedelta(days=DONE + 1)
    trial = save_trial(
        session,
        Trial(
            id=uuid4(),
            patient_id=patient.id,
            trial_start=start,
            target_region="low back",
            other_regions=REGIONS,
            planned_days=PLANNED,
            measures_asked=daily,
            goals=("Walk to the shop and back without a rest", "Sleep", "Garden"),
        ),
    )
    for number in range(-4, DONE + 1):
        if number == 0:
            continue
        _record(session, trial, start + timedelta(days=number), number)
    item = session.settings().safety.items[0]
    report_safety_event(
        session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=patient.id,
            trial_id=trial.id,
            item_id=item.id,
            finding=item.finding,
            urgency=item.urgency,
            description=LONG,
        ),
    )
    return session


def _record(session, trial, day, number):
    phase = Phase.BASELINE if number < 0 else Phase.TRIAL
    score = Decimal(8 if number < 0 else 2 + number % 4)
    values = {}
    for code in trial.measures_asked:
        if code == "pain_vas":
            continue
        measure = session.catalogue[code]
        value = min(max(score, measure.low), measure.high)
        regions = (None, *REGIONS) if measure.per_region else (None,)
        values |= {Series(code, region): value for region in regions}
    record_check_in(
        session,
        RecordCheckIn(
            id=uuid4(),
            trial_id=trial.id,
            day=day,
            phase=phase,
            values=values,
            how_obtained=HowObtained.PAPER_DIARY,
            note=LONG,
        ),
    )
