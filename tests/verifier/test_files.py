"""Files that are not as Deedbook writes them, and the verifier as auditors run it."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook import verifier
from deedbook.engine import ids
from deedbook.engine.canonical import encode
from sample.bundles import Log, erasure, expiry, filters_of, loan, rebuilt, resigned, verified
from sample.catalogue import ADA, KEY
from sample.sealing import SIGNER

LOG = Log(
    [
        loan(0).expired(),
        loan(1, entity_id="<script>alert(1)</script>\u202e\x1b[31m"),
        *(loan(n, actor=(ADA, KEY)[n % 2]) for n in range(2, 9)),
        loan(9).erased(),
        erasure(10, {"entry_id": loan(9).told["id"]}),
        expiry(11, 1),
    ]
)
BUNDLES = (LOG.bundle(), LOG.bundle(filters_of("user_id=us_00000000000A"), positions=range(3, 7)))


@pytest.mark.parametrize("bundle", BUNDLES)
def test_no_byte_can_be_changed_dropped_or_doubled(bundle: bytes) -> None:
    chance = random.Random(6)  # noqa: S311 (a seed makes the same places every time)
    places = [*range(60), *chance.sample(range(len(bundle)), 250), len(bundle) - 1]
    for place in places:
        before, byte, after = bundle[:place], bundle[place], bundle[place + 1 :]
        flipped = bytes([byte ^ 1 << chance.randrange(8)])
        for mutated in (
            before + flipped + after,
            before + after,
            before + bytes([byte]) * 2 + after,
        ):
            assert mutated == bundle or verified(mutated).status != 0, place


@pytest.mark.parametrize("bundle", BUNDLES)
def test_no_line_can_be_dropped_doubled_or_moved(bundle: bytes) -> None:
    lines = bundle.splitlines(keepends=True)
    for place, line in enumerate(lines):
        dropped = lines[:place] + lines[place + 1 :]
        doubled = lines[: place + 1] + lines[place:]
        moved = [*dropped[: place + 1], line, *dropped[place + 1 :]]
        for mutated in (dropped, doubled, moved):
            whole = b"".join(mutated)
            assert whole == bundle or verified(whole).status != 0, place
            # With an end that fits, by someone who has the key, it is refused for what it is.
            if mutated[:-2] != lines[:-2]:
                assert verified(resigned(mutated[:-2], SIGNER)).status != 0, place


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_file_that_was_cut_anywhere_is_not_whole(bundle: bytes) -> None:
    for end in range(0, len(bundle), 97):
        assert verified(bundle[:end]).status != 0
    assert verified(bundle[:-1]).status == 1
    assert verified(bundle + b"\n").status == 1
    assert verified(bundle.replace(b"\n", b"\r\n")).status != 0


# Another text for the same thing, in a file that the key signed: what we would never write.
REWRITTEN = (
    (b'"first":0', b'"first": 0'),
    (b'"first":0', b'"first":0.0'),
    (b'"first":0', b'"first":-0'),
    (b'"first":0,', b'"first":0,"first":0,'),
    (b'"first":0', b'"first":false'),
    (b'"filter":[]', b'"filter":[["outcome","denied"],["feature","loan"]]'),
    (b'"filter":[]', b'"filter":[["feature","loan"],["feature","loan"]]'),
    (b'"filter":[]', b'"filter":{}'),
    (b'"filter":[]', b'"filter":[["start_date","2026-03-01"]]'),
    (b"/in_", b"\\/in_"),
    (b"leaf ", b"leaf  "),
    (b"\nerased\n", b"\nerased \n"),
    (b"\nerased\n", b"\nerased now\n"),
    (b"counts {", b"counts  {"),
    (b'"entries":11', b'"entries":12'),
    (b'"end":12', b'"end":13'),
    (b'"end":12', b'"end":1' + b"0" * 30),
    (b"\npersonal ", b"\npersonal 00"),
    (b"deedbook bundle 1\n", b"deedbook bundle 1\n\n"),
)


@pytest.mark.parametrize(("old", "new"), REWRITTEN)
def test_whoever_signs_it_there_is_one_form(old: bytes, new: bytes) -> None:
    content = b"".join(BUNDLES[0].splitlines(keepends=True)[:-2])
    assert old in content
    assert verified(resigned([content.replace(old, new, 1)], SIGNER)).status == 1


@pytest.mark.parametrize("upper", [b"leaf ", b"personal "])
def test_hex_has_small_letters(upper: bytes) -> None:
    lines = BUNDLES[0].splitlines(keepends=True)[:-2]
    changed = [
        upper + line[len(upper) :].upper() if line.startswith(upper) else line for line in lines
    ]
    assert verified(resigned(changed, SIGNER)).status == 1


@pytest.mark.parametrize("level", [0, 1, 2])
def test_subtrees_beside_the_range_are_the_largest(level: int) -> None:
    whole = LOG.bundle(positions=range(4, 5)).splitlines(keepends=True)[:-2]
    first = next(line for line in whole if line.startswith(b"tree "))
    assert first.startswith(b"tree 2 ")
    smaller = [b"tree %d " % level + first[7:] if line == first else line for line in whole]
    assert verified(resigned(smaller, SIGNER)).status == (0 if level == 2 else 1)


HOSTILE = (
    b"",
    b"\n",
    b"deedbook bundle 2\n",
    b"%PDF-1.7\n",
    b"deedbook bundle 1\nmanifest " + b"[" * 100_000 + b"\n",
    b"deedbook bundle 1\nmanifest {}\n",
    b"deedbook bundle 1\nmanifest null\n",
    b"deedbook bundle 1\nmanifest \xff\xfe\n",
    b'deedbook bundle 1\nmanifest {"v":' + b"9" * 5000 + b"}\n",
    b"deedbook bundle 1\n" + b"\0" * 1000,
)


@pytest.mark.parametrize("content", HOSTILE)
def test_whatever_is_read_is_judged(content: bytes) -> None:
    assert verified(content).status in (1, 2)


RECORDS = (
    b"{}",
    b"[]",
    b"null",
    b"\xff",
    b"[" * 5000,
    encode({**loan(0).told, "refs": [1]}),
    encode({**loan(0).told, "refs": None}),
    encode({**loan(0).told, "effect": 7}),
    encode({**loan(0).told, "effect": {"kind": []}}),
    encode({**loan(0).told, "effect": {"kind": "personal_erased", "selector": {"user_id": {}}}}),
    encode({**loan(0).told, "effect": {"kind": "entries_expired", "before_sequence": True}}),
    encode({**loan(0).told, "effect": {"kind": "key_rotated", "from": "", "to": "", "x": 1}}),
    encode({**loan(0).told, "id": "al_zzzzzzzzzzzz"}),
    encode({**loan(0).told, "user_id": {}}),
    encode({**loan(0).told, "has_passkey": []}),
    encode({**loan(0).told, "instance_id": "in_another"}),
    loan(0).leaf.replace(b'"v":1', b'"v": 1'),
)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("after", [b"", b"erased\n"])
def test_a_sealed_record_that_is_no_entry_is_told(record: bytes, after: bytes) -> None:
    lines = BUNDLES[0].splitlines(keepends=True)[:-3]
    assert verified(rebuilt([*lines, b"record " + record + b"\n", after], SIGNER)).status == 1


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_stands_in_a_file_nothing_breaks(noise: bytes, place: int) -> None:
    bundle = BUNDLES[0]
    assert verified(bundle[:place] + noise + bundle[place:]).status != 0 or not noise
    assert verified(noise).status == 2


def test_the_page_is_escaped_and_holds_what_was_found() -> None:
    found = verified(BUNDLES[0], sample=20, seed="1")
    page = verifier.verify.html_report(found)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page
    assert "\x1b" not in page + verifier.verify.text_report(found)
    assert "OK: this is what" in page
    assert "al_" in page


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier as it is handed out, in an empty environment."""
    script = folder / "verify.py"
    script.write_bytes(verifier.source())
    return subprocess.run(  # noqa: S603 (the verifier itself)
        [sys.executable, "-I", "-S", str(script), *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def many(count: int) -> Iterator[bytes]:
    """Lines of so many entries, which differ in id and time, made in no time."""
    row = loan(0)
    assert row.salt is not None
    assert row.personal is not None
    told = [row.told[name].encode() for name in ("created_at", "id")]
    begin, middle, end = re.split(b"|".join(map(re.escape, told)), row.leaf)
    personal = b"personal %b %b\n" % (row.salt.hex().encode(), row.personal)
    for number in range(count):
        entry_id = row.entry_id + (number * 1000 << ids.COUNTER_BITS)
        moment, shown = ids.created_at_of(entry_id).encode(), ids.show(entry_id).encode()
        yield b"record " + begin + moment + middle + shown + end + b"\n"
        yield personal


def test_a_hundred_thousand_entries_in_an_empty_environment(tmp_path: Path) -> None:
    head = BUNDLES[0].splitlines(keepends=True)[:2]
    bundle = rebuilt([*head, *many(100_000)], SIGNER)
    (tmp_path / "log.bundle").write_bytes(bundle)
    (tmp_path / "key").write_text(str(SIGNER.verifier))
    done = run(tmp_path, "log.bundle", "--key", "key", "--report", "found.html", "--sample", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "100,000 of 100,000 entries match" in done.stdout
    assert "100,000 of 100,000" in (tmp_path / "found.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        ["."],
        ["key", "--key", "nowhere"],
        ["key", "--key", "verify.py"],
        ["key", "--checkpoint", "key"],
        ["key", "--report", "no/such/folder.html"],
        [],
        ["key", "--sample", "many"],
        ["key"],
    ],
)
def test_what_cannot_be_read_cannot_be_told(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "key").write_text(str(SIGNER.verifier))
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr


def test_it_imports_nothing_but_the_standard_library() -> None:
    source = verifier.source().decode()
    imported = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported - {"__future__"} <= sys.stdlib_module_names
