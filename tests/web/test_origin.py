"""From where a request came: no forged header puts a false address or country into an entry."""

from __future__ import annotations

import itertools

import pytest
from fastapi import Request

from deedbook.engine import Origin
from deedbook.engine.origin import CountryResolver, ForwardedHeader, TrustedProxies
from deedbook.web.origin import OriginReader

PROXY, INNER = "10.0.0.1", "10.0.0.2"
CLIENT, LIE = "200.160.0.8", "8.8.8.8"
COUNTRIES = CountryResolver(lookup={CLIENT: "BR", LIE: "US", PROXY: "ZA"}.get, table="table")

Lines = tuple[tuple[str, str], ...]
# What a client may send along, hoping that it is believed.
FORGED: dict[str, Lines] = {
    "nothing": (),
    "x": (("X-Forwarded-For", LIE),),
    "x twice": (("X-Forwarded-For", LIE), ("x-forwarded-for", LIE)),
    "x with a proxy": (("X-Forwarded-For", f"{LIE}, {PROXY}"),),
    "x, mapped": (("X-Forwarded-For", f"::ffff:{LIE}"),),
    "x with a port": (("X-Forwarded-For", f"{LIE}:443"),),
    "x, quoted": (("X-Forwarded-For", f'"{LIE}"'),),
    "x, blank": (("X-Forwarded-For", ""),),
    "x, junk": (("X-Forwarded-For", "unknown, _hidden, \x00, ' OR 1=1"),),
    "x, 10 kB": (("X-Forwarded-For", f"{LIE}, " * 1_100),),
    "x, a zone": (("X-Forwarded-For", "fe80::1%eth0"),),
    "forwarded": (("Forwarded", f"for={LIE}"),),
    "forwarded, an open quote": (("Forwarded", f'for={LIE};by="'),),
    "forwarded, twice": (("Forwarded", f"for={LIE};for={LIE}"),),
    "forwarded, 10 kB": (("Forwarded", f'for="{LIE}", ' * 700),),
    "both": (("X-Forwarded-For", LIE), ("Forwarded", f"for={LIE}")),
    "others": (("X-Real-IP", LIE), ("True-Client-IP", LIE), ("X-Client-IP", LIE), ("Via", LIE)),
    "country": (("CF-IPCountry", "KP"),),
    "country twice": (("CF-IPCountry", "KP"), ("CF-IPCountry", "KP")),
}


def read(lines: Lines, peer: str, header: ForwardedHeader | None = None) -> Origin:
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in lines]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": raw, "client": (peer, 1)}
    trusted = TrustedProxies(["10.0.0.0/24"])
    return OriginReader(trusted, "cf-ipcountry", header, COUNTRIES).read(Request(scope))


def appended(lines: Lines, name: str, value: str) -> Lines:
    """What a proxy does: it adds to the last line of its header, and hands on all the rest."""
    own = [each for each in lines if each[0].lower() == name.lower()]
    others = tuple(each for each in lines if each[0].lower() != name.lower())
    before = ", ".join(text for _, text in own)
    return (*others, (name, f"{before}, {value}" if own else value))


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_without_a_trusted_proxy_nothing_is_believed(forged: Lines) -> None:
    origin = read(forged, CLIENT)
    assert (origin.ip_address, origin.peer_ip) == (CLIENT, CLIENT)
    assert (origin.country, origin.country_source) == ("BR", "table")


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("written", ["X-Forwarded-For", "Forwarded"])
@pytest.mark.parametrize("named", [True, False], ids=["named", "not named"])
def test_behind_a_proxy_no_forged_header_is_believed(
    forged: Lines,
    written: str,
    named: bool,  # noqa: FBT001
) -> None:
    form = "for=" if written == "Forwarded" else ""
    header: ForwardedHeader = "forwarded" if written == "Forwarded" else "x-forwarded-for"
    # The proxy has its own country header written, as it must where that is believed.
    plain = tuple(each for each in forged if each[0] != "CF-IPCountry")
    for chain in ([CLIENT], [CLIENT, INNER]):
        lines = plain
        for hop in chain:
            lines = appended(lines, written, form + hop)
        origin = read((*lines, ("CF-IPCountry", "BR")), PROXY, header if named else None)
        assert origin.peer_ip == PROXY
        # Where nobody said which header to believe, a client can hide; it cannot lie.
        assert origin.ip_address in ({CLIENT} if named else {CLIENT, PROXY})
        assert (origin.country, origin.country_source) == ("BR", "edge")
        without = read(lines, PROXY, header if named else None)
        by_table = ("BR", "table") if without.ip_address == CLIENT else (None, None)
        assert (without.country, without.country_source) == by_table


def test_of_two_countries_one_is_the_clients_own_and_neither_is_believed() -> None:
    lines = (("X-Forwarded-For", CLIENT), ("CF-IPCountry", "KP"), ("CF-IPCountry", "BR"))
    assert read(lines, PROXY).country_source == "table"


def test_the_country_of_a_proxy_is_nobodys() -> None:
    for lines in ((), (("X-Forwarded-For", "unknown"),), (("X-Forwarded-For", INNER),)):
        origin = read(lines, PROXY)
        assert (origin.country, origin.country_source) == (None, None)


@pytest.mark.parametrize("pair", list(itertools.combinations(FORGED, 2)), ids=str)
def test_what_was_claimed_is_kept_and_bounded(pair: tuple[str, str]) -> None:
    origin = read((*FORGED[pair[0]], *FORGED[pair[1]]), PROXY)
    assert len(origin.forwarded_for or "") <= 1_025
    (origin.forwarded_for or "").encode()
