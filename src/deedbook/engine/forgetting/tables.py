"""What forgetting asks of a database: statements written by hand for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from deedbook.engine.postings import Posting


class OpenDecree(NamedTuple):
    """A decree that is not carried out yet: its entry, the effect of that, and how far it got."""

    entry_id: int
    effect: str
    reached: int


class Standing(NamedTuple):
    """A position whose record is still there."""

    sequence: int
    entry_id: int
    kind: int
    actor_id: str | None
    record: bytes
    personal: bytes | None


class Posted(NamedTuple):
    """A posting of an entry."""

    entry_id: int
    posting: Posting


class DecreeTables(Protocol):
    """The statements of one database on a host's connection; none begins or commits."""

    def insert(self, instance_id: str, entry_id: int, effect: str) -> None:
        """Note what an entry decrees. The database refuses what the entry does not say."""

    def open_instances(self) -> list[str]:
        """Give the instances with decrees that are not carried out."""

    def undone(self, instance_id: str) -> list[OpenDecree]:
        """Give the decrees that are not carried out, in force yet or not, the oldest first."""

    def in_force(self, instance_id: str) -> list[OpenDecree]:
        """Give those of them whose entry, and every entry before it, has its position and its postings."""

    def lock(self, instance_id: str, entry_id: int) -> OpenDecree | None:
        """Give a decree that is not carried out, and keep others from it until the transaction ends."""

    def advance(self, instance_id: str, entry_id: int, *, reached: int, done: bool) -> None:
        """Note how far a decree is carried out."""

    def erase(self, instance_id: str, entry_ids: Sequence[int]) -> None:
        """Take the personal part of entries, with salt and evidence."""

    def expire(self, instance_id: str, entry_ids: Sequence[int]) -> None:
        """Take entries but for their ids."""

    def unpost(
        self, instance_id: str, *, record: Sequence[Posted], personal: Sequence[Posted]
    ) -> None:
        """Take postings, by the part of the entry that they come from."""

    def standing(self, instance_id: str, first: int, end: int, limit: int) -> list[Standing]:
        """Give the positions from one up to another whose record is there, in their order."""

    def is_expired(self, instance_id: str, entry_id: int) -> bool:
        """Tell whether an entry was here and has expired."""

    def horizon(self, instance_id: str) -> int:
        """Give the position below which all is decreed to expire; 0 where nothing is."""

    def first_since(self, instance_id: str, first: int, entry_id: int) -> int | None:
        """Give the first position, from one on, of an entry with this id or a greater one."""
