"""What can be wrong with a record, each said in its own words, with nothing written or lost."""

import json
from dataclasses import replace

import pytest

from scs_trial import __version__
from scs_trial.data import engine, faults, migrate, place, slots
from scs_trial.data.open import create_record, open_record
from scs_trial.data.schema import SCHEMA
from scs_trial.platform import Posix
from tests.data import build, children, flips
from tests.records import (
    PASSWORD,
    RECORD_NAME,
    close_after_test,
    make_account,
    make_record,
    make_session,
    options,
)


def attempt(path):
    """Try to open a record; it is closed again when it opens."""
    open_record(path, "anna", PASSWORD, options=options()).records.close()


def contents(folder):
    """Return every file of a folder but the lock, which holds nothing."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".lock"}


@pytest.fixture
def path(tmp_path):
    """The path of a closed record with thirty patients."""
    session = make_session(tmp_path)
    with session.writing() as work:
        for _ in range(30):
            work.patients.save(build.patient())
        work.commit()
    session.records.close()
    return tmp_path / RECORD_NAME


def flip(at):
    """Return a change that flips one bit at a part of the file's length."""

    def change(data):
        place_ = int(len(data) * at)
        return data[:place_] + bytes([data[place_] ^ 1]) + data[place_ + 1 :]

    return change


DAMAGE = {
    "a flipped bit in the first bytes": flip(0),
    "a flipped bit on the first page": flip(0.001),
    "a flipped bit in the middle": flip(0.5),
    "a flipped bit on the last page": flip(0.995),
    "half of the file": lambda data: data[: len(data) // 2],
    "one page short": lambda data: data[:-4096],
    "a hundred bytes short": lambda data: data[:-100],
    "the first page only": lambda data: data[:4096],
    "an empty file": lambda data: b"",
    "a text file": lambda data: b"not a record\n" * 1000,
    "zeros": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_that_damage_is_said_to_be_damage_and_nothing_is_written(path, damage):
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    before = contents(path.parent)
    with pytest.raises(faults.DamagedRecordError, match="the password is right"):
        attempt(path)
    assert contents(path.parent) == before


def test_that_damage_met_later_is_said_to_be_damage(path, monkeypatch):
    opened = open_record(path, "anna", PASSWORD, options=options())
    with opened.records.writing(actor=opened.account, workstation="w") as work:
        for _ in range(300):
            work.patients.save(build.patient())
        work.commit()
    opened.records.close()
    monkeypatch.setattr(engine, "_QUICK_CHECK_BYTES", 0)  # as with a large record
    data = bytearray(path.read_bytes())
    for page in range(len(data) // 2 & ~4095, len(data), 4096):
        data[page + 99] ^= 1
    path.write_bytes(data)
    records = close_after_test(open_record(path, "anna", PASSWORD, options=options()).records)
    with pytest.raises(faults.DamagedRecordError), records.reading() as work:
        work.patients.recent(limit=1000)
    with pytest.raises(faults.DamagedRecordError):
        records.check()


def test_that_each_flipped_bit_is_noticed(tmp_path):
    path = flips.record_of_patients(tmp_path, 20)
    assert flips.unnoticed_flips(path, flips=40, seed=3) == []
    attempt(path)


def test_that_a_sound_record_passes_the_full_check(path):
    records = close_after_test(open_record(path, "anna", PASSWORD, options=options()).records)
    records.check()


def test_that_a_missing_record_is_said_to_be_missing(tmp_path):
    with pytest.raises(faults.NoRecordError):
        attempt(tmp_path / "none.scs")
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_that_is_not_there_or_not_readable_is_said_so(path):
    nowhere = path.parent / "none" / RECORD_NAME
    with pytest.raises(faults.NoFolderError):
        create_record(nowhere, make_account(), PASSWORD, options=options())
    path.parent.chmod(0)
    try:
        assert children.run(children.try_to_open_unprivileged, path) == ["ReadOnlyPlaceError"]
    finally:
        path.parent.chmod(0o700)


def test_that_a_key_file_that_can_not_be_read_is_said_so(path):
    slots.key_path(path).chmod(0)
    assert children.run(children.try_to_open_unprivileged, path) == ["DamagedKeysError"]


def test_that_a_newer_record_is_known_from_the_key_file(path):
    file = slots.key_path(path)
    held = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(
        json.dumps({**held, "format": 9, "schema": SCHEMA + 2, "program": "7.5", "slots": "?"}),
        encoding="utf-8",
    )
    before = contents(path.parent)
    with pytest.raises(faults.NewerRecordError) as caught:
        attempt(path)
    assert "7.5" in str(caught.value)
    assert __version__ in str(caught.value)
    assert contents(path.parent) == before


def test_that_a_newer_record_with_an_older_key_file_is_known_from_its_first_page(path):
    key = open_key(path)
    raw = engine.connect(path, key)
    raw.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    raw.close()
    before = contents(path.parent)
    with pytest.raises(faults.NewerRecordError, match=f"record format {SCHEMA + 1}") as caught:
        attempt(path)
    assert f"record format {SCHEMA})" in str(caught.value)
    assert contents(path.parent) == before


def open_key(path):
    """Return the data key of a record."""
    opened = open_record(path, "anna", PASSWORD, options=options())
    opened.records.close()
    return opened.records.keys.data_key


def test_that_an_older_record_is_brought_up_and_the_key_file_says_so(tmp_path):
    made = make_record(tmp_path)
    made.records.close()
    path = tmp_path / RECORD_NAME
    key = made.records.keys.data_key
    path.unlink()
    engine.create_file(path, key)
    engines = engine.make_engines(path, key)
    with engines.writer.connect() as connection:
        migrate.migrate(connection.connection.driver_connection, connection, target=2)
    engines.dispose()
    slots.write(path, replace(slots.read(path), schema=2, program="0.0.1"))
    with pytest.raises(faults.DamagedKeysError):
        attempt(path)  # there is no account in it, but it was brought up
    assert engine.stored_version(path, key) == SCHEMA
    assert (slots.read(path).schema, slots.read(path).program) == (SCHEMA, __version__)


def test_that_a_second_opening_is_refused_until_the_first_ends(path):
    first = open_record(path, "anna", PASSWORD, options=options()).records
    with pytest.raises(faults.RecordInUseError, match="already open"):
        attempt(path)
    assert children.run(children.try_to_open, path) == ["RecordInUseError"]
    first.close()
    first.close()
    assert children.run(children.try_to_open, path) == ["opened"]
    attempt(path)


def test_that_a_reader_may_look_in_beside_the_window(path):
    window = close_after_test(open_record(path, "anna", PASSWORD, options=options()).records)
    beside = open_record(path, "anna", PASSWORD, options=options(exclusive=False))
    with beside.records.reading() as work:
        assert work.patients.recent()
    beside.records.close()
    with window.reading() as work:
        assert work.patients.recent()


def test_that_a_read_only_folder_is_said_to_be_read_only(path):
    before = contents(path.parent)
    path.parent.chmod(0o500)
    try:
        assert children.run(children.try_to_open_unprivileged, path) == ["ReadOnlyPlaceError"]
        assert children.run(children.try_to_create_unprivileged, path.parent / "new.scs") == [
            "ReadOnlyPlaceError"
        ]
    finally:
        path.parent.chmod(0o700)
    assert contents(path.parent) == before


def test_that_a_read_only_file_is_said_to_be_read_only(path):
    path.chmod(0o400)
    assert children.run(children.try_to_open_unprivileged, path) == ["ReadOnlyPlaceError"]


def test_that_a_record_is_never_made_over_another(path):
    before = contents(path.parent)
    with pytest.raises(faults.RecordExistsError):
        create_record(path, make_account(), PASSWORD, options=options())
    assert contents(path.parent) == before
    path.unlink()
    with pytest.raises(faults.RecordExistsError):  # the key file alone may still be needed
        create_record(path, make_account(), PASSWORD, options=options())


def test_that_a_creation_cut_short_is_no_hindrance(tmp_path):
    path = tmp_path / RECORD_NAME
    made = make_record(tmp_path)
    made.records.close()
    path.rename(place.fresh(path))  # as when the computer stopped before the last step
    again = make_record(tmp_path)
    again.records.close()
    assert not place.fresh(path).exists()
    attempt(path)


def test_that_a_record_in_a_synced_folder_is_refused_with_the_way_out(tmp_path):
    folder = tmp_path / "Dropbox (Clinic)"
    folder.mkdir()
    with pytest.raises(faults.UnsafePlaceError, match="PostgreSQL"):
        create_record(folder / RECORD_NAME, make_account(), PASSWORD, options=options())
    assert list(folder.iterdir()) == []


def test_that_a_record_on_a_share_is_refused(path, monkeypatch):
    share = Posix(read_mounts=lambda: [("/", "cifs")])
    monkeypatch.setattr(place.platform, "current", lambda: share)
    with pytest.raises(faults.UnsafePlaceError, match="network share"):
        attempt(path)
