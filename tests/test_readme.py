"""What the README shows runs."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
EMBEDDED = Path(__file__).parent.parent / "examples" / "embed" / "app.py"


def blocks() -> list[str]:
    """The Python of the README, a block each."""
    return re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_first_block_records_an_entry(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 (the README's own code)
        [sys.executable, "-c", blocks()[0]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert re.fullmatch(r"al_[0-9A-Za-z]{12}\n", done.stdout)
    with sqlite3.connect(tmp_path / "bistro.db") as connection:
        (entity_id,) = connection.execute("SELECT entity_id FROM deedbook_entry").fetchone()
    connection.close()
    assert entity_id == "7"


def test_the_other_blocks_are_the_example_word_for_word() -> None:
    example = EMBEDDED.read_text(encoding="utf-8")
    for block in blocks()[1:]:
        for piece in block.split("\n...\n"):
            assert piece.strip() in example


def test_the_readme_shows_the_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text
