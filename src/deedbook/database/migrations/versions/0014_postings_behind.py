"""Postings behind the sealing: what was sealed before has its own."""

from alembic import op

from deedbook.engine import create_log

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_log(op.get_bind().connection.driver_connection)
