"""IP addresses as they are found in the wild, and the set of proxies that are believed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

# The longest honest form is a full IPv6 address with a zone, a port, brackets and quotes. Anything
# longer is not an address, and refusing it early keeps the work per hop constant.
_LONGEST_ADDRESS = 128

# A port is a number or, in RFC 7239 §6.3, an obfuscated name that starts with an underscore.
_PORT = r"(?::(?:[0-9]{1,5}|_[0-9A-Za-z._-]+))?"
_BRACKETED = re.compile(rf"\[(?P<host>[^\[\]]*:[^\[\]]*)\]{_PORT}")
_DOTTED = re.compile(rf"(?P<host>[0-9.]+){_PORT}")
_ZONE = re.compile(r"[0-9A-Za-z._~@-]+")

_MAPPED = IPv6Network("::ffff:0:0/96")


def parse_address(text: str) -> Address | None:
    """Read an IP address, however a server or a proxy may have written it.

    Surrounding space, one pair of double quotes, a port (`192.0.2.1:56`, `[2001:db8::1]:443`) and
    an IPv6 zone (`fe80::1%eth0`) are taken off. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is
    the IPv4 address that it stands for, so that one client never has two spellings.

    Returns `None` for all else: names, `unknown` and the obfuscated identifiers of RFC 7239 §6.3.
    """
    return None if len(text) > _LONGEST_ADDRESS else _parse(text)


# One client asks many times, and its address is read several times a request.
@lru_cache(maxsize=1024)
def _parse(text: str) -> Address | None:
    host, percent, zone = _without_port(_without_quotes(text.strip())).partition("%")
    if percent and not (":" in host and _ZONE.fullmatch(zone)):
        return None
    try:
        return _unmapped(ip_address(host))
    except ValueError:
        return None


def _without_quotes(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].strip()
    return text


def _without_port(text: str) -> str:
    found = _BRACKETED.fullmatch(text) or _DOTTED.fullmatch(text)
    # A bare IPv6 address has no room for a port: its last group would be taken for one.
    return found["host"] if found else text


def _unmapped(address: Address) -> Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def parse_network(text: str, *, strict: bool = False) -> Network:
    """Read a CIDR block, or one address as a block; an IPv4-mapped one is the IPv4 block.

    With `strict` no bits may be set beyond the prefix. Raises `ValueError`.
    """
    return _unmapped_network(ip_network(text.strip(), strict=strict))


def _parse_network(entry: str) -> Network:
    try:
        network = parse_network(entry, strict=True)
    except ValueError as error:
        message = f"trusted proxy {entry!r} is neither an IP address nor a CIDR block: {error}"
        raise ValueError(message) from error
    if network.prefixlen == 0:
        # With every hop believed, the leftmost entry wins, and that one the client writes.
        message = f"trusted proxy {entry!r} covers every address: any client could choose its own"
        raise ValueError(message)
    return network


def _unmapped_network(network: Network) -> Network:
    # Addresses are compared after unmapping, so a mapped block must be unmapped too.
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        first = _unmapped(network.network_address)
        return IPv4Network((int(first), network.prefixlen - _MAPPED.prefixlen))
    return network


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The proxies whose word about their client is believed: `address in trusted`.

    `entries` are CIDR blocks (`10.0.0.0/8`, `2001:db8::/32`) and single addresses; none means that
    no header is ever believed.

    Raises `ValueError` that names the entry which is malformed, has host bits set (`10.0.0.1/8`),
    or covers every address, and `TypeError` when given one string instead of a sequence of them.
    """

    entries: Sequence[str] = ()
    _networks: tuple[Network, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if isinstance(self.entries, str):
            # A string is a sequence of strings too, and would be read letter by letter.
            message = f"trusted proxies must be a list of strings, not the string {self.entries!r}"
            raise TypeError(message)
        entries = tuple(self.entries)
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "_networks", tuple(_parse_network(entry) for entry in entries))

    def __contains__(self, address: Address) -> bool:
        return any(address in network for network in self._networks)
