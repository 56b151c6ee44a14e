"""Accounts: added, changed, removed; passwords and PINs; all on the trail."""

from dataclasses import replace
from uuid import uuid4

import pytest

from scs_trial.data import faults
from scs_trial.data.open import open_record, open_with_recovery_key
from scs_trial.data.way_in import change_password
from scs_trial.domain.clinic import Role
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import Urgency
from scs_trial.errors import (
    AccessDeniedError,
    ConflictError,
    FieldError,
    InputError,
    NotFoundError,
    UserError,
)
from scs_trial.services.accounts import (
    add_account,
    change_account,
    give_one_time_password,
    list_accounts,
    one_time_password,
    propose_recovery_key,
    remove_account,
    take_recovery_key,
)
from scs_trial.services.door import MustChangePasswordError, password_problem
from scs_trial.services.keep_draft import keep_draft
from scs_trial.services.log_in import DoorEvent, FailedLogIn, note_door
from scs_trial.services.own_keys import change_own_password, has_own_pin, pin_problem, set_own_pin
from scs_trial.services.register_patient import save_patient
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event, resolve_event
from scs_trial.services.sign_decision import sign_check_ins
from scs_trial.services.today import today_list
from tests.records import NOW, PASSWORD, RECORD_NAME, make_session, options

OWN = "seven grey herons stand"


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / RECORD_NAME


def add(session, name="bo", *roles):
    return add_account(
        session, user_name=name, display_name=name.title(), roles=roles or [Role.NURSE]
    )


def trail(session):
    from sqlalchemy import text

    with session.reading() as work:
        rows = work._connection.execute(
            text("select action, entity, entity_id, reason, new, old from audit order by seq")
        )
        return [row._asdict() for row in rows]


def test_that_a_new_person_chooses_a_password_before_anything_opens(session, path):
    added = add(session)
    assert added.account.roles == {Role.NURSE}
    assert [line.one_time for line in list_accounts(session)] == [False, True]
    session.records.close()
    once = added.one_time_password
    with pytest.raises(MustChangePasswordError):
        open_record(path, "bo", once, options=options())
    change_password(path, "bo", old=once, new=OWN, options=options())
    opened = open_record(path, "bo", OWN, options=options())
    assert opened.account == added.account
    opened.records.close()
    with pytest.raises(faults.WrongPasswordError):
        open_record(path, "bo", once, options=options())


def test_that_a_one_time_password_is_long_and_taken_by_the_rules():
    passwords = {one_time_password() for _ in range(50)}
    assert len(passwords) == 50
    assert all(password_problem(password, user_name="") == "" for password in passwords)


def test_that_accounts_need_names_and_a_role_and_no_name_is_used_twice(session):
    with pytest.raises(InputError) as refused:
        add_account(session, user_name=" ", display_name="", roles=[])
    assert [fault.field for fault in refused.value.faults] == [
        "user_name",
        "display_name",
        "roles",
    ]
    with pytest.raises(ConflictError):
        add(session, "ANNA")
    assert len(list_accounts(session)) == 1


def test_that_roles_and_names_change_with_a_reason_and_the_log_in_shows_the_name(session, path):
    from scs_trial.data.key_file import account_names

    bo = add(session).account
    changed = change_account(
        session, bo.id, display_name="Bo Berg", roles=[Role.CLINICIAN], reason="qualified"
    )
    assert changed.roles == {Role.CLINICIAN}
    assert [name.display_name for name in account_names(path)] == ["Anna", "Bo Berg"]
    assert trail(session)[-1]["reason"] == "qualified"


def test_that_one_administrator_always_stays(session):
    me = session.account
    with pytest.raises(InputError, match="Nobody would be administrator"):
        change_account(session, me.id, display_name="Anna", roles=[Role.NURSE], reason="")
    with pytest.raises(UserError, match="your own account"):
        remove_account(session, me.id, reason="")
    bo = add(session, "bo", Role.ADMINISTRATOR).account
    change_account(session, me.id, display_name="Anna", roles=[Role.NURSE], reason="")
    with pytest.raises(InputError):
        change_account(
            replace(session, account=bo), bo.id, display_name="Bo", roles=[Role.NURSE], reason=""
        )


def test_that_a_role_that_was_taken_away_ends_at_the_next_action(session):
    bo = add(session, "bo", Role.ADMINISTRATOR, Role.NURSE).account
    here = replace(session, account=bo)
    assert list_accounts(here)
    today_list(here)
    change_account(session, bo.id, display_name="Bo", roles=[Role.NURSE], reason="moved")
    with pytest.raises(AccessDeniedError, match="Ask an administrator"):
        list_accounts(here)
    today_list(here)
    change_account(session, bo.id, display_name="Bo", roles=list(Role), reason="back")
    with pytest.raises(AccessDeniedError, match="sign a record"):
        sign_check_ins(here, bo.id, [], password="", check=lambda *_: None)
    assert list_accounts(here)  # it was held at the log-in and is held again


def test_that_a_removed_person_who_is_still_logged_in_is_refused_and_may_leave(session):
    bo = add(session, "bo").account
    here = replace(session, account=bo)
    keep_draft(here, key="x", patient_id=None, payload="{}")
    remove_account(session, bo.id, reason="left the clinic")
    for act in (
        lambda: today_list(here),
        lambda: keep_draft(here, key="x", patient_id=None, payload="{}"),
        lambda: change_own_password(here, old=OWN, new=OWN + "!"),
    ):
        with pytest.raises(AccessDeniedError, match="no role any more"):
            act()
    note_door(here, DoorEvent.LOG_OUT)
    assert trail(session)[-1]["action"] == "log_out"


def test_that_roles_inside_a_use_case_are_those_of_the_record(session):
    """A nurse's work goes on; what within it only a clinician may do is refused."""
    bo = add(session, "bo", Role.CLINICIAN, Role.NURSE).account
    here = replace(session, account=bo)
    change_account(session, bo.id, display_name="Bo", roles=[Role.NURSE], reason="moved")
    patient = save_patient(here, Patient(id=uuid4(), name="Okafor, Grace", mrn="1"))
    event = report_safety_event(
        here,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=patient.id,
            trial_id=None,
            finding="Fever",
            urgency=Urgency.EMERGENCY,
        ),
    )
    with pytest.raises(AccessDeniedError, match="Ask a clinician"):
        resolve_event(here, event.id, resolution="seen")


def test_that_a_removed_person_is_out_stays_named_and_frees_no_name(session, path):
    bo = add(session).account
    session.keys.add(bo, OWN)
    remove_account(session, bo.id, reason="left the clinic")
    lines = list_accounts(session)
    assert [(line.account.user_name, line.removed) for line in lines] == [
        ("anna", False),
        ("bo", True),
    ]
    assert trail(session)[-1]["reason"] == "left the clinic"
    with pytest.raises(NotFoundError):
        remove_account(session, bo.id, reason="again")
    with pytest.raises(ConflictError):
        add(session, "bo")
    session.records.close()
    with pytest.raises(faults.WrongPasswordError):
        open_record(path, "bo", OWN, options=options())
    open_record(path, "anna", PASSWORD, options=options()).records.close()


def test_that_a_forgotten_password_is_replaced_by_a_one_time_one(session, path):
    bo = add(session).account
    session.keys.add(bo, OWN)
    given = give_one_time_password(session, bo.id)
    assert trail(session)[-1]["action"] == "one_time_password"
    with pytest.raises(faults.WrongPasswordError):
        open_record(path, "bo", OWN, options=options())
    with pytest.raises(MustChangePasswordError):
        open_record(path, "bo", given.one_time_password, options=options())


def test_that_ones_own_password_changes_only_with_the_old_one(session, path):
    with pytest.raises(FieldError, match="15 characters"):
        change_own_password(session, old=PASSWORD, new="short")
    with pytest.raises(faults.WrongPasswordError):
        change_own_password(session, old="wrong", new=OWN)
    change_own_password(session, old=PASSWORD, new=OWN)
    assert trail(session)[-1]["action"] == "password_changed"
    session.records.close()
    open_record(path, "anna", OWN, options=options()).records.close()


def test_that_a_pin_is_taken_out_with_the_password_and_goes_with_it(session, path):
    assert not has_own_pin(session)
    with pytest.raises(faults.WrongPasswordError):
        set_own_pin(session, password="wrong", digits="402817")
    set_own_pin(session, password=PASSWORD, digits="402817")
    assert has_own_pin(session)
    me = session.account.id
    assert session.keys.pin_fits(me, "402817")  # at once
    assert not session.keys.pin_fits(me, "402818")
    session.records.close()
    opened = open_record(path, "anna", PASSWORD, options=options())
    assert opened.pin.fits("402817")
    assert not opened.pin.fits("402818")
    again = replace(session, records=opened.records)
    opened.records.keys.hold_pin(me, opened.pin)
    assert again.keys.unlocks(me)
    change_own_password(again, old=PASSWORD, new=OWN)
    assert not has_own_pin(again)
    assert not again.keys.unlocks(me)
    assert not again.keys.pin_fits(me, "402817")
    opened.records.close()
    opened = open_record(path, "anna", OWN, options=options())
    assert opened.pin is None
    opened.records.close()


def test_that_the_pin_of_a_removed_person_or_a_lost_password_unlocks_nothing(session):
    for end in (
        lambda bo: remove_account(session, bo.id, reason="left"),
        lambda bo: give_one_time_password(session, bo.id),
    ):
        bo = add(session, f"bo{len(list_accounts(session))}").account
        session.keys.add(bo, OWN)
        session.keys.set_pin(bo.id, password=OWN, digits="402817")
        assert session.keys.pin_fits(bo.id, "402817")
        end(bo)
        assert not session.keys.unlocks(bo.id)
        assert not session.keys.pin_fits(bo.id, "402817")


def test_that_a_pin_of_somebody_else_put_in_the_slot_is_no_pin(session, path):
    from scs_trial.data import slots

    bo = add(session).account
    session.keys.add(bo, OWN)
    set_own_pin(session, password=PASSWORD, digits="402817")
    session.records.close()
    held = slots.read(path)
    forged = replace(held.slot_of("bo"), pin=held.slot_of("anna").pin)
    slots.write(path, held.with_slot(forged))
    opened = open_record(path, "bo", OWN, options=options())
    assert opened.pin is None
    opened.records.close()


@pytest.mark.parametrize(
    ("digits", "good"),
    [
        ("402817", True),
        ("40281", False),
        ("4028177", False),
        ("40281x", False),
        ("٤٠٢٨١٧", False),
        ("111111", False),
        ("123456", False),
        ("987654", False),
        ("112233", True),
    ],
)
def test_that_a_pin_has_six_digits_that_are_no_run(digits, good):
    assert (pin_problem(digits) == "") is good


def test_that_a_new_recovery_key_counts_once_it_is_taken(session, path):
    text = propose_recovery_key(session)
    session.records.close()
    with pytest.raises(faults.WrongRecoveryKeyError):
        open_with_recovery_key(path, text, options=options())
    opened = open_record(path, "anna", PASSWORD, options=options())
    again = replace(session, records=opened.records)
    take_recovery_key(again, text)
    assert trail(again)[-1]["action"] == "recovery_key_changed"
    opened.records.close()
    open_with_recovery_key(path, text, options=options()).close()


def test_that_failed_log_ins_stand_on_the_trail_before_the_one_that_opened(session):
    from uuid import UUID

    failed = FailedLogIn(id=UUID(int=1), at=NOW, who="unknown", workstation="w", way="password")
    note_door(session, DoorEvent.LOG_IN, failed=[failed])
    note_door(session, DoorEvent.LOCK, why="idle")
    rows = trail(session)[-3:]
    assert [row["action"] for row in rows] == ["failed_log_in", "log_in", "lock"]
    assert rows[0]["entity_id"] == "unknown"
    assert '"way":"password"' in rows[0]["new"]
    assert rows[2]["reason"] == "idle"


def test_that_no_password_pin_or_key_stands_on_the_trail(session):
    added = add(session)
    set_own_pin(session, password=PASSWORD, digits="402817")
    change_own_password(session, old=PASSWORD, new=OWN)
    text = propose_recovery_key(session)
    take_recovery_key(session, text)
    told = repr(trail(session))
    for secret in (PASSWORD, OWN, "402817", text, added.one_time_password):
        assert secret not in told
