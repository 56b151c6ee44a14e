"""The workbook as a spreadsheet program opens it: no cell turns into a formula there either."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from scs_trial.exchange.workbook import write_workbook
from tests.exchange.test_workbook import TEXTS, model_of

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is absent")


def converted(data: bytes, folder: Path, kind: str) -> bytes:
    """Return a workbook as LibreOffice opens and saves it."""
    source = folder / "book.xlsx"
    source.write_bytes(data)
    home = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    words = [str(SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'lo').as_uri()}"]
    words += ["--convert-to", kind, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(words, env=home, check=True, capture_output=True, timeout=120)
    (made,) = (folder / "out").iterdir()
    return made.read_bytes()


@needs_libreoffice
def test_that_libreoffice_sees_texts_and_no_formula(tmp_path: Path) -> None:
    hostile = [text for text in TEXTS if text.strip() and text.isprintable()]
    hostile += ["=1+1", '=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C x'!A0"]
    data = write_workbook(model_of(hostile, patient="=1+1"))
    (tmp_path / "a").mkdir()
    content = zipfile.ZipFile(io.BytesIO(converted(data, tmp_path / "a", "ods"))).read(
        "content.xml"
    )
    assert b"table:formula" not in content
    (tmp_path / "b").mkdir()
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    rows = list(csv.reader(io.StringIO(converted(data, tmp_path / "b", kind).decode())))
    notes = {row[rows[0].index("note")] for row in rows[1:]}
    assert {text for text in hostile if text.startswith(("=", "+", "-", "@"))} <= notes
