"""Timeline, programs, medication, record and confirmations show the record as it is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from scs_trial.domain.trial import ConfirmationAnswer, Decision, DecisionKind
from scs_trial.services.review_trial import TimelineEntry
from scs_trial.ui.widgets import YesNo
from scs_trial.ui.workspace.action_row import ActionRow
from scs_trial.ui.workspace.confirmations_card import ConfirmationsCard
from scs_trial.ui.workspace.record_card import RecordCard, record_rows
from scs_trial.ui.workspace.timeline_card import FEW, TimelineCard
from scs_trial.ui.workspace.treatment_cards import MedicationCard, ProgramsCard
from tests.domain import sample_diary as sample
from tests.ui import sample_review

CONFIRMED = "functional_improvement"


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(500, 300)
        widget.show()
        return widget

    return show


@pytest.fixture
def medicare():
    trial = replace(sample_review.TRIAL, criteria_id="medicare-style")
    return sample_review.review(trial=trial)


def test_that_the_timeline_says_when_and_who(shown):
    card = shown(TimelineCard())
    card.show_entries(sample_review.TIMELINE, sample.TODAY)
    said = texts(card)
    assert "Today 09:41" in said
    assert "Calling about day 5 (RN Alvarez)" in said
    assert "Wed 18 Nov 10:15" in said


def test_that_an_empty_timeline_says_so(shown):
    card = shown(TimelineCard())
    card.show_entries((), sample.TODAY)
    assert "Nothing has happened yet." in texts(card)


def test_that_a_long_timeline_shows_the_newest_until_all_are_asked_for(shown, qtbot):
    card = shown(TimelineCard())
    entry = sample_review.TIMELINE[0]
    many = tuple(replace(entry, text=f"entry {number}") for number in range(FEW + 5))
    card.show_entries(many, sample.TODAY)
    more = card.findChild(QPushButton, "workspace.timeline.more")
    assert "entry 12 (RN Alvarez)" not in texts(card)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert "entry 12 (RN Alvarez)" in texts(card)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert "entry 12 (RN Alvarez)" not in texts(card)


def test_that_text_of_the_timeline_is_no_html(shown):
    card = shown(TimelineCard())
    entry = TimelineEntry(at=sample_review.TIMELINE[0].at, kind="check_in", text="<b>x</b>")
    card.show_entries((entry,), sample.TODAY)
    assert "<b>x</b>" in texts(card)


def test_that_programs_show_settings_days_and_figures(shown):
    card = shown(ProgramsCard())
    card.show_review(sample_review.review())
    said = texts(card)
    # P1: days 1, 2 (5, 4): mean 4.5, relief (7.7 - 4.5) / 7.7 = 41.55.. %, printed down
    assert said[said.index("2") : said.index("2") + 3] == ["2", "4.5", "41.5 %"]
    assert any(text.startswith("P1 tonic 50 Hz\nfrom Mon 16 Nov, 09:00") for text in said)


def test_that_a_program_known_from_the_diary_alone_is_shown(shown):
    card = shown(ProgramsCard())
    card.show_review(replace(sample_review.review(), programs=()))
    assert {"P1", "P2"} <= set(texts(card))


def test_that_no_opioids_is_not_the_same_as_none_recorded(shown):
    card = shown(MedicationCard())
    none = replace(sample_review.review(), medication=())
    card.show_review(none)
    assert "No opioid recorded." in texts(card)
    free = replace(none, trial=replace(none.trial, takes_no_opioids=True))
    card.show_review(free)
    assert "Takes no opioids." in texts(card)


def test_that_the_record_says_what_is_not_documented(shown):
    card = shown(RecordCard())
    card.show_review(sample_review.review())
    said = texts(card)
    assert said[said.index("Consent") + 1] == "not documented"


def test_that_a_later_decision_stands_above_the_earlier_one():
    def decision(version, kind):
        return Decision(
            id=sample_review.NURSE,
            trial_id=sample_review.TRIAL.id,
            version=version,
            kind=kind,
            reason="Team review",
            decider="Dr B. Stone",
            decided_at=datetime(2026, 11, 23, 9, version, tzinfo=UTC),
            by=sample_review.NURSE,
        )

    made = (decision(1, DecisionKind.UNDECIDED), decision(2, DecisionKind.NO_IMPLANT))
    rows = dict(record_rows(replace(sample_review.review(), decisions=made)))
    assert rows["Decision"].splitlines() == [
        "No implant: Team review (Dr B. Stone, Mon 23 Nov, 10:02)",
        "Undecided: Team review (Dr B. Stone, Mon 23 Nov, 10:01)",
    ]


def test_that_a_clinician_answers_a_confirmation(shown, qtbot, medicare):
    card = shown(ConfirmationsCard())
    card.show_review(medicare, allowed=True)
    field = card.findChild(YesNo, f"workspace.confirmations.{CONFIRMED}")
    assert field.answer is None
    field.setFocus()
    with qtbot.waitSignal(card.answered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Y)
    assert caught.args == [CONFIRMED, True]


def test_that_an_answer_on_record_is_shown_with_who_and_when_and_asks_for_nothing(
    shown, qtbot, medicare
):
    answer = ConfirmationAnswer(
        trial_id=medicare.trial.id,
        name=CONFIRMED,
        answer=True,
        by=sample_review.NURSE,
        at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    )
    card = shown(ConfirmationsCard())
    with qtbot.assertNotEmitted(card.answered, wait=20):
        card.show_review(replace(medicare, confirmations=(answer,)), allowed=True)
    assert card.findChild(YesNo).answer is True
    assert "answered by RN Alvarez, Sat 21 Nov, 10:00" in texts(card)


def test_that_a_nurse_sees_the_question_and_cannot_answer(shown, medicare):
    card = shown(ConfirmationsCard())
    card.show_review(medicare, allowed=False)
    assert not card.findChild(YesNo).isEnabled()
    assert "not answered; a clinician answers this" in texts(card)


def test_that_criteria_without_confirmations_ask_nothing(shown):
    card = shown(ConfirmationsCard())
    card.show_review(sample_review.review(), allowed=True)
    assert card.isHidden()


@pytest.mark.parametrize(
    ("ended", "decided", "offered"),
    [
        (False, False, ["page", "end", "safety"]),
        (True, False, ["page", "end", "decision", "safety", "new_trial"]),
        (True, True, ["page", "end", "decision", "sign", "safety", "follow_up", "new_trial"]),
    ],
)
def test_that_the_actions_fit_the_state(shown, ended, decided, offered):
    row = shown(ActionRow())
    trial = replace(sample_review.TRIAL, trial_ended=sample.TODAY if ended else None)
    row.show_trial(trial, decided=decided)
    names = [b.property("action") for b in row.findChildren(QPushButton) if b.isVisible()]
    assert names == offered
