"""How the file is opened, and that nothing that was typed leaves it."""

import pytest
from sqlcipher3 import dbapi2

from scs_trial.data import engine, faults
from scs_trial.data.open import open_record
from tests.data import build
from tests.records import PASSWORD, RECORD_NAME, make_session, options


@pytest.fixture
def path(tmp_path):
    """The path of a closed record."""
    make_session(tmp_path).records.close()
    return tmp_path / RECORD_NAME


def open_key(path):
    """Return the data key of a record."""
    opened = open_record(path, "anna", PASSWORD, options=options())
    opened.records.close()
    return opened.records.keys.data_key


def contents(folder):
    """Return every file of a folder but the lock, which holds nothing."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".lock"}


def test_that_an_old_database_library_is_refused_with_both_versions():
    engine.check_library((3, 51, 3))
    with pytest.raises(faults.UnsupportedSqliteError, match=r"3\.51\.2 is older than 3\.51\.3"):
        engine.check_library((3, 51, 2))


def test_that_every_setting_of_the_connection_holds(path):
    # the design's "Connection"
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -65536,
        "cipher_log_level": "NONE",
    }
    raw = engine.connect(path, open_key(path))
    found = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    raw.close()
    assert found == wanted


def test_that_a_wrong_data_key_never_reads_as_an_empty_record(path):
    with pytest.raises(dbapi2.DatabaseError):
        engine.connect(path, bytes(32))


def test_that_no_text_of_a_failed_statement_holds_what_was_to_be_stored(tmp_path):
    session = make_session(tmp_path)
    patient = build.patient(name="Canary Kanarienvogel")
    wrong = build.trial(patient.id, planned_days=0, history="Canary history")
    with session.writing() as work:
        work.patients.save(patient)
        with pytest.raises(Exception, match="CHECK constraint") as caught:
            work.trials.save(wrong)
    assert "Canary" not in f"{caught.value!s} {caught.value!r} {caught.value.__cause__!r}"


def test_that_nothing_in_the_folder_holds_what_was_typed(tmp_path):
    session = make_session(tmp_path)
    patient = build.patient(name="Kanarienvogel Zwitscher", mrn="CANARY-MRN-77")
    trial = build.trial(patient.id, history="CANARY-HISTORY")
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        work.check_ins.add(build.check_in(trial.id, note="CANARY-NOTE"))
        work.drafts.put(build.draft(session.account.id, payload='{"note": "CANARY-DRAFT"}'))
        work.commit()
    assert (tmp_path / f"{RECORD_NAME}-wal").stat().st_size > 0
    open_files = contents(tmp_path)
    session.records.close()
    held = b"".join([*open_files.values(), *contents(tmp_path).values()]).lower()
    for canary in ("kanarienvogel", "zwitscher", "canary", str(patient.id), "sqlite format"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert canary.encode(encoding) not in held
