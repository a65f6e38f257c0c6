"""Numbers that carry check digits: whether one can be right, by the algorithm that its issuer published.

Each takes a number without spaces and tells whether it holds.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

_CNPJ: Final = re.compile(r"[0-9A-Z]{12}[0-9]{2}")


def _weighted(characters: str, weights: Iterable[int]) -> int:
    """Sum the characters times their weights; a letter counts from 17 on, as in ASCII after 0."""
    return sum((ord(each) - ord("0")) * weight for each, weight in zip(characters, weights))  # noqa: B905 (the rest has no weight)


def is_routing_number(text: str) -> bool:
    """Tell of a routing number (ABA): nine digits, 3-7-1, in one of the ranges that are given out."""
    ranges = (range(13), range(21, 33), range(61, 73), range(80, 81))
    return (
        re.fullmatch(r"[0-9]{9}", text) is not None
        and any(int(text[:2]) in each for each in ranges)
        and text != "0" * 9
        and _weighted(text, (3, 7, 1) * 3) % 10 == 0
    )


def is_iban(text: str) -> bool:
    """Tell of an IBAN (ISO 13616): letters as 10 to 35, the first four last, modulo 97 is 1."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", text):
        return False
    return int("".join(str(int(each, 36)) for each in text[4:] + text[:4])) % 97 == 1


def is_clabe(text: str) -> bool:
    """Tell of a CLABE (Banco de México): 18 digits, weights 3-7-1 each modulo 10."""
    if not re.fullmatch(r"[0-9]{18}", text):
        return False
    total = sum(
        int(each) * weight % 10 for each, weight in zip(text[:17], (3, 7, 1) * 6, strict=False)
    )
    return (10 - total % 10) % 10 == int(text[17])


def is_cbu(text: str) -> bool:
    """Tell of a CBU or CVU (Banco Central de la República Argentina): two blocks, each with a digit."""
    if not re.fullmatch(r"[0-9]{22}", text):
        return False
    bank, account = text[:8], text[8:]
    bank_sum = _weighted(bank[:7], (7, 1, 3, 9, 7, 1, 3))
    account_sum = _weighted(account[:13], (3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3))
    return (-bank_sum % 10, -account_sum % 10) == (int(bank[7]), int(account[13]))


def is_card_number(text: str) -> bool:
    """Tell of a card number of 16 digits (ISO/IEC 7812-1): every second one doubled, modulo 10."""
    if not re.fullmatch(r"[0-9]{16}", text):
        return False
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(text))]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def is_cpf(text: str) -> bool:
    """Tell of a CPF (Receita Federal): eleven digits, not all alike, the last two modulo 11."""
    digits = re.sub(r"[.-]", "", text)
    return (
        re.fullmatch(r"[0-9]{11}", digits) is not None
        and len(set(digits)) > 1
        and _modulo_11(digits, (range(10, 1, -1), range(11, 1, -1)))
    )


def is_cnpj(text: str) -> bool:
    """Tell of a CNPJ (Receita Federal, with letters since July 2026): the last two modulo 11."""
    characters = re.sub(r"[./-]", "", text).upper()
    weights = (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    return (
        _CNPJ.fullmatch(characters) is not None
        and len(set(characters)) > 1
        and _modulo_11(characters, (weights, (6, *weights)))
    )


def _modulo_11(characters: str, weights: Sequence[Sequence[int]]) -> bool:
    """Check the last two digits: each is 11 less the remainder, and 0 where that is 10 or 11."""
    for place, each in zip((-2, -1), weights, strict=True):
        remainder = _weighted(characters[:place], each) % 11
        if int(characters[place]) != (0 if remainder < 2 else 11 - remainder):  # noqa: PLR2004
            return False
    return True


def is_pix_key(text: str, *, only_tax_ids: bool = False) -> bool:
    """Tell of a Pix key (Banco Central do Brasil): CPF, CNPJ, telephone, e-mail or random (UUID)."""
    if is_cpf(text) or is_cnpj(text):
        return True
    if only_tax_ids:
        return False
    if re.fullmatch(r"\+?[1-9][0-9]{9,13}", text) or re.fullmatch(
        r"[^@\s]+@[^@\s]+\.[^@\s]+", text
    ):
        return True
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
