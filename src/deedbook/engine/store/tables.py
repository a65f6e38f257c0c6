"""What an `EntryStore` asks of a database: a handful of statements, written by hand for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from deedbook.engine.entry import Entry, NewEntry
from deedbook.engine.evidence import KeptEvidence
from deedbook.engine.filters import Selection
from deedbook.engine.postings import IN_PERSONAL, IN_RECORD, Lookup, PostedField
from deedbook.engine.store.path import Path


class KindCount(NamedTuple):
    """How many entries of a kind an actor made."""

    kind: int
    actor_id: str | None
    entries: int


class BucketCount(NamedTuple):
    """How many entries of a kind fall into the n-th bucket of time."""

    bucket: int
    kind: int
    entries: int


class RolledUp(NamedTuple):
    """What the sealer's rollups and the entries that wait amount to.

    `bucket` is the n-th of time and `actor_id` None where it was not asked for them. Of what waits no
    more than a cap was looked at.
    """

    sealed: bool
    bucket: int
    kind: int
    actor_id: str | None
    entries: int


class Sealed(NamedTuple):
    """An entry's place in the sequence."""

    sequence: int
    entry_id: int


class Body(NamedTuple):
    """What is kept at one position: the leaf hash always, the rest until it is forgotten."""

    sequence: int
    entry_id: int
    leaf_hash: bytes
    record: bytes | None
    personal: bytes | None
    salt: bytes | None
    evidence: bytes | None


def tables_of(field: PostedField) -> list[str]:
    """Give the tables that hold the postings of a field."""
    return [
        table
        for table, fields in (
            ("deedbook_posting", IN_RECORD),
            ("deedbook_personal_posting", IN_PERSONAL),
        )
        if field in fields
    ]


class Days(NamedTuple):
    """Whole days, counted since the first of ids; half-open. `kinds` None means every kind."""

    first: int
    end: int
    kinds: frozenset[int] | None


class Reach(NamedTuple):
    """How many entries of a selection are asked for, in which order, after how many of them."""

    newest_first: bool
    limit: int
    offset: int = 0


class Tables(Protocol):
    """The statements of one database, on the host's connection; none begins or commits."""

    def insert(self, entry: NewEntry) -> bool:
        """Write an entry and the pending row that the sealer drains; False when its id is taken."""

    def insert_all(self, entries: Sequence[NewEntry]) -> Sequence[int]:
        """Write entries and their pending rows; give the ids that were taken, whose entries are not."""

    def select_ids(
        self, instance_id: str, selection: Selection, reach: Reach, path: Path | None
    ) -> list[int]:
        """Give the ids of a selection in the order asked for, by a path or through all ids in turn."""

    def select_near(
        self, instance_id: str, selection: Selection, reach: Reach, *, among: int
    ) -> list[int]:
        """Give those of them that lie among the first so many ids of the instance, in that order."""

    def select_posted(
        self, instance_id: str, lookup: Lookup, within: Selection, reach: Reach
    ) -> list[int]:
        """Give the ids of the sealed entries that a look-up finds, within the ids of a selection."""

    def select_words(self, instance_id: str, lookup: Lookup, *, limit: int) -> list[str]:
        """Give the texts that are posted and begin as is looked for, at most so many."""

    def select_entries(self, instance_id: str, entry_ids: Sequence[int]) -> dict[int, Entry]:
        """Give entries by id, with their place in the sequence; one that is not there is left out."""

    def select_sealed(
        self, instance_id: str, selection: Selection, *, first: int, end: int, limit: int
    ) -> list[Sealed]:
        """Give a selection in the order of the sequence, from a position up to another."""

    def select_bodies(self, instance_id: str, first: int, end: int) -> list[Body]:
        """Give what is kept at the positions from one up to another, in their order."""

    def select_unposted(self, instance_id: str, *, limit: int) -> list[int]:
        """Give the ids of the newest entries that have no postings yet, sealed or not."""

    def count_waiting(self, instance_id: str) -> tuple[int, int]:
        """Count the entries without a position: those that wait for theirs, and those that do not."""

    def select_evidence(self, instance_id: str, entry_id: int) -> KeptEvidence | None:
        """Give an entry's record with what is kept beside it, or None when it is not there."""

    def count_kinds(self, instance_id: str, selection: Selection, *, cap: int) -> list[KindCount]:
        """Count the newest `cap` entries of a selection by kind and actor."""

    def count_buckets(
        self, instance_id: str, selection: Selection, *, first_ms: int, width_ms: int, cap: int
    ) -> list[BucketCount]:
        """Count the newest `cap` entries of a selection by bucket of time and kind."""

    def rolled_up_actors(
        self, instance_id: str, kinds: frozenset[int] | None, *, cap: int
    ) -> list[RolledUp]:
        """Count all entries of these kinds by kind and actor."""

    def rolled_up_days(
        self, instance_id: str, days: Days, *, first_ms: int, width_ms: int, cap: int
    ) -> list[RolledUp]:
        """Count the entries of whole days by bucket of time and kind."""
