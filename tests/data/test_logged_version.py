"""The log beside a record is asked for the schema without touching either."""

from __future__ import annotations

from pathlib import Path

import pytest

from scs_trial.data import engine, keys, logged_version
from scs_trial.data.logged_version import logged_version as ask

LOG = "clinic.scs-wal"


@pytest.fixture
def record(tmp_path: Path) -> tuple[Path, bytes]:
    """Return a record that a program left in the middle: its schema is in the log alone."""
    path, key = tmp_path / "made.scs", keys.new_data_key()
    engine.create_file(path, key)
    raw = engine.connect(path, key)
    raw.execute("PRAGMA user_version = 41")
    left = tmp_path / "left"
    left.mkdir()
    (left / "clinic.scs").write_bytes(path.read_bytes())
    (left / LOG).write_bytes(path.with_name("made.scs-wal").read_bytes())
    raw.close()
    return left / "clinic.scs", key


def test_that_the_log_says_what_the_first_page_does_not(record: tuple[Path, bytes]) -> None:
    path, key = record
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert engine.stored_version(path, key) == 0
    assert ask(path, key) == 41
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_that_a_record_without_a_log_is_not_copied(
    record: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = record
    monkeypatch.setattr(logged_version.tempfile, "TemporaryDirectory", None)
    path.with_name(LOG).write_bytes(b"")
    assert ask(path, key) is None
    path.with_name(LOG).unlink()
    assert ask(path, key) is None


@pytest.mark.parametrize("spoil", [lambda log: log[:-1], lambda log: b"no log" * 999])
def test_that_a_log_without_a_whole_transaction_says_nothing(record, spoil) -> None:
    path, key = record
    log = path.with_name(LOG)
    log.write_bytes(spoil(log.read_bytes()))
    assert ask(path, key) in {None, 0}


def test_that_a_log_says_nothing_to_another_key(record: tuple[Path, bytes]) -> None:
    assert ask(record[0], keys.new_data_key()) is None


def test_that_a_disk_without_room_is_no_reason_to_refuse(
    record: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(logged_version.tempfile, "TemporaryDirectory", full)
    assert ask(*record) is None
