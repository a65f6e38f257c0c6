"""The country a request came from, and who says so."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import iptocc

from deedbook.engine.origin.address import parse_address

_TABLE = "iptocc"
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")

# Two letters that are no country of ISO 3166-1: the edges' and registries' marks for "unknown" (XX,
# ZZ), and the regions that a registry may have assigned a block to (EU, AP). The T1 of Tor is not
# two letters to begin with.
_NO_COUNTRY = frozenset({"AP", "EU", "XX", "ZZ"})


@dataclass(frozen=True, slots=True)
class Country:
    """A country and its source, or twice `None` where it is not known.

    `code` is ISO 3166-1 alpha-2 in upper case; `source` is "edge" or the table with its date.
    """

    code: str | None
    source: str | None


_UNKNOWN = Country(code=None, source=None)


def _country_code(text: str | None) -> str | None:
    letters = (text or "").strip()
    # Matched before it is put in upper case: "ß" is one letter, but its upper case is "SS".
    if not _TWO_LETTERS.fullmatch(letters) or letters.upper() in _NO_COUNTRY:
        return None
    return letters.upper()


@cache
def _table_source() -> str:
    """Name the table: "iptocc 2026-10-27", or its version, or only its name."""
    try:
        package = distribution(_TABLE)
    except PackageNotFoundError:
        return _TABLE
    return f"{_TABLE} {_build_date(package) or package.version}"


def _build_date(package: Distribution) -> str | None:
    """Date the table by its wheel's software bill of materials (CycloneDX, `metadata.timestamp`).

    The package itself names no date, but its wheel is made anew with each night's data.
    """
    for file in package.files or ():
        if file.name.endswith(".cyclonedx.json"):
            # A date is a courtesy: whatever is wrong with that file, the version will do.
            with suppress(OSError, ValueError, KeyError, TypeError):
                timestamp = json.loads(file.read_text(encoding="utf-8"))["metadata"]["timestamp"]
                return date.fromisoformat(timestamp[:10]).isoformat()
    return None


@dataclass(frozen=True, slots=True)
class CountryResolver:
    """Tells the country of a request from a trusted edge's header, else from an offline table.

    `lookup` gives the two-letter code for an address, or `None`; `table` names it in entries. By
    default both are those of `iptocc`: the country a registry assigned the address's block to,
    which need not be where the block is used.
    """

    lookup: Callable[[str], str | None] = iptocc.country_code
    table: str = field(default_factory=_table_source)

    def resolve(self, ip: str | None, edge_header: str | None) -> Country:
        """Tell the country of `ip`, as ISO 3166-1 alpha-2, and the source of that answer.

        `edge_header` is what a trusted proxy says (`CF-IPCountry` and the like); the caller passes
        it only from such a proxy. If it names a country it is believed as it stands, with source
        "edge". Otherwise the table is asked. Private, loopback, documentation and other addresses
        that are not of the public internet have no country in the table.

        Never raises on malformed input; what cannot be told is `Country(None, None)`.
        """
        if code := _country_code(edge_header):
            return Country(code=code, source="edge")
        address = parse_address(ip) if ip else None
        if address is None or not address.is_global:
            return _UNKNOWN
        if code := _country_code(self.lookup(str(address))):
            return Country(code=code, source=self.table)
        return _UNKNOWN
