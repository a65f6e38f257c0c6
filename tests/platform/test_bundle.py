"""An instance's log in a bundle, as an auditor with the served verifier and key finds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deedbook import verifier
from deedbook.engine import Filters, read_filters
from deedbook.engine.export.bundle import write_bundle
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.signing import SigningKeys, rotate_key
from deedbook.recording import open_log
from world.people import Team
from world.world import World

EVERYTHING = Filters(include=CATALOGUE.on_request)


def bundle_of(world: World, team: Team, filters: Filters = EVERYTHING) -> bytes:
    signer = SigningKeys(world.settings.signing_key_path).current()
    with world.database.snapshot() as session:
        log = open_log(session, team.instance_id, CATALOGUE)
        return b"".join(write_bundle(log, filters, signer))


def verified(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier that was downloaded, in an empty environment."""
    return subprocess.run(  # noqa: S603 (the verifier itself)
        [sys.executable, "-I", "verify.py", "log.bundle", *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@pytest.mark.parametrize("asked", [[], [("feature", "api_key")], [("not_actor_type", "system")]])
def test_an_auditor_needs_the_file_the_key_and_the_verifier(
    world: World, tmp_path: Path, asked: list[tuple[str, str]]
) -> None:
    team = world.team()
    world.seal()
    remembered = world.get(team.owner, f"/v1/instances/{team.instance_id}/audit-logs/checkpoints")
    served = world.http.get("/.well-known/deedbook-verifier")
    assert served.headers["content-type"].startswith("text/x-python")
    assert 'filename="verify.py"' in served.headers["content-disposition"]
    assert served.content == verifier.source()
    (tmp_path / "verify.py").write_bytes(served.content)
    (tmp_path / "key").write_text(world.http.get("/.well-known/deedbook-public-key").text)
    (tmp_path / "note").write_text(remembered["checkpoint"], encoding="utf-8")

    # A year later the key is another, and the log longer.
    rotate_key(world.database, SigningKeys(world.settings.signing_key_path))
    world.seal()
    filters = read_filters(asked, CATALOGUE, everything=True)
    (tmp_path / "log.bundle").write_bytes(bundle_of(world, team, filters))
    done = verified(tmp_path, "--key", "key", "--checkpoint", "note")
    assert (done.returncode, done.stderr) == (0, "")
    assert "that you remember fits" in done.stdout
    assert "by a key that the one that you gave endorsed" in done.stdout
    assert verified(tmp_path).returncode == 2
