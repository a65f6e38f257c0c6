"""Readings of the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log_readings",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("reader_type", sa.String(length=16), nullable=False),
        sa.Column("reader_id", sa.String(length=15), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=15), nullable=True),
        sa.Column("filters", JSON, nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log_readings")),
    )
    op.create_index(
        "ix_audit_log_readings_page", "audit_log_readings", ["instance_id", "created_at", "id"]
    )
