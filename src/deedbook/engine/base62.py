"""Base 62: digits, capitals, small letters, in the order in which plain ASCII sorts them."""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Two digits at a time take half the turns.
_PAIRS: Final = tuple(one + other for one in ALPHABET for other in ALPHABET)
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}


def encode(number: int, length: int) -> str:
    """Give a number as that many characters, zero-padded; what does not fit is cut at the front."""
    pairs = []
    for _ in range((length + 1) // 2):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(reversed(pairs))[-length:]


def decode(text: str) -> int:
    """Give the number behind a text. Raises `KeyError` for a character that is no digit of it."""
    number = 0
    for character in text:
        number = number * 62 + _VALUES[character]
    return number
