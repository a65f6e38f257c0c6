"""The old signing key's word for the new one, which a verifier that knows the old key can follow.

It is a signed note (`note`) of two lines, a title and the new public key, signed by the old key. No
checkpoint reads like it, since the second line of one is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from deedbook.engine.errors import DeedbookError
from deedbook.engine.integrity.note import MalformedNote, Signer, Verifier, open_note, sign

_TITLE: Final = "deedbook/key-rotation"


def endorse(old: Signer, new: Verifier) -> str:
    """Give the note by which the old key names the new one."""
    return sign(f"{_TITLE}\n{new}\n", old)


def earlier_keys(effects: Iterable[Mapping[str, Any]], current: Verifier) -> set[Verifier]:
    """Give a log's key with those that endorsed it before, told by effects of entries, newest first.

    An effect that names no endorsed key counts for nothing.
    """
    known = {current}
    for effect in effects:
        try:
            old = Verifier.parse(effect["from"])
            new = endorsed_key(effect["endorsement"], old)
        except (DeedbookError, KeyError, AttributeError):
            continue
        if new in known:
            known.add(old)
    return known


def endorsed_key(note: str, old: Verifier) -> Verifier:
    """Give the key that the old one named.

    Raises `UnverifiedNote` when the old key did not sign it, `MalformedNote` or `MalformedKey` when it
    names none.
    """
    title, new, *rest = open_note(note, [old]).text.split("\n")
    if title != _TITLE or rest != [""]:
        raise MalformedNote
    return Verifier.parse(new)
