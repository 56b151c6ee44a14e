"""A forgotten password is given anew with the printed recovery key."""

import pytest

from scs_trial.clock import FixedClock
from scs_trial.data import faults
from scs_trial.data.options import Options
from scs_trial.errors import FieldError
from scs_trial.record_door import RecordDoor
from tests.records import CHEAP, NOW, RECORD_NAME, make_record

NEW = "seven grey herons stand"


def test_that_the_recovery_key_gives_a_new_password_and_opens(tmp_path, monkeypatch):
    made = make_record(tmp_path)
    made.records.close()
    monkeypatch.setattr("scs_trial.record_door.config_folder", lambda: tmp_path / "config")
    monkeypatch.setattr(
        RecordDoor, "_options", lambda self: Options(clock=FixedClock(NOW), cost=CHEAP)
    )
    door, path = RecordDoor(FixedClock(NOW)), tmp_path / RECORD_NAME
    with pytest.raises(faults.WrongRecoveryKeyError):
        door.recover(path, "anna", "ABCD", new_password=NEW)
    with pytest.raises(FieldError):
        door.recover(path, "anna", made.recovery_key, new_password="short")
    session = door.recover(path, "anna", made.recovery_key, new_password=NEW)
    assert session.account == made.account
    door.close()
    door.open(path, "anna", NEW)
    door.close()
