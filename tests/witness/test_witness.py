"""`deedbook witness`: what it remembers, what it refuses, and what it cannot tell."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deedbook.cli import main
from deedbook.platform.signing import SigningKeys, rotate_key
from deedbook.witness.served import ServedLog
from world.fixtures import WorldMaker
from world.people import Team
from world.templates import Templates
from world.world import World

FINE, CONTRADICTION, CANNOT_TELL = 0, 1, 2


@dataclass(frozen=True)
class Done:
    """How a look ended."""

    status: int
    said: str
    warned: str


Look = Callable[..., Done]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def look(
    tmp_path: Path,
    state: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Look:
    """Have the witness look once at the logs of teams; the key is pinned at the first look."""

    def run(world: World, *teams: Team, token: str | None = None, url: str | None = None) -> Done:
        pinned = tmp_path / "pinned"
        if not pinned.exists():
            pinned.write_text(world.http.get("/.well-known/deedbook-public-key").text)
        files = []
        for number, team in enumerate(teams):
            file = tmp_path / f"token-{number}"
            file.write_text(f"{team.owner.token if token is None else token}\n")
            files += ["--instance", team.instance_id, "--token-file", str(file)]
        address = url or str(world.http.base_url)
        told = ["--url", address, "--key", str(pinned), "--state", str(state), "--name", "Office"]
        monkeypatch.setattr(sys, "argv", ["deedbook", "witness", "--once", *told, *files])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return Done(int(stopped.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def served(new_world: WorldMaker) -> World:
    return new_world(served=True)


def act(world: World, team: Team, times: int = 1) -> None:
    """Do something that is recorded, and have it sealed and signed."""
    path = f"/v1/instances/{team.instance_id}"
    for number in range(times):
        reply = world.call(team.owner, "PUT", path, {"name": f"Renamed {number}"})
        assert reply.status_code == 200, reply.text
    world.seal()


def checkpoint(world: World, team: Team) -> dict[str, Any]:
    found: dict[str, Any] = world.get(
        team.owner, f"/v1/instances/{team.instance_id}/audit-logs/checkpoints"
    )
    return found


def test_it_remembers_the_note_itself_and_follows_a_log_that_grows(
    served: World, look: Look, state: Path
) -> None:
    teams = [served.team(full=False), served.team(full=False)]
    for times in (1, 3, 0):
        for team in teams:
            act(served, team, times)
        done = look(served, *teams)
        assert (done.status, done.warned) == (FINE, "")
        for team in teams:
            newest = checkpoint(served, team)
            kept = (state / f"{team.instance_id}.checkpoint").read_text()
            assert kept == newest["checkpoint"]
            assert f"{team.instance_id}: fine, remembered at size {newest['size']}." in done.said


def test_who_remembers_is_shown_to_owners_and_is_in_the_log_once(served: World, look: Look) -> None:
    team = served.team(full=False)
    act(served, team)
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    assert served.get(team.owner, f"{path}/status")["witnesses"] == []
    look(served, team)
    act(served, team, 2)
    look(served, team)

    status = served.get(team.owner, f"{path}/status")
    (witness,) = status["witnesses"]
    assert (witness["name"], witness["size"]) == ("Office", checkpoint(served, team)["size"])
    assert witness["remembered_at"] > witness["created_at"]
    added = [each for each in served.entries(team.instance_id) if "witness" in each["action"]]
    assert [each["entity_label"] for each in added] == ["Office"]


def test_a_log_without_entries_is_nothing_to_remember_yet(
    served: World, look: Look, state: Path
) -> None:
    team = served.team(full=False)
    done = look(served, team)
    assert (done.status, done.said) == (FINE, f"{team.instance_id}: nothing is signed yet.\n")
    assert not state.exists()


def test_a_key_that_the_old_one_named_is_followed(served: World, look: Look) -> None:
    team = served.team(full=False)
    act(served, team)
    assert look(served, team).status == FINE
    keys: SigningKeys = served.app.state.signing_keys
    for _ in range(2):
        rotate_key(served.database, keys)
        act(served, team)
    done = look(served, team)
    assert done.status == FINE
    assert f"The key is {keys.current().verifier} now, by the word of the one before." in done.said


def test_a_key_that_nobody_named_is_refused_by_name(served: World, look: Look) -> None:
    team = served.team(full=False)
    act(served, team)
    assert look(served, team).status == FINE
    served.settings.signing_key_path.unlink()
    act(served, team)
    keys: SigningKeys = served.app.state.signing_keys
    stranger = f"deedbook+{keys.current().verifier.id.hex()}"
    done = look(served, team)
    assert done.status == CONTRADICTION
    assert f"the checkpoint is signed by {stranger}; the key that is pinned is" in done.said


def test_what_cannot_be_told_is_no_accusation_and_forgets_nothing(
    served: World, look: Look, state: Path
) -> None:
    team = served.team(full=False)
    act(served, team)
    assert look(served, team).status == FINE
    file = state / f"{team.instance_id}.checkpoint"
    kept = file.read_text()

    done = look(served, team, token="ds_of_nobody")
    assert (done.status, done.said) == (CANNOT_TELL, "")
    assert "the server answered 401" in done.warned
    assert "no answer" in look(served, team, url="http://127.0.0.1:9").warned
    assert look(served, team, url=f"{served.http.base_url}/dashboard").status == CANNOT_TELL
    for url in ("log.example", "http://log.example:port", "file:///etc/passwd"):
        assert "is no address of a server" in look(served, team, url=url).warned
    for token in ("", "ds_\u00fcber"):
        assert look(served, team, token=token).status == CANNOT_TELL
    assert file.read_text() == kept

    file.write_text(kept[:40])
    done = look(served, team)
    assert (done.status, file.read_text()) == (CANNOT_TELL, kept[:40])
    assert "holds no checkpoint any more" in done.warned


def test_a_server_that_does_not_hear_of_it_is_watched_all_the_same(
    served: World, look: Look
) -> None:
    team = served.team(full=False)
    act(served, team)
    path = f"/v1/instances/{team.instance_id}/audit-logs/witnesses"
    for number in range(20):
        body = {"name": f"Witness {number}", "size": 1}
        assert served.call(team.owner, "POST", path, body).status_code == 200
    done = look(served, team)
    assert done.status == FINE
    assert "does not know of this memory: the server answered 400: A log has" in done.warned


class TestARestoredBackup:
    """The file of the database is copied, the log goes on, and the copy is put in its place."""

    @pytest.fixture
    def backend(self) -> str:
        return "sqlite"

    def test_is_noticed_when_it_is_shorter_and_when_it_has_grown_another_way(
        self, templates: Templates, tmp_path: Path, look: Look, state: Path
    ) -> None:
        with templates.copy("sqlite") as url:
            file, backup = Path(url.removeprefix("sqlite:///")), tmp_path / "backup"
            with World(url, tmp_path / "home").serving() as world:
                team = world.team(full=False)
                act(world, team, 3)
                assert look(world, team).status == FINE
            shutil.copyfile(file, backup)

            with World(url, tmp_path / "home").serving() as world:
                act(world, team, 5)
                assert look(world, team).status == FINE
                remembered = checkpoint(world, team)["checkpoint"]
            _restore(backup, file)

            with World(url, tmp_path / "home").serving() as world:
                shorter = look(world, team)
                served_then = checkpoint(world, team)["checkpoint"]
                act(world, team, 9)
                forked = look(world, team)
        kept = state / f"{team.instance_id}.checkpoint"
        assert (shorter.status, forked.status) == (CONTRADICTION, CONTRADICTION)
        assert "are remembered: it was cut, or restored from a backup" in shorter.said
        assert "did not grow from the" in forked.said
        for note in (remembered, served_then):
            assert note in shorter.said
        assert kept.read_text() == remembered
        (evidence,) = state.glob("*.refused-*.txt")
        assert remembered in evidence.read_text()
        assert served_then in evidence.read_text()


def _restore(backup: Path, file: Path) -> None:
    for beside in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            file.with_name(file.name + beside).unlink()
    shutil.copyfile(backup, file)


@pytest.mark.parametrize("made_up", [None, {"proof": ["no base64"]}, {"proof": []}, {"proof": [1]}])
def test_a_proof_that_proves_nothing_is_refused(
    served: World, look: Look, monkeypatch: pytest.MonkeyPatch, made_up: object
) -> None:
    team = served.team(full=False)
    act(served, team)
    assert look(served, team).status == FINE
    act(served, team, 2)
    asked = ServedLog.checkpoint

    def answered(log: ServedLog, **sizes: int) -> dict[str, Any]:
        return asked(log, **sizes) | ({"consistency": made_up} if sizes else {})

    with monkeypatch.context() as lying:
        lying.setattr(ServedLog, "checkpoint", answered)
        assert look(served, team).status == CONTRADICTION
    assert look(served, team).status == FINE
