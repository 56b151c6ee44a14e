"""What stands on the page, as text: every word and figure, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from scs_trial.domain.course import Course

TITLE = "SCS Trial Profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One entry with its label, e.g. "Placed" and "15 Nov 2026, Dr B. Stone"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictBlock:
    """The verdict, with what stands above and directly under it.

    ``red_flags`` stand above. ``cautions`` and ``notes`` are empty where there are none, which
    the page then says.
    """

    red_flags: tuple[str, ...]
    symbol: str
    headline: str
    state: str
    """Whether the trial runs, how it ended, whether the page is signed."""
    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One line of the criteria table; ``remark`` says why, or what can still change."""

    symbol: str
    title: str
    remark: str
    baseline: str
    trial: str
    value: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRow:
    """Relief by related methods; values and results in the order of the label."""

    label: str
    values: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow:
    """One stimulation program; a dash where a figure needs more days."""

    label: str
    days: str
    mean: str
    relief: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What every sheet carries, beside the number of the sheet."""

    identity: str
    rule: str
    program: str
    audit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileContent:
    """The whole page. ``course`` is None while the trial has no placement date.

    ``content_hash`` is the SHA-256 of the canonical JSON of everything but ``printed``,
    ``letterhead``, ``footer``, ``private`` and itself: the same record gives the same hash,
    whoever prints it.
    """

    title: str
    letterhead: str
    printed: str
    printed_iso: str
    demo: bool
    identity: tuple[Labelled, ...]
    before: str
    before_continued: str
    evidence: tuple[Labelled, ...]
    verdict: VerdictBlock
    criteria: tuple[CriterionRow, ...]
    course: Course | None
    course_caption: str
    methods: tuple[MethodRow, ...]
    programs: tuple[ProgramRow, ...]
    words: tuple[str, ...]
    safety: tuple[str, ...]
    decision: tuple[str, ...]
    signatures: tuple[str, ...]
    footer: Footer
    content_hash: str
    private: bool = False
    """True where a study number stands for name, birth date and MRN."""
