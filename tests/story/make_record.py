"""A closed record with one patient and one trial."""

from datetime import date
from uuid import uuid4

from scs_trial.clock import FixedClock
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.register_patient import save_patient
from tests.records import NOW, RECORD_NAME, make_session

MRN = "104 882"


def make(folder):
    """Make the record and return its path."""
    session = make_session(folder, clock=FixedClock(NOW))
    patient = save_patient(session, Patient(id=uuid4(), name="Okafor, Grace", mrn=MRN))
    save_trial(session, Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2)))
    session.records.close()
    return folder / RECORD_NAME
