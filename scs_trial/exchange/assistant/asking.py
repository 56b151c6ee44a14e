"""The book of one assessment: what was answered, what is settled, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scs_trial.exchange.assistant.model import (
    Answers,
    By,
    Choice,
    Finding,
    Kind,
    Page,
    Question,
)
from scs_trial.exchange.assistant.prepared import Profile

Objection = Callable[[str], str]
"""Says why an answer is not taken; empty: it is taken."""


class Asking:
    """Collects findings and questions while a file is assessed.

    Parameters
    ----------
    answers
        Answers of this import.
    profile
        Answers of an earlier one; those of this import go first.
    """

    def __init__(self, answers: Answers, profile: Profile | None) -> None:
        self._answers = answers
        self._profile = profile
        self.questions: list[Question] = []
        self.findings: list[Finding] = []
        self.problems: list[str] = []
        self.in_force: dict[str, str] = {}

    def given(self, key: str) -> tuple[str, By]:
        """Return the answer to an id and who gave it; empty and NOBODY where there is none."""
        if key in self._answers:
            return self._answers[key].strip(), By.YOU
        if self._profile is not None and key in self._profile.answers:
            return self._profile.answers[key].strip(), By.PROFILE
        return "", By.NOBODY

    def ask(
        self,
        key: str,
        words: str,
        *,
        page: Page,
        choices: Sequence[Choice] = (),
        evidence: str = "",
        kind: Kind = Kind.CHOICE,
        column: str = "",
        objection: Objection | None = None,
    ) -> str | None:
        """Put a question; return its answer, or None while it is open."""
        given, by = self.given(key)
        why_not = ""
        if by is not By.NOBODY:
            why_not = (objection or among(choices))(given)
        taken = by is not By.NOBODY and not why_not
        if taken:
            self.in_force[key] = given
        self.questions.append(
            Question(
                id=key,
                page=page,
                kind=kind,
                words=words,
                evidence=evidence,
                choices=tuple(choices),
                column=column,
                answer=given if taken else None,
                by=by if taken else By.NOBODY,
                confirmed=self._confirmed(by) if taken else "",
                objection=why_not,
            )
        )
        return given if taken else None

    def settle(
        self,
        key: str,
        title: str,
        value: str,
        *,
        page: Page,
        why: str,
        choices: Sequence[Choice] = (),
        objection: Objection | None = None,
    ) -> str:
        """Note what the file settles; an answer that fits overrides it. Return what is in force."""
        given, by = self.given(key)
        if by is not By.NOBODY and not (objection or among(choices))(given):
            self.in_force[key] = given
            if given != value:
                why = f"{self._said(by)} The file says otherwise: {why}"
            value = given
        else:
            by = By.EVIDENCE
        words = next((choice.words for choice in choices if choice.value == value), value)
        self.findings.append(
            Finding(
                id=key,
                page=page,
                title=title,
                value=value,
                words=words,
                why=why,
                by=by,
                choices=tuple(choices),
            )
        )
        return value

    def _confirmed(self, by: By) -> str:
        if by is not By.PROFILE or self._profile is None:
            return ""
        return f"Confirmed by the profile {self._profile.name}."

    def _said(self, by: By) -> str:
        return self._confirmed(by) or "Chosen in this import."


def among(choices: Sequence[Choice]) -> Objection:
    """Return the check that an answer is one of the choices."""
    values = [choice.value for choice in choices]

    def check(answer: str) -> str:
        if answer in values:
            return ""
        return f"This is none of: {', '.join(values)}." if values else "This is no answer."

    return check
