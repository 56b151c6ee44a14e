"""A case file goes out of one record and into another one without loss."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_trial.clock import FixedClock
from scs_trial.demo.build import build_demo
from scs_trial.domain.clinic import Role
from scs_trial.domain.signature import (
    Amendment,
    Meaning,
    Signature,
    SignedDocument,
    of_trial,
    sealed,
)
from scs_trial.domain.signature import sha256 as text_digest
from scs_trial.domain.trial import Trial
from scs_trial.errors import AccessDeniedError, InputError, UserError
from scs_trial.exchange import case_file
from scs_trial.exchange.case_file import (
    CASE_LIMIT_BYTES,
    CaseFileError,
    DamagedCaseFileError,
    NewerCaseFileError,
    read_case,
    write_case,
)
from scs_trial.exchange.export_files import export_files
from scs_trial.exchange.export_model import ExportForm
from scs_trial.services.carried import IMPORT_BEGINS, carried_in, signed_elsewhere
from scs_trial.services.export_records import ExportRequest, export_records
from scs_trial.services.import_case import PatientExistsError, import_case
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.session import Session
from scs_trial.services.signed_copy import signed_copy
from scs_trial.services.verify_record import verify_record
from scs_trial.ui.signing.words import state_words
from tests.data import build
from tests.exchange.cases import store_case
from tests.records import CHEAP, make_session

PAGE = b"%PDF-1.7 the page as signed"
SATURDAY = datetime(2026, 11, 21, 9, 41, tzinfo=UTC)
EXAMPLES = int(os.environ.get("SCS_TRIAL_CASE_EXAMPLES", "25"))


def exported(session: Session, mrn: str, **how: Any) -> bytes:
    request = ExportRequest(form=ExportForm.CASE, mrns=(mrn,), **how)
    (file,) = export_files(export_records(session, request), ExportForm.CASE)
    return file.data


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 10**6))
def test_that_export_import_export_gives_the_same_bytes(seed: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        source, target = make_session(Path(one)), make_session(Path(other))
        mrn = store_case(source, seed)
        first = exported(source, mrn)
        assert exported(source, mrn) == first
        patient = import_case(target, read_case(first))
        assert exported(target, mrn) == first
        open_workspace(target, patient.id)
        assert target.records.verify_chain().holds  # type: ignore[attr-defined]
        source.records.close()
        target.records.close()


@pytest.fixture
def source(tmp_path: Path) -> Session:
    (tmp_path / "source").mkdir()
    return make_session(tmp_path / "source")


@pytest.fixture
def target(tmp_path: Path) -> Session:
    (tmp_path / "target").mkdir()
    return make_session(tmp_path / "target")


@pytest.fixture
def data(source: Session) -> bytes:
    return exported(source, store_case(source, 7, mrn="104 882"))


def test_that_a_change_after_the_import_is_in_the_next_trail(data: bytes, target: Session) -> None:
    patient = import_case(target, read_case(data))
    with target.writing() as work:
        work.patients.save(replace(patient, best_time="noon"), reason="asked")
        work.commit()
    before, after = read_case(data).case, read_case(exported(target, "104 882")).case
    assert after.patient.best_time == "noon"
    assert after.trail[:-1] == before.trail
    assert after.trail[-1].reason == "asked"


def test_that_a_known_patient_is_refused_and_nothing_changes(data: bytes, source: Session) -> None:
    with pytest.raises(PatientExistsError, match="nothing was imported"):
        import_case(source, read_case(data))
    assert exported(source, "104 882") == data


def test_that_another_patient_with_the_same_mrn_is_refused(data: bytes, target: Session) -> None:
    store_case(target, 8, mrn="104 882")
    with pytest.raises(PatientExistsError):
        import_case(target, read_case(data))


def test_that_a_copy_is_another_patient_with_the_same_answers(data: bytes, source: Session) -> None:
    copy = import_case(source, read_case(data), copy_as="C-1")
    assert exported(source, "104 882") == data
    held, made = read_case(data).case, read_case(exported(source, "C-1")).case
    assert made.patient.id == copy.id != held.patient.id
    assert {one.trial.id for one in made.trials}.isdisjoint(one.trial.id for one in held.trials)
    assert sum(len(one.check_ins) for one in made.trials) == sum(
        len(one.check_ins) for one in held.trials
    )


def test_that_an_import_is_in_the_audit_trail(data: bytes, target: Session) -> None:
    patient = import_case(target, read_case(data), source="abc")
    with target.reading() as work:
        rows = work.audit.of_patient(patient.id)
    (begins,) = [row for row in rows if row.action == IMPORT_BEGINS]
    assert json.loads(begins.new or "")["source"] == "abc"
    assert any(row.entity == "patient" and row.action == "insert" for row in rows)


def test_that_a_nurse_may_not_import_decisions(data: bytes, tmp_path: Path) -> None:
    nurse = make_session(tmp_path, roles=(Role.NURSE,))
    with pytest.raises(AccessDeniedError, match="import a case file"):
        import_case(nurse, read_case(data))


def changed(data: bytes, edit: Any) -> bytes:
    """Return the file with its case edited and its digest made to fit."""
    whole = json.loads(data)
    edit(whole["case"])
    whole["digest"] = case_file._digest(whole["case"])
    return json.dumps(whole).encode()


def test_that_only_a_newer_format_is_called_newer(data: bytes) -> None:
    whole = json.loads(data) | {"format": 3}
    with pytest.raises(NewerCaseFileError, match="newer program"):
        read_case(json.dumps(whole).encode())
    with pytest.raises(DamagedCaseFileError):
        read_case(json.dumps(whole | {"format": "1"}).encode())


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b"{}", b'{"kind": 1}', b"[" * 100_000]
)
def test_that_what_is_no_case_file_is_said(content: bytes) -> None:
    with pytest.raises(CaseFileError):
        read_case(content)


def test_that_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(CaseFileError, match="32 MB"):
        read_case(b" " * (CASE_LIMIT_BYTES + 1))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_that_a_damaged_file_is_noticed(draw: st.DataObject) -> None:
    whole = _small()
    place = draw.draw(st.integers(0, len(whole) - 1))
    other = draw.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    broken = whole[:place] + bytes([other]) + whole[place + 1 :]
    try:
        held = read_case(broken)
    except CaseFileError:
        return
    assert write_case(held) == whole  # mere white space


@cache
def _small() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        session = make_session(Path(folder))
        data = exported(session, store_case(session, 3))
        session.records.close()
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("patient", "name"), 3),
        (("patient", "name"), "a\u0007b"),
        (("patient", "birth_date"), "1961-4-30"),
        (("patient", "sex"), "unknown"),
        (("patient", "telephones"), "030"),
        (("patient", "id"), "x"),
        (("patient", "more"), 1),
        (("trials",), {}),
        (("events",), [1]),
    ],
)
def test_that_a_value_that_can_not_be_read_is_named_by_its_place(
    data: bytes, path: tuple[str, ...], value: object
) -> None:
    def edit(case: Any) -> None:
        for name in path[:-1]:
            case = case[name]
        case[path[-1]] = value

    with pytest.raises(CaseFileError, match=rf"case\.{path[0]}.*"):
        read_case(changed(data, edit))


def test_that_what_the_record_can_not_hold_is_refused_as_a_whole(
    source: Session, target: Session
) -> None:
    seed = next(n for n in range(100) if _has_scores(source, n))
    data = exported(source, f"T {seed}")

    def out_of_range(case: Any) -> None:
        for trial in case["trials"]:
            for history in trial["check_ins"]:
                for score in history[-1]["values"]:
                    score["value"] = "99999"

    with pytest.raises(InputError, match="Nothing was imported"):
        import_case(target, read_case(changed(data, out_of_range)))

    def other_owner(case: Any) -> None:
        case["trials"][0]["trial"]["patient_id"] = "00000000-0000-4000-8000-000000000000"

    with pytest.raises(InputError, match="another patient"):
        import_case(target, read_case(changed(data, other_owner)))
    with target.reading() as work:
        assert not work.patients.recent()


def _has_scores(session: Session, seed: int) -> bool:
    mrn = store_case(session, seed, mrn=f"T {seed}")
    trials = read_case(exported(session, mrn)).case.trials
    return any(history[-1].values for one in trials for history in one.check_ins)


def test_that_a_made_up_patient_stays_out_of_a_clinics_record(data: bytes, target: Session) -> None:
    whole = json.loads(data) | {"synthetic": True}
    with pytest.raises(UserError, match="made-up"):
        import_case(target, read_case(json.dumps(whole).encode()))


def test_that_a_pseudonymised_case_says_nothing_of_who_it_is(source: Session) -> None:
    with source.writing() as work:
        given = build.patient(name="CANARY NAME", mrn="CANARY MRN", best_time="CANARY")
        patient = work.patients.save(given)
        trial = work.trials.save(build.trial(patient.id, history="CANARY", criteria_text=""))
        work.check_ins.add(build.check_in(trial.id, note="CANARY", helped="CANARY"))
        work.safety.save(build.event(patient.id, trial.id, finding="CANARY", told_who="CANARY"))
        work.commit()
    data = exported(source, "CANARY MRN", pseudonymise=True, shift_dates=True)
    text = data.decode()
    for hidden in ("CANARY", "Pavlou", "Lang", "cefazolin", "1961", 'S-1"', "+49", str(patient.id)):
        assert hidden not in text
    held = read_case(data)
    assert held.pseudonymised
    (made,) = held.case.trials
    assert made.trial.trial_start is not None
    moved = trial.trial_start - made.trial.trial_start
    assert moved.days % 7 == 0
    assert moved.days > 0
    assert made.check_ins[0][0].day == build.check_in(trial.id).day - moved
    assert exported(source, "CANARY MRN", pseudonymise=True, shift_dates=True) == data


def there_and_back(source: Session, mrn: str, target: Session) -> None:
    data = exported(source, mrn)
    import_case(target, read_case(data))
    assert exported(target, mrn) == data


def test_that_check_ins_that_changed_places_and_patients_go_there_and_back(
    source: Session, target: Session
) -> None:
    with source.writing() as work:
        owner, other = (work.patients.save(build.patient(mrn=mrn)) for mrn in ("A", "B"))
        ours = work.trials.save(build.trial(owner.id, criteria_text=""))
        theirs = work.trials.save(build.trial(other.id, criteria_text=""))
        first, second = (date(2026, 3, day) for day in (4, 5))
        one = work.check_ins.add(build.check_in(ours.id, day=first))
        two = work.check_ins.add(build.check_in(ours.id, day=second))
        aside = work.check_ins.revise(replace(one, day=date(2026, 3, 9), reason="aside"))
        work.check_ins.revise(replace(two, day=first, reason="swap"))
        work.check_ins.revise(replace(aside, day=second, reason="swap"))
        strayed = work.check_ins.add(build.check_in(theirs.id, day=date(2026, 3, 7)))
        work.check_ins.revise(replace(strayed, trial_id=ours.id, reason="wrong patient"))
        work.safety.save(build.event(owner.id, theirs.id))
        work.trials.save(replace(theirs, patient_id=owner.id, entered_in_error=True), reason="x")
        work.commit()
    there_and_back(source, "A", target)
    there_and_back(source, "B", target)


def test_that_every_patient_of_the_demo_clinic_goes_there_and_back(
    tmp_path: Path, target: Session
) -> None:
    demo = build_demo(tmp_path / "demo.scs", clock=FixedClock(SATURDAY), cost=CHEAP)
    with target.writing() as work:
        work.settings.set_record_info("demo", "yes")
        work.commit()
    with demo.reading() as work:
        everyone = [patient.mrn for patient in work.patients.recent(limit=100)]
    assert everyone
    for mrn in everyone:
        there_and_back(demo, mrn, target)
    assert target.records.verify_chain().holds  # type: ignore[attr-defined]
    demo.records.close()


def test_that_an_imported_trial_is_judged_as_before(source: Session, target: Session) -> None:
    for seed in range(6):
        mrn = store_case(source, seed, mrn=f"J {seed}")
        import_case(target, read_case(exported(source, mrn)))
        request = ExportRequest(form=ExportForm.LONG, mrns=(mrn,))
        before, after = (export_records(one, request) for one in (source, target))
        assert [one.evaluation for one in before.trials] == [one.evaluation for one in after.trials]


def test_that_the_order_of_study_numbers_tells_nothing_of_the_mrns(source: Session) -> None:
    for number in range(6):
        store_case(source, number, mrn=f"{number}")
    model = export_records(source, ExportRequest(form=ExportForm.CASE, pseudonymise=True))
    numbers = [case.patient.mrn for case in model.cases]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 6


def signed_source(source: Session) -> Trial:
    """Store a trial that was signed twice with an amendment between, and a signed check-in."""
    with source.writing() as work:
        owner = work.patients.save(build.patient(mrn="A"))
        trial = work.trials.save(build.trial(owner.id, criteria_text=""))
        check_in = work.check_ins.add(build.check_in(trial.id))
        for version, meaning in ((1, Meaning.APPROVED), (2, Meaning.AMENDED)):
            work.signatures.add(*signed(source, trial, version=version, meaning=meaning))
        of_day = {"check_in_id": check_in.id, "check_in_revision": 1, "meaning": Meaning.REVIEWED}
        work.signatures.add(*signed(source, trial, version=1, page=b"", **of_day))
        work.signatures.add_amendment(
            Amendment(
                id=uuid4(),
                trial_id=trial.id,
                signature_version=1,
                reason="day 2 was misheard",
                signer="Dr. Lang",
                by=source.account.id,
                at=SATURDAY,
            )
        )
        work.commit()
    return trial


def signed(
    source: Session, trial: Trial, *, page: bytes = PAGE, **fields: Any
) -> tuple[Signature, SignedDocument]:
    content = f'{{"version":{fields["version"]}}}'
    made = sealed(
        Signature(
            id=uuid4(),
            trial_id=trial.id,
            signer="Dr. Lang",
            role="clinician",
            by=source.account.id,
            at=SATURDAY,
            local="2026-11-21T10:41:00+01:00",
            criteria="general-50 1.0",
            content_digest=text_digest(content),
            audit_seq=1,
            audit_digest="0" * 64,
            **fields,
        )
    )
    made = replace(made, page_digest=sha256(page).hexdigest() if page else "")
    return made, SignedDocument(content=content, page=page)


def test_that_signatures_go_there_and_back_and_sign_nothing_here(
    source: Session, target: Session, tmp_path: Path
) -> None:
    trial = signed_source(source)
    there_and_back(source, "A", target)
    case = read_case(exported(target, "A")).case
    assert [one.signature.version for one in case.signatures].count(2) == 1
    assert {one.page for one in case.signatures} == {PAGE, b""}
    assert [amendment.reason for amendment in case.amendments] == ["day 2 was misheard"]
    assert case.trail[-1].entity == "amendment"
    with target.reading() as work:
        assert work.signatures.all() == ()
        elsewhere = signed_elsewhere(work, case.patient.id, trial.id)
    assert [one.signature.signer for one in elsewhere] == ["Dr. Lang"] * 3
    review = open_workspace(target, case.patient.id).review
    assert review is not None
    assert review.signature is None
    assert len(review.signed_elsewhere) == 3
    told = sorted(line.text for line in review.timeline if line.text.startswith("Signed elsewhere"))
    assert told == ["Signed elsewhere: version 1, approved", "Signed elsewhere: version 2, amended"]
    assert "Signed elsewhere by Dr. Lang 21 Nov 2026 10:41, version 2" in state_words(review)
    last = of_trial(review.signed_elsewhere)
    assert last is not None
    assert signed_copy(target, last.id, trial_id=trial.id) == PAGE
    assert all(finding.holds for finding in verify_record(target).findings)
    (tmp_path / "third").mkdir()
    there_and_back(target, "A", make_session(tmp_path / "third"))


def test_that_an_imported_trial_is_changed_and_signed_like_any_other(
    source: Session, target: Session
) -> None:
    trial = signed_source(source)
    import_case(target, read_case(exported(source, "A")))
    save_trial(target, replace(trial, history="changed here"), reason="x")
    with target.writing() as work:
        work.signatures.add(*signed(target, trial, version=1, meaning=Meaning.APPROVED))
        work.commit()
    case = read_case(exported(target, "A")).case
    assert len(case.signatures) == 4


def test_that_a_signature_that_was_tampered_with_is_refused(
    source: Session, target: Session
) -> None:
    signed_source(source)
    data = exported(source, "A")

    def other_signer(case: Any) -> None:
        case["signatures"][0]["signature"]["signer"] = "Dr. Else"

    def other_page(case: Any) -> None:
        (paged, *_) = (one for one in case["signatures"] if one["page"])
        paged["page"] = "JVBERg=="

    def other_trial(case: Any) -> None:
        case["signatures"][0]["signature"]["trial_id"] = "00000000-0000-4000-8000-000000000000"

    for edit, what in (
        (other_signer, "statement"),
        (other_page, "page"),
        (other_trial, "another trial"),
    ):
        with pytest.raises(InputError, match=what):
            import_case(target, read_case(changed(data, edit)))

    def broken(case: Any) -> None:
        case["signatures"][0]["page"] = "no base 64!"

    with pytest.raises(CaseFileError, match=r"signatures\[0\].page"):
        read_case(changed(data, broken))


def test_that_a_copy_and_a_pseudonymised_case_hold_no_signature(source: Session) -> None:
    signed_source(source)
    import_case(source, read_case(exported(source, "A")), copy_as="A 2")
    assert read_case(exported(source, "A 2")).case.signatures == ()
    data = exported(source, "A", pseudonymise=True)
    assert b"Dr. Lang" not in data
    assert read_case(data).case.signatures == ()


def test_that_a_file_of_format_1_is_read(source: Session, target: Session) -> None:
    mrn = store_case(source, 7, mrn="A")
    data = exported(source, mrn)

    def older(case: Any) -> None:
        del case["signatures"], case["amendments"]

    first = json.loads(changed(data, older)) | {"format": 1}
    import_case(target, read_case(json.dumps(first).encode()))
    assert exported(target, mrn) == data
    with pytest.raises(CaseFileError, match="signatures is unknown"):
        read_case(json.dumps(json.loads(data) | {"format": 1}).encode())


def test_that_an_import_by_an_older_program_is_exported(source: Session, target: Session) -> None:
    """Its audit row holds no signatures."""
    import_case(target, read_case(exported(source, store_case(source, 7, mrn="A"))))
    with target.reading() as work:
        patient = work.patients.by_mrn("A")
        assert patient is not None
        (row,) = (r for r in work.audit.of_patient(patient.id) if r.action == IMPORT_BEGINS)
    held = {key: value for key, value in json.loads(row.new).items() if key[0] not in "sa"}
    assert carried_in(replace(row, new=json.dumps(held))).signatures == ()
