"""Base 62: digits, capitals, small letters, in the order in which plain ASCII sorts them."""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}


def encode(number: int, length: int) -> str:
    """Give a number as that many characters, zero-padded; what does not fit is cut at the front."""
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def decode(text: str) -> int:
    """Give the number behind a text. Raises `KeyError` for a character that is no digit of it."""
    number = 0
    for character in text:
        number = number * 62 + _VALUES[character]
    return number
