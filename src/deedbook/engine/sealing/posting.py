"""Posting: what sealed entries are found by, written behind the sealing.

To write a dozen postings takes several times what it takes to seal an entry, and nobody needs them to
prove anything: so a queue gets its positions first. Until an entry has its postings a reader looks
through it, as through one that is not sealed.
"""

from __future__ import annotations

from collections.abc import Sequence

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.postings import postings_of
from deedbook.engine.sealing.tables import PostingBatch, TreeTables


def post(tables: TreeTables, instances: Sequence[str], limit: int, catalogue: Catalogue) -> int:
    """Post the first entries of these instances that are behind; gives how many that were."""
    batch = PostingBatch()
    entries = 0
    for instance_id in instances:
        behind = tables.unposted(instance_id, max(limit // len(instances), 1))
        if not behind:
            continue
        entries += len(behind)
        batch.ends.append((instance_id, behind[-1].sequence + 1))
        for entry in behind:
            # What somebody with the database in hand took away is found by nothing.
            if entry.record is not None:
                postings = postings_of(entry.record, entry.personal, catalogue)
                for rows, part in (
                    (batch.record, postings.record),
                    (batch.personal, postings.personal),
                ):
                    rows.extend([(entry.tree, *posting, entry.entry_id) for posting in part])
    tables.write_postings(batch)
    return entries
