"""A real encrypted record with one trial, and the check-in pane on it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.clock import FixedClock
from scs_trial.domain.diary import Phase
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.review_trial import open_workspace, reload_workspace
from scs_trial.ui.check_in.pane import CheckInPane
from tests.records import close_all, make_session
from tests.ui.check_in.make import (
    BASELINE_VALUES,
    PATIENT,
    PLACED,
    SETTINGS,
    THURSDAY_VALUES,
    TRIAL,
)
from tests.ui.check_in.typist import Typist
from tests.ui.scripted import ScriptedPrompts

SATURDAY_MORNING = datetime(2026, 11, 21, 8, 41, tzinfo=UTC)
"""09:41 in Berlin."""


def record(session, clock, day, values, *, phase=Phase.TRIAL, program=None):
    """Record a check-in on the morning after its day."""
    before = clock.now()
    morning = datetime.combine(day + timedelta(days=1), time(8), tzinfo=UTC)
    clock.move_to(morning)
    stored = record_check_in(
        session,
        RecordCheckIn(
            id=uuid4(),
            trial_id=TRIAL.id,
            day=day,
            phase=phase,
            values={series: Decimal(str(value)) for series, value in values.items()},
            program=program,
            identity_confirmed=True,
        ),
    )
    clock.move_to(before)
    return stored


@pytest.fixture
def clock():
    return FixedClock(SATURDAY_MORNING)


@pytest.fixture
def settings():
    return SETTINGS


@pytest.fixture
def trial():
    return TRIAL


def build(folder, clock, *, settings=SETTINGS, trial=TRIAL):
    """Make a record with the trial: a baseline day, days 1 to 4."""
    made = make_session(folder, clock=clock, settings=settings)
    save_patient(made, PATIENT)
    save_trial(made, trial)
    record(made, clock, date(2026, 11, 14), BASELINE_VALUES, phase=Phase.BASELINE)
    for number in range(1, 5):
        program = "P1 tonic" if number < 3 else "P2 burst"
        day = PLACED + timedelta(days=number)
        record(made, clock, day, THURSDAY_VALUES, program=program)
    return made


@pytest.fixture
def session(tmp_path, clock, settings, trial):
    yield build(tmp_path, clock, settings=settings, trial=trial)
    close_all()


@pytest.fixture
def review(session):
    def load():
        return reload_workspace(session, PATIENT.id, trial_id=TRIAL.id).review

    open_workspace(session, PATIENT.id, trial_id=TRIAL.id)
    return load


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def pane(session, review, prompts, qtbot):
    """The pane with the trial open, shown at the size that it has beside the course."""
    made = CheckInPane(session, prompts=prompts)

    def reload(_trial_id):
        made.reload(review())

    made.trial_changed.connect(reload)
    qtbot.addWidget(made)
    made.resize(320, 780)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.open_trial(review())
    made.take_focus()
    qtbot.waitUntil(lambda: made.focusWidget() is not None and made.focusWidget().hasFocus())
    return made


@pytest.fixture
def keys():
    return Typist()
