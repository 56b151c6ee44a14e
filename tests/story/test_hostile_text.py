"""Text that looks like mark-up, a formula or another direction is text wherever it is shown."""

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from scs_trial.assemble import first_settings
from scs_trial.clock import FixedClock
from scs_trial.reports.profile import render_profile
from scs_trial.reports.profile_content import profile_content
from scs_trial.services.review_trial import reload_workspace
from scs_trial.ui.check_in.move_dialog import MoveDialog
from scs_trial.ui.main_window import TITLE
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.text import shown
from scs_trial.ui.workspace.timeline_card import TimelineCard
from tests.records import NOW, close_all, make_session
from tests.reports.pdf import squeezed, texts
from tests.story.desk import desk_on
from tests.story.full_record import fill
from tests.story.walk import faults, said

HOSTILE = {
    "tags": "<b>x</b>",
    "formula": "=1+1",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "turned": "a\u202egrub",
    "200 characters": "Ab" * 100,
    "image": "<img src=/etc/passwd>",
    "ampersand": "R&D <i>&amp;</i>",
}


@pytest.fixture(autouse=True)
def closed():
    yield
    close_all()


@pytest.fixture(params=HOSTILE, ids=list(HOSTILE))
def hostile(request):
    return HOSTILE[request.param]


@pytest.fixture
def session(hostile, tmp_path):
    return make_session(tmp_path, clock=FixedClock(NOW), settings=first_settings("Europe/Berlin"))


PARTS = ("workspace.name", "workspace.name_alert", "check_in.who")
SCREENS = {
    "patient.set_up": "new_trial",
    "patient.end": "end_of_trial",
    "patient.program": "program",
    "patient.medication": "medication",
    "reports.page": "page",
}


def test_that_hostile_text_is_text_on_every_screen(qtbot, session, hostile):
    running, ended = fill(session, lambda _kind: hostile)
    window, desk = desk_on(qtbot, session)
    clean = [faults(hostile)]
    literal = shown(hostile)
    places = {"today": desk.today}
    assert window.windowTitle() == TITLE
    for trial in (ended, running):
        desk.open_patient(trial.patient_id)
        clean.append(faults(hostile))
        places[f"workspace {trial is running}"] = desk.workspace
        assert literal in said(desk.workspace)
    review = desk._review()
    desk.check_in.open_trial(review, day=review.trial.trial_start)
    desk.check_in.take_focus()
    clean.append(faults(hostile))
    places["check-in"] = desk.check_in
    for name in PARTS:
        (part,) = window.findChildren(QWidget, name)
        places[name] = part
    places["red flag"] = window.findChild(QWidget, f"workspace.red_flag.{review.events[0].id}")
    places["timeline"] = window.findChild(TimelineCard)
    for where, place in places.items():
        assert literal in said(place).replace("\u200b", ""), where
    desk.area.show_page("patients")
    assert literal in said(desk.area)
    window.commands.action("edit.find").trigger()
    search = window.findChild(QDialog, "search")
    assert literal in said(search)
    clean.append(faults(hostile))
    search.close()
    desk.area.show_page("today")
    for command, name in SCREENS.items():
        window.commands.action(command).trigger()
        (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
        clean.append(faults(hostile))
        if name in ("new_trial", "end_of_trial"):
            assert literal in said(dialog) or hostile in said(dialog), (
                name
            )  # an editor holds it as it is
        dialog.close()
    desk.stop()
    assert [fault for found in clean for fault in found] == []


def test_that_prompts_settings_and_small_dialogs_show_text_as_text(qtbot, session, hostile):
    running, _ended = fill(session, lambda _kind: hostile)
    window, desk = desk_on(qtbot, session)
    desk.open_patient(running.patient_id)
    review = desk._review()
    found = []
    prompts = DialogPrompts(window)
    prompts.tell(hostile, hostile)
    prompts.ask(hostile, hostile, yes="Yes", on_answer=found.append)
    prompts.ask_text(hostile, hostile, label=hostile, yes="Yes", on_answer=found.append)
    prompts.choose(hostile, hostile, choices=[("a", hostile)], on_answer=found.append)
    event = review.events[0]
    desk.check_in.open_event(event)
    window.commands.action("view.settings").trigger()
    MoveDialog(session, review.check_ins[-1], window).open()
    clean = faults(hostile)
    shown_now = [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert len(shown_now) >= 7
    for dialog in shown_now:
        text = said(dialog)
        assert shown(hostile) in text or hostile in text, dialog.objectName()
        dialog.close()
    desk.stop()
    assert clean == []


def test_that_the_page_prints_the_text_itself(session, hostile, tmp_path):
    running, _ended = fill(session, lambda _kind: hostile)
    review = reload_workspace(session, running.patient_id).review
    content = profile_content(review, printed_at=session.clock.now(), printed_by="Anna")
    printed = squeezed(" ".join(texts(render_profile(content), tmp_path)))
    wanted = squeezed(shown(hostile))
    if wanted.isascii():
        assert wanted in printed
    else:
        assert all(sign in printed for sign in wanted)


def test_that_the_walk_would_find_text_that_is_taken_for_more(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    raw = "<b>x</b> & y"
    QLabel(raw, window)
    QPushButton(raw, window).setToolTip(raw)
    window.setWindowTitle(raw)
    found = "\n".join(faults(raw))
    for what in ("guesses HTML", "eats an ampersand", "tool tip", "title"):
        assert what in found
