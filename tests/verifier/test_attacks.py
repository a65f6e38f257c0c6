"""What attackers do to a log, with every digest made anew, and who notices.

Each attack is tried at many positions, by three attackers: one without the signing key, one who has it,
and the same where somebody remembers a checkpoint. The table of docs/bundle-format.md is what is
asserted here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from deedbook.engine.integrity.note import Signer
from sample.bundles import (
    EVERYTHING,
    Log,
    Row,
    erasure,
    expiry,
    filters_of,
    loan,
    rebuilt,
    resigned,
    rotation,
    verified,
)
from sample.catalogue import ADA, KEY, OTHER_INSTANCE
from sample.sealing import SIGNER

SIZE: Final = 21
POSITIONS: Final = (0, 1, 7, 8, 15, SIZE - 2, SIZE - 1)
# Has the name of the real key, and not its secret.
STRANGER: Final = Signer("deedbook", b"stranger" * 4)
ROWS: Final = [loan(n, actor=(ADA, KEY)[n % 2]) for n in range(SIZE)]
HONEST: Final = Log(ROWS)
HONEST_END: Final = HONEST.bundle().splitlines(keepends=True)[-2:]
FOREIGN: Final = Log(ROWS, instance_id=OTHER_INSTANCE)
DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "bundle-format.md"

# A log as the attacker made it, to be written by the writer itself.
OnRows = Callable[[list[Row], int], list[Row]]
# The lines of an honest bundle, above the signature, as the attacker left them.
OnLines = Callable[[list[bytes], int], list[bytes]]


@dataclass(frozen=True)
class Attack:
    """What is done, and what is found: without the key, with it, with it against a memory."""

    name: str
    found: tuple[str, str, str]
    rows: OnRows | None = None
    lines: OnLines | None = None
    filters: str = ""
    anew: bool = False


def edit(rows: list[Row], at: int) -> list[Row]:
    changed = rows[at].saying(metadata={"book": "Emma", "fee": "9.99"})
    return [*rows[:at], changed, *rows[at + 1 :]]


def rename(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], rows[at].naming("Somebody else"), *rows[at + 1 :]]


def delete(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], *rows[at + 1 :]]


def insert(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], loan(0, entity_id="lo_forged").at(rows[at].entry_id - 1), *rows[at:]]


def swap(rows: list[Row], at: int) -> list[Row]:
    other = at + 1 if at + 1 < len(rows) else at - 1
    swapped = list(rows)
    swapped[at], swapped[other] = rows[other], rows[at]
    return swapped


def renumber(rows: list[Row], at: int) -> list[Row]:
    others = delete(rows, at)
    return [*others, rows[at]] if at < len(others) else [rows[at], *others]


def back_date(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], rows[at].at(rows[at].entry_id - (90_000 << 21)), *rows[at + 1 :]]


def back_date_badly(rows: list[Row], at: int) -> list[Row]:
    changed = rows[at].saying(created_at="2026-01-01T00:00:00.000Z")
    return [*rows[:at], changed, *rows[at + 1 :]]


def truncate(rows: list[Row], at: int) -> list[Row]:
    return rows[: max(at, 1)]


def hide(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], rows[at].erased(), *rows[at + 1 :]]


def hide_record(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], rows[at].expired(), *rows[at + 1 :]]


def move_personal(rows: list[Row], at: int) -> list[Row]:
    other = rows[(at + 2) % len(rows)]
    moved = Row(rows[at].record, other.personal, other.salt, rows[at].entry_id, rows[at].leaf)
    return [*rows[:at], moved, *rows[at + 1 :]]


def erase(rows: list[Row], at: int) -> list[Row]:
    return [*hide(rows, at), erasure(SIZE + 1, {"entry_id": rows[at].told["id"]})]


def erase_beforehand(rows: list[Row], at: int) -> list[Row]:
    forged = erasure(0, {"entry_id": rows[at].told["id"]}).at(rows[at].entry_id - 1)
    return [*rows[:at], forged, rows[at].erased(), *rows[at + 1 :]]


def expire(rows: list[Row], at: int) -> list[Row]:
    gone = [each.expired() for each in rows[: at + 1]]
    return [*gone, *rows[at + 1 :], expiry(SIZE + 1, at + 1)]


def expire_ahead(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], expiry(at, SIZE + 1).at(rows[at].entry_id + 1), *hide_record(rows, at)[at:]]


def leave_out(lines: list[bytes], at: int) -> list[bytes]:
    shown = [number for number, line in enumerate(lines) if line.startswith(b"personal ")]
    left = shown[at % len(shown)]
    counts = lines[-1].replace(b'"matching":%d' % len(shown), b'"matching":%d' % (len(shown) - 1))
    return [*lines[:left], *lines[left + 1 : -1], counts]


def cut_lines(lines: list[bytes], at: int) -> list[bytes]:
    """Leave the last entries out of the file, and count anew."""
    kept = SIZE - 1 - at // 2
    counts = b'counts {"entries":%d,"erased":0,"expired":0,"matching":%d}\n' % (kept, kept)
    return [*lines[: 2 + 2 * kept], counts]


def repeat(lines: list[bytes], at: int) -> list[bytes]:
    """Enter an entry again at the end, where no database would take its id twice."""
    return [*lines[:-1], *lines[2 + 2 * at : 4 + 2 * at], lines[-1]]


def foreign_checkpoint(lines: list[bytes], at: int) -> list[bytes]:
    """Bring the checkpoint of another log, which happens to have the same tree."""
    del at
    own, other = (log.notes[SIZE].replace("\n", "\\n").encode() for log in (HONEST, FOREIGN))
    assert own in lines[1]
    return [lines[0], lines[1].replace(own, other), *lines[2:]]


YES: Final = "detected"
NO: Final = "not shown"
TOLD: Final = "an entry of the log"
ATTACKS: Final = (
    Attack("edit a record", (YES, NO, YES), rows=edit),
    Attack("edit a personal part", (YES, NO, YES), rows=rename),
    Attack("delete an entry", (YES, NO, YES), rows=delete),
    Attack("insert an entry", (YES, NO, YES), rows=insert),
    Attack("swap two entries", (YES, NO, YES), rows=swap),
    Attack("renumber: move an entry to another position", (YES, NO, YES), rows=renumber),
    Attack("back-date an entry, id and all", (YES, NO, YES), rows=back_date),
    Attack("back-date an entry, and not its id", (YES, YES, YES), rows=back_date_badly),
    Attack("enter an entry twice", (YES, YES, YES), lines=repeat, anew=True),
    Attack("cut entries off the file", (YES, YES, YES), lines=cut_lines),
    Attack("cut entries and checkpoints off the log", (YES, NO, YES), rows=truncate),
    Attack("hide a personal part", (YES, YES, YES), rows=hide),
    Attack("hide a record as if it had expired", (YES, YES, YES), rows=hide_record),
    Attack("move a personal part to another entry", (YES, YES, YES), rows=move_personal),
    Attack("forge an erasure", (YES, TOLD, TOLD), rows=erase),
    Attack("forge an erasure before its entry", (YES, YES, YES), rows=erase_beforehand),
    Attack("forge retention", (YES, TOLD, TOLD), rows=expire),
    Attack("forge retention of what comes later", (YES, YES, YES), rows=expire_ahead),
    Attack("bring the checkpoint of another log", (YES, YES, YES), lines=foreign_checkpoint),
    Attack(
        "leave a matching entry out of a filtered export",
        (YES, YES, YES),
        lines=leave_out,
        filters="api_key_id=ap_00000000000K",
    ),
)


def made(attack: Attack, at: int, signer: Signer) -> bytes:
    """The bundle that an attacker makes who signs with a key."""
    filters = filters_of(attack.filters) if attack.filters else EVERYTHING
    if attack.rows is not None:
        return Log(attack.rows(ROWS, at), signer).bundle(filters)
    assert attack.lines is not None
    lines = HONEST.bundle(filters).splitlines(keepends=True)[:-2]
    return (rebuilt if attack.anew else resigned)(attack.lines(lines, at), signer)


def found(status: int) -> set[str]:
    """What a status may stand for in the table."""
    return {0: {NO, TOLD}, 1: {YES}, 2: set()}[status]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.name)
def test_without_the_key(attack: Attack) -> None:
    for at in POSITIONS:
        bundle = made(attack, at, STRANGER)
        assert attack.found[0] in found(verified(bundle).status), at
        # Without a key to compare with, no attacker gets more than this.
        assert verified(bundle, key=None).status in (1, 2), at
        # Nor does it help to name the real key, or to keep the honest end of the file.
        *lines, _, _ = bundle.splitlines(keepends=True)
        named = lines[1].replace(str(STRANGER.verifier).encode(), str(SIGNER.verifier).encode())
        assert verified(resigned([lines[0], named, *lines[2:]], STRANGER)).status == 1
        assert verified(b"".join([*lines, *HONEST_END])).status == 1


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.name)
def test_with_the_key_and_without_a_memory(attack: Attack) -> None:
    for at in POSITIONS:
        result = verified(made(attack, at, SIGNER))
        assert attack.found[1] in found(result.status), (at, result.problems)
        assert attack.found[1] == YES or any("You gave no checkpoint" in x for x in result.notes)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.name)
def test_with_the_key_against_a_memory(attack: Attack) -> None:
    for at in POSITIONS:
        bundle = made(attack, at, SIGNER)
        result = verified(bundle, remembered=[HONEST.notes[SIZE]])
        assert attack.found[2] in found(result.status), (at, result.problems)
        if attack.found[2] == TOLD:
            assert b'"actor_type":"system"' in bundle


@pytest.mark.parametrize("attack", [edit, rename, delete, insert, swap, back_date, truncate])
def test_what_was_written_since_the_memory_is_not_shown(attack: OnRows) -> None:
    remembered = Log(ROWS[:8]).notes[8]
    for at in (8, 15, SIZE - 1):
        assert verified(Log(attack(ROWS, at)).bundle(), remembered=[remembered]).status == 0


def test_an_old_backup_in_the_place_of_the_log() -> None:
    log = Log(ROWS, sizes=[9])
    backup = Log(ROWS[:9])
    assert backup.notes[9] == log.notes[9]
    assert verified(backup.bundle(), remembered=[log.notes[SIZE]]).status == 1
    # It may go on from there, but not to where it was.
    gone_on = Log([*ROWS[:9], *(loan(n, entity_id="lo_other") for n in range(9, 40))])
    assert verified(gone_on.bundle(), remembered=[log.notes[SIZE]]).status == 1
    assert verified(gone_on.bundle(), remembered=[log.notes[9]]).status == 0


def test_a_memory_that_no_key_of_the_log_signed_accuses_nobody() -> None:
    forged = Log(edit(ROWS, 3), STRANGER).notes[SIZE]
    result = verified(HONEST.bundle(), remembered=[forged])
    assert (result.status, result.problems) == (2, [])


def test_a_memory_of_another_log_is_no_memory_of_this_one() -> None:
    other = Log(ROWS, instance_id=OTHER_INSTANCE).notes[SIZE]
    result = verified(HONEST.bundle(), remembered=[other])
    assert result.status == 2
    assert "of another log" in result.doubts[0]


def test_a_rotation_that_the_old_key_does_not_endorse_leads_nowhere() -> None:
    taken = rotation(SIZE, STRANGER, STRANGER).told["effect"]
    forged = {**taken, "from": str(SIGNER.verifier)}
    rows = [*ROWS, rotation(SIZE, SIGNER, SIGNER).saying(effect=forged)]
    assert verified(Log(rows, STRANGER).bundle()).status == 1


def test_the_documentation_says_the_same() -> None:
    lines = [f"| {each.name} | {' | '.join(each.found)} |" for each in ATTACKS]
    assert "\n".join(lines) in DOCUMENT.read_text(encoding="utf-8")
