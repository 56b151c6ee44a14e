"""Shortcuts: look at a file, import it into a clinic's record, read back what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Phase
from scs_trial.domain.trial import Trial
from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.exchange.assistant.prepared import Prepared, Profile
from scs_trial.exchange.assistant.source import read_source, source_of
from scs_trial.services.import_types import ImportDone
from scs_trial.services.run_import import look_at_file, run_import
from tests.services.clinic import Clinic


def look(
    clinic: Clinic, path: Path, answers: Mapping[str, str], profile: Profile | None = None
) -> Assessment:
    """Return what the engine says of a file."""
    return look_at_file(clinic.session, read_source(path), answers=answers, profile=profile)


def look_at_text(
    clinic: Clinic, text: str | bytes, answers: Mapping[str, str], profile: Profile | None = None
) -> Assessment:
    """Return what the engine says of a made-up file."""
    data = text.encode() if isinstance(text, str) else text
    source = source_of("made up.csv", data)
    return look_at_file(clinic.session, source, answers=answers, profile=profile)


def open_ids(found: Assessment) -> list[str]:
    """Return the ids of the open questions."""
    return [question.id for question in found.open_questions]


def ready(found: Assessment) -> Prepared:
    """Return what was prepared; nothing may be open."""
    assert found.problems == ()
    assert open_ids(found) == []
    assert found.prepared is not None
    return found.prepared


def bring(
    clinic: Clinic, path: Path, answers: Mapping[str, str], **options: bool
) -> tuple[Prepared, ImportDone]:
    """Import a file."""
    prepared = ready(look(clinic, path, answers))
    return prepared, run_import(clinic.session, prepared, **options)


def trials_of(clinic: Clinic, mrn: str) -> dict[date, Trial]:
    """Return a patient's live trials by placement date."""
    with clinic.session.reading() as work:
        patient = work.patients.by_mrn(mrn)
        assert patient is not None
        trials = work.trials.of_patient(patient.id)
    return {trial.trial_start: trial for trial in trials if trial.trial_start is not None}


def stored_days(clinic: Clinic, mrn: str, start: date) -> dict[tuple[date, Phase], CheckIn]:
    """Return the check-ins that the record holds of a trial."""
    trial = trials_of(clinic, mrn)[start]
    return {(one.day, one.phase): one for one in stored(clinic, trial.id)}


def stored(clinic: Clinic, trial_id: UUID) -> tuple[CheckIn, ...]:
    """Return the live check-ins of a trial."""
    with clinic.session.reading() as work:
        return tuple(work.check_ins.of_trial(trial_id))


def values(held: Mapping[tuple[date, Phase], CheckIn]) -> dict[date, dict[str, Decimal]]:
    """Return the values by day and column name."""
    return {
        day: {str(series): value for series, value in one.values.items()}
        for (day, _), one in held.items()
    }
