"""The entries of one instance in a database: one `EntryStore`, two databases behind it."""

from deedbook.engine.store.counting import Tally
from deedbook.engine.store.entry_store import EntryStore, Followed
from deedbook.engine.store.open import create_log, open_store

__all__ = ["EntryStore", "Followed", "Tally", "create_log", "open_store"]
