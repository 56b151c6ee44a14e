"""The verdict in words: one text for screen, page and plain text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scs_trial.domain.result import Status
from scs_trial.domain.tone import Tone

__all__ = ["Finding", "Tone", "Verdict", "VerdictLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    """One line of the verdict card, for one leaf of the rule."""

    leaf_id: str
    status: Status
    symbol: str
    title: str
    """What is tested, e.g. "Pain relief >= 50 %"."""
    value: str
    """The figure, e.g. "51.2 %", or a dash where there is none."""
    remark: str
    """What can still change ("can end 16-72 %", "stays met up to 65 MME a day") or the reasons."""
    baseline: str = ""
    trial: str = ""
    needed: str = ""
    bar: tuple[Fraction, Fraction] | None = None
    """Range that the figure can still end in, for the range bar of a bounded measure."""
    bar_value: Fraction | None = None
    bar_threshold: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A caution or a note as a sentence with its figures."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict card: every text is derived from the evaluation and true for it."""

    headline: str
    """e.g. "On track: criteria met so far", "Ended for safety on day 4"."""
    status_word: str
    """The words of the evaluation specification, section 11, e.g. "on track"."""
    tone: Tone
    symbol: str
    so_far: bool
    figure: str
    """Primary figure, e.g. "51.2 %"; a dash where there is none."""
    figure_caption: str
    """e.g. "mean pain relief, 4 of 7 days recorded"."""
    sentence: str
    """The checkable sentence; empty where none is true."""
    lines: tuple[VerdictLine, ...]
    methods: str
    """e.g. "Other methods 42.8 to 61.0 %: one of eight below 50 %. Patient states 60 %."."""
    cautions: tuple[Finding, ...]
    notes: tuple[Finding, ...]
