"""A trial whose every text holds what a test says, stored through the services alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.domain.trial import (
    Candidacy,
    DecisionKind,
    FollowUp,
    Indication,
    MedicationEntry,
    PriorTreatment,
    Procedure,
    ProgramChange,
    TreatmentKind,
    Trial,
)
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.end_trial import EndTrial, end_trial
from scs_trial.services.keep_draft import keep_draft
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, correct_check_in, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.report_safety import (
    ReportSafetyEvent,
    acknowledge_event,
    record_told,
    report_safety_event,
    resolve_event,
)
from scs_trial.services.trial_notes import (
    change_program,
    record_decision,
    record_follow_up,
    record_medication,
)

LINE = 200
"""Characters that a single line may have."""
PLACED_BEFORE = 5


def settings(words, zone):
    """Return settings whose texts are the words."""
    item = SafetyItem(
        id="weakness",
        question=words("question")[:LINE],
        finding=words("finding")[:LINE],
        urgency=Urgency.EMERGENCY,
        says=words("says"),
        instruction=words("instruction"),
        number=words("number")[:LINE],
    )
    safety = SafetyList(version="1", items=(item,), approved_by=words("approver")[:LINE])
    return ClinicSettings(
        zone=zone,
        clinic_name=words("clinic"),
        address=words("address"),
        telephone=words("clinic telephone"),
        safety=safety,
    )


def set_up(session, words, *, number, placed):
    """Store a patient and a trial."""
    patient = save_patient(
        session,
        Patient(
            id=uuid4(),
            name=words("name")[:LINE],
            mrn=f"{words('mrn')[: LINE - 2]} {number}",
            birth_date=date(1960, 3, 4),
            telephones=(words("telephone"),),
            best_time=words("best time"),
            who_may_answer=words("who may answer"),
            language=words("language"),
            communication_needs=words("needs"),
        ),
    )
    return save_trial(
        session,
        Trial(
            id=uuid4(),
            patient_id=patient.id,
            trial_start=placed,
            target_region=words("target region")[: LINE - 2],
            other_regions=(words("other region")[: LINE - 2] + " 2",),
            goals=(words("goal"),),
            measures_asked=("pain_average", "pain_worst"),
            indication=Indication.CRPS_1,
            history=words("history"),
            prior_treatments=(
                PriorTreatment(
                    kind=TreatmentKind.SURGERY,
                    from_when=words("from"),
                    to_when=words("to"),
                    result=words("result"),
                ),
            ),
            candidacy=Candidacy(
                screening_by=words("screener"),
                imaging=words("imaging"),
                team_decision=words("team"),
                anticoagulation_plan=words("plan"),
            ),
            procedure=Procedure(
                operator=words("operator"),
                tip_level=words("tip"),
                stimulator_serial=words("serial"),
                antibiotic=words("antibiotic"),
                complications=words("complications"),
            ),
        ),
    )


def answers(session, trial, words, *, first=-3, last=4):
    """Store check-ins of some days, the newest corrected."""
    pain, leg = Series("pain_average"), Series("pain_average", trial.other_regions[0])
    stored = command = None
    for number in range(first, last + 1):
        if number == 0:
            continue
        command = RecordCheckIn(
            id=uuid4(),
            trial_id=trial.id,
            day=trial.trial_start + timedelta(days=number),
            phase=Phase.BASELINE if number < 0 else Phase.TRIAL,
            values={pain: Decimal(8 if number < 0 else 4), leg: Decimal(6)},
            program=words("program") if number > 0 else None,
            how_obtained=HowObtained.PHONE,
            helped=words("helped"),
            triggered=words("triggered"),
            note=words("note"),
        )
        stored = record_check_in(session, command)
    corrected = replace(command, values={pain: Decimal(3), leg: Decimal(6)})
    correct_check_in(session, corrected, revision=stored.revision, reason=words("reason"))


def ledgers(session, trial, words):
    """Store a program, an opioid and a draft."""
    change_program(
        session,
        ProgramChange(
            id=uuid4(),
            trial_id=trial.id,
            from_when=datetime.combine(trial.trial_start, datetime.min.time()),
            by=words("by"),
            name=words("program"),
            waveform=words("waveform"),
            reason=words("program reason"),
        ),
    )
    record_medication(
        session,
        MedicationEntry(
            id=uuid4(),
            trial_id=trial.id,
            drug=words("drug"),
            amount=Decimal(10),
            from_day=trial.trial_start,
            note=words("medication note"),
        ),
    )
    keep_draft(session, key="note", patient_id=trial.patient_id, payload=words("draft"))


def event(session, trial, words, *, resolved):
    """Store a safety event, told and acknowledged."""
    stored = report_safety_event(
        session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=trial.patient_id,
            trial_id=trial.id,
            item_id="weakness",
            description=words("description"),
            check_in_day=trial.trial_start + timedelta(days=1),
        ),
    )
    record_told(session, stored.id, who=words("told"))
    acknowledge_event(session, stored.id)
    if resolved:
        resolve_event(session, stored.id, resolution=words("resolution"))


def end(session, trial, words):
    """End a trial, decide, and store what followed."""
    with session.reading() as work:
        version = work.trials.get(trial.id).version
    end_trial(
        session,
        EndTrial(
            trial_id=trial.id,
            version=version,
            last_full_day=trial.trial_start + timedelta(days=4),
            reason=EndReason.PLANNED,
        ),
    )
    record_decision(
        session, trial.id, kind=DecisionKind.NO_IMPLANT, reason=words("decision reason")
    )
    record_follow_up(
        session,
        FollowUp(
            id=uuid4(),
            trial_id=trial.id,
            month=1,
            seen_on=trial.trial_start + timedelta(days=4),
            outcome=words("outcome"),
            by=session.account.id,
            at=session.clock.now(),
        ),
    )


def fill(session, words):
    """Store patients of one name: running with an open emergency, ended, and just begun."""
    save_settings(session, settings(words, session.zone().key), reason=words("settings reason"))
    today = session.clock.today(session.zone())
    trials = []
    for number in (1, 2):
        trial = set_up(session, words, number=number, placed=today - timedelta(days=PLACED_BEFORE))
        answers(session, trial, words)
        ledgers(session, trial, words)
        event(session, trial, words, resolved=number == 2)
        trials.append(trial)
    end(session, trials[1], words)
    set_up(session, words, number=3, placed=today)
    return trials
