"""A record that can't be opened or written: told in its own words, wherever it is tried."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from scs_trial.data import engine, slots
from scs_trial.data.open import open_record
from scs_trial.data.schema import SCHEMA
from scs_trial.services.register_patient import find_patients
from tests.data import small_disk
from tests.records import PASSWORD, close_all, options, reopened
from tests.story.make_record import MRN, make


@pytest.fixture
def record(tmp_path):
    folder = tmp_path / "record"
    folder.mkdir()
    yield make(folder)
    close_all()


def damage(record):
    data = bytearray(record.read_bytes())
    data[len(data) // 2] ^= 1
    record.write_bytes(data)


def damage_keys(record):
    slots.key_path(record).write_text("{", encoding="utf-8")


def make_newer(record):
    slots.write(record, replace(slots.read(record), schema=SCHEMA + 1, program="7.5"))


def make_newer_within(record):
    opened = open_record(record, "anna", PASSWORD, options=options())
    key = opened.records.keys.data_key
    opened.records.close()
    raw = engine.connect(record, key)
    raw.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    raw.close()


def make_read_only(record):
    record.parent.chmod(0o500)


def take_away(record):
    record.unlink()


def nothing(_record):
    pass


CASES = {
    "wrong password": (nothing, "not the password", "", "password is wrong"),
    "damaged": (damage, PASSWORD, "", "record is damaged"),
    "damaged keys": (damage_keys, PASSWORD, "", "key file beside the record"),
    "newer": (make_newer, PASSWORD, "", "newer program: version 7.5"),
    "newer within": (make_newer_within, PASSWORD, "", f"record format {SCHEMA + 1}"),
    "read-only folder": (make_read_only, PASSWORD, "unprivileged", "can't be written here"),
    "no record": (take_away, PASSWORD, "", "no record at this place"),
}


@pytest.fixture
def attempt(tmp_path):
    """Try the record in a process of its own, with a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    own = {"HOME": str(home), "TMPDIR": str(home), "XDG_CONFIG_HOME": str(home)}
    environment = {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}

    def run(folder, *words, before=()):
        command = [*before, sys.executable, "-m", "tests.story.shut_doors", str(folder), *words]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    return run


@pytest.mark.parametrize("case", CASES)
def test_that_a_shut_door_says_why_everywhere_and_changes_nothing(record, attempt, case):
    change, password, how, words = CASES[case]
    change(record)
    try:
        done = attempt(record.parent, password, *([how] if how else []))
    finally:
        record.parent.chmod(0o700)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    for where in ("import", "report"):
        code, text = said[where]
        assert code == 1
        assert words in text
    opened, text = said["door"]
    assert not opened
    assert words in text
    assert said["unchanged"]
    assert not said["page"]


def test_that_no_two_doors_say_the_same():
    words = [words for _, _, _, words in CASES.values()]
    assert len(set(words)) == len(words)


def test_that_a_second_instance_is_refused_and_a_page_can_still_be_written(record, attempt):
    first = open_record(record, "anna", PASSWORD, options=options())
    try:
        done = attempt(record.parent, PASSWORD)
    finally:
        first.records.close()
    said = json.loads(done.stdout)
    assert said["import"][0] == 1
    assert "already open in another window" in said["import"][1]
    assert said["door"][0] is False
    assert "already open in another window" in said["door"][1]
    assert said["report"] == [0, ""]
    assert said["page"]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_that_a_full_disk_says_so_and_nothing_is_lost(tmp_path, attempt):
    folder = tmp_path / "disk"
    folder.mkdir()
    done = attempt(folder, PASSWORD, "full", before=("unshare", "--mount"))
    if done.returncode == small_disk.NOT_ALLOWED or "Operation not permitted" in done.stderr:
        pytest.skip("no right to mount a small disk here")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    for where in ("import", "report", "door"):
        assert "disk is full" in said[where][1]
    assert (said["import"][0], said["report"][0], said["door"][0]) == (1, 1, False)
    assert said["unchanged"]
    assert not said["page"]
    assert said["after making room"] == [0, ""]


def test_that_the_record_opens_where_nothing_is_wrong(record, attempt):
    said = json.loads(attempt(record.parent, PASSWORD).stdout)
    assert (said["import"], said["report"], said["door"]) == ([0, ""], [0, ""], [True, ""])
    session = reopened(record, options().clock)
    assert {hit.patient.mrn for hit in find_patients(session, "")} == {MRN, "P1"}
