"""An entry: one deed as two byte strings, written once.

`record` stays for ever and names nobody; `personal` holds all that can identify a person and can be
erased. The record binds it by `personal_hash` = SHA-256(salt ‖ personal), so that an erasure breaks
no proof. Both are canonical JSON, and the bytes that are written are the bytes that are hashed,
exported and served: a reply is the two laid end to end, and an envelope of what came later. How a
row stores them is another matter (`engine/encoding.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from deedbook.engine import ids
from deedbook.engine.canonical import encode, encode_texts, prepare, storable_text
from deedbook.engine.deed import Actor, Deed
from deedbook.engine.encoding import PLAIN, pack, pack_both, unpack
from deedbook.engine.errors import DamagedLog
from deedbook.engine.kinds import kind_number

VERSION: Final = 1
SALT_BYTES: Final = 16

ERASED_PERSONAL: Final = encode(
    {
        "actor": {
            "id": None,
            "name": None,
            "email": None,
            "image_url": None,
            "key_prefix": None,
            "created_by": None,
        },
        "entity_label": None,
        "ip_address": None,
        "peer_ip": None,
        "forwarded_for": None,
        "country": None,
        "country_source": None,
        "user_agent": None,
        "personal": {"metadata": {}, "changes": {}},
    }
)


class NewEntry(NamedTuple):
    """An entry ready to be written: the columns of its row in their order, and what it covers.

    `record` and `personal` are as the row stores them.
    """

    id: int
    instance_id: str
    kind: int
    actor_id: str | None
    entity_id: str
    encoding: int
    record: bytes
    personal: bytes
    salt: bytes
    evidence: bytes | None
    covers: frozenset[str]

    def entry(self) -> Entry:
        """Give it as it will be read until it is sealed."""
        return Entry(
            self.id, unpack(self.encoding, self.record), unpack(self.encoding, self.personal)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read. `sequence` is None until it is sealed, `personal` once it was forgotten.

    `past_retention` tells what forgot it: retention, which reached this far, or an erasure.
    """

    id: int
    record: bytes
    personal: bytes | None
    sequence: int | None = None
    past_retention: bool = False

    @property
    def shown_id(self) -> str:
        """The id as the wire has it: `al_…`."""
        return ids.show(self.id)

    def wire(self) -> bytes:
        """Give the JSON object that is served: record, personal and envelope laid end to end.

        Raises `DamagedLog` for what is no object, and so was never written.
        """
        forgotten = b"expired" if self.past_retention else b"erased"
        state = b"present" if self.personal is not None else forgotten
        personal = self.personal if self.personal is not None else ERASED_PERSONAL
        if not (self.record.startswith(b"{") and personal.startswith(b"{")):
            raise DamagedLog(f"What is kept as {self.shown_id} is no entry.")
        sequence = b"null" if self.sequence is None else b"%d" % self.sequence
        envelope = b'"sequence":' + sequence + b',"personal_state":"' + state + b'"}'
        return self.record[:-1] + b"," + personal[1:-1] + b"," + envelope


def write_down(deed: Deed, entry_id: int) -> NewEntry:
    """Make the entry of a deed under an id, with a fresh salt."""
    salt = os.urandom(SALT_BYTES)
    kept, erasable = _metadata(deed)
    personal = encode_texts(_personal(deed, erasable))
    evidence_hash = None if deed.evidence is None else bound_hash(salt, deed.evidence)
    record = encode_texts(_record(deed, entry_id, kept, bound_hash(salt, personal), evidence_hash))
    # Of what decrees something the database itself reads the record.
    stored = pack_both(record, personal) if deed.effect is None else (PLAIN, record, personal)
    return NewEntry(
        id=entry_id,
        instance_id=deed.instance_id,
        kind=kind_number(
            deed.action.name,
            deed.operation,
            deed.actor.type.name,
            deed.outcome,
            has_passkey=_has_passkey(deed.actor),
        ),
        actor_id=None if deed.actor.id is None else column_text(deed.actor.id),
        entity_id=column_text(deed.entity_id),
        encoding=stored[0],
        record=stored[1],
        personal=stored[2],
        salt=salt,
        evidence=deed.evidence,
        covers=deed.covers,
    )


def under_another_id(entry: NewEntry, entry_id: int) -> NewEntry:
    """Give the same entry with another id, and so with another time."""
    record = json.loads(unpack(entry.encoding, entry.record))
    record |= {"id": ids.show(entry_id), "created_at": ids.created_at_of(entry_id)}
    return entry._replace(id=entry_id, record=pack(entry.encoding, encode(record)))


def bound_hash(salt: bytes, content: bytes) -> str:
    """Give SHA-256(salt ‖ content) in lower-case hex: what binds erasable bytes into a record."""
    return hashlib.sha256(salt + content).hexdigest()


def column_text(text: str) -> str:
    """Give text as the columns hold it: PostgreSQL has no NUL in text, so it becomes U+FFFD."""
    return storable_text(text).replace("\0", "\ufffd")


def _has_passkey(actor: Actor) -> bool | None:
    return actor.has_passkey if actor.type.has_passkeys else None


def _record(
    deed: Deed,
    entry_id: int,
    metadata: Mapping[str, object],
    personal_hash: str,
    evidence_hash: str | None,
) -> dict[str, object]:
    actor, origin = deed.actor, deed.origin
    return {
        "v": VERSION,
        "id": ids.show(entry_id),
        "instance_id": deed.instance_id,
        "created_at": ids.created_at_of(entry_id),
        "actor_type": actor.type.name,
        "user_id": actor.id if actor.type.id_field == "user_id" else None,
        "api_key_id": actor.id if actor.type.id_field == "api_key_id" else None,
        "role": actor.role,
        "auth_method": actor.auth_method,
        "has_passkey": _has_passkey(actor),
        "session_id": actor.session_id,
        "feature": deed.action.feature.name,
        "operation": deed.operation,
        "action": deed.action.name,
        "outcome": deed.outcome,
        "entity_type": deed.action.entity_type,
        "entity_id": deed.entity_id,
        "refs": [{"type": ref.type, "id": ref.id} for ref in deed.refs],
        "metadata": metadata,
        "changes": prepare(deed.changes.kept),
        "effect": prepare(deed.effect),
        "request_id": origin.request_id,
        "method": origin.method,
        "route": origin.route,
        "evidence_hash": evidence_hash,
        "personal_hash": personal_hash,
    }


def _personal(deed: Deed, metadata: Mapping[str, object]) -> dict[str, object]:
    actor, origin = deed.actor, deed.origin
    maker = actor.created_by
    return {
        "actor": {
            "id": actor.id,
            "name": actor.name,
            "email": actor.email,
            "image_url": actor.image_url,
            "key_prefix": actor.key_prefix,
            "created_by": None if maker is None else {"id": maker.id, "name": maker.name},
        },
        "entity_label": deed.entity_label,
        "ip_address": origin.ip_address,
        "peer_ip": origin.peer_ip,
        "forwarded_for": origin.forwarded_for,
        "country": origin.country,
        "country_source": origin.country_source,
        "user_agent": origin.user_agent,
        "personal": {"metadata": metadata, "changes": prepare(deed.changes.personal)},
    }


def _metadata(deed: Deed) -> tuple[dict[str, object], dict[str, object]]:
    """Give the metadata that stays and what of it can be erased, prepared for encoding."""
    kept: dict[str, object] = {}
    erasable: dict[str, object] = {}
    for field in deed.metadata_fields:
        value = getattr(deed.metadata, field.name)
        part = erasable if field.personal else kept
        part[field.name] = value if value is None or type(value) is str else prepare(value)
    return kept, erasable
