"""Importing diaries: one transaction, nothing twice, nothing lost, every fault with its row."""

from __future__ import annotations

import io
from datetime import date

import pytest

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import EndReason
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Series
from scs_trial.errors import AccessDeniedError, FieldError, InputError
from scs_trial.exchange.diary_csv import read_diary
from scs_trial.services.import_diary import (
    DiaryToImport,
    Imported,
    ImportResult,
    import_diaries,
)
from scs_trial.services.manage_trial import retract_trial
from scs_trial.services.record_check_in import retract_check_in
from scs_trial.services.register_patient import find_patients
from tests.records import shipped_catalogue
from tests.services.clinic import Clinic

HEAD = "patient,trial_start,trial_ended,end_reason,date,phase,pain_average,recorded_at\n"
FILE = (
    HEAD
    + """P1,2026-11-01,2026-11-04,planned,2026-10-31,,8,
P1,2026-11-01,,,2026-11-02,,4,2026-11-03T09:00
P1,2026-11-01,,,2026-11-03,,3.50,2026-11-04T09:00
P1,2026-11-01,,,2026-11-04,,6.859999999999999,
P2,2026-11-02,,,2026-11-01,,7,
P2,2026-11-02,,,2026-11-03,,,
"""
)


def read(text: str) -> list[DiaryToImport]:
    found = read_diary(io.BytesIO(text.encode()), catalogue=shipped_catalogue())
    assert found.faults == ()
    return [
        DiaryToImport(
            patient=one.patient,
            diary=one.diary,
            rows={
                (day, phase): row
                for (patient, start, day, phase), row in found.check_in_rows.items()
                if (patient, start) == (one.patient, one.diary.trial_start)
            },
        )
        for one in found.trials
    ]


def bring(clinic: Clinic, text: str = FILE, criteria: str | None = None) -> ImportResult:
    return import_diaries(clinic.session, read(text), criteria_id=criteria)


def counts(result: ImportResult) -> dict[str, int]:
    return {str(what): number for what, number in result.counts.items() if number}


def audit_rows(clinic: Clinic) -> int:
    with clinic.session.reading() as work:
        return work.audit.head().seq


def test_that_patients_trials_and_check_ins_are_made(clinic: Clinic) -> None:
    result = bring(clinic, criteria="netherlands")
    assert counts(result) == {
        "new patients": 2,
        "new trials": 2,
        "new check-ins": 5,
        "days without an answer": 1,
    }
    one, _ = sorted(find_patients(clinic.session, ""), key=lambda hit: hit.patient.mrn)
    assert (one.patient.mrn, one.patient.name) == ("P1", "P1 (imported)")
    with clinic.session.reading() as work:
        assert one.trial_id is not None
        trial = work.trials.get(one.trial_id)
        check_ins = work.check_ins.of_trial(trial.id)
    assert trial.criteria_id == "netherlands"
    assert trial.criteria_text == clinic.session.library_texts["netherlands"]
    assert (trial.trial_ended, trial.end_reason) == (date(2026, 11, 4), EndReason.PLANNED)
    assert [str(entry.values[Series("pain_average")]) for entry in check_ins] == [
        "8",
        "4",
        "3.50",
        "6.859999999999999",
    ]
    assert {entry.how_obtained for entry in check_ins} == {HowObtained.IMPORT}
    assert check_ins[1].recorded_at == clinic.instant("2026-11-03T09:00")
    assert check_ins[3].recorded_at is None


def test_that_the_record_gives_the_verdict_of_the_file(clinic: Clinic) -> None:
    bring(clinic)
    (entry, _) = read(FILE)
    (hit,) = find_patients(clinic.session, "P1")
    assert hit.trial_id is not None
    with clinic.session.reading() as work:
        trial = work.trials.get(hit.trial_id)
    criteria = clinic.session.library["general-50"]
    assert clinic.review(trial).evaluation == evaluate(
        entry.diary, criteria, clinic.session.catalogue
    )


def test_that_the_same_file_again_changes_nothing(clinic: Clinic) -> None:
    bring(clinic)
    before = audit_rows(clinic)
    assert counts(bring(clinic)) == {"unchanged check-ins": 5, "days without an answer": 1}
    assert audit_rows(clinic) == before + 1  # that a file was imported


def test_that_a_longer_file_adds_what_is_new(clinic: Clinic) -> None:
    bring(clinic)
    more = "P2,2026-11-02,2026-11-04,no_benefit,2026-11-04,,6,\n"
    assert counts(bring(clinic, FILE + more)) == {
        "changed trials": 1,
        "new check-ins": 1,
        "unchanged check-ins": 5,
        "days without an answer": 1,
    }


def test_that_a_patient_is_known_by_the_mrn(clinic: Clinic) -> None:
    patient = clinic.patient("Okafor, Grace", "P1")
    assert counts(bring(clinic))["new patients"] == 1
    (hit,) = find_patients(clinic.session, "P1")
    assert hit.patient == patient
    assert hit.trial_start == date(2026, 11, 1)


def test_that_other_answers_of_a_day_are_refused_with_their_row(clinic: Clinic) -> None:
    bring(clinic)
    before = audit_rows(clinic)
    with pytest.raises(InputError) as refused:
        bring(clinic, FILE.replace("3.50", "9").replace(",7,", ",1,"))
    assert [fault.field for fault in refused.value.faults] == ["row 4", "row 6"]
    assert audit_rows(clinic) == before


def test_that_nothing_is_imported_when_one_day_is_faulty(clinic: Clinic) -> None:
    before = audit_rows(clinic)
    future = "P3,2026-11-10,,,2026-12-24,,6,\n"
    with pytest.raises(InputError) as refused:
        bring(clinic, FILE + future)
    (fault,) = refused.value.faults
    assert (fault.field, fault.what) == ("row 8", "This day is still to come.")
    assert audit_rows(clinic) == before
    assert find_patients(clinic.session, "") == []


def test_that_a_contradicted_trial_is_refused(clinic: Clinic) -> None:
    bring(clinic)
    with pytest.raises(InputError, match="trial_ended"):
        bring(clinic, FILE.replace("2026-11-04,planned", "2026-11-03,planned"))


def test_that_regions_of_the_file_become_regions_of_the_trial(clinic: Clinic) -> None:
    text = "patient,trial_start,date,pain_average[left leg],pain_average[arm]\n"
    bring(clinic, text + "P1,2026-11-01,2026-11-02,4,5\n")
    (hit,) = find_patients(clinic.session, "")
    with clinic.session.reading() as work:
        assert hit.trial_id is not None
        assert work.trials.get(hit.trial_id).other_regions == ("arm", "left leg")


def test_that_confirmations_come_in_by_a_clinician_alone(clinic: Clinic) -> None:
    text = "patient,trial_start,date,pain_average,confirm:functional_improvement\n"
    text += "P1,2026-11-01,2026-11-02,4,yes\n"
    nurse = clinic.as_role(Role.NURSE)
    with pytest.raises(AccessDeniedError):
        import_diaries(nurse, read(text))
    bring(clinic, text, criteria="medicare-style")
    bring(clinic, text, criteria="medicare-style")
    (hit,) = find_patients(clinic.session, "")
    assert hit.trial_id is not None
    with clinic.session.reading() as work:
        trial = work.trials.get(hit.trial_id)
    (answer,) = clinic.review(trial).confirmations
    assert (answer.name, answer.answer) == ("functional_improvement", True)


def test_that_unknown_criteria_are_refused_before_anything_is_written(clinic: Clinic) -> None:
    with pytest.raises(FieldError):
        bring(clinic, criteria="nonesuch")
    assert find_patients(clinic.session, "") == []


def test_that_retracted_days_and_trials_can_be_imported_anew(clinic: Clinic) -> None:
    bring(clinic)
    (hit,) = find_patients(clinic.session, "P1")
    assert hit.trial_id is not None
    with clinic.session.reading() as work:
        trial = work.trials.get(hit.trial_id)
        first = work.check_ins.of_trial(trial.id)[0]
    retract_check_in(clinic.session, first.id, reason="wrong file")
    assert bring(clinic).count(Imported.NEW_CHECK_INS) == 1
    retract_trial(clinic.session, trial.id, reason="wrong file")
    assert bring(clinic).count(Imported.NEW_TRIALS) == 1


@pytest.mark.parametrize("name", ["<b>x</b>", "=1+1", "x" * 191, "\u202eabc"])
def test_that_hostile_patient_texts_stay_text(clinic: Clinic, name: str) -> None:
    text = f'patient,trial_start,date,pain_average\n"{name}",2026-11-01,2026-11-02,4\n'
    if len(name) > 190:
        with pytest.raises(InputError, match="longer than 200"):
            bring(clinic, text)
    else:
        bring(clinic, text)
        assert find_patients(clinic.session, "")[0].patient.mrn == name
