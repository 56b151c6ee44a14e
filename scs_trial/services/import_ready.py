"""Files that need no assistant: case files, REDCap data and diary CSV that this program writes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue
from scs_trial.errors import UserError
from scs_trial.exchange.assistant.source import LIMIT_ROWS
from scs_trial.exchange.case_file import CASE_LIMIT_BYTES, CaseFile, looks_like_case, read_case
from scs_trial.exchange.diary_columns import REQUIRED, SEPARATORS
from scs_trial.exchange.diary_csv import IMPORT_LIMIT_BYTES, DiaryFile, read_diary
from scs_trial.exchange.diary_trials import CheckInPlace, PatientDiary
from scs_trial.exchange.redcap_reader import looks_like_redcap, read_redcap
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.import_case import import_case
from scs_trial.services.import_diary import DiaryToImport, import_diaries
from scs_trial.services.session import Session
from scs_trial.services.tell import Tell, untold

_HEADER_BYTES = 64 * 1024


class ReadyKind(StrEnum):
    """What a file is."""

    CASE = "case file"
    REDCAP = "REDCap data"
    DIARY = "diary CSV"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyFile:
    """A file in one of the program's own formats; one of ``case`` and ``diary`` is set."""

    kind: ReadyKind
    digest: str
    case: CaseFile | None = None
    diary: DiaryFile | None = None

    @property
    def faults(self) -> tuple[str, ...]:
        """Every fault as a line of text; with one, nothing is imported."""
        return () if self.diary is None else tuple(str(fault) for fault in self.diary.faults)


def ready_kind(data: bytes) -> ReadyKind | None:
    """Return which of the program's own formats bytes are in, or None."""
    if looks_like_case(data):
        return ReadyKind.CASE
    if looks_like_redcap(data):
        return ReadyKind.REDCAP
    head = data[:_HEADER_BYTES].decode("utf-8-sig", "replace")
    line = next(iter(head.splitlines()), "")
    for separator in SEPARATORS:
        names = {name.strip() for name in next(csv.reader([line], delimiter=separator), [])}
        if names.issuperset(REQUIRED):
            return ReadyKind.DIARY
    return None


def read_ready(path: Path, *, catalogue: Catalogue) -> ReadyFile | None:
    """Return a file in one of the program's own formats; None for another program's.

    Raises
    ------
    UserError
        It can't be read, is too large, or damaged.
    """
    try:
        with path.open("rb") as file:
            data = file.read(CASE_LIMIT_BYTES + 1)
    except OSError as error:
        raise UserError(f"The file can't be read: {error.strerror}.") from error
    kind = ready_kind(data)
    if kind is None:
        return None
    digest = hashlib.sha256(data).hexdigest()
    if kind is ReadyKind.CASE:
        return ReadyFile(kind=kind, digest=digest, case=read_case(data))
    diary = read_table(data, catalogue=catalogue)
    refuse_long(diary)
    return ReadyFile(kind=kind, digest=digest, diary=diary)


def read_table(data: bytes, *, catalogue: Catalogue) -> DiaryFile:
    """Return the trials and faults of REDCap data or, for all other bytes, of a diary CSV."""
    if looks_like_redcap(data):
        return read_redcap(data, catalogue=catalogue)
    return read_diary(io.BytesIO(data), catalogue=catalogue, limit_bytes=IMPORT_LIMIT_BYTES)


def refuse_long(diary: DiaryFile) -> None:
    """Refuse a file of more rows than one import takes; raise ``UserError``."""
    if diary.rows > LIMIT_ROWS:
        raise UserError(
            f"The file has {diary.rows} rows; an import takes {LIMIT_ROWS}.",
            "Split it by patient.",
        )


@allowed(Action.IMPORT_DIARY)
def import_ready(
    session: Session, ready: ReadyFile, *, copy_as: str | None = None, tell: Tell = untold
) -> str:
    """Import a file and return in words what was made.

    Parameters
    ----------
    session
        Who imports, into which record.
    ready
        The file, without faults. A case file needs the rights of `import_case` too.
    copy_as
        MRN of a new copy of a case whose patient is in the record already.
    tell
        Told of each trial of a diary; may raise to stop.

    Raises
    ------
    InputError
        Every fault; nothing was imported.
    PatientExistsError
        The patient of a case file is in the record already.
    """
    if ready.case is not None:
        import_case(session, ready.case, source=ready.digest, copy_as=copy_as)
        return f"1 patient, {len(ready.case.case.trials)} trials"
    diary = ready.diary or DiaryFile()
    result = import_diaries(session, entries_of(diary), source=ready.digest, tell=tell)
    return ", ".join(f"{number} {what}" for what, number in result.counts.items() if number)


def entries_of(diary: DiaryFile) -> Sequence[DiaryToImport]:
    """Return the trials of a diary file with the file's row of each check-in."""
    return [
        DiaryToImport(patient=one.patient, diary=one.diary, rows=_rows(one, diary.check_in_rows))
        for one in diary.trials
    ]


def _rows(
    trial: PatientDiary, rows: Mapping[CheckInPlace, int]
) -> Mapping[tuple[date, Phase], int]:
    """Return the file's row of each check-in of a trial."""
    start = trial.diary.trial_start
    places = ((day.day, day.phase) for day in trial.diary.days)
    return {place: rows.get((trial.patient, start, *place), 0) for place in places}
