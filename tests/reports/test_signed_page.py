"""The page of a signed trial, and the copy of it. Sources: the product design, "The page"; the
safekeeping design, "Audit and signature"."""

from __future__ import annotations

import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from scs_trial.domain.signature import Meaning, Signature
from scs_trial.domain.trial import Trial
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.signed_copy import copy_printout, signed_page, stored_sheets
from scs_trial.reports.typeset import render_pdf
from scs_trial.services.review_types import TrialReview
from scs_trial.services.sign_decision import SignDecision, amend_trial, sign_decision
from scs_trial.services.signed_content import content_digest
from tests.records import PASSWORD
from tests.services.clinic import Clinic
from tests.services.test_sign_decision import check, correction, trial

__all__ = ["clinic", "trial"]


@pytest.fixture
def clinic(tmp_path) -> Clinic:
    return Clinic(tmp_path)


def sign(clinic: Clinic, trial: Trial, meaning: Meaning = Meaning.APPROVED) -> Signature:
    signing = SignDecision(
        trial_id=trial.id,
        meaning=meaning,
        content_digest=content_digest(clinic.review(trial)),
        password=PASSWORD,
    )
    return sign_decision(clinic.session, signing, check=check, set_page=signed_page)


def words(clinic: Clinic, review: TrialReview):
    return profile_content(review, printed_at=clinic.clock.now(), printed_by="Anna")


def test_that_final_stands_only_on_a_signed_page_of_a_trial_that_is_over(
    clinic: Clinic, trial: Trial
) -> None:
    assert words(clinic, clinic.review(trial)).verdict.state.endswith("; not signed")
    sign(clinic, trial)
    review = clinic.review(trial)
    page = words(clinic, review)
    assert page.verdict.state.endswith("; final, signed version 1")
    assert any(
        "version 1, approved: Anna, clinician, 23 Nov 2026 10:11 +0100" in line
        for line in page.decision
    )
    awaiting = replace(review, trial=replace(review.trial, awaiting_diary=True))
    assert "final" not in words(clinic, awaiting).verdict.state
    running = replace(review, trial=replace(review.trial, trial_ended=None))
    assert "final" not in words(clinic, running).verdict.state


def test_that_a_later_change_says_changed_since_and_a_new_signature_takes_its_place(
    clinic: Clinic, trial: Trial
) -> None:
    sign(clinic, trial)
    amend_trial(clinic.session, trial.id, reason="day 2 was misheard")
    page = words(clinic, clinic.review(trial))
    assert page.verdict.state.endswith("; signed version 1, being amended")
    correction(clinic, trial)
    page = words(clinic, clinic.review(trial))
    assert page.verdict.state.endswith("; signed version 1, changed since")
    assert "The record changed since it was signed." in page.decision
    sign(clinic, trial, Meaning.AMENDED)
    page = words(clinic, clinic.review(trial))
    assert page.verdict.state.endswith("; final, signed version 2")
    assert any("version 2, amended “day 2 was misheard”" in line for line in page.decision)


def test_that_every_sheet_of_a_reprint_says_that_it_is_a_copy(clinic: Clinic, trial: Trial) -> None:
    made = sign(clinic, trial)
    with clinic.session.reading() as work:
        page = work.signatures.document(made.id).page
    assert page.startswith(b"%PDF")
    copy = copy_printout(
        page,
        made,
        printed_at=clinic.clock.now(),
        printed_by="Bo",
        zone=ZoneInfo("Europe/Berlin"),
        demo=False,
    )
    assert copy.description.startswith("COPY of the page as signed, version 1, Anna, 23 Nov 2026")
    with (
        pikepdf.open(io.BytesIO(page)) as original,
        pikepdf.open(io.BytesIO(render_pdf(copy))) as pdf,
    ):
        assert len(pdf.pages) == len(original.pages) == len(stored_sheets(page))
