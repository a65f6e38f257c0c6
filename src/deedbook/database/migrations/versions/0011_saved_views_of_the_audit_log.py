"""Saved views of the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log_views",
        sa.Column("id", sa.String(length=15), nullable=False),
        sa.Column("instance_id", sa.String(length=15), nullable=False),
        sa.Column("user_id", sa.String(length=15), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log_views")),
        sa.UniqueConstraint(
            "instance_id", "user_id", "name", name=op.f("uq_audit_log_views_instance_id")
        ),
    )
