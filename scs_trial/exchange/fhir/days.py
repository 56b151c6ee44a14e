"""Each check-in as a QuestionnaireResponse, and each of its scores as an Observation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import DiaryDay
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.exchange.export_model import ExportedTrial
from scs_trial.exchange.fhir.code_map import Code, CodeMap
from scs_trial.exchange.fhir.elements import (
    Element,
    concept,
    day_text,
    element,
    instant,
    named,
    quantity,
    reference,
    resource,
)

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What every resource of one Bundle needs.

    ``patient_id`` is the subject; ``people`` are the names of accounts, none when pseudonymised.
    """

    codes: CodeMap
    catalogue: Catalogue
    patient_id: UUID
    people: Mapping[UUID, str]

    @property
    def subject(self) -> Element:
        """The reference to the patient."""
        return reference(self.patient_id, "Patient")

    def local(self, system: str, code: str, display: str = "") -> Code:
        """Return a local code."""
        return Code(system=self.codes.system[system], code=code, display=display)

    def person(self, own: UUID | None) -> Element | None:
        """Return who did something, if the name is known."""
        return None if own is None else named(self.people.get(own, ""))


def day_resources(one: ExportedTrial, terms: Terms) -> Iterator[Element]:
    """Yield the resources of all check-ins, each response before its observations."""
    for day, check_in in zip(one.diary.days, one.check_ins, strict=True):
        yield _response(check_in, terms)
        for series in terms.catalogue.in_order(day.values):
            yield _observation(day, check_in, series, terms, one)


def _response(check_in: CheckIn, terms: Terms) -> Element:
    return resource(
        "QuestionnaireResponse",
        check_in.id,
        status=_status(check_in, done="completed"),
        subject=terms.subject,
        authored=instant(check_in.recorded_at),
        author=terms.person(check_in.recorded_by),
        item=[*_scores(check_in, terms), *_words(check_in), *_safety(check_in)],
    )


def _scores(check_in: CheckIn, terms: Terms) -> Iterator[Element]:
    for number, series in enumerate(terms.catalogue.in_order(check_in.values)):
        title = _title(series, terms.catalogue)
        yield _item(f"score.{number}.{series.code}", title, valueDecimal=check_in.values[series])


def _words(check_in: CheckIn) -> Iterator[Element]:
    yield _item("day", "Day that the answers are about", valueDate=day_text(check_in.day))
    yield _item("phase", "Phase", valueString=check_in.phase.value)
    for name, text, flag in (
        ("missed", "Day declared missed", check_in.missed),
        ("stimulation_off", "Stimulation off", check_in.stimulation_off),
    ):
        if flag:
            yield _item(name, text, valueBoolean=True)
    how = "" if check_in.how_obtained is None else check_in.how_obtained.value
    for name, text, words in (
        ("program", "Program", check_in.program or ""),
        ("how_obtained", "How the answers were obtained", how),
        ("helped", "What helped", check_in.helped),
        ("triggered", "What made it worse", check_in.triggered),
        ("note", "Note", check_in.note),
    ):
        if words.strip():
            yield _item(name, text, valueString=words)


def _safety(check_in: CheckIn) -> Iterator[Element]:
    asked = [
        _item(f"safety.{answer.item_id}", answer.item_id.replace("_", " "), valueBoolean=given)
        for answer in check_in.safety.answers
        if (given := answer.answer) is not None
    ]
    if asked:
        yield element(linkId="safety", text="Safety questions", item=asked)


def _item(name: str, text: str, **answer: object) -> Element:
    return element(linkId=name, text=text, answer=[answer])


def _observation(
    day: DiaryDay, check_in: CheckIn, series: Series, terms: Terms, one: ExportedTrial
) -> Element:
    measure = terms.catalogue[series.code]
    entered = series in check_in.values
    region = series.item or (one.trial.trial.target_region if measure.per_region else "")
    return resource(
        "Observation",
        observation_id(check_in, series),
        status=_status(check_in, done="final"),
        category=[
            concept(Code(system=CATEGORY, code="survey", display="Survey")),
            concept(terms.local("phase", day.phase.value)),
        ],
        code=concept(*terms.codes.codes_of(measure), text=measure.title),
        subject=terms.subject,
        effectiveDateTime=day_text(day.day),
        issued=instant(check_in.recorded_at) if entered else "",
        valueQuantity=quantity(day.values[series], measure.unit, terms.codes),
        bodySite=concept(text=region) or None,
        method=_method(check_in, terms, entered=entered),
        derivedFrom=[reference(check_in.id, "QuestionnaireResponse")] if entered else [],
    )


def observation_id(check_in: CheckIn, series: Series) -> UUID:
    """Return the id of the Observation of one score: the same in every export."""
    return uuid5(check_in.id, str(series))


def _method(check_in: CheckIn, terms: Terms, *, entered: bool) -> Element | None:
    if not entered:
        return concept(terms.local("thing", "derived", "Added up from the medication list"))
    how = check_in.how_obtained
    return None if how is None else concept(terms.local("thing", how.value))


def _status(check_in: CheckIn, *, done: str) -> str:
    return done if check_in.revision == 1 else "amended"


def _title(series: Series, catalogue: Catalogue) -> str:
    title = catalogue[series.code].title
    return title if series.item is None else f"{title}, {series.item}"
