"""Characters that the fonts can't print are named, never dropped and never a failure."""

from __future__ import annotations

import pytest

from scs_trial.paths import resources
from scs_trial.reports.glyphs import Printable, covered, font_files


@pytest.fixture(scope="module")
def printable() -> Printable:
    return Printable(font_files(resources("fonts")))


@pytest.mark.parametrize(
    "words",
    ["Łukasz Żółć", "Ωμέγα", "Иван", "שלום", "مرحبا", "≥ 50 % · 7–8 → −1.5 µs", "✓ ✗ ⚠ ▲"],
)
def test_that_names_in_supported_scripts_stay_as_they_are(words: str, printable: Printable) -> None:
    assert printable.text(words) == words


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("中", "[U+4E2D]"),
        ("😀", "[U+1F600]"),
        ("\u202etxt.exe", "[U+202E]txt.exe"),
        ("\x00", "[U+0000]"),
        ("\ue000", "[U+E000]"),
        ("\ud800", "[U+D800]"),
        ("one\ntwo\tthree", "one two three"),
        ("e\u0301", "é"),
    ],
)
def test_that_other_characters_are_named(words: str, printed: str, printable: Printable) -> None:
    assert printable.text(words) == printed


def test_that_a_font_covers_its_script_and_no_other() -> None:
    hebrew = covered(resources("fonts", "NotoSansHebrew-Regular.ttf"))
    assert ord("א") in hebrew
    assert ord("中") not in hebrew
    inter = covered(resources("fonts", "Inter-Regular.otf"))
    assert {ord(character) for character in "Aäж≥✓"} <= inter
    assert ord("א") not in inter
