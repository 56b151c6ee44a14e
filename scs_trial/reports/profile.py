"""Set the page: PDF for hand-out and archive, pictures of the same sheets for preview and print."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from scs_trial.reports.course_layout import PAGE_WIDTH
from scs_trial.reports.course_parts import course_parts
from scs_trial.reports.profile_content import short_digits
from scs_trial.reports.profile_data import data_attachment
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.typeset import (
    SCREEN_PPI,
    Paper,
    Picture,
    Printout,
    render_pdf,
    render_pictures,
)

_PLOT_HEIGHTS = (120.0, 92.0, 78.0, 68.0, 60.0)
"""Height of a plot that stands alone, in points, from the airiest page to the densest."""


def profile_printout(content: ProfileContent, *, with_data: bool = False) -> Printout:
    """Return the page as something that can be previewed, printed and saved.

    Parameters
    ----------
    content
        The page.
    with_data
        Whether a PDF of it carries the same entries for a computer.
    """
    verdict = content.verdict
    return Printout(
        title=content.title,
        file_stem="scs-trial-profile",
        description=" ".join((verdict.headline, *verdict.sentences)),
        template="profile.typ",
        printed_at=datetime.fromisoformat(content.printed_iso),
        demo=content.demo,
        digest=content.content_hash,
        data=partial(_page_data, content),
        attachment=data_attachment(content) if with_data else None,
    )


def render_profile(
    content: ProfileContent, *, paper: Paper = "a4", with_data: bool = False
) -> bytes:
    """Return the page as a PDF file, with its entries for a computer where asked.

    Raises
    ------
    UserError
        When the page can't be set, which is a defect of the program.
    """
    return render_pdf(profile_printout(content, with_data=with_data), paper=paper)


def render_sheets(
    content: ProfileContent,
    *,
    paper: Paper = "a4",
    form: Picture = "png",
    ppi: float = SCREEN_PPI,
) -> tuple[bytes, ...]:
    """Return each sheet of the page as a picture (see ``render_pictures``)."""
    return render_pictures(profile_printout(content), paper=paper, form=form, ppi=ppi)


def _page_data(content: ProfileContent, paper: Paper) -> dict[str, object]:
    """Return what the template reads: texts, and the drawings at every height."""
    del paper
    return asdict(replace(content, course=None)) | {
        "courses": [course_parts(content.course, plot_height=height) for height in _PLOT_HEIGHTS],
        "width": PAGE_WIDTH,
        "hash_short": short_digits(content.content_hash),
    }
