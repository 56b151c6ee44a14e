"""Check-ins, revisions, scores, safety answers and events."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "check_in",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "baseline",
                "trial",
                name=op.f("ck_check_in_phase"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "entered_in_error",
            sa.Boolean(create_constraint=True, name=op.f("ck_check_in_entered_in_error")),
            nullable=False,
        ),
        sa.CheckConstraint("length(day) = 10", name=op.f("ck_check_in_day")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_check_in_version")),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_check_in_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index(
        "uq_check_in_trial_id_day_phase",
        "check_in",
        ["trial_id", "day", "phase"],
        unique=True,
        sqlite_where=sa.text("entered_in_error = 0"),
    )
    op.create_table(
        "check_in_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.String(36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "baseline",
                "trial",
                name=op.f("ck_check_in_revision_phase"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "missed",
            sa.Boolean(create_constraint=True, name=op.f("ck_check_in_revision_missed")),
            nullable=False,
        ),
        sa.Column(
            "stimulation_off",
            sa.Boolean(create_constraint=True, name=op.f("ck_check_in_revision_stimulation_off")),
            nullable=False,
        ),
        sa.Column("program", sa.Text(), nullable=True),
        sa.Column(
            "how_obtained",
            sa.Enum(
                "phone",
                "visit",
                "paper_diary",
                "message",
                "proxy",
                "representative",
                "import",
                name=op.f("ck_check_in_revision_how_obtained"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "identity_confirmed",
            sa.Boolean(
                create_constraint=True, name=op.f("ck_check_in_revision_identity_confirmed")
            ),
            nullable=False,
        ),
        sa.Column("wording_version", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=True),
        sa.Column("helped", sa.Text(), nullable=False),
        sa.Column("triggered", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=True),
        sa.Column("recorded_by", sa.String(36), nullable=True),
        sa.Column("revised_at", sa.String(27), nullable=True),
        sa.Column("revised_by", sa.String(36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "entered_in_error",
            sa.Boolean(create_constraint=True, name=op.f("ck_check_in_revision_entered_in_error")),
            nullable=False,
        ),
        sa.Column("scores", sa.Integer(), nullable=False),
        sa.Column("safety_answers", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_check_in_revision_revision")),
        sa.CheckConstraint(
            "scores >= 0 AND safety_answers >= 0", name=op.f("ck_check_in_revision_parts")
        ),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_in_revision_check_in_id_check_in")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_revision")),
        sa.UniqueConstraint(
            "check_in_id", "revision", name=op.f("uq_check_in_revision_check_in_id_revision")
        ),
    )
    op.create_table(
        "score",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.CheckConstraint("length(value) BETWEEN 1 AND 60", name=op.f("ck_score_value")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["check_in_revision.id"],
            name=op.f("fk_score_revision_id_check_in_revision"),
        ),
        sa.PrimaryKeyConstraint("revision_id", "measure", "item", name=op.f("pk_score")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "safety_answer",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Boolean(create_constraint=True, name=op.f("ck_safety_answer_answer")),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["check_in_revision.id"],
            name=op.f("fk_safety_answer_revision_id_check_in_revision"),
        ),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("pk_safety_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "safety_event",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("patient_id", sa.String(36), nullable=False),
        sa.Column("trial_id", sa.String(36), nullable=True),
        sa.Column("reported_at", sa.String(27), nullable=False),
        sa.Column("reported_by", sa.String(36), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "emergency",
                "urgent",
                "same_day",
                "routine",
                "note",
                name=op.f("ck_safety_event_urgency"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("check_in_day", sa.String(10), nullable=True),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("told_who", sa.Text(), nullable=False),
        sa.Column("told_at", sa.String(27), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.String(27), nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=False),
        sa.Column("resolved_at", sa.String(27), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "entered_in_error",
            sa.Boolean(create_constraint=True, name=op.f("ck_safety_event_entered_in_error")),
            nullable=False,
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_safety_event_version")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_safety_event_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_safety_event_trial_id_trial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_event")),
    )
    op.create_index(
        "ix_safety_event_open",
        "safety_event",
        ["reported_at"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NULL AND entered_in_error = 0"),
    )
    op.create_index(
        "ix_safety_event_patient_id", "safety_event", ["patient_id", "reported_at"], unique=False
    )
    op.create_index("ix_safety_event_trial_id", "safety_event", ["trial_id"], unique=False)
