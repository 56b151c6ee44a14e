"""What the import assistant says of a file: options, evidence, columns, questions, preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Answers = Mapping[str, str]
"""Answers by question id, all as text: a form, a TOML file and a profile hold the same."""


class By(StrEnum):
    """Who settled something."""

    EVIDENCE = "evidence"
    """The file itself, for the reason given."""
    YOU = "you"
    """An answer of this import."""
    PROFILE = "profile"
    """An answer that the site profile keeps from an earlier import."""
    NOBODY = "nobody"
    """It is open."""


class Page(StrEnum):
    """To which step of the assistant something belongs, in this order."""

    READING = "reading"
    MAPPING = "mapping"
    MEANING = "meaning"
    TARGET = "target"


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    """One of ``choices``."""
    TEXT = "text"
    """Words, such as a patient's number."""
    DATE = "date"
    """An ISO date, or one of ``choices``."""
    PERIOD = "period"
    """``2026-11-01..2026-11-20``, or one of ``choices``."""
    MAPPING = "mapping"
    """By giving a column its role (``role:COLUMN``); ``choices`` are the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that can be given: what the engine is told, and what a person reads."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that the file does not settle.

    Attributes
    ----------
    id
        Key of the answer, e.g. ``scale:Dolor``.
    words
        The question as it is put.
    evidence
        What in the file bears on it, in sentences; may be empty.
    choices
        Answers that can be given; for other kinds than CHOICE further ones are possible.
    answer
        The answer in force, or None while the question is open.
    by
        Who gave the answer. A question that a profile answered is shown with ``confirmed``.
    confirmed
        E.g. "Confirmed by the profile Fitbit."; empty for other answers.
    objection
        Why an answer that was given is not taken; the question is open then. Otherwise empty.
    """

    id: str
    page: Page
    kind: Kind
    words: str
    evidence: str = ""
    choices: tuple[Choice, ...] = ()
    column: str = ""
    answer: str | None = None
    by: By = By.NOBODY
    confirmed: str = ""
    objection: str = ""

    @property
    def open(self) -> bool:
        """True while an import can't go on."""
        return self.answer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is settled: what, how, why in a sentence, and by whom.

    ``id`` is the key under which an answer overrides it; ``choices`` are what else it could be.
    """

    id: str
    page: Page
    title: str
    value: str
    words: str
    why: str
    by: By
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How the bytes are read. A value that is not settled yet is the best guess for the preview.

    Attributes
    ----------
    encoding
        Python codec name; empty for a workbook.
    separator
        Between cells; empty for a workbook.
    sheet
        Name of the worksheet; empty for text.
    header_row
        Row of the column names as a spreadsheet counts, 1 is the first. Lines above are titles or
        remarks and are left out.
    decimal, thousands
        Signs in numbers; ``thousands`` is empty where none is used. A workbook's own numbers need
        neither.
    date_orders
        Order of the parts of a date (``ymd``, ``dmy``, ``mdy``) by column name.
    """

    encoding: str
    separator: str
    sheet: str = ""
    header_row: int = 1
    decimal: str = "."
    thousands: str = ""
    date_orders: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file and what becomes of it.

    ``target`` is written as in an answer to ``role:NAME``: see `targets.Target`. ``samples`` are
    the first different texts of the column.
    """

    name: str
    number: int
    target: str
    words: str
    why: str
    by: By
    samples: tuple[str, ...] = ()
    filled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewCell:
    """A cell as the file shows it, how it is understood (kind and value), or why it is not."""

    text: str
    kind: str = ""
    value: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row of the preview; ``number`` counts as a spreadsheet does. Rows above the header too."""

    number: int
    cells: tuple[PreviewCell, ...]
    header: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """One thing that is wrong, at its cell.

    ``row`` counts as a spreadsheet does; ``column`` is empty where the whole row is meant;
    ``value`` is the cell's text, short and printable.
    """

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        """Return the fault as one line of text."""
        place = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.reason}"
