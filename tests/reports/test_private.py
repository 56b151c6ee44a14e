"""The page without identity: nothing of it says who it is about, typed text included."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from scs_trial.domain.patient import Patient
from scs_trial.reports.plain_text import plain_text
from scs_trial.reports.private import HIDDEN, PRIVATE_WORDS, Mask
from scs_trial.reports.profile import profile_printout, render_profile
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_data import data_text
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.save import file_name
from scs_trial.reports.typeset import render_pdf, render_pictures
from scs_trial.services.pseudonym import study_number
from scs_trial.services.review_types import TrialReview
from tests.reports import pdf, samples

WHO = replace(
    samples.PATIENT,
    name="Qvistgård-Zelník, Mirabelle Oona",
    mrn="77 310 442",
    birth_date=date(1951, 7, 23),
    telephones=("+44 7700 900123",),
)
CANARIES = (
    *("qvistgard", "qvistgård", "zelnik", "zelník", "mirabelle", "oona", "900123", "900 123"),
    *("77310442", "77 310 442", "1951", "23 jul", "23.7.51"),
)
SAID = (
    "Mirabelle's neighbour said QVISTGARD ZELNIK is better; born 23 Jul 1951 (23.7.51, 7/23/1951, "
    "1951-07-23, July 23rd, 1951), MRN 77310442 or 77-310-442, call +44 7700 900 123; oona."
)


def told() -> TrialReview:
    """Return a trial of somebody whose name was typed wherever a person may type."""
    trial = samples.ended(
        7,
        history=SAID,
        goals=(f"walk with Oona {SAID}",),
        procedure=replace(samples.SETUP.procedure, complications=SAID),
        other_analgesics=SAID,
    )
    ledger = tuple(
        replace(change, name=f"{change.name} Mirabelle", reason=SAID) for change in samples.LEDGER
    )
    used, notes = tuple(f"{name} Mirabelle" for name in samples.TWO_PROGRAMS), {2: SAID, 6: SAID}
    made = samples.check_ins(samples.WEEK, samples.BASELINE, programs=used, notes=notes)
    return samples.review(
        made,
        trial=trial,
        patient=WHO,
        programs=ledger,
        events=(replace(samples.fever(), finding=SAID, told_who="Oona", description=SAID),),
        decisions=(replace(samples.DECISION, reason=SAID),),
    )


@pytest.fixture(scope="module")
def content() -> ProfileContent:
    return profile_content(
        told(), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone", private=True
    )


def found_in(text: str) -> list[str]:
    lower = text.casefold()
    return [canary for canary in CANARIES if canary in lower]


def test_that_the_usual_page_does_name_the_patient(tmp_path: Path) -> None:
    usual = profile_content(told(), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone")
    assert len(found_in(" ".join(pdf.texts(render_profile(usual), tmp_path)))) > 8
    assert len(found_in(plain_text(usual))) > 8


@pytest.mark.parametrize("with_data", [False, True])
def test_that_no_text_of_the_file_names_the_patient(
    content: ProfileContent, tmp_path: Path, *, with_data: bool
) -> None:
    document = render_profile(content, with_data=with_data)
    sheets = pdf.texts(document, tmp_path)
    for words in (*sheets, *map(pdf.squeezed, sheets), *pdf.alternative_texts(document)):
        assert found_in(words) == []
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert found_in(str(opened.open_metadata()) + str(dict(opened.docinfo))) == []
        strings = [str(item) for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
        held = [item.read_bytes() for item in opened.objects if isinstance(item, pikepdf.Stream)]
        assert found_in(" ".join(strings)) == []
        for stream in held:
            assert found_in(stream.decode("utf-8", "replace")) == []


def test_that_neither_text_nor_data_nor_file_name_names_the_patient(
    content: ProfileContent,
) -> None:
    printout = profile_printout(content, with_data=True)
    assert found_in(plain_text(content)) == []
    assert found_in(plain_text(content, ascii_only=True)) == []
    assert found_in(data_text(content)) == []
    assert found_in(file_name(printout) + printout.description + printout.title) == []


def test_that_the_study_number_stands_for_the_patient(
    content: ProfileContent, tmp_path: Path
) -> None:
    number = study_number(WHO.id)
    whole = " ".join(pdf.texts(render_profile(content), tmp_path))
    assert f"Study number {number}" in whole
    assert f"study number {number}" in whole
    assert PRIVATE_WORDS in " ".join(plain_text(content).split())
    assert "Sex" in whole


def test_that_what_was_judged_is_the_same(content: ProfileContent) -> None:
    usual = profile_content(told(), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone")
    assert content.criteria == usual.criteria
    assert content.evidence == usual.evidence
    assert content.methods == usual.methods
    assert [row.mean for row in content.programs] == [row.mean for row in usual.programs]
    assert content.verdict.headline == usual.verdict.headline
    assert json.loads(data_text(content))["without_identity"] is True


def test_that_a_usual_page_is_not_changed_by_what_it_could_be() -> None:
    one = profile_content(
        samples.week_met(), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone"
    )
    assert "without name" not in one.printed
    assert one.identity[0].text == "Okafor, Grace"


def test_that_a_text_page_without_identity_keeps_its_sex_line() -> None:
    content = profile_content(
        samples.week_met(), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone", private=True
    )
    assert "  Sex:              F\n" in plain_text(content, ascii_only=True)


@pytest.mark.parametrize(
    ("name", "words", "shown"),
    [
        ("de la Cruz, Ana", "la casa de Cruz y ANA", f"la casa de {HIDDEN} y {HIDDEN}"),
        ("O'Neill, Bo", "Mr O’Neill; Bob, Bo", f"Mr O’{HIDDEN}; Bob, Bo"),
        ("Øster, Åse", "øster og ASE og easel", f"{HIDDEN} og {HIDDEN} og easel"),
        ("山田太郎", "山田太郎 さん", f"{HIDDEN} さん"),
        ("N", "N and N.", f"{HIDDEN} and {HIDDEN}."),
    ],
)
def test_that_names_are_found_as_whole_words(name: str, words: str, shown: str) -> None:
    mask = Mask(Patient(id=WHO.id, name=name, mrn=""))
    assert mask.text(words) == shown


@pytest.mark.parametrize(
    ("mrn", "words", "shown"),
    [
        ("12", "12 steps, MRN 12", f"12 steps, {HIDDEN}"),
        ("A-1234", "see a1234 and A 1234, not A12345", f"see {HIDDEN} and {HIDDEN}, not A12345"),
        ("", "no number 5", "no number 5"),
    ],
)
def test_that_a_number_is_hidden_and_a_score_is_not(mrn: str, words: str, shown: str) -> None:
    mask = Mask(Patient(id=WHO.id, name="Xerxes, Quill", mrn=mrn))
    assert mask.text(words) == shown


def test_that_a_private_picture_is_that_of_the_file(
    content: ProfileContent, tmp_path: Path
) -> None:
    (tmp_path / "p").mkdir()
    pages = len(pdf.texts(render_pdf(profile_printout(content)), tmp_path / "p"))
    assert len(render_pictures(profile_printout(content), ppi=30)) == pages
