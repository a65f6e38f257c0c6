"""Settings, and the secret that is kept beside the database."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from deedbook.app import create_app
from deedbook.settings import Settings

READ_SECRET = (
    "import sys; from pathlib import Path; from deedbook.settings import Settings;"
    " sys.stdout.write(Settings(home=Path(sys.argv[1])).secret().hex())"
)


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there" / "yet"
    umask = os.umask(0)
    try:
        secret = Settings(home=home).secret()
    finally:
        os.umask(umask)
    assert len(secret) == 32
    assert Settings(home=home).secret() == secret
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == ["secret"]
    assert Settings(home=tmp_path).secret() != secret


def test_many_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 (this very interpreter)
            [sys.executable, "-c", READ_SECRET, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    start = threading.Barrier(8)

    def read(_: int) -> str:
        start.wait()
        return Settings(home=tmp_path).secret().hex()

    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(read, range(8)))
    secrets |= {process.communicate()[0] for process in processes}
    assert len(secrets) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_secret_that_was_cut_is_not_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(Exception, match="secret"):
        Settings(home=tmp_path).secret()


def test_settings_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings(home=tmp_path).url() == f"sqlite:///{tmp_path / 'deedbook.db'}"
    for name, value in {
        "HOME": str(tmp_path),
        "DATABASE_URL": "postgresql://db.example/deeds",
        "TRUSTED_PROXIES": '["10.0.0.0/8"]',
        "SMTP_URL": "smtp://user:hunter2@mail.example",
        "CONNECTIONS": "4",
    }.items():
        monkeypatch.setenv(f"DEEDBOOK_{name}", value)
    settings = Settings()
    assert settings.url() == "postgresql://db.example/deeds"
    assert settings.trusted_proxies == ["10.0.0.0/8"]
    assert settings.connections == 4
    assert "hunter2" not in repr(settings), "a log of the settings shows no password"
    monkeypatch.setenv("DEEDBOOK_CONNECTIONS", "0")
    with pytest.raises(ValidationError, match="connections"):
        Settings()


def test_every_setting_says_what_it_is_for() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_a_proxy_that_is_no_address_is_found_out_at_start(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nonsense"):
        create_app(Settings(home=tmp_path, trusted_proxies=["nonsense"]))
