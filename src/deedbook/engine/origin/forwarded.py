"""Who is behind the proxies: `X-Forwarded-For` and `Forwarded` (RFC 7239), read from the right.

A proxy writes one of the two and as a rule hands on the other as its client wrote it. So one header is
believed, by name; and where nobody named it and both come, both have to tell of the same client.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from deedbook.engine.origin.address import Address, TrustedProxies, parse_address
from deedbook.engine.origin.header import HEADER_LIMIT, storable

# No honest chain is this long; whatever is further left is not looked at.
_MOST_HOPS = 100

# One forwarded-pair and the semicolon after it. The quantifiers are possessive: nothing that a
# client sends can make the match try again, so that it stays linear.
_PAIR = re.compile(
    r"""
    [ \t]*+
    (?: (?P<name> [!#$%&'*+.^_`|~0-9A-Za-z-]++ )
        =
        (?: "(?P<quoted> (?: [^"\\] | \\. )*+ )"
          # RFC 7239 wants an address with a colon quoted; many proxies leave it bare.
          | (?P<bare> [^\s"=;]*+ )
        )
    )?+
    [ \t]*+ (?: ; | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


ForwardedHeader: TypeAlias = Literal["x-forwarded-for", "forwarded"]


@dataclass(frozen=True, slots=True)
class ClientAddress:
    """The address a request came from, and what that answer rests on.

    `ip` is the address that is believed, `peer_ip` the other end of the connection; both in the
    compressed form of RFC 5952, or `None` where there was no IP address (a Unix socket).
    `forwarded_for` is the claim of the headers, believed or not: what clients may have made up.
    """

    ip: str | None
    peer_ip: str | None
    forwarded_for: str | None


def client_address(
    peer: str | None,
    x_forwarded_for: Sequence[str],
    forwarded: Sequence[str],
    trusted: TrustedProxies,
    header: ForwardedHeader | None = None,
) -> ClientAddress:
    """Tell which address a request came from, believing none but the trusted proxies.

    It is the peer's address unless the peer is trusted. Then the hops are walked from right to left
    to the first one that is not trusted; if all are, to the leftmost. The walk ends early, with the
    last trusted hop, at an entry that cannot be read, for what is beyond it is nobody's word.
    At most the last 100 hops are looked at.

    `x_forwarded_for` and `forwarded` are the values of those header lines in the order received.
    `header` is the one that the proxies write; the other is then never read. Without it either is,
    but where both come and tell of different clients neither is believed: one of them a client may
    have made up, so the answer is the peer. The claim is kept as received, its lines joined with
    ", "; of a longer one the first 1,024 characters and "…" (and U+FFFD for characters that cannot
    be stored).

    Never raises, whatever the peer and the headers are.
    """
    peer_address = parse_address(peer) if peer else None
    if peer_address is None or peer_address not in trusted:
        client = peer_address
    else:
        told = {
            _first_untrusted(peer_address, hops, trusted)
            for hops in _chains(x_forwarded_for, forwarded, header)
        }
        client = told.pop() if len(told) == 1 else peer_address
    return ClientAddress(
        ip=_text(client),
        peer_ip=_text(peer_address),
        forwarded_for=_claim([*x_forwarded_for, *forwarded]),
    )


def _chains(
    x_forwarded_for: Sequence[str], forwarded: Sequence[str], header: ForwardedHeader | None
) -> Iterator[Iterator[Address | None]]:
    """Give the hops of each header that may be believed and is there, nearest first."""
    if x_forwarded_for and header != "forwarded":
        yield _x_forwarded_hops(x_forwarded_for)
    if forwarded and header != "x-forwarded-for":
        yield _forwarded_hops(forwarded)


def _text(address: Address | None) -> str | None:
    return None if address is None else str(address)


def _claim(lines: Sequence[str]) -> str | None:
    claim = ", ".join(lines)
    if not claim.strip(" \t,"):
        return None
    kept = storable(claim[:HEADER_LIMIT])
    return kept if len(claim) <= HEADER_LIMIT else f"{kept}…"


def _first_untrusted(
    peer: Address, hops: Iterable[Address | None], trusted: TrustedProxies
) -> Address:
    """Walk `hops`, nearest first, from a trusted peer; `None` is a hop that cannot be read."""
    nearest = peer
    for hop in islice(hops, _MOST_HOPS):
        if hop is None:
            break
        nearest = hop
        if hop not in trusted:
            break
    return nearest


def _x_forwarded_hops(lines: Sequence[str]) -> Iterator[Address | None]:
    entries = ",".join(lines).rsplit(",", _MOST_HOPS)
    return map(parse_address, reversed(entries))


def _forwarded_hops(lines: Sequence[str]) -> Iterator[Address | None]:
    return map(_for_address, _elements_from_right(",".join(lines)))


def _elements_from_right(text: str) -> Iterator[str]:
    """Split at the commas that are outside quoted strings, rightmost element first.

    Reading from the left, an unbalanced quote that a client sent would swallow what its proxy
    added. From the right, everything that trusted hops wrote is read before the client's part.
    """
    end = len(text)
    quoted = False
    for at in range(end - 1, -1, -1):
        character = text[at]
        if character == '"':
            quoted = not quoted or _is_escaped(text, at)
        elif character == "," and not quoted:
            yield text[at + 1 : end]
            end = at
    yield text[:end]


def _is_escaped(text: str, at: int) -> bool:
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1


def _for_address(element: str) -> Address | None:
    """Read the `for` parameter of one forwarded-element; `None` unless it is there just once."""
    found: str | None = None
    at = 0
    while at < len(element):
        pair = _PAIR.match(element, at)
        if pair is None:
            return None
        at = pair.end()
        if (pair["name"] or "").lower() != "for":
            continue
        if found is not None:
            # RFC 7239 §4 forbids a second one, and nothing says which of the two to believe.
            return None
        found = _value(pair)
    return None if found is None else parse_address(found)


def _value(pair: re.Match[str]) -> str:
    quoted: str | None = pair["quoted"]
    return str(pair["bare"]) if quoted is None else _ESCAPED.sub(r"\1", quoted)
