"""A date, typed in the way of the locale or picked from a calendar; empty is None."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout, QWidget

from scs_trial.ui.icons import icon
from scs_trial.ui.theme import Colour, colour


def date_text(day: date, *, locale: QLocale | None = None) -> str:
    """Return a date as the locale writes it, with four digits for the year."""
    where = locale or QLocale()
    return where.toString(QDate(day.year, day.month, day.day), _short_format(where))


def parse_date(text: str, *, locale: QLocale | None = None) -> date | None:
    """Return the date that was typed: the locale's short or long form, or ``2026-11-20``."""
    where = locale or QLocale()
    stripped = text.strip()
    forms = [_short_format(where), where.dateFormat(QLocale.FormatType.LongFormat)]
    forms += ["yyyy-M-d", "d MMM yyyy", "d MMMM yyyy"]
    for form in forms:
        found = where.toDate(stripped, form)
        if found.isValid():
            return date(found.year(), found.month(), found.day())
    return None


def _short_format(locale: QLocale) -> str:
    if locale.language() is QLocale.Language.C:
        return "yyyy-MM-dd"
    form = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")


class DateField(QLineEdit):
    """Entry of one date.

    Typed in the locale's way or as ``2026-11-20``; Alt+Down or the button opens a calendar. What
    is no date or outside the range is refused: ``value`` is then None and ``problem`` says why.

    Parameters
    ----------
    title
        What is asked; the accessible name.
    today
        Tells today's date, where the calendar opens.
    earliest, latest
        Range, inclusive; None for no limit.
    """

    value_changed = Signal(object)
    """New value: date or None."""
    problem_changed = Signal(str)
    """Why the text is refused; empty when it is not."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date],
        earliest: date | None = None,
        latest: date | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._earliest, self._latest = earliest, latest
        self._value: date | None = None
        self._problem = ""
        self._popup: QWidget | None = None
        self.setAccessibleName(title)
        self.setPlaceholderText(_short_format(QLocale()).lower())
        self._open_action = QAction(icon("calendar", Colour.MUTED), self.tr("Calendar"), self)
        self._open_action.triggered.connect(self.open_calendar)
        self.addAction(self._open_action, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._on_text_changed)

    @property
    def value(self) -> date | None:
        """The date, None while empty or refused."""
        return self._value

    @property
    def problem(self) -> str:
        """Why the text is refused; empty when it is not."""
        return self._problem

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self.setText("" if value is None else date_text(value))

    def set_range(self, earliest: date | None, latest: date | None) -> None:
        """Change the range; the text is judged again."""
        self._earliest, self._latest = earliest, latest
        self._on_text_changed(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar with Alt+Down; go on with Enter."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        elif not event.modifiers() and event.key() == Qt.Key.Key_Return:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName("date_field.popup")
        calendar = self._make_calendar(popup)
        calendar.clicked.connect(self._on_calendar_picked)
        calendar.activated.connect(self._on_calendar_picked)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)
        self._popup = popup
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()
        calendar.setFocus()

    def _make_calendar(self, popup: QWidget) -> QCalendarWidget:
        calendar = QCalendarWidget(popup)
        calendar.setObjectName("date_field.calendar")
        calendar.setAccessibleName(self.accessibleName())
        if self._earliest is not None:
            calendar.setMinimumDate(_qdate(self._earliest))
        if self._latest is not None:
            calendar.setMaximumDate(_qdate(self._latest))
        calendar.setSelectedDate(_qdate(self._value or self._today()))
        for arrow, name in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            button = calendar.findChild(QToolButton, f"qt_calendar_{arrow}")
            if isinstance(button, QToolButton):
                button.setIcon(icon(name))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        quiet = QTextCharFormat()
        quiet.setForeground(colour(Colour.MUTED, self))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, quiet)
        return calendar

    def _on_calendar_picked(self, picked: QDate) -> None:
        self.set_value(date(picked.year(), picked.month(), picked.day()))
        if self._popup is not None:
            popup, self._popup = self._popup, None
            popup.close()
        self.setFocus()

    def _on_text_changed(self, text: str) -> None:
        value, problem = self._judge(text)
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _judge(self, text: str) -> tuple[date | None, str]:
        if not text.strip():
            return None, ""
        value = parse_date(text)
        if value is None:
            example = date_text(self._today())
            return None, self.tr("Not a date; write it like {example}.").format(example=example)
        if self._earliest is not None and value < self._earliest:
            return None, self.tr("Not before {day}.").format(day=date_text(self._earliest))
        if self._latest is not None and value > self._latest:
            return None, self.tr("Not after {day}.").format(day=date_text(self._latest))
        return value, ""


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
