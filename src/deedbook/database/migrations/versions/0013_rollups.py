"""Rollups of the log: counts of what was sealed before there were any."""

from alembic import op

from deedbook.engine import create_log

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Ids of entries begin with 2020-01-01 (UTC); a day is a range of so many.
_IDS_OF_A_DAY = 86_400_000 << 21
_SEALED = """
    FROM deedbook_position AS position
    JOIN deedbook_entry AS entry
        ON entry.instance_id = position.instance_id AND entry.id = position.entry_id
    WHERE entry.record IS NOT NULL
"""


def upgrade() -> None:
    create_log(op.get_bind().connection.driver_connection)
    op.execute(
        f"""
        INSERT INTO deedbook_day_count (instance_id, day, kind, entries)
        SELECT entry.instance_id, entry.id / {_IDS_OF_A_DAY}, kind, count(*) {_SEALED}
        GROUP BY 1, 2, 3
        """
    )
    op.execute(
        f"""
        INSERT INTO deedbook_actor_count (instance_id, kind, actor_id, entries)
        SELECT entry.instance_id, kind, coalesce(actor_id, ''), count(*) {_SEALED}
        GROUP BY 1, 2, 3
        """
    )
