"""Each harness finds a program without the one protection that it tests."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date

import pytest

from scs_trial.clock import FixedClock
from scs_trial.data import engine, faults, logged_version, seal
from scs_trial.data.repositories.check_ins import CheckInRepository
from scs_trial.data.repositories.patients import PatientRepository
from scs_trial.data.repositories.trials import TrialRepository
from scs_trial.domain.anchor import Anchor
from scs_trial.errors import NotFoundError
from scs_trial.exchange import diary_cells, long_rows
from scs_trial.services import authorize, verify_record
from scs_trial.ui.widgets.labels import PlainLabel
from tests import records
from tests.records import close_all
from tests.services.test_authorize import USE_CASES
from tests.torture import (
    backups,
    damage,
    days,
    drafts,
    forger,
    history,
    hostile,
    interleavings,
    kills,
    life,
    rights,
    thief,
    writers,
)


@pytest.fixture(autouse=True)
def closed():
    yield
    close_all()


def test_that_kills_find_an_acknowledgement_before_the_commit(tmp_path):
    assert kills.kill_at_work(tmp_path, kills=4, seed=3, planted=life.TOO_EARLY).lost


def test_that_kills_find_a_save_without_a_transaction(tmp_path):
    assert kills.kill_at_work(tmp_path, kills=60, seed=3, planted=life.NO_TRANSACTION).half


def test_that_late_drafts_are_found(tmp_path):
    assert drafts.seconds_lost(tmp_path, typing=1.2, late=True) > drafts.MOST_LOST_SECONDS


def test_that_flips_pass_a_record_without_authentication_codes(tmp_path, monkeypatch):
    unlock = engine.unlock

    def without_codes(connection, key, **how):
        unlock(connection, key, prove=False)
        connection.execute("PRAGMA cipher_use_hmac = OFF")
        if how.get("prove", True):
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    monkeypatch.setattr(engine, "unlock", without_codes)
    monkeypatch.setattr(logged_version, "unlock", without_codes)
    monkeypatch.setattr(records, "_template", records._template.__wrapped__)  # made anew
    monkeypatch.setattr(engine, "check_pages", lambda connection: None)  # it asks for the codes
    path = damage.flips.record_of_patients(tmp_path, 40)
    assert damage.flips.unnoticed_flips(path, flips=15, seed=1)


def test_that_backups_are_drilled_and_not_only_made(tmp_path, monkeypatch):
    put_keys = seal._put_keys

    def spoil(key_file, record, target):
        part = target.with_name(target.name + seal.PART)
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 1
        part.write_bytes(data)
        return put_keys(key_file, record, target)

    monkeypatch.setattr(seal, "_put_keys", spoil)  # the disk spoils what was checked before
    restored, failed = backups.drilled(tmp_path, times=2)
    assert restored == 0
    assert len(failed) == 2


@pytest.mark.parametrize(
    ("kind", "repository", "change"),
    [
        ("check-in", CheckInRepository, "revise"),
        ("patient", PatientRepository, "save"),
        ("trial", TrialRepository, "save"),
    ],
)
def test_that_interleavings_find_a_save_that_compares_no_versions(
    tmp_path, monkeypatch, kind, repository, change
):
    really = getattr(repository, change)

    def whatever_was_read(self, entity, **how):
        number = "revision" if kind == "check-in" else "version"
        with suppress(NotFoundError):  # it is new
            held = self.get(entity.id)
            entity = replace(entity, **{number: getattr(held, number)})
        return really(self, entity, **how)

    monkeypatch.setattr(repository, change, whatever_was_read)
    monkeypatch.setattr(interleavings, "KINDS", (kind,))
    assert interleavings.interleave(tmp_path, times=8, seed=1).lost


def test_that_writers_fail_when_they_do_not_take_the_lock_first(tmp_path):
    said, _, _ = writers.write_at_once(tmp_path, each=25, work=writers.save_deferred)
    assert said < 4 * 25


def test_that_history_changes_unseen_without_triggers_and_without_the_chain(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_record, "_chain", lambda session: iter(()))
    monkeypatch.setattr(verify_record, "_anchors", lambda work, anchors: iter(()))
    chain_anew_unsigned(monkeypatch)
    assert history.forge(tmp_path, times=14, seed=1).unnoticed


def test_that_a_trail_chained_anew_goes_unseen_without_the_printed_anchor(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "verify_record", without_anchors)
    chain_anew_unsigned(monkeypatch)
    assert history.forge(tmp_path, times=14, seed=1).unnoticed


def chain_anew_unsigned(monkeypatch):
    """Let the forger do what a printed anchor alone, or a signature, is there to find."""
    holds = verify_record.Finding(holds=True, text="")
    monkeypatch.setattr(verify_record, "_signatures", lambda work: holds)
    monkeypatch.setattr(forger, "KINDS", ("re-chain",))


def without_anchors(session, *, anchors: list[Anchor]):
    return verify_record.verify_record(session)


def test_that_a_plain_file_is_read_by_a_thief(tmp_path, monkeypatch):
    for module in (engine, logged_version):
        monkeypatch.setattr(module, "unlock", lambda connection, key, **how: None)
    monkeypatch.setattr(
        engine, "_CHECKS", tuple(held for held in engine._CHECKS if "cipher" not in held)
    )
    monkeypatch.setattr(engine, "check_pages", lambda connection: None)
    _, found = thief.disk_of_a_clinic(tmp_path)
    assert "clinic.scs" in found
    assert any("backups" in place for place in found)


def test_that_the_matrix_finds_a_rule_that_lets_everybody_pass(monkeypatch):
    monkeypatch.setattr(authorize, "is_allowed", lambda account, action: True)
    assert rights.matrix().wrong


def test_that_the_matrix_finds_a_use_case_without_its_check():
    bare = {name: getattr(one, "__wrapped__", one) for name, one in USE_CASES.items()}
    assert rights.matrix(bare).wrong


def test_that_cells_without_the_guard_are_found_to_be_formulas(tmp_path, monkeypatch, qapp):
    for module in (diary_cells, long_rows):
        monkeypatch.setattr(module, "guarded", lambda text: text)
    assert hostile.torture_text(tmp_path, times=100, seed=1).formulas


def test_that_a_label_that_guesses_html_is_found(tmp_path, monkeypatch, qapp):
    class Guessing(PlainLabel):
        def __init__(self) -> None:
            super().__init__()
            self.setTextFormat(hostile.Qt.TextFormat.AutoText)

    monkeypatch.setattr(hostile, "PlainLabel", Guessing)
    monkeypatch.setattr(hostile, "plain_tool_tip", lambda text: text)
    assert hostile.torture_text(tmp_path, times=100, seed=1).rich >= 2 * 30


def test_that_a_reader_that_crashes_is_found(tmp_path, monkeypatch, qapp):
    monkeypatch.setattr(hostile, "read_case", lambda data: data.decode("ascii"))
    assert hostile.torture_text(tmp_path, times=200, seed=1).errors


def test_that_days_of_utc_instead_of_the_clinic_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(FixedClock, "today", lambda self, zone: self.now().astimezone(UTC).date())
    for zone in ("America/Los_Angeles", "Pacific/Auckland"):
        place = tmp_path / zone[:3]
        assert days.wrong_days(place, zone, days=3, first=date(2026, 3, 7))[1]


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("America/St_Johns", date(2026, 3, 8)),
        ("Pacific/Auckland", date(2026, 4, 5)),
    ],
)
def test_that_a_change_of_the_clock_moves_no_day(tmp_path, zone, change):
    first = date.fromordinal(change.toordinal() - 1)
    saved, wrong = days.wrong_days(tmp_path / "zone", zone, days=3, first=first)
    assert (saved, wrong) == (3, [])


def test_that_the_other_library_reads_what_the_program_wrote_and_tells_damage(tmp_path):
    session = thief.make_record(tmp_path)
    key, path = session.records.keys.data_key, tmp_path / "clinic.scs"
    session.records.close()
    with kills.second_reader(path, key, tmp_path / "second") as reader:
        assert kills.sound(reader)
        assert reader.execute("SELECT user_name FROM account").fetchall() == [("anna",)]
    with kills.second_reader(path, bytes(32), tmp_path / "second") as reader:
        assert not kills.sound(reader)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with kills.second_reader(path, key, tmp_path / "second") as reader:
        assert not kills.sound(reader)


def test_that_a_damaged_record_is_no_wrong_password(tmp_path):
    path, _, _, _ = damage.record_with_backup(tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(faults.DamagedRecordError):
        damage._open(path)
