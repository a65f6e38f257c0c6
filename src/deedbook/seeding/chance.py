"""Chance, and the small things that it makes: ids, numbers, names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, TypeVar

from deedbook.engine.base62 import ALPHABET

Value = TypeVar("Value")

FIRST_NAMES: Final = (
    *("Ana", "Ben", "Chi", "Dana", "Emre", "Fatou", "Grace", "Hugo", "Ines", "Jun"),
    *("Kwame", "Lucía", "Maria", "Nadia", "Ola", "Pedro", "Rui", "Sofia", "Tomás", "Yuki"),
)
LAST_NAMES: Final = (
    *("Almeida", "Becker", "Carter", "Diop", "Fernández", "Gupta", "Haddad", "Ito", "Kaya"),
    *("Lima", "Mensah", "Nguyen", "Nowak", "Okafor", "Prado", "Rossi", "Silva", "Tanaka"),
)
BUSINESSES: Final = ("Anvil", "Borealis", "Cometa", "Dune", "Ember", "Fjord", "Globex", "Harbor")


# What each byte is in an id; that some characters come a little more often does no harm.
_CHARACTERS: Final = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


class Chance:
    """What a random seed makes; the same seed makes the same."""

    def __init__(self, source: random.Random) -> None:
        self.random = source.random
        self._bits = source.getrandbits

    def below(self, limit: int) -> int:
        """Give a number from 0 up to a limit."""
        return int(self.random() * limit)

    def one_of(self, values: Sequence[Value]) -> Value:
        """Give one of some values, each as likely as another."""
        return values[int(self.random() * len(values))]

    def frequent(self, values: Sequence[Value]) -> Value:
        """Give one of some values; the last ones come up most, as what is new does in life."""
        share = self.random()
        return values[-1 - int(share * share * share * len(values))]

    def id(self, prefix: str) -> str:
        """Give an id of the platform's form."""
        number = self._bits(96).to_bytes(12, "big")
        return f"{prefix}_{number.translate(_CHARACTERS).decode()}"

    def hex(self, digits: int) -> str:
        """Give so many hexadecimal digits."""
        return f"{self._bits(4 * digits):0{digits}x}"

    def name(self) -> str:
        """Give the name of a person."""
        return f"{self.one_of(FIRST_NAMES)} {self.one_of(LAST_NAMES)}"

    def address(self) -> str:
        """Give what looks like an address of an EVM chain."""
        return f"0x{self.hex(40)}"

    def cents(self) -> int:
        """Give an amount: mostly small, now and then large."""
        return int(5_00 / (1.0005 - self.random()))
