"""Tokens of API keys: `dk_live_` or `dk_test_`, 256 random bits, and a checksum.

The checksum (CRC-32 in base 62) lets a scanner of leaked secrets, and this server before it asks its
database, tell a token from a text that only looks like one.
"""

from __future__ import annotations

import secrets
import zlib
from typing import Final

from deedbook.database.tokens import TOKEN_CHARACTERS
from deedbook.engine import base62

_CHECKSUM_CHARACTERS: Final = 6
_PREFIXES: Final = ("dk_live_", "dk_test_")
_SHOWN_CHARACTERS: Final = 4


def new_token(*, live: bool) -> str:
    """Give a new token."""
    prefix = _PREFIXES[0] if live else _PREFIXES[1]
    body = prefix + base62.encode(secrets.randbits(256), TOKEN_CHARACTERS)
    return body + _checksum(body)


def is_token(text: str) -> bool:
    """Tell whether a text is a token that was made here and mistyped nowhere."""
    length = len(_PREFIXES[0]) + TOKEN_CHARACTERS + _CHECKSUM_CHARACTERS
    if len(text) != length or not text.isascii() or not text.startswith(_PREFIXES):
        return False
    return secrets.compare_digest(
        text[-_CHECKSUM_CHARACTERS:], _checksum(text[:-_CHECKSUM_CHARACTERS])
    )


def shown_prefix(token: str) -> str:
    """Give the beginning of a token by which people tell keys apart."""
    return token[: len(_PREFIXES[0]) + _SHOWN_CHARACTERS]


def _checksum(body: str) -> str:
    return base62.encode(zlib.crc32(body.encode()), _CHECKSUM_CHARACTERS)
