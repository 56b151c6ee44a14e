"""Bring diaries from a file into the record: all of them in one transaction, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import uuid4

from scs_trial.domain.backups import BackupReason
from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import ConfirmationAnswer, Trial
from scs_trial.errors import FieldError, InputError
from scs_trial.services.authorize import Action, allowed, authorize
from scs_trial.services.check_in_rules import day_faults
from scs_trial.services.criteria_of import fix_rules, is_fixed
from scs_trial.services.diary_of import latest_answers
from scs_trial.services.import_merge import merge_trial, same_check_in
from scs_trial.services.live import refuse_signed
from scs_trial.services.local_time import local_today, to_instant, zone_of
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.register_patient import patient_faults
from scs_trial.services.safekeeping import secure
from scs_trial.services.session import Session
from scs_trial.services.tell import Steps, Tell, untold
from scs_trial.services.validation import MAX_WORDS, one_line, text_faults, value_faults

NAME_MARK = " (imported)"
"""Stands behind a patient text that a file gave in place of a name."""
REASON = "diary file imported"
Place = tuple[date, Phase]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryToImport:
    """One trial of a file. ``rows`` names the file's row of each check-in, for faults."""

    patient: str
    diary: Diary
    rows: Mapping[Place, int] = field(default_factory=dict)


class Imported(StrEnum):
    """What an import counts."""

    NEW_PATIENTS = "new patients"
    NEW_TRIALS = "new trials"
    CHANGED_TRIALS = "changed trials"
    NEW_CHECK_INS = "new check-ins"
    UNCHANGED = "unchanged check-ins"
    EMPTY = "days without an answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was imported."""

    counts: Mapping[Imported, int]

    def count(self, what: Imported) -> int:
        """Return one count."""
        return self.counts.get(what, 0)


@allowed(Action.IMPORT_DIARY)
def import_diaries(
    session: Session,
    diaries: Sequence[DiaryToImport],
    *,
    criteria_id: str | None = None,
    source: str = "",
    tell: Tell = untold,
) -> ImportResult:
    """Import diaries in one transaction.

    A patient is known by MRN, a trial by its placement date, a check-in by day and phase. What is
    in the record and says the same stays as it is; values are stored exactly as they were written.

    Parameters
    ----------
    diaries
        Trials of one file.
    criteria_id
        Criteria of new trials; the clinic's default where it is None.
    source
        Digest of the file, for the audit.
    tell
        Told of each trial; what it raises ends the import, and nothing of it stays.

    Raises
    ------
    InputError
        Every fault with its row; nothing was imported then.
    AccessDeniedError
        The file answers confirmations and the account is no clinician's.
    """
    if any(entry.diary.confirmations for entry in diaries):
        authorize(session.account, Action.CONFIRM)
    secure(session, BackupReason.IMPORT)
    with session.writing() as work:
        run = _Import(session, work, criteria_id)
        for entry in Steps(tell, len(diaries)).each(diaries):
            run.take(entry)
        if run.faults:
            raise InputError(run.faults, "Nothing was imported.")
        counts = {what: run.counts[what] for what in Imported}
        work.audit.note(
            "import",
            entity="diary_file",
            entity_id=source,
            new={str(what): number for what, number in counts.items()},
        )
        work.commit()
    return ImportResult(counts=counts)


class _Import:
    """One import within its unit of work; collects faults instead of stopping at the first."""

    def __init__(self, session: Session, work: UnitOfWork, criteria_id: str | None) -> None:
        settings = work.settings.get()
        self._session = session
        self._work = work
        self._criteria_id = criteria_id or settings.default_criteria
        self._zone = zone_of(settings)
        self._today = local_today(session.clock, settings)
        self._patients: dict[str, Patient] = {}
        self.counts: Counter[Imported] = Counter()
        self.faults: list[FieldError] = []

    def take(self, entry: DiaryToImport) -> None:
        """Import one trial, or note why it can't be."""
        first_row = min(entry.rows.values(), default=0)
        patient = self._patient(entry.patient, first_row)
        if patient is None:
            return
        before = self._existing(patient, entry.diary.trial_start)
        trial, clashes = merge_trial(before, entry.diary, new=self._new_trial(patient, entry.diary))
        self._fault(first_row, clashes)
        there = () if before is None else self._work.check_ins.of_trial(before.id)
        new = list(self._new_check_ins(entry, trial, {(one.day, one.phase): one for one in there}))
        if self.faults:
            return
        if not is_fixed(trial) and any(
            one.values and one.phase is Phase.TRIAL for one in (*new, *there)
        ):
            trial = fix_rules(self._session, trial)
        if before is not None and (new or trial != before):
            refuse_signed(self._work, before.id)
        if trial != before:
            trial = self._work.trials.save(trial, reason=REASON)
            self.counts[Imported.NEW_TRIALS if before is None else Imported.CHANGED_TRIALS] += 1
        for check_in in new:
            self._work.check_ins.add(check_in)
        self.counts[Imported.NEW_CHECK_INS] += len(new)
        self._confirm(trial, entry.diary.confirmations)

    def _patient(self, text: str, row: int) -> Patient | None:
        """Return the patient whose MRN the text is, else a new one; its name is not known."""
        mrn = one_line(text)
        known = self._patients.get(mrn) or self._work.patients.by_mrn(mrn)
        if known is None:
            made = Patient(id=uuid4(), name=mrn + NAME_MARK, mrn=mrn)
            faults = patient_faults(made, today=self._today)
            self._fault(row, [str(fault) for fault in faults])
            if faults:
                return None
            known = self._work.patients.save(made, reason=REASON)
            self.counts[Imported.NEW_PATIENTS] += 1
        self._patients[mrn] = known
        return known

    def _existing(self, patient: Patient, start: date) -> Trial | None:
        trials = self._work.trials.of_patient(patient.id)
        return next((trial for trial in trials if trial.trial_start == start), None)

    def _new_trial(self, patient: Patient, diary: Diary) -> Trial:
        return Trial(
            id=uuid4(),
            patient_id=patient.id,
            trial_start=diary.trial_start,
            criteria_id=self._criteria_id,
        )

    def _new_check_ins(
        self, entry: DiaryToImport, trial: Trial, there: Mapping[Place, CheckIn]
    ) -> Iterable[CheckIn]:
        for day in entry.diary.days:
            place = (day.day, day.phase)
            row = entry.rows.get(place, 0)
            if _says_nothing(day):
                self.counts[Imported.EMPTY] += 1
                continue
            self._fault(row, self._day_faults(day, trial))
            made = self._check_in(day, trial)
            stored = there.get(place)
            if stored is None:
                yield made
            elif same_check_in(stored, made):
                self.counts[Imported.UNCHANGED] += 1
            else:
                self._fault(row, ["The record holds other answers of this day."])

    def _day_faults(self, day: DiaryDay, trial: Trial) -> list[str]:
        open_trial = replace(trial, lead_removed_at=None)
        faults = day_faults(open_trial, day=day.day, phase=day.phase, today=self._today)
        faults += value_faults(day.values, self._session.catalogue, trial.other_regions)
        faults += text_faults("note", day.note or "", limit=MAX_WORDS, lines=True)
        faults += text_faults("program", day.program or "")
        return [str(fault) for fault in faults]

    def _check_in(self, day: DiaryDay, trial: Trial) -> CheckIn:
        at = day.recorded_at
        return CheckIn(
            id=uuid4(),
            trial_id=trial.id,
            day=day.day,
            phase=day.phase,
            values=dict(day.values),
            missed=day.missed,
            stimulation_off=day.stimulation_off,
            program=day.program,
            how_obtained=None if day.missed else HowObtained.IMPORT,
            note=day.note or "",
            recorded_at=None if at is None else to_instant(at, self._zone),
            recorded_by=self._session.account.id,
        )

    def _confirm(self, trial: Trial, answers: Mapping[str, bool]) -> None:
        held = latest_answers(self._work.notes.confirmations([trial.id]).get(trial.id, ()))
        for name, answer in answers.items():
            if held.get(name) is not answer:
                refuse_signed(self._work, trial.id)
                self._work.notes.add_confirmation(
                    ConfirmationAnswer(
                        trial_id=trial.id,
                        name=name,
                        answer=answer,
                        by=self._session.account.id,
                        at=self._session.clock.now(),
                        note=REASON,
                    )
                )

    def _fault(self, row: int, reasons: Iterable[str]) -> None:
        place = f"row {row}" if row else "file"
        self.faults += [FieldError(place, reason) for reason in reasons]


def _says_nothing(day: DiaryDay) -> bool:
    return not (day.values or day.missed or day.stimulation_off or day.program or day.note)
