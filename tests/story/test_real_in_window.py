"""Ten of the real diaries, imported and opened in the window: everything reads well.

The data's own 0-10 VAS is taken as ``pain_average`` for this test only.
"""

import os
import re
from decimal import ROUND_FLOOR, Decimal
from itertools import product

import pytest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from scs_trial.assemble import first_settings, session_for
from scs_trial.cli import main
from scs_trial.clock import FixedClock
from scs_trial.domain.diary import Phase
from scs_trial.services.clinic_settings import save_criteria
from tests.real_diaries import expected, write_diary_csv
from tests.records import NOW, PASSWORD, RECORD_NAME, close_all, make_session, reopened
from tests.reference import FIXTURES
from tests.story.desk import desk_on, visible_texts

ONE_DAY = FIXTURES / "criteria" / "half-one-day.toml"
WORSE, MISSING, NO_FOLLOW_UP, DECIMALS, MIDDLE = (
    ("P113", "P103"),
    ("P040", "P085", "P053"),
    ("P042", "P091"),
    ("P001", "P062"),
    ("P029",),
)
TEN = WORSE + MISSING + NO_FOLLOW_UP + DECIMALS + MIDDLE
UNREADABLE = re.compile(r"\d\.\d{4,}|None|\bnan\b|Decimal|E[+-]\d|00:00|-0\.0")


@pytest.fixture
def desk(qtbot, tmp_path):
    session = make_session(tmp_path, settings=first_settings("Europe/Berlin"))
    text = ONE_DAY.read_text(encoding="utf-8")
    save_criteria(session, file_name=ONE_DAY.name, text=text, reason="test")
    session.records.close()
    every, ten = tmp_path / "every.csv", tmp_path / "ten.csv"
    write_diary_csv(every)
    header, *rows = every.read_text(encoding="utf-8").splitlines()
    kept = [header, *(row for row in rows if row.split(",")[0] in TEN)]
    ten.write_text("\n".join(kept) + "\n", encoding="utf-8")
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode())
    os.close(writer)
    record = ["--record", str(tmp_path / RECORD_NAME), "--user", "anna"]
    more = ["--password-fd", str(reader), "--criteria", "half-one-day"]
    assert main(["import", str(ten), *record, *more]) == 0
    os.close(reader)
    made = reopened(tmp_path / RECORD_NAME, FixedClock(NOW))
    _window, desk = desk_on(qtbot, session_for(made.records, made.account, clock=FixedClock(NOW)))
    yield desk
    desk.stop()
    close_all()


def open_mrn(desk, mrn):
    with desk._session.reading() as work:
        desk.open_patient(work.patients.by_mrn(mrn).id)
    return visible_texts(desk.workspace)


def in_cells(desk):
    """Return what the table of the course shows; a screen reader is told the exact value."""
    model = desk.workspace.findChild(QAbstractItemView, "course.table").model()
    places = product(range(model.rowCount()), range(model.columnCount()))
    return " ".join(str(model.index(*place).data() or "") for place in places)


def printed(percent):
    """Return a percentage as the specification prints it: rounded down to one decimal."""
    return f"{Decimal(percent).quantize(Decimal('0.1'), rounding=ROUND_FLOOR)} %"


def test_that_ten_real_diaries_read_well(desk):
    rows = {row["patient"]: row for row in expected()}
    for mrn in TEN:
        text = open_mrn(desk, mrn)
        assert UNREADABLE.search(f"{text} {in_cells(desk)}") is None, mrn
        if mrn in NO_FOLLOW_UP:
            assert "Criteria not assessable" in text
            assert "No day was recorded" in text
            continue
        row = rows[mrn]
        assert printed(row["relief_diary_pct"]) in text
        assert f"{row['followup_days']} of 7" in text
        verdict = "Criteria met" if row["ge50_diary"] == "1" else "Criteria not met"
        assert verdict in text


def test_that_an_exact_decimal_is_shortened_on_the_strip_and_kept(desk):
    open_mrn(desk, "P001")
    review = desk._review()
    (long,) = (c for c in review.check_ins if "6.859999999999999" in map(str, c.values.values()))
    assert long.phase is Phase.BASELINE
    desk.check_in.open_trial(review, day=long.day, phase=long.phase)
    strip = desk.check_in.findChild(QWidget, "check_in.pain_average")
    assert strip.chosen_text() == "6.859…"
    assert strip.value == Decimal("6.859999999999999")


def test_that_a_time_that_nobody_wrote_is_not_made_up(desk):
    open_mrn(desk, "P001")
    review = desk._review()
    desk.check_in.open_trial(review, day=review.check_ins[0].day, phase=Phase.BASELINE)
    when = desk.check_in.findChild(QLabel, "check_in.when").text()
    assert "time not documented" in when
    assert "09:30" not in when
