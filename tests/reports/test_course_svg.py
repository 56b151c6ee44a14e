"""The drawing of the course stands over its table and means the same without colour."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from scs_trial.domain.course import Course
from scs_trial.reports.course_layout import (
    AXIS_WIDTH,
    LABEL_WIDTH,
    PAGE_WIDTH,
    CourseSheet,
    course_sheets,
)
from scs_trial.reports.course_parts import course_parts
from scs_trial.reports.course_svg import strip_svg
from scs_trial.services.review_trial import TrialReview
from tests.reports import samples

SVG = "{http://www.w3.org/2000/svg}"
LEFT = LABEL_WIDTH - AXIS_WIDTH


def course_of(review: TrialReview) -> Course:
    assert review.course is not None
    return review.course


def drawing(course: Course, sheet: CourseSheet | None = None, *, strip: int = 0) -> ET.Element:
    sheet = sheet or course_sheets(course.columns)[0]
    return ET.fromstring(strip_svg(course, course.strips[strip], sheet, height=100))


def rings(root: ET.Element) -> list[float]:
    return [
        float(disc.attrib["cx"]) + LEFT
        for disc in root.iter(f"{SVG}circle")
        if "stroke" in disc.attrib
    ]


@pytest.mark.parametrize("days", range(1, 29))
def test_that_days_stand_in_the_centre_of_their_table_column(days: int) -> None:
    course = course_of(samples.four_weeks())
    short = replace(
        course,
        columns=course.columns[:days],
        strips=tuple(
            replace(strip, row=replace(strip.row, cells=strip.row.cells[:days]))
            for strip in course.strips
        ),
    )
    sheets = course_sheets(short.columns)
    assert sum(len(sheet.columns) for sheet in sheets) == days
    for sheet in sheets:
        centres, edge = [], 0.0
        for width in sheet.widths:
            centres.append(edge + width / 2)
            edge += width
        assert edge <= PAGE_WIDTH + 0.001
        assert rings(drawing(short, sheet)) == pytest.approx(centres[2:-2], abs=0.01)


def test_that_many_days_are_split_evenly() -> None:
    columns = course_of(samples.four_weeks()).columns
    assert [len(sheet.columns) for sheet in course_sheets(columns)] == [14, 14]
    assert [len(sheet.columns) for sheet in course_sheets(columns[:15])] == [8, 7]
    assert len(course_sheets(())) == 1


def test_that_mean_and_change_stand_once_behind_the_last_day() -> None:
    first, last = course_parts(course_of(samples.four_weeks()), plot_height=100)
    assert {row["mean"] for row in first["rows"]} == {""}
    assert last["rows"][0]["mean"] == "3.3"


def test_that_a_missing_day_is_a_gap_and_an_uncounted_one_a_cross() -> None:
    root = drawing(course_of(samples.gaps()))
    # Days 1, 4, 5, 6 count; day 0 and day 7 do not; days 2 and 3 are missing.
    assert len(rings(root)) == 4
    blue = {disc.attrib["stroke"] for disc in root.iter(f"{SVG}circle") if "stroke" in disc.attrib}
    joins = [line for line in root.iter(f"{SVG}line") if line.attrib["stroke"] in blue]
    assert len(joins) == 4


def test_that_lines_differ_without_colour() -> None:
    root = drawing(course_of(samples.week_met()))
    words = {text.text: text for text in root.iter(f"{SVG}text")}
    assert {"Baseline 7.7", "50 % relief 3.85"} <= set(words)
    dashed = {bool(line.get("stroke-dasharray")) for line in wide_lines(root)}
    assert dashed == {True, False}


def wide_lines(root: ET.Element) -> list[ET.Element]:
    return [line for line in root.iter(f"{SVG}line") if line.attrib["stroke-width"] == "1.1"]


def test_that_line_labels_never_overlap() -> None:
    root = drawing(course_of(samples.three_regions()), strip=2)
    places = [
        float(text.attrib["y"])
        for text in root.iter(f"{SVG}text")
        if text.attrib["font-weight"] == "600"
    ]
    assert len(places) == 2
    assert abs(places[0] - places[1]) >= 8


def test_that_a_course_without_baseline_has_no_lines_of_it() -> None:
    root = drawing(course_of(samples.no_baseline()))
    assert not [text for text in root.iter(f"{SVG}text") if "aseline" in (text.text or "")]


def test_that_texts_are_escaped() -> None:
    course = course_of(samples.week_met())
    bands = tuple(replace(band, label="<b>&x", name="<b>&x") for band in course.bands)
    root = drawing(replace(course, bands=bands))
    assert "<b>&x" in [text.text for text in root.iter(f"{SVG}text")]


def test_that_a_long_program_name_stays_in_its_band() -> None:
    course = course_of(samples.long_names())
    root = drawing(course)
    (label,) = [text.text for text in root.iter(f"{SVG}text") if (text.text or "").endswith("…")]
    assert label is not None
    sheet = course_sheets(course.columns)[0]
    assert len(label) * 6.6 * 0.62 < sheet.days_right - sheet.days_left


def test_that_numbers_are_written_the_same_everywhere() -> None:
    text = strip_svg(
        course_of(samples.week_met()),
        course_of(samples.week_met()).strips[0],
        course_sheets(course_of(samples.week_met()).columns)[0],
        height=100,
    )
    assert not re.search(r"\d\.\d{3}", text)
    assert not re.search(r"\de-\d", text)
