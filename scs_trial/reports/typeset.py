"""Set what is printed: PDF for hand-out and archive, pictures of the same sheets for preview.

Every PDF is tagged and declares PDF/UA-1 and PDF/A-2a, or PDF/A-3a with a file attached. The same
printout, paper and print time give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Literal

import typst

from scs_trial.errors import UserError
from scs_trial.paths import resources
from scs_trial.reports.glyphs import Printable, code_text, font_files
from scs_trial.reports.pdf_finish import quiet

Paper = Literal["a4", "letter"]
Picture = Literal["png", "svg"]
Form = Literal["pdf", "png", "svg"]
Standard = Literal["a-2a", "a-3a", "ua-1"]
SCREEN_PPI = 144.0
_NAMED = 5
"""So many characters without a glyph are named."""
_SHARED = "common.typ"
"""Begins every template: data, colours, fonts, and how long words break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSize:
    """Size of a sheet in points."""

    width: float
    height: float


PAPERS: dict[Paper, PaperSize] = {
    "a4": PaperSize(width=595.276, height=841.89),
    "letter": PaperSize(width=612.0, height=792.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the PDF: its neutral name, what it is, its MIME type, its text."""

    name: str
    description: str
    mime_type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """Something that can be set on paper.

    Attributes
    ----------
    title
        Title of the document; names no patient.
    file_stem
        How a file of it is called, e.g. ``"scs-trial-profile"``; names no patient.
    description
        What it says, for a screen reader.
    template
        File in ``resources/typst``.
    printed_at
        Aware instant, in the clinic's time zone.
    demo
        Whether its patients are made up.
    digest
        SHA-256 (hex) of its content: names the file, and stands in the audit trail.
    data
        What the template reads for a paper: texts, numbers, lists and tables.
    attachment
        A file that the PDF carries; the PDF then declares PDF/A-3a.
    """

    title: str
    file_stem: str
    description: str
    template: str
    printed_at: datetime
    demo: bool
    digest: str
    data: Callable[[Paper], Mapping[str, object]]
    attachment: Attachment | None = None


def digest_of(content: object) -> str:
    """Return the SHA-256 (hex) of a structure of texts, numbers, lists and tables."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def render_pdf(printout: Printout, *, paper: Paper = "a4") -> bytes:
    """Return a printout as a PDF file.

    Raises
    ------
    UserError
        When it can't be set, which is a defect of the program.
    """
    (document,) = _compile(printout, paper=paper, form="pdf", ppi=None)
    return quiet(document)


def render_pictures(
    printout: Printout, *, paper: Paper = "a4", form: Picture = "png", ppi: float = SCREEN_PPI
) -> tuple[bytes, ...]:
    """Return each sheet as a picture, from the same source as the PDF.

    Parameters
    ----------
    printout
        What is set.
    paper
        Paper size.
    form
        ``"png"`` or ``"svg"``.
    ppi
        Pixels per inch of a PNG.
    """
    return _compile(printout, paper=paper, form=form, ppi=ppi)


def unprinted(printout: Printout) -> str:
    """Return a sentence that names the characters printed as their number; empty without one."""
    found = sorted(_missing(printout.data("a4")))
    if not found:
        return ""
    named = ", ".join(f"{one} ({code_text(one)})" for one in found[:_NAMED])
    others = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"The page's fonts lack {named}{others}; the number stands in its place."


def _missing(value: object) -> set[str]:
    if isinstance(value, str):
        return _printable().missing(unicodedata.normalize("NFC", value))
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(inner, Iterable) and not isinstance(inner, bytes):
        return {one for part in inner for one in _missing(part)}
    return set()


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
    printout: Printout, *, paper: Paper, form: Form, ppi: float | None
) -> tuple[bytes, ...]:
    files = (resources("typst", name) for name in (_SHARED, printout.template))
    template = b"\n".join(file.read_bytes() for file in files)
    inputs = {"content": json.dumps(_page_data(printout, paper), ensure_ascii=False)}
    compiler = typst.Compiler(template, font_paths=_fonts(), sys_inputs=inputs)
    archive: Standard = "a-2a" if printout.attachment is None else "a-3a"
    standards: list[Standard] = [archive, "ua-1"] if form == "pdf" else []
    printed = int(printout.printed_at.timestamp())
    try:
        made = compiler.compile(format=form, ppi=ppi, pdf_standards=[*standards], timestamp=printed)
    except typst.TypstError as error:
        raise UserError(
            "The page could not be set.",
            "The record itself is not affected; please report what the page should have shown.",
        ) from error
    sheets = made if isinstance(made, list) else [made]
    return tuple(sheet for sheet in sheets if sheet is not None)


def _page_data(printout: Printout, paper: Paper) -> dict[str, object]:
    """Return what the template reads: printable text only, and the paper."""
    size, at = PAPERS[paper], printout.printed_at
    return {key: _printed(value) for key, value in printout.data(paper).items()} | {
        "title": printout.title,
        "demo": printout.demo,
        "paper": {"width": size.width, "height": size.height},
        "attachment": None if printout.attachment is None else asdict(printout.attachment),
        "printed_at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
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
