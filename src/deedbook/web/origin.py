"""From where a request came, as its entries will say."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import Headers

from deedbook.engine import Origin
from deedbook.engine.origin import (
    ClientAddress,
    Country,
    CountryResolver,
    ForwardedHeader,
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
    forwarded_header: ForwardedHeader | None = None
    countries: CountryResolver = field(default_factory=CountryResolver)

    def read(self, request: Request, route: str | None = None) -> Origin:
        """Give the origin of a request to a route (its template, as `/v1/things/{id}`).

        Without a route it is the one that FastAPI has matched.
        """
        headers = request.headers
        address = self.address(request)
        country = self._country(headers, address)
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

    def address(self, request: Request) -> ClientAddress:
        """Give the address that a request came from, and what that rests on."""
        return client_address(
            request.client.host if request.client else None,
            request.headers.getlist("x-forwarded-for"),
            request.headers.getlist("forwarded"),
            self.trusted,
            self.forwarded_header,
        )

    def _country(self, headers: Headers, address: ClientAddress) -> Country:
        """Give the client's country: as a trusted proxy says, or by the table of addresses."""
        said = headers.getlist(self.country_header) if self.country_header else []
        # Of two lines one is the client's own.
        edge = said[0] if len(said) == 1 and self._trusts(address.peer_ip) else None
        # Where only a proxy's address is known, its country is nobody's.
        client = None if self._trusts(address.ip) else address.ip
        return self.countries.resolve(client, edge)

    def _trusts(self, address: str | None) -> bool:
        parsed = parse_address(address or "")
        return parsed is not None and parsed in self.trusted
