"""The questions, a table for each: every layout takes its turn with the same rows and the same looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from statistics import harmonic_mean
from typing import Final, NamedTuple

from bench.layouts import looks, shipped
from bench.layouts.filling import Filling
from bench.layouts.looks import Look
from bench.layouts.rows import Row, make
from bench.layouts.shipped import Layout
from bench.layouts.stores import PostgresStore, SQLiteStore, Store
from bench.tables import in_turns, say, spread, table

_ROUNDS: Final = 5
_BATCH: Final = 1_000
# One row in so many goes in by itself, after those that go in by the thousand.
_SINGLE_IN: Final = 10
_CHECKPOINTS: Final = (1_000, 4_000, 20_000, 50_000)
_MB: Final = 1_000_000

Make = Callable[[Layout], Store]


class _Inserted(NamedTuple):
    """Rows a second in each round, and the longest commit in seconds."""

    rates: Sequence[float]
    longest: float


_Inserts = Mapping[str, _Inserted]


def measure(folder: Path, new_database: Callable[[str], str], entries: int) -> None:
    """Print a table for each question, of layouts that so many rows go into."""
    made = make(entries)
    say(f"{entries:,} rows in each layout, a tenth of them one by one.")
    names = (f"layout_{number}" for number in count())
    url = new_database("bench_layouts")

    def sqlite(layout: Layout) -> Store:
        return SQLiteStore(folder / f"{next(names)}.sqlite3", layout)

    def postgres(layout: Layout) -> Store:
        return PostgresStore(url, next(names), layout)

    pages, hot = looks.pages(made), looks.of_hot_entity(made)
    for question, database, make_store, layouts, asked in (
        ("What an id is", "SQLite", sqlite, shipped.ids_on_sqlite(), pages),
        ("What an id is", "PostgreSQL", postgres, shipped.ids_on_postgres(), pages),
        ("Kind and actor by entity", "SQLite", sqlite, shipped.covering_on_sqlite(), hot),
        ("Kind and actor by entity", "PostgreSQL", postgres, shipped.covering_on_postgres(), hot),
        (
            *("Partitions", "PostgreSQL", postgres, shipped.partitions(made.rows)),
            pages | looks.of_kinds(made),
        ),
    ):
        say(f"\n## {question}, {database}")
        _compare(layouts, make_store, made.rows, asked)
    say("\n## Pages after which SQLite writes its log into the file")
    _compare_checkpoints(shipped.checkpoints(_CHECKPOINTS), sqlite, made.rows, pages["first page"])


def _compare(
    layouts: Sequence[Layout], make_store: Make, rows: Sequence[Row], asked: Mapping[str, Look]
) -> None:
    with _filling(layouts, make_store, rows) as fillings:
        batches, singles = _inserted(fillings, len(rows))
        for each in fillings.values():
            each.store.settle()
        sizes = {name: each.store.bytes() / each.inserted for name, each in fillings.items()}
        waits = [
            in_turns({n: partial(each.wait, look) for n, each in fillings.items()}, _ROUNDS)
            for look in asked.values()
        ]
    table(
        (
            *("layout", "bytes an entry", "inserts a second, by the thousand", "one by one"),
            *(f"{look} (µs)" for look in asked),
        ),
        [
            [
                *(name, f"{sizes[name]:,.0f}"),
                *(spread(each[name].rates) for each in (batches, singles)),
                *(spread(each[name]) for each in waits),
            ]
            for name in fillings
        ],
    )


def _compare_checkpoints(
    layouts: Sequence[Layout], make_store: Make, rows: Sequence[Row], first_page: Look
) -> None:
    with _filling(layouts, make_store, rows) as fillings:
        batches, singles = _inserted(fillings, len(rows))
        logs = {name: each.store.log_bytes() / _MB for name, each in fillings.items()}
        waits = in_turns({n: partial(f.wait, first_page) for n, f in fillings.items()}, _ROUNDS)
    table(
        (
            *("pages", "inserts a second, by the thousand", "of all rounds", "longest commit (ms)"),
            *(
                "one by one",
                "of all rounds",
                "longest commit (ms)",
                "the -wal file (MB)",
                "first page (µs)",
            ),
        ),
        [
            [
                *(name, *_of_all(batches[name]), *_of_all(singles[name])),
                *(f"{logs[name]:,.0f}", spread(waits[name])),
            ]
            for name in fillings
        ],
    )


def _of_all(inserted: _Inserted) -> tuple[str, str, str]:
    """Give the rounds, the rate of all of them together, and the longest commit."""
    rates, longest = inserted
    return spread(rates), f"{harmonic_mean(rates):,.0f}", f"{1000 * longest:,.0f}"


def _inserted(fillings: Mapping[str, Filling], rows: int) -> tuple[_Inserts, _Inserts]:
    """Insert so many rows, the stores in turns: by the thousand first, then one by one."""
    a_round = rows // (1 + _ROUNDS)
    singles = a_round // _SINGLE_IN
    batches = (a_round - singles) // _BATCH * _BATCH
    return _in_rounds(fillings, batches, _BATCH), _in_rounds(fillings, singles, 1)


def _in_rounds(fillings: Mapping[str, Filling], rows: int, each: int) -> _Inserts:
    for filling in fillings.values():
        filling.longest = 0.0
    rates = in_turns({n: partial(f.insert, rows, each) for n, f in fillings.items()}, _ROUNDS)
    return {name: _Inserted(rates[name], filling.longest) for name, filling in fillings.items()}


@contextmanager
def _filling(
    layouts: Sequence[Layout], make_store: Make, rows: Sequence[Row]
) -> Iterator[dict[str, Filling]]:
    stores = [make_store(each) for each in layouts]
    try:
        yield {each.layout.name: Filling(each, rows) for each in stores}
    finally:
        for each in stores:
            each.remove()
