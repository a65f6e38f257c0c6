"""Which addresses are on the public Internet: the only ones that a tenant may have us connect to.

The blocks are those of the IANA special-purpose address registries (RFC 6890) and multicast, with
the few public addresses at which a cloud answers its own machines.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_CLOSED_IPV4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            # The metadata of Azure's machines.
            "168.63.129.16/32",
        ),
    )
)
_OPEN_IPV6: Final = IPv6Network("2000::/3")
_CLOSED_IPV6: Final = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
# Here an IPv4 address is in disguise, from this bit on: mapped (RFC 4291 §2.5.5), NAT64 (RFC 6052)
# and 6to4 (RFC 3056).
_DISGUISES: Final = (
    (IPv6Network("::ffff:0:0/96"), 96),
    (IPv6Network("64:ff9b::/96"), 96),
    (IPv6Network("2002::/16"), 16),
)
_HOME_NAMES: Final = ("localhost", "local", "internal", "home.arpa")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is on the public Internet, whatever disguise it comes in."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_IPV4)
    for block, start in _DISGUISES:
        if address in block:
            return is_public(IPv4Address((int(address) >> (96 - start)) & 0xFFFF_FFFF))
    return address in _OPEN_IPV6 and not any(address in block for block in _CLOSED_IPV6)


def may_be_public(host: str) -> bool:
    """Tell whether the host of a URL can lead to a public address, without looking it up.

    A literal address is judged as it is; a name only when no public name can look like it.
    """
    name = host.strip("[]").rstrip(".").lower()
    try:
        return is_public(ip_address(name))
    except ValueError:
        return "." in name and not name.endswith(tuple(f".{each}" for each in _HOME_NAMES))
