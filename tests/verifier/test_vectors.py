"""The documentation's vectors, and what its tables say of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deedbook.engine.integrity.merkle import leaf_hash
from deedbook.verifier import verify
from sample.vectors import FOLDER, entries, vectors

DOCUMENT = (Path(__file__).parents[2] / "docs" / "bundle-format.md").read_text(encoding="utf-8")
ROWS = re.findall(r"\| ([a-z-]+\.bundle) \| (\d) \| (\d) \| (\d) \|", DOCUMENT)


def test_the_files_are_those_that_the_writer_writes() -> None:
    assert {each.name: each.read_bytes() for each in FOLDER.iterdir()} == vectors()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_verifier_answers_as_the_table_says(
    row: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    key = ["--key", "key.txt"]
    given: tuple[list[str], ...] = ([], key, [*key, "--checkpoint", "checkpoint.txt"])
    assert tuple(str(verify.main([row[0], *each])) for each in given) == row[1:]


def test_the_table_names_every_file() -> None:
    assert {row[0] for row in ROWS} == {name for name in vectors() if name.endswith(".bundle")}


def test_the_hashes_are_those_of_the_entries() -> None:
    told = [
        f"| {number} | {leaf_hash(row.leaf).hex()} | {row.told['personal_hash']} |"
        for number, row in enumerate(entries())
    ]
    assert "\n".join(told) in DOCUMENT
