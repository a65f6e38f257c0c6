"""Merkle trees of RFC 6962 §2.1 (the same as RFC 9162 §2.1) with SHA-256.

The tree of a log is told by its leaf hashes in their order. A *complete subtree* is named by its level
(0 is a leaf) and its place there: it spans the leaves `place << level` up to `(place + 1) << level`, and
never changes once it is full. Every root and proof is made of the hashes of complete subtrees, which is
why proofs can be made from a store of them as well as from a list in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Final, NamedTuple, TypeGuard

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"

SubtreeHash = Callable[[int, int], bytes]


class Subtree(NamedTuple):
    """A complete subtree and its hash."""

    level: int
    place: int
    hash: bytes


def leaf_hash(leaf: bytes) -> bytes:
    """Give the hash of a leaf: SHA-256(0x00 ‖ leaf)."""
    return hashlib.sha256(_LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash over two subtrees: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(_NODE + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Give the root over leaf hashes; of no leaves it is the hash of nothing."""
    frontier = Frontier()
    for each in leaf_hashes:
        frontier.append(each)
    return frontier.root()


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """Give the audit path of the leaf at an index (RFC 6962 §2.1.1). Raises `ValueError` without it."""
    return prove_inclusion(index, len(leaf_hashes), _in_memory(leaf_hashes))


def consistency_proof(leaf_hashes: Sequence[bytes], first: int) -> list[bytes]:
    """Give the proof that the tree grew from its first so many leaves (RFC 6962 §2.1.2).

    Raises `ValueError` when `first` is not from 1 to the number of leaves.
    """
    return prove_consistency(first, len(leaf_hashes), _in_memory(leaf_hashes))


def prove_inclusion(index: int, size: int, subtree_hash: SubtreeHash) -> list[bytes]:
    """Give the audit path of a leaf in the tree of a size, from the hashes of complete subtrees."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    return [_range_hash(*each, subtree_hash) for each in _path(index, 0, size)]


def prove_consistency(first: int, second: int, subtree_hash: SubtreeHash) -> list[bytes]:
    """Give the consistency proof between two sizes, from the hashes of complete subtrees."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {second} leaves did not grow from {first}")
    parts = _grown(first, 0, second, whole=True)
    return [_range_hash(*each, subtree_hash) for each in parts]


def verify_inclusion(
    leaf_hash: object, index: object, size: object, proof: object, root: object
) -> bool:
    """Tell whether a leaf is in a tree (RFC 9162 §2.1.3.2); False for whatever is malformed."""
    if not (_is_hash(leaf_hash) and _is_hash(root) and _are_hashes(proof)):
        return False
    if not (_is_number(index) and _is_number(size) and index < size):
        return False
    place, last, running = index, size - 1, leaf_hash
    for each in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            running = node_hash(each, running)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            running = node_hash(running, each)
        place, last = place >> 1, last >> 1
    return last == 0 and running == root


def verify_consistency(
    size1: object, size2: object, proof: object, root1: object, root2: object
) -> bool:
    """Tell whether the second tree grew from the first (RFC 9162 §2.1.4.2).

    False for whatever is malformed, a first size of zero included: from nothing anything grows.
    """
    if not (_is_hash(root1) and _is_hash(root2) and _are_hashes(proof)):
        return False
    if not (_is_number(size1) and _is_number(size2) and 0 < size1 <= size2):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    # A first tree that is complete is a subtree of the second: its root is not told twice.
    path = [root1, *proof] if size1 & (size1 - 1) == 0 else list(proof)
    return bool(path) and _grew(size1 - 1, size2 - 1, path) == (root1, root2)


def _grew(place: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Give the two roots that a consistency path leads to, or None when it does not fit the sizes."""
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for each in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            first, second = node_hash(each, first), node_hash(each, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, each)
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else None


class Frontier:
    """A tree that grows, told by the complete subtrees along its right edge: at most 63 hashes.

    `hashes` are those of the subtrees that the set bits of `size` stand for, the largest first. Raises
    `ValueError` when their number does not fit the size.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or size.bit_count() != len(hashes):
            raise ValueError(f"a tree of {size} leaves has no frontier of {len(hashes)} hashes")
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf_hash: bytes) -> list[Subtree]:
        """Add a leaf; gives the subtrees that it completes, the leaf itself the first."""
        completed = [Subtree(0, self.size, leaf_hash)]
        hash_, size, level = leaf_hash, self.size, 0
        while size & 1:
            size, level = size >> 1, level + 1
            hash_ = node_hash(self.hashes.pop(), hash_)
            completed.append(Subtree(level, size, hash_))
        self.hashes.append(hash_)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        return _fold(self.hashes) if self.hashes else EMPTY_ROOT


def _fold(hashes: Sequence[bytes]) -> bytes:
    """Give the root over complete subtrees that stand side by side, the largest first."""
    return reduce(lambda right, left: node_hash(left, right), reversed(hashes))


def _path(index: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the ranges whose hashes are the path of a leaf, from the leaf up (PATH of RFC 6962)."""
    if end - start == 1:
        return
    middle = start + _split(end - start)
    if index < middle:
        yield from _path(index, start, middle)
        yield middle, end
    else:
        yield from _path(index, middle, end)
        yield start, middle


def _grown(first: int, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Give the ranges whose hashes show that a tree grew from `first` leaves (SUBPROOF)."""
    if first == end:
        if not whole:
            yield start, end
        return
    middle = start + _split(end - start)
    if first <= middle:
        yield from _grown(first, start, middle, whole=whole)
        yield middle, end
    else:
        yield from _grown(first, middle, end, whole=False)
        yield start, middle


def _split(count: int) -> int:
    """Give the largest power of two below a count of at least two."""
    return 1 << (count - 1).bit_length() - 1


def _range_hash(start: int, end: int, subtree_hash: SubtreeHash) -> bytes:
    """Give the hash over a range of leaves that begins where a subtree of its extent would."""
    hashes = []
    while start < end:
        level = (end - start).bit_length() - 1
        hashes.append(subtree_hash(level, start >> level))
        start += 1 << level
    return _fold(hashes)


def _in_memory(leaf_hashes: Sequence[bytes]) -> SubtreeHash:
    def subtree_hash(level: int, place: int) -> bytes:
        if level == 0:
            return leaf_hashes[place]
        left, right = (subtree_hash(level - 1, 2 * place + side) for side in (0, 1))
        return node_hash(left, right)

    return subtree_hash


def _is_number(value: object) -> TypeGuard[int]:
    return type(value) is int and value >= 0


def _is_hash(value: object) -> TypeGuard[bytes]:
    return type(value) is bytes and len(value) == HASH_BYTES


def _are_hashes(value: object) -> TypeGuard[list[bytes]]:
    # A list or tuple itself: whatever else can be walked could fail on the way.
    return type(value) in (list, tuple) and all(_is_hash(each) for each in value)  # type: ignore[attr-defined]
