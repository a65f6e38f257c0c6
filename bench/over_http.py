"""Whole requests: a page of the log beside the same bytes from memory, and a change beside itself unrecorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import cycle, islice, product
from pathlib import Path
from statistics import median
from typing import Final

from bench import clients, unrecorded
from bench.servers import DEEDBOOK, Server, memory, serving, settings_of
from bench.tables import in_turns, spread, table
from bench.tenant import Tenant, biggest_tenant, new_tenant
from deedbook.database.connect import Database
from deedbook.engine.integrity.note import Signer

_ROUNDS: Final = 3
_CONNECTIONS: Final = 16
_PLAIN: Final = {"an empty route of the framework": "fastapi", "a bare ASGI application": "asgi"}
LOOKS: Final = ("", "?feature=payout", "?q=chase", "/facets", "/histogram", "/feed?limit=100")


def measure_reading(url: str, folder: Path, seconds: float, looks: int) -> None:
    """Print how fast the biggest instance's log is read with an API key, and the server's memory meanwhile."""
    tenant = biggest_tenant(url)
    log = folder / "servers.log"
    with serving(DEEDBOOK, log, settings_of(url, folder / "home")) as server:
        resident = {"when it has started": memory(server.pid)[0]}
        _measure_page(server, tenant, folder, seconds)
        resident["after those pages"] = memory(server.pid)[0]
        _look(server, tenant, looks)
        resident[f"after {looks:,} looks of every sort"] = memory(server.pid)[0]
        resident["at its peak"] = memory(server.pid)[1]
    table(("the server", "MB resident"), [[name, f"{each:.0f}"] for name, each in resident.items()])


def _measure_page(server: Server, tenant: Tenant, folder: Path, seconds: float) -> None:
    asked = clients.request("GET", f"{tenant.path}/audit-logs", tenant.token)
    page = clients.once(server.port, asked)
    assert page.status == clients.OK, page
    content = folder / "page.json"
    content.write_bytes(page.body)
    ports = {f"a page of 50 of the log, {len(page.body):,} bytes": server.port}
    with ExitStack() as servers:
        for name, kind in _PLAIN.items():
            command = ("-m", "bench.plain", kind, str(content))
            ports[name] = servers.enter_context(serving(command, folder / "servers.log")).port
        acts = {name: _rate(port, asked, seconds) for name, port in ports.items()}
        figures = in_turns(acts, _ROUNDS)
    ours = median(next(iter(figures.values())))
    table(
        (f"requests a second on {_CONNECTIONS} connections", "", "the log has so much of it"),
        [[name, spread(each), f"{ours / median(each):.0%}"] for name, each in figures.items()],
    )


def _look(server: Server, tenant: Tenant, looks: int) -> None:
    """Ask for one thing after the other. Raises `RuntimeError` at a refusal."""
    paths = [f"{tenant.path}/audit-logs{each}" for each in LOOKS]
    wanted = islice(cycle(clients.request("GET", path, tenant.token) for path in paths), looks)

    def ask() -> clients.Asked | None:
        look = next(wanted, None)
        return None if look is None else clients.Asked(look, clients.refuse_refusal)

    clients.drive(server.port, ask, _CONNECTIONS)


def measure_change(
    databases: Mapping[str, Callable[[str], str]], folder: Path, seconds: float, signer: Signer
) -> None:
    """Print what a route that creates a partner fee costs with its entry, beside itself without."""
    rows = []
    for name, database in databases.items():
        for connections, figures in _changes(database, folder, seconds, signer):
            bare = median(figures["unrecorded"])
            rows.append(
                [
                    *(name, str(connections), spread(figures["unrecorded"])),
                    *(spread(figures["apart"]), f"{bare / median(figures['apart']):.2f}"),
                    *(spread(figures["beside"]), f"{bare / median(figures['beside']):.2f}"),
                ]
            )
    table(
        (
            *("POST …/partner-fees, a second", "connections", "without the log"),
            *("recorded", "costs so many times"),
            *("recorded, and sealed in the same process", "costs so many times"),
        ),
        rows,
    )


def _changes(
    database: Callable[[str], str], folder: Path, seconds: float, signer: Signer
) -> Iterator[tuple[int, dict[str, list[float]]]]:
    """Give the figures of each number of connections, from three servers on databases of their own."""
    asked = {}
    with ExitStack() as servers:
        for kind in ("unrecorded", "apart", "beside"):
            url = database(f"fees_{kind}")
            tenant = new_tenant(url, 0, signer)
            command: tuple[str, ...] = DEEDBOOK
            if kind == "unrecorded":
                _drop_guards(url)
                command = ("-m", "bench.unrecorded")
            worker = "beside" if kind == "beside" else "apart"
            settings = settings_of(url, folder / "home", worker=worker)
            server = servers.enter_context(serving(command, folder / "servers.log", settings))
            asked[kind] = (server.port, fee_request(tenant, "Fee"))
        for connections in (1, _CONNECTIONS):
            acts = {kind: _rate(*each, seconds, connections) for kind, each in asked.items()}
            yield connections, in_turns(acts, _ROUNDS)


def fee_request(tenant: Tenant, name: str) -> bytes:
    """Give the request that creates a partner fee."""
    fees = {
        f"{of}_{kind}_fee": 1 for of, kind in product(("payin", "payout"), ("flat", "percentage"))
    }
    body = json.dumps({"name": name, **fees}).encode()
    return clients.request("POST", f"{tenant.path}/partner-fees", tenant.token, body)


def _rate(
    port: int, asked: bytes, seconds: float, connections: int = _CONNECTIONS
) -> Callable[[], float]:
    return lambda: clients.rate(port, asked, connections=connections, seconds=seconds)


def _drop_guards(url: str) -> None:
    database = Database(url, connections=1)
    try:
        with database.begin() as connection:
            unrecorded.drop_guards(connection)
    finally:
        database.close()
