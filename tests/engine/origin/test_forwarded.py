"""The client behind the proxies, and all the ways to lie about it."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.origin import ClientAddress, TrustedProxies, client_address

PROXY = "10.0.0.1"
OTHER_PROXY = "10.0.0.2"
CLIENT = "198.51.100.7"
LIE = "203.0.113.66"
TRUSTED = TrustedProxies(["10.0.0.0/8", "fd00::/8"])

texts = st.text()
noise = st.text(alphabet='for=";,\\[]:._ 1a\t\ud800\x00')


def seen_through_proxy(*, x: tuple[str, ...] = (), forwarded: tuple[str, ...] = ()) -> str | None:
    return client_address(PROXY, x, forwarded, TRUSTED).ip


@pytest.mark.parametrize(
    ("peer", "ip"),
    [
        (CLIENT, CLIENT),
        ("2001:DB8:0::7", "2001:db8::7"),
        ("::ffff:198.51.100.7", CLIENT),
        ("testclient", None),
        ("/run/server.sock", None),
        ("", None),
        (None, None),
    ],
)
def test_a_peer_that_is_no_trusted_proxy_is_not_believed(peer: str | None, ip: str | None) -> None:
    for x, forwarded in [((), ()), ((LIE,), ()), ((), (f"for={LIE}",))]:
        answer = client_address(peer, x, forwarded, TRUSTED)
        assert (answer.ip, answer.peer_ip) == (ip, ip)


@pytest.mark.parametrize(
    ("lines", "ip"),
    [
        ((), PROXY),
        ((CLIENT,), CLIENT),
        ((f"{LIE}, {CLIENT}",), CLIENT),
        ((LIE, CLIENT), CLIENT),
        ((f"{LIE},{CLIENT},{OTHER_PROXY}",), CLIENT),
        ((f"{LIE}, {CLIENT}", OTHER_PROXY), CLIENT),
        ((f"{CLIENT}:5012",), CLIENT),
        (("[2001:db8::7]:443, fd00::1",), "2001:db8::7"),
        ((f"::ffff:{CLIENT}, ::ffff:{OTHER_PROXY}",), CLIENT),
        # Every hop is trusted: the leftmost.
        ((f"10.9.9.9, {OTHER_PROXY}",), "10.9.9.9"),
        # Junk is never stepped past: the last trusted hop before it.
        ((f"{CLIENT}, unknown",), PROXY),
        ((f"{CLIENT}, unknown, {OTHER_PROXY}",), OTHER_PROXY),
        ((f"{CLIENT}, , {OTHER_PROXY}",), OTHER_PROXY),
        ((f"{CLIENT},",), PROXY),
        (("",), PROXY),
        # Junk beyond the answer does not matter.
        ((f"unknown, <script>, {CLIENT}",), CLIENT),
    ],
)
def test_x_forwarded_for_is_walked_from_the_right(lines: tuple[str, ...], ip: str) -> None:
    assert seen_through_proxy(x=lines) == ip


@pytest.mark.parametrize(
    ("lines", "ip"),
    [
        ((f"for={CLIENT}",), CLIENT),
        ((f"For={CLIENT};proto=https;by={PROXY}",), CLIENT),
        ((f"proto=https; for={CLIENT} ;",), CLIENT),
        ((f'for="{CLIENT}:5012"',), CLIENT),
        ((f"for={CLIENT}:5012",), CLIENT),
        (('for="[2001:db8::7]:443"',), "2001:db8::7"),
        ((r'for="\1\98.51.100.7"',), CLIENT),
        ((f"for={LIE}, for={CLIENT}, for={OTHER_PROXY}",), CLIENT),
        ((f"for={LIE}", f"for={CLIENT}", f"for={OTHER_PROXY};proto=http"), CLIENT),
        ((f'for={CLIENT};ext="a, b;c \\", d"',), CLIENT),
        ((f'for={CLIENT};ext="a\\\\"',), CLIENT),
        ((f"for=10.9.9.9, for={OTHER_PROXY}",), "10.9.9.9"),
        # What cannot be read ends the walk.
        ((f"for={CLIENT}, for=unknown",), PROXY),
        ((f"for={CLIENT}, for=_hidden, for={OTHER_PROXY}",), OTHER_PROXY),
        ((f"for={CLIENT}, proto=https",), PROXY),
        ((f"for={LIE};for={CLIENT}",), PROXY),
        ((f"for={CLIENT} proto=https",), PROXY),
        ((f"for = {CLIENT}",), PROXY),
        ((f'for="{CLIENT}',), PROXY),
        ((f'for="{CLIENT}"x',), PROXY),
        ((CLIENT,), PROXY),
        (("",), PROXY),
    ],
)
def test_forwarded_is_walked_from_the_right(lines: tuple[str, ...], ip: str) -> None:
    assert seen_through_proxy(forwarded=lines) == ip


@pytest.mark.parametrize("trick", ['for="', f'for={LIE};x="', 'a="\\', '"', '\\"', 'x="a'])
def test_an_open_quote_does_not_swallow_what_the_proxy_adds(trick: str) -> None:
    assert seen_through_proxy(forwarded=(f"{trick}, for={CLIENT}",)) == CLIENT
    assert seen_through_proxy(forwarded=(trick, f'for="{CLIENT}:80";proto=https')) == CLIENT


@pytest.mark.parametrize("junk", ["unknown", "", LIE, f"{LIE}, {LIE}", '"', ",,,", PROXY])
def test_of_two_headers_the_one_that_was_named_is_read(junk: str) -> None:
    for forged in ([junk], [f"for={junk}"], [junk] * 3):
        assert client_address(PROXY, [CLIENT], forged, TRUSTED, "x-forwarded-for").ip == CLIENT
        assert client_address(PROXY, forged, [f"for={CLIENT}"], TRUSTED, "forwarded").ip == CLIENT
        # A proxy that wrote nothing is the last that is known.
        assert client_address(PROXY, [], forged, TRUSTED, "x-forwarded-for").ip == PROXY
        assert client_address(PROXY, forged, [], TRUSTED, "forwarded").ip == PROXY


@pytest.mark.parametrize("line", [CLIENT, f"{LIE}, {CLIENT}", "unknown", ""])
def test_of_two_headers_that_disagree_neither_is_believed(line: str) -> None:
    assert client_address(PROXY, [line], [f"for={LIE}"], TRUSTED).ip == PROXY
    assert client_address(PROXY, [LIE], [f"for={line}"], TRUSTED).ip == PROXY
    assert client_address(PROXY, [CLIENT], [f"for={LIE}, for={CLIENT}"], TRUSTED).ip == CLIENT


@pytest.mark.parametrize(
    ("x", "forwarded", "claim"),
    [
        ((), (), None),
        ((" ",), (), None),
        ((f"{LIE},  {CLIENT}",), (), f"{LIE},  {CLIENT}"),
        ((LIE, CLIENT), (), f"{LIE}, {CLIENT}"),
        ((LIE,), (f"for={CLIENT}",), f"{LIE}, for={CLIENT}"),
        ((), (f"for={LIE}", "for=_x"), f"for={LIE}, for=_x"),
        (("<script>\ud800\x00",), (), "<script>\ufffd\ufffd"),
        (("a" * 1024,), (), "a" * 1024),
        (("a" * 1025,), (), "a" * 1024 + "…"),
    ],
)
@pytest.mark.parametrize("peer", [PROXY, CLIENT, None])
def test_the_claim_is_kept_whether_it_is_believed_or_not(
    peer: str | None, x: tuple[str, ...], forwarded: tuple[str, ...], claim: str | None
) -> None:
    assert client_address(peer, x, forwarded, TRUSTED).forwarded_for == claim


def test_peer_and_client_are_both_told() -> None:
    assert client_address("::ffff:10.0.0.1", [f"{LIE}, {CLIENT}"], [], TRUSTED) == ClientAddress(
        ip=CLIENT, peer_ip=PROXY, forwarded_for=f"{LIE}, {CLIENT}"
    )


@given(claims=st.lists(texts | noise | st.just(LIE)), proxies=st.integers(0, 5))
def test_a_spoofed_x_forwarded_for_never_wins(claims: list[str], proxies: int) -> None:
    added = ", ".join([CLIENT, *[OTHER_PROXY] * proxies])
    assert seen_through_proxy(x=(*claims, added)) == CLIENT
    assert seen_through_proxy(x=(f"{','.join(claims)}, {added}",)) == CLIENT


@given(claims=st.lists(texts | noise | st.just(f"for={LIE}")), proxies=st.integers(0, 5))
def test_a_spoofed_forwarded_never_wins(claims: list[str], proxies: int) -> None:
    added = ", ".join([f'for="{CLIENT}:80";proto=https', *[f"for={OTHER_PROXY}"] * proxies])
    assert seen_through_proxy(forwarded=(*claims, added)) == CLIENT
    assert seen_through_proxy(forwarded=(f"{','.join(claims)}, {added}",)) == CLIENT


@given(
    peer=st.none() | texts | st.just(PROXY),
    x=st.lists(texts | noise, max_size=3),
    forwarded=st.lists(texts | noise),
)
def test_nothing_at_all_raises(peer: str | None, x: list[str], forwarded: list[str]) -> None:
    answer = client_address(peer, x, forwarded, TRUSTED)
    (answer.forwarded_for or "").encode()


def test_no_more_than_the_last_hundred_hops_are_looked_at() -> None:
    for hops, ip in [(99, CLIENT), (100, OTHER_PROXY), (101, OTHER_PROXY)]:
        chain = [CLIENT, *[OTHER_PROXY] * hops]
        assert seen_through_proxy(x=(", ".join(chain),)) == ip
        assert seen_through_proxy(forwarded=(", ".join(f"for={hop}" for hop in chain),)) == ip


@pytest.mark.parametrize(
    "poison",
    [
        lambda size: "," * size,
        lambda size: ";" * size,
        lambda size: '"' * size,
        lambda size: "\\" * size,
        lambda size: '\\"' * (size // 2),
        lambda size: 'for="' + "\\" * size,
        lambda size: f"for={CLIENT}" + " " * size + "x",
        lambda size: "a" * size,
        lambda size: "=" * size,
        lambda size: 'a="' + 'x\\"' * (size // 3),
        lambda size: f"for={OTHER_PROXY}," * (size // 13),
        lambda size: f"{OTHER_PROXY}," * (size // 9),
    ],
)
def test_a_huge_header_takes_linear_time(poison: Callable[[int], str]) -> None:
    header = poison(200_000)
    start = time.process_time()
    client_address(PROXY, [header], [], TRUSTED)
    client_address(PROXY, [], [header], TRUSTED)
    # Linear work on 200 kB takes some 50 ms, quadratic work minutes.
    assert time.process_time() - start < 5
