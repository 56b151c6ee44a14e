"""How keys are derived and stored: known answers, and a key file that an earlier program wrote.

A change of any of these would lock people out of the records that they have.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scs_trial import __version__
from scs_trial.data import engine, faults, key_file, keys, pin, rekey, slots, way_in
from scs_trial.data.schema import SCHEMA
from scs_trial.data.slot_format import KeyFile, Slot, parse, spell
from tests.data import stored
from tests.records import CHEAP, PASSWORD, make_account, options

PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
RECORD = UUID(int=5)
ACCOUNT = make_account(account_id=UUID(int=9))
EMPTY = KeyFile(record_id=RECORD, schema=6, program="1", slots=())


def derived(secret: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=info).derive(secret)


@pytest.mark.parametrize("schema", stored.SCHEMAS)
def test_that_a_stored_key_file_still_opens_its_record(tmp_path: Path, schema: int) -> None:
    path = stored.put(schema, tmp_path)
    for name in ("anna", "bo"):
        slot, held, private = way_in.with_password(path, name, PASSWORD, options())
        (data_key,) = slots.data_keys(held.record_id, slot, private)
        assert engine.stored_version(path, data_key) == schema
        assert rekey.opens(path, data_key)
        assert not rekey.opens(path, keys.new_data_key())


def test_that_a_password_becomes_a_key_by_argon2id() -> None:
    wanted = hash_secret_raw(
        b"p\xc3\xa4ss",
        b"s" * 16,
        time_cost=1,
        memory_cost=8,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
    assert keys.stretch("pa\u0308ss", b"s" * 16, CHEAP) == wanted
    assert keys.stretch("broken \ud83d", b"s" * 16, CHEAP) != wanted  # half a sign is a sign


def test_that_a_private_key_is_wrapped_by_aes_gcm_under_a_new_salt_and_nonce() -> None:
    wrapped = keys.wrap(PRIVATE, "p", b"bound", cost=CHEAP)
    box = AESGCM(keys.stretch("p", wrapped.salt, CHEAP))
    assert box.decrypt(wrapped.nonce, wrapped.box, b"bound") == bytes(range(32))
    assert (len(wrapped.salt), len(wrapped.nonce), wrapped.cost) == (16, 12, CHEAP)
    again = keys.wrap(PRIVATE, "p", b"bound", cost=CHEAP)
    assert again.salt != wrapped.salt
    assert again.nonce != wrapped.nonce


def test_that_a_data_key_is_sealed_with_a_passing_key_pair() -> None:
    data_key = keys.new_data_key()
    assert len(data_key) == 32
    sealed = keys.seal(data_key, PUBLIC, b"bound", generation=3)
    shared = PRIVATE.exchange(X25519PublicKey.from_public_bytes(sealed.ephemeral))
    key = derived(shared, b"scs-trial seal 1", sealed.ephemeral + PUBLIC)
    assert AESGCM(key).decrypt(sealed.nonce, sealed.box, b"bound|generation 3") == data_key
    assert (len(sealed.nonce), sealed.generation) == (12, 3)


def test_that_an_own_box_is_locked_by_the_private_key() -> None:
    held = keys.lock_away(b"secret", PRIVATE, b"bound")
    key = derived(bytes(range(32)), b"scs-trial own box 1")
    assert AESGCM(key).decrypt(held.nonce, held.box, b"bound") == b"secret"
    assert len(held.nonce) == 12
    assert keys.take_out(held, PRIVATE, b"bound") == b"secret"
    for other, bound in ((keys.new_private_key(), b"bound"), (PRIVATE, b"other")):
        with pytest.raises(keys.WrongKeyError):
            keys.take_out(held, other, bound)


SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def spelled(data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    return "".join(SIGNS[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))


@pytest.mark.parametrize("secret", [bytes(20), bytes(range(20)), b"\xff" * 20])
def test_that_a_recovery_key_is_base_32_with_a_check_and_becomes_a_private_key(
    secret: bytes,
) -> None:
    check = spelled(hashlib.sha256(b"scs-trial recovery check" + secret).digest()[:5])[:4]
    private = keys.recovery_private_key(spelled(secret) + check)
    assert private.private_bytes_raw() == derived(secret, b"scs-trial recovery 1")


def test_that_a_printed_recovery_key_is_random_and_in_groups_of_four() -> None:
    printed = {keys.new_recovery_key() for _ in range(20)}
    assert len(printed) == 20
    for text in printed:
        assert [len(group) for group in text.split("-")] == [4] * 9
        keys.recovery_private_key(f" {text.lower().replace('0', 'o').replace('1', 'l')}\n")
        keys.recovery_private_key(text.replace("1", "i"))


def slot_of_anna(**changes: object) -> Slot:
    made = slots.new_account_slot(EMPTY, ACCOUNT, PASSWORD, data_key=b"k" * 32, cost=CHEAP)
    return replace(made, **changes)


def test_that_a_slot_binds_its_parts_to_record_account_and_version() -> None:
    slot = slot_of_anna()
    assert (slot.version, slot.one_time, slot.display_name) == (1, False, "Anna")
    assert slot.wrapped is not None
    owner = f"{RECORD}|{ACCOUNT.id}"
    private = keys.unwrap(slot.wrapped, PASSWORD, f"{owner}|1".encode())
    assert keys.unseal(slot.sealed[0], private, owner.encode()) == b"k" * 32
    assert slots.pin_bound(RECORD, slot) == f"{owner}|pin".encode()
    once = slots.new_account_slot(
        EMPTY, ACCOUNT, PASSWORD, data_key=b"k" * 32, cost=CHEAP, one_time=True
    )
    assert once.one_time is True
    assert once.wrapped is not None
    keys.unwrap(once.wrapped, PASSWORD, f"{owner}|1|one-time".encode())


def test_that_a_new_password_is_the_next_version_and_no_one_time_one() -> None:
    before = slots.new_account_slot(
        EMPTY, ACCOUNT, PASSWORD, data_key=b"k" * 32, cost=CHEAP, one_time=True
    )
    after = slots.with_new_password(RECORD, before, old=PASSWORD, new="new", cost=CHEAP)
    assert (after.version, after.one_time, after.sealed) == (2, False, before.sealed)
    assert after.wrapped is not None
    keys.unwrap(after.wrapped, "new", f"{RECORD}|{ACCOUNT.id}|2".encode())
    with pytest.raises(keys.WrongKeyError):
        slots.with_new_password(RECORD, before, old="wrong", new="new", cost=CHEAP)


def test_that_the_recovery_slot_is_bound_to_the_record_and_has_no_password() -> None:
    text = keys.new_recovery_key()
    slot = slots.new_recovery_slot(EMPTY, text, b"k" * 32)
    assert (slot.account_id, slot.user_name, slot.version, slot.wrapped) == (None, "", 1, None)
    assert slot.owner == "recovery"
    private = keys.recovery_private_key(text)
    assert keys.unseal(slot.sealed[0], private, f"{RECORD}|recovery".encode()) == b"k" * 32
    with pytest.raises(keys.WrongKeyError):
        slots.private_key(RECORD, slot, "")


def test_that_a_pin_is_checked_by_its_own_salt_and_cost() -> None:
    assert keys.Cost(memory_kib=19456, passes=2, lanes=1) == pin.PIN_COST
    slot = slot_of_anna()
    box = pin.put(RECORD, slot, PRIVATE, "402817")
    secret = keys.take_out(box, PRIVATE, slots.pin_bound(RECORD, slot))
    assert secret[16:] == keys.stretch("402817", secret[:16], pin.PIN_COST)
    found = pin.take(RECORD, replace(slot, pin=box), PRIVATE)
    assert found is not None
    assert (found.fits("402817"), found.fits("402818")) == (True, False)
    assert pin.take(RECORD, slot, PRIVATE) is None
    assert pin.take(RECORD, replace(slot, pin=box), keys.new_private_key()) is None


def test_that_a_key_file_is_spelled_as_it_always_was() -> None:
    slot = Slot(
        account_id=ACCOUNT.id,
        user_name="anna",
        version=3,
        public=b"\x01" * 3,
        wrapped=keys.WrappedKey(salt=b"s", cost=CHEAP, nonce=b"n", box=b"b"),
        sealed=(keys.SealedKey(generation=2, ephemeral=b"e", nonce=b"m", box=b"c"),),
        display_name="Anna",
        one_time=True,
        pin=keys.OwnBox(nonce=b"o", box=b"p"),
    )
    recovery = replace(
        slot, account_id=None, user_name="", wrapped=None, one_time=False, pin=None, sealed=()
    )
    held = KeyFile(record_id=RECORD, schema=6, program="1.2", slots=(slot, recovery))
    spelt = spell(held)
    check = spelt.pop("check")
    text = json.dumps(spelt, sort_keys=True, separators=(",", ":"))
    assert check == hashlib.sha256(text.encode()).hexdigest()
    assert spelt == {
        "format": 2,
        "record": "00000000-0000-0000-0000-000000000005",
        "schema": 6,
        "program": "1.2",
        "slots": [
            {
                "account": "00000000-0000-0000-0000-000000000009",
                "user_name": "anna",
                "display_name": "Anna",
                "one_time": True,
                "pin": {"nonce": "bw==", "box": "cA=="},
                "version": 3,
                "public": "AQEB",
                "wrapped": {
                    "kdf": "argon2id",
                    "memory_kib": 8,
                    "passes": 1,
                    "lanes": 1,
                    "salt": "cw==",
                    "nonce": "bg==",
                    "box": "Yg==",
                },
                "sealed": [{"generation": 2, "ephemeral": "ZQ==", "nonce": "bQ==", "box": "Yw=="}],
            },
            {
                "account": None,
                "user_name": "",
                "display_name": "Anna",
                "one_time": False,
                "pin": None,
                "version": 3,
                "public": "AQEB",
                "wrapped": None,
                "sealed": [],
            },
        ],
    }
    assert parse(spell(held)) == held


def test_that_a_key_file_of_format_1_is_read_and_its_first_generation_is_1() -> None:
    spelt = spell(replace(EMPTY, slots=(slot_of_anna(),)))
    older = {**spelt, "format": 1, "slots": [dict(spelt["slots"][0])]}
    for name in ("display_name", "one_time", "pin"):
        del older["slots"][0][name]
    del older["check"]
    (slot,) = parse(older).slots
    assert (slot.display_name, slot.one_time, slot.pin) == ("", False, None)
    assert EMPTY.generation == 1
    assert parse({**older, "format": 3}).slots == ()


@pytest.mark.parametrize("value", ["6", None, -1, 2**31 + 1, 1.5])
def test_that_a_number_that_is_none_is_refused(value: object) -> None:
    spelt = {**spell(EMPTY), "format": 1, "schema": value}
    with pytest.raises(TypeError, match="a whole number is expected"):
        parse(spelt)
    for edge in (0, 2**31):
        assert parse({**spelt, "schema": edge}).schema == edge


def test_that_a_slot_is_found_by_any_spelling_of_its_name_and_taken_out_by_its_owner() -> None:
    slot = slot_of_anna()
    recovery = slots.new_recovery_slot(EMPTY, keys.new_recovery_key(), b"k" * 32)
    held = replace(EMPTY, slots=(slot, recovery))
    assert held.slot_of(" ANNA ") is slot
    assert held.owner_of("anna") == str(ACCOUNT.id)
    assert held.owner_of("bo") is None
    assert held.recovery() is recovery
    assert held.of_account(ACCOUNT.id) is slot
    assert held.without(str(ACCOUNT.id)).slots == (recovery,)
    assert held.without("recovery").slots == (slot,)
    assert held.with_slot(replace(slot, version=2)).slots == (recovery, replace(slot, version=2))
    for ask in (lambda: held.slot_of(""), lambda: held.of_account(UUID(int=1)), EMPTY.recovery):
        with pytest.raises(keys.WrongKeyError):
            ask()
    assert not held.rotating
    assert replace(held, slots=(replace(slot, sealed=slot.sealed * 2),)).rotating


def test_that_the_log_in_offers_user_names_and_no_recovery_key(tmp_path: Path) -> None:
    path = stored.put(stored.SCHEMAS[-1], tmp_path)
    found = [(name.user_name, name.display_name) for name in key_file.account_names(path)]
    assert found == [("anna", "Anna"), ("bo", "Bo")]
    held = slots.read(path)
    slots.write(path, held.with_slot(replace(held.slot_of("bo"), display_name="")))
    assert key_file.account_names(path)[-1].display_name == "bo"


def test_that_a_wrong_recovery_key_waits_to_be_told_as_one(tmp_path: Path) -> None:
    path = stored.put(stored.SCHEMAS[-1], tmp_path)
    with pytest.raises(faults.WrongRecoveryKeyError):
        way_in.with_recovery_key(path, "ABCD", options())
    with pytest.raises(faults.WrongPasswordError):
        way_in.with_password(path, "anna", "wrong", options())
    recovery, password = way_in.tries_on(path, options()).waiting()
    assert (recovery.who, recovery.way) == ("recovery", "recovery key")
    owner = slots.read(path).slot_of("anna").owner
    assert (password.who, password.way) == (owner, "password")
    assert recovery.workstation == "test station"
    assert recovery.at == datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


def test_that_the_right_recovery_key_is_counted_from_the_beginning_again(tmp_path: Path) -> None:
    path = stored.put(stored.SCHEMAS[-1], tmp_path)
    held, text = slots.read(path), keys.new_recovery_key()
    slots.write(path, held.with_slot(slots.new_recovery_slot(held, text, b"k" * 32)))
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(faults.WrongRecoveryKeyError):
                way_in.with_recovery_key(path, "ABCD", options())
        assert way_in.with_recovery_key(path, text, options()) == (b"k" * 32,)


def test_that_a_stamp_names_this_program_and_leaves_every_way_in(tmp_path: Path) -> None:
    path = stored.put(stored.SCHEMAS[0], tmp_path)
    before = slots.read(path)
    slots.write(path, replace(before, program="0.0.1"))
    slots.stamp(path)
    assert slots.read(path) == replace(before, schema=SCHEMA, program=__version__)
    slots.key_path(path).unlink()
    slots.stamp(path)  # a record that is being created has none yet
    assert not slots.key_path(path).exists()
