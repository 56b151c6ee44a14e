"""The audit trail as CSV: UTF-8, formulas guarded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields

from scs_trial.exchange.diary_cells import guarded
from scs_trial.services.audit_view import AuditLine

COLUMNS = tuple(field.name for field in fields(AuditLine))


def audit_csv(lines: Iterable[AuditLine]) -> str:
    """Return the rows as CSV text with a head; times are clinic-local."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        cells = (getattr(line, name) for name in COLUMNS)
        writer.writerow([guarded(str(cell)) for cell in cells])
    return out.getvalue()
