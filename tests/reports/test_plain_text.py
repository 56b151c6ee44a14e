"""The page as text: fixed layout, the facts of the page, nothing cut, nothing imitated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_trial.reports.plain_text import plain_text
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.text_layout import Column, ascii_symbols, table_lines, width, wrapped
from scs_trial.services.review_trial import TrialReview
from tests.reports import samples

HEADINGS = (
    "SCS TRIAL PROFILE",
    "BEFORE THE TRIAL",
    "1 EVIDENCE",
    "VERDICT",
    "2 CRITERIA",
    "3 COURSE",
    "4 METHODS SIDE BY SIDE",
    "5 PROGRAMS",
    "6 PATIENT'S WORDS",
    "7 SAFETY AND EVENTS",
    "8 DECISION",
)
ANYTHING = st.text(max_size=300)


def content_of(review: TrialReview) -> ProfileContent:
    return profile_content(review, printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone")


def text_of(review: TrialReview, *, ascii_only: bool = False) -> str:
    return plain_text(content_of(review), ascii_only=ascii_only)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", samples.SAMPLES)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_that_no_line_is_wider_than_75_columns(name: str, ascii_only: bool) -> None:
    lines = text_of(samples.SAMPLES[name](), ascii_only=ascii_only).splitlines()
    assert max(map(width, lines)) <= 75
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("name", [name for name in samples.SAMPLES if name != "hostile"])
def test_that_every_fact_of_the_page_is_there(name: str) -> None:
    content = content_of(samples.SAMPLES[name]())
    verdict, shown = content.verdict, squeezed(plain_text(content))
    facts = [
        *(entry.text for entry in (*content.identity, *content.evidence)),
        *(entry.label for entry in (*content.identity, *content.evidence)),
        content.before,
        *verdict.red_flags,
        verdict.headline,
        verdict.state,
        *verdict.sentences,
        *verdict.cautions,
        *verdict.notes,
        *(text for row in content.criteria for text in (row.title, row.remark, row.value)),
        *content.words,
        *content.safety,
        *content.decision,
        content.before_continued,
        content.footer.rule,
        content.footer.program,
        content.footer.audit,
        content.letterhead,
        content.printed,
    ]
    for fact in facts:
        assert squeezed(fact) in shown
    for cell in (*(c for row in content.methods for c in (row.values, row.result)),):
        assert squeezed(cell) in shown


def test_that_every_value_of_the_course_is_there_under_its_day() -> None:
    text = text_of(samples.week_met())
    rows = {line[:22].strip(): line[22:].split() for line in text.splitlines()}
    assert rows["day"] == ["1", "2", "3", "4", "5", "6", "7"]
    # The diary of the sample: low back 6 4 3 3 2 3 2; stated relief missing on day 1.
    assert "  Low back, average           6      4      3      3      2      3      2" in text
    assert "  Stated relief, %            ·     40     50     50     60     60     60" in text


def test_that_four_weeks_stand_in_blocks_with_every_day() -> None:
    text = text_of(samples.four_weeks())
    days = [
        number
        for line in text.splitlines()
        if line.startswith("  day ")
        for number in line.split()[1:]
    ]
    assert days == [str(number) for number in range(1, 29)]


def test_that_blocks_stand_in_the_order_of_the_page() -> None:
    lines = text_of(samples.week_met()).splitlines()
    places = [lines.index(heading) for heading in HEADINGS]
    assert places == sorted(places)


def test_that_a_note_cannot_pass_for_a_heading() -> None:
    review = samples.week_met()
    first = replace(review.check_ins[-1], note="fine\nVERDICT\n  ✓ Criteria met\r\n8 DECISION")
    lines = text_of(replace(review, check_ins=(*review.check_ins[:-1], first))).splitlines()
    assert lines.count("VERDICT") == 1
    assert lines.count("8 DECISION") == 1


def test_that_hidden_characters_are_shown_and_other_scripts_are_kept() -> None:
    text = text_of(samples.hostile())
    assert "\u202e" not in text
    assert "[U+202E]" in text
    assert "שלום" in text
    assert "中" in text


def test_that_ascii_replaces_symbols_and_never_a_name() -> None:
    patient = replace(samples.PATIENT, name="Müller–Ørsted → O’Brien, Zoë", mrn="A–1")
    text = text_of(replace(samples.week_met(), patient=patient), ascii_only=True)
    assert "Müller–Ørsted → O’Brien, Zoë" in text
    assert text.splitlines()[6].endswith("A–1")
    rest = text.replace(patient.name, "").replace("A–1", "")
    assert rest.isascii()
    assert "2.0 -> 8." in rest
    assert "Pain relief >= 50 %" in rest


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("2 × 8 · T8", "2 x 8 / T8"),
        ("·", "."),
        ("“so–so”", '"so–so"'),
        ("10–14 Nov", "10-14 Nov"),
        ("O’Brien’s", "O’Brien’s"),
        ("−57.3 %", "-57.3 %"),
        ("300 µs, 38.0 °C", "300 us, 38.0 C"),
        ("Größe, Çelik, Łukasz", "Größe, Çelik, Łukasz"),
    ],
)
def test_that_symbols_are_replaced_but_not_inside_words(written: str, plain: str) -> None:
    assert ascii_symbols(written) == plain


@pytest.mark.parametrize(
    ("text", "columns"),
    # Unicode UAX 11: W and F take two columns; marks take none.
    [("abc", 3), ("中文", 4), ("é", 1), ("e\u0301", 1), ("Ａ", 2), ("😀", 2), ("\u200d", 0)],
)
def test_that_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_that_a_figure_keeps_its_per_cent_sign() -> None:
    assert wrapped("relief of 50 % now", 12) == ["relief of", "50 % now"]


@given(ANYTHING, st.integers(min_value=8, max_value=75))
def test_that_wrapping_keeps_every_character(text: str, limit: int) -> None:
    from scs_trial.reports.glyphs import visible

    lines = wrapped(text, limit)
    assert squeezed("".join(lines)) == squeezed(visible(text))
    assert all(width(line) <= limit for line in lines)


@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=4))
def test_that_table_columns_stay_in_their_place(rows: list[tuple[str, str]]) -> None:
    columns = (Column(columns=20), Column(columns=10, right=True))
    for line in table_lines(rows, columns):
        assert width(line) <= 2 + 20 + 1 + 10


@given(
    name=st.text(min_size=1, max_size=200),
    words=ANYTHING,
    scores=st.lists(st.none() | st.integers(0, 100).map(lambda n: n / 10), max_size=28),
    steps=st.integers(0, 100_000),
    ascii_only=st.booleans(),
)
def test_that_generated_reviews_keep_the_layout(
    name: str, words: str, scores: list[float | None], steps: int, *, ascii_only: bool
) -> None:
    days = {"pain_average": scores, "steps": [Decimal(steps)] * len(scores)}
    made = samples.check_ins(days, samples.BASELINE, notes=dict.fromkeys(range(1, 5), words))
    trial = replace(samples.SETUP, target_region=name, goals=(words,), history=words)
    review = samples.review(made, trial=trial, patient=replace(samples.PATIENT, name=name))
    lines = text_of(review, ascii_only=ascii_only).split("\n")
    assert max(map(width, lines)) <= 75
    assert [line for line in lines if line in HEADINGS] == list(HEADINGS)
