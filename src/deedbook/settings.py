"""What can be set, all of it from the environment with the prefix `DEEDBOOK_`."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from deedbook.on_disk import sync

_SECRET_BYTES: Final = 32


class Settings(BaseSettings):
    """The settings of a server or a command; each field is `DEEDBOOK_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="DEEDBOOK_", extra="ignore")

    home: Path = Field(
        default=Path("var"),
        description="Folder for what must not be in the database: the server's secret, the key that signs"
        " checkpoints, and by default the SQLite file. Relative to where the command runs.",
    )
    database_url: str = Field(
        default="",
        description="`sqlite:///PATH` or `postgresql://…`, without a driver in it."
        " Default: `deedbook.db` in the home folder.",
    )
    migration_url: str = Field(
        default="",
        description="PostgreSQL: the URL of the tables' owner, for migrations, when the server's own"
        " is a restricted role. Default: the database URL.",
    )
    public_url: str = Field(
        default="http://localhost:8000",
        description="The address at which people reach this server; links are made with it.",
    )
    trusted_proxies: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="The addresses and CIDR blocks, with commas between them, of reverse proxies whose"
        " word about their client is believed. List the proxies alone, not the network they are in.",
    )
    forwarded_header: Literal["", "x-forwarded-for", "forwarded"] = Field(
        default="",
        description="The header that those proxies write: `x-forwarded-for` or `forwarded`. The other"
        " one, which a client may have made up, is then never read. Left empty, either is; where both"
        " come and disagree neither is believed, and entries have the proxy's own address.",
    )
    country_header: str = Field(
        default="",
        description="Header in which a trusted proxy tells the client's country, such as"
        " `CF-IPCountry`. Believed from trusted proxies only, which have to write it themselves.",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="`smtp://user:password@host:587` (STARTTLS) or `smtps://…`. Without it the server"
        " prints sign-in codes on its standard output.",
    )
    mail_from: str = Field(
        default="Deedbook <no-reply@localhost>",
        description="The sender of e-mails.",
    )
    connections: int = Field(
        default=8,
        ge=1,
        le=40,
        description="How many requests may be inside a transaction at once; as many database"
        " connections for writing, and as many for reading. On SQLite one of them writes at a time, and three read.",
    )

    worker: Literal["beside", "apart"] = Field(
        default="beside",
        description="Where the work beside the requests is done: `beside` the server, in threads of its"
        " own, or `apart`, by `deedbook worker`.",
    )
    review_seconds: float = Field(
        default=0,
        ge=0,
        description="How long the simulated outside world takes to review a customer or an account of a"
        " development instance; 0 answers within the request.",
    )
    settlement_seconds: float = Field(
        default=3,
        ge=0,
        description="How long the simulated outside world takes to move money of a development instance.",
    )
    webhooks_to_private_addresses: bool = Field(
        default=False,
        description="Whether webhooks may go to private addresses and over http, as one needs to try them"
        " on one's own machine. Never on a server that others use: it opens the network behind it.",
    )

    requests_per_second: int = Field(
        default=200,
        ge=0,
        description="How many requests one API key or session may send in a second, to each process of"
        " the server; two seconds' worth may come at once. 0 is no limit.",
    )
    address_requests_per_second: int = Field(
        default=1000,
        ge=0,
        description="The same for one IPv4 address or IPv6 network of 64 bits, signed in or not."
        " Behind a proxy that is not trusted everyone has the proxy's address.",
    )

    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="The Bearer token for `/metrics`, which has figures for Prometheus and nothing of any"
        " tenant. Without it there is no such page.",
    )

    @field_validator("forwarded_header", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        # A JSON list, as other settings of other programs are written, does as well.
        return [part for part in re.split(r'[\s,"\[\]]+', value) if part]

    def url(self) -> str:
        """The database URL, or the SQLite file in the home folder."""
        return self.database_url or f"sqlite:///{self.home / 'deedbook.db'}"

    def uploads(self) -> Path:
        """The folder of uploaded files; servers of one database share it."""
        return self.home / "uploads"

    def secret(self) -> bytes:
        """The server's secret of 32 bytes, made at first use with mode 0600."""
        path = self.home / "secret"
        kept = kept_file(path, lambda: secrets.token_bytes(_SECRET_BYTES))
        if len(kept) != _SECRET_BYTES:
            raise ValueError(
                f"{path} is no secret of {_SECRET_BYTES} bytes; delete it to have one made"
            )
        return kept

    @property
    def signing_key_path(self) -> Path:
        """Where the key is kept that signs checkpoints of the log."""
        return self.home / "signing-key"


def kept_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """Give the bytes of a file, made at first use with mode 0600.

    Two processes that start together agree on one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            sync(file)
        try:
            # A link fails where the name is taken, so the first one wins and is whole.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
