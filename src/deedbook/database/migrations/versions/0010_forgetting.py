"""Erasures, legal holds and retention of the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log_erasures",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("subject", JSON, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("entries_approximate", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("requested_by", sa.String(length=15), nullable=False),
        sa.Column("decided_by", sa.String(length=15), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log_erasures")),
    )
    op.create_index("ix_audit_log_erasures_open", "audit_log_erasures", ["status", "created_at"])
    op.create_index(
        "ix_audit_log_erasures_page", "audit_log_erasures", ["instance_id", "created_at", "id"]
    )

    op.create_table(
        "audit_log_holds",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("subject", JSON, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("placed_by", sa.String(length=15), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=15), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log_holds")),
    )
    op.create_index(
        "ix_audit_log_holds_page", "audit_log_holds", ["instance_id", "created_at", "id"]
    )

    op.create_table(
        "audit_log_retentions",
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("next_months", sa.Integer(), nullable=True),
        sa.Column("next_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_audit_log_retentions")),
    )
