"""Back-off: 5 tries, then 30 s doubling to 15 min, for each account and workstation.

Source of the figures: the safekeeping design, "People".
"""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_trial.clock import FixedClock
from scs_trial.data import faults, slots
from scs_trial.data.open import open_record, open_with_recovery_key
from scs_trial.data.tries import Tries, tries_path, wait_after
from scs_trial.data.way_in import check_password
from scs_trial.services.door import TooManyTriesError
from tests.records import NOW, PASSWORD, RECORD_NAME, make_account, make_record, options

SECONDS = [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def path(tmp_path, clock):
    made = make_record(tmp_path, clock=clock)
    made.records.keys.add(make_account("bo"), "another password")
    made.records.close()
    return tmp_path / RECORD_NAME


def guess(path, clock, user_name="anna", *, workstation="here"):
    with pytest.raises(faults.WrongPasswordError):
        check_password(
            path, user_name, "wrong", options=replace(options(clock), workstation=workstation)
        )


def test_that_the_waits_are_those_of_the_design():
    assert [wait_after(tries).total_seconds() for tries in range(len(SECONDS))] == SECONDS


@given(st.integers(min_value=0, max_value=10**9))
def test_that_no_number_of_tries_locks_for_ever(tries):
    assert wait_after(tries) <= timedelta(minutes=15)


def test_that_after_five_tries_even_the_right_password_waits_and_then_opens(path, clock):
    for _ in range(5):
        guess(path, clock)
    with pytest.raises(TooManyTriesError, match="30 s") as refused:
        open_record(path, "anna", PASSWORD, options=replace(options(clock), workstation="here"))
    assert refused.value.left == timedelta(seconds=30)
    clock.advance(timedelta(seconds=30))
    check_password(path, "anna", PASSWORD, options=replace(options(clock), workstation="here"))
    guess(path, clock)  # counted from the beginning again


def test_that_another_account_and_another_workstation_do_not_wait(path, clock):
    for _ in range(5):
        guess(path, clock)
    guess(path, clock, "bo")
    guess(path, clock, workstation="there")


def test_that_the_wait_doubles_while_guessing_goes_on(path, clock):
    for _ in range(5):
        guess(path, clock)
    for seconds in (30, 60, 120):
        clock.advance(timedelta(seconds=seconds) - timedelta(seconds=1))
        with pytest.raises(TooManyTriesError):
            check_password(
                path, "anna", PASSWORD, options=replace(options(clock), workstation="here")
            )
        clock.advance(timedelta(seconds=1))
        guess(path, clock)


def test_that_a_clock_that_was_set_back_does_not_lock_for_ever(path, clock):
    for _ in range(12):
        guess(path, clock)
        clock.advance(timedelta(minutes=15))
    clock.advance(timedelta(minutes=-14))
    clock.advance(timedelta(days=-400))
    tries = Tries(record=path, workstation="here", clock=clock)
    owner = slots.read(path).slot_of("anna").owner
    with pytest.raises(TooManyTriesError) as refused:
        tries.begin(owner)
    assert refused.value.left <= timedelta(minutes=15)
    clock.advance(timedelta(minutes=15))
    tries.begin(owner)


def test_that_guessing_user_names_and_recovery_keys_waits_too(path, clock):
    for number in range(5):
        guess(path, clock, f"nobody {number}")
    with pytest.raises(TooManyTriesError):
        check_password(path, "nobody", "x", options=replace(options(clock), workstation="here"))
    for _ in range(5):
        with pytest.raises(faults.WrongRecoveryKeyError):
            open_with_recovery_key(path, "ABCD", options=options(clock))
    with pytest.raises(TooManyTriesError):
        open_with_recovery_key(path, "ABCD", options=options(clock))


def test_that_what_was_typed_as_a_name_is_written_nowhere(path, clock):
    guess(path, clock, "my secret password typed into the wrong field")
    text = tries_path(path).read_text(encoding="utf-8")
    assert "secret" not in text
    assert "unknown" in text


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"tries": 3, "failed": {}}', '{"tries": {}, "failed": [1, {}]}']
)
def test_that_a_spoiled_count_locks_nobody_out(path, clock, text):
    tries_path(path).write_text(text, encoding="utf-8")
    check_password(path, "anna", PASSWORD, options=options(clock))
    guess(path, clock)
    assert len(Tries(record=path, workstation="here", clock=clock).waiting()) == 1


def test_that_the_list_of_failed_tries_stays_short(path, clock, monkeypatch):
    tries = Tries(record=path, workstation="here", clock=clock)
    monkeypatch.setattr("scs_trial.data.tries.MOST_FAILED", 4)
    for _ in range(7):
        tries.failed("unknown", "password")
    waiting = tries.waiting()
    assert len(waiting) == 4
    tries.audited(waiting[:-1])
    assert tries.waiting() == waiting[-1:]


def test_that_what_failed_is_kept_in_full_and_in_any_zone_until_it_is_audited(path, clock):
    tries = Tries(record=path, workstation="here", clock=clock)
    tries.failed("unknown", "password")
    tries.failed("recovery", "recovery key")
    first, second = tries.waiting()
    assert (first.who, first.way, first.workstation, first.at) == (
        "unknown",
        "password",
        "here",
        NOW,
    )
    assert (second.who, second.way) == ("recovery", "recovery key")
    tries.audited(())
    assert tries.waiting() == (first, second)
    tries.audited((first, second))
    assert tries.waiting() == ()
    assert not tries_path(path).exists()


@pytest.mark.parametrize("at", ["2026-03-10T08:30:00", "yesterday", None, 5])
def test_that_what_is_no_instant_counts_as_no_try_and_as_no_entry(path, clock, at):
    tries = Tries(record=path, workstation="here", clock=clock)
    entry = {"id": str(uuid4()), "owner": "o", "workstation": "w", "way": "p", "at": at}
    held = {"tries": {"o@here": {"count": 99, "at": at}}, "failed": [entry]}
    tries_path(path).write_text(json.dumps(held), encoding="utf-8")
    tries.begin("o")
    assert tries.waiting() == ()


@pytest.mark.parametrize(("count", "waits"), [(-1, False), ("9", False), (None, False), (9, True)])
def test_that_only_a_whole_number_of_tries_counts(path, clock, count, waits):
    tries = Tries(record=path, workstation="here", clock=clock)
    held = {"tries": {"o@here": {"count": count, "at": NOW.isoformat()}}, "failed": []}
    tries_path(path).write_text(json.dumps(held), encoding="utf-8")
    if waits:
        with pytest.raises(TooManyTriesError) as refused:
            tries.begin("o")
        assert refused.value.left == timedelta(minutes=8)  # 30 s doubled four times
    else:
        tries.begin("o")


def test_that_a_try_in_another_zone_is_the_same_instant(path, clock):
    tries = Tries(record=path, workstation="here", clock=clock)
    at = NOW.astimezone(timezone(timedelta(hours=-7))).isoformat()
    held = {"tries": {"o@here": {"count": 5, "at": at}}, "failed": []}
    tries_path(path).write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(TooManyTriesError, match="Wait 30 s"):
        tries.begin("o")
    clock.advance(timedelta(seconds=30))
    tries.begin("o")


def test_that_each_try_is_counted_before_it_is_made_and_forgotten_when_right(path, clock):
    tries = Tries(record=path, workstation="here", clock=clock)

    def counted():
        file = tries_path(path)
        return json.loads(file.read_text())["tries"] if file.exists() else {}

    tries.begin("a")
    tries.begin("a")
    tries.begin("b")
    assert counted() == {
        "a@here": {"count": 2, "at": NOW.isoformat()},
        "b@here": {"count": 1, "at": NOW.isoformat()},
    }
    tries.passed("a")
    assert list(counted()) == ["b@here"]
    tries.passed("nobody")
    tries.passed("b")
    assert counted() == {}
    assert not tries_path(path).exists()


def test_that_a_clock_that_was_set_back_begins_the_wait_anew(path, clock):
    tries = Tries(record=path, workstation="here", clock=clock)
    for _ in range(5):
        tries.begin("o")
    clock.advance(timedelta(days=-1))
    for _ in range(2):  # the second time nothing is left to put right
        with pytest.raises(TooManyTriesError) as refused:
            tries.begin("o")
        assert refused.value.left == timedelta(seconds=30)
    clock.advance(timedelta(seconds=30))
    tries.begin("o")


def test_that_200_failed_tries_are_kept_the_newest(path, clock):
    tries = Tries(record=path, workstation="here", clock=clock)
    entries = [
        {"id": str(UUID(int=n)), "owner": "o", "workstation": "w", "way": "p", "at": str(NOW)}
        for n in range(200)
    ]
    held = {"tries": {}, "failed": entries}
    tries_path(path).write_text(json.dumps(held), encoding="utf-8")
    tries.failed("unknown", "password")
    waiting = tries.waiting()
    assert len(waiting) == 200
    assert waiting[0].id == UUID(int=1)
    assert waiting[-1].who == "unknown"
