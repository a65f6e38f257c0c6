"""What an entry says was done."""

from __future__ import annotations

from typing import Any

import pytest

from deedbook.engine.sentence import sentence
from deedbook.platform.catalogue import CATALOGUE


def entry(**differing: Any) -> dict[str, Any]:
    return {
        "action": "invite.created",
        "instance_id": "in_1",
        "entity_id": "it_1",
        "entity_label": "ana@example.com",
        "outcome": "success",
        "metadata": {"role": "finance"},
        "personal": {"metadata": {}},
    } | differing


@pytest.mark.parametrize(
    ("differing", "told"),
    [
        ({}, "invited ana@example.com as finance"),
        ({"entity_label": None}, "invited it_1 as finance"),
        ({"action": "gone.by"}, "gone.by it_1"),
        ({"outcome": "denied", "entity_id": "in_1", "entity_label": None}, "invited …"),
        ({"outcome": "denied", "entity_label": None, "metadata": {}}, "invited it_1"),
        ({"outcome": "denied", "metadata": {}}, "invited ana@example.com"),
    ],
)
def test_a_sentence_says_what_is_known(differing: dict[str, Any], told: str) -> None:
    assert sentence(entry(**differing), CATALOGUE) == told
