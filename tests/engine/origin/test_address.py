"""Addresses in the spellings of servers and proxies; the set of proxies that are believed."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.origin import TrustedProxies, parse_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" \t192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:56", "192.0.2.1"),
        ('"192.0.2.1:56"', "192.0.2.1"),
        ("192.0.2.1:_hidden", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ('" [2001:db8::1]:443 "', "2001:db8::1"),
        ("2001:db8::1:443", "2001:db8::1:443"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:443", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:c000:201]:80", "192.0.2.1"),
    ],
)
def test_an_address_is_read_in_every_honest_spelling(text: str, expected: str) -> None:
    assert str(parse_address(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        '""',
        "unknown",
        "_obfuscated",
        "testclient",
        "localhost:80",
        "unix:",
        "/run/server.sock",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4:",
        "1.2.3.4:123456",
        "1.2.3.4:http",
        "1.2.3.4%eth0",
        "1.2.3.4, 5.6.7.8",
        '""1.2.3.4""',
        "[1.2.3.4]:80",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]443",
        "[[2001:db8::1]]",
        "2001:db8::1::2",
        "fe80::1%",
        "fe80::1%a%b",
        "fe80::1%é",
        "::ffff:1.2.3.4%",
        "\u0661.2.3.4",
        "1.2.3.4\x00",
        "\ud800",
        " " * 200 + "1.2.3.4",
    ],
)
def test_anything_else_is_no_address(text: str) -> None:
    assert parse_address(text) is None


@given(st.text())
def test_reading_an_address_never_raises(text: str) -> None:
    parse_address(text)


@given(st.ip_addresses(), st.integers(0, 65535))
def test_ports_and_quotes_do_not_change_the_address(
    address: IPv4Address | IPv6Address, port: int
) -> None:
    host = f"[{address}]" if address.version == 6 else str(address)
    plain = parse_address(str(address))
    assert plain is not None
    assert parse_address(f"{host}:{port}") == parse_address(f'"{host}:{port}"') == plain


@pytest.mark.parametrize(
    ("entry", "inside", "outside"),
    [
        ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
        (" 10.0.0.0/255.0.0.0 ", "10.255.0.1", "11.0.0.1"),
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("2001:db8::/32", "2001:db8::1", "2001:db9::1"),
        ("2001:db8::1", "2001:db8::1", "2001:db8::2"),
        ("::ffff:10.0.0.0/104", "10.255.0.1", "11.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1", "10.0.0.2"),
        ("::/96", "::1", "0.0.0.1"),
    ],
)
def test_an_entry_covers_its_addresses_only(entry: str, inside: str, outside: str) -> None:
    trusted = TrustedProxies(["203.0.113.9", entry])
    assert ip_address(inside) in trusted
    assert ip_address(outside) not in trusted


def test_without_entries_nobody_is_trusted() -> None:
    assert ip_address("127.0.0.1") not in TrustedProxies()


def test_trusted_proxies_are_values() -> None:
    entries = ["10.0.0.0/8"]
    trusted = TrustedProxies(entries)
    entries.append("127.0.0.1")
    assert trusted == TrustedProxies(("10.0.0.0/8",))
    assert hash(trusted) == hash(TrustedProxies(("10.0.0.0/8",)))
    assert ip_address("127.0.0.1") not in trusted


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("", "neither"),
        ("proxy.internal", "neither"),
        ("10.0.0.0/33", "neither"),
        ("10.0.0.1/8", "host bits"),
        ("10.0.0.1:80", "neither"),
        ("*", "neither"),
        ("0.0.0.0/0", "every address"),
        ("::/0", "every address"),
        ("::ffff:0:0/96", "every address"),
    ],
)
def test_a_wrong_entry_is_named_and_explained(entry: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        TrustedProxies(["10.0.0.0/8", entry])
    assert repr(entry) in str(caught.value)


def test_a_single_string_is_not_read_letter_by_letter() -> None:
    with pytest.raises(TypeError, match=r"'10\.0\.0\.0/8'"):
        TrustedProxies("10.0.0.0/8")
