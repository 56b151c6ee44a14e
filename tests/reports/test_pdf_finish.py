"""Everything that is printed opens in poppler without a word."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from scs_trial.reports.pdf_finish import quiet
from scs_trial.reports.profile import profile_printout
from scs_trial.reports.signed_copy import copy_printout
from scs_trial.reports.typeset import Printout, render_pdf
from tests.reports import samples, sheets
from tests.reports.test_profile import content_of, page_of


def printouts() -> Iterator[tuple[str, Callable[[], Printout]]]:
    """Yield everything that the program prints, of every made-up trial."""
    for name, make in samples.SAMPLES.items():
        yield f"page {name}", lambda name=name: profile_printout(content_of(name))
        yield (
            f"data {name}",
            lambda name=name: profile_printout(content_of(name), with_data=True),
        )
        yield f"diary {name}", lambda make=make: sheets.diary(make())
        yield f"coverage {name}", lambda make=make: sheets.checklist(make())
    yield "calls", lambda: sheets.calls(*sheets.every_call())
    yield "copy", _copy


def _copy() -> Printout:
    return copy_printout(
        page_of("week_met"),
        samples.SIGNED,
        printed_at=samples.PRINTED_AT,
        printed_by="Nurse Ada",
        zone=ZoneInfo("Europe/Berlin"),
        demo=False,
    )


def complaints(document: bytes, folder: Path) -> list[str]:
    path = folder / "page.pdf"
    path.write_bytes(document)
    tools = (
        ["pdfinfo", str(path)],
        ["pdfinfo", "-struct", str(path)],
        ["pdftotext", str(path), "-"],
        ["pdftoppm", "-r", "20", "-png", str(path), str(folder / "sheet")],
    )
    done = [subprocess.run(tool, capture_output=True, check=True) for tool in tools]
    return [one.stderr.decode() for one in done if one.stderr]


@pytest.mark.parametrize(
    "make", [made for _, made in printouts()], ids=[name for name, _ in printouts()]
)
def test_that_poppler_opens_it_without_a_warning(
    make: Callable[[], Printout], tmp_path: Path
) -> None:
    document = render_pdf(make())
    assert complaints(document, tmp_path) == []
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert opened.Root.MarkInfo.Marked is True
        assert opened.Root.MarkInfo.get("/Suspects", False) is False
        assert opened.open_metadata().get("pdfuaid:part") == "1"
        assert opened.check_pdf_syntax() == []


def test_that_only_the_catalogue_is_touched() -> None:
    mark = b"/MarkInfo<</Marked true/Suspects false>>"
    document = b"(" + mark + b") 7 0 obj" + mark + b"%%EOF"
    made = quiet(document)
    assert made.startswith(b"(" + mark + b")")
    assert made.count(b"/Suspects") == 1
    assert len(made) == len(document)


def test_that_other_files_stay_as_they_are() -> None:
    assert quiet(b"%PDF-1.7 nothing here") == b"%PDF-1.7 nothing here"
