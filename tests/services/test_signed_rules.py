"""A signed record changes only by amendment: every use case that changes clinical data, by name.

The list is made from the code: a use case without a rule here fails. Source: the safekeeping
design, "Audit and signature".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.diary import Diary, DiaryDay, EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.signature import Meaning
from scs_trial.domain.trial import DecisionKind, MedicationEntry, ProgramChange, Trial
from scs_trial.errors import SignedError
from scs_trial.exchange.diary_csv import DiaryFile
from scs_trial.exchange.diary_trials import PatientDiary
from scs_trial.services.authorize import Action, action_of
from scs_trial.services.import_diary import DiaryToImport, import_diaries
from scs_trial.services.import_ready import ReadyFile, ReadyKind, import_ready
from scs_trial.services.manage_trial import (
    EndTrial,
    answer_confirmation,
    change_program,
    diary_arrived,
    end_trial,
    move_trial,
    record_decision,
    record_medication,
    reopen_trial,
    retract_trial,
    save_trial,
)
from scs_trial.services.record_check_in import (
    correct_check_in,
    declare_missed,
    move_check_in,
    record_check_in,
    retract_check_in,
)
from scs_trial.services.register_patient import merge_patients, retract_patient
from scs_trial.services.report_safety import (
    ReportSafetyEvent,
    acknowledge_event,
    describe_event,
    record_told,
    report_safety_event,
    resolve_event,
    retract_event,
)
from scs_trial.services.sign_decision import (
    SignDecision,
    amend_trial,
    sign_decision,
)
from scs_trial.services.signed_content import content_digest, signed_content
from tests.records import PASSWORD
from tests.services.clinic import Clinic, command, day, pain
from tests.services.test_authorize import USE_CASES

NOT_CLINICAL = frozenset(
    {
        Action.PASS_DOOR,
        Action.KEEP_OWN_KEYS,
        Action.MANAGE_ACCOUNTS,
        Action.BREAK_GLASS,
        Action.READ_SETTINGS,
        Action.READ_LISTS,
        Action.OPEN_PATIENT,
        Action.KEEP_DRAFT,
        Action.EXPORT_DATA,
        Action.EDIT_SETTINGS,
        Action.EDIT_SAFETY_LIST,
        Action.EDIT_CRITERIA,  # a trial keeps the text that was fixed to it
        Action.READ_AUDIT,
        Action.VERIFY_RECORD,
        Action.BACK_UP,
        Action.RESTORE_BACKUP,
    }
)
"""Use cases of these actions change nothing of a patient."""

Act = Callable[["Signed"], object]


class Signed:
    """A signed trial with an event from before the signature, and a further patient."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.session = clinic, clinic.session
        self.trial = clinic.trial(trial_start=day(0))
        clinic.baseline(self.trial, 8, 8, 8)
        clinic.on(2, "22:00").check_in(self.trial, 1, pain(3))
        self.event = self.report(self.trial.id)
        self.loose = self.report(None)
        clinic.on(8, "10:00")
        end_trial(self.session, self.end())
        record_decision(
            self.session, self.trial.id, kind=DecisionKind.NO_IMPLANT, reason="no relief"
        )
        self.other = clinic.patient("Lindqvist, Per")
        self.other_trial = clinic.trial(self.other)
        clinic.on(8, "11:00")
        self.sign(Meaning.APPROVED)
        clinic.on(8, "12:00")

    def sign(self, meaning: Meaning) -> None:
        digest = content_digest(self.clinic.review(self.trial))
        signing = SignDecision(
            trial_id=self.trial.id, meaning=meaning, content_digest=digest, password=PASSWORD
        )
        sign_decision(
            self.session, signing, check=lambda *_: None, set_page=lambda _: b"%PDF a page"
        )

    def report(self, trial_id: object) -> SafetyEvent:
        return report_safety_event(
            self.session,
            ReportSafetyEvent(
                id=uuid4(),
                patient_id=self.trial.patient_id,
                trial_id=trial_id,  # type: ignore[arg-type]
                finding="Redness at the lead site",
                urgency=Urgency.URGENT,
            ),
        )

    def end(self) -> EndTrial:
        return EndTrial(
            trial_id=self.trial.id,
            version=self.stored().version,
            last_full_day=day(7),
            reason=EndReason.NO_BENEFIT,
        )

    def stored(self) -> Trial:
        return self.clinic.stored(self.trial)

    def check_in(self):
        return next(one for one in self.clinic.review(self.trial).check_ins if one.day == day(1))

    def content(self) -> str:
        return signed_content(self.clinic.review(self.trial))

    def diary(self) -> DiaryToImport:
        patient = self.clinic.review(self.trial).patient
        days = (
            DiaryDay(day=day(3), phase=Phase.TRIAL, values={Series("pain_average"): Decimal(1)}),
        )
        diary = Diary(trial_start=day(0), days=days)
        return DiaryToImport(patient=patient.mrn, diary=diary)


def _ready(entry: DiaryToImport) -> ReadyFile:
    diary = DiaryFile(trials=(PatientDiary(entry.patient, entry.diary),))
    return ReadyFile(kind=ReadyKind.DIARY, digest="0", diary=diary)


def _merge_into_signed(held: Signed) -> object:
    """Bring a patient to the signed one, with an event that would count for the signed trial."""
    clinic = held.clinic
    report_safety_event(
        held.session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=held.other.id,
            trial_id=None,
            finding="Fever",
            urgency=Urgency.URGENT,
        ),
    )
    owner = clinic.stored(held.trial).patient_id
    return merge_patients(held.session, keep=owner, duplicate=held.other.id, reason="same")


REFUSED: dict[str, tuple[Act, ...]] = {
    "manage_trial.save_trial": (
        lambda s: save_trial(s.session, replace(s.stored(), history="else"), reason="x"),
    ),
    "manage_trial.retract_trial": (lambda s: retract_trial(s.session, s.trial.id, reason="x"),),
    "manage_trial.move_trial": (
        lambda s: move_trial(s.session, s.trial.id, to_patient=s.other.id, reason="x"),
    ),
    "end_trial.end_trial": (lambda s: end_trial(s.session, s.end()),),
    "end_trial.reopen_trial": (
        lambda s: reopen_trial(s.session, s.trial.id, planned_days=9, reason="x"),
    ),
    "end_trial.diary_arrived": (lambda s: diary_arrived(s.session, s.trial.id),),
    "trial_notes.change_program": (
        lambda s: change_program(
            s.session,
            ProgramChange(id=uuid4(), trial_id=s.trial.id, from_when=_WHEN, by="rep", name="B"),
        ),
    ),
    "trial_notes.record_medication": (
        lambda s: record_medication(
            s.session,
            MedicationEntry(
                id=uuid4(),
                trial_id=s.trial.id,
                drug="morphine",
                amount=Decimal(10),
                from_day=date(2026, 11, 1),
            ),
        ),
    ),
    "trial_notes.answer_confirmation": (
        lambda s: answer_confirmation(s.session, s.trial.id, name="function", answer=True),
    ),
    "trial_notes.record_decision": (
        lambda s: record_decision(
            s.session, s.trial.id, kind=DecisionKind.UNDECIDED, reason="second thoughts"
        ),
    ),
    "record_check_in.record_check_in": (
        lambda s: record_check_in(s.session, command(s.trial, 2)),
        lambda s: record_check_in(s.session, command(s.trial, -5, phase=Phase.BASELINE)),
    ),
    "record_check_in.correct_check_in": (
        lambda s: correct_check_in(
            s.session, command(s.trial, 1, pain(9), id=s.check_in().id), revision=1, reason="x"
        ),
    ),
    "record_check_in.retract_check_in": (
        lambda s: retract_check_in(s.session, s.check_in().id, reason="x"),
    ),
    "record_check_in.move_check_in": (
        lambda s: move_check_in(
            s.session,
            s.check_in().id,
            to_trial=s.other_trial.id,
            day=day(1),
            phase=Phase.TRIAL,
            reason="x",
        ),
        lambda s: move_check_in(
            s.session,
            s.clinic.check_in(s.other_trial, 2).id,
            to_trial=s.trial.id,
            day=day(2),
            phase=Phase.TRIAL,
            reason="x",
        ),
    ),
    "record_check_in.declare_missed": (lambda s: declare_missed(s.session, s.trial.id, [day(2)]),),
    "import_diary.import_diaries": (lambda s: import_diaries(s.session, [s.diary()]),),
    "import_ready.import_ready": (lambda s: import_ready(s.session, _ready(s.diary())),),
    "register_patient.merge_patients": (
        lambda s: merge_patients(
            s.session, keep=s.other.id, duplicate=s.trial.patient_id, reason="x"
        ),
        _merge_into_signed,
    ),
    "register_patient.retract_patient": (
        lambda s: retract_patient(s.session, s.trial.patient_id, reason="x"),
    ),
    "report_safety.retract_event": (
        lambda s: retract_event(s.session, s.event.id, reason="x"),
        lambda s: retract_event(s.session, s.loose.id, reason="x"),
    ),
    "report_safety.describe_event": (
        lambda s: describe_event(s.session, s.event.id, description="else"),
    ),
}
"""Refused on a signed trial; every way in which one use case could change it."""

READ = frozenset(
    {
        "import_profiles.drop_profile",
        "import_profiles.import_profiles",
        "import_profiles.keep_profile",
        "import_profiles.profile_for",
        "run_import.dry_run",
        "run_import.import_context",
        "run_import.look_at_file",
        "undo_import.list_imports",
    }
)
"""Use cases of a clinical action that change nothing of a patient."""

TOLD_ELSEWHERE = frozenset({"run_import.run_import", "undo_import.undo_import"})
"""Refused too; they need a file and its answers, and are tested where those are made."""

OPEN = {
    "register_patient.save_patient": "a new name shows 'changed since'",
    "report_safety.report_safety_event": "safety is never held up",
    "report_safety.record_told": "as above",
    "report_safety.acknowledge_event": "as above",
    "report_safety.resolve_event": "as above",
    "record_check_in.note_call": "calls are not signed",
    "trial_notes.record_follow_up": "what followed is not signed",
    "sign_decision.sign_decision": "signs",
    "sign_decision.sign_check_ins": "signs",
    "sign_decision.amend_trial": "opens a signed trial to changes",
    "import_case.import_case": "brings a new patient, never changes one",
}
"""Not refused, and why."""

_WHEN = datetime(2026, 11, 17, 9)  # noqa: DTZ001  (clinic-local)


@pytest.fixture
def signed(clinic: Clinic) -> Signed:
    return Signed(clinic)


def test_that_every_use_case_that_changes_clinical_data_has_one_rule() -> None:
    clinical = {
        name
        for name, one in USE_CASES.items()
        if action_of(one) is not None and action_of(one) not in NOT_CLINICAL
    }
    rules = [*REFUSED, *OPEN, *READ, *TOLD_ELSEWHERE]
    assert sorted(clinical) == sorted(rules)


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, acts in REFUSED.items() for n in range(len(acts))]
)
def test_that_a_signed_trial_is_not_changed(signed: Signed, name: str, number: int) -> None:
    before = signed.content()
    with pytest.raises(SignedError):
        REFUSED[name][number](signed)
    assert signed.content() == before
    assert not signed.clinic.review(signed.trial).changed_since


def test_that_an_amendment_opens_what_was_refused(signed: Signed) -> None:
    amend_trial(signed.session, signed.trial.id, reason="the event was another patient's")
    retract_event(signed.session, signed.event.id, reason="another patient's")
    signed.sign(Meaning.AMENDED)
    with pytest.raises(SignedError):
        retract_event(signed.session, signed.loose.id, reason="too")
    amend_trial(signed.session, signed.trial.id, reason="a duplicate")
    merge_patients(
        signed.session, keep=signed.other.id, duplicate=signed.trial.patient_id, reason="same"
    )
    assert signed.stored().patient_id == signed.other.id


def test_that_what_is_reported_after_the_signature_is_told_reworded_and_taken_back(
    signed: Signed,
) -> None:
    late = signed.report(signed.trial.id)
    record_told(signed.session, late.id, who="Dr. Stone")
    acknowledge_event(signed.session, late.id)
    describe_event(signed.session, late.id, description="two fingers wide")
    resolve_event(signed.session, late.id, resolution="antibiotic")
    retract_event(signed.session, late.id, reason="another patient's")


def test_that_patients_without_a_signed_trial_merge_as_before(signed: Signed) -> None:
    third = signed.clinic.patient("Lindqvist, P.")
    merge_patients(signed.session, keep=signed.other.id, duplicate=third.id, reason="same")
    fourth = signed.clinic.patient("Okafor, G.")
    owner = signed.stored().patient_id
    merge_patients(signed.session, keep=owner, duplicate=fourth.id, reason="same")
    assert not signed.clinic.review(signed.trial).changed_since
    assert isinstance(signed.clinic.review(signed.trial).patient, Patient)
