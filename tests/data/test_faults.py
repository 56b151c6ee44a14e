"""Each fault of the database and the system has its own words; what is unknown stays a defect."""

import errno
from uuid import uuid4

import pytest

from scs_trial.data import engine, faults, keys
from scs_trial.data.faults import from_os_error, translate
from scs_trial.errors import ConflictError, NotFoundError, UserError
from tests.data import build
from tests.records import make_session


class DriverError(Exception):
    """What the driver raises, with its code."""

    def __init__(self, message, code):
        super().__init__(message)
        self.sqlite_errorname = code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SQLITE_BUSY", faults.RecordBusyError),
        ("SQLITE_FULL", faults.DiskFullError),
        ("SQLITE_IOERR", faults.DiskFailureError),
        ("SQLITE_READONLY", faults.ReadOnlyPlaceError),
        ("SQLITE_CANTOPEN", faults.NoNewFileError),
        ("SQLITE_CORRUPT", faults.DamagedRecordError),
        ("SQLITE_NOTADB", faults.DamagedRecordError),
    ],
)
def test_that_each_code_of_the_database_has_its_own_words(code, kind):
    assert type(translate(DriverError("x", code))) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, faults.DiskFullError),
        (errno.EDQUOT, faults.DiskFullError),
        (errno.EACCES, faults.ReadOnlyPlaceError),
        (errno.EROFS, faults.ReadOnlyPlaceError),
        (errno.EIO, faults.DiskFailureError),
        (errno.ENOENT, faults.NoFolderError),
    ],
)
def test_that_each_refusal_of_the_system_has_its_own_words(number, kind):
    assert type(from_os_error(OSError(number, "x"))) is kind
    assert type(faults.said(OSError(number, "x"))) is kind


def test_that_no_two_faults_say_the_same():
    kinds = [held for held in vars(faults).values() if isinstance(held, type)]
    words = [held for name, held in vars(faults).items() if name.isupper() and name[0] != "_"]
    texts = [pair for pair in words if isinstance(pair, tuple)]
    assert len(kinds) > 10
    assert len({what for what, _ in texts}) == len(texts)
    assert all(to_do for _, to_do in texts)


def test_that_an_unknown_database_error_stays_a_defect():
    unknown = DriverError("no such table", "SQLITE_ERROR")
    assert translate(unknown) is None
    assert faults.said(unknown) is unknown


def test_that_a_writer_who_never_ends_is_said_to_be_busy(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "WRITE_WAIT_SECONDS", 0.05)
    session = make_session(tmp_path)
    with session.writing() as first:
        first.patients.save(build.patient())
        with pytest.raises(faults.RecordBusyError), session.writing():
            pass
        first.commit()


def test_that_a_unit_of_work_is_one_commit_inside_its_block(session):
    with session.writing() as work:
        work.patients.save(build.patient())
        work.commit()
        with pytest.raises(RuntimeError, match="one commit"):
            work.commit()
    with pytest.raises(RuntimeError):
        work.commit()
    unused = session.reading()
    with pytest.raises(RuntimeError, match="inside its with block"):
        _ = unused.patients


def test_that_half_a_character_is_said_to_be_unstorable(session):
    with session.writing() as work, pytest.raises(UserError, match="half of a character"):
        work.patients.save(build.patient(name="broken \ud83d emoji"))


def test_that_a_check_in_of_an_unknown_trial_is_refused(session):
    with session.writing() as work, pytest.raises(NotFoundError):
        work.check_ins.add(build.check_in(uuid4()))


def test_that_a_check_in_begins_with_its_first_revision(session):
    patient = build.patient()
    trial = build.trial(patient.id)
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        with pytest.raises(ConflictError):
            work.check_ins.add(build.check_in(trial.id, revision=2))


def test_that_a_forged_public_key_seals_nothing():
    with pytest.raises(keys.WrongKeyError):
        keys.seal(keys.new_data_key(), bytes(32), b"r|u", generation=1)
