"""The audit log itself: record deeds, read them, prove them. No web framework, no other table.

store = open_store(connection, instance_id, catalogue)
store.append(deed)          # in the host's transaction, after the changes that it covers
store.find(filters, page)   # newest first
"""

from __future__ import annotations

from deedbook.engine.catalogue import (
    API_KEY,
    SYSTEM,
    USER,
    Action,
    ActorType,
    Catalogue,
    Feature,
    Metadata,
    NoMetadata,
    Personal,
    Refusal,
    Searchable,
)
from deedbook.engine.deed import Actor, Changes, Deed, Maker, Origin, Ref
from deedbook.engine.entry import Entry, NewEntry, write_down
from deedbook.engine.errors import CatalogueError, DeedbookError, InvalidDeed, InvalidParameters
from deedbook.engine.evidence import Finding, KeptEvidence, Result, examine
from deedbook.engine.filters import Filters, read_filters
from deedbook.engine.ids import EntryIds
from deedbook.engine.kinds import Outcome
from deedbook.engine.page import Found, Page, read_page
from deedbook.engine.store import EntryStore, Tally, create_log, open_store

__all__ = [
    "API_KEY",
    "SYSTEM",
    "USER",
    "Action",
    "Actor",
    "ActorType",
    "Catalogue",
    "CatalogueError",
    "Changes",
    "Deed",
    "DeedbookError",
    "Entry",
    "EntryIds",
    "EntryStore",
    "Feature",
    "Filters",
    "Finding",
    "Found",
    "InvalidDeed",
    "InvalidParameters",
    "KeptEvidence",
    "Maker",
    "Metadata",
    "NewEntry",
    "NoMetadata",
    "Origin",
    "Outcome",
    "Page",
    "Personal",
    "Ref",
    "Refusal",
    "Result",
    "Searchable",
    "Tally",
    "append",
    "create_log",
    "examine",
    "open_store",
    "read_filters",
    "read_page",
    "write_down",
]


def append(connection: object, deed: Deed, catalogue: Catalogue) -> Entry:
    """Write a deed into the log on the host's connection, which neither begins nor commits here.

    Call it after the changes that the deed covers and just before the host commits.
    """
    return open_store(connection, deed.instance_id, catalogue).append(deed)
