"""From where a request came, as its entries will say."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request

from deedbook.engine import Origin
from deedbook.engine.origin import (
    CountryResolver,
    TrustedProxies,
    clean_header,
    client_address,
    parse_address,
)
from deedbook.web.problems import trace_id_of


@dataclass(frozen=True)
class OriginReader:
    """Reads the origin of requests; proxies are believed only when they are trusted."""

    trusted: TrustedProxies = field(default_factory=TrustedProxies)
    country_header: str = ""
    countries: CountryResolver = field(default_factory=CountryResolver)

    def read(self, request: Request, route: str | None = None) -> Origin:
        """Give the origin of a request to a route (its template, as `/v1/things/{id}`).

        Without a route it is the one that FastAPI has matched.
        """
        headers = request.headers
        peer = request.client.host if request.client else None
        address = client_address(
            peer, headers.getlist("x-forwarded-for"), headers.getlist("forwarded"), self.trusted
        )
        peer_address = parse_address(peer) if peer else None
        believed = peer_address is not None and peer_address in self.trusted
        edge = headers.get(self.country_header) if self.country_header and believed else None
        country = self.countries.resolve(address.ip, edge)
        return Origin(
            ip_address=address.ip,
            peer_ip=address.peer_ip,
            forwarded_for=address.forwarded_for,
            country=country.code,
            country_source=country.source,
            user_agent=clean_header(headers.get("user-agent")),
            request_id=trace_id_of(request),
            method=request.method,
            route=route or getattr(request.scope.get("route"), "path", None),
        )
