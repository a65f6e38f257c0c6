"""A company's first day is in its log: every act once, in order, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import day
import pytest

from world.fixtures import WorldMaker
from world.world import World


@pytest.fixture
def served(new_world: WorldMaker) -> World:
    return new_world(served=True)


def play(world: World) -> tuple[day.Someone, day.Instance, day.Instance]:
    url, founder, colleague = str(world.http.base_url), world.person(), world.person()

    def operator(*arguments: str) -> Any:
        settings = world.settings
        told = {"DEEDBOOK_DATABASE_URL": settings.url(), "DEEDBOOK_HOME": str(settings.home)}
        command = [sys.executable, "-m", "deedbook", *arguments, "--json"]
        environment = {**os.environ, **told}
        done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 (our own)
        return json.loads(done.stdout)

    production, development = day.play(url, founder.token, colleague.token, operator)
    return day.signed_in(url, founder.token), production, development


def test_the_log_says_what_was_done_and_no_more(served: World) -> None:
    founder, production, development = play(served)
    assert (len(production.diary), len(development.diary)) == (13, 21)

    made = day.follow_a_payout(founder, development)
    assert made["bank_account"]["entity_label"].startswith("Maria at Barclays")
    assert made["customer"]["entity_label"] == "Maria Silva"
    log = day.read_log(founder, development)
    payout = next(entry for entry in log if entry["action"] == "payout.created")
    shown = founder.send("GET", f"{development.path}/payouts/{payout['entity_id']}")
    assert {"type": "quote", "id": shown["quote_id"]} in payout["refs"]

    served.take_steps()
    payin = next(entry for entry in log if entry["action"] == "payin.created")
    ended = founder.send("GET", f"{development.path}/payins/{payin['entity_id']}")
    assert ended["status"] == "completed"
    # What moved along by itself added nothing.
    day.compare(development, day.read_log(founder, development))


def test_a_log_that_says_less_or_something_else_is_found_out() -> None:
    instance = day.Instance("in_1", [day.Act("us_1", "invite.created", "it_1")])
    entry = {
        "user_id": "us_1",
        "api_key_id": None,
        "actor_type": "user",
        "action": "invite.created",
        "entity_id": "it_1",
    }
    day.compare(instance, [entry])
    for log in ([], [entry, entry], [{**entry, "entity_id": "it_2"}], [{**entry, "user_id": "x"}]):
        with pytest.raises(SystemExit, match="in_1"):
            day.compare(instance, log)
