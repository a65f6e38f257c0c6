"""Checkpoints: the example of C2SP, ours with their time, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.integrity.checkpoint import (
    MalformedCheckpoint,
    checkpoint_at,
    read_checkpoint,
)
from deedbook.engine.integrity.note import Signer, open_note, sign

EXAMPLE: Final = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
)


def test_the_example_of_the_standard_is_read_and_written() -> None:
    checkpoint = read_checkpoint(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e1d90c808014aa89b")
    assert checkpoint.time is None
    assert checkpoint.text() == EXAMPLE


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_ours_survives_signing_with_its_time_to_the_millisecond(
    moment: datetime, size: int, root: bytes
) -> None:
    signer = Signer("deedbook", bytes(32))
    made = checkpoint_at(moment, origin="deedbook/in_000000000001", size=size, root=root)
    note = sign(made.text(), signer)
    read = read_checkpoint(open_note(note, [signer.verifier]).text)
    assert read == made
    assert read.time == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def test_the_time_is_told_in_utc() -> None:
    moment = datetime(2026, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    made = checkpoint_at(moment, origin="deedbook/x", size=1, root=bytes(32))
    assert made.extensions == ("time 2026-03-15T07:30:00.000Z",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        EXAMPLE[:-1],
        EXAMPLE + "\n",
        EXAMPLE.removeprefix("example.com/behind-the-sofa"),
        EXAMPLE.replace("20852163", ""),
        EXAMPLE.replace("20852163", "020852163"),
        EXAMPLE.replace("20852163", "+20852163"),
        EXAMPLE.replace("20852163", "-1"),
        EXAMPLE.replace("20852163", " 20852163"),
        EXAMPLE.replace("20852163", "2_0"),
        EXAMPLE.replace("20852163", "٢"),
        EXAMPLE.replace("20852163", "9223372036854775808"),
        EXAMPLE.replace("20852163", "1" * 5000),
        EXAMPLE.replace("q2I=", "q2J="),
        EXAMPLE.replace("q2I=", "q2I"),
        EXAMPLE.replace("q2I=", "AAAA"),
        EXAMPLE.replace("CsUYapGGPo4dkMgIAUqom", "CsUYapGGPo4d\u00e9kMgIAUqom"),
        EXAMPLE + "an extension\n\nanother\n",
        EXAMPLE.split("\n", maxsplit=1)[0] + "\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(MalformedCheckpoint):
        read_checkpoint(text)


@pytest.mark.parametrize("line", ["time 2026-03-15", "time 2026-13-15T09:30:00.000Z", "tired"])
def test_another_extension_is_no_time(line: str) -> None:
    assert read_checkpoint(f"{EXAMPLE}{line}\n").time is None


@pytest.mark.parametrize(
    "changed", [{"origin": ""}, {"origin": "a\nb"}, {"size": -1}, {"size": 2**63}, {"root": b"x"}]
)
def test_what_could_not_be_read_again_is_not_made(changed: dict[str, object]) -> None:
    sides = {"origin": "deedbook/x", "size": 1, "root": bytes(32)} | changed
    with pytest.raises(MalformedCheckpoint):
        checkpoint_at(datetime.now(UTC), **sides)  # type: ignore[arg-type]
