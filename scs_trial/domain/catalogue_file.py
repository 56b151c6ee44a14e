"""Reading the catalogue of measures (``resources/measures.toml``)."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal

from scs_trial.domain.measures import Asked, Better, Catalogue, Measure
from scs_trial.domain.toml_table import Findings, Table, parse_toml
from scs_trial.errors import UserError

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LOINC = re.compile(r"[0-9]{1,7}-[0-9]")


def load_catalogue(text: str) -> Catalogue:
    """Return the catalogue that a TOML text describes.

    Parameters
    ----------
    text
        Content of the file: ``version`` and one table ``[measure.CODE]`` for each measure.

    Returns
    -------
    Catalogue
        All measures in the order of the file.

    Raises
    ------
    UserError
        With every fault of the text, each with its key and reason.
    """
    findings = Findings("measures.toml")
    try:
        root = Table(parse_toml(text), "", findings)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UserError(f"The catalogue of measures is not TOML: {error}.") from error
    root.text("version")
    tables = root.table("measure")
    measures: dict[str, Measure] = {}
    if tables is not None:
        for code in tables.left():
            table = tables.table(code)
            measure = None if table is None else _measure(code, table)
            if measure is not None:
                measures[code] = measure
    root.finish()
    if not measures and not findings.faults:
        findings.fault("measure", "holds no measure")
    if findings.faults:
        lines = "\n".join(str(fault) for fault in findings.faults)
        raise UserError(f"The catalogue of measures is faulty:\n{lines}")
    return Catalogue(measures)


def _measure(code: str, table: Table) -> Measure | None:
    """Return one measure, or None after its faults were noted."""
    before = len(table.findings.faults)
    if _CODE.fullmatch(code) is None:
        table.fault("", f"{code!r} is no code: small letters, digits and underscores")
    title = table.text("title")
    question = table.text("question")
    unit = table.text("unit", empty=True)
    low = table.number("low")
    high = table.number("high")
    decimals = table.whole("decimals", low=0, high=9)
    better = table.choice("better", tuple(Better))
    asked = table.choice("asked", tuple(Asked))
    per_region = table.flag("per_region", default=False)
    ratio_scale = table.flag("ratio_scale", default=True)
    loinc = table.optional_text("loinc")
    if loinc is not None and _LOINC.fullmatch(loinc) is None:
        table.fault("loinc", f"{loinc!r} is no LOINC code")
    if low is not None and high is not None and low >= high:
        table.fault("high", "must lie above low")
    table.finish()
    if len(table.findings.faults) > before:
        return None
    return Measure(
        code=code,
        title=title or "",
        question=question or "",
        unit=unit or "",
        low=Decimal(low or 0),
        high=Decimal(high or 0),
        decimals=decimals or 0,
        better=Better(better or ""),
        asked=Asked(asked or ""),
        per_region=per_region,
        loinc=loinc,
        ratio_scale=ratio_scale,
    )
