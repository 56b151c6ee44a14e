"""A copy of a page as it was signed: the stored sheets, each marked as a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from zoneinfo import ZoneInfo

import typst

from scs_trial.domain.signature import Signature
from scs_trial.errors import UserError
from scs_trial.reports.labels import time_words
from scs_trial.reports.profile import render_profile
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.typeset import Paper, Printout
from scs_trial.services.review_types import TrialReview

_PPI = 220.0
_MOST_SHEETS = 30
_SHEET = b"""
#let page-data = json(bytes(sys.inputs.content))
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(page-data.pdf), format: "pdf", page: page-data.number)
"""


def signed_page(review: TrialReview, *, paper: Paper = "a4") -> bytes:
    """Set the page of a trial whose newest signature is being made; the signer's page, as a PDF."""
    signature = review.signature
    if signature is None:
        raise ValueError("the review holds no signature")
    content = profile_content(review, printed_at=signature.at, printed_by=signature.signer)
    return render_profile(content, paper=paper)


def copy_printout(
    page: bytes,
    signature: Signature,
    *,
    printed_at: datetime,
    printed_by: str,
    zone: ZoneInfo,
    demo: bool,
) -> Printout:
    """Return a copy of a signed page; every sheet says that it is one, of what, when and by whom.

    Parameters
    ----------
    page
        The stored PDF.
    signature
        The signature that it was stored with.
    printed_at
        Aware instant.
    printed_by
        Display name of who prints.
    zone
        The clinic's time zone.
    demo
        Whether the patient is made up.
    """
    local = printed_at.astimezone(zone)
    words = (
        f"COPY of the page as signed, version {signature.version}, {signature.signer}, "
        f"{time_words(signature.local_time)} · printed {time_words(local)} by {printed_by}"
    )
    return Printout(
        title="SCS Trial Profile, copy of the signed page",
        file_stem="scs-trial-signed-copy",
        description=words,
        template="copy.typ",
        printed_at=local,
        demo=demo,
        digest=signature.page_digest,
        data=partial(_data, page, words),
    )


def _data(page: bytes, words: str, _paper: Paper) -> Mapping[str, object]:
    return {"words": words, "sheets": [list(sheet) for sheet in stored_sheets(page)]}


@cache
def stored_sheets(page: bytes) -> tuple[bytes, ...]:
    """Return each sheet of a stored PDF as a picture (PNG)."""
    sheets: list[bytes] = []
    numbers = list(page)
    for number in range(1, _MOST_SHEETS + 1):
        inputs = {"content": json.dumps({"pdf": numbers, "number": number})}
        try:
            made = typst.Compiler(_SHEET, sys_inputs=inputs).compile(format="png", ppi=_PPI)
        except typst.TypstError as error:
            if sheets:
                break
            raise UserError(
                "The signed page could not be read.", "Run verify on the record."
            ) from error
        assert isinstance(made, bytes)
        sheets.append(made)
    return tuple(sheets)
