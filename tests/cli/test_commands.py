"""The command line, as an operator or a script would use it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from deedbook import verifier
from deedbook.cli import exporting, main
from deedbook.cli.context import migrate_with, operator_alone, unit_of_work
from deedbook.database.connect import Database
from deedbook.engine.integrity.note import Signer, Verifier
from deedbook.jobs import outside_of
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.settings.onboarding.models import Verification
from deedbook.platform.settings.onboarding.service import submit_liveness
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_log, open_sealer
from deedbook.settings import Settings
from world.world import World

COMMANDS = (
    "serve",
    "migrate",
    "search",
    "tail",
    "actions",
    "seed",
    "verify-passkey",
    "public-key",
    "rotate-key",
    "witness",
    "export",
    "verify",
    "verifier",
    "instance create",
    "session create",
    "api-key create",
    "worker",
    "billing close-period",
    "simulate approve",
    "simulate deposit",
    "simulate request-information",
)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run `deedbook` with a home and a database of its own."""
    monkeypatch.setenv("DEEDBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DEEDBOOK_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["deedbook", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        # A text as exit code is what Python prints on standard error, and then exits with 1.
        told = stopped.value.code
        if isinstance(told, str):
            return Done(1, printed.out, printed.err + told + "\n")
        return Done(told or 0, printed.out, printed.err)

    return run_command


def document(done: Done) -> Any:
    """Standard output as the one JSON document that it has to be."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def instance(run: Run) -> dict[str, str]:
    """An instance that the operator founded for someone."""
    made = run("instance", "create", "--name", "Acme", "--owner-email", "Ana@Example.com", "--json")
    found: dict[str, str] = document(made)
    return found


def entries(run: Run, instance_id: str, *filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(
        run("search", "--instance", instance_id, *filters, "--json")
    )["data"]
    return found


def test_what_the_operator_does_is_in_the_log_as_the_operators(
    run: Run, instance: dict[str, str]
) -> None:
    key = document(
        run(
            *("api-key", "create", "--instance", instance["instance_id"]),
            *("--name", "Backend", "--by", "ana@example.com", "--json"),
        )
    )

    assert key["token"].startswith("dk_test_")
    made, founded = entries(run, instance["instance_id"])
    assert (made["action"], founded["action"]) == ("api_key.created", "instance.created")
    for entry in (made, founded):
        assert entry["auth_method"] == "operator"
        assert entry["user_id"] == instance["user_id"]
        assert entry["actor"]["email"] == "ana@example.com"
        assert entry["role"] == "owner"
    assert made["entity_id"] == key["id"]
    assert key["token"] not in json.dumps(made)


def test_a_session_made_by_the_operator_opens_the_persons_own_account(
    run: Run,
) -> None:
    opened = document(run("session", "create", "--email", "ana@example.com", "--json"))

    assert opened["token"].startswith("ds_")
    assert opened.keys() == {"token"}
    # A new address becomes a person, as at sign-in.
    assert document(run("session", "create", "--email", "new@example.com", "--json")).keys() == {
        "token"
    }


def test_a_key_is_made_only_in_the_name_of_a_member_who_may(
    run: Run, instance: dict[str, str]
) -> None:
    refused = run(
        *("api-key", "create", "--instance", instance["instance_id"]),
        *("--name", "Backend", "--by", "stranger@example.com"),
    )

    assert refused.returncode == 1
    assert "stranger@example.com is no member of" in refused.stderr
    assert refused.stdout == ""
    assert [entry["action"] for entry in entries(run, instance["instance_id"])] == [
        "instance.created"
    ]


def test_seed_writes_into_an_instance_of_its_own_whose_first_entry_says_so(
    run: Run, instance: dict[str, str]
) -> None:
    seeded = document(run("seed", "--entries", "300", "--json"))

    assert seeded["instance_id"] != instance["instance_id"]
    found = entries(run, seeded["instance_id"], "limit=1000", "include=denied,system")
    assert len(found) == 300 + 2
    assert found[-1]["action"] == "audit_log.seeded"
    assert found[-1]["metadata"] == {"entries": 300, "purpose": "seed"}
    assert found[-1]["auth_method"] == "operator"
    assert {entry["country_source"] for entry in found[:-2]} == {"made up"}
    assert len(entries(run, instance["instance_id"])) == 1


def test_search_takes_the_words_of_the_api_and_pages(run: Run) -> None:
    seeded = document(run("seed", "--entries", "40", "--json"))["instance_id"]
    first = document(run("search", "--instance", seeded, "limit=10", "feature=customer", "--json"))

    assert {entry["feature"] for entry in first["data"]} == {"customer"}
    assert run("search", "--instance", seeded, "limit=1").stdout.count("al_") == 1
    following = f"starting_after={first['data'][0]['id']}"
    rest = entries(run, seeded, "limit=10", "feature=customer", following)
    assert rest[: len(first["data"]) - 1] == first["data"][1:]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["feature=customers"], "feature: 'customers' is not one of"),
        (["feature"], "feature: write it as name=value"),
        (["colour=red"], "colour: unknown parameter"),
        (["limit=0"], "limit: must be a whole number from 1 to 1000"),
        (["start_date=yesterday"], "start_date: 'yesterday' is neither a date"),
    ],
)
def test_a_filter_that_cannot_be_is_named(
    run: Run, instance: dict[str, str], arguments: list[str], told: str
) -> None:
    refused = run("search", "--instance", instance["instance_id"], *arguments)

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"deedbook: {told}")
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["instance", "create", "--name", "Acme", "--owner-email", "ana"], "'ana' is no e-mail"),
        (["instance", "create", "--name", "A", "--owner-email", "a@b.co"], "3 to 100 characters"),
        (["search", "--instance", "in_000000000000"], "There is no such instance."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run: Run, arguments: list[str], told: str) -> None:
    refused = run(*arguments)

    assert refused.returncode == 1
    assert told in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_hostile_name_cannot_steer_the_terminal(run: Run) -> None:
    name = "Ac\x1b[2Jme\u202e"
    made = document(
        run("instance", "create", "--name", name, "--owner-email", "a@example.com", "--json")
    )

    shown = run("search", "--instance", made["instance_id"]).stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "Ac\ufffd[2Jme\ufffd" in shown


def test_the_catalogue_is_listed(run: Run) -> None:
    listed = document(run("actions", "--json"))

    names = [action["action"] for action in listed["data"]]
    assert len(names) == len(set(names))
    assert {"customer.created", "team_member.role_updated", "invite.accepted"} <= set(names)
    assert all(name in run("actions").stdout for name in names)


@pytest.fixture
def production(run: Run) -> str:
    """A production instance."""
    made = run(
        *("instance", "create", "--name", "Acme", "--owner-email", "ana@example.com"),
        *("--type", "production", "--json"),
    )
    instance_id: str = document(made)["instance_id"]
    return instance_id


def test_closing_a_period_issues_two_invoices_in_nobodys_name(run: Run, production: str) -> None:
    closed = document(run("billing", "close-period", "--instance", production, "--json"))

    owing, claimable = closed["invoices"]
    assert (owing["status"], claimable["status"]) == ("owing", "claimable")
    assert owing["amount"] > claimable["amount"] == 0
    issued = entries(run, production, "action=billing.invoice_issued", "include=system")
    assert [entry["entity_id"] for entry in issued] == [claimable["id"], owing["id"]]
    assert {(entry["actor_type"], entry["auth_method"]) for entry in issued} == {
        ("system", "operator")
    }
    told = run("billing", "close-period", "--instance", production).stdout.splitlines()
    assert [line.split()[2:] for line in told] == [
        ["owing", "70000", "cents"],
        ["claimable", "0", "cents"],
    ]


@pytest.mark.parametrize(
    "command", [("billing", "close-period"), ("simulate", "approve")], ids=lambda each: each[1]
)
def test_a_command_for_an_instance_that_is_not_there_says_so(
    run: Run, command: tuple[str, str]
) -> None:
    refused = run(*command, "--instance", "in_000000000000", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "deedbook: There is no such instance.\n"


def test_a_development_instance_has_no_period_to_close(run: Run, instance: dict[str, str]) -> None:
    refused = run("billing", "close-period", "--instance", instance["instance_id"])
    assert refused.stderr == "deedbook: Billing is for production instances.\n"


def test_approving_lets_go_of_what_waits(run: Run, production: str, database_url: str) -> None:
    database = Database(database_url)
    with unit_of_work(database, actor=operator_alone(), instance_id=production) as work:
        submit_liveness(work, outside_of(Settings()), "ls_1")
    approved = document(run("simulate", "approve", "--instance", production, "--json"))
    assert approved == {"steps": 1}
    with database.read() as session:
        assert session.get_one(Verification, production).kyc_status == "approved"
    database.close()
    assert run("simulate", "approve", "--instance", production).stdout == "0 steps were taken.\n"


def test_a_worker_works_until_it_is_told_to_stop(database_url: str, tmp_path: Path) -> None:
    home = {"DEEDBOOK_HOME": str(tmp_path), "DEEDBOOK_DATABASE_URL": database_url}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "deedbook", "worker"],
        env={**os.environ, **home},
        stdout=subprocess.PIPE,
        text=True,
    ) as working:
        assert working.stdout is not None
        told = working.stdout.readline()
        working.send_signal(signal.SIGTERM)
        assert working.wait(60) == 0
    assert told.startswith("Working: outside steps, ")
    assert told.endswith(", webhook events, webhook deliveries.\n")


def test_migrate_can_run_again(run: Run) -> None:
    assert run("migrate").stdout == run("migrate").stdout == "The database is up to date.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    told = run(*command.split(), "--help").stdout

    assert told.startswith(f"Usage: deedbook {command}")
    assert len(told.splitlines()) > 5


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEEDBOOK_CONNECTIONS", "none"),
        ("DEEDBOOK_DATABASE_URL", "mysql://x/y"),
        ("DEEDBOOK_TRUSTED_PROXIES", "10.0.0.0/8,everyone"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path: Path, variable: str, value: str) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "deedbook", "serve", "--port", "0"],
        env={**os.environ, "DEEDBOOK_HOME": str(tmp_path), variable: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert variable in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "value", ["10.0.0.1,10.1.0.0/16", '["10.0.0.1", "10.1.0.0/16"]', "10.0.0.1 10.1.0.0/16"]
)
def test_proxies_are_listed_as_people_list_things(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("DEEDBOOK_TRUSTED_PROXIES", value)
    assert Settings().trusted_proxies == ["10.0.0.1", "10.1.0.0/16"]


# Passkeys


@pytest.fixture
def confirmed(database_url: str, tmp_path: Path) -> dict[str, Any]:
    """The entry of an act that was confirmed with a passkey."""
    home = tmp_path / "home"
    migrate_with(Settings(home=home, database_url=database_url))
    with World(database_url, home).running() as world:
        team = world.team(full=False)
        key = world.passkey(team.owner)
        path = f"/v1/instances/{team.instance_id}/api-keys"
        body = {"name": "Reports", "permission": "full_access"}
        assert world.confirmed(team.owner, key, "POST", path, body).status_code == 200
        entry = world.entry(team.instance_id)
        world.database.close()
    return entry


def test_a_confirmed_act_is_proved_and_another_is_not(run: Run, confirmed: dict[str, Any]) -> None:
    instance = ("--instance", confirmed["instance_id"])
    found = document(run("verify-passkey", confirmed["id"], *instance, "--json"))
    assert found == {
        "id": confirmed["id"],
        "result": "verified",
        "explanation": "A passkey confirmed this very act, and the evidence still proves it.",
        "problems": [],
    }
    told = run("verify-passkey", confirmed["id"], *instance)
    assert (told.returncode, told.stdout) == (0, found["explanation"] + "\n")

    founded = document(run("search", *instance, "--json"))["data"][-1]
    other = run("verify-passkey", founded["id"], *instance)
    assert (other.returncode, other.stdout[:21]) == (0, "No passkey confirmed ")


def test_an_entry_that_is_not_there_is_named_so(run: Run, confirmed: dict[str, Any]) -> None:
    for entry_id, instance in (
        ("al_000000000000", confirmed["instance_id"]),
        ("nonsense", confirmed["instance_id"]),
        (confirmed["id"], "in_000000000000"),
    ):
        refused = run("verify-passkey", entry_id, "--instance", instance)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "no such entry" in refused.stderr


def tampered(database_url: str, sql: str, new: str = "{}") -> None:
    """Change the log as whoever owns the database can."""
    database = Database(database_url, connections=1)
    guards = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    with database.begin() as connection:
        if database.has_one_writer:
            for name in connection.scalars(guards).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE deedbook_entry DISABLE TRIGGER USER"))
        connection.execute(text(sql), {"new": new.encode()})
    database.close()


def test_forged_evidence_does_not_hold_and_the_command_fails(
    run: Run, confirmed: dict[str, Any], database_url: str
) -> None:
    tampered(database_url, "UPDATE deedbook_entry SET evidence = :new", json.dumps({"v": 1}))
    told = run("verify-passkey", confirmed["id"], "--instance", confirmed["instance_id"])
    assert told.returncode == 1
    assert "does not hold" in told.stdout
    assert "its hash differs" in told.stdout


# The log in its sequence, and its key


def sealed(database_url: str) -> None:
    """Seal everything, as a worker would."""
    database = Database(database_url, connections=1)
    signer = Signer("deedbook", bytes(32))
    sealer = open_sealer(
        database.writer, lambda: signer, CATALOGUE, reader=database.reader, sign_every=0
    )
    while sealer.run_once():
        pass
    sealer.release()
    database.close()


def test_tail_prints_what_is_sealed_in_its_order(
    run: Run, instance: dict[str, str], database_url: str
) -> None:
    tail = ("tail", "--instance", instance["instance_id"])
    assert run(*tail).stdout == ""
    for name in ("First", "Second"):
        made = run(
            *("api-key", "create", "--instance", instance["instance_id"]),
            *("--name", name, "--by", "ana@example.com"),
        )
        assert made.returncode == 0
    sealed(database_url)
    lines = run(*tail).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["0", "1", "2"]
    assert "First" in lines[1]
    entries = [
        json.loads(line) for line in run(*tail, "--json", "--after", "0").stdout.splitlines()
    ]
    assert [each["sequence"] for each in entries] == [1, 2]
    filtered = run(*tail, "feature=instance", "--json").stdout.splitlines()
    assert [json.loads(each)["action"] for each in filtered] == ["instance.created"]
    assert "after" in run(*tail, "--after", "3").stderr


def test_public_key_prints_the_key_alone_and_rotation_another(
    run: Run, instance: dict[str, str]
) -> None:
    key = run("public-key").stdout
    assert str(Verifier.parse(key.removesuffix("\n"))) + "\n" == key
    assert run("public-key").stdout == key
    rotated = run("rotate-key").stdout
    assert rotated != key
    assert run("public-key").stdout == rotated
    found = document(
        run("search", "--instance", instance["instance_id"], "include=system", "--json")
    )
    assert found["data"][0]["action"] == "audit_log.key_rotated"
    assert found["data"][0]["effect"]["to"] == rotated.removesuffix("\n")


# Whole logs


@pytest.fixture
def kept(instance: dict[str, str], database_url: str, tmp_path: Path) -> str:
    """The id of an instance whose log the key in the home has signed."""
    database = Database(database_url, connections=1)
    keys = SigningKeys(tmp_path / "home" / "signing-key")
    sealer = open_sealer(database.writer, keys.current, CATALOGUE, sign_every=0)
    while sealer.run_once():
        pass
    sealer.run_once()
    sealer.release()
    database.close()
    return instance["instance_id"]


def test_an_honest_log_is_verified_where_it_lies(run: Run, kept: str) -> None:
    done = run("verify")
    assert (done.returncode, done.stdout.startswith(f"{kept}: OK")) == (0, True)
    assert f"{kept}: 1 of 1 positions" in done.stderr
    found = document(run("verify", "--instance", kept, "--json"))
    assert found["status"] == "ok"
    assert found["logs"][0]["instance_id"] == kept
    assert "1 of 1 entries match, and all 1 are here." in found["logs"][0]["notes"]


@pytest.mark.parametrize("column", ["record", "personal"])
def test_a_log_that_was_tampered_with_is_told(
    run: Run, kept: str, database_url: str, column: str
) -> None:
    tampered(database_url, f"UPDATE deedbook_entry SET {column} = :new")
    done = run("verify", "--instance", kept)
    assert done.returncode == 1
    assert f"{kept}: TAMPERED" in done.stdout
    found = json.loads(run("verify", "--json").stdout)
    assert (found["status"], found["logs"][0]["status"]) == ("tampered", "tampered")


def test_a_remembered_checkpoint_is_held_against_the_log(
    run: Run, kept: str, database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url, connections=1)
    with database.read() as session:
        checkpoint = open_log(session, kept, CATALOGUE).proofs.checkpoint()
    database.close()
    assert checkpoint is not None
    mail = tmp_path / "mail.eml"
    mail.write_text(f"Subject: Audit log\n\n> Keep this:\n\n{checkpoint.note}")
    done = run("verify", "--checkpoint", str(mail))
    assert (done.returncode, "that you remember fits" in done.stdout) == (0, True)
    # Of a log that is not here.
    mail.write_text(checkpoint.note.replace(kept, "in_000000000000"))
    missing = run("verify", "--checkpoint", str(mail))
    assert (missing.returncode, "in_000000000000" in missing.stderr) == (1, True)
    mail.write_text("nothing")
    assert run("verify", "--checkpoint", str(mail)).returncode == 2


def test_what_no_checkpoint_covers_cannot_be_told(run: Run, instance: dict[str, str]) -> None:
    done = run("verify", "--instance", instance["instance_id"])
    assert (done.returncode, "1 entries wait" in done.stdout) == (2, True)


def test_the_verifier_is_printed_alone(run: Run) -> None:
    assert run("verifier") == Done(0, verifier.source().decode(), "")


def test_an_export_appears_when_it_is_whole_and_is_in_the_log(
    run: Run, instance: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    told = ("export", "--instance", instance["instance_id"])
    output = tmp_path / "log.jsonl"
    done = run(*told, "--format", "jsonl", "--output", str(output), "feature=instance", "q=acme")
    assert (done.returncode, done.stdout) == (0, "")
    founded, last, nothing = output.read_text().split("\n")
    assert (json.loads(founded)["action"], nothing) == ("instance.created", "")
    assert json.loads(last)["export"]["entries"] == 1
    (entry,) = entries(run, instance["instance_id"], "action=audit_log.exported", "include=system")
    assert (entry["actor_type"], entry["auth_method"]) == ("system", "operator")
    assert entry["metadata"] == {"format": "jsonl", "filters": ["feature=instance"]}

    (tmp_path / "home" / "signing-key").write_text(Signer("deedbook", bytes(32)).text())
    sealed(database_url)
    for format_ in ("csv", "bundle", "pack"):
        output = tmp_path / f"log.{format_}"
        done = run(*told, "--format", format_, "--output", str(output))
        assert done.returncode == 0, done.stderr
        assert output.stat().st_size > 500
    assert [each.name for each in tmp_path.glob("*.part")] == []


def test_an_export_that_fails_leaves_what_was_there(
    run: Run, instance: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "log.csv"
    output.write_text("the one before")
    told = ("export", "--instance", instance["instance_id"], "--format", "csv")

    def full(*_: object) -> Iterator[bytes]:
        yield b"id,created_at"
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(exporting, "chunks_of", full)
        done = run(*told, "--output", str(output))
    assert (done.returncode, output.read_text()) == (1, "the one before")
    assert "No space left on device" in done.stderr
    assert [each.name for each in tmp_path.glob("*.part")] == []
    assert "could not be written" in run(*told, "--output", str(tmp_path / "no" / "log")).stderr
    assert (
        "There is no such instance."
        in run(*told[:2], "in_000000000000", *told[3:], "--output", "x").stderr
    )
    assert "featur: unknown parameter" in run(*told, "--output", "x", "featur=payout").stderr
