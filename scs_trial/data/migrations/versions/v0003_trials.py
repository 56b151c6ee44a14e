"""Trials, with candidacy and procedure."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "trial",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("patient_id", sa.String(36), nullable=False),
        sa.Column("trial_start", sa.String(10), nullable=True),
        sa.Column("planned_days", sa.Integer(), nullable=False),
        sa.Column("pain_measure", sa.Text(), nullable=False),
        sa.Column("target_region", sa.Text(), nullable=False),
        sa.Column("other_regions", sa.Text(), nullable=False),
        sa.Column("criteria_id", sa.Text(), nullable=False),
        sa.Column("criteria_version", sa.Text(), nullable=False),
        sa.Column("criteria_text", sa.Text(), nullable=False),
        sa.Column("measures_asked", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column(
            "takes_no_opioids",
            sa.Boolean(create_constraint=True, name=op.f("ck_trial_takes_no_opioids")),
            nullable=False,
        ),
        sa.Column(
            "indication",
            sa.Enum(
                "psps_type_2",
                "psps_type_1",
                "neck_or_arm",
                "crps_1",
                "crps_2",
                "painful_diabetic_neuropathy",
                "small_fibre_neuropathy",
                "post_herpetic_neuralgia",
                "phantom_or_stump_pain",
                "arachnoiditis",
                "peripheral_nerve_injury",
                "angina",
                "limb_ischaemia",
                "other",
                name=op.f("ck_trial_indication"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("prior_treatments", sa.Text(), nullable=False),
        sa.Column("candidacy_pain_months", sa.Integer(), nullable=True),
        sa.Column(
            "candidacy_conservative_care_completed",
            sa.Boolean(create_constraint=True, name=op.f("ck_trial_conservative_care_completed")),
            nullable=True,
        ),
        sa.Column("candidacy_screening_on", sa.String(10), nullable=True),
        sa.Column("candidacy_screening_by", sa.Text(), nullable=False),
        sa.Column("candidacy_imaging", sa.Text(), nullable=False),
        sa.Column("candidacy_team_decision", sa.Text(), nullable=False),
        sa.Column("candidacy_education_on", sa.String(10), nullable=True),
        sa.Column("candidacy_consent_on", sa.String(10), nullable=True),
        sa.Column("candidacy_anticoagulation_plan", sa.Text(), nullable=False),
        sa.Column("candidacy_anticoagulant_hold_on", sa.String(10), nullable=True),
        sa.Column("candidacy_anticoagulant_restart_on", sa.String(10), nullable=True),
        sa.Column("procedure_operator", sa.Text(), nullable=False),
        sa.Column(
            "procedure_lead_kind",
            sa.Enum(
                "percutaneous_temporary",
                "percutaneous_anchored",
                "surgical",
                name=op.f("ck_trial_lead_kind"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("procedure_lead_count", sa.Integer(), nullable=True),
        sa.Column("procedure_contacts_per_lead", sa.Integer(), nullable=True),
        sa.Column("procedure_tip_level", sa.Text(), nullable=False),
        sa.Column(
            "procedure_maker",
            sa.Enum(
                "abbott",
                "boston_scientific",
                "medtronic",
                "nevro",
                "saluda",
                "biotronik",
                "nalu",
                "other",
                name=op.f("ck_trial_maker"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("procedure_stimulator_serial", sa.Text(), nullable=False),
        sa.Column("procedure_antibiotic", sa.Text(), nullable=False),
        sa.Column("procedure_complications", sa.Text(), nullable=False),
        sa.Column("trial_ended", sa.String(10), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "planned",
                "safety",
                "no_benefit",
                "patient_wish",
                "technical",
                "other",
                name=op.f("ck_trial_end_reason"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("lead_removal_planned_at", sa.String(26), nullable=True),
        sa.Column("lead_removed_at", sa.String(26), nullable=True),
        sa.Column(
            "awaiting_diary",
            sa.Boolean(create_constraint=True, name=op.f("ck_trial_awaiting_diary")),
            nullable=False,
        ),
        sa.Column(
            "patient_wish",
            sa.Enum(
                "yes",
                "no",
                "unsure",
                "not_asked",
                name=op.f("ck_trial_patient_wish"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("other_analgesics", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "entered_in_error",
            sa.Boolean(create_constraint=True, name=op.f("ck_trial_entered_in_error")),
            nullable=False,
        ),
        sa.Column(
            "decided",
            sa.Boolean(create_constraint=True, name=op.f("ck_trial_decided")),
            nullable=False,
        ),
        sa.Column(
            "in_work",
            sa.Boolean(create_constraint=True, name=op.f("ck_trial_in_work")),
            nullable=False,
        ),
        sa.Column("over_on", sa.String(10), nullable=True),
        sa.CheckConstraint("planned_days >= 1", name=op.f("ck_trial_planned_days")),
        sa.CheckConstraint(
            "trial_start IS NULL OR length(trial_start) = 10", name=op.f("ck_trial_trial_start")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_trial_version")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_trial_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
    op.create_index(
        "ix_trial_in_work",
        "trial",
        ["trial_start"],
        unique=False,
        sqlite_where=sa.text("in_work = 1"),
    )
    op.create_index(
        "ix_trial_over_on",
        "trial",
        ["over_on"],
        unique=False,
        sqlite_where=sa.text("entered_in_error = 0"),
    )
    op.create_index("ix_trial_patient_id", "trial", ["patient_id", "trial_start"], unique=False)
