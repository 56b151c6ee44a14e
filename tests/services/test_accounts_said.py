"""What accounts, keys and the door say and put on the trail, word by word."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scs_trial.data import slots
from scs_trial.domain.clinic import Role
from scs_trial.errors import FieldError, InputError, NotFoundError, UserError
from scs_trial.services.accounts import (
    add_account,
    change_account,
    give_one_time_password,
    list_accounts,
    one_time_password,
    remove_account,
    take_recovery_key,
)
from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.clinic_settings import save_criteria
from scs_trial.services.log_in import DoorEvent, FailedLogIn, note_door
from scs_trial.services.own_keys import change_own_password, pin_problem, set_own_pin
from scs_trial.services.ports import AuditEntry
from scs_trial.services.session import Session
from scs_trial.services.verify_record import verify_record
from tests.records import PASSWORD, RECORD_NAME, make_session, shipped_library

OWN = "seven grey herons stand"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return make_session(tmp_path)


def add(session: Session, name: str = "bo"):
    return add_account(session, user_name=name, display_name="Bo", roles=[Role.NURSE]).account


def newest(session: Session) -> AuditEntry:
    with session.reading() as work:
        return work.audit.search(AuditQuery(limit=1))[0]


def one_fault(caught) -> FieldError:
    (fault,) = caught.value.faults
    return fault


def test_that_an_addition_a_change_and_a_removal_stand_on_the_trail_with_reasons(session) -> None:
    bo = add(session)
    assert (newest(session).reason, newest(session).entity_id) == ("added", str(bo.id))
    change_account(session, bo.id, display_name="B", roles=[Role.NURSE], reason="married")
    assert (newest(session).action, newest(session).reason) == ("update", "married")
    give_one_time_password(session, bo.id)
    assert (newest(session).action, newest(session).entity_id) == ("one_time_password", str(bo.id))
    remove_account(session, bo.id, reason="")
    assert newest(session).reason == "removed"


def test_that_the_way_in_of_a_removed_person_is_gone_at_once(session, tmp_path: Path) -> None:
    bo = add(session)
    path = tmp_path / RECORD_NAME
    assert len(slots.read(path).slots) == 3
    before = session.keys.data_key
    remove_account(session, bo.id, reason="left")
    held = slots.read(path)
    assert [slot.user_name for slot in held.slots] == ["anna", ""]
    assert held.generation == 2
    assert session.keys.data_key != before


def test_that_only_the_changed_account_changes_its_name_at_the_log_in(session, tmp_path) -> None:
    first, second = add(session), add(session, "eve")
    change_account(session, first.id, display_name="Berg", roles=[Role.NURSE], reason="x")
    names = {s.user_name: s.display_name for s in slots.read(tmp_path / RECORD_NAME).slots}
    assert names == {"anna": "Anna", "bo": "Berg", "eve": "Bo", "": ""}
    assert {line.account for line in list_accounts(session)} >= {second}


def test_that_what_is_refused_of_an_account_says_what_to_do(session) -> None:
    with pytest.raises(UserError) as own:
        remove_account(session, session.account.id, reason="x")
    assert own.value.what == "You can't remove your own account."
    assert own.value.to_do == "Ask another administrator to remove it."
    with pytest.raises(NotFoundError) as unknown:
        give_one_time_password(session, uuid4())
    assert unknown.value.what == "There is no such account."
    assert unknown.value.to_do == "Reload the list."
    with pytest.raises(InputError) as last:
        change_account(session, session.account.id, display_name="A", roles=[Role.NURSE], reason="")
    assert one_fault(last).field == "roles"
    assert one_fault(last).what == "Nobody would be administrator any more."
    assert last.value.to_do == "Give somebody else that role first."
    with pytest.raises(FieldError) as none:
        add_account(session, user_name="bo", display_name="Bo", roles=[])
    assert (none.value.field, none.value.what) == ("roles", "Choose at least one role.")


@pytest.mark.parametrize("field", ["user_name", "display_name"])
def test_that_names_have_60_characters_at_most(session, field: str) -> None:
    names = {"user_name": "bo", "display_name": "Bo"}
    add_account(session, **names | {field: "x" * 60}, roles=[Role.NURSE])
    with pytest.raises(FieldError) as refused:
        add_account(session, **names | {field: "y" * 61}, roles=[Role.NURSE])
    assert refused.value.field == field


def test_that_a_one_time_password_is_read_out_in_five_groups_of_four() -> None:
    form = re.compile(r"[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){4}")  # no i, l, o, 0, 1
    assert all(form.fullmatch(one_time_password()) for _ in range(50))


def test_that_ones_own_password_is_judged_with_ones_own_name(session) -> None:
    for bad in ("short", "geese like anna too"):
        with pytest.raises(FieldError) as refused:
            change_own_password(session, old=PASSWORD, new=bad)
        assert refused.value.field == "new"
    change_own_password(session, old=PASSWORD, new=OWN)
    entry = newest(session)
    assert (entry.action, entry.entity, entry.entity_id) == (
        "password_changed",
        "account",
        str(session.account.id),
    )


def test_that_a_pin_is_judged_before_it_is_set(session) -> None:
    for bad, said in [
        ("12345", "Use 6 digits."),
        ("123456", "This PIN is guessed first; choose another one."),
    ]:
        with pytest.raises(FieldError) as refused:
            set_own_pin(session, password=PASSWORD, digits=bad)
        assert (refused.value.field, refused.value.what) == ("digits", said)
        assert pin_problem(bad) == said
        assert not session.keys.has_pin(session.account.id)
    set_own_pin(session, password=PASSWORD, digits="402817")
    entry = newest(session)
    assert (entry.action, entry.entity, entry.entity_id) == (
        "pin_set",
        "account",
        str(session.account.id),
    )


def test_that_a_new_recovery_key_stands_on_the_trail_of_whoever_made_it(session) -> None:
    take_recovery_key(session, session.keys.new_recovery_key())
    entry = newest(session)
    assert (entry.action, entry.entity, entry.entity_id) == (
        "recovery_key_changed",
        "account",
        str(session.account.id),
    )


def test_that_what_happened_at_the_door_is_told_in_full(session) -> None:
    at = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    tried = FailedLogIn(id=UUID(int=7), at=at, who="recovery", workstation="w", way="recovery key")
    note_door(session, DoorEvent.UNLOCK, failed=[tried])
    with session.reading() as work:
        last, failed = work.audit.search(AuditQuery(limit=2))
    assert json.loads(failed.new or "") == {
        "id": str(UUID(int=7)),
        "at": "2026-03-09T07:30:00+00:00",
        "workstation": "w",
        "way": "recovery key",
    }
    assert (failed.action, failed.entity, failed.entity_id) == (
        "failed_log_in",
        "account",
        "recovery",
    )
    assert (last.action, last.entity, last.entity_id, last.reason) == (
        "unlock",
        "account",
        str(session.account.id),
        "",
    )


def test_that_a_check_of_the_record_stands_on_the_trail_with_its_outcome(session) -> None:
    made = verify_record(session)
    assert made.holds
    assert [finding.text for finding in made.findings[:2]] == [
        "Audit chain: all 4 rows fit.",
        "Guards: all stand.",
    ]
    entry = newest(session)
    assert (entry.action, entry.entity, entry.entity_id) == ("verify", "record", "")
    assert json.loads(entry.new or "") == {"holds": True, "anchors": []}


def test_that_a_session_knows_the_criteria_that_were_just_stored_and_the_zone(session) -> None:
    text = shipped_library().texts["general-50"].replace("general-50", "ours", 1)
    save_criteria(session, file_name="ours.toml", text=text, reason="ours")
    assert session.library["ours"].id == "ours"
    assert session.library_texts["ours"] == text
    assert session.zone().key == "Europe/Berlin"
