"""A synthetic trial for the forms' tests, without a record behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.domain.trial import Trial
from scs_trial.paths import resources
from scs_trial.ui.check_in.about import Subject
from scs_trial.ui.check_in.form import CheckInForm

CATALOGUE = load_catalogue(resources("measures.toml").read_text(encoding="utf-8"))
PLACED = date(2026, 11, 15)
NOW = datetime.fromisoformat("2026-11-21T09:41")
FORM_ID = UUID(int=9)
FRIDAY = date(2026, 11, 20)
THURSDAY = date(2026, 11, 19)
AT = datetime(2026, 11, 21, 9, 41, tzinfo=UTC)

PAIN, WORST, LEAST = Series("pain_average"), Series("pain_worst"), Series("pain_least")
LEG = Series("pain_average", "left leg")
ACTIVITY, WALKING, SLEEP, MME = (
    Series("activity_score"),
    Series("walking_minutes"),
    Series("sleep_hours"),
    Series("mme"),
)

QUESTIONS = SafetyList(
    version="2026.1",
    items=tuple(
        SafetyItem(id=key, question=f"New {key}?", finding=key, urgency=urgency, says="")
        for key, urgency in [
            ("weakness", Urgency.EMERGENCY),
            ("fever", Urgency.URGENT),
            ("headache", Urgency.SAME_DAY),
            ("stimulation_lost", Urgency.SAME_DAY),
            ("rash", Urgency.ROUTINE),
            ("device", Urgency.SAME_DAY),
            ("blood_thinner", Urgency.SAME_DAY),
            ("other", Urgency.NOTE),
        ]
    ),
)
SETTINGS = ClinicSettings(zone="Europe/Berlin", safety=QUESTIONS)
MEASURES = (
    "pain_average",
    "pain_worst",
    "pain_least",
    "activity_score",
    "walking_minutes",
    "sleep_hours",
    "mme",
)
PATIENT = Patient(
    id=UUID(int=1),
    name="Lindqvist, Per",
    mrn="104901",
    birth_date=date(1960, 3, 4),
    telephones=("+1 555 0142",),
)
TRIAL = Trial(
    id=UUID(int=2),
    patient_id=PATIENT.id,
    trial_start=PLACED,
    target_region="low back",
    measures_asked=MEASURES,
)


def check_in(day, values=None, *, phase=Phase.TRIAL, **fields):
    """A check-in on record."""
    return CheckIn(
        id=uuid4(),
        trial_id=TRIAL.id,
        day=day,
        phase=phase,
        values={series: Decimal(str(value)) for series, value in (values or {}).items()},
        recorded_at=AT - timedelta(days=1),
        **fields,
    )


THURSDAY_VALUES = {PAIN: 3, WORST: 4, LEAST: 2, ACTIVITY: 6, WALKING: 35, SLEEP: "6.5", MME: 15}


def subject(*, trial=TRIAL, settings=SETTINGS, check_ins=None, programs=(), now=NOW):
    """What a form knows; Thursday is on record unless told otherwise."""
    if check_ins is None:
        check_ins = (check_in(THURSDAY, THURSDAY_VALUES, program="P2 burst"),)
    return Subject(
        patient=PATIENT,
        trial=trial,
        settings=settings,
        catalogue=CATALOGUE,
        check_ins=tuple(check_ins),
        programs=tuple(programs),
        now=now,
    )


def form(day=FRIDAY, *, phase=Phase.TRIAL, new_id=FORM_ID, **about):
    """An empty form about a day."""
    return CheckInForm(subject(**about), day=day, phase=phase, new_id=new_id)


def with_settings(**changes):
    """The clinic's settings with changes."""
    return replace(SETTINGS, **changes)


BASELINE_VALUES = {PAIN: 8, WORST: 9, LEAST: 6, ACTIVITY: 3, WALKING: 12, SLEEP: "4.5", MME: 45}
