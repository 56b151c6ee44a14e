"""Made-up (synthetic) files in the shapes of real exports, imported into a real encrypted record.

They run everywhere; the real files are not ours to ship (`test_import_real_files`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scs_trial.domain.diary import Phase
from scs_trial.exchange.assistant.source import source_of
from scs_trial.services.run_import import dry_run, look_at_file, run_import
from tests.exchange.assistant.engine import workbook
from tests.services.clinic import Clinic
from tests.services.importing import (
    look_at_text,
    open_ids,
    ready,
    stored_days,
    values,
)

SPANISH = (
    "Marca temporal;Número de Historia;Número de sesión;¿Cuánto dolor?;Índice\r\n"
    "01/05/2021 12:36;SINT_1;Primera sesión;8;6,66\r\n"
    "01/11/2021 11:34;SINT_2;Primera sesión;7,5;#¡DIV/0!\r\n"
    "1/13/2021 16:25:06;SINT_1;Final;4;3,33\r\n"
    "02/01/2021 10:00;SINT_2;Final;3,5;0\r\n"
    "2/15/2021 09:00:00;SINT_1;Final;3;1,25\r\n"
).encode("latin-1")
SPANISH_ANSWERS = {
    "encoding": "latin-1",
    "role:¿Cuánto dolor?": "pain_average",
    "scale:¿Cuánto dolor?": "nrs_0_10",
    "phase:Primera sesión": "baseline",
    "phase:Final": "trial",
    "trial_start": "first_baseline",
}


def pains(clinic: Clinic, mrn: str, start: date) -> dict[date, str]:
    held = values(stored_days(clinic, mrn, start))
    return {day: str(next(iter(said.values()))) for day, said in held.items()}


def test_that_a_clinics_spanish_export_is_read_month_first(clinic: Clinic) -> None:
    found = look_at_text(clinic, SPANISH, SPANISH_ANSWERS)
    settled = {finding.id: finding for finding in found.findings}
    assert settled["date_order:Marca temporal"].value == "mdy"
    assert "0 of 5 are no day, 0 steps" in settled["date_order:Marca temporal"].why
    run_import(clinic.session, ready(found))
    assert pains(clinic, "SINT_1", date(2021, 1, 5)) == {
        date(2021, 1, 5): "8",
        date(2021, 1, 13): "4",
        date(2021, 2, 15): "3",
    }
    assert pains(clinic, "SINT_2", date(2021, 1, 11)) == {
        date(2021, 1, 11): "7.5",
        date(2021, 2, 1): "3.5",
    }


def test_that_an_error_cell_of_a_column_that_is_taken_is_rejected(clinic: Clinic) -> None:
    answers = {**SPANISH_ANSWERS, "role:Índice": "note"}
    tried = dry_run(clinic.session, ready(look_at_text(clinic, SPANISH, answers)))
    assert [(one.row, one.column, one.value) for one in tried.rejected[:1]] == [
        (3, "Índice", "#¡DIV/0!")
    ]


APP = (
    "name,startday,startmonth,startyear,intensity,date\n"
    '"Knee Pain",2,5,2018,3,"2018-05-02 08:00:00"\n'
    '"Knee Pain",2,5,2018,3.4,"2018-05-02 20:00:00"\nhappiness,2,5,2018,6,"2018-05-02 20:01:00"\n'
    '"Knee Pain",4,5,2018,1.5,"2018-05-05 01:00:00"\n'
)
APP_ANSWERS = {
    "role:name": "item",
    "role:intensity": "value",
    "role:date": "recorded_at",
    "item:Knee Pain": "pain_average",
    "item:happiness": "ignore",
    "patient": "SINT_3",
    "trial_start": "2018-05-03",
}


def test_that_an_apps_own_scale_is_refused_as_nrs_and_kept_as_words(clinic: Clinic) -> None:
    refused = look_at_text(clinic, APP, {**APP_ANSWERS, "scale:Knee Pain": "other"})
    assert "scale:Knee Pain" in open_ids(refused)
    assert refused.prepared is None
    found = look_at_text(clinic, APP, {**APP_ANSWERS, "scale:Knee Pain": "note"})
    run_import(clinic.session, ready(found))
    held = stored_days(clinic, "SINT_3", date(2018, 5, 3))
    assert {place: one.note.splitlines() for place, one in held.items()} == {
        (date(2018, 5, 2), Phase.BASELINE): [
            "Knee Pain: 3 (the file's own scale)",
            "Knee Pain: 3.4 (the file's own scale)",
        ],
        (date(2018, 5, 4), Phase.TRIAL): ["Knee Pain: 1.5 (the file's own scale)"],
    }


def test_that_several_rows_of_a_day_have_their_mean_when_chosen(clinic: Clinic) -> None:
    answers = {**APP_ANSWERS, "scale:Knee Pain": "nrs_0_10"}
    assert open_ids(look_at_text(clinic, APP, answers)) == ["several"]
    found = look_at_text(clinic, APP, {**answers, "several": "mean"})
    run_import(clinic.session, ready(found))
    assert pains(clinic, "SINT_3", date(2018, 5, 3)) == {
        date(2018, 5, 2): "3.2",
        date(2018, 5, 4): "1.5",
    }


DITTO = (
    "No value = as above for:,,,region,side and,intensity\nyear,month,day,region,side,intensity\n"
    "2015,12,31,Knees,,5.7\n,,,Hands,,3\n2016,1,1,Knees,,4\n,,2,Knees,,3\n,,,Hands,,2.5\n"
)


def test_that_ditto_blanks_are_filled_when_chosen(clinic: Clinic) -> None:
    answers = {
        "role:day": "day",
        "role:region": "item",
        "role:intensity": "value",
        "item:Knees": "pain_average",
        "item:Hands": "pain_average[hands]",
        "scale:Knees": "nrs_0_10",
        "scale:Hands": "nrs_0_10",
        "patient": "SINT_4",
        "trial_start": "2016-01-01",
        "placement_day": "trial",
    }
    assert "blanks:date" in open_ids(look_at_text(clinic, DITTO, answers))
    found = look_at_text(clinic, DITTO, {**answers, "blanks:date": "above"})
    run_import(clinic.session, ready(found))
    assert values(stored_days(clinic, "SINT_4", date(2016, 1, 1))) == {
        date(2015, 12, 31): {"pain_average": Decimal("5.7"), "pain_average[hands]": Decimal(3)},
        date(2016, 1, 1): {"pain_average": Decimal(4)},
        date(2016, 1, 2): {"pain_average": Decimal(3), "pain_average[hands]": Decimal("2.5")},
    }


def test_that_a_step_counters_month_is_read_with_its_thousands(clinic: Clinic) -> None:
    text = (
        'Activities\nDate,Calories,Steps,Distance\n"30-11-2016","2,400","7,696","5.72"\n'
        '"01-12-2016","1,961","2,567","1.91"\n'
    )
    answers = {
        "scale:Steps": "as_recorded",
        "patient": "SINT_5",
        "trial_start": "2016-12-01",
        "placement_day": "trial",
    }
    run_import(clinic.session, ready(look_at_text(clinic, text, answers)))
    assert pains(clinic, "SINT_5", date(2016, 12, 1)) == {
        date(2016, 11, 30): "7696",
        date(2016, 12, 1): "2567",
    }


def test_that_a_wide_file_with_cr_alone_is_read_group_by_group(clinic: Clinic) -> None:
    text = "ID,Period,Before,After\rS6,1,8,5\rS7,1,10,10\rS6,2,7,2.5\r"
    answers = {
        "role:Period": "keep",
        "keep:Period": "2",
        "role:Before": "pain_average@baseline:1",
        "role:After": "pain_average@trial:42",
        "scale:pain_average": "nrs_0_10",
        "trial_start": "2020-03-01",
        "day_one": "day_after",
        "baseline_end": "day_before",
    }
    run_import(clinic.session, ready(look_at_text(clinic, text, answers)))
    assert pains(clinic, "S6", date(2020, 3, 1)) == {
        date(2020, 2, 29): "7",
        date(2020, 4, 12): "2.5",
    }


def test_that_a_workbook_on_a_ten_centimetre_line_is_kept_in_millimetres(clinic: Clinic) -> None:
    data = workbook(
        ["patient", "phase", "day", "vas_0_10"],
        ["S8", "baseline", 1, 6.859999999999999],
        ["S8", "followup", 1, 4.5],
        ["S8", "followup", 2, None],
    )
    answers = {
        "role:day": "day_number",
        "role:vas_0_10": "pain_vas",
        "scale:vas_0_10": "vas_0_10",
        "phase:followup": "trial",
        "trial_start": "2020-03-01",
        "day_one": "day_after",
        "baseline_end": "day_before",
    }
    found = look_at_file(clinic.session, source_of("made up.xlsx", data), answers=answers)
    run_import(clinic.session, ready(found))
    assert pains(clinic, "S8", date(2020, 3, 1)) == {
        date(2020, 2, 29): "68.59999999999999",
        date(2020, 3, 2): "45",
    }
