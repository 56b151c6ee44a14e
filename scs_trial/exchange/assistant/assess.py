"""The engine: a file and the answers so far in, what is known and what is open out."""

from __future__ import annotations

from dataclasses import dataclass

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.assistant.model import (
    Answers,
    Column,
    Finding,
    PreviewRow,
    Question,
    ReadingOptions,
)
from scs_trial.exchange.assistant.prepared import Context, Prepared, Profile
from scs_trial.exchange.assistant.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything that can be said of a file with the answers given so far.

    Attributes
    ----------
    source
        The file.
    options
        How it is read; what is not settled yet is the best guess, for the preview.
    findings
        What is settled, each with its reason in a sentence.
    columns
        The columns with what becomes of them and why.
    preview
        The first rows, each cell as it is understood.
    questions
        Every question of this file in the order of the pages, the answered ones with their answer.
    problems
        What stands in the way and is no question: two columns with one role, an answer for a column
        that the file does not have.
    fingerprint
        Names the header, to find a profile by; empty before the header is known.
    prepared
        What the file holds for the record; None while a question is open or a problem stands.
    """

    source: Source
    options: ReadingOptions
    findings: tuple[Finding, ...] = ()
    columns: tuple[Column, ...] = ()
    preview: tuple[PreviewRow, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[str, ...] = ()
    fingerprint: str = ""
    prepared: Prepared | None = None

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions without an answer: an import can't go on before they have one."""
        return tuple(question for question in self.questions if question.open)


def assess(
    source: Source,
    *,
    answers: Answers,
    catalogue: Catalogue,
    profile: Profile | None = None,
    context: Context | None = None,
) -> Assessment:
    """Return what can be said of a file with these answers.

    Parameters
    ----------
    source
        The file, from `source.read_source`.
    answers
        Answers by question id; an id that the file does not ask is left alone.
    catalogue
        Measures and their ranges.
    profile
        Answers of an earlier import; an answer of this import goes first.
    context
        What the record knows of the patients.

    Raises
    ------
    UserError
        The file can't be read with these options, or breaks a limit.
    """
    raise NotImplementedError
