"""Pages of many trials in one go: each audited, none lost for another, none overwritten unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import CancelledError, NotFoundError, UserError
from scs_trial.reports.many_pages import PageForm, write_pages
from scs_trial.services.choose_trials import ChosenTrial, TrialState, newest_trials, trials_in
from scs_trial.services.session import Session
from tests.records import make_session
from tests.reports import pdf

NAMES = ("Aalto, Ilse", "Brandt, Jo", "Cruz, Ana")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session on a record with three patients, the last one's trial ended."""
    made = make_session(tmp_path)
    with made.writing() as work:
        for number, name in enumerate(NAMES):
            patient = work.patients.save(Patient(id=uuid4(), name=name, mrn=f"9{number}0001"))
            trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2 + number))
            if number == 2:
                trial = replace(trial, trial_ended=date(2026, 3, 9))
            work.trials.save(trial)
        work.commit()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    return made


def actions(session: Session, patient_id: UUID) -> list[str]:
    with session.reading() as work:
        return [entry.action for entry in work.audit.of_patient(patient_id)]


def test_that_every_page_is_written_and_noted(session: Session, folder: Path) -> None:
    chosen = trials_in(session)
    made = write_pages(session, chosen, folder, form=PageForm())
    assert len(made.written) == 3
    assert (made.failed, made.left) == ((), ())
    told = [" ".join(pdf.texts(path.read_bytes(), folder.parent)) for path in made.written]
    assert all(one.patient.name in words for one, words in zip(chosen, told, strict=True))
    assert all(actions(session, one.patient.id)[:2] == ["export_page", "open"] for one in chosen)


def test_that_no_file_name_tells_of_the_patient(session: Session, folder: Path) -> None:
    made = write_pages(session, trials_in(session), folder, form=PageForm(as_text=True))
    for path in made.written:
        assert path.name.startswith("scs-trial-profile-")
        assert not any(word in path.name for name in NAMES for word in name.split(", "))


def test_that_one_that_fails_loses_no_other(session: Session, folder: Path) -> None:
    first, gone, last = trials_in(session)
    gone = replace(gone, trial=replace(gone.trial, id=uuid4()))
    made = write_pages(session, (first, gone, last), folder, form=PageForm(as_text=True))
    assert len(made.written) == 2
    assert [one.chosen for one in made.failed] == [gone]


def test_that_a_file_is_replaced_only_when_asked(session: Session, folder: Path) -> None:
    chosen, form = trials_in(session), PageForm(as_text=True)
    (path, *_others) = write_pages(session, chosen, folder, form=form).written
    path.write_text("mine")
    again = write_pages(session, chosen, folder, form=form)
    assert again.written == ()
    assert len(again.existing) == 3
    assert path.read_text() == "mine"
    replaced = write_pages(session, again.existing, folder, form=form, overwrite=True)
    assert len(replaced.written) == 3
    assert path.read_text() != "mine"


def test_that_what_was_written_before_a_stop_stays(session: Session, folder: Path) -> None:
    def tell(done: int, total: int) -> None:
        assert total == 3
        if done == 1:
            raise CancelledError

    made = write_pages(session, trials_in(session), folder, form=PageForm(), tell=tell)
    assert (len(made.written), len(made.left)) == (1, 2)
    assert [path.name for path in folder.iterdir()] == [made.written[0].name]


def test_that_private_pages_name_nobody(session: Session, folder: Path) -> None:
    form = PageForm(private=True, with_data=True)
    for path in write_pages(session, trials_in(session), folder, form=form).written:
        words = " ".join(pdf.texts(path.read_bytes(), folder.parent))
        assert not any(word in words for name in NAMES for word in name.split(", "))


def test_that_a_missing_folder_is_refused_before_anything_is_read(
    session: Session, tmp_path: Path
) -> None:
    (one, *_others) = chosen = trials_in(session)
    before = actions(session, one.patient.id)
    with pytest.raises(UserError, match="no such folder"):
        write_pages(session, chosen, tmp_path / "nowhere", form=PageForm())
    assert actions(session, one.patient.id) == before


def states(chosen: list[ChosenTrial]) -> list[TrialState]:
    return [one.state for one in chosen]


def test_that_trials_are_found_by_their_state(session: Session) -> None:
    assert states(list(trials_in(session, (TrialState.RUNNING,)))) == [TrialState.RUNNING] * 2
    (ended,) = trials_in(session, (TrialState.UNDECIDED,))
    assert ended.patient.name == "Cruz, Ana"
    assert trials_in(session, (TrialState.SIGNED,)) == []


def test_that_named_patients_come_in_their_order_and_once(session: Session) -> None:
    chosen = newest_trials(session, ["910001", "900001", "910001"])
    assert [one.patient.mrn for one in chosen] == ["910001", "900001"]


def test_that_an_unknown_number_is_named_by_its_place(session: Session) -> None:
    with pytest.raises(NotFoundError, match="number 2") as caught:
        newest_trials(session, ["900001", "777777"])
    assert "777777" not in str(caught.value)
