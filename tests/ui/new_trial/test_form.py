"""The new-trial form without a window."""

from datetime import date

import pytest

from scs_trial.domain.patient import Sex
from scs_trial.domain.trial import Indication, LeadKind, Maker, PriorTreatment, TreatmentKind
from scs_trial.ui.new_trial.form import NewTrialForm, form_of

TODAY = date(2026, 11, 21)
FULL = {
    "patient.name": "Okafor, Grace",
    "patient.mrn": "104882",
    "patient.birth_date": "1968-03-14",
    "patient.sex": "female",
    "patient.telephones": "+1 555 0142\n\n +1 555 0143 ",
    "trial_start": "2026-11-15",
    "planned_days": "5",
    "target_region": "low back",
    "other_regions": "left leg\nright leg",
    "criteria_id": "relief-and-stable",
    "goal_2": "walk to the shop",
    "takes_no_opioids": "yes",
    "indication": "psps_type_2",
    "candidacy.pain_months": "48",
    "candidacy.conservative_care": "no",
    "candidacy.consent_on": "2026-11-10",
    "procedure.lead_kind": "percutaneous_temporary",
    "procedure.lead_count": "2",
    "procedure.contacts_per_lead": "8",
    "procedure.maker": "nevro",
    "procedure.tip_level": "T8",
}


def form(**changes) -> NewTrialForm:
    return NewTrialForm(texts=FULL | changes)


def test_that_a_full_form_becomes_patient_and_trial():
    patient, trial = form().to_patient(), form().to_trial()
    assert (patient.name, patient.mrn, patient.sex) == ("Okafor, Grace", "104882", Sex.FEMALE)
    assert patient.birth_date == date(1968, 3, 14)
    assert patient.telephones == ("+1 555 0142", "+1 555 0143")
    assert trial.trial_start == date(2026, 11, 15)
    assert trial.planned_days == 5
    assert trial.other_regions == ("left leg", "right leg")
    assert trial.takes_no_opioids
    assert trial.indication is Indication.PSPS_TYPE_2
    assert trial.candidacy.pain_months == 48
    assert trial.candidacy.conservative_care_completed is False
    assert trial.procedure.lead_kind is LeadKind.PERCUTANEOUS_TEMPORARY
    assert trial.procedure.maker is Maker.NEVRO


def test_that_a_goal_keeps_its_number_when_an_earlier_one_is_empty():
    assert form().to_trial().goals == ("", "walk to the shop")


def test_that_a_half_done_form_can_be_saved_with_name_and_number_only():
    half = NewTrialForm(texts={"patient.name": "Okafor, Grace", "patient.mrn": "104882"})
    assert half.problems(today=TODAY) == ()
    trial = half.to_trial()
    assert trial.trial_start is None
    assert trial.candidacy.conservative_care_completed is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("patient.name", "  "),
        ("patient.mrn", ""),
        ("patient.birth_date", "14.3."),
        ("patient.birth_date", "2026-11-22"),
        ("trial_start", "yesterday"),
        ("candidacy.consent_on", "2026-13-01"),
        ("candidacy.pain_months", "-1"),
        ("candidacy.pain_months", "4.5"),
        ("planned_days", "0"),
        ("planned_days", "61"),
        ("procedure.lead_count", "five"),
        ("other_regions", "Low Back"),
    ],
)
def test_that_a_faulty_field_is_named(field, text):
    problems = form(**{field: text}).problems(today=TODAY)
    assert [problem.field for problem in problems] == [field]
    assert problems[0].text.endswith(".")


def test_that_a_draft_brings_everything_back():
    typed = form()
    typed.treatments[TreatmentKind.SURGERY] = PriorTreatment(
        kind=TreatmentKind.SURGERY, from_when="2023", result="no lasting relief"
    )
    typed.measures_asked = ("pain_average", "mme")
    again = NewTrialForm()
    again.read_payload(typed.to_payload())
    assert again == typed


def test_that_the_stored_trial_fills_the_form_and_comes_back_unchanged():
    patient, trial = form().to_patient(), form().to_trial()
    filled = form_of(patient, trial)
    assert filled.to_patient() == patient
    assert filled.to_trial() == trial
