"""What is left after ``kill -9`` in the middle of a check-in."""

import os
import signal
import subprocess
import sys
from decimal import Decimal

import pytest

from scs_trial.clock import FixedClock
from scs_trial.data.open import open_record
from scs_trial.domain.diary import Phase
from scs_trial.services.keep_draft import drafts
from scs_trial.ui.check_in.payload import from_payload, identity_of
from tests.records import PASSWORD, RECORD_NAME, close_after_test, close_all, options, session_on
from tests.ui.check_in.conftest import SATURDAY_MORNING
from tests.ui.check_in.make import ACTIVITY, FRIDAY, LEAST, PAIN, TRIAL, WALKING, WORST, form

D = Decimal
HALF_A_SECOND = 500
TO_SAFETY = "\n2507" + "35\n7\n30\np1\n"


def killed(folder, typed, *, pause):
    """Type in a process of its own, kill it, and open what it left."""
    command = [sys.executable, "-m", "tests.ui.check_in.crash", str(folder), typed, str(pause)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        said = process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    assert said == b"typed\n"
    clock = FixedClock(SATURDAY_MORNING)
    opened = open_record(folder / RECORD_NAME, "anna", PASSWORD, options=options(clock))
    close_after_test(opened.records)
    return session_on(opened.records, opened.account, clock=clock)


@pytest.fixture(autouse=True)
def closed():
    yield
    close_all()


def test_that_an_emergency_survives_a_kill_while_the_form_is_unsaved(tmp_path):
    session = killed(tmp_path, TO_SAFETY + "y", pause=0)
    with session.reading() as work:
        assert [event.item_id for event in work.safety.open()] == ["weakness"]
        assert work.check_ins.at(TRIAL.id, FRIDAY, Phase.TRIAL) is None


def test_that_a_kill_loses_at_most_half_a_second_of_typing(tmp_path):
    session = killed(tmp_path, "\n250735", pause=HALF_A_SECOND)
    (draft,) = drafts(session)
    restored = form(new_id=identity_of(draft.payload))
    assert from_payload(restored, draft.payload)
    expected = {PAIN: D(2), WORST: D(5), LEAST: D(0), ACTIVITY: D(7), WALKING: D(35)}
    assert restored.values == expected
