"""Signing, amending and what a signature covers. Source: the safekeeping design, "Audit and
signature" and "People"."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest

from scs_trial.data.faults import UnauditedChangeError
from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import EndReason
from scs_trial.domain.safety import Urgency
from scs_trial.domain.signature import Meaning, faults_of
from scs_trial.domain.signature import sha256 as text_digest
from scs_trial.domain.trial import DecisionKind, FollowUp, Trial
from scs_trial.errors import AccessDeniedError, ConflictError, FieldError, SignedError, UserError
from scs_trial.services.manage_trial import (
    EndTrial,
    end_trial,
    record_decision,
    record_follow_up,
    retract_trial,
)
from scs_trial.services.record_check_in import correct_check_in, retract_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event
from scs_trial.services.sign_decision import (
    SignDecision,
    amend_trial,
    sign_check_ins,
    sign_decision,
)
from scs_trial.services.signed_content import content_digest, signed_content
from scs_trial.services.signed_copy import signed_copy
from tests.records import PASSWORD, reopened
from tests.services.clinic import Clinic, command, day, pain

PAGE = b"%PDF-1.7 a page"


def check(user_name: str, password: str) -> None:
    if (user_name, password) != ("anna", PASSWORD):
        raise UserError("This password is not right.")


@pytest.fixture
def trial(clinic: Clinic) -> Trial:
    """Return a trial of a week that has ended and is decided, not signed."""
    made = clinic.trial()
    clinic.baseline(made, 8, 8, 8)
    for number in range(1, 8):
        clinic.on(number, "22:00").check_in(made, number, pain(3))
    clinic.on(8, "10:11")
    stored = clinic.stored(made)
    end_trial(
        clinic.session,
        EndTrial(
            trial_id=made.id,
            version=stored.version,
            last_full_day=day(7),
            reason=EndReason.PLANNED,
        ),
    )
    record_decision(
        clinic.session, made.id, kind=DecisionKind.PERMANENT_IMPLANT, reason="relief and sleep"
    )
    return made


def sign(clinic: Clinic, trial: Trial, meaning: Meaning = Meaning.APPROVED, **fields):
    given = {"password": PASSWORD, "content_digest": content_digest(clinic.review(trial))}
    signing = SignDecision(trial_id=trial.id, meaning=meaning, **given | fields)
    return sign_decision(clinic.session, signing, check=check, set_page=lambda _: PAGE)


def correction(clinic: Clinic, trial: Trial, session=None, reason="misheard"):
    there = next(held for held in clinic.review(trial).check_ins if held.day == day(2))
    return correct_check_in(
        session or clinic.session,
        replace(command(trial, 2, pain(4)), id=there.id),
        revision=there.revision,
        reason=reason,
    )


def test_that_a_signature_says_who_what_when_and_where_the_trail_stood(
    clinic: Clinic, trial: Trial
) -> None:
    head = clinic.review(trial).audit_head
    made = sign(clinic, trial)
    assert (made.signer, made.role, made.version) == ("Anna", "clinician", 1)
    assert made.local == "2026-11-23T10:11:00+01:00"
    assert made.criteria.startswith("general-50 ")
    assert (made.audit_seq, made.audit_digest) == (head.seq, head.digest)
    review = clinic.review(trial)
    assert review.signature == made
    assert not review.changed_since
    with clinic.session.reading() as work:
        document = work.signatures.document(made.id)
    assert document.page == PAGE
    assert made.page_digest == sha256(PAGE).hexdigest()
    assert faults_of(made, document) == ()
    assert clinic.actions(review.patient.id)[-1] == ("insert", "signature")


def test_that_the_signed_content_is_made_anew_from_a_record_that_was_reopened(
    clinic: Clinic, trial: Trial, tmp_path
) -> None:
    made = sign(clinic, trial)
    clinic.session.records.close()
    clinic.session = reopened(tmp_path / "clinic.scs", clinic.clock)
    review = clinic.review(trial)
    assert text_digest(signed_content(review)) == made.content_digest
    with clinic.session.reading() as work:
        assert work.signatures.document(made.id).content == signed_content(review)


def test_that_a_wrong_password_signs_nothing_and_is_noted(clinic: Clinic, trial: Trial) -> None:
    with pytest.raises(UserError, match="password"):
        sign(clinic, trial, password="not the one of anna")
    review = clinic.review(trial)
    assert review.signature is None
    assert clinic.actions(review.patient.id)[-1] == ("signing_refused", "trial")


def test_that_what_the_signer_has_not_read_is_not_signed(clinic: Clinic, trial: Trial) -> None:
    read = content_digest(clinic.review(trial))
    correction(clinic, trial)
    with pytest.raises(ConflictError, match="changed"):
        sign(clinic, trial, content_digest=read)
    assert clinic.review(trial).signature is None


def test_that_a_change_while_the_page_is_set_signs_nothing(clinic: Clinic, trial: Trial) -> None:
    signing = SignDecision(
        trial_id=trial.id,
        meaning=Meaning.APPROVED,
        content_digest=content_digest(clinic.review(trial)),
        password=PASSWORD,
    )

    def slow_page(_review):
        correction(clinic, trial)
        return PAGE

    with pytest.raises(ConflictError, match="changed"):
        sign_decision(clinic.session, signing, check=check, set_page=slow_page)
    assert clinic.review(trial).signature is None


def test_that_the_password_is_in_no_text_of_the_command(clinic: Clinic, trial: Trial) -> None:
    signing = SignDecision(
        trial_id=trial.id, meaning=Meaning.APPROVED, content_digest="", password=PASSWORD
    )
    assert PASSWORD not in repr(signing)


def test_that_a_running_or_undecided_trial_is_not_signed(clinic: Clinic) -> None:
    running = clinic.trial()
    with pytest.raises(FieldError, match="runs"):
        sign(clinic, running)
    clinic.on(8)
    end_trial(
        clinic.session,
        EndTrial(trial_id=running.id, version=1, last_full_day=day(7), reason=EndReason.NO_BENEFIT),
    )
    with pytest.raises(FieldError, match="decision"):
        sign(clinic, running)


def test_that_a_signed_trial_changes_only_by_amendment(clinic: Clinic, trial: Trial) -> None:
    sign(clinic, trial)
    acts = (
        lambda: correction(clinic, trial),
        lambda: clinic.check_in(trial, 0, pain(5)),
        lambda: retract_check_in(
            clinic.session, clinic.review(trial).check_ins[0].id, reason="wrong patient"
        ),
        lambda: retract_trial(clinic.session, trial.id, reason="wrong patient"),
        lambda: record_decision(
            clinic.session, trial.id, kind=DecisionKind.NO_IMPLANT, reason="second thoughts"
        ),
    )
    for act in acts:
        with pytest.raises(SignedError):
            act()
    assert not clinic.review(trial).changed_since
    amend_trial(clinic.session, trial.id, reason="day 2 was misheard")
    correction(clinic, trial)
    review = clinic.review(trial)
    assert review.changed_since
    assert review.amendment is not None
    with pytest.raises(FieldError, match="as amended"):
        sign(clinic, trial)
    second = sign(clinic, trial, Meaning.AMENDED)
    assert (second.version, second.reason) == (2, "day 2 was misheard")
    review = clinic.review(trial)
    assert review.amendment is None
    assert not review.changed_since
    with pytest.raises(SignedError):
        correction(clinic, trial)


def test_that_an_amendment_needs_a_signature_a_reason_and_happens_once(
    clinic: Clinic, trial: Trial
) -> None:
    with pytest.raises(ConflictError, match="not signed"):
        amend_trial(clinic.session, trial.id, reason="why not")
    sign(clinic, trial)
    with pytest.raises(FieldError):
        amend_trial(clinic.session, trial.id, reason="  ")
    with pytest.raises(FieldError, match="Nothing"):
        sign(clinic, trial, Meaning.AMENDED, reason="nothing to amend")
    amend_trial(clinic.session, trial.id, reason="a word")
    with pytest.raises(ConflictError, match="already"):
        amend_trial(clinic.session, trial.id, reason="another word")


def test_that_a_changed_identity_and_a_safety_event_say_changed_since(
    clinic: Clinic, trial: Trial
) -> None:
    sign(clinic, trial)
    patient = clinic.review(trial).patient
    save_patient(clinic.session, replace(patient, telephones=("+49 30 1",)), reason="moved")
    assert not clinic.review(trial).changed_since
    patient = clinic.review(trial).patient
    save_patient(clinic.session, replace(patient, name="Okafor, Grace A"), reason="full name")
    assert clinic.review(trial).changed_since


def test_that_a_safety_event_is_never_held_up_by_a_signature(clinic: Clinic, trial: Trial) -> None:
    sign(clinic, trial)
    review = clinic.review(trial)
    report_safety_event(
        clinic.session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=review.patient.id,
            trial_id=trial.id,
            urgency=Urgency.URGENT,
            finding="Redness at the lead site",
        ),
    )
    assert clinic.review(trial).changed_since


def test_that_what_followed_changes_no_signature(clinic: Clinic, trial: Trial) -> None:
    sign(clinic, trial)
    record_follow_up(
        clinic.session,
        FollowUp(
            id=uuid4(),
            trial_id=trial.id,
            month=1,
            seen_on=day(8),
            by=clinic.session.account.id,
            at=clinic.clock.now(),
        ),
    )
    assert not clinic.review(trial).changed_since


def test_that_a_nurse_corrects_unsigned_check_ins_only(clinic: Clinic, trial: Trial) -> None:
    nurse = clinic.as_role(Role.NURSE)
    correction(clinic, trial, nurse)
    there = next(held for held in clinic.review(trial).check_ins if held.day == day(2))
    (made,) = sign_check_ins(
        clinic.session, trial.id, [(there.id, there.revision)], password=PASSWORD, check=check
    )
    assert (made.meaning, made.version) == (Meaning.REVIEWED, 1)
    with pytest.raises(SignedError):
        correction(clinic, trial, nurse)
    with pytest.raises(FieldError, match="unsigned"):
        correction(clinic, trial, reason="typing error")
    changed = correction(clinic, trial)
    again = [(there.id, changed.revision)]
    (made,) = sign_check_ins(clinic.session, trial.id, again, password=PASSWORD, check=check)
    assert (made.meaning, made.version) == (Meaning.AMENDED, 2)
    assert sign_check_ins(clinic.session, trial.id, again, password=PASSWORD, check=check) == ()


def test_that_a_wrong_password_or_an_older_revision_signs_no_check_in(
    clinic: Clinic, trial: Trial
) -> None:
    there = clinic.review(trial).check_ins[0]
    with pytest.raises(UserError, match="password"):
        sign_check_ins(
            clinic.session, trial.id, [(there.id, there.revision)], password="x", check=check
        )
    with pytest.raises(ConflictError):
        sign_check_ins(clinic.session, trial.id, [(there.id, 7)], password=PASSWORD, check=check)
    assert clinic.review(trial).signatures == ()


@pytest.mark.parametrize("role", [Role.NURSE, Role.ADMINISTRATOR])
def test_that_only_a_clinician_signs_and_amends(clinic: Clinic, trial: Trial, role: Role) -> None:
    other = clinic.as_role(role)
    signing = SignDecision(
        trial_id=trial.id, meaning=Meaning.APPROVED, content_digest="", password=PASSWORD
    )
    with pytest.raises(AccessDeniedError):
        sign_decision(other, signing, check=check, set_page=lambda _: PAGE)
    with pytest.raises(AccessDeniedError):
        sign_check_ins(other, trial.id, [], password=PASSWORD, check=check)
    with pytest.raises(AccessDeniedError):
        amend_trial(other, trial.id, reason="because")


def test_that_the_signed_copy_is_the_page_as_it_was_signed(clinic: Clinic, trial: Trial) -> None:
    made = sign(clinic, trial)
    assert signed_copy(clinic.session, made.id, trial_id=trial.id) == PAGE
    patient = clinic.review(trial).patient
    assert clinic.actions(patient.id)[-1] == ("open_signed_page", "signature")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signature SET meaning = 'reviewed'",
        "UPDATE signature SET page = x'00'",
        "DELETE FROM signature",
        "DELETE FROM amendment",
        "UPDATE amendment SET reason = ''",
    ],
)
def test_that_a_signature_can_not_be_changed_or_taken_away(
    clinic: Clinic, trial: Trial, statement: str
) -> None:
    sign(clinic, trial)
    amend_trial(clinic.session, trial.id, reason="a word")
    engine = clinic.session.records._engines.writer
    with (
        engine.connect() as connection,
        connection.begin(),
        pytest.raises(UnauditedChangeError),
    ):
        connection.exec_driver_sql(statement)
