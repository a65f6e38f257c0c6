"""Tokens that are shown once: at least 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
from typing import Final

from deedbook.database.ids import random_text

# 62^43 > 2^256
TOKEN_CHARACTERS: Final = 43


def new_token(prefix: str = "") -> str:
    """Give a new token, with a prefix by which people recognise its sort."""
    return prefix + random_text(TOKEN_CHARACTERS)


def token_hash(token: str) -> bytes:
    """Give SHA-256 of a token; with so many random bits in it, it needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
