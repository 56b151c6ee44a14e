"""The audit trail, patients and their search keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.String(36), nullable=False),
        sa.Column("workstation", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=True),
        sa.Column("patient_id", sa.String(36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(digest) = 64 AND length(prev) = 64", name=op.f("ck_audit_digest")
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_audit_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_patient_id", "audit", ["patient_id", "seq"], unique=False)
    op.create_table(
        "patient",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mrn", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.String(10), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female",
                "male",
                "other",
                "not_recorded",
                name=op.f("ck_patient_sex"),
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("telephones", sa.Text(), nullable=False),
        sa.Column("best_time", sa.Text(), nullable=False),
        sa.Column("who_may_answer", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("communication_needs", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.String(36), nullable=True),
        sa.Column(
            "entered_in_error",
            sa.Boolean(create_constraint=True, name=op.f("ck_patient_entered_in_error")),
            nullable=False,
        ),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("mrn_key", sa.Text(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("merged_into <> id", name=op.f("ck_patient_not_merged_into_itself")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_patient_version")),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["patient.id"], name=op.f("fk_patient_merged_into_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
    )
    op.create_index(
        "ix_patient_birth_date",
        "patient",
        ["birth_date"],
        unique=False,
        sqlite_where=sa.text("entered_in_error = 0 AND merged_into IS NULL"),
    )
    op.create_index(
        "ix_patient_changed_seq",
        "patient",
        ["changed_seq"],
        unique=False,
        sqlite_where=sa.text("entered_in_error = 0 AND merged_into IS NULL"),
    )
    op.create_index(
        "ix_patient_merged_into",
        "patient",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index(
        "ix_patient_mrn_key",
        "patient",
        ["mrn_key"],
        unique=False,
        sqlite_where=sa.text("entered_in_error = 0 AND merged_into IS NULL"),
    )
    op.create_index(
        "uq_patient_mrn",
        "patient",
        ["mrn"],
        unique=True,
        sqlite_where=sa.text("entered_in_error = 0 AND merged_into IS NULL AND mrn <> ''"),
    )
    op.create_table(
        "patient_name_part",
        sa.Column("patient_id", sa.String(36), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_name_part_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("patient_id", "part", name=op.f("pk_patient_name_part")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_patient_name_part_part", "patient_name_part", ["part", "patient_id"], unique=False
    )
