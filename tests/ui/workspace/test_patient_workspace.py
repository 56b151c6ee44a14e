"""The workspace shows what the snapshot holds, as text, and hands on what is asked for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.ui.workspace.patient_workspace import PatientWorkspace
from tests.domain import sample_diary as sample
from tests.ui import sample_review


@pytest.fixture
def page(qtbot):
    widget = PatientWorkspace()
    qtbot.addWidget(widget)
    widget.resize(743, 830)
    widget.show()
    return widget


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def button(widget, name):
    found = widget.findChild(QPushButton, name)
    assert found is not None, name
    return found


def test_that_nobody_shown_says_what_to_do(page):
    page.show_nobody()
    assert page.empty.isVisible()
    assert "Ctrl+K" in " ".join(texts(page.empty))


def test_that_name_birth_date_and_mrn_stay_in_sight_while_the_rest_scrolls(page):
    page.show_workspace(sample_review.workspace())
    bar = page.view.scroll_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    header = page.view.identity
    assert header.isVisible()
    assert header.name.text() == "Okafor, Grace"
    assert header.born.text() == "born 14 Mar 1968 (58) · F · MRN 104 882"
    assert header.geometry().bottom() < page.view.scroll_area.geometry().top()


@pytest.mark.parametrize("name", ["<b>x</b>", "=1+1", "x" * 200, "عربي, نص"])
def test_that_a_name_is_shown_as_text_and_whole(page, qtbot, name):
    patient = replace(sample_review.PATIENT, name=name)
    page.show_workspace(sample_review.workspace(sample_review.review(patient=patient)))
    label = page.view.identity.name
    assert label.text() == name
    assert label.textFormat() == Qt.TextFormat.PlainText
    qtbot.waitUntil(lambda: label.heightForWidth(label.width()) <= label.height())
    assert label.minimumSizeHint().width() <= label.width()
    assert label.geometry().right() <= page.view.identity.width()


def test_that_a_missing_birth_date_is_said(page):
    patient = Patient(id=sample_review.PATIENT.id, name="Okafor", mrn="")
    page.show_workspace(sample_review.workspace(sample_review.review(patient=patient)))
    assert page.view.identity.born.text() == "birth date not recorded · MRN not recorded"


def test_that_similar_names_raise_an_alert_with_birth_date_and_mrn(page):
    other = replace(sample_review.PATIENT, name="Okafor, Grayce", mrn="104 883")
    page.show_workspace(sample_review.workspace(similar=(other,)))
    assert page.view.name_alert.isVisible()
    assert "Okafor, Grayce, born 14 Mar 1968 (58) · F · MRN 104 883" in texts(page.view.name_alert)
    page.show_workspace(sample_review.workspace())
    assert not page.view.name_alert.isVisible()


@pytest.mark.parametrize("height", [500, 8000])
def test_that_the_name_alert_is_as_wide_as_the_cards_beneath(page, qtbot, height):
    other = replace(sample_review.PATIENT, name="Okafor, Grayce", mrn="104 883")
    page.show_workspace(sample_review.workspace(similar=(other,)))
    page.resize(page.width(), height)
    view = page.view

    def right(widget):
        return widget.mapTo(page, widget.rect().topRight()).x()

    bar = view.scroll_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.isVisible() is (height == 500))
    qtbot.waitUntil(lambda: right(view.name_alert) == right(view.verdict))


def test_that_an_open_red_flag_stands_above_the_verdict_with_the_clinics_words(page):
    event = sample_review.emergency()
    page.show_workspace(sample_review.workspace(open_red_flags=(event,)))
    flags = page.view.red_flags
    said = texts(flags)
    assert "▲ Emergency: New leg weakness, numbness or trouble walking" in said
    assert event.instruction in said
    assert "Call +1 555 0100" in said
    assert flags.y() + flags.height() <= page.view.trial.y()


@pytest.mark.parametrize("action", ["told", "acknowledge", "resolve"])
def test_that_a_red_flag_can_be_worked_on(page, qtbot, action):
    event = sample_review.emergency()
    page.show_workspace(sample_review.workspace(open_red_flags=(event,)))
    signal = getattr(page, f"{action}_requested")
    with qtbot.waitSignal(signal) as caught:
        qtbot.mouseClick(button(page, f"workspace.red_flag.{action}"), Qt.MouseButton.LeftButton)
    assert caught.args == [event]


def test_that_an_acknowledged_event_says_who_and_when(page):
    event = sample_review.emergency(
        acknowledged_by="Dr Stone", acknowledged_at=sample_review.emergency().reported_at
    )
    page.show_workspace(sample_review.workspace(open_red_flags=(event,)))
    assert "Acknowledged: Dr Stone, Sat 21 Nov, 09:45" in texts(page.view.red_flags)
    assert page.findChild(QPushButton, "workspace.red_flag.acknowledge") is None


def test_that_a_patient_without_a_trial_is_offered_one(page, qtbot):
    page.show_workspace(replace(sample_review.workspace(), trials=(), review=None))
    assert page.view.no_trial.isVisible()
    assert not page.view.trial.isVisible()
    with qtbot.waitSignal(page.action_requested) as caught:
        qtbot.mouseClick(page.view.no_trial.button, Qt.MouseButton.LeftButton)
    assert caught.args == ["new_trial"]


def test_that_a_half_done_set_up_is_continued(page, qtbot):
    trial = Trial(id=sample_review.TRIAL.id, patient_id=sample_review.PATIENT.id)
    half = replace(
        sample_review.review(), trial=trial, diary=None, evaluation=None, verdict=None, course=None
    )
    page.show_workspace(sample_review.workspace(half))
    assert not page.view.verdict.isVisible()
    assert not page.view.course.isVisible()
    with qtbot.waitSignal(page.action_requested) as caught:
        qtbot.mouseClick(button(page, "workspace.hint.next"), Qt.MouseButton.LeftButton)
    assert caught.args == ["set_up"]


@pytest.mark.parametrize(
    ("diary", "headline", "phase"),
    [
        (sample.diary(baseline={}), "No baseline yet", "baseline"),
        (sample.diary({}), "No day recorded yet", "trial"),
    ],
)
def test_that_what_is_missing_is_asked_for(page, qtbot, diary, headline, phase):
    page.show_workspace(sample_review.workspace(sample_review.review(diary)))
    assert headline in texts(page.view.hint)
    with qtbot.waitSignal(page.check_in_requested) as caught:
        qtbot.mouseClick(button(page, "workspace.hint.next"), Qt.MouseButton.LeftButton)
    assert caught.args == [phase]


def test_that_there_is_no_hint_once_there_is_something_to_see(page):
    page.show_workspace(sample_review.workspace())
    assert not page.view.hint.isVisible()


def test_that_a_draft_moves_verdict_and_course_and_rebuilds_nothing(page):
    page.show_workspace(sample_review.workspace())
    labels = set(map(id, page.view.verdict.findChildren(QLabel)))
    timeline = texts(page.view.timeline)
    typed = sample.diary({"pain_average": "5 4 3 3 10", "activity_score": "2 4 5 6"})
    page.show_review(
        sample_review.review(typed, course_settings={"draft_day": sample.TODAY}, timeline=())
    )
    assert page.view.verdict.figure.text() == "35.0 %"
    assert set(map(id, page.view.verdict.findChildren(QLabel))) == labels
    assert texts(page.view.timeline) == timeline


def test_that_another_trial_of_the_patient_can_be_chosen(page, qtbot):
    older = replace(sample_review.TRIAL, id=sample_review.NURSE)
    page.show_workspace(replace(sample_review.workspace(), trials=(sample_review.TRIAL, older)))
    box = page.view.identity.trials
    with qtbot.waitSignal(page.trial_chosen) as caught:
        box.setCurrentIndex(1)
        box.activated.emit(1)
    assert caught.args == [str(older.id)]


def test_that_the_actions_name_themselves(page, qtbot):
    page.show_workspace(sample_review.workspace())
    with qtbot.waitSignal(page.action_requested) as caught:
        qtbot.mouseClick(button(page, "workspace.action.end"), Qt.MouseButton.LeftButton)
    assert caught.args == ["end"]


def test_that_everything_that_takes_the_focus_has_a_name(page):
    page.show_workspace(sample_review.workspace(open_red_flags=(sample_review.emergency(),)))
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in page.findChildren(QPushButton)
        if widget.isVisible() and not widget.accessibleName()
    ]
    assert nameless == []
