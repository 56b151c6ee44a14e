"""The engine: a file and the answers so far in, what is known and what is open out."""

from __future__ import annotations

from dataclasses import dataclass

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.combine import combine
from scs_trial.exchange.assistant.dates import Dates, settle_dates
from scs_trial.exchange.assistant.entries import Reading, RowReader
from scs_trial.exchange.assistant.filling import fill_blanks, groups_kept
from scs_trial.exchange.assistant.fingerprint import fingerprint
from scs_trial.exchange.assistant.headers import find_header
from scs_trial.exchange.assistant.limits import refuse_too_many
from scs_trial.exchange.assistant.map_columns import Mapped, Mapper, ask_missing_roles, own_columns
from scs_trial.exchange.assistant.meaning import (
    phase_answers,
    settle_items,
    settle_missing,
    settle_scales,
)
from scs_trial.exchange.assistant.model import (
    Answers,
    CellFault,
    Column,
    Finding,
    Page,
    PreviewRow,
    Question,
    ReadingOptions,
)
from scs_trial.exchange.assistant.placing import Placer
from scs_trial.exchange.assistant.prepared import Context, Prepared, Profile
from scs_trial.exchange.assistant.preview import preview
from scs_trial.exchange.assistant.read_text import decode, find_separator, read_rows
from scs_trial.exchange.assistant.read_workbook import read_workbook
from scs_trial.exchange.assistant.signs import NumberSigns, settle_signs
from scs_trial.exchange.assistant.source import Source, SourceKind
from scs_trial.exchange.assistant.synonyms import shipped_synonyms
from scs_trial.exchange.assistant.table import Row, Table, table_below
from scs_trial.exchange.assistant.target_of import ask_patient
from scs_trial.exchange.assistant.targets import Role

_PAGES = tuple(Page)


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
    patients
        Numbers of the patients whom the rows are about, as far as they are known.
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
    patients: tuple[str, ...] = ()
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
    run = _Run(source, Asking(answers, profile), catalogue)
    run.read(context or Context(), "" if profile is None else profile.name)
    return run.assessment()


class _Run:
    """One assessment: each step needs what the one before it found."""

    def __init__(self, source: Source, asking: Asking, catalogue: Catalogue) -> None:
        self._source = source
        self._asking = asking
        self._catalogue = catalogue
        self._options = ReadingOptions(encoding="", separator="", date_orders={})
        self._columns: tuple[Column, ...] = ()
        self._preview: tuple[PreviewRow, ...] = ()
        self._fingerprint = ""
        self._patients: tuple[str, ...] = ()
        self._prepared: Prepared | None = None

    def assessment(self) -> Assessment:
        """Return everything found; what is prepared only when nothing is open."""
        questions = tuple(sorted(self._asking.questions, key=lambda one: _PAGES.index(one.page)))
        waiting = self._asking.problems or any(question.open for question in questions)
        return Assessment(
            source=self._source,
            options=self._options,
            findings=tuple(self._asking.findings),
            columns=self._columns,
            preview=self._preview,
            questions=questions,
            problems=tuple(self._asking.problems),
            fingerprint=self._fingerprint,
            patients=self._patients,
            prepared=None if waiting else self._prepared,
        )

    def read(self, context: Context, profile: str) -> None:
        """Go as far as the answers reach."""
        asking = self._asking
        synonyms = shipped_synonyms()
        encoding, separator, sheet, rows = _raw_rows(self._source, asking)
        header_row = find_header(rows, synonyms, asking)
        table = table_below(rows, header_row)
        refuse_too_many(len(table.rows) + len(table.long_rows))
        self._fingerprint = fingerprint(table.names)
        asking.problems += own_columns(table.names)
        mapper = Mapper(table, catalogue=self._catalogue, synonyms=synonyms, asking=asking)
        mapped = mapper.map()
        self._columns = tuple(mapper.columns)
        signs = settle_signs(table, asking)
        dates = settle_dates(mapped, table, asking)
        self._options = ReadingOptions(
            encoding=encoding,
            separator=separator,
            sheet=sheet,
            header_row=header_row,
            decimal=signs.decimal,
            thousands=signs.thousands,
            date_orders={name: one.order for name, one in dates.items()},
        )
        self._preview = preview(rows, header_row, signs=signs, mapped=mapped, dates=dates)
        if ask_missing_roles(mapped, table, asking):
            self._take(table, mapped, signs, dates, context=context, profile=profile)

    def _take(
        self,
        table: Table,
        mapped: list[Mapped],
        signs: NumberSigns,
        dates: dict[str, Dates],
        *,
        context: Context,
        profile: str,
    ) -> None:
        """Read the rows; what is asked on the way stays open."""
        asking, catalogue, synonyms = self._asking, self._catalogue, shipped_synonyms()
        table = fill_blanks(table, mapped, asking)
        named = any(one.target.role is Role.PATIENT for one in mapped)
        reading = Reading(
            mapped=mapped,
            catalogue=catalogue,
            signs=signs,
            dates=dates,
            kept=groups_kept(table, mapped, asking),
            phases=phase_answers(mapped, table, synonyms, asking),
            scales=settle_scales(mapped, table, signs, catalogue=catalogue, asking=asking),
            items=settle_items(mapped, table, signs, catalogue=catalogue, asking=asking),
            missing=settle_missing(mapped, table, synonyms, asking),
            patient="" if named else ask_patient(asking) or "",
        )
        reader = RowReader(reading)
        for row in table.rows:
            reader.read(row)
        self._patients = tuple(dict.fromkeys(one.patient for one in reader.entries if one.patient))
        dated = any(one.target.role is Role.TRIAL_START for one in mapped)
        placer = Placer(reader.entries, has_start=dated, context=context, asking=asking)
        placed = placer.place()
        faults = [*(_too_long(row, table) for row in table.long_rows), *reader.faults]
        faults += placer.faults
        bad = {fault.row for fault in faults}
        trials = combine([one for one in placed if one.entry.row not in bad], asking, faults)
        left_out = dict(reader.left_out)
        for why, numbers in placer.left_out.items():
            left_out[why] = left_out.get(why, 0) + len(numbers)
        faults.sort(key=lambda fault: fault.row)
        self._prepared = Prepared(
            source_name=self._source.name,
            digest=self._source.digest,
            trials=trials,
            faults=tuple(faults),
            faulty_rows=tuple(sorted({fault.row for fault in faults})),
            rows=len(table.rows) + len(table.long_rows),
            left_out=left_out,
            answers=dict(asking.in_force),
            profile=profile,
        )


def _raw_rows(source: Source, asking: Asking) -> tuple[str, str, str, list[Row]]:
    """Return encoding, separator and sheet, and every row of the file."""
    if source.kind is SourceKind.WORKBOOK:
        sheet, rows = read_workbook(source.data, asking)
        return "", "", sheet, rows
    encoding, text = decode(source.data, asking)
    separator = find_separator(text, asking)
    return encoding, separator, "", read_rows(text, separator)


def _too_long(row: Row, table: Table) -> CellFault:
    reason = f"has {len(row.cells)} cells, the header has {len(table.names)}"
    return CellFault(row=row.number, column="", value="", reason=reason)
