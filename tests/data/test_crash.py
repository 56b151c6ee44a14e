"""Kills, full disks and several writers: nothing acknowledged is lost, nothing is half there."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.data import build, children, small_disk
from tests.data.kills import kill_while_creating, kill_while_saving, record_with_trial
from tests.records import RECORD_NAME, close_after_test, make_record, make_session


def stored_ids(path, trial_id):
    """Return the ids of a trial's check-ins, after a full check of the record."""
    records = close_after_test(children.opened(path).records)
    records.check()
    assert records.verify_chain().holds
    with records.reading() as work:
        return {held.id for held in work.check_ins.of_trial(trial_id)}


def test_that_kills_while_saving_lose_no_acknowledged_check_in(tmp_path):
    outcome = kill_while_saving(tmp_path, kills=25, seed=7)
    assert outcome.acknowledged >= outcome.kills
    assert (outcome.lost, outcome.half, outcome.sound) == (0, 0, True)


def test_that_the_kills_would_notice_an_acknowledgement_before_the_commit(tmp_path):
    assert kill_while_saving(tmp_path, kills=5, seed=7, too_early=True).lost > 0


def test_that_a_killed_creation_leaves_a_whole_record_or_a_free_place(tmp_path):
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / RECORD_NAME
        kill_while_creating(path, after_seconds=number * 0.02)
        if not path.exists():
            make_record(folder).records.close()
        children.opened(path).records.close()
        seen = {file.name for file in folder.iterdir() if not file.name.startswith(".")}
        assert seen - {f"{RECORD_NAME}.lock"} == {RECORD_NAME, f"{RECORD_NAME}.keys"}


def test_that_a_disk_that_takes_no_more_is_said_so_and_the_next_save_works(tmp_path):
    path, trial_id = record_with_trial(tmp_path)
    spare = 600_000
    *saved, refusal, after = children.run(children.save_until_refused, path, trial_id, spare)
    assert refusal[0] in {"DiskFailureError", "DiskFullError"}
    assert "nothing was saved" in refusal[1]
    assert len(saved) > 3
    assert stored_ids(path, trial_id) == {*saved, after}


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_that_a_full_disk_is_said_to_be_full_and_the_next_save_works(tmp_path):
    command = ["unshare", "--mount", sys.executable, "-m", "tests.data.small_disk", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == small_disk.NOT_ALLOWED or "Operation not permitted" in done.stderr:
        pytest.skip("no right to mount a small disk here")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["refusal"] == "DiskFullError"
    assert "disk is full" in found["message"]
    assert found["lost"] == 0
    assert found["saved after making room"]
    assert found["creating"] == "DiskFullError"
    assert found["left by creating"] == []


def test_that_four_processes_write_one_file(tmp_path):
    path, trial_id = record_with_trial(tmp_path)
    each = 25
    started = [
        children.start(children.save_many, path, trial_id, range(n * each, (n + 1) * each))
        for n in range(4)
    ]
    saved = [check_in_id for _, ours in started for check_in_id in children.drain(ours)]
    for process, _ in started:
        process.join()
        assert process.exitcode == 0
    assert len(saved) == 4 * each
    assert stored_ids(path, trial_id) == set(saved)


def test_that_four_threads_write_one_open_record(tmp_path):
    session = make_session(tmp_path)
    patient = build.patient()
    trial = build.trial(patient.id)
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        work.commit()

    def save(number):
        check_in = children.numbered(trial.id, number)
        with session.writing() as work:
            work.check_ins.add(check_in)
            work.commit()
        with session.reading() as work:
            return work.check_ins.get(check_in.id).id

    with ThreadPoolExecutor(4) as pool:
        saved = set(pool.map(save, range(100)))
    session.records.close()
    assert stored_ids(tmp_path / RECORD_NAME, trial.id) == saved


def test_that_reading_goes_on_while_somebody_writes(tmp_path):
    session = make_session(tmp_path)
    patient = build.patient()
    with session.writing() as work:
        work.patients.save(patient)
        with session.reading() as beside:
            assert beside.patients.recent() == ()
        work.commit()
    with session.reading() as work:
        assert work.patients.recent() == (patient,)
