"""What an open record remembers of what was read, and when it forgets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

from scs_trial.data import known_revisions
from scs_trial.data.known_roles import KnownRoles
from scs_trial.domain.clinic import Role
from scs_trial.domain.measures import Series
from tests.data import build
from tests.data.test_lists import add_patients
from tests.records import make_account, make_session

NURSE = frozenset({Role.NURSE})


def two_trials(session):
    """Store two trials and return their ids."""
    patient = build.patient()
    add_patients(session, patient)
    trials = [build.trial(patient.id), build.trial(patient.id)]
    with session.writing() as work:
        for trial in trials:
            work.trials.save(trial)
        work.commit()
    return [trial.id for trial in trials]


def average(session, trials):
    """Return the pain scores of the check-ins of several trials, as the start page reads them."""
    with session.reading() as work:
        found = work.check_ins.of_trials(trials)
    return [held.values[Series("pain_average")] for some in found.values() for held in some]


def check_in(trial, value, **given):
    return build.check_in(trial, values={Series("pain_average"): Decimal(value)}, **given)


def test_that_a_correction_is_read_after_the_first_answer_was(session):
    trials = two_trials(session)
    with session.writing() as work:
        stored = work.check_ins.add(check_in(trials[0], 7))
        work.commit()
    assert average(session, trials) == [7]
    assert average(session, trials) == [7]
    with session.writing() as work:
        work.check_ins.revise(replace(stored, values={Series("pain_average"): Decimal(3)}))
        work.commit()
    assert average(session, trials) == [3]


def test_that_a_revision_that_was_rolled_back_is_never_taken_for_the_next_one(session):
    trials = two_trials(session)
    with session.writing() as work:
        work.check_ins.add(check_in(trials[0], 7))
        assert len(work.check_ins.of_trials(trials)[trials[0]]) == 1
    assert average(session, trials) == []
    with session.writing() as work:
        work.check_ins.add(check_in(trials[0], 2))
        work.commit()
    assert average(session, trials) == [2]


def test_that_check_ins_come_in_order_whatever_is_known(session):
    trials = two_trials(session)
    for days in ((12, 14), (11, 13)):
        with session.writing() as work:
            for day in days:
                work.check_ins.add(check_in(trials[day % 2], day % 10, day=date(2026, 3, day)))
            work.commit()
        average(session, trials)
    with session.reading() as work:
        found = work.check_ins.of_trials(trials)
    assert [[held.day.day for held in some] for some in found.values()] == [[12, 14], [11, 13]]


def test_that_no_more_is_kept_than_has_room(session, monkeypatch):
    monkeypatch.setattr(known_revisions, "_MOST", 3)
    trials = two_trials(session)
    for day in range(10, 18):
        with session.writing() as work:
            work.check_ins.add(check_in(trials[0], day - 10, day=date(2026, 3, day)))
            work.commit()
        assert average(session, trials) == list(range(day - 9))
        assert len(session.records._known._kept) <= max(3, day - 9)


def test_that_roles_are_read_once_while_nothing_changes():
    asked = []
    roles = KnownRoles(alone=True)
    someone = uuid4()
    for _ in range(3):
        assert roles.of(someone, lambda held: asked.append(held) or NURSE) == NURSE
    assert asked == [someone]
    roles.changed()
    assert roles.of(someone, lambda _: frozenset()) == frozenset()


def test_that_without_the_lock_roles_are_read_each_time():
    roles = KnownRoles(alone=False)
    someone = uuid4()
    assert roles.of(someone, lambda _: NURSE) == NURSE
    assert roles.of(someone, lambda _: frozenset()) == frozenset()


def test_that_roles_read_while_an_account_was_saved_are_not_kept():
    roles = KnownRoles(alone=True)
    someone = uuid4()

    def read(_):
        roles.changed()  # somebody saves an account while the old roles are being read
        return NURSE

    assert roles.of(someone, read) == NURSE
    assert roles.of(someone, lambda _: frozenset()) == frozenset()


def test_that_a_role_that_is_taken_away_ends_at_once(tmp_path):
    session = make_session(tmp_path)
    other = make_account("bea", roles=[Role.NURSE])
    with session.writing() as work:
        work.accounts.save(other)
        work.commit()
    mine = replace(session, account=other)
    assert mine.as_it_stands().account.roles == NURSE
    with session.writing() as work:
        work.accounts.save(replace(other, roles=frozenset()))
        assert mine.as_it_stands().account.roles == NURSE  # not committed yet
        work.commit()
    assert mine.as_it_stands().account.roles == frozenset()
