"""Everything that takes the focus has a name for tests and one for a screen reader."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from scs_trial.domain.check_in import HowObtained
from scs_trial.ui.end_of_trial.dialog import EndOfTrialDialog
from scs_trial.ui.safety.dialog import SafetyEventDialog
from scs_trial.ui.theme import Appearance
from tests.ui.check_in.make import FRIDAY, PATIENT, TRIAL


def nameless(root):
    found = []
    for widget in root.findChildren(QWidget):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not takes_focus or not widget.isVisibleTo(root):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        said = interface.text(QAccessible.Text.Name) if interface else ""
        inner = widget.objectName().startswith("qt_")
        if not inner and (not widget.objectName() or not said):
            found.append((type(widget).__name__, widget.objectName(), said))
    return found


def test_that_every_field_of_the_check_in_has_a_name(pane, keys):
    assert nameless(pane) == []
    keys.type("\n2")
    assert nameless(pane) == []


def test_that_every_field_of_a_safety_event_has_a_name(session, pane, qtbot):
    dialog = SafetyEventDialog(session, patient=PATIENT, trial_id=TRIAL.id, parent=pane)
    dialog.open()
    assert nameless(dialog) == []
    dialog._report._item.choose("weakness")
    dialog._on_main_clicked()
    assert nameless(dialog) == []


def test_that_every_field_of_the_end_of_a_trial_has_a_name(session, review, pane):
    dialog = EndOfTrialDialog(session, review(), parent=pane)
    dialog.open()
    assert nameless(dialog) == []


@pytest.mark.parametrize("name", ["<b>x</b>", "=1+1", "x" * 200, "\u202eabc"])
@pytest.mark.parametrize("width", [290, 420])
def test_that_any_name_is_shown_as_text_and_keeps_save_in_sight(pane, review, qtbot, name, width):
    stranger = replace(review(), patient=replace(PATIENT, name=name))
    pane.open_trial(stranger)
    pane.resize(width, 650)
    who = pane.findChild(QLabel, "check_in.who")
    assert who.textFormat() is Qt.TextFormat.PlainText
    save = pane.view.footer.save
    qtbot.waitUntil(lambda: save.visibleRegion().boundingRect() == save.rect())
    area = pane.view.area
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_that_nothing_of_the_page_is_wider_than_a_narrow_pane(pane, keys, qtbot, themed):
    themed.choose(Appearance.DARK)
    pane.resize(290, 650)
    keys.type("\n2507" + "35\n7\n30\np1\n" + "y")
    area = pane.view.area
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())


def test_that_words_are_saved_with_ctrl_enter_from_inside_them(pane, keys, session):
    keys.type("\n2")
    pane._page.notes.take_focus()
    keys.type("heat, a walk")
    keys.save()
    with session.reading() as work:
        stored = work.check_ins.of_trial(TRIAL.id)
    friday = next(c for c in stored if c.day == FRIDAY)
    assert friday.helped == "heat, a walk"
    assert friday.how_obtained is HowObtained.PHONE
