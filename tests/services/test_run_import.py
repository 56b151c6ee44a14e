"""Dry run, import and undoing: one transaction, nothing twice, and nothing kept that was undone.

The files are made up (synthetic). The placement date is that of `clinic.START`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import DecisionKind
from scs_trial.errors import (
    AccessDeniedError,
    ConflictError,
    FieldError,
    InputError,
    NotFoundError,
)
from scs_trial.services.import_profiles import (
    drop_profile,
    import_profiles,
    keep_profile,
    profile_for,
)
from scs_trial.services.import_types import Fate
from scs_trial.services.manage_trial import EndTrial, end_trial, record_decision, save_trial
from scs_trial.services.record_check_in import correct_check_in, retract_check_in
from scs_trial.services.run_import import dry_run, run_import
from scs_trial.services.undo_import import list_imports, undo_import
from scs_trial.services.verify_record import verify_record
from tests.services.clinic import START, Clinic, command, day, pain
from tests.services.importing import (
    look_at_text,
    open_ids,
    ready,
    stored_days,
    trials_of,
    values,
)
from tests.services.test_sign_decision import sign

HEAD = "Patient,Placement date,Date,Average pain,Steps,Note\n"
ROWS = (
    "P1,2026-11-15,2026-11-14,8,,\n"
    "P1,2026-11-15,2026-11-16,4.5,2000,slept well\n"
    "P2,2026-11-15,2026-11-16,6.859999999999999,,\n"
)
ANSWERS = {"scale:Average pain": "nrs_0_10", "scale:Steps": "as_recorded"}
PLACES = {
    (date(2026, 11, 14), Phase.BASELINE),
    (date(2026, 11, 16), Phase.TRIAL),
}


@pytest.fixture
def later(clinic: Clinic) -> Clinic:
    """Return the clinic a week after the placement."""
    return clinic.on(7)


def prepared(clinic: Clinic, rows: str = ROWS, **answers: str):
    return ready(look_at_text(clinic, HEAD + rows, {**ANSWERS, **answers}))


def bring(clinic: Clinic, rows: str = ROWS, **options: bool):
    return run_import(clinic.session, prepared(clinic, rows), **options)


def numbers(counts) -> dict[str, int]:
    return {str(what): number for what, number in counts.items() if number}


def audit_seq(clinic: Clinic) -> int:
    with clinic.session.reading() as work:
        return work.audit.head().seq


def test_that_a_dry_run_counts_and_writes_nothing(later: Clinic) -> None:
    before = audit_seq(later)
    tried = dry_run(later.session, prepared(later))
    assert numbers(tried.counts) == {"new patients": 2, "new trials": 2, "new days": 3}
    assert [one.fate for one in tried.days] == [Fate.NEW] * 3
    assert not tried.needs_skip
    assert not tried.needs_change
    assert audit_seq(later) == before


def test_that_an_import_stores_exact_values_and_remembers_itself(later: Clinic) -> None:
    done = bring(later)
    held = stored_days(later, "P1", START)
    assert held.keys() == PLACES
    assert values(held)[date(2026, 11, 16)] == {
        "pain_average": Decimal("4.5"),
        "steps": Decimal(2000),
    }
    trial_day = held[date(2026, 11, 16), Phase.TRIAL]
    assert (trial_day.note, trial_day.how_obtained) == ("slept well", HowObtained.IMPORT)
    second = values(stored_days(later, "P2", START))
    assert second[date(2026, 11, 16)]["pain_average"] == Decimal("6.859999999999999")
    assert trials_of(later, "P1")[START].criteria_text
    (run,) = list_imports(later.session)
    assert (run.id, run.source_name, len(run.made)) == (done.import_id, "made up.csv", 7)
    assert run.answers["scale:Steps"] == "as_recorded"
    assert verify_record(later.session).holds


def test_that_the_same_file_again_is_refused_as_nothing_new(later: Clinic) -> None:
    bring(later)
    tried = dry_run(later.session, prepared(later))
    assert numbers(tried.counts) == {"unchanged days": 3}
    with pytest.raises(InputError, match="nothing that is not in the record"):
        bring(later)


def test_that_faulty_rows_are_skipped_only_when_chosen_and_named(later: Clinic) -> None:
    rows = ROWS + "P1,2026-11-15,2026-11-17,10.5,,\nP1,2026-11-15,2026-11-30,5,,\n"
    before = audit_seq(later)
    with pytest.raises(InputError) as refused:
        bring(later, rows)
    assert [fault.field for fault in refused.value.faults] == [
        "row 5, column Average pain",
        "row 6, column Date",
    ]
    assert audit_seq(later) == before
    done = bring(later, rows, skip_faulty=True)
    assert numbers(done.counts)["skipped rows"] == 2
    (run,) = list_imports(later.session)
    assert [(one.row, one.column) for one in run.skipped] == [(5, "Average pain"), (6, "Date")]
    with later.session.reading() as work:
        rows_of_import = [one for one in work.audit.latest_changes() if one.entity == "import_run"]
    assert '"row":"5"' in (rows_of_import[0].new or "")


def test_that_other_answers_change_a_day_only_when_chosen(later: Clinic) -> None:
    bring(later)
    changed = "P1,2026-11-15,2026-11-16,3,,walked\n"
    tried = dry_run(later.session, prepared(later, changed))
    (fate,) = tried.days
    assert fate.fate is Fate.CHANGED
    assert [(str(one.series), one.held, one.said) for one in fate.changes] == [
        ("pain_average", Decimal("4.5"), Decimal(3))
    ]
    assert fate.note_changes
    with pytest.raises(InputError, match="other answers"):
        bring(later, changed)
    bring(later, changed, apply_changes=True)
    held = stored_days(later, "P1", START)[date(2026, 11, 16), Phase.TRIAL]
    assert (held.revision, held.note) == (2, "slept well\nwalked")
    assert {str(series): value for series, value in held.values.items()} == {
        "pain_average": Decimal(3),
        "steps": Decimal(2000),
    }


def test_that_a_region_of_the_file_joins_the_trial(later: Clinic) -> None:
    trial = later.trial(later.patient(mrn="P1"))
    text = HEAD + "P1,2026-11-15,2026-11-16,5,,\n"
    answers = {**ANSWERS, "role:Average pain": "pain_average[left leg]"}
    run_import(later.session, ready(look_at_text(later, text, answers)))
    assert later.stored(trial).other_regions == ("left leg",)


def test_that_pain_on_another_measure_than_the_trials_is_rejected(later: Clinic) -> None:
    later.trial(later.patient(mrn="P1"))
    text = HEAD + "P1,2026-11-15,2026-11-16,5,,\n"
    answers = {**ANSWERS, "scale:Average pain": "vas_0_10"}
    tried = dry_run(later.session, ready(look_at_text(later, text, answers)))
    (fault,) = tried.rejected
    assert fault.row == 2
    assert "Pain (100 mm line)" in fault.reason


def test_that_the_placement_date_may_be_taken_from_the_record(later: Clinic) -> None:
    later.trial(later.patient(mrn="P1"))
    text = "Date,Steps\n2026-11-16,7\n"
    answers = {"scale:Steps": "as_recorded", "patient": "P1"}
    found = look_at_text(later, text, answers)
    assert open_ids(found) == ["trial_start"]
    offered = [choice.value for choice in found.open_questions[0].choices]
    assert offered[:2] == ["2026-11-15", "record"]
    run_import(
        later.session, ready(look_at_text(later, text, {**answers, "trial_start": "record"}))
    )
    assert stored_days(later, "P1", START).keys() == {(day(1), Phase.TRIAL)}


def test_that_an_import_is_undone_by_reversal(later: Clinic) -> None:
    done = bring(later)
    undone = undo_import(later.session, done.import_id, reason="wrong file")
    assert undone.undone
    assert undone.undone_reason == "wrong file"
    with later.session.reading() as work:
        assert work.patients.by_mrn("P1") is None
        made = {(one.kind, one.id) for one in undone.made}
        assert all(
            work.check_ins.get(number).entered_in_error
            for kind, number in made
            if kind == "check_in"
        )
        assert all(
            work.trials.get(number).entered_in_error for kind, number in made if kind == "trial"
        )
    assert verify_record(later.session).holds
    with pytest.raises(ConflictError, match="undone before"):
        undo_import(later.session, done.import_id, reason="again")
    assert numbers(bring(later).counts)["new days"] == 3


def test_that_undoing_restores_what_was_changed_as_a_new_revision(later: Clinic) -> None:
    trial = later.trial(later.patient(mrn="P1"))
    later.check_in(trial, 1, pain(7), note="by phone")
    before = later.stored(trial)
    rows = "P1,2026-11-15,2026-11-16,3,9,x\nP1,2026-11-15,2026-11-17,4,,\n"
    done = bring(later, rows, apply_changes=True)
    undo_import(later.session, done.import_id, reason="wrong file")
    held = stored_days(later, "P1", START)
    assert held.keys() == {(day(1), Phase.TRIAL)}
    restored = held[day(1), Phase.TRIAL]
    assert (dict(restored.values), restored.note) == (pain(7), "by phone")
    assert (restored.revision, restored.how_obtained) == (3, HowObtained.PHONE)
    assert replace(later.stored(trial), version=before.version) == before


def test_that_undoing_frees_rules_that_only_the_import_fixed(later: Clinic) -> None:
    trial = later.trial(later.patient(mrn="P1"))
    text = HEAD + "P1,2026-11-15,2026-11-16,5,,\n"
    answers = {**ANSWERS, "role:Average pain": "pain_average[left leg]"}
    done = run_import(later.session, ready(look_at_text(later, text, answers)))
    assert later.stored(trial).criteria_text
    undo_import(later.session, done.import_id, reason="wrong file")
    after = later.stored(trial)
    assert (after.criteria_text, after.other_regions) == ("", ())


def signed_with(clinic: Clinic, rows: str):
    """Return a trial of a week, its last day imported, that is ended, decided and signed."""
    trial = clinic.trial(clinic.patient(mrn="P1"))
    clinic.baseline(trial, 8, 8, 8)
    for number in range(1, 7):
        clinic.on(number, "22:00").check_in(trial, number, pain(3))
    clinic.on(8, "10:11")
    done = bring(clinic, rows)
    ending = EndTrial(
        trial_id=trial.id,
        version=clinic.stored(trial).version,
        last_full_day=day(7),
        reason=EndReason.PLANNED,
    )
    end_trial(clinic.session, ending)
    record_decision(clinic.session, trial.id, kind=DecisionKind.PERMANENT_IMPLANT, reason="relief")
    sign(clinic, trial)
    return done


SEVENTH = "P1,2026-11-15,2026-11-22,3,,\n"


def test_that_nothing_of_a_signed_trial_is_imported_or_undone(clinic: Clinic) -> None:
    done = signed_with(clinic, SEVENTH)
    tried = dry_run(clinic.session, prepared(clinic, "P1,2026-11-15,2026-11-22,5,,\n"))
    (fault,) = tried.rejected
    assert "signed" in fault.reason
    same = dry_run(clinic.session, prepared(clinic, SEVENTH))
    assert numbers(same.counts) == {"unchanged days": 1}
    before = audit_seq(clinic)
    with pytest.raises(InputError, match="signed"):
        undo_import(clinic.session, done.import_id, reason="wrong file")
    assert audit_seq(clinic) == before


def edited(clinic: Clinic) -> None:
    held = stored_days(clinic, "P1", START)[day(1), Phase.TRIAL]
    trial = trials_of(clinic, "P1")[START]
    change = replace(command(trial, 1, pain(2)), id=held.id)
    correct_check_in(clinic.session, change, revision=1, reason="patient called")


def added(clinic: Clinic) -> None:
    clinic.check_in(trials_of(clinic, "P1")[START], 3)


def renamed(clinic: Clinic) -> None:
    trial = trials_of(clinic, "P1")[START]
    save_trial(clinic.session, replace(trial, history="long"), reason="")


def second_trial(clinic: Clinic) -> None:
    with clinic.session.reading() as work:
        patient = work.patients.by_mrn("P1")
    assert patient is not None
    clinic.trial(patient, trial_start=date(2026, 1, 5))


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (edited, "edited since"),
        (added, "added to it since"),
        (renamed, "edited since"),
        (second_trial, "another trial since"),
    ],
)
def test_that_undoing_is_refused_where_something_happened_since(
    later: Clinic, act, reason: str
) -> None:
    done = bring(later)
    act(later)
    before = audit_seq(later)
    with pytest.raises(InputError, match=reason):
        undo_import(later.session, done.import_id, reason="wrong file")
    assert audit_seq(later) == before


def test_that_what_was_retracted_since_does_not_hinder_undoing(later: Clinic) -> None:
    done = bring(later)
    held = stored_days(later, "P1", START)[day(1), Phase.TRIAL]
    retract_check_in(later.session, held.id, reason="wrong day")
    assert undo_import(later.session, done.import_id, reason="wrong file").undone


def test_that_undoing_needs_a_reason_a_clinician_and_an_import(later: Clinic) -> None:
    done = bring(later)
    with pytest.raises(FieldError):
        undo_import(later.session, done.import_id, reason=" ")
    with pytest.raises(AccessDeniedError):
        undo_import(later.as_role(Role.NURSE), done.import_id, reason="x")
    with pytest.raises(NotFoundError):
        undo_import(later.session, uuid4(), reason="x")


def test_that_a_time_of_entry_is_clinic_local(later: Clinic) -> None:
    text = "Patient,Placement date,Date,Steps\nP1,2026-11-15,2026-11-16 20:15,7\n"
    run_import(later.session, ready(look_at_text(later, text, {"scale:Steps": "as_recorded"})))
    held = stored_days(later, "P1", START)[day(1), Phase.TRIAL]
    assert held.recorded_at == datetime.fromisoformat("2026-11-16T19:15:00+00:00")
    assert dict(held.values) == {Series("steps"): Decimal(7)}


def test_that_a_profile_keeps_answers_but_no_patient_or_time(later: Clinic) -> None:
    given = {**ANSWERS, "patient": "P1", "trial_start": "2026-11-15", "period": "all"}
    kept = keep_profile(later.session, name=" Steps ", fingerprint="abc", answers=given)
    assert (kept.name, dict(kept.answers)) == ("Steps", ANSWERS)
    assert profile_for(later.session, "abc") == kept
    assert profile_for(later.session, "abd") is None
    again = keep_profile(later.session, name="Steps", fingerprint="abc", answers={})
    assert import_profiles(later.session) == (again,)
    assert verify_record(later.session).holds
    drop_profile(later.session, "Steps")
    assert import_profiles(later.session) == ()
    with pytest.raises(NotFoundError):
        drop_profile(later.session, "Steps")
    with pytest.raises(FieldError):
        keep_profile(later.session, name=" ", fingerprint="abc", answers={})
