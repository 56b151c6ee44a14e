"""Somebody is removed: the data key changes, and a crash at any point locks nobody else out."""

import os
import random
import shutil
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_trial.data import faults, keys, records, slots
from scs_trial.data.backup import BackupFolder, folder_of
from scs_trial.data.key_ring import KeyRing
from scs_trial.data.open import open_record, open_with_recovery_key
from scs_trial.data.rekey import opens as opens_with
from scs_trial.errors import UserError
from tests.data import build, children
from tests.records import (
    CHEAP,
    PASSWORD,
    RECORD_NAME,
    close_after_test,
    make_account,
    make_record,
    options,
)

PASSWORDS = {"anna": PASSWORD, "bo": "bo has a password", "cleo": "cleo has one too"}


class Crash(BaseException):
    """The program ends here; nothing after it runs."""


@pytest.fixture
def made(tmp_path):
    """Three accounts and some patients, closed."""
    created = make_record(tmp_path)
    with created.records.writing(actor=created.account, workstation="w") as work:
        for name in ("bo", "cleo"):
            account = make_account(name)
            work.accounts.save(account)
            created.records.keys.add(account, PASSWORDS[name])
        for _ in range(20):
            work.patients.save(build.patient())
        work.commit()
    created.records.close()
    return created


@pytest.fixture
def path(tmp_path, made):
    return tmp_path / RECORD_NAME


def opened(path, name="anna"):
    return open_record(path, name, PASSWORDS[name], options=options())


def opens(path, name):
    """Say whether an account's password opens a sound record with all its patients."""
    try:
        records = opened(path, name).records
    except faults.WrongPasswordError:
        return False
    try:
        records.check()
        with records.reading() as work:
            assert len(work.patients.recent(limit=50)) == 20
        return True
    finally:
        records.close()


def backups(path):
    return BackupFolder(folder_of(path), stem=path.stem).listed().backups


def recovers(path, made):
    try:
        open_with_recovery_key(path, made.recovery_key, options=options()).close()
    except faults.WrongRecoveryKeyError:
        return False
    return True


def remove_bo(path):
    """Remove one account as the service does: the record first, then the slot."""
    held = opened(path)
    with held.records.writing(actor=held.account, workstation="w") as work:
        bo = next(a for a in work.accounts.all() if a.user_name == "bo")
        work.accounts.save(replace(bo, roles=frozenset()))
        work.commit()
    try:
        held.records.keys.remove(bo.id)
    finally:
        held.records.close()


def test_that_of_three_the_removed_one_is_out_and_the_others_and_the_recovery_key_are_in(
    path, made
):
    old_key = made.records.keys.data_key
    remove_bo(path)
    assert [b.reason for b in backups(path)] == ["before a change of keys"]
    assert not opens(path, "bo")
    assert opens(path, "anna")
    assert opens(path, "cleo")
    assert recovers(path, made)
    assert not opens_with(path, old_key)
    assert all(len(slot.sealed) == 1 for slot in slots.read(path).slots)


def test_that_an_old_copy_of_the_key_file_opens_nothing_new(path):
    old = slots.key_path(path).read_bytes()
    remove_bo(path)
    slots.key_path(path).write_bytes(old)
    with pytest.raises(faults.DamagedRecordError):
        opened(path, "bo")


def test_that_the_open_record_goes_on_with_the_new_key(path):
    held = close_after_test(opened(path).records)
    account = next(a for a in accounts(held) if a.user_name == "cleo")
    with held.reading() as work:
        assert work.accounts.all()
    held.keys.remove(account.id)
    with held.writing(actor=account, workstation="w") as work:
        work.patients.save(build.patient())
        work.commit()
    held.check()
    held.close()
    assert opened_and_closed(path)


def accounts(records):
    with records.reading() as work:
        return work.accounts.all()


def opened_and_closed(path):
    opened(path).records.close()
    return True


def test_that_a_new_recovery_key_ends_the_old_one(path, made):
    held = opened(path)
    new = held.records.keys.new_recovery_key()
    held.records.keys.take_recovery_key(new)
    held.records.close()
    assert not recovers(path, made)
    open_with_recovery_key(path, new, options=options()).close()
    assert opens(path, "anna")
    assert opens(path, "bo")


def test_that_whoever_reads_keeps_the_key_from_being_changed_and_nothing_is_lost(path, monkeypatch):
    monkeypatch.setattr("scs_trial.data.records.REKEY_WAIT_SECONDS", 0.05)
    held = close_after_test(opened(path).records)
    with held.reading() as work:
        assert work.accounts.all()
        with pytest.raises(faults.RotationWaitsError, match="busy"):
            held.keys.remove(next(a.id for a in work.accounts.all() if a.user_name == "bo"))
    with held.reading() as work:
        assert len(work.accounts.all()) == 3
    held.close()
    assert opens(path, "cleo")
    assert not slots.read(path).rotating  # ended by the next opening


CRASHES = {
    "before anything": (KeyRing, "_rotate", "before"),
    "before both keys lie in the slots": (slots, "write_said", "before"),
    "after both keys lie in the slots": (slots, "write_said", "after"),
    "before the file changes": ("scs_trial.data.records.rekey", None, "before"),
    "after the file has changed": ("scs_trial.data.records.rekey", None, "after"),
}


@pytest.mark.parametrize("name", CRASHES)
def test_that_a_crash_at_any_step_leaves_the_others_in_and_the_next_opening_ends_it(
    path, made, monkeypatch, name
):
    owner, attribute, when = CRASHES[name]
    if attribute is None:
        module, _, attribute = owner.rpartition(".")
        owner = __import__(module, fromlist=["x"])
    real = getattr(owner, attribute)

    def crash(*given, **named):
        if when == "after":
            real(*given, **named)
        raise Crash

    with monkeypatch.context() as fault:
        fault.setattr(owner, attribute, crash)
        with pytest.raises(Crash):
            remove_bo(path)
    copy = path.parent / "copy"
    copy.mkdir()
    for file in path.parent.iterdir():
        if file.is_file():
            shutil.copy(file, copy)
    for other in ("cleo", "anna"):
        assert opens(copy / RECORD_NAME, other)
    assert recovers(path, made)
    assert not opens(path, "bo")
    assert opens(path, "anna")
    held = slots.read(path)
    assert not held.rotating
    assert {slot.user_name for slot in held.slots} == {"anna", "cleo", ""}
    assert not opens_with(path, made.records.keys.data_key)


def rotate_for_ever(say: children.Say, path) -> None:
    """Change the data key again and again."""
    records.back_up_first = lambda *_given: None  # takes longer than all the rest
    held = children.opened(path)
    say("ready")
    while True:
        held.records.keys.take_recovery_key(keys.new_recovery_key())
        say("changed")


def test_that_kills_at_random_times_leave_the_record_open_to_everybody(path):
    chance = random.Random(20261122)
    for _ in range(8):
        process, ours = children.start(rotate_for_ever, path)
        assert isinstance(ours, Connection)
        assert ours.recv() == "ready"
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.join()
        ours.close()
        assert opens(path, chance.choice(sorted(PASSWORDS)))
        assert not slots.read(path).rotating


def rotate_on_a_full_disk(say: children.Say, path, limit: int) -> None:
    """Change the data key when no file may grow past a size."""
    import resource

    held = children.opened(path)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        held.records.keys.take_recovery_key(keys.new_recovery_key())
    except UserError as error:
        say(type(error).__name__)
    else:
        say("changed")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    with held.records.reading() as work:
        say(len(work.patients.recent(limit=50)))
    held.records.close()


@pytest.mark.parametrize("limit", [0, 4096, 60_000])
def test_that_a_full_disk_leaves_the_record_open_in_the_running_program_and_after(path, limit):
    said = children.run(rotate_on_a_full_disk, path, limit)
    assert said[0] in ("RotationWaitsError", "DiskFailureError", "DiskFullError")
    assert said[1] == 20
    for name in PASSWORDS:
        assert opens(path, name)


def test_that_a_removed_account_whose_slot_stayed_is_refused_and_its_slot_goes(path):
    held = opened(path)
    with held.records.writing(actor=held.account, workstation="w") as work:
        bo = next(a for a in work.accounts.all() if a.user_name == "bo")
        work.accounts.save(replace(bo, roles=frozenset()))
        work.commit()
    held.records.close()
    assert not opens(path, "bo")
    opened(path).records.close()
    assert slots.read(path).owner_of("bo") is None


def test_that_names_at_the_log_in_follow_the_record(path):
    held = slots.read(path)
    forged = replace(held.slot_of("cleo"), display_name="Anna")
    slots.write(path, held.with_slot(forged))
    opened(path).records.close()
    assert slots.read(path).slot_of("cleo").display_name == "Cleo"


def test_that_every_flipped_bit_of_the_key_file_is_damage_and_never_a_wrong_password(path):
    file = slots.key_path(path)
    whole = file.read_bytes()
    chance = random.Random(7)
    for _ in range(150):
        at = chance.randrange(len(whole) * 8)
        spoiled = bytearray(whole)
        spoiled[at // 8] ^= 1 << at % 8
        file.write_bytes(spoiled)
        try:
            opened(path).records.close()
        except faults.WrongPasswordError:
            pytest.fail(f"bit {at} reads as a wrong password")
        except UserError:
            pass
    file.write_bytes(whole)


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(1, 2**31))
def test_that_what_is_sealed_opens_for_its_holder_alone(data_key, bound, generation):
    holder, other = keys.new_private_key(), keys.new_private_key()
    public = holder.public_key().public_bytes_raw()
    sealed = keys.seal(data_key, public, bound, generation=generation)
    assert keys.unseal(sealed, holder, bound) == data_key
    for private, to in ((other, bound), (holder, bound + b"x")):
        with pytest.raises(keys.WrongKeyError):
            keys.unseal(sealed, private, to)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_that_a_key_file_says_after_reading_what_was_written(name, display_name, one_time):
    from uuid import UUID

    empty = slots.new_key_file(UUID(int=5), ())
    account = replace(make_account("x"), user_name=name, display_name=display_name)
    slot = slots.new_account_slot(
        empty, account, "p", data_key=os.urandom(32), cost=CHEAP, one_time=one_time
    )
    from scs_trial.data.slot_format import parse, spell

    held = empty.with_slot(slot)
    with suppress(UnicodeEncodeError):
        assert parse(spell(held)) == held
    slots.private_key(held.record_id, slot, "p")
    with pytest.raises(keys.WrongKeyError):  # a one-time password can't pass for a lasting one
        slots.private_key(held.record_id, replace(slot, one_time=not one_time), "p")
