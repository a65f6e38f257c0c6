"""Ids of the wire: two letters, an underscore, and 12 characters of base 62, at random (71 bits)."""

from __future__ import annotations

import re
import secrets
from typing import Final

from deedbook.engine.base62 import ALPHABET

_FORM: Final = re.compile(r"[a-z]{2}_[0-9A-Za-z]{12}")


def new_id(prefix: str) -> str:
    """Give a new id with a prefix such as `re`."""
    return f"{prefix}_{random_text(12)}"


def random_text(length: int) -> str:
    """Give that many characters of base 62 from the system's source of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an id."""
    return _FORM.fullmatch(text) is not None
