"""The page as a file: archival, accessible, the same bytes again, nothing cut, nothing injected."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from scs_trial.reports.profile import render_profile, render_sheets
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.typeset import PAPERS, Paper
from tests.reports import pdf, samples

REPOSITORY = Path(__file__).parents[2]
BLOCKS = (
    "SCS Trial Profile",
    "Patient",
    "Before the trial",
    "1 Evidence",
    "Cautions",
    "2 Criteria",
    "3 Course",
    "4 Methods side by side",
    "5 Programs",
    "6 Patient's words",
    "7 Safety and events",
    "8 Decision",
)


@cache
def content_of(name: str) -> ProfileContent:
    return profile_content(
        samples.SAMPLES[name](), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone"
    )


@cache
def page_of(name: str, paper: Paper = "a4") -> bytes:
    return render_profile(content_of(name), paper=paper)


def every_text(content: ProfileContent) -> list[str]:
    """Return what the page must show somewhere, as it was written."""
    verdict = content.verdict
    return [
        *(part.text for part in content.identity),
        *verdict.red_flags,
        verdict.headline,
        *verdict.sentences,
        *verdict.cautions,
        *verdict.notes,
        *content.words,
        *content.safety,
        *content.decision,
        content.footer.rule,
        content.footer.audit,
    ]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", [name for name in samples.SAMPLES if name != "hostile"])
def test_that_nothing_is_cut(name: str, paper: Paper, tmp_path: Path) -> None:
    sheets = "".join(pdf.squeezed(sheet) for sheet in pdf.texts(page_of(name, paper), tmp_path))
    for words in every_text(content_of(name)):
        for word in words.split(" "):
            assert pdf.squeezed(word) in sheets, words


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_verdict_and_cautions_stand_on_the_first_sheet(
    name: str, paper: Paper, tmp_path: Path
) -> None:
    first = pdf.squeezed(pdf.texts(page_of(name, paper), tmp_path)[0])
    verdict = content_of(name).verdict
    assert pdf.squeezed(verdict.headline) in first
    for caution in (*verdict.cautions, *verdict.notes):
        assert pdf.squeezed(caution)[:40] in first or name in {"long_names", "hostile"}
    assert "Notes" in first
    assert "2Criteria" in first


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_every_sheet_names_patient_and_number(name: str, paper: Paper, tmp_path: Path) -> None:
    sheets = pdf.texts(page_of(name, paper), tmp_path)
    content = content_of(name)
    mrn = content.identity[1].text.split(" · ")[-1]
    for number, sheet in enumerate(sheets, start=1):
        assert f"page {number} of {len(sheets)}" in sheet
        assert mrn in sheet


@pytest.mark.parametrize("paper", PAPERS)
def test_that_a_usual_week_is_one_sheet_of_the_right_size(paper: Paper) -> None:
    with pikepdf.open(io.BytesIO(page_of("week_met", paper))) as document:
        (sheet,) = document.pages
        width, height = (float(number) for number in sheet.mediabox[2:])
    assert (width, height) == pytest.approx((PAPERS[paper].width, PAPERS[paper].height), abs=0.01)


def test_that_blocks_are_read_in_the_agreed_order(tmp_path: Path) -> None:
    whole = " ".join(pdf.texts(page_of("week_met"), tmp_path))
    places = [whole.index(words) for words in BLOCKS]
    assert places == sorted(places)


def test_that_the_file_declares_what_archives_and_screen_readers_need() -> None:
    document = page_of("week_met")
    with pikepdf.open(io.BytesIO(document)) as opened:
        meta = opened.open_metadata()
        assert meta.get("pdfaid:part") == "2"
        assert meta.get("pdfaid:conformance") == "A"
        assert meta.get("pdfuaid:part") == "1"
        assert opened.Root.Lang == "en"
        assert opened.Root.MarkInfo.Marked is True
        assert str(opened.docinfo["/Title"]) == "SCS Trial Profile"
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20261123101200")
        assert "/Author" not in opened.docinfo
    tags = pdf.structure(document)
    for tag in ("/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"):
        assert tag in tags


def test_that_metadata_hold_no_patient_data() -> None:
    with pikepdf.open(io.BytesIO(page_of("week_met"))) as opened:
        told = str(opened.open_metadata()) + str(dict(opened.docinfo))
    for secret in ("Okafor", "Grace", "104 882", "104882", "1968"):
        assert secret not in told


@pytest.mark.parametrize("name", ["week_met", "hostile"])
def test_that_only_our_own_fonts_are_used_and_all_are_embedded(name: str) -> None:
    fonts = pdf.font_programs(page_of(name))
    assert fonts
    assert all(fonts.values())
    assert {font.split("+")[1].split("-")[0] for font in fonts} <= {
        "Inter",
        "NotoSansHebrew",
        "NotoSansArabic",
    }


def test_that_a_screen_reader_gets_the_plot_in_words() -> None:
    course = content_of("three_regions").course
    assert course is not None
    told = pdf.alternative_texts(page_of("three_regions"))
    assert len(told) == 3
    assert course.summary in told


def test_that_texts_from_the_record_are_printed_as_they_are(tmp_path: Path) -> None:
    whole = pdf.squeezed("".join(pdf.texts(page_of("hostile"), tmp_path)))
    for words in ("<b>x</b>", "=1+1", '#import"x"', "$a$", "@b", "*c*"):
        assert words in whole


def test_that_a_name_without_glyphs_prints_its_numbers(tmp_path: Path) -> None:
    whole = pdf.squeezed("".join(pdf.texts(page_of("hostile"), tmp_path)))
    for number in ("[U+4E2D]", "[U+202E]txt.exe", "[U+1F600]"):
        assert number in whole
    assert "שלום" in whole or "םולש" in whole


def test_that_a_demo_page_is_marked_on_every_sheet(tmp_path: Path) -> None:
    sheets = pdf.texts(page_of("long_notes"), tmp_path)
    assert len(sheets) == 2
    assert "demo, synthetic patient" in sheets[0]
    assert all("DEMO" in pdf.squeezed(sheet) for sheet in sheets)
    assert "DEMO" not in pdf.squeezed("".join(pdf.texts(page_of("week_met"), tmp_path)))


_IN_ANOTHER_PROCESS = """
import hashlib
from tests.reports.test_profile import page_of
print(hashlib.sha256(page_of("week_met")).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_that_another_process_makes_the_same_bytes(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IN_ANOTHER_PROCESS],
        cwd=REPOSITORY,
        env={"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland", "LC_ALL": "C"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == hashlib.sha256(page_of("week_met")).hexdigest()


def test_that_another_print_time_makes_another_file() -> None:
    later = profile_content(
        samples.week_met(),
        printed_at=samples.PRINTED_AT + timedelta(minutes=1),
        printed_by="Dr B. Stone",
    )
    assert render_profile(later) != page_of("week_met")


def test_that_pictures_have_as_many_sheets_as_the_file() -> None:
    content = content_of("long_notes")
    pngs = render_sheets(content, ppi=40)
    assert len(pngs) == 2
    assert all(png.startswith(b"\x89PNG") for png in pngs)
    svgs = render_sheets(content, form="svg")
    assert len(svgs) == 2
    assert all(svg.startswith(b"<svg") for svg in svgs)


ONE_SHEET = [
    name for name in samples.SAMPLES if name not in ("long_names", "hostile", "long_notes")
]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ONE_SHEET)
def test_that_a_page_without_long_texts_is_one_sheet(
    name: str, paper: Paper, tmp_path: Path
) -> None:
    # Two plots and two tables of days need a second sheet of the shorter paper.
    taken = 2 if (name, paper) == ("four_weeks", "letter") else 1
    assert len(pdf.texts(page_of(name, paper), tmp_path)) == taken


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_no_word_lies_on_another(name: str, paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(render_profile(_without_watermark(name), paper=paper))
    for number in range(1, len(pdf.texts(path.read_bytes(), tmp_path)) + 1):
        assert overlapping(pdf.word_boxes(path, number)) == []


def _without_watermark(name: str) -> ProfileContent:
    return replace(content_of(name), demo=False)


def overlapping(
    boxes: list[tuple[float, float, float, float]],
) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Return pairs of words that share more than the air above and below their letters."""
    return [
        (one, other)
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.7
        and min(one[3], other[3]) - max(one[1], other[1])
        > 0.45 * min(one[3] - one[1], other[3] - other[1])
    ]


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_every_sheet_names_the_patient_and_its_number(name: str, tmp_path: Path) -> None:
    sheets = pdf.texts(page_of(name), tmp_path)
    for number, sheet in enumerate(sheets, start=1):
        assert f"page {number} of {len(sheets)}" in sheet
        assert pdf.squeezed(samples.SAMPLES[name]().patient.name[:4]) in pdf.squeezed(sheet)


HEADINGS = ("1 Evidence", "2 Criteria", "3 Course", "6 Patient's words", "8 Decision")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_no_heading_ends_a_sheet(name: str, paper: Paper, tmp_path: Path) -> None:
    for sheet in pdf.texts(page_of(name, paper), tmp_path):
        above, _, _ = sheet.partition("Decision support, not a sole basis")
        assert not above.strip().endswith(HEADINGS)
