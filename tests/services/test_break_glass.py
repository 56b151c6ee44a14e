"""An administrator without a clinical role reads patients in an emergency, and everybody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError, FieldError
from scs_trial.services.accounts import add_account
from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.break_glass import break_glass, broken_glass
from scs_trial.services.emergency import Emergency
from scs_trial.services.log_in import DoorEvent, note_door
from scs_trial.services.record_check_in import declare_missed
from scs_trial.services.register_patient import find_patients, save_patient
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.session import Session
from scs_trial.services.today import today_list
from tests.services.clinic import Clinic, day

_ALL = AuditQuery()
REASON = "seizure at night, no clinician can be reached"


@pytest.fixture
def ward(clinic: Clinic) -> Session:
    """Return the session of somebody who is administrator and nothing else."""
    added = add_account(
        clinic.session, user_name="ada", display_name="Ada", roles=[Role.ADMINISTRATOR]
    )
    return replace(clinic.session, account=added.account, emergency=Emergency())


def test_that_patients_are_closed_until_the_glass_is_broken_and_only_read_then(
    clinic: Clinic, ward: Session
) -> None:
    trial = clinic.trial()
    for act in (
        lambda: today_list(ward),
        lambda: find_patients(ward, ""),
        lambda: open_workspace(ward, trial.patient_id),
    ):
        with pytest.raises(AccessDeniedError):
            act()
    until = break_glass(ward, reason=REASON)
    assert until == clinic.clock.now() + timedelta(hours=1)
    assert [hit.patient.id for hit in find_patients(ward, "")] == [trial.patient_id]
    review = open_workspace(ward, trial.patient_id).review
    assert review is not None
    for change in (
        lambda: save_patient(ward, replace(review.patient, name="Another")),
        lambda: declare_missed(ward, trial.id, [day(1)]),
    ):
        with pytest.raises(AccessDeniedError):
            change()


def test_that_it_ends_after_an_hour_and_with_a_clock_that_is_set_back(
    clinic: Clinic, ward: Session
) -> None:
    clinic.trial()
    break_glass(ward, reason=REASON)
    clinic.clock.advance(timedelta(minutes=59, seconds=59))
    today_list(ward)
    clinic.clock.advance(timedelta(seconds=1))
    with pytest.raises(AccessDeniedError):
        today_list(ward)
    clinic.clock.advance(timedelta(hours=-2))
    with pytest.raises(AccessDeniedError):
        today_list(ward)


def test_that_reason_and_openings_stand_on_the_trail(clinic: Clinic, ward: Session) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError):
        break_glass(ward, reason="  ")
    assert ward.emergency.until is None
    break_glass(ward, reason=REASON)
    open_workspace(ward, trial.patient_id)
    with clinic.session.reading() as work:
        opened = work.audit.of_patient(trial.patient_id)[0]
        begun = [row for row in work.audit.search(_ALL) if row.action == "break_glass"]
    assert (opened.action, opened.new, opened.actor) == ("open", '{"in_emergency":true}', "ada")
    assert [(row.reason, row.actor) for row in begun] == [(REASON, "ada")]


def test_that_others_are_told_of_what_came_after_their_last_log_in(
    clinic: Clinic, ward: Session
) -> None:
    clinic.trial()
    note_door(clinic.session, DoorEvent.LOG_IN)
    clinic.clock.advance(timedelta(minutes=5))
    break_glass(ward, reason=REASON)
    clinic.clock.advance(timedelta(minutes=5))
    note_door(clinic.session, DoorEvent.LOG_IN)
    told = broken_glass(clinic.session)
    assert [(held.who, held.reason) for held in told] == [("ada", REASON)]
    assert broken_glass(ward) == ()  # nobody is told of oneself
    clinic.clock.advance(timedelta(minutes=5))
    note_door(clinic.session, DoorEvent.LOG_IN)
    assert broken_glass(clinic.session) == ()


@pytest.mark.parametrize("role", [Role.NURSE, Role.CLINICIAN])
def test_that_only_an_administrator_breaks_the_glass(clinic: Clinic, role: Role) -> None:
    with pytest.raises(AccessDeniedError):
        break_glass(clinic.as_role(role), reason=REASON)
