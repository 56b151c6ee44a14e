"""The machine-readable result: attached at choice, and never more than the page prints."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from scs_trial.reports.profile import render_profile
from scs_trial.reports.profile_data import DATA_NAME, FORMAT, FORMAT_VERSION, data_text
from scs_trial.reports.typeset import PAPERS, Paper
from tests.reports import pdf, samples
from tests.reports.test_profile import content_of

HOW = frozenset({"recorded", "missed", "excluded", "open", "empty", "draft"})
"""States of a cell, which the page prints as its symbol."""
KINDS = frozenset({"placement", "counted", "outside"})
"""Kinds of a day, which the plot hatches and the table sets apart."""


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_that_nothing_is_attached_unless_asked() -> None:
    with pikepdf.open(io.BytesIO(render_profile(content_of("week_met")))) as opened:
        assert len(opened.attachments) == 0
        assert "/AF" not in opened.Root
        assert opened.open_metadata().get("pdfaid:part") == "2"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_the_attachment_is_declared_as_archives_want_it(name: str, paper: Paper) -> None:
    content = content_of(name)
    document = render_profile(content, paper=paper, with_data=True)
    with pikepdf.open(io.BytesIO(document)) as opened:
        meta = opened.open_metadata()
        assert meta.get("pdfaid:part") == "3"
        assert meta.get("pdfaid:conformance") == "A"
        assert meta.get("pdfuaid:part") == "1"
        (spec,) = opened.Root.AF
        assert spec.AFRelationship == "/Data"
        assert str(spec.UF) == DATA_NAME
        assert str(spec.Desc)
        assert spec.EF.F.Subtype == "/application/json"
        assert spec.EF.F.read_bytes().decode() == data_text(content)


def test_that_the_data_are_json_with_a_format_and_a_version() -> None:
    data = json.loads(data_text(content_of("week_met")))
    assert (data["format"], data["version"]) == (FORMAT, FORMAT_VERSION)
    assert data["verdict"]["headline"] == "Criteria met"
    assert data["course"]["rows"][0]["days"][0] == {
        "text": "6",
        "state": "recorded",
        "value": "6",
    }
    assert data["content_sha256"] == content_of("week_met").content_hash


def test_that_a_missing_value_is_null_and_never_zero() -> None:
    rows = json.loads(data_text(content_of("gaps")))["course"]["rows"]
    missing = [cell for row in rows for cell in row["days"] if cell["text"] in "·–"]
    assert missing
    assert all(cell["value"] is None for cell in missing)


@pytest.mark.parametrize("name", [name for name in samples.SAMPLES if name != "hostile"])
def test_that_the_data_hold_nothing_that_the_page_does_not_print(name: str, tmp_path: Path) -> None:
    content = content_of(name)
    document = render_profile(content)
    printed = "".join(pdf.squeezed(sheet) for sheet in pdf.texts(document, tmp_path))
    printed += pdf.squeezed(" ".join(pdf.alternative_texts(document)))
    data = json.loads(data_text(content))
    for known in ("format", "content_sha256"):
        del data[known]
    del data["printed"]["at"]
    for day in (data["course"] or {}).get("days", ()):
        del day["date"]  # printed without the year
    for plot in (data["course"] or {}).get("plots", ()):
        del plot["baseline_days"]  # drawn as dots
    for words in strings(data):
        if words in HOW | KINDS:
            continue
        for word in words.split():
            assert pdf.squeezed(word) in printed, word
