"""Set the page: PDF for hand-out and archive, pictures of the same sheets for preview and print.

The PDF is tagged and declares PDF/A-2a and PDF/UA-1. The same content, paper and print time give
the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

import typst

from scs_trial.errors import UserError
from scs_trial.paths import resources
from scs_trial.reports.course_layout import PAGE_WIDTH
from scs_trial.reports.course_parts import course_parts
from scs_trial.reports.glyphs import Printable, font_files
from scs_trial.reports.profile_content import short_digits
from scs_trial.reports.profile_types import ProfileContent

Paper = Literal["a4", "letter"]
Picture = Literal["png", "svg"]
Form = Literal["pdf", "png", "svg"]
SCREEN_PPI = 144.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSize:
    """Size of a sheet, and height of a plot that stands alone on it, in points."""

    width: float
    height: float
    plot_height: float


PAPERS: dict[Paper, PaperSize] = {
    "a4": PaperSize(width=595.276, height=841.89, plot_height=100.0),
    "letter": PaperSize(width=612.0, height=792.0, plot_height=92.0),
}


def render_profile(content: ProfileContent, *, paper: Paper = "a4") -> bytes:
    """Return the page as a PDF file.

    Raises
    ------
    UserError
        When the page can't be set, which is a defect of the program.
    """
    (document,) = _compile(content, paper=paper, form="pdf", ppi=None)
    return document


def render_sheets(
    content: ProfileContent,
    *,
    paper: Paper = "a4",
    form: Picture = "png",
    ppi: float = SCREEN_PPI,
) -> tuple[bytes, ...]:
    """Return each sheet of the page as a picture, from the same source as the PDF.

    Parameters
    ----------
    content
        The page.
    paper
        Paper size.
    form
        ``"png"`` or ``"svg"``.
    ppi
        Pixels per inch of a PNG.
    """
    return _compile(content, paper=paper, form=form, ppi=ppi)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resources("fonts"))],
    )


@cache
def _printable() -> Printable:
    return Printable(font_files(resources("fonts")))


def _compile(
    content: ProfileContent, *, paper: Paper, form: Form, ppi: float | None
) -> tuple[bytes, ...]:
    template = resources("typst", "profile.typ").read_bytes()
    inputs = {"content": json.dumps(page_data(content, paper=paper), ensure_ascii=False)}
    compiler = typst.Compiler(template, font_paths=_fonts(), sys_inputs=inputs)
    standards: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"] if form == "pdf" else []
    printed = int(datetime.fromisoformat(content.printed_iso).timestamp())
    try:
        made = compiler.compile(format=form, ppi=ppi, pdf_standards=[*standards], timestamp=printed)
    except typst.TypstError as error:
        raise UserError(
            "The page could not be set.",
            "The record itself is not affected; please report what the page should have shown.",
        ) from error
    sheets = made if isinstance(made, list) else [made]
    return tuple(sheet for sheet in sheets if sheet is not None)


def page_data(content: ProfileContent, *, paper: Paper) -> dict[str, object]:
    """Return what the template reads: printable text only, and the drawings."""
    size = PAPERS[paper]
    at = datetime.fromisoformat(content.printed_iso)
    words = asdict(replace(content, course=None)) | {
        "course": course_parts(content.course, plot_height=size.plot_height)
    }
    return {key: _printed(value) for key, value in words.items()} | {
        "paper": {"width": size.width, "height": size.height},
        "width": PAGE_WIDTH,
        "printed_at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "hash_short": short_digits(content.content_hash),
    }


def _printed(value: object) -> object:
    """Return the same structure with every text made printable."""
    if isinstance(value, str):
        return _printable().text(value)
    if isinstance(value, Mapping):
        return {key: _printed(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printed(inner) for inner in value]
    return value
