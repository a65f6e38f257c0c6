"""One batch: entries that wait, and what they make of the trees of their instances."""

from __future__ import annotations

from collections.abc import Sequence

from deedbook.engine.integrity.merkle import HASH_BYTES, Frontier, leaf_hash
from deedbook.engine.sealing import rollups
from deedbook.engine.sealing.rollups import Countable
from deedbook.engine.sealing.tables import TILE_LEVELS, Batch, Tree, TreeTables, Waiting


def seal(tables: TreeTables, instances: Sequence[str], limit: int) -> int:
    """Give entries of these instances their positions; gives how many were taken off the list."""
    batch = Batch()
    for instance_id, waiting in _shared_out(tables, instances, limit).items():
        batch.taken.extend((instance_id, each.entry_id) for each in waiting)
        # Nothing of ours lists an entry again; one that is listed again keeps its position.
        fresh = [each for each in waiting if not each.sealed]
        _seal_instance(batch, instance_id, fresh, tables.tree(instance_id))
        rollups.add(
            tables,
            instance_id,
            [Countable(each.entry_id, each.kind, each.actor_id) for each in fresh],
        )
    tables.write(batch)
    return len(batch.taken)


def frontier_of(tree: Tree) -> Frontier:
    """Give the frontier of a tree as it is stored."""
    hashes = tree.frontier
    starts = range(0, len(hashes), HASH_BYTES)
    return Frontier(tree.size, [hashes[start : start + HASH_BYTES] for start in starts])


def _shared_out(
    tables: TreeTables, instances: Sequence[str], limit: int
) -> dict[str, list[Waiting]]:
    """Give what waits: of each instance an equal share, and of long queues what others leave."""
    share = max(limit // max(len(instances), 1), 1)
    waiting = {each: tables.waiting(each, share) for each in instances}
    long = [each for each in instances if len(waiting[each]) == share]
    left = limit - sum(len(each) for each in waiting.values())
    if long and left >= len(long):
        waiting |= {each: tables.waiting(each, share + left // len(long)) for each in long}
    return waiting


def _seal_instance(batch: Batch, instance_id: str, fresh: Sequence[Waiting], tree: Tree) -> None:
    frontier = frontier_of(tree)
    for each in fresh:
        hash_ = leaf_hash(each.record)
        batch.positions.append((instance_id, frontier.size, each.entry_id, hash_))
        completed = frontier.append(hash_)
        batch.subtrees.extend(
            (instance_id, *subtree) for subtree in completed[1:] if subtree.level % TILE_LEVELS == 0
        )
    if frontier.size > tree.size:
        batch.trees.append((instance_id, frontier.size, b"".join(frontier.hashes)))
