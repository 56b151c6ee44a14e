"""The page without who it is about: a study number stands for name, birth date and MRN.

Where somebody typed the patient's name, MRN, telephone or birth date into a note, a goal, a program
or a reason, a mark stands in its place. What a stranger could still tell from a story cannot be
found by a program; the page says that such texts are to be read before it is passed on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from scs_trial.domain.case import rebuilt
from scs_trial.domain.course import Course
from scs_trial.domain.patient import Patient
from scs_trial.domain.result import Evaluation
from scs_trial.services.pseudonym import study_number
from scs_trial.services.review_types import TrialReview

HIDDEN = "[…]"
PRIVATE_WORDS = "without name, birth date and MRN"
_GENERATED = frozenset(
    (
        *("pain_measure", "criteria_id", "criteria_version", "criteria_text", "measures_asked"),
        *("item_id", "wording_version", "baseline_label", "kind", "code", "item", "digest"),
    )
)
"""Texts that the program makes or that come from a list: nobody types a name into them."""
_SHORTEST_WORD = 3
_SHORTEST_NUMBER = 4
_SHORTEST_TELEPHONE = 6
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def without_identity(review: TrialReview) -> TrialReview:
    """Return the review of the same trial with a study number for the patient.

    Parameters
    ----------
    review
        The snapshot that the screen shows.

    Returns
    -------
    TrialReview
        Sex and every clinical value stay; name, birth date, MRN and telephones are gone, from
        typed text too.
    """
    hide = Mask(review.patient)
    number = study_number(review.patient.id)
    nobody = Patient(id=review.patient.id, name=number, mrn="", sex=review.patient.sex)
    return replace(
        review,
        patient=nobody,
        trial=rebuilt(review.trial, hide.change),
        evaluation=_programs(review.evaluation, hide),
        verdict=rebuilt(review.verdict, hide.change) if review.verdict is not None else None,
        course=_course(review.course, hide),
        check_ins=tuple(rebuilt(one, hide.change) for one in review.check_ins),
        programs=tuple(rebuilt(one, hide.change) for one in review.programs),
        decisions=tuple(rebuilt(one, hide.change) for one in review.decisions),
        follow_ups=tuple(rebuilt(one, hide.change) for one in review.follow_ups),
        events=tuple(rebuilt(one, hide.change) for one in review.events),
        signatures=tuple(replace(one, reason=hide.text(one.reason)) for one in review.signatures),
        amendments=tuple(replace(one, reason=hide.text(one.reason)) for one in review.amendments),
    )


def _programs(evaluation: Evaluation | None, hide: Mask) -> Evaluation | None:
    if evaluation is None:
        return None
    programs = tuple(
        replace(result, program=hide.text(result.program)) for result in evaluation.programs
    )
    return replace(evaluation, programs=programs)


def _course(course: Course | None, hide: Mask) -> Course | None:
    return None if course is None else rebuilt(course, hide.change)


class Mask:
    """Puts a mark in place of whatever in a text names one patient.

    Parameters
    ----------
    patient
        Who is not to be named: words of the name, MRN, telephones, birth date. Accents and capitals
        make no difference.
    """

    def __init__(self, patient: Patient) -> None:
        forms = [*_words(patient.name), *_numbers(patient), *_dates(patient.birth_date)]
        joined = "|".join(sorted(forms, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if forms else None

    def text(self, words: str) -> str:
        """Return the words with the mark in place of every name."""
        if self._pattern is None:
            return words
        folded, places = _folded(words)
        shown, end = [], 0
        for found in self._pattern.finditer(folded):
            shown += [words[end : places[found.start()]], HIDDEN]
            end = places[found.end()]
        return "".join([*shown, words[end:]])

    def change(self, _kind: type, name: str, value: Any) -> Any:
        """Return a value of a dataclass with its text masked (see ``rebuilt``)."""
        return self.text(value) if type(value) is str and name not in _GENERATED else value


def _folded(words: str) -> tuple[str, list[int]]:
    """Return the words without accents and capitals, and where each character came from."""
    folded, places = [], []
    for index, character in enumerate(words):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part):
                folded.append(part)
                places.append(index)
    return "".join(folded), [*places, len(words)]


def _words(name: str) -> Iterator[str]:
    """Yield each word of a name; particles such as "de" and "van" name nobody."""
    whole, _ = _folded(name.strip())
    if whole:
        yield re.escape(whole)
    for word in re.findall(r"\w+", name):
        if len(word) >= _SHORTEST_WORD and not word.islower():
            yield re.escape(_folded(word)[0])


def _numbers(patient: Patient) -> Iterator[str]:
    mrn = re.findall(r"\w", _folded(patient.mrn)[0])
    if len(mrn) >= _SHORTEST_NUMBER:
        yield r"[\W_]?".join(mrn)
    elif mrn:
        yield rf"mrn\W*{''.join(mrn)}"
    for telephone in patient.telephones:
        digits = re.findall(r"\d", telephone)
        if len(digits) >= _SHORTEST_TELEPHONE:
            yield r"\W{0,3}".join(digits)


def _dates(born: date | None) -> Iterator[str]:
    """Yield how a birth date may have been typed: figures in any order, or words."""
    if born is None:
        return
    day, month, year = f"0?{born.day}", f"0?{born.month}", f"(?:{born.year}|{born.year % 100:02})"
    gap = r"[\W_]{1,2}"
    name = rf"{_MONTHS[born.month - 1]}\w*"
    for order in ((day, month, year), (month, day, year), (f"{born.year}", month, day)):
        yield gap.join(order)
    yield rf"{day}(?:st|nd|rd|th)?{gap}{name}{gap}{year}"
    yield rf"{name}{gap}{day}(?:st|nd|rd|th)?{gap}{year}"
