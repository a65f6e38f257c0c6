"""The signing key of the platform: where it lies, who uses it, and how it is replaced."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from deedbook.engine.integrity.checkpoint import read_checkpoint
from deedbook.engine.integrity.note import MalformedKey, UnverifiedNote, Verifier, open_note
from deedbook.engine.integrity.rotation import endorsed_key
from deedbook.platform.signing import SigningKeys, rotate_key
from world.people import Team
from world.world import World


def keys_of(world: World) -> SigningKeys:
    keys: SigningKeys = world.app.state.signing_keys
    return keys


def note_of(world: World, team: Team) -> str:
    path = f"/v1/instances/{team.instance_id}/audit-logs/checkpoints"
    note: str = world.get(team.owner, path)["checkpoint"]
    return note


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "signing-key"
    key = SigningKeys(path).current()
    assert SigningKeys(path).current() == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text(path.read_text()[:-5])
    with pytest.raises(MalformedKey):
        SigningKeys(path).current()


def test_the_public_key_is_told_to_anyone_and_signs_the_checkpoints(world: World) -> None:
    team = world.team()
    world.seal()
    told = world.http.get("/.well-known/deedbook-public-key")
    assert told.headers["content-type"].startswith("text/plain")
    key = Verifier.parse(told.text.strip())
    assert key == keys_of(world).current().verifier
    checkpoint = read_checkpoint(open_note(note_of(world, team), [key]).text)
    assert checkpoint.origin == f"deedbook/{team.instance_id}"


def test_a_new_key_is_told_in_every_log_by_the_old_one(world: World) -> None:
    teams = [world.team(), world.team()]
    world.seal()
    old = keys_of(world).current().verifier
    new = rotate_key(world.database, keys_of(world))
    assert new != old
    assert keys_of(world).current().verifier == new
    world.seal()
    for team in teams:
        entry = world.entry(team.instance_id)
        assert (entry["action"], entry["actor_type"]) == ("audit_log.key_rotated", "system")
        assert (entry["auth_method"], entry["entity_id"]) == ("operator", team.instance_id)
        assert entry["effect"]["kind"] == "key_rotated"
        assert (entry["effect"]["from"], entry["effect"]["to"]) == (str(old), str(new))
        assert endorsed_key(entry["effect"]["endorsement"], old) == new
        with pytest.raises(UnverifiedNote):
            endorsed_key(entry["effect"]["endorsement"], new)
        assert open_note(note_of(world, team), [new]).verifiers == (new,)


def test_a_rotation_that_was_cut_short_is_done_again_with_the_same_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = world.team()
    keys = keys_of(world)
    old = keys.current()

    def cut(_keys: SigningKeys) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_short:
        cut_short.setattr(SigningKeys, "turn", cut)
        with pytest.raises(KeyboardInterrupt):
            rotate_key(world.database, keys)
    assert keys.current() == old
    announced = world.entry(team.instance_id)["effect"]["to"]
    assert str(rotate_key(world.database, keys)) == announced
    assert world.entry(team.instance_id)["effect"]["from"] == str(old.verifier)
