"""The course sheet: plot and day table in a card, with what is shown above it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from scs_trial.domain.course import Course
from scs_trial.ui.locale_words import in_locale
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets.card import Card
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.workspace.course_board import CourseBoard


class CourseSheet(Card):
    """Every day against baseline, as plot and as table.

    The line beside the title reads out the exact values of the day under pointer or cursor.
    """

    cell_edited = Signal(object, object, str)
    """Series, date and the text typed into a cell: a correction is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Course"), parent)
        self.setObjectName("course")
        self._course: Course | None = None
        self.board = CourseBoard(self)
        self.values = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL)
        self.values.setObjectName("course.values")
        self.every_region = QCheckBox(self.tr("Every region"), self)
        self.every_region.setObjectName("course.every_region")
        self.every_region.setAccessibleName(self.tr("Show a strip for every region"))
        self.lower_choice = ChoiceBox(parent=self)
        self.lower_choice.setObjectName("course.lower")
        self.lower_choice.setAccessibleName(self.tr("Shown below the pain"))
        self.lower_choice.setMinimumContentsLength(18)
        self.header.addWidget(self.values, 1)
        self.header.addWidget(self.every_region)
        self.header.addWidget(self.lower_choice)
        self.body.addWidget(self.board)
        self.board.cell_edited.connect(self.cell_edited)
        self.board.read_out.connect(self._on_board_read_out)
        self.every_region.toggled.connect(self.board.show_every_region)
        self.lower_choice.activated.connect(self._on_lower_activated)

    def show_course(self, course: Course) -> None:
        """Show a course."""
        before = self._course
        self._course = course
        self.every_region.setVisible(len(course.strips) > 1)
        offered = _offered(course)
        if before is None or _offered(before) != offered:
            chosen = self.lower_choice.key()
            self.lower_choice.set_choices(offered)
            if chosen in dict(offered):
                self.lower_choice.choose(chosen)
        self.lower_choice.setVisible(len(offered) > 1)
        self.board.show_course(course)
        self.setAccessibleDescription(in_locale(course.summary))
        if not self.values.text():
            self._on_board_read_out("")

    def set_editable(self, editable: bool) -> None:
        """Allow or refuse editing of cells in place."""
        self.board.model.set_editable(editable)

    @Slot(str)
    def _on_board_read_out(self, text: str) -> None:
        hint = self.tr("every day against baseline")
        self.values.setText(text or hint)
        self.values.setAccessibleName(text or hint)

    @Slot(int)
    def _on_lower_activated(self, number: int) -> None:
        if self._course is not None and 0 <= number < len(self._course.activity):
            self.board.show_lower(self._course.activity[number].series)


def _offered(course: Course) -> list[tuple[str, str]]:
    return [(str(row.series), row.title) for row in course.activity]
