"""The page as plain text for pasting into a hospital record: the same facts, a fixed layout.

Headings stand at the margin and everything from the record is indented, so that no note can pass
for a heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from scs_trial.reports.profile_content import short_digits
from scs_trial.reports.profile_types import Labelled, ProfileContent
from scs_trial.reports.text_course import course_lines
from scs_trial.reports.text_layout import (
    WIDTH,
    Column,
    ascii_symbols,
    paragraph,
    table_lines,
)

T = TypeVar("T")
_DOT = " · "
_LABEL = 16
_METHOD = (Column(columns=33), Column(columns=24, right=True), Column(columns=14))
_PROGRAM = (
    Column(columns=46),
    Column(columns=6, right=True),
    Column(columns=8, right=True),
    Column(columns=9, right=True),
)
_NONE = "none."


def plain_text(content: ProfileContent, *, ascii_only: bool = False) -> str:
    """Return the page as text, no line longer than 75 columns.

    Parameters
    ----------
    content
        The page.
    ascii_only
        Replace typographic symbols (arrows, dashes, quotation marks). Names, and letters of any
        script, stay as they are written.

    Returns
    -------
    str
        Lines with a line feed at the end of each.
    """
    shown = _with_ascii(content) if ascii_only else content
    return "".join(f"{line}\n" for line in _lines(shown))


def _with_ascii(content: ProfileContent) -> ProfileContent:
    """Return the content with plain symbols everywhere but in the patient's name and MRN."""
    plain = _each_text(content, ascii_symbols)
    if content.private:
        return plain
    name, number, *others = plain.identity
    born, _, mrn = content.identity[1].text.rpartition(_DOT)
    kept = (
        replace(name, text=content.identity[0].text),
        replace(number, text=ascii_symbols(born + _DOT) + mrn),
    )
    return replace(plain, identity=(*kept, *others))


def _each_text(value: T, change: Callable[[str], str]) -> T:
    """Return the same structure with every text changed."""
    if type(value) is str:
        return cast("T", change(str(value)))
    if isinstance(value, tuple):
        return cast("T", tuple(_each_text(inner, change) for inner in value))
    if is_dataclass(value) and not isinstance(value, type):
        texts = {
            field.name: _each_text(getattr(value, field.name), change)
            for field in fields(value)
            if field.init
        }
        return cast("T", replace(cast("Any", value), **texts))
    return value


def _lines(content: ProfileContent) -> Iterator[str]:
    yield from _head(content)
    yield from _block("BEFORE THE TRIAL", [content.before])
    yield from _block("1 EVIDENCE", _evidence(content.evidence), empty="No day can be counted yet.")
    yield from _verdict(content)
    yield from _criteria(content)
    yield "3 COURSE"
    yield from course_lines(content.course)
    yield ""
    yield "4 METHODS SIDE BY SIDE"
    yield from _methods(content)
    yield ""
    yield "5 PROGRAMS"
    yield from _programs(content)
    yield ""
    yield from _block("6 PATIENT'S WORDS", content.words)
    yield from _block("7 SAFETY AND EVENTS", content.safety)
    yield from _block("8 DECISION", content.decision)
    if content.before_continued:
        yield from _block("9 CONTINUED FROM THE HEAD", [content.before_continued])
    yield from _foot(content)


def _head(content: ProfileContent) -> Iterator[str]:
    yield "=" * WIDTH
    yield content.title.upper()
    if content.demo:
        yield "DEMO: SYNTHETIC PATIENT, NO REAL PERSON"
    yield from paragraph(content.letterhead)
    yield from paragraph(content.printed)
    yield "=" * WIDTH
    for entry in content.identity:
        yield from paragraph(entry.text, first=f"  {entry.label + ':':<{_LABEL + 2}}")
    yield ""


def _block(heading: str, texts: Iterable[str], *, empty: str = _NONE) -> Iterator[str]:
    yield heading
    for text in tuple(texts) or (empty,):
        yield from paragraph(text, first="  ", rest="    ")
    yield ""


def _evidence(entries: Iterable[Labelled]) -> list[str]:
    return [f"{entry.text}  {entry.label}" for entry in entries]


def _verdict(content: ProfileContent) -> Iterator[str]:
    verdict = content.verdict
    yield "VERDICT"
    for flag in verdict.red_flags:
        yield from paragraph(flag, first="  !! ")
    yield from paragraph(f"{verdict.symbol} {verdict.headline}")
    yield from paragraph(f"({verdict.state})", first="    ")
    for index, sentence in enumerate(verdict.sentences):
        ended = f"{sentence}." if index == 0 and not sentence.endswith(".") else sentence
        yield from paragraph(ended, first="    ")
    yield from _findings("Cautions:", verdict.cautions)
    yield from _findings("Notes:", verdict.notes)
    yield ""


def _findings(label: str, texts: tuple[str, ...]) -> Iterator[str]:
    if not texts:
        yield f"  {label} {_NONE}"
        return
    yield f"  {label}"
    for text in texts:
        yield from paragraph(text, first="  - ")


def _criteria(content: ProfileContent) -> Iterator[str]:
    yield "2 CRITERIA"
    if not content.criteria:
        yield "  No criterion can be judged."
    for row in content.criteria:
        yield from paragraph(f"{row.title}: {row.result}", first=f"  {row.symbol} ")
        figures = f"value {row.value}; baseline {row.baseline}; trial {row.trial}"
        yield from paragraph(figures, first="      ")
        if row.remark:
            yield from paragraph(row.remark, first="      ")
    yield ""


def _methods(content: ProfileContent) -> list[str]:
    if not content.methods:
        return ["  No relief can be computed."]
    rows = [(row.label, row.values, row.result) for row in content.methods]
    return table_lines([("Method", "Relief", "Result"), *rows], _METHOD)


def _programs(content: ProfileContent) -> list[str]:
    if not content.programs:
        return ["  No program is documented for a counted day."]
    rows = [(row.label, row.days, row.mean, row.relief) for row in content.programs]
    return table_lines([("Program", "Days", "Mean", "Relief"), *rows], _PROGRAM)


def _foot(content: ProfileContent) -> Iterator[str]:
    foot = content.footer
    yield "-" * WIDTH
    yield from paragraph("Decision support, not a sole basis for treatment.")
    yield from paragraph(f"Rule: {foot.rule}")
    digits = short_digits(content.content_hash)
    yield from paragraph(f"{foot.program}; content {digits}")
    yield from paragraph(foot.audit)
    if content.demo:
        yield "DEMO: SYNTHETIC PATIENT, NO REAL PERSON"
    yield "=" * WIDTH
