"""Nothing leads the witness while the score is asked (product page, screen 3)."""

from PySide6.QtWidgets import QLabel

from scs_trial.domain.course import CellState
from scs_trial.ui.workspace.patient_workspace import PatientWorkspace
from scs_trial.ui.workspace.veil import veiled
from tests.ui import sample_review


def known(course):
    rows = [*course.rows, *course.activity, *(strip.row for strip in course.strips)]
    return [cell for row in rows for cell in row.cells if cell.value is not None]


def test_that_values_of_trial_days_and_what_is_needed_are_put_away():
    review = sample_review.review()
    assert known(review.course)
    assert review.verdict.sentence
    hidden = veiled(review)
    assert known(hidden.course) == []
    assert hidden.verdict.sentence == ""
    assert all(not line.remark and not line.needed for line in hidden.verdict.lines)
    assert {row.mean_text for row in hidden.course.rows} == {""}


def test_that_baseline_threshold_and_status_stay():
    review = sample_review.review()
    hidden = veiled(review)
    assert hidden.verdict.headline == review.verdict.headline
    assert [row.baseline_text for row in hidden.course.rows] == [
        row.baseline_text for row in review.course.rows
    ]
    assert hidden.course.strips[0].threshold_text == review.course.strips[0].threshold_text


def test_that_the_draft_itself_stays_in_view():
    review = sample_review.review()
    states = {cell.state for row in veiled(review).course.rows for cell in row.cells}
    assert CellState.RECORDED not in states
    assert CellState.OPEN in states


def test_that_the_workspace_puts_them_away_and_shows_them_again(qtbot):
    page = PatientWorkspace()
    qtbot.addWidget(page)
    workspace = sample_review.workspace()
    page.show_workspace(workspace)
    sentence = workspace.review.verdict.sentence

    def said():
        return sentence in [label.text() for label in page.findChildren(QLabel)]

    assert said()
    page.show_earlier(False)
    assert not said()
    page.show_workspace(workspace)  # a reload keeps them away
    assert not said()
    page.show_earlier(True)
    assert said()
