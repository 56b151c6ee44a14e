"""Puts a session together: an open record, an account, the shipped rules and the clinic's own."""

from __future__ import annotations

import platform
from functools import cache

from scs_trial.clock import Clock
from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.clinic import Account, ClinicSettings
from scs_trial.domain.criteria_library import Library, load_library, read_library
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.safety_file import load_safety_list
from scs_trial.paths import resources
from scs_trial.services.ports import Records
from scs_trial.services.session import Session


@cache
def shipped_catalogue() -> Catalogue:
    """Return the shipped measures."""
    return load_catalogue(resources("measures.toml").read_text(encoding="utf-8"))


@cache
def shipped_library() -> Library:
    """Return the shipped criteria."""
    return load_library(resources("criteria"), catalogue=shipped_catalogue())


def first_settings(zone: str) -> ClinicSettings:
    """Return the settings that a new record starts with: shipped examples, nothing approved."""
    safety = load_safety_list(resources("safety.toml").read_text(encoding="utf-8"))
    return ClinicSettings(zone=zone, safety=safety)


def session_for(records: Records, account: Account, *, clock: Clock) -> Session:
    """Return the session of an account on an open record.

    The clinic's own criteria come after the shipped ones; a file of theirs that has become faulty
    is left out here and named where the criteria are shown.
    """
    with records.reading() as work:
        own = read_library(work.settings.criteria_files().items(), catalogue=shipped_catalogue())
    shipped = shipped_library()
    return Session(
        account=account,
        workstation=platform.node(),
        records=records,
        clock=clock,
        catalogue=shipped_catalogue(),
        library={**shipped.criteria, **own.criteria},
        library_texts={**shipped.texts, **own.texts},
    )
