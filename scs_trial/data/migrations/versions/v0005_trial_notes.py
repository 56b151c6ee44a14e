"""Calls, programs, medication, confirmations, decisions, follow-up."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "call",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("about_day", sa.String(10), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "reached",
                "no_answer",
                "message_left",
                "call_back",
                name=op.f("ck_call_outcome"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("call_back_at", sa.String(27), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_call_trial_id_trial")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index("ix_call_trial_id", "call", ["trial_id", "at"], unique=False)
    op.create_table(
        "program_change",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("from_when", sa.String(26), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("waveform", sa.Text(), nullable=False),
        sa.Column("amplitude", sa.String(60), nullable=True),
        sa.Column("amplitude_unit", sa.Text(), nullable=False),
        sa.Column("pulse_width_us", sa.String(60), nullable=True),
        sa.Column("frequency_hz", sa.String(60), nullable=True),
        sa.Column(
            "paresthesia",
            sa.Boolean(create_constraint=True, name=op.f("ck_program_change_paresthesia")),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_program_change_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_change")),
    )
    op.create_index(
        "ix_program_change_trial_id", "program_change", ["trial_id", "from_when"], unique=False
    )
    op.create_table(
        "medication",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("amount", sa.String(60), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("from_day", sa.String(10), nullable=False),
        sa.Column("to_day", sa.String(10), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_medication_version")),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_medication_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medication")),
    )
    op.create_index("ix_medication_trial_id", "medication", ["trial_id", "from_day"], unique=False)
    op.create_table(
        "confirmation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Boolean(create_constraint=True, name=op.f("ck_confirmation_answer")),
            nullable=False,
        ),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_confirmation_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index("ix_confirmation_trial_id", "confirmation", ["trial_id", "seq"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "permanent_implant",
                "no_implant",
                "extend",
                "repeat",
                "other_target",
                "targeted_drug_delivery",
                "undecided",
                name=op.f("ck_decision_kind"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_decision_number")),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_decision_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("trial_id", "number", name=op.f("uq_decision_trial_id_number")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("seen_on", sa.String(10), nullable=False),
        sa.Column("implant_date", sa.String(10), nullable=True),
        sa.Column("pain", sa.String(60), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.CheckConstraint("month >= 0", name=op.f("ck_follow_up_month")),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_follow_up_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index("ix_follow_up_trial_id", "follow_up", ["trial_id", "at"], unique=False)
