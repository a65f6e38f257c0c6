"""The evidence of a passkey verification: kept with its entry, bound by it, examined again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from databases import Database
from deedbook.engine import Result, create_log, examine, ids, open_store
from sample.catalogue import ADA, CATALOGUE, INSTANCE, OTHER_INSTANCE, lent


def judge(record: Mapping[str, Any], evidence: bytes) -> list[str]:
    """A host's own: its passkeys sign the name of the action."""
    return [] if evidence == record["action"].encode() else ["Another action was signed."]


def test_evidence_is_kept_bound_and_examined(database: Database) -> None:
    with database.connection() as connection:
        create_log(connection)
        store = open_store(connection, INSTANCE, CATALOGUE)
        assert ADA.has_passkey
        good = store.append(lent(evidence=b"loan.lent")).id
        bad = store.append(lent(evidence=b"loan.returned")).id
        none = store.append(lent(actor=replace(ADA, has_passkey=False))).id
        other = open_store(connection, OTHER_INSTANCE, CATALOGUE)
        assert other.evidence(good) is None
        assert store.evidence(ids.MAX_ID - 1) is None

        results = {}
        for entry_id in (good, bad, none):
            kept = store.evidence(entry_id)
            assert kept is not None
            results[entry_id] = examine(kept, judge)
            assert results[entry_id].explanation
        kept = store.evidence(good)
        assert kept is not None
        swapped = store.evidence(bad)
        assert swapped is not None

    assert results[good].result is Result.VERIFIED
    assert results[bad].result is Result.DOES_NOT_HOLD
    assert results[bad].problems == ("Another action was signed.",)
    assert results[none].result is Result.NOT_VERIFIED
    assert examine(replace(kept, evidence=None, salt=None), judge).result is Result.ERASED
    moved = examine(replace(kept, evidence=swapped.evidence, salt=swapped.salt), judge)
    assert moved.result is Result.DOES_NOT_HOLD
