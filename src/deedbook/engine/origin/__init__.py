"""Where a request came from: its address, its country and the program that sent it.

Pure functions over raw facts (the peer's address and the headers' text). They know no web
framework, reach no network, and never raise on what a stranger sent: only on wrong configuration.
"""

from deedbook.engine.origin.address import Address, TrustedProxies, parse_address, parse_network
from deedbook.engine.origin.country import Country, CountryResolver
from deedbook.engine.origin.forwarded import ClientAddress, ForwardedHeader, client_address
from deedbook.engine.origin.header import clean_header
from deedbook.engine.origin.user_agent import describe, warm

__all__ = [
    "Address",
    "ClientAddress",
    "Country",
    "CountryResolver",
    "ForwardedHeader",
    "TrustedProxies",
    "clean_header",
    "client_address",
    "describe",
    "parse_address",
    "parse_network",
    "warm",
]
