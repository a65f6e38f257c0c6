"""Which layout of the table of entries serves best: ids, covering indexes, SQLite's log of writes, partitions."""

from bench.layouts.questions import measure

__all__ = ["measure"]
