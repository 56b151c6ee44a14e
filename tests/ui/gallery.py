"""Every widget of ours on one page, for looking at."""

from datetime import date
from decimal import Decimal

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.services.today import DayMark
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import (
    Banner,
    Card,
    Chip,
    DateField,
    DayDots,
    EmptyState,
    Field,
    NumberField,
    PlainLabel,
    ScoreStrip,
    SectionTitle,
    TextSize,
    YesNo,
)


def today() -> date:
    return date(2026, 11, 20)


def make_gallery() -> QWidget:
    page = QWidget()
    columns = QHBoxLayout(page)
    columns.addWidget(_states(), 1)
    columns.addWidget(_entry(), 1)
    return page


def _states() -> QWidget:
    left = QWidget()
    layout = QVBoxLayout(left)
    layout.addWidget(PlainLabel("Okafor, Grace", size=TextSize.TITLE, weight=QFont.Weight.Bold))
    layout.addWidget(PlainLabel("born 14 Mar 1968 · F · MRN 104 882", role=Colour.MUTED))
    card = Card("Verdict", tone=Tone.GOOD)
    card.header.addStretch(1)
    card.header.addWidget(Chip("On track", tone=Tone.GOOD))
    card.body.addWidget(
        PlainLabel("51.2 %", role=Colour.GOOD, size=TextSize.FIGURE, weight=QFont.Weight.Bold)
    )
    card.body.addWidget(PlainLabel("<b>x</b> & a long line that wraps " * 4, wrap=True))
    card.body.addWidget(PlainLabel("one line that is shortened where it ends " * 6))
    layout.addWidget(card)
    layout.addWidget(SectionTitle("Check-in due"))
    chips = QHBoxLayout()
    for word, tone in zip(
        ("Criteria met", "Day 5 due", "2 days missing", "Not met", "At risk"), Tone, strict=False
    ):
        chips.addWidget(Chip(word, tone=tone))
    chips.addWidget(Chip("On track", tone=Tone.GOOD, symbol=""))
    chips.addStretch(1)
    layout.addLayout(chips)
    recorded = [DayMark.RECORDED] * 3
    layout.addWidget(
        DayDots([*recorded, DayMark.MISSED, DayMark.OVERDUE, DayMark.OPEN, DayMark.OPEN])
    )
    layout.addWidget(DayDots(recorded * 6 + [DayMark.OPEN] * 10))
    for tone in (Tone.DANGER, Tone.WARNING, Tone.GOOD):
        banner = Banner(left)
        banner.show_message(
            "New weakness reported by phone, Fri 20, 09:41",
            "Clinic's instruction of 3 Nov: call the physician on duty at once, +1 555 0100.",
            tone=tone,
        )
        layout.addWidget(banner)
    layout.addWidget(
        EmptyState("No patients yet", "Add the first trial.", icon="users", button="New trial")
    )
    layout.addStretch(1)
    return left


def _entry() -> QWidget:
    right = Card("Check-in about Fri 20, day 5")
    scores = {"Low back, average": "2", "Low back, worst": "4.5", "Left leg": "10", "Activity": ""}
    for title, value in scores.items():
        strip = ScoreStrip(title)
        strip.set_value(Decimal(value) if value else None)
        right.body.addWidget(Field(title, strip))
    decimals = ScoreStrip("From a file")
    decimals.set_value(Decimal("7.37"))
    right.body.addWidget(Field("From a file", decimals))
    grid = QGridLayout()
    walking = NumberField("Walking", unit="min", high=Decimal(1440), decimals=0)
    walking.set_value(Decimal(45))
    sleep = NumberField("Sleep, last night", unit="h", high=Decimal(24))
    sleep.set_value(Decimal(25))
    opioids = NumberField("Opioids", unit="MME")
    opioids.suggest(Decimal(15), remark="as Thu?")
    day = DateField("Placed", today=today)
    day.set_value(date(2026, 11, 15))
    fields = [
        Field("Walking", walking),
        Field("Sleep, last night", sleep),
        Field("Opioids", opioids, hint="space bar confirms"),
        Field("Placed", day),
    ]
    for index, field in enumerate(fields):
        grid.addWidget(field, *divmod(index, 2))
    right.body.addLayout(grid)
    safety = Card("Safety questions")
    safety.header.addStretch(1)
    safety.header.addWidget(PlainLabel("2 of 3 asked", role=Colour.WARNING))
    for question, answer in {
        "New weakness or numbness": True,
        "Fever, chills, drainage": False,
        "Headache when upright": None,
    }.items():
        row = QHBoxLayout()
        row.addWidget(PlainLabel(question), 1)
        yes_no = YesNo(question, yes_tone=Tone.DANGER, no_tone=Tone.GOOD)
        yes_no.set_answer(answer)
        row.addWidget(yes_no)
        safety.body.addLayout(row)
    right.body.addWidget(safety)
    buttons = QHBoxLayout()
    save = QPushButton("Save and next  Ctrl+Enter")
    save.setProperty("kind", "primary")
    buttons.addWidget(save, 2)
    buttons.addWidget(QPushButton("No answer"), 1)
    off = QPushButton("Sign")
    off.setEnabled(False)
    buttons.addWidget(off, 1)
    right.body.addLayout(buttons)
    right.body.addStretch(1)
    return right
