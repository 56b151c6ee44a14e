"""What a check of the record finds. Source: the safekeeping design, "Audit and signature" and
"Promises": edits, deletions and re-chains are found up to the last printed anchor."""

from __future__ import annotations

import random

import pytest

from scs_trial.data.audit import NO_DIGEST, digest
from scs_trial.data.rows.audit import AuditRow
from scs_trial.data.rows.base import table
from scs_trial.data.triggers import create_triggers
from scs_trial.domain.anchor import Anchor, read_anchor
from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError, UserError
from scs_trial.paths import resources
from scs_trial.reports.profile_content import profile_content
from scs_trial.services.clinic_settings import save_criteria
from scs_trial.services.verify_record import verify_record
from tests.services.clinic import Clinic
from tests.services.test_sign_decision import correction, sign, trial

__all__ = ["trial"]

AUDIT = table(AuditRow)


def behind_the_guards(clinic: Clinic, *acts) -> None:
    """Change the file as somebody who knows the key could, and put the guards back."""
    with clinic.session.records._engines.writer.connect() as connection, connection.begin():
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).scalars()
        for name in list(names):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        for act in acts:
            act(connection) if callable(act) else connection.exec_driver_sql(act)
        create_triggers(connection)


def chain_anew(connection) -> None:
    """Give every row the digest that a whole chain would have."""
    prev = NO_DIGEST
    for row in connection.execute(AUDIT.select().order_by(AUDIT.c.seq)).all():
        held = row._asdict() | {"prev": prev}
        prev = digest(held)
        connection.execute(
            AUDIT.update().where(AUDIT.c.seq == held["seq"]).values(prev=held["prev"], digest=prev)
        )


def printed(clinic: Clinic, trial) -> Anchor:
    """Return the anchor as it stands at the foot of a page."""
    page = profile_content(clinic.review(trial), printed_at=clinic.clock.now(), printed_by="Anna")
    return read_anchor(page.footer.audit)


def bad(clinic: Clinic, *anchors: Anchor) -> list[str]:
    found = verify_record(clinic.session, anchors=anchors).findings
    return [finding.text.split(":")[0].split(" ")[0] for finding in found if not finding.holds]


def test_that_a_whole_record_holds_with_its_printed_anchor(clinic: Clinic, trial) -> None:
    sign(clinic, trial)
    made = verify_record(clinic.session, anchors=[printed(clinic, trial)])
    assert made.holds, made
    assert len(made.findings) == 6
    assert not bad(clinic)


def test_that_an_anchor_of_another_record_is_not_found(clinic: Clinic, trial) -> None:
    anchor = printed(clinic, trial)
    assert bad(clinic, Anchor(seq=anchor.seq, digits="0" * 16)) == ["Anchor"]
    assert bad(clinic, Anchor(seq=10**9, digits=anchor.digits)) == ["Anchor"]


@pytest.mark.parametrize("text", ["", "12", "12 0a1b", "abcd 0123456789abcdef", "1 " + "0" * 65])
def test_that_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no printed anchor"):
        read_anchor(text)


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("UPDATE patient SET name = 'Somebody Else'", "Content:"),
        ("UPDATE score SET value = '1' WHERE value = '3'", "Content:"),
        ("UPDATE decision SET kind = 'no_implant'", "Content:"),
        ("UPDATE trial SET goals = '[\"other\"]'", "Content:"),
        ("DELETE FROM decision", "Content:"),
        ("UPDATE signature SET signer = 'Somebody Else'", "Content:"),
        ("UPDATE signature SET page = x'00'", "Signatures:"),
        ("UPDATE signature SET content = '{}'", "Signatures:"),
        ("UPDATE audit SET reason = 'other' WHERE seq = 9", "Audit chain: broken at row 9."),
        ("DELETE FROM audit WHERE seq = 9", "Audit chain: broken at row 9."),
        ("UPDATE audit SET actor = 'bo' WHERE seq = 3", "Audit chain: broken at row 3."),
    ],
)
def test_that_a_change_behind_the_guards_is_found(
    clinic: Clinic, trial, act: str, found: str
) -> None:
    sign(clinic, trial)
    behind_the_guards(clinic, act)
    texts = [held.text for held in verify_record(clinic.session).findings if not held.holds]
    assert any(text.startswith(found) for text in texts), texts


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE score SET value = '1' WHERE value = '3' AND revision_id = ("
        "SELECT id FROM check_in_revision WHERE day = '2026-11-17' AND revision = 1)",
        "UPDATE check_in_revision SET note = 'x' WHERE day = '2026-11-17' AND revision = 1",
        "UPDATE check_in_revision SET safety_answers = 7 WHERE revision = 2",
        "DELETE FROM score WHERE revision_id = (SELECT max(id) FROM check_in_revision) - 1",
        "INSERT INTO check_in_revision (check_in_id, revision, trial_id, day, phase, missed,"
        " stimulation_off, program, how_obtained, identity_confirmed, wording_version, asked_by,"
        " asked_at, helped, triggered, note, recorded_at, recorded_by, revised_at, revised_by,"
        " reason, entered_in_error, scores, safety_answers) SELECT check_in_id, 9, trial_id, day,"
        " phase, missed, stimulation_off, program, how_obtained, identity_confirmed,"
        " wording_version, asked_by, asked_at, helped, triggered, note, recorded_at, recorded_by,"
        " revised_at, revised_by, reason, entered_in_error, 0, 0 FROM check_in_revision LIMIT 1",
        "UPDATE check_in SET day = '2026-11-30' WHERE day = '2026-11-17'",
        "UPDATE check_in SET entered_in_error = 1 WHERE day = '2026-11-17'",
        "UPDATE account SET display_name = 'Somebody Else'",
        "UPDATE account SET version = version + 1",
        "UPDATE clinic_settings SET payload = replace(payload, 'Europe/Berlin', 'UTC')",
        "DELETE FROM clinic_settings",
        "UPDATE record_info SET value = 'other' WHERE id = 'created_at'",
        "DELETE FROM record_info",
        "UPDATE criteria_file SET text = text || '#'",
    ],
)
def test_that_a_change_of_what_stood_before_or_of_the_clinic_is_found(
    clinic: Clinic, trial, act: str
) -> None:
    correction(clinic, trial)
    text = resources("criteria/general-50.toml").read_text(encoding="utf-8")
    own = text.replace('id = "general-50"', 'id = "general-50-own"', 1)
    save_criteria(clinic.session, file_name="own.toml", text=own, reason="ours")
    assert not bad(clinic)
    behind_the_guards(clinic, act)
    assert "Content" in bad(clinic)


def test_that_a_guard_that_was_taken_away_is_found(clinic: Clinic, trial) -> None:
    with clinic.session.records._engines.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER tr_signature_delete")
    assert bad(clinic) == ["Guards"]


def test_that_a_row_without_history_is_found(clinic: Clinic, trial) -> None:
    behind_the_guards(
        clinic,
        "INSERT INTO decision SELECT 'feedfeed-0000-4000-8000-000000000000', trial_id, 9, kind,"
        " reason, decider, decided_at, by FROM decision LIMIT 1",
    )
    assert bad(clinic) == ["Content"]


@pytest.mark.parametrize("seed", range(12))
def test_that_random_re_chains_and_cut_tails_show_against_a_printed_anchor(
    clinic: Clinic, trial, seed: int
) -> None:
    chance = random.Random(seed)
    anchor = printed(clinic, trial)
    seq = chance.randint(1, anchor.seq)
    change = chance.choice(
        (
            f"UPDATE audit SET reason = 'another' WHERE seq = {seq}",
            f"UPDATE audit SET actor = 'bo' WHERE seq = {seq}",
            f"UPDATE audit SET new = '{{}}' WHERE seq = {seq}",
            f"DELETE FROM audit WHERE seq >= {seq}",
        )
    )
    behind_the_guards(clinic, change, chain_anew)
    assert "Anchor" in bad(clinic, anchor), change


def test_that_a_signature_is_an_anchor_of_its_own(clinic: Clinic, trial) -> None:
    sign(clinic, trial)
    behind_the_guards(clinic, "UPDATE audit SET reason = 'x' WHERE seq = 3", chain_anew)
    assert "Signatures" in bad(clinic)


def test_that_a_nurse_does_not_check_the_record(clinic: Clinic) -> None:
    with pytest.raises(AccessDeniedError):
        verify_record(clinic.as_role(Role.NURSE))
