"""Which parts of a row stand where, for usual and long contents."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from scs_trial.services.today import DayMark
from scs_trial.ui.fonts import app_font
from scs_trial.ui.today.row_layout import BADGE, SMALL, dot_size, lay_out, scaled
from tests.ui.today.test_today_pane import GRACE

WIDTH = 247
"""Inner width at 1440 pixels."""
WEEKEND = replace(
    GRACE,
    patient=replace(GRACE.patient, name="Weekender, Wilma"),
    age=66,
    badge="2 days missing",
    detail="MRN D-009 · day 6 of 10",
    marks=(DayMark.RECORDED,) * 10,
    figure="-10 to 86 %",
)


def test_that_usual_content_takes_two_lines(qapp):
    layout = lay_out(replace(GRACE, age=58), app_font(), WIDTH)
    assert (layout.lines, layout.beside) == (2, "58 y")


def test_that_what_does_not_fit_gets_a_third_line_and_nothing_is_cut(qapp):
    layout = lay_out(WEEKEND, app_font(), WIDTH)
    assert layout.lines == 3
    assert layout.detail == "66 y · MRN D-009 · day 6 of 10"
    bold = QFontMetricsF(scaled(app_font(), 1.0, QFont.Weight.DemiBold))
    assert bold.horizontalAdvance(layout.name) + layout.badge < WIDTH


@pytest.mark.parametrize("row", [replace(GRACE, age=58), WEEKEND])
@pytest.mark.parametrize("call", ["no answer 09:12", "message left 09:12", "call back Fri 15:00"])
def test_that_the_last_call_stands_in_the_last_line_and_fits(qapp, row, call):
    layout = lay_out(replace(row, call=call), app_font(), WIDTH)
    small = QFontMetricsF(scaled(app_font(), SMALL))
    assert layout.call in (call, call.rpartition(" ")[0])
    said = layout.call + layout.figure + (layout.detail if layout.lines == 2 else "")
    days = len(row.marks) * dot_size(len(row.marks))[1]
    assert small.horizontalAdvance(said) + days <= WIDTH


@pytest.mark.parametrize("badge", ["Lead out tomorrow 09:30", "Ended for safety"])
def test_that_a_long_state_is_whole(qapp, badge):
    layout = lay_out(replace(WEEKEND, badge=badge), app_font(), WIDTH)
    state = QFontMetricsF(scaled(app_font(), BADGE, QFont.Weight.Medium)).horizontalAdvance(badge)
    assert layout.badge >= state or layout.badge > WIDTH / 2
