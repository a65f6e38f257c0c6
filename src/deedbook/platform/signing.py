"""The key that signs checkpoints: a file beside the database, and how it is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import select

from deedbook.database.connect import Database
from deedbook.engine import SYSTEM, Actor
from deedbook.engine.integrity.note import Signer, Verifier
from deedbook.engine.integrity.rotation import endorse
from deedbook.platform.audit import KEY_ROTATED, KeyRotatedMetadata
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.models import Instance
from deedbook.recording import UnitOfWork
from deedbook.settings import kept_file

_NAME: Final = "deedbook"
_OPERATOR: Final = Actor(type=SYSTEM, id=None, role="system", auth_method="operator")


class SigningKeys:
    """The signing key in its file, made at first use with mode 0600, and the one that is to come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next_path = path.with_name(f"{path.name}.next")

    def current(self) -> Signer:
        """Give the key as it is now: another process may have replaced it. Raises `MalformedKey`."""
        return _kept_key(self._path)

    def next(self) -> Signer:
        """Give the key that the next rotation brings."""
        return _kept_key(self._next_path)

    def turn(self) -> None:
        """Make the next key the current one."""
        self._next_path.replace(self._path)


def _kept_key(path: Path) -> Signer:
    return Signer.parse(kept_file(path, _fresh_key).decode(errors="replace").removesuffix("\n"))


def _fresh_key() -> bytes:
    return f"{Signer.generate(_NAME).text()}\n".encode()


def rotate_key(database: Database, keys: SigningKeys) -> Verifier:
    """Replace the signing key and give the new one; the log of every instance tells both.

    The entries come first: cut short between them and the file, it is done again with the same key.
    """
    old, new = keys.current(), keys.next().verifier
    told = _tell(database, old, new, told=frozenset())
    keys.turn()
    # What was founded meanwhile may have a checkpoint by the old key as well.
    _tell(database, old, new, told=told)
    return new


def _tell(
    database: Database, old: Signer, new: Verifier, *, told: frozenset[str]
) -> frozenset[str]:
    """Record the rotation in every log where it is not told; gives the instances it is told in."""
    metadata = KeyRotatedMetadata(previous_key_id=old.verifier.id.hex(), key_id=new.id.hex())
    effect: dict[str, object] = {
        "kind": "key_rotated",
        "from": str(old.verifier),
        "to": str(new),
        "endorsement": endorse(old, new),
    }
    with (
        database.write() as session,
        UnitOfWork(session, catalogue=CATALOGUE, actor=_OPERATOR) as work,
    ):
        # any instance: one key signs for all of them, the deleted ones included
        instances = frozenset(session.scalars(select(Instance.id)))
        for each in sorted(instances - told):
            work.record(
                KEY_ROTATED, None, metadata, instance_id=each, entity_id=each, effect=effect
            )
    return instances
