"""How entries are stored: small, and read as the bytes that they were."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import resources
from itertools import count
from typing import Any, Final

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from databases import Database, RawConnection, run
from deedbook.engine import EntryIds, EntryStore, Filters, Page, encoding
from deedbook.engine.checking import check
from deedbook.engine.encoding import (
    DICTIONARIES,
    MAX_BYTES,
    NEWEST,
    PLAIN,
    pack,
    pack_both,
    unpack,
    unpack_all,
)
from deedbook.engine.entry import write_down
from deedbook.engine.errors import DamagedDictionary, DamagedLog, UnknownEncoding
from deedbook.engine.export.bundle import write_bundle
from deedbook.engine.filters import read_filters
from sample.bundles import BOB, FILTERS, Log, erasure, filters_of, loan, unguarded, verified
from sample.catalogue import CATALOGUE, lent
from sample.encoding import stored_in
from sample.forgetting import erasing, expiring, forget_all
from sample.sealing import SIGNER, opened_sealer, rows, seal_all

EVERYTHING: Final = Filters(include=CATALOGUE.on_request)
# For ever: what was stored with a dictionary can be read with no other.
SHIPPED: Final = {1: "01093b59be56422ad08e616fba062362b6f6a4c33d59b388cc4eb2153f324d82"}
# What it made of a few bytes when it was new.
STORED: Final = {
    1: (
        b'{"action":"payout.created","api_key_id":"ap_0000000000A1","effect":null}',
        "2048c5000028303041317d05fc8d133c7602b209519ee5c5146a15720e",
    )
}
BROKEN: Final = pack(NEWEST, b'{"v":1}' * 9)[:-1]


# The dictionary


def dictionary(number: int) -> bytes:
    folder = resources.files("deedbook.engine").joinpath("dictionaries")
    return folder.joinpath(f"{number}.zdict").read_bytes()


def test_every_dictionary_that_was_shipped_is_still_the_same() -> None:
    assert DICTIONARIES == SHIPPED
    for number, digest in SHIPPED.items():
        assert hashlib.sha256(dictionary(number)).hexdigest() == digest
        plain, stored = STORED[number]
        assert unpack(number, bytes.fromhex(stored)) == plain


@pytest.mark.parametrize("number", SHIPPED)
def test_a_dictionary_names_nobody_but_the_made_up(number: int) -> None:
    text = dictionary(number).decode("utf-8", "ignore")
    emails = re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]+", text)
    assert emails
    assert all(each.endswith(("@example.com", ".example")) for each in emails)


def test_a_dictionary_that_is_damaged_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DICTIONARIES, NEWEST, hashlib.sha256(b"another").hexdigest())
    monkeypatch.setattr(encoding, "_THREAD", encoding._Thread())
    encoding._dictionary.cache_clear()
    try:
        with pytest.raises(DamagedDictionary, match="encoding 1"):
            write_down(lent(), 1)
    finally:
        encoding._dictionary.cache_clear()


# Packing


@given(st.binary(max_size=2_000), st.binary(max_size=2_000))
def test_what_is_packed_comes_back(record: bytes, personal: bytes) -> None:
    number, *stored = pack_both(record, personal)
    assert [unpack(number, each) for each in stored] == [record, personal]
    assert sum(map(len, stored)) <= len(record) + len(personal)
    assert unpack(NEWEST, pack(NEWEST, record)) == record


@given(st.binary(max_size=200))
def test_what_nobody_packed_is_given_as_it_is_or_as_little(stored: bytes) -> None:
    assert len(unpack(NEWEST, stored)) <= MAX_BYTES


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        BROKEN,
        # Five megabytes in a few bytes; and a frame that does not say how much it holds.
        zstandard.compress(bytes(5 << 20))[4:],
        zstandard.ZstdCompressor(write_content_size=False).compress(b"{}")[4:],
    ],
    ids=["nothing", "plain", "cut", "vast", "unsized"],
)
def test_what_is_no_frame_of_ours_is_given_as_it_is(stored: bytes) -> None:
    assert unpack(NEWEST, stored) == stored


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=300).map(lambda plain: pack(NEWEST, plain)),
            st.binary(max_size=30),
            st.sampled_from([BROKEN, zstandard.compress(bytes(5 << 20))[4:]]),
        )
    )
)
def test_many_are_unpacked_as_each_is(stored: list[bytes]) -> None:
    assert unpack_all(NEWEST, stored) == [unpack(NEWEST, each) for each in stored]
    assert unpack_all(PLAIN, stored) == stored


def test_an_entry_of_a_host_that_no_dictionary_knows_is_stored_small() -> None:
    written = write_down(lent(), 1)
    plain = written.entry()
    assert plain.personal is not None
    packed = len(written.record) + len(written.personal)
    assert packed < 0.4 * (len(plain.record) + len(plain.personal))


def test_what_is_too_long_to_unfold_stays_plain() -> None:
    long = b'"' + b"a" * MAX_BYTES + b'"'
    assert pack_both(long, b"{}") == (PLAIN, long, b"{}")
    assert pack_both(b"{}", long[1:-1])[0] == NEWEST


def test_threads_do_not_disturb_each_other() -> None:
    def turn(seed: int) -> bool:
        chance = random.Random(seed)  # noqa: S311 (no secret)
        for _ in range(200):
            plain = chance.randbytes(chance.randrange(400)) * chance.randrange(1, 5)
            if unpack(NEWEST, pack(NEWEST, plain)) != plain:
                return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(turn, range(64)))


# In the log


def test_an_entry_is_stored_small_and_read_as_it_was_written(
    connection: RawConnection, store: EntryStore
) -> None:
    entry = store.append(lent())
    assert rows(connection, "SELECT encoding FROM deedbook_entry") == [(NEWEST,)]
    assert store.get(entry.id) == entry
    assert json.loads(entry.wire())["entity_label"] == "Middlemarch, for Charles"


def test_what_decrees_is_stored_plain(connection: RawConnection, store: EntryStore) -> None:
    entry = store.append(erasing(user_id="us_00000000000A"))
    [(number, record)] = rows(connection, "SELECT encoding, record FROM deedbook_entry")
    assert (number, bytes(record)) == (PLAIN, entry.record)


@pytest.mark.parametrize("number", [PLAIN, *SHIPPED])
def test_an_entry_whose_id_is_taken_keeps_its_encoding(
    connection: RawConnection, store: EntryStore, number: int
) -> None:
    first = store.append(lent())
    store.append_written([stored_in(number, lent(entity_id="lo_2"), first.id)])
    newest, _ = store.find(EVERYTHING, Page()).entries
    told = json.loads(newest.wire())
    assert (told["id"], told["entity_id"]) == (newest.shown_id, "lo_2")
    sql = "SELECT encoding, record FROM deedbook_entry WHERE id = ?"
    [(kept, record)] = rows(connection, sql, newest.id)
    assert (kept, bytes(record)) == (number, pack(number, newest.record))


def test_rows_of_every_encoding_are_one_log(database: Database, store: EntryStore) -> None:
    entry_ids = EntryIds(count(1_800_000_000_000).__next__)
    deeds = [lent(entity_id=f"lo_{n}", evidence=b"assertion") for n in range(6)]
    numbers = [PLAIN, *SHIPPED] * 3
    written = [
        stored_in(number, deed, entry_ids.take())
        for number, deed in zip(numbers, deeds, strict=False)
    ]
    plain = [each.entry() for each in written]
    store.append_written(written)
    sought = read_filters([("q", "middlemarch")], CATALOGUE)
    # Not sealed yet: looked through entry by entry.
    assert list(store.find(sought, Page()).entries) == plain[::-1]
    seal_all(database)
    sealed = [replace(each, sequence=n) for n, each in enumerate(plain)]
    assert list(store.find(sought, Page()).entries) == sealed[::-1]
    assert list(store.follow(EVERYTHING, -1, 9).entries) == sealed
    assert list(store.ascend(EVERYTHING, after=0, end=1 << 62, limit=9)) == sealed
    for each in sealed:
        assert store.get(each.id) == each
        kept = store.evidence(each.id)
        assert kept is not None
        assert kept.record == each.record
    assert list(check(store, SIGNER.verifier)) == []
    assert verified(b"".join(write_bundle(store, EVERYTHING, SIGNER))).status == 0


@pytest.mark.parametrize("encodings", [(NEWEST,), (PLAIN, NEWEST)])
def test_a_bundle_is_the_same_bytes_however_its_entries_are_stored(
    encodings: Sequence[int],
) -> None:
    log = [loan(n, actor=(BOB, lent().actor)[n % 2]) for n in range(8)]
    log = [log[0].expired(), log[1].erased(), *log[2:], erasure(8, {"entry_id": "al_0"})]
    plain, packed = Log(log, sizes=[3]), Log(log, sizes=[3], encodings=encodings)
    assert plain.notes == packed.notes
    for each in FILTERS:
        assert packed.bundle(filters_of(each)) == plain.bundle(filters_of(each))


def test_what_is_forgotten_goes_whatever_its_encoding(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    entry_ids = EntryIds(count(1_600_000_000_000).__next__)
    store.append_written(
        [stored_in(number, lent(), entry_ids.take()) for number in (PLAIN, *SHIPPED) * 2]
    )
    store.append(expiring(2))
    store.append(erasing(user_id="us_00000000000A"))
    seal_all(database)
    forget_all(database)
    assert (
        rows(
            connection,
            "SELECT record IS NULL, personal IS NULL FROM deedbook_entry ORDER BY id",
        )
        == [(True, True)] * 2 + [(False, True)] * 2 + [(False, False)] * 2
    )
    assert rows(connection, "SELECT count(*) FROM deedbook_personal_posting WHERE field = 4") == [
        (2,)
    ]
    assert list(check(store, SIGNER.verifier)) == []


# What somebody did to it


@pytest.mark.parametrize("column", ["record", "personal"])
def test_what_is_damaged_is_not_served(
    connection: RawConnection, store: EntryStore, column: str
) -> None:
    entry = store.append(lent())
    unguarded(connection)
    run(connection, f"UPDATE deedbook_entry SET {column} = ?", BROKEN)
    damaged = store.get(entry.id)
    assert damaged is not None
    with pytest.raises(DamagedLog, match=f"kept as {entry.shown_id} is no entry"):
        damaged.wire()


@pytest.mark.parametrize("stored", [BROKEN, pack(NEWEST, b"{}")], ids=["broken", "another"])
def test_a_record_that_is_not_the_one_that_was_sealed_is_told(
    database: Database, connection: RawConnection, store: EntryStore, stored: bytes
) -> None:
    store.append_all([lent(), lent()])
    seal_all(database)
    unguarded(connection)
    last = "id = (SELECT max(id) FROM deedbook_entry)"
    run(connection, f"UPDATE deedbook_entry SET record = ? WHERE {last}", stored)
    told = list(check(store, SIGNER.verifier))
    assert told == ["The record at position 1 is not the one that was sealed."]


def test_what_is_damaged_before_it_has_a_position_stops_no_sealer(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    store.append_all([lent(), lent()])
    unguarded(connection)
    last = "id = (SELECT max(id) FROM deedbook_entry)"
    run(connection, f"UPDATE deedbook_entry SET record = ? WHERE {last}", BROKEN)
    seal_all(database)
    assert store.proofs.size() == 2


def test_an_encoding_of_a_later_version_is_named_and_never_sealed(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    entry = store.append(lent())
    unguarded(connection)
    run(connection, "UPDATE deedbook_entry SET encoding = 9")
    acts: list[Any] = [
        partial(store.get, entry.id),
        partial(store.find, EVERYTHING, Page()),
        partial(store.evidence, entry.id),
    ]
    for act in acts:
        with pytest.raises(UnknownEncoding, match="encoding 9, which this version"):
            act()
    # Its hash would be that of other bytes, for ever.
    with opened_sealer(database) as sealer, pytest.raises(UnknownEncoding):
        sealer.run_once()
    assert store.proofs.size() == 0
