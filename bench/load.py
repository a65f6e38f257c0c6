"""Reads and changes mixed, for minutes: what fails, and how memory and waiting are at the end.

Afterwards every change that was acknowledged has to be in the log.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import mean, quantiles
from typing import Final, NamedTuple

from bench import clients
from bench.over_http import LOOKS, fee_request
from bench.servers import DEEDBOOK, Server, memory, serving, settings_of
from bench.tables import say, table
from bench.tenant import Tenant, new_tenant
from deedbook.engine.integrity.note import Signer

_ENTRIES: Final = 20_000
_CONNECTIONS: Final = 8
# Of a hundred requests so many create a fee, and so many delete one; the others read.
_CREATE: Final = 15
_DELETE: Final = 5
_MINUTE: Final = 60.0


class Moment(NamedTuple):
    """What was seen at a time since the beginning (seconds): a reply's wait, or the server's memory."""

    at: float
    value: float


def measure(
    databases: Mapping[str, Callable[[str], str]], folder: Path, seconds: float, signer: Signer
) -> bool:
    """Print how each database takes the load; tell whether all was well."""
    columns = {}
    well = True
    for name, database in databases.items():
        url = database("load")
        tenant = new_tenant(url, _ENTRIES, signer)
        with serving(DEEDBOOK, folder / "servers.log", settings_of(url, folder / "home")) as server:
            load = Load(server, tenant)
            load.run(seconds)
            missing = load.missing()
        columns[name] = load.figures(seconds, missing)
        well &= not load.errors and not missing
        for error, times in load.errors.most_common(5):
            say(f"\n{name}: {times} times {error}")
    names = next(iter(columns.values()))
    table(
        (f"{_CONNECTIONS} connections for {seconds:,.0f} seconds", *columns),
        [[each, *(column[each] for column in columns.values())] for each in names],
    )
    return well


class Load:
    """Requests of many sorts to one server, and what became of them."""

    def __init__(self, server: Server, tenant: Tenant) -> None:
        self._server = server
        self._tenant = tenant
        self._chance = random.Random(1)  # noqa: S311 (no secret)
        self._fees: list[str] = []
        self._acknowledged: dict[str, set[str]] = {"created": set(), "deleted": set()}
        self._waits: dict[str, list[Moment]] = {"read": [], "change": []}
        self._resident: list[Moment] = []
        self.errors: Counter[str] = Counter()

    def run(self, seconds: float) -> None:
        """Send requests for so long, and take every reply."""
        self._began = time.perf_counter()

        def ask() -> clients.Asked | None:
            at = self._now()
            if not self._resident or at - self._resident[-1].at >= 1:
                self._resident.append(Moment(at, memory(self._server.pid)[0]))
            return self._ask() if at < seconds else None

        clients.drive(self._server.port, ask, _CONNECTIONS)

    def _now(self) -> float:
        return time.perf_counter() - self._began

    def _ask(self) -> clients.Asked:
        drawn = self._chance.randrange(100)
        if drawn < _CREATE:
            return clients.Asked(fee_request(self._tenant, f"Fee {drawn}"), self._created)
        if drawn < _CREATE + _DELETE and self._fees:
            fee_id = self._fees.pop(self._chance.randrange(len(self._fees)))
            path = f"{self._tenant.path}/partner-fees/{fee_id}"
            return clients.Asked(
                clients.request("DELETE", path, self._tenant.token),
                lambda reply: self._deleted(fee_id, reply),
            )
        path = f"{self._tenant.path}/audit-logs{self._chance.choice(LOOKS)}"
        return clients.Asked(
            clients.request("GET", path, self._tenant.token),
            lambda reply: self._took("read", reply),
        )

    def _took(self, kind: str, reply: clients.Reply) -> bool:
        self._waits[kind].append(Moment(self._now(), reply.milliseconds))
        if reply.status == clients.OK:
            return True
        self.errors[f"{reply.status} {reply.body[:200].decode(errors='replace')}"] += 1
        return False

    def _created(self, reply: clients.Reply) -> None:
        if self._took("change", reply):
            fee_id = json.loads(reply.body)["id"]
            self._acknowledged["created"].add(fee_id)
            self._fees.append(fee_id)

    def _deleted(self, fee_id: str, reply: clients.Reply) -> None:
        if self._took("change", reply):
            self._acknowledged["deleted"].add(fee_id)

    def missing(self) -> int:
        """Count the acknowledged changes that the log, read page by page, does not tell exactly once."""
        count = 0
        for what, fee_ids in self._acknowledged.items():
            told = Counter(self._entities(f"partner_fee.{what}"))
            count += sum(told[fee_id] != 1 for fee_id in fee_ids)
        return count

    def _entities(self, action: str) -> list[str]:
        found: list[str] = []
        query = f"action={action}&limit=1000"
        after = ""
        while True:
            path = f"{self._tenant.path}/audit-logs?{query}{after}"
            asked = clients.request("GET", path, self._tenant.token)
            reply = clients.once(self._server.port, asked)
            clients.refuse_refusal(reply)
            page = json.loads(reply.body)
            found += [each["entity_id"] for each in page["data"]]
            if not page["pagination"]["has_more"]:
                return found
            after = f"&starting_after={page['pagination']['next_page']}"

    def figures(self, seconds: float, missing: int) -> dict[str, str]:
        """Give what is to be printed, by name; the first and the last minute, or third of a shorter load."""
        part = min(_MINUTE, seconds / 3)
        acknowledged = sum(map(len, self._acknowledged.values()))
        resident = " → ".join(f"{mean(each):.0f}" for each in _ends(self._resident, part, seconds))
        waits = {
            f"{kind}: p50, p99 in milliseconds, first → last minute": " → ".join(
                _percentiles(each) for each in _ends(moments, part, seconds)
            )
            for kind, moments in self._waits.items()
        }
        return {
            "requests": f"{sum(map(len, self._waits.values())):,}",
            "errors": f"{sum(self.errors.values()):,}",
            "changes acknowledged": f"{acknowledged:,}",
            "of these not in the log exactly once": f"{missing:,}",
            "resident memory (MB), first → last minute": resident,
            **waits,
        }


def _ends(moments: list[Moment], part: float, seconds: float) -> tuple[list[float], list[float]]:
    """Give what was seen in the first part and in the last."""
    return (
        [each.value for each in moments if each.at < part],
        [each.value for each in moments if each.at >= seconds - part],
    )


def _percentiles(waits: list[float]) -> str:
    cuts = quantiles(waits, n=100)
    return f"{cuts[49]:.1f}, {cuts[98]:.1f}"
