"""Reading the diary CSV: one row for each patient, date and phase; all faults at once.

Source: the evaluation specification, section 9.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.diary_columns import RowFault, find_separator, read_header
from scs_trial.exchange.diary_rows import RowReader
from scs_trial.exchange.diary_trials import CheckInPlace, PatientDiary

IMPORT_LIMIT_BYTES = 10 * 1024 * 1024
"""Size of a file that an import accepts; an evaluation has no such limit."""

_MAX_HEADER = 64 * 1024
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryFile:
    """What came of a diary file.

    Attributes
    ----------
    trials
        Trials in the order of first appearance. With faults they hold what is left without the
        faulty rows, and are to be used only when that was asked for (``--skip-faulty``).
    faults
        Every fault, by row, then as the columns stand.
    readable
        False when the file as a whole can't be read; then there is nothing to skip to.
    rows
        Rows with content, without the header.
    dropped_rows
        Rows of which the check-in was left out.
    check_in_rows
        The row of each check-in, for whoever finds a fault in it later.
    """

    trials: tuple[PatientDiary, ...] = ()
    faults: tuple[RowFault, ...] = ()
    readable: bool = True
    rows: int = 0
    dropped_rows: int = 0
    check_in_rows: Mapping[CheckInPlace, int] = field(default_factory=dict)


def read_diary(
    stream: BinaryIO, *, catalogue: Catalogue, limit_bytes: int | None = None
) -> DiaryFile:
    """Read a diary CSV.

    Parameters
    ----------
    stream
        The bytes: UTF-8 with or without BOM; comma, semicolon or tab; LF, CRLF or CR.
    catalogue
        Measures and their ranges.
    limit_bytes
        Largest size that is read; None for no limit.

    Returns
    -------
    DiaryFile
        Trials and faults. A row with a fault gives no check-in; what it says of the trial as a
        whole (end, planned days, confirmations) counts where it can be read. A trial that
        contradicts itself is left out with all its rows.
    """
    data = stream.read() if limit_bytes is None else stream.read(limit_bytes + 1)
    refusal = _refusal(data, limit_bytes)
    if refusal is not None:
        return _unreadable(refusal)
    text = io.TextIOWrapper(
        io.BytesIO(data), encoding="utf-8-sig", errors="surrogateescape", newline=""
    )
    return _read_text(text, catalogue)


def _unreadable(reason: str) -> DiaryFile:
    return DiaryFile(faults=(RowFault(0, "", reason),), readable=False)


def _refusal(data: bytes, limit_bytes: int | None) -> str | None:
    """Return why bytes are no diary CSV at all, or None."""
    if limit_bytes is not None and len(data) > limit_bytes:
        megabytes = f"{limit_bytes / _MEGABYTE:g} MB"
        return f"The file is larger than {megabytes}, the limit for an import; split it by patient."
    if data.startswith(b"PK\x03\x04"):
        return "The file is a workbook or archive; save the sheet as CSV in UTF-8."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _alternating(data[:200]):
        return "The file is UTF-16; save it as CSV in UTF-8."
    if b"\0" in data:
        return "The file is binary, not a CSV."
    return None


def _alternating(head: bytes) -> bool:
    """Return True when most second bytes are zero, as in UTF-16 without its mark."""
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    return zeros * 4 > len(head)


def _unfit(header: str) -> str | None:
    """Return why a line is no header of a diary CSV, or None."""
    if not header:
        return "The file is empty."
    if len(header) == _MAX_HEADER:
        return "The first line is too long for a header: this is no diary CSV."
    kinds = {unicodedata.category(letter) for letter in header.strip().replace("\t", "")}
    if "Cc" in kinds:
        return "The file is binary, not a CSV."
    return "The header is not UTF-8." if "Cs" in kinds else None


def _read_text(text: io.TextIOWrapper, catalogue: Catalogue) -> DiaryFile:
    number = 1
    header = text.readline(_MAX_HEADER)
    while header and not header.strip():
        number += 1
        header = text.readline(_MAX_HEADER)
    unfit = _unfit(header)
    if unfit is not None:
        return _unreadable(unfit)
    separator = find_separator(header)
    names = next(csv.reader([header], delimiter=separator))
    columns, faults = read_header(names, catalogue, row=number)
    if faults:
        return DiaryFile(faults=tuple(faults), readable=False)
    reader = RowReader(columns, catalogue, decimal_comma=separator == ";")
    broken = _read_rows(reader, iter(text), separator, number)
    if broken is not None:
        return DiaryFile(faults=(*reader.finish()[1], broken), readable=False)
    trials, found, dropped = reader.finish()
    return DiaryFile(
        trials=tuple(trials),
        faults=tuple(found),
        rows=reader.rows,
        dropped_rows=dropped,
        check_in_rows=reader.check_in_rows(),
    )


def _read_rows(
    reader: RowReader, lines: Iterator[str], separator: str, header_row: int
) -> RowFault | None:
    """Feed all rows to the reader; return a fault when the quoting breaks off the file."""
    number = header_row
    rows = csv.reader(lines, delimiter=separator, strict=True)
    read = reader.read
    try:
        for cells in rows:
            number += 1
            read(number, cells)
    except csv.Error as error:
        reason = f"the row can't be read ({error}); nothing after it was read"
        return RowFault(number + 1, "", reason)
    return None
