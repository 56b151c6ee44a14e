"""Passwords, key pairs, the recovery key, and the key file beside the record."""

import json
import unicodedata
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_trial.data import faults, keys, slots
from scs_trial.data.open import open_record, open_with_recovery_key
from scs_trial.data.tries import tries_path
from scs_trial.data.way_in import change_password
from tests.records import (
    CHEAP,
    PASSWORD,
    RECORD_NAME,
    close_after_test,
    make_account,
    make_record,
    options,
)


def opens(path, user_name, password):
    """Open and close a record; return the account."""
    opened = open_record(path, user_name, password, options=options())
    opened.records.close()
    return opened.account


@pytest.fixture
def made(tmp_path):
    """A new record, closed, and what was made."""
    created = make_record(tmp_path)
    created.records.close()
    return created


@pytest.fixture
def path(tmp_path, made):
    """Its path."""
    return tmp_path / RECORD_NAME


def test_that_the_shipped_password_cost_is_that_of_the_design():
    # Argon2id, 64 MiB, t = 3, p = 4: the design's "Keys"
    assert keys.Cost(memory_kib=65536, passes=3, lanes=4) == keys.SHIPPED_COST


def test_that_the_shipped_cost_opens_what_it_wrapped():
    private = keys.new_private_key()
    wrapped = keys.wrap(private, "pass", b"r|u|1", cost=keys.SHIPPED_COST)
    assert keys.unwrap(wrapped, "pass", b"r|u|1").private_bytes_raw() == (
        private.private_bytes_raw()
    )


def test_that_a_wrapped_key_opens_only_for_its_password_record_user_and_version():
    wrapped = keys.wrap(keys.new_private_key(), "pass", b"r|u|1", cost=CHEAP)
    for password, bound in [("Pass", b"r|u|1"), ("pass", b"r|u|2"), ("pass", b"r|v|1")]:
        with pytest.raises(keys.WrongKeyError):
            keys.unwrap(wrapped, password, bound)


def test_that_a_sealed_key_opens_only_for_its_holder_and_generation():
    holder, other, data_key = keys.new_private_key(), keys.new_private_key(), keys.new_data_key()
    public = holder.public_key().public_bytes_raw()
    sealed = keys.seal(data_key, public, b"r|u", generation=2)
    assert keys.unseal(sealed, holder, b"r|u") == data_key
    forged = keys.SealedKey(
        generation=3, ephemeral=sealed.ephemeral, nonce=sealed.nonce, box=sealed.box
    )
    for box, private, bound in [(sealed, other, b"r|u"), (sealed, holder, b"r|v")]:
        with pytest.raises(keys.WrongKeyError):
            keys.unseal(box, private, bound)
    with pytest.raises(keys.WrongKeyError):
        keys.unseal(forged, holder, b"r|u")


def test_that_two_spellings_of_one_password_are_the_same(tmp_path):
    composed = "pässwörd ﬁne"
    private = keys.new_private_key()
    wrapped = keys.wrap(private, composed, b"x", cost=CHEAP)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        keys.unwrap(wrapped, unicodedata.normalize(form, composed), b"x")


@settings(deadline=None)
@given(st.integers(0, 35), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_that_one_mistyped_sign_of_the_recovery_key_is_noticed(at, sign):
    printed = keys.new_recovery_key().replace("-", "")
    mistyped = printed[:at] + sign + printed[at + 1 :]
    if mistyped != printed:
        with pytest.raises(keys.WrongKeyError):
            keys.recovery_private_key(mistyped)


def test_that_the_recovery_key_may_be_typed_as_it_is_read():
    printed = keys.new_recovery_key()
    assert [len(group) for group in printed.split("-")] == [4] * 9
    wanted = keys.recovery_private_key(printed).private_bytes_raw()
    for typed in (printed.lower(), printed.replace("-", " "), printed.replace("0", "o")):
        assert keys.recovery_private_key(typed).private_bytes_raw() == wanted


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 36, "é" * 36, "0" * 35, "0" * 37])
def test_that_what_is_no_recovery_key_is_refused(typed):
    with pytest.raises(keys.WrongKeyError):
        keys.recovery_private_key(typed)


def test_that_a_record_opens_with_the_right_password_only(path, made):
    assert opens(path, " ANNA ", PASSWORD) == made.account
    for user, password in [("anna", PASSWORD + " "), ("anna", ""), ("eve", PASSWORD), ("", "")]:
        with pytest.raises(faults.WrongPasswordError):
            opens(path, user, password)


def test_that_a_wrong_password_touches_nothing(path):
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(faults.WrongPasswordError):
        opens(path, "anna", "wrong")
    tries_path(path).unlink()
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_that_the_recovery_key_opens_and_gives_a_new_password(path, made):
    records = open_with_recovery_key(path, made.recovery_key, options=options())
    records.keys.add(made.account, "a new password")
    records.close()
    assert opens(path, "anna", "a new password") == made.account
    with pytest.raises(faults.WrongPasswordError):
        opens(path, "anna", PASSWORD)
    with pytest.raises(faults.WrongRecoveryKeyError):
        open_with_recovery_key(path, keys.new_recovery_key(), options=options())
    with pytest.raises(faults.WrongRecoveryKeyError):
        open_with_recovery_key(path, "nonsense", options=options())


def test_that_an_added_account_opens_with_its_own_password(path, made):
    bo = make_account("bo")
    records = close_after_test(open_record(path, "anna", PASSWORD, options=options()).records)
    with records.writing(actor=made.account, workstation="w") as work:
        work.accounts.save(bo)
        work.commit()
    records.keys.add(bo, "bo's own password")
    records.close()
    assert opens(path, "bo", "bo's own password") == bo
    assert opens(path, "anna", PASSWORD) == made.account


def test_that_a_changed_password_replaces_the_old_and_leaves_others(path, made):
    with pytest.raises(faults.WrongPasswordError):
        change_password(path, "anna", old="wrong", new="x", options=options())
    change_password(path, "anna", old=PASSWORD, new="brand new", options=options())
    assert opens(path, "anna", "brand new") == made.account
    with pytest.raises(faults.WrongPasswordError):
        opens(path, "anna", PASSWORD)
    records = open_with_recovery_key(path, made.recovery_key, options=options())
    records.close()


def test_that_an_older_slot_of_the_same_person_does_not_pass_for_the_newer(path):
    before = slots.read(path)
    change_password(path, "anna", old=PASSWORD, new="brand new", options=options())
    after = slots.read(path)
    old_box = before.slot_of("anna").wrapped
    mixed = replace(after.slot_of("anna"), wrapped=old_box)
    slots.write(path, after.with_slot(mixed))
    with pytest.raises(faults.WrongPasswordError):
        opens(path, "anna", PASSWORD)


def test_that_the_slots_of_two_people_can_not_be_swapped(path, made):
    held = slots.read(path)
    data_key = keys.new_data_key()
    bo = slots.new_account_slot(held, make_account("bo"), "bo", data_key=data_key, cost=CHEAP)
    anna = held.slot_of("anna")
    forged = replace(bo, account_id=anna.account_id, user_name="anna")
    slots.write(path, held.with_slot(forged))
    with pytest.raises(faults.WrongPasswordError):
        opens(path, "anna", "bo")


def test_that_during_a_rotation_either_key_opens(path):
    held = slots.read(path)
    anna = held.slot_of("anna")
    bound = f"{held.record_id}|{anna.owner}".encode()
    new = keys.seal(keys.new_data_key(), anna.public, bound, generation=2)
    slots.write(path, held.with_slot(replace(anna, sealed=(new, *anna.sealed))))
    opens(path, "anna", PASSWORD)


def test_that_the_key_file_gives_no_key_away(path, made):
    text = slots.key_path(path).read_text(encoding="utf-8")
    assert made.records.keys.data_key.hex() not in text
    assert PASSWORD not in text
    assert made.recovery_key not in text
    assert "data_key" not in repr(made.records.keys)
    assert slots.key_path(path).stat().st_mode & 0o077 == 0
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda held: "not JSON",
        lambda held: "[]",
        lambda held: json.dumps({**held, "record": "x"}),
        lambda held: json.dumps({key: value for key, value in held.items() if key != "schema"}),
        lambda held: json.dumps({**held, "schema": "5"}),
        lambda held: json.dumps({**held, "slots": [{}]}),
        lambda held: json.dumps({**held, "slots": 3}),
        lambda held: json.dumps({**held, "slots": [{**held["slots"][0], "public": "?"}]}),
        lambda held: "\udcff",
    ],
)
def test_that_a_spoiled_key_file_is_said_to_be_spoiled(path, change):
    file = slots.key_path(path)
    text = change(json.loads(file.read_text(encoding="utf-8")))
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = path.read_bytes()
    with pytest.raises(faults.DamagedKeysError, match="key file"):
        opens(path, "anna", PASSWORD)
    assert path.read_bytes() == before


def test_that_a_missing_key_file_is_named(path):
    slots.key_path(path).unlink()
    with pytest.raises(faults.DamagedKeysError, match=r"clinic\.scs\.keys is missing"):
        opens(path, "anna", PASSWORD)


def test_that_a_slot_without_an_account_opens_nothing(path, made):
    records = open_record(path, "anna", PASSWORD, options=options()).records
    records.keys.add(make_account("ghost", account_id=uuid4()), "boo")
    records.close()
    with pytest.raises(faults.DamagedKeysError):
        opens(path, "ghost", "boo")
    assert opens(path, "anna", PASSWORD) == made.account
