"""Postings name a tree by its number; those from before are dropped, and made again by the sealer."""

from alembic import op

from deedbook.engine import create_log

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_log(op.get_bind().connection.driver_connection)
