"""Searching and exporting the audit trail. Source: the safekeeping design, audit."""

from __future__ import annotations

import csv
import io
from datetime import date
from uuid import uuid4

import pytest

from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError
from scs_trial.exchange.audit_csv import COLUMNS, audit_csv
from scs_trial.services.audit_view import AuditSearch, export_audit, search_audit
from scs_trial.services.review_trial import open_workspace
from tests.services.clinic import Clinic


def test_that_rows_are_found_by_patient_actor_action_and_day(clinic: Clinic) -> None:
    one = clinic.patient("Okafor, Grace", mrn="104 882")
    other = clinic.patient("Lindqvist, Per", mrn="7")
    clinic.at("2026-11-17T00:30")
    open_workspace(clinic.session, one.id)
    open_workspace(clinic.session, other.id)

    def found(**given):
        lines = search_audit(clinic.session, AuditSearch(**given))
        return [(line.action, line.patient) for line in lines]

    assert found(patient="okafor") == [
        ("open", "Okafor, Grace · 104 882"),
        ("insert", "Okafor, Grace · 104 882"),
    ]
    assert found(patient="104 882", action="OPEN") == [("open", "Okafor, Grace · 104 882")]
    assert len(found(action="open")) == 2
    assert len(found(first=date(2026, 11, 17))) == 2
    assert len(found(first=date(2026, 11, 17), last=date(2026, 11, 17))) == 2
    assert found(first=date(2026, 11, 18)) == []
    assert found(actor="nobody") == []
    assert found(patient="nobody") == []
    assert found(action="%") == []
    assert next(line.at.isoformat() for line in search_audit(clinic.session, AuditSearch())) == (
        "2026-11-17T00:30:00"
    )


def test_that_an_administrator_sees_who_did_what_but_nothing_clinical(clinic: Clinic) -> None:
    clinic.patient("Okafor, Grace", mrn="104 882")
    session = clinic.as_role(Role.ADMINISTRATOR)
    (line,) = search_audit(session, AuditSearch(patient="104 882"))
    assert (line.patient, line.old, line.new) == ("104 882", "", "")
    assert search_audit(session, AuditSearch(patient="okafor")) == ()


def test_that_a_nurse_does_not_read_the_trail(clinic: Clinic) -> None:
    with pytest.raises(AccessDeniedError):
        search_audit(clinic.as_role(Role.NURSE), AuditSearch())


def test_that_an_export_is_safe_for_a_spreadsheet_and_noted(clinic: Clinic) -> None:
    clinic.patient("=cmd|' /C calc'!A0", mrn=uuid4().hex[:8])
    rows = list(csv.reader(io.StringIO(audit_csv(export_audit(clinic.session, AuditSearch())))))
    assert tuple(rows[0]) == COLUMNS
    assert any(cell.startswith("'=cmd") for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    (line,) = search_audit(clinic.session, AuditSearch(action="export_audit"))
    assert line.entity == "audit"
