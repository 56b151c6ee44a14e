"""Build the demo clinic: a real encrypted record, filled by the same use cases as in a clinic."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from scs_trial.assemble import first_settings, session_for
from scs_trial.clock import Clock, FixedClock
from scs_trial.data.keys import SHIPPED_COST, Cost
from scs_trial.data.open import create_record, open_record
from scs_trial.data.options import Options
from scs_trial.demo.script import plan_story
from scs_trial.demo.stage import Stage, made_id
from scs_trial.demo.story import read_cast
from scs_trial.domain.clinic import Account, ClinicSettings, Role
from scs_trial.services.door import DEMO_PASSWORD
from scs_trial.services.local_time import local_now, zone_of
from scs_trial.services.session import Session

USER_NAME = "demo"
PASSWORD = DEMO_PASSWORD
"""No secret: the demo holds no patient, and it opens without a question."""
DEFAULT_ZONE = "UTC"
_CUT_OFF_HOUR = 14
_LAST_HOUR = 23
_BEFORE_ALL = timedelta(days=90)


def build_demo(
    path: Path, *, clock: Clock, zone: str = DEFAULT_ZONE, cost: Cost = SHIPPED_COST
) -> Session:
    """Make the demo in a new record and open it.

    Every date is relative to the clock's day; for one moment the demo is always the same, ids
    included. Nothing in it happens after that moment.

    Parameters
    ----------
    path
        Where the record is made; nothing may be there.
    clock
        The clock that the opened session keeps.
    zone
        IANA zone of the made-up clinic.
    cost
        Cost of the password derivation.

    Returns
    -------
    Session
        Logged in as the demo's only account, which holds every role.
    """
    settings = _settings(zone)
    now = local_now(clock, zone_of(settings))
    settings = replace(settings, cut_off_hour=min(_LAST_HOUR, max(_CUT_OFF_HOUR, now.hour + 1)))
    stage = Stage(now=now, zone=zone_of(settings))
    for place, story in enumerate(read_cast(stage.today)):
        plan_story(stage, story, settings, place=place)
    opening = datetime.combine(stage.today - _BEFORE_ALL, time(8))
    past = FixedClock(stage.instant(opening))
    made = create_record(
        path,
        Account(
            id=made_id("account"),
            user_name=USER_NAME,
            display_name="Demo, Dora",
            roles=frozenset(Role),
        ),
        PASSWORD,
        settings=settings,
        options=Options(clock=past, cost=cost),
    )
    session = session_for(made.records, made.account, clock=past)
    try:
        with session.writing() as work:
            work.settings.set_record_info("demo", "yes")
            work.commit()
        stage.play(session, past)
    finally:
        made.records.close()
    opened = open_record(path, USER_NAME, PASSWORD, options=Options(clock=clock, cost=cost))
    return session_for(opened.records, opened.account, clock=clock)


def _settings(zone: str) -> ClinicSettings:
    """Return the settings of the made-up clinic.

    It has calls on every weekday, so that the same patients are due whatever day it is.
    """
    settings = first_settings(zone)
    return replace(
        settings,
        clinic_name="Demo clinic (made up)",
        address="1 Invented Street, Nowhere",
        telephone="+1 555 0100",
    )
