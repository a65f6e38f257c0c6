"""Which addresses are public: every family of blocks that are not, and every disguise."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from deedbook.web.public_addresses import is_public, may_be_public

PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.169.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2001:4860:4860::8888",
    # Public IPv4 addresses in disguise.
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
)
CLOSED = (
    "0.0.0.0",  # noqa: S104 (an address to refuse)
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.1.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    # IPv4 addresses that are closed, in disguise: mapped, NAT64 and 6to4.
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:100.64.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2002:a9fe:a9fe::1",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet(address: str) -> None:
    assert is_public(ip_address(address))
    assert may_be_public(address)


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_for_tenants(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not may_be_public(address)
    assert not may_be_public(f"[{address}]")


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("hooks.example.com", True),
        ("localhost.example.com", True),
        ("xn--bcher-kva.example", True),
        ("localhost", False),
        ("localhost.", False),
        ("LOCALHOST", False),
        ("api.localhost", False),
        ("printer.local", False),
        ("metadata.google.internal", False),
        ("metadata.google.internal.", False),
        ("router.home.arpa", False),
        ("intranet", False),
        ("", False),
    ],
)
def test_a_name_that_cannot_be_public_is_known_without_looking_it_up(
    name: str,
    public: bool,  # noqa: FBT001
) -> None:
    assert may_be_public(name) is public
