"""Which codes stand in a FHIR export: the shipped ones, and those that a clinic adds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scs_trial.domain.measures import Asked, Catalogue, Measure
from scs_trial.domain.result import Status
from scs_trial.errors import UserError
from scs_trial.paths import resources

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
_KEYS = ("system", "code", "display")
_TABLES = ("measure", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of one system."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMap:
    """Every code of an export.

    Attributes
    ----------
    system
        Names of the local code systems and identifiers.
    unit
        Unit of the catalogue to UCUM code.
    past_week
        LOINC codes that ask about the past week.
    measure, status
        Codes beside the local ones, by measure and by status.
    """

    system: Mapping[str, str]
    unit: Mapping[str, str]
    past_week: frozenset[str]
    measure: Mapping[str, tuple[Code, ...]]
    status: Mapping[str, tuple[Code, ...]]

    def codes_of(self, measure: Measure) -> tuple[Code, ...]:
        """Return the codes of a measure, the local one last."""
        shipped = () if measure.loinc is None else (Code(system=LOINC, code=measure.loinc),)
        local = Code(system=self.system["measure"], code=measure.code, display=measure.title)
        return (*shipped, *self.measure.get(measure.code, ()), local)


class CodeMapError(UserError):
    """A clinic's file of codes that can't be used; the text names every fault."""


def shipped_codes() -> CodeMap:
    """Return the codes that come with the program."""
    held = tomllib.loads(resources("fhir", "codes.toml").read_text(encoding="utf-8"))
    return CodeMap(
        system=held["system"],
        unit=held["unit"],
        past_week=frozenset(held["past_week"]["loinc"]),
        measure={},
        status={
            name: tuple(Code(**one) for one in held["status"][name]) for name in held["status"]
        },
    )


def with_site_codes(codes: CodeMap, text: str, *, catalogue: Catalogue) -> CodeMap:
    """Return the codes with those of a clinic's file (TOML) added.

    Raises
    ------
    CodeMapError
        No TOML, an unknown table, measure or status, an incomplete code, or a code that asks about
        the past week on a measure of one day.
    """
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused([f"it is no TOML ({error})"]) from error
    faults = [f"{table}: not known" for table in held if table not in (*_TABLES, "version")]
    known = {"measure": tuple(catalogue), "status": tuple(Status)}
    found: dict[str, dict[str, tuple[Code, ...]]] = {table: {} for table in _TABLES}
    for table in _TABLES:
        for name, entries in _entries(held.get(table, {}), table, faults):
            if name not in known[table]:
                faults.append(f"{table}.{name}: not known")
                continue
            faults += [f"{table}.{name}: {why}" for one in entries if (why := _fault(one))]
            good = tuple(Code(**one) for one in entries if not _fault(one))
            if table == "measure":
                faults += _asks_for_a_week(codes, catalogue[name], good)
            found[table][name] = (*getattr(codes, table).get(name, ()), *good)
    if faults:
        raise _refused(faults)
    return replace(
        codes,
        measure={**codes.measure, **found["measure"]},
        status={**codes.status, **found["status"]},
    )


def _entries(held: Any, table: str, faults: list[str]) -> Iterator[tuple[str, list[Any]]]:
    if not isinstance(held, dict):
        faults.append(f"{table}: is no table")
        return
    for name, entries in held.items():
        yield name, entries if isinstance(entries, list) else [entries]


def _fault(one: Any) -> str:
    if not isinstance(one, dict) or not {"system", "code"} <= one.keys() <= set(_KEYS):
        return "needs system and code, may have display, and nothing else"
    if not all(isinstance(held, str) and held.strip() == held != "" for held in one.values()):
        return "system, code and display are words without blanks around them"
    if any(sign.isspace() for sign in one["system"]) or ":" not in one["system"]:
        return "system is no address, e.g. http://loinc.org"
    return ""


def _asks_for_a_week(codes: CodeMap, measure: Measure, given: tuple[Code, ...]) -> list[str]:
    if measure.asked is not Asked.DAILY:
        return []
    return [
        f"measure.{measure.code}: {one.code} asks about the past week, this measure about one day"
        for one in given
        if one.code in codes.past_week
    ]


def _refused(faults: list[str]) -> CodeMapError:
    return CodeMapError(
        f"The file of codes can't be used: {'; '.join(faults)}.",
        "Correct it; nothing was exported.",
    )
