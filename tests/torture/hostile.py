"""Hostile text is only text, and parsers do not crash: generated cells, names and files."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from random import Random
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false")

from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.patient import Patient
from scs_trial.errors import UserError
from scs_trial.exchange.assistant.assess import assess
from scs_trial.exchange.assistant.source import source_of
from scs_trial.exchange.case_file import read_case
from scs_trial.exchange.diary_csv import read_diary
from scs_trial.exchange.export_files import export_files, safe_name
from scs_trial.exchange.export_model import ExportForm, ExportModel
from scs_trial.exchange.redcap_reader import read_redcap
from scs_trial.paths import resources
from scs_trial.services.export_records import ExportRequest, export_records
from scs_trial.services.register_patient import save_patient
from scs_trial.services.session import Session
from scs_trial.ui.text import plain_tool_tip, shown
from scs_trial.ui.widgets.labels import PlainLabel
from tests.exchange.cases import store_case
from tests.exchange.test_workbook import STARTS, has_formula, hostile, kinds, model_of
from tests.records import make_session, shipped_catalogue
from tests.torture.promise import Promise, Reached

CELLS_IN_A_BOOK = 2000
FORMULA = STARTS[:11]
TABLES = (ExportForm.LONG, ExportForm.DIARY, ExportForm.REDCAP)
STORED_EVERY = 50
"""One name in so many goes through the whole service into a record."""
RICH = re.compile(r"<(?!/?(?:span|p|html|head|body|style|meta|!DOCTYPE)\b)[a-z!/]", re.IGNORECASE)


@dataclass(slots=True)
class Outcome:
    """What was tried, and what went wrong."""

    tried: dict[str, int] = field(default_factory=lambda: {"cells": 0, "names": 0, "files": 0})
    errors: list[str] = field(default_factory=list)
    formulas: int = 0
    rich: int = 0

    def attempt(self, what: str, work: Callable[[], object]) -> object:
        """Return what ``work`` returns; a refusal in words is right, any other error is not."""
        try:
            return work()
        except UserError:
            return None
        except Exception as error:
            self.errors.append(f"{what}: {type(error).__name__}")
            return None


def torture_text(folder: Path, *, times: int, seed: int) -> Outcome:
    """Try ``times`` texts: half as cells, three tenths as names, the rest as whole files."""
    rng, outcome = Random(seed), Outcome()
    session = make_session(folder)
    cells, names = times // 2, 3 * times // 10
    for start in range(0, cells, CELLS_IN_A_BOOK):
        write_cells(rng, outcome, min(CELLS_IN_A_BOOK, cells - start))
    for number in range(names):
        name_one(rng, outcome, session if number % STORED_EVERY == 0 else None)
    read_files(rng, outcome, session, times - cells - names)
    session.records.close()
    return outcome


def write_cells(rng: Random, outcome: Outcome, number: int) -> None:
    """Write texts into every kind of file that is exported, and read the files."""
    model = model_of([storable(rng) for _ in range(number)], patient=storable(rng) or "P1")
    outcome.tried["cells"] += number
    book = outcome.attempt("workbook", partial(_exported, model, ExportForm.XLSX))
    if isinstance(book, dict):
        (data,) = book.values()
        outcome.formulas += has_formula(data)
        outcome.formulas += sum(kind == "f" for kind, _ in kinds(data))
    for form in TABLES:
        files = outcome.attempt(f"{form} export", partial(_exported, model, form))
        for data in files.values() if isinstance(files, dict) else ():
            text = data.decode("utf-8", "replace")
            for row in csv.reader(io.StringIO(text, newline="")):
                outcome.formulas += sum(_is_formula(cell) for cell in row)


def storable(rng: Random) -> str:
    """Return a hostile text as far as a record takes it: without halves of characters."""
    return hostile(rng).encode("utf-8", "ignore").decode()


def _is_formula(cell: str) -> bool:
    return cell.startswith(FORMULA) and not re.fullmatch(r"[-+]?[0-9.]+", cell)


def _exported(model: ExportModel, form: ExportForm) -> Mapping[str, bytes]:
    return {file.name: file.data for file in export_files(model, form)}


def name_one(rng: Random, outcome: Outcome, session: Session | None) -> None:
    """Show a name, hint at it, name a file by it, and store it."""
    text = hostile(rng)
    outcome.tried["names"] += 1
    label = outcome.attempt("label", partial(_label, text))
    if isinstance(label, QLabel):
        outcome.rich += label.textFormat() is not Qt.TextFormat.PlainText
    tip = outcome.attempt("tool tip", lambda: plain_tool_tip(text))
    outcome.rich += not _shows_text(str(tip or ""), text)
    name = str(outcome.attempt("file name", lambda: safe_name(text)))
    outcome.rich += name in {"", ".", ".."} or not re.fullmatch(r"[\w .-]+", name, re.ASCII)
    if session is not None:
        patient = Patient(id=uuid4(), name=text, mrn=uuid4().hex[:8])
        outcome.attempt("patient", lambda: save_patient(session, patient))


def _label(text: str) -> QLabel:
    label = PlainLabel()
    label.setText(text)
    return label


def _shows_text(tip: str, text: str) -> bool:
    """Whether a tool tip, as Qt reads it, is the text and nothing that it could have meant."""
    if not tip:
        return not text
    if not Qt.mightBeRichText(tip) or RICH.search(tip):
        return False
    page = QTextDocument()
    page.setHtml(tip)
    return _letters(page.toPlainText()) == _letters(shown(text))


def _letters(text: str) -> str:
    """Return the text without what a paragraph folds: blanks, breaks, halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(sign for sign in whole if sign.isprintable() and sign not in " \ufffd\ufffc")


def read_files(rng: Random, outcome: Outcome, session: Session, number: int) -> None:
    """Spoil real files at random places and read them with every reader."""
    for seed in range(6):
        store_case(session, rng.randrange(10**6) + seed, mrn=f"{seed}")
    whole = _files(session)
    catalogue = shipped_catalogue()
    readers: dict[str, Callable[[bytes], object]] = {
        "diary": lambda data: read_diary(io.BytesIO(data), catalogue=catalogue),
        "redcap": lambda data: read_redcap(data, catalogue=catalogue),
        "case": read_case,
        "criteria": lambda data: read_criteria(
            data.decode("utf-8", "replace"), file_name="x.toml", catalogue=catalogue
        ),
        "assistant": lambda data: assess(source_of("file", data), answers={}, catalogue=catalogue),
    }
    for _ in range(number):
        kind = rng.choice(sorted(readers))
        original = whole[kind] if kind in whole else rng.choice(sorted(whole.values()))
        outcome.tried["files"] += 1
        outcome.attempt(kind, partial(readers[kind], spoiled(rng, original)))


def _files(session: Session) -> dict[str, bytes]:
    files = {"criteria": resources("criteria/general-50.toml").read_bytes()}
    forms = {"diary": ExportForm.DIARY, "case": ExportForm.CASE, "redcap": ExportForm.REDCAP}
    for name, form in {**forms, "workbook": ExportForm.XLSX}.items():
        made = export_files(export_records(session, ExportRequest(form=form)), form)
        files[name] = made[-1].data
    return files


def spoiled(rng: Random, whole: bytes) -> bytes:
    """Return a file with pieces cut out, doubled, flipped or replaced by hostile text."""
    data = bytearray(whole)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((1, 1, 5, 40, 400)))
        kind = rng.randrange(5)
        if kind == 0:
            del data[at:to]
        elif kind == 1:
            data[at:at] = data[at:to]
        elif kind == 2 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 3:
            data[at:to] = hostile(rng).encode("utf-8", "surrogatepass")
        else:
            data[at:at] = rng.choice(
                (b"\0", b"\xff\xfe", b"9" * 400, b"[" * 400, b"\r", b'"', b"-1e9")
            )
    return bytes(data)


@cache
def _application() -> QApplication:
    """Return the application; labels need one, and it lives as long as the process."""
    return QApplication.instance() or QApplication([])


def run(size: int, seed: int, folder: Path) -> Reached:
    """Try ``size`` texts."""
    _application()
    seen = torture_text(folder, times=size, seed=seed)
    what = ", ".join(f"{number:,} {name}" for name, number in seen.tried.items())
    return Reached(
        text=f"{what}: {len(seen.errors)} uncaught errors, {seen.formulas} formulas,"
        f" {seen.rich} rich text" + "".join(f"; {error}" for error in sorted(set(seen.errors))[:5]),
        held=all(seen.tried.values()) and not (seen.errors or seen.formulas or seen.rich),
    )


PROMISE = Promise(
    name="hostile",
    words="hostile text is only text; parsers do not crash",
    figure="100,000 generated names, files and cells; 0 uncaught errors, 0 formulas, 0 rich text",
    full=100_000,
    short=600,
    run=run,
)
