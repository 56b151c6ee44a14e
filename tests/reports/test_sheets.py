"""Diary, checklist and call sheet as files: archival, accessible, nothing cut, nothing injected."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from scs_trial.reports.typeset import PAPERS, Paper, Printout, render_pdf, render_pictures
from tests.reports import pdf, samples, sheets

MADE: dict[str, Callable[[], Printout]] = {
    **{
        f"diary-{name}": lambda made=made: sheets.diary(made())  # type: ignore[misc]
        for name, made in samples.SAMPLES.items()
    },
    **{
        f"coverage-{name}": lambda made=made: sheets.checklist(made())  # type: ignore[misc]
        for name, made in samples.SAMPLES.items()
    },
    "calls": lambda: sheets.calls(*sheets.every_call()),
    "no-calls": lambda: sheets.calls(demo=True),
}
SOME = ("diary-running", "coverage-week_met", "calls")


def every_text(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in every_text(inner)]
    if isinstance(value, (list, tuple)):
        return [text for inner in value for text in every_text(inner)]
    return []


def whole(printout: Printout, paper: Paper, folder: Path) -> str:
    found = pdf.texts(render_pdf(printout, paper=paper), folder)
    return "".join(pdf.squeezed(sheet) for sheet in found)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", [n for n in MADE if "hostile" not in n and n != "no-calls"])
def test_that_nothing_is_cut(name: str, paper: Paper, tmp_path: Path) -> None:
    printout = MADE[name]()
    shown = whole(printout, paper, tmp_path)
    for text in every_text(printout.data(paper)):
        for word in text.split(" "):
            # Hebrew is read back in another order, and a letter without a glyph is a number.
            assert not word.isascii() or "\u202e" in text or pdf.squeezed(word) in shown, text


@pytest.mark.parametrize("name", SOME)
def test_that_the_file_declares_what_archives_and_screen_readers_need(name: str) -> None:
    printout = MADE[name]()
    document = render_pdf(printout)
    with pikepdf.open(io.BytesIO(document)) as opened:
        meta = opened.open_metadata()
        assert meta.get("pdfaid:part") == "2"
        assert meta.get("pdfaid:conformance") == "A"
        assert meta.get("pdfuaid:part") == "1"
        assert opened.Root.Lang == "en"
        assert opened.Root.MarkInfo.Marked is True
        assert str(opened.docinfo["/Title"]) == printout.title
        told = str(meta) + str(dict(opened.docinfo))
    assert "/H1" in pdf.structure(document)
    for secret in ("Okafor", "Lindqvist", "104 882"):
        assert secret not in told + printout.title + printout.file_stem
    fonts = pdf.font_programs(document)
    assert fonts
    assert all(fonts.values())
    assert {font.split("+")[1].split("-")[0] for font in fonts} <= {
        "Inter",
        "NotoSansHebrew",
        "NotoSansArabic",
    }


@pytest.mark.parametrize("name", SOME)
def test_that_the_same_sheet_is_the_same_file(name: str) -> None:
    assert render_pdf(MADE[name]()) == render_pdf(MADE[name]())
    assert MADE[name]().digest == MADE[name]().digest


@pytest.mark.parametrize("name", SOME)
def test_that_pictures_show_as_many_sheets(name: str) -> None:
    printout = MADE[name]()
    with pikepdf.open(io.BytesIO(render_pdf(printout))) as opened:
        assert len(render_pictures(printout, ppi=30)) == len(opened.pages)


@pytest.mark.parametrize("name", ["diary-hostile", "coverage-hostile", "calls"])
def test_that_hostile_names_are_only_text(name: str, tmp_path: Path) -> None:
    shown = whole(MADE[name](), "a4", tmp_path)
    for words in ("<b>x</b>", "=1+1", '#import"x"', "$a$", "[U+202E]"):
        assert words in shown


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("name", "count"),
    # One sheet a week: 7 and 28 planned days; before the placement one more for the baseline.
    [("running", 1), ("three_regions", 1), ("four_weeks", 4), ("bare", 1), ("not_placed", 2)],
)
def test_that_the_diary_takes_one_sheet_a_week(name: str, count: int, paper: Paper) -> None:
    document = render_pdf(sheets.diary(samples.SAMPLES[name]()), paper=paper)
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert len(opened.pages) == count


def test_that_every_sheet_of_a_diary_names_patient_and_number(tmp_path: Path) -> None:
    found = pdf.texts(render_pdf(sheets.diary(samples.four_weeks())), tmp_path)
    for number, sheet in enumerate(found, start=1):
        assert f"sheet {number} of 4" in sheet
        assert sheet.count("Okafor, Grace") == 2
        assert sheets.TELEPHONE in sheet


def test_that_a_demo_sheet_is_marked(tmp_path: Path) -> None:
    demo = replace(samples.running(), demo=True)
    for printout in (sheets.diary(demo), sheets.checklist(demo), sheets.calls(demo=True)):
        assert "DEMO" in whole(printout, "a4", tmp_path)


@pytest.mark.parametrize("paper", PAPERS)
def test_that_nothing_is_printed_below_a_sheet(paper: Paper, tmp_path: Path) -> None:
    safety = sheets.SETTINGS.safety
    many = tuple(
        replace(item, id=f"{item.id}{number}", question=item.question * 4)
        for number in range(6)
        for item in safety.items
    )
    settings = replace(sheets.SETTINGS, safety=replace(safety, items=many))
    review = replace(samples.three_regions(), settings=settings)
    for printout in (sheets.diary(review, settings), sheets.calls(*sheets.every_call())):
        path = tmp_path / "sheet.pdf"
        path.write_bytes(render_pdf(printout, paper=paper))
        with pikepdf.open(path) as opened:
            count = len(opened.pages)
        for number in range(1, count + 1):
            for _, top, _, bottom in pdf.word_boxes(path, number):
                assert 0 <= top < bottom <= PAPERS[paper].height
