"""The windows of the house: accounts, the recovery key, settings, patients closed to somebody."""

from dataclasses import replace
from functools import partial

from scs_trial.domain.clinic import Role
from tests.ui.demo_clinic import demo_session, desk_of
from tests.ui.shots_program import dialog, shown


def closed():
    session = demo_session()
    account = replace(session.account, roles=frozenset({Role.ADMINISTRATOR}))
    window, desk = desk_of(replace(session, account=account))
    window.resize(1440, 900)
    window.keep_desk = desk
    return shown(window)


SHOTS = {
    "people_closed": closed,
    "people_recovery_key": partial(dialog, "view.recovery_key"),
    "people_accounts": partial(dialog, "view.accounts"),
    "people_emergency": partial(dialog, "view.emergency"),
    "people_settings_accounts": partial(dialog, "view.settings", row=5),
    "people_settings_check": partial(dialog, "view.settings", row=6),
    "people_settings_own": partial(dialog, "view.settings", row=7),
}
