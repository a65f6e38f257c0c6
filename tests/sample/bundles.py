"""Logs that are made quickly, tampered with at will, and written as bundles by the writer itself."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any, Final

from databases import PRAGMAS, RawConnection
from deedbook.engine import (
    Action,
    Actor,
    Catalogue,
    Deed,
    EntryStore,
    Feature,
    Filters,
    NoMetadata,
    Outcome,
    create_log,
    ids,
    open_store,
    read_filters,
)
from deedbook.engine.canonical import encode
from deedbook.engine.encoding import PLAIN, pack
from deedbook.engine.entry import bound_hash, write_down
from deedbook.engine.export.bundle import TITLE, write_bundle
from deedbook.engine.integrity.checkpoint import checkpoint_at
from deedbook.engine.integrity.merkle import Frontier, leaf_hash
from deedbook.engine.integrity.note import Signer, sign, signature_line
from deedbook.engine.integrity.rotation import endorse
from deedbook.engine.kinds import Kind
from deedbook.engine.sealing import tree_tables
from deedbook.engine.sealing.batch import frontier_of, seal
from deedbook.engine.sealing.posting import post
from deedbook.verifier import verify as verifier
from sample.catalogue import ADA, CATALOGUE, CLOCK, INSTANCE, KEY, lent
from sample.sealing import SIGNER

AUDIT_LOG = Feature("audit_log", "Audit log")


def _decision(name: str) -> Action[NoMetadata]:
    return Action(
        f"audit_log.{name}",
        AUDIT_LOG,
        ("update",),
        NoMetadata,
        says=name,
        entity_type="audit_log",
        title=name,
    )


ERASED: Final = _decision("personal_erased")
EXPIRED: Final = _decision("entries_expired")
ROTATED: Final = _decision("key_rotated")
LOG_CATALOGUE: Final = Catalogue([*CATALOGUE.actions.values(), ERASED, EXPIRED, ROTATED])
EVERYTHING: Final = Filters(include=LOG_CATALOGUE.on_request)
BOB: Final = Actor(type=ADA.type, id="us_00000000000B", role="admin", auth_method="code_session")
ACTORS: Final = (ADA, BOB, KEY, CLOCK)
# Filters of every sort, as words.
FILTERS: Final = (
    "",
    "user_id=us_00000000000A",
    "not_user_id=us_00000000000A actor_type=user",
    "api_key_id=ap_00000000000K not_action=loan.returned",
    "feature=loan operation=create operation=update",
    "not_feature=loan",
    "outcome=denied",
    "not_outcome=denied not_actor_type=system",
    "has_passkey=true",
    "not_has_passkey=null entity_type=loan",
    "entity_id=lo_000000000001 entity_id=lo_000000000002",
    "not_entity_id=lo_000000000001",
    "ref_id=bo_1 ref_id=lo_000000000002",
    "request_id=re_1",
    "session_id=se_1 not_operation=delete",
    "start_date=2026-03-01T09:03:00Z end_date=2026-03-01T09:09:00Z",
    "end_date=2019-01-01",
    "end_date=9999-12-31",
    "country=NO",
    "ip_address=203.0.113.7 feature=loan",
    "q=middle",
)
BEGUN: Final = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """An entry as somebody with the database in hand sees it."""

    record: bytes | None
    personal: bytes | None
    salt: bytes | None
    entry_id: int
    leaf: bytes

    @classmethod
    def of(cls, deed: Deed, entry_id: int) -> Row:
        written = write_down(deed, entry_id)
        entry = written.entry()
        return cls(entry.record, entry.personal, written.salt, entry_id, entry.record)

    @property
    def told(self) -> dict[str, Any]:
        """The record."""
        told: dict[str, Any] = json.loads(self.leaf)
        return told

    def saying(self, **changed: object) -> Row:
        """Give the row with another record."""
        record = encode({**self.told, **changed})
        return replace(self, record=record, leaf=record)

    def naming(self, name: str) -> Row:
        """Give the row with another name in its personal part, bound by its record."""
        assert self.personal is not None
        personal = encode({**json.loads(self.personal), "entity_label": name})
        salt = os.urandom(16)
        changed = self.saying(personal_hash=bound_hash(salt, personal))
        return replace(changed, personal=personal, salt=salt)

    def at(self, entry_id: int) -> Row:
        """Give the row under another id, and so at another time."""
        changed = self.saying(id=ids.show(entry_id), created_at=ids.created_at_of(entry_id))
        return replace(changed, entry_id=entry_id)

    def erased(self) -> Row:
        return replace(self, personal=None, salt=None)

    def expired(self) -> Row:
        return replace(self, record=None, personal=None, salt=None)


def moment(number: int) -> datetime:
    """The time of the n-th entry of a log: one a minute."""
    return BEGUN + timedelta(minutes=number)


def id_at(number: int) -> int:
    return ids.first_id_at(int(moment(number).timestamp() * 1000))


def erasure(number: int, selector: Mapping[str, str]) -> Row:
    """Give the entry that decides an erasure."""
    return _decided(ERASED, number, {"kind": "personal_erased", "selector": selector})


def expiry(number: int, before: int) -> Row:
    """Give the entry that says that all before a position is gone."""
    return _decided(EXPIRED, number, {"kind": "entries_expired", "before_sequence": before})


def rotation(number: int, old: Signer, new: Signer) -> Row:
    """Give the entry that tells a new key."""
    effect = {
        "kind": "key_rotated",
        "from": str(old.verifier),
        "to": str(new.verifier),
        "endorsement": endorse(old, new.verifier),
    }
    return _decided(ROTATED, number, effect)


def _decided(action: Action[NoMetadata], number: int, effect: Mapping[str, object]) -> Row:
    deed = lent(
        action=action,
        operation="update",
        actor=CLOCK,
        entity_id=INSTANCE,
        metadata=NoMetadata(),
        refs=(),
        effect=effect,
    )
    return Row.of(deed, id_at(number))


def loan(number: int, **changed: Any) -> Row:
    """Give the n-th entry of a log: a loan by Ada, unless something else is told."""
    return Row.of(lent(**{"entity_id": f"lo_{number:012d}", **changed}), id_at(number))


class Log:
    """A log in memory, of these rows in this order, with a checkpoint at its end and wherever asked."""

    def __init__(
        self,
        rows: Iterable[Row],
        signer: Signer = SIGNER,
        *,
        instance_id: str = INSTANCE,
        sizes: Sequence[int] = (),
        turns: Mapping[int, Signer] | None = None,
        encodings: Sequence[int] = (PLAIN,),
    ) -> None:
        """Seal them. `turns` tells the keys that sign from a size on; encodings take turns too."""
        self.rows = list(rows)
        encoded = list(zip(self.rows, cycle(encodings), strict=False))
        self.signer = signer
        turns = turns or {}
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        create_log(self.connection)
        _let_records_go(self.connection)
        self.store: EntryStore = open_store(self.connection, instance_id, LOG_CATALOGUE)
        self.notes: dict[int, str] = {}
        for size, (row, encoding) in enumerate(encoded, 1):
            self._insert(row, encoding)
            self.signer = turns.get(size, self.signer)
            if size in sizes or size == len(self.rows):
                self._sign(size)
        for row, encoding in encoded:
            record, personal = (
                None if part is None else pack(encoding, part)
                for part in (row.record, row.personal)
            )
            self.connection.execute(
                "UPDATE deedbook_entry SET record = ?, personal = ?, salt = ? WHERE id = ?",
                (record, personal, row.salt, row.entry_id),
            )

    def _insert(self, row: Row, encoding: int) -> None:
        told, instance_id = row.told, self.store.instance_id
        actor = told["user_id"] or told["api_key_id"]
        self.connection.execute(
            "INSERT INTO deedbook_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (
                *(row.entry_id, instance_id, _kind(told), actor, told["entity_id"], encoding),
                *(pack(encoding, row.leaf), pack(encoding, row.personal or b""), row.salt),
            ),
        )
        self.connection.execute(
            "INSERT INTO deedbook_pending VALUES (?, ?, '[]')", (instance_id, row.entry_id)
        )
        tables = tree_tables(self.connection)
        seal(tables, [instance_id], 1)
        post(tables, [instance_id], 1, LOG_CATALOGUE)

    def _sign(self, size: int) -> None:
        tables = tree_tables(self.connection)
        tree = tables.tree(self.store.instance_id)
        made = checkpoint_at(
            moment(size),
            origin=f"deedbook/{self.store.instance_id}",
            size=tree.size,
            root=frontier_of(tree).root(),
        )
        self.notes[size] = sign(made.text(), self.signer)
        tables.insert_checkpoint(self.store.instance_id, tree.size, self.notes[size])

    def bundle(
        self,
        filters: Filters = EVERYTHING,
        *,
        positions: range | None = None,
        made_at: datetime | None = None,
    ) -> bytes:
        """Give the log's bundle, made a day after its last entry unless told when."""
        made_at = made_at or moment(len(self.rows)) + timedelta(days=1)
        return b"".join(
            write_bundle(self.store, filters, self.signer, positions=positions, made_at=made_at)
        )


def disarm(connection: sqlite3.Connection) -> None:
    """Lift what keeps the log from being changed, as whoever owns the database can."""
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def unguarded(connection: RawConnection) -> None:
    """Switch the guards off, as whoever owns the database can."""
    if isinstance(connection, sqlite3.Connection):
        disarm(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
    else:
        for each in ("entry", "position", "subtree", "checkpoint"):
            connection.execute(f"ALTER TABLE deedbook_{each} DISABLE TRIGGER USER".encode())


def _let_records_go(connection: sqlite3.Connection) -> None:
    """Let the log be changed by hand, and let go of records as retention does."""
    disarm(connection)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'record BLOB NOT NULL', 'record BLOB')"
        " WHERE name = 'deedbook_entry'"
    )
    connection.execute("PRAGMA writable_schema = RESET")


def _kind(told: Mapping[str, Any]) -> int:
    return Kind(
        feature=told["feature"],
        operation=told["operation"],
        action=told["action"],
        entity_type=told["entity_type"],
        actor_type=told["actor_type"],
        outcome=Outcome(told["outcome"]),
        has_passkey=told["has_passkey"],
    ).number


def filters_of(text: str) -> Filters:
    """Give filters from `name=value` words."""
    pairs = [(name, value) for name, _, value in (each.partition("=") for each in text.split())]
    return read_filters(pairs, LOG_CATALOGUE, everything=True)


def verified(
    bundle: bytes,
    *,
    key: Signer | None = SIGNER,
    remembered: Iterable[str] = (),
    **options: Any,
) -> verifier.Result:
    """Give what the verifier finds."""
    pinned = None if key is None else verifier.read_key(str(key.verifier))
    checkpoints = [verifier.read_checkpoint(each) for each in remembered]
    assert None not in checkpoints
    return verifier.verify(
        verifier.lines_of(io.BytesIO(bundle)),
        key=pinned,
        remembered=[each for each in checkpoints if each is not None],
        **options,
    )


def resigned(lines: Iterable[bytes], signer: Signer, origin: str = f"deedbook/{INSTANCE}") -> bytes:
    """Give a bundle of these lines, above the signature, with its end made anew."""
    content = b"".join(lines)
    text = f"{TITLE}\n{origin}\n{hashlib.sha256(content).hexdigest()}\n"
    content += f"signature {signature_line(text, signer)}\n".encode()
    return content + f"sha256 {hashlib.sha256(content).hexdigest()}\n".encode()


def rebuilt(lines: Sequence[bytes], signer: Signer) -> bytes:
    """Give a bundle of these lines with every digest made anew: tree, checkpoint, counts and end."""
    manifest = json.loads(lines[1].partition(b" ")[2])
    words = [line.split(b" ")[0].strip() for line in lines]
    frontier = Frontier()
    for word, line in zip(words, lines, strict=True):
        content = line.rstrip(b"\n").partition(b" ")[2]
        if word == b"record":
            frontier.append(leaf_hash(content))
        if word == b"leaf":
            frontier.append(bytes.fromhex(content.decode()))
    checkpoint = checkpoint_at(
        moment(frontier.size),
        origin=manifest["origin"],
        size=frontier.size,
        root=frontier.root(),
    )
    manifest |= {
        "checkpoint": sign(checkpoint.text(), signer),
        "end": frontier.size,
        "key": str(signer.verifier),
    }
    counts = {
        "entries": words.count(b"record"),
        "erased": words.count(b"erased"),
        "expired": words.count(b"leaf"),
        "matching": words.count(b"erased") + words.count(b"personal"),
    }
    middle = [line for word, line in zip(words, lines, strict=True) if word not in _ENDS]
    head = [lines[0], b"manifest " + encode(manifest) + b"\n"]
    return resigned([*head, *middle, b"counts " + encode(counts) + b"\n"], signer)


_ENDS: Final = (b"deedbook", b"manifest", b"counts", b"signature", b"sha256")
