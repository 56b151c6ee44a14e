"""Days of the open patient side by side, from the command to the workspace."""

from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.ui.check_in.several_days import SeveralDays
from scs_trial.ui.widgets import NumberField
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.ui.desk.test_clinic_desk import PAIN, clinic, open_first, session

__all__ = ["clinic", "session"]


def test_that_the_command_opens_the_sheet_and_its_days_reach_the_workspace(qtbot, session, clinic):
    session.clock.move_to(datetime(2026, 3, 12, 8, 30, tzinfo=UTC))
    window, desk = clinic
    desk.reload_today()
    open_first(qtbot, window)
    window.commands.action("patient.several_days").trigger()
    sheet = desk.check_in.findChild(SeveralDays)
    assert [column.day.day for column in sheet.form.columns] == [9, 10, 11]
    sheet.findChild(ChoiceBox, "several_days.how").choose(HowObtained.VISIT.value)
    sheet.findChild(QCheckBox, "several_days.identity").click()
    for day in (9, 10, 11):
        name = f"several_days.2026-03-{day:02}.pain_average"
        qtbot.keyClick(sheet.findChild(NumberField, name), Qt.Key.Key_3)
    sheet.save()  # 8 at baseline, 3 now: asked about once
    sheet.save()
    assert not sheet.isVisible()
    review = desk.workspace.shown.review
    told = {c.day: c.values[PAIN] for c in review.check_ins if c.phase is Phase.TRIAL}
    assert told == {date(2026, 3, day): Decimal(3) for day in (9, 10, 11)}
    assert not desk.today.due_days(review.trial.id)
