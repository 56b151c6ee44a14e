"""The preview of the page, for a usual week and for the worst one."""

import tempfile
from pathlib import Path
from uuid import uuid4

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.ui.page.page_preview import PagePreview
from scs_trial.ui.page.pages_dialog import PagesDialog
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import make_session
from tests.reports import samples


def make_preview(review=samples.week_met):
    session = make_session(Path(tempfile.mkdtemp()))
    return PagePreview(session, review(), tasks=ImmediateRunner())


def make_long_preview():
    return make_preview(samples.long_names)


SHOTS = {"page": make_preview, "page-long": make_long_preview}


def make_pages():
    session = make_session(Path(tempfile.mkdtemp()))
    with session.writing() as work:
        for number, name in enumerate(("Aalto, Ilse", "Brandt, Jo", "Cruz, Ana", "Okafor, Grace")):
            patient = work.patients.save(Patient(id=uuid4(), name=name, mrn=f"90{number} 1"))
            trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=samples.PLACED)
            work.trials.save(trial)
        work.commit()
    return PagesDialog(session, tasks=ImmediateRunner())


SHOTS["pages"] = make_pages
