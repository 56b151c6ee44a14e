"""The check-in in other locales and computer time zones; the clinic's zone decides the day."""

from decimal import Decimal

from PySide6.QtCore import QDate, QLocale

from scs_trial.domain.diary import Phase
from tests.ui.check_in.make import FRIDAY, MME, PAIN, SLEEP, TRIAL

D = Decimal


def test_that_a_check_in_is_typed_under_any_locale(any_locale, pane, keys, session):
    keys.type("\n2.507" + "35\n6,5\n12.5\np1\n")
    keys.save()
    with session.reading() as work:
        stored = work.check_ins.at(TRIAL.id, FRIDAY, Phase.TRIAL)
    assert stored.values[PAIN] == D("2.5")
    assert stored.values[SLEEP] == D("6.5")
    assert stored.values[MME] == D("12.5")


def test_that_the_header_names_the_day_in_the_locale(any_locale, pane):
    weekday = QLocale().toString(QDate(2026, 11, 20), "ddd")
    assert f"{weekday} 20, day 5" in pane.view.header.text


def test_that_the_clinics_zone_decides_day_and_time(any_time_zone, pane):
    assert "about Fri 20, day 5" in pane.view.header.text
    assert "called Sat 21, 09:41" in pane.view.header.text
    assert pane.form.day == FRIDAY
